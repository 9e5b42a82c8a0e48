"""The formulas as plain functions: `written("set_up_cost", "intervention", set_up_basis="pro_rata")`."""

from collections.abc import Callable
from typing import Any

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
