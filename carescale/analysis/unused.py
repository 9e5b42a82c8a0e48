"""Given and not used: figures of a place, a scenario or a setting that move no result, and what would use them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from carescale.case import FREE, Case
from carescale.engine.keys import Key
from carescale.engine.model import Entity, Status
from carescale.engine.registry import HORIZON, Formula
from carescale.figures import Figure
from carescale.formulas import registry

# What comes with carescale, and nobody gave for this plan.
_LIBRARY = ("scenarios/interventions/", "scenarios/method", "scenarios/england/")


def unused(case: Case) -> Iterator[tuple[str, str]]:
    """The keys of figures with a number that nothing in the plan takes, each with what would take it."""
    for key, figure in case.figures.items():
        given = figure.number is not None and not ships(figure)
        if given and not key.startswith(FREE) and not _is_used(case, key):
            yield key, _what_would(case, figure)


def ships(figure: Figure) -> bool:
    """Whether a figure comes with carescale, and was not given for this plan."""
    return figure.position.file.startswith(_LIBRARY)


def _is_used(case: Case, key: str) -> bool:
    name = registry.key(key).name
    if name == HORIZON or any(
        key == figure.detail.solve.quantity for figure in case.figures.values() if figure.detail.solve
    ):
        return True
    if any("appraisal" in formula.when for formula in _takers(name)):
        return True  # where a budget or present values are asked for
    return any(_takes(case, quantity, key) for quantity in _quantities(case, name, key))


def _takes(case: Case, quantity: str, key: str) -> bool:
    applies = case.plan.need(quantity).status != Status.NOT_APPLICABLE
    bound = case.plan.bound.get(quantity)
    return applies and bound is not None and key in bound.inputs


def _quantities(case: Case, name: str, key: str) -> Iterator[str]:
    """Every quantity of the plan whose formula takes a figure of that name where this one stands."""
    scope = registry.key(key).entity
    for formula in _takers(name):
        values = [[(one, value) for value in case.model.dimensions.get(one, ())] for one in formula.dimensions]
        for entity in case.model.entities.values():
            if entity.level == formula.level and _is_around(scope, entity, case):
                yield from (str(Key(entity.path, formula.name, dimensions)) for dimensions in product(*values))


def _is_around(scope: str, entity: Entity, case: Case) -> bool:
    """Whether an entity of the plan looks for its figures there, itself or through its parts."""
    inside = scope.startswith(f"{entity.path}.")
    return case.model.counts(entity) and (scope in entity.scopes or inside or entity.level == "case")


def _takers(name: str) -> Iterator[Formula]:
    return (formula for formula in registry.all_formulas() if name in formula.arguments)


def _what_would(case: Case, figure: Figure) -> str:
    """The choice under which it would be used, or that what it is about is not planned."""
    key = registry.key(figure.name)
    entity = case.model.entities.get(key.entity)
    if entity is not None and not case.model.counts(entity):
        return "not planned"
    for formula in _takers(key.name):
        for choice, values in formula.when.items():
            found = case.model.choice(entity, choice) if entity else ""
            if found and found not in values:
                return f"`{choice}` is {found.replace('_', ' ')}; with {values[0].replace('_', ' ')} it would count"
    return "nothing in this plan takes it"
