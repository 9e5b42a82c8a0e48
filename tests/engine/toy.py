"""A tiny world for the engine: shops with stalls. Nothing of care, so that the engine is tested by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from carescale.engine.evaluate import compile_plan
from carescale.engine.model import Entity, Model
from carescale.engine.plan import Plan
from carescale.engine.registry import Registry
from carescale.engine.scalars import FLOATS, Verbs
from carescale.figures import Figure
from carescale.problems import NOWHERE

OVER_AREAS = {"best", "quantile", "mean_of_best"}  # verbs that look along the areas of a table, not at one point
LEVELS = {"stall": "shop", "shop": "case", "case": ""}


def new_registry(**figures: str) -> Registry:
    """A registry that knows these figures of a stall, by name and unit."""
    registry = Registry(LEVELS, ())
    for name, unit in figures.items():
        registry.figure(name, name.capitalize(), unit=unit, per="stall")
    return registry


def market(stalls: int = 1) -> dict[str, Entity]:
    """One market with one shop, and so many stalls in it: market, shop, shop.a, shop.b …"""
    entities = [Entity(path="market", level="case", title="Market", parent="", scopes=("market",))]
    entities.append(Entity(path="shop", level="shop", title="Shop", parent="market", scopes=("shop", "market")))
    paths = [f"shop.{letter}" for letter in "abcdef"[:stalls]]
    entities += [
        Entity(path=path, level="stall", title=path, parent="shop", scopes=(path, "shop", "market")) for path in paths
    ]
    return {entity.path: entity for entity in entities}


def unpublished(key: str) -> Figure:
    """A figure that is known not to be known."""
    return Figure(
        name=key,
        number=None,
        unit="",
        year="2020",
        citation=None,
        assumption="",
        position=NOWHERE,
        unknown="nobody counted",
    )


def plan_of(
    registry: Registry,
    numbers: Mapping[str, Any],
    *,
    stalls: int = 1,
    unknown: tuple[str, ...] = (),
    choices: Mapping[str, str] | None = None,
) -> Plan:
    """A plan over the market, with these numbers given and these known to be unknown."""
    registry.check()
    figures = {key: unpublished(key) for key in unknown}
    return Plan(
        registry, Model(entities=market(stalls), figures=figures, choices=choices or {}, dimensions={}, numbers=numbers)
    )


def evaluate(plan: Plan, key: str, horizon: int = 0, verbs: Verbs = FLOATS) -> Any:
    """One value of a plan."""
    program = compile_plan(plan, [key], verbs=verbs)
    return program.run(plan.model.numbers, horizon)[key]


def value_of(function: Callable[..., Any], numbers: Mapping[str, Any], *, verbs: Verbs = FLOATS) -> Any:
    """A function of figures, traced and evaluated for one stall."""
    registry = new_registry(**dict.fromkeys(numbers, ""))
    registry.formula(function.__name__, unit="", per="stall")(function)
    plan = plan_of(registry, {f"shop.a.{name}": number for name, number in numbers.items()})
    return evaluate(plan, f"shop.a.{function.__name__}", verbs=verbs)
