"""The formulas as plain functions: `written("set_up_cost", "intervention", set_up_basis="pro_rata")`."""

from collections.abc import Callable, Sequence
from functools import partial
from inspect import signature
from typing import Any

from engine.toy import new_registry, plan_of

from carescale.engine.evaluate import compile_plan
from carescale.engine.tree import Number
from carescale.engine.verbs import where
from carescale.formulas import registry


def written(name: str, per: str, *, given: str = "", **chosen: str) -> Callable[..., Any]:
    """The one function written under a name for a level and dimensions that applies under these choices."""
    level, *dimensions = per.split(", ")
    chosen = {"counted": "people_at_a_time", **chosen}
    applying = [
        formula.function
        for formula in registry.formulas[name, level, tuple(dimensions)]
        if formula.given == given and all(chosen.get(choice) in values for choice, values in formula.when.items())
    ]
    assert len(applying) == 1, f"{len(applying)} alternatives of {name} apply under {chosen}"
    return applying[0]


def over_months(function: Callable[..., Any], **given: Any) -> Any:
    """What a formula comes to where some of what it takes is a list, with a number for each month from month 0 on."""
    series = {name: values for name, values in given.items() if isinstance(values, list)}
    numbers = {f"shop.a.{name}": value for name, value in given.items() if name not in series}
    world = new_registry(**dict.fromkeys(given.keys() - series, ""))
    for name, values in series.items():
        month_by_month = partial(_of_the_month, values)
        world.add(
            name, name, unit="", per="stall", function=month_by_month, arguments=("month",), where="", doc="Seen."
        )
    given_names = tuple(signature(function).parameters)
    world.add("asked", "Asked", unit="", per="stall", function=function, arguments=given_names, where="", doc="Asked.")
    asked = "shop.a.asked"
    months = max(map(len, series.values())) - 1
    return compile_plan(plan_of(world, numbers), [asked]).run(numbers, months, keep=[asked])[asked]


def _of_the_month(values: Sequence[float], month: Number) -> Number:
    if len(values) == 1:
        return values[0]
    return where(month < len(values) - 1, _of_the_month(values[:-1], month), values[-1])
