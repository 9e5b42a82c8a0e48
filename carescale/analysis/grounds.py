"""Intervals, and what each stands on: a total that mostly rests on weak parts gets none, and says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from carescale.analysis.evidence import weakness
from carescale.analysis.simulate import Simulation, simulate
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity
from carescale.formulas.vocabulary import PAYERS
from carescale.uncertainty.points import DRAWS
from carescale.uncertainty.summaries import Summary

MOSTLY = 0.5
_WHOLE = 0.995


class Weak(StrEnum):
    """Why a part of a total has no interval that means something."""

    CALIBRATED = "calibrated"
    CONTRADICTED = "contradicted"
    NO_RANGE = "no range"


class Grounds(Struct, frozen=True):
    """The share of a result that is weak, by why; `ranged` of the `moving` figures that move it have a range."""

    weak: dict[Weak, float]
    moving: tuple[str, ...]
    ranged: tuple[str, ...]

    @property
    def bears_an_interval(self) -> bool:
        """Whether an interval would say more than what is left out of it."""
        return bool(self.ranged) and sum(self.weak.values()) <= MOSTLY

    @property
    def why_not(self) -> str:
        """Why it bears none, in a word or two; "" where it bears one."""
        if self.bears_an_interval:
            return ""
        heaviest = max(self.weak, key=lambda why: self.weak[why], default=Weak.NO_RANGE)
        whole = self.weak.get(heaviest, 1.0) > _WHOLE
        return str(heaviest) if whole else f"mostly {heaviest}"


def grounds(simulation: Simulation, asked: Sequence[tuple[Entity, str, str]]) -> dict[str, Grounds]:
    """Of quantities, each an entity, a name and a payer, what their intervals stand on, by key.

    How much of one is weak goes by the yearly gross saving of the parts that it is made of.
    """
    keys = [f"{entity.path}.{name}.{payer}" for entity, name, payer in asked]
    parts = {key: parts_of(simulation, entity, payer) for key, (entity, _, payer) in zip(keys, asked, strict=True)}
    savings = list(dict.fromkeys(part for found in parts.values() for part in found))
    moving = simulation.moving([*keys, *savings])
    simulation.given.ask([*keys, *savings])
    return {
        key: Grounds(
            _weak_shares(simulation, parts[key], moving),
            moving[key],
            tuple(figure for figure in moving[key] if figure in simulation.figures),
        )
        for key in keys
    }


def parts_of(simulation: Simulation, entity: Entity, payer: str) -> list[str]:
    """The gross savings of the cohorts and spend lines of an entity, where they are known."""
    case = simulation.case
    inside = case.interventions if entity.level == "case" else [entity]
    found = [f"{part.path}.gross_saving.{payer}" for one in inside for part in case.parts(one)]
    return [key for key in found if _is_known(simulation, key)]


def _is_known(simulation: Simulation, key: str) -> bool:
    try:
        return simulation.case.plan.need(key).usable
    except KeyError:
        return False


def _weak_shares(simulation: Simulation, parts: Sequence[str], moving: dict[str, tuple[str, ...]]) -> dict[Weak, float]:
    sizes = {key: abs(simulation.given[key].value or 0.0) for key in parts}
    whole = sum(sizes.values())
    shares: dict[Weak, float] = {}
    for key, why in _weak(simulation, parts, moving):
        shares[why] = shares.get(why, 0.0) + (sizes[key] / whole if whole else 0.0)
    return shares


def _weak(
    simulation: Simulation, parts: Sequence[str], moving: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, Weak]]:
    for key in parts:
        found = weakness(simulation.case, key)
        if found.calibrated:
            yield key, Weak.CALIBRATED
        elif found.contradicted:
            yield key, Weak.CONTRADICTED
        elif not any(figure in simulation.figures for figure in moving[key]):
            yield key, Weak.NO_RANGE


SAVING, VALUE, MONTH = "net_saving", "net_present_value", "break_even_month"


class Intervals(Struct, frozen=True, dict=True):
    """The headline results of a simulation, by entity and payer, with the intervals of those that bear one.

    `names` are those that are looked at: what a first screen leaves out need not be worked out.
    """

    simulation: Simulation
    names: tuple[str, ...] = (SAVING, VALUE, MONTH)

    @cached_property
    def entities(self) -> list[Entity]:
        """The interventions, and the plan as a whole where there are several."""
        case = self.simulation.case
        whole = [case.model.entities[PORTFOLIO]] if len(case.interventions) > 1 else []
        return [*case.interventions, *whole]

    def known(self, name: str) -> list[tuple[Entity, str, str]]:
        """Of which entities and payers a quantity is known; of the whole only where several are added."""
        found = []
        for payer in PAYERS:
            known = [entity for entity in self.entities if payer in self.simulation.payers_of(entity, name)]
            alone = len([entity for entity in known if entity.level != "case"]) == 1
            found += [(entity, name, payer) for entity in known if entity.level != "case" or not alone]
        return found

    def is_any_known(self, name: str) -> bool:
        """Whether a quantity is known of any entity and payer."""
        return any(self.simulation.payers_of(entity, name) for entity in self.entities)

    @cached_property
    def grounds(self) -> Mapping[str, Grounds]:
        """What each stands on, by key."""
        return grounds(self.simulation, [one for name in self.names for one in self.known(name)])

    def stands_on(self, key: str) -> Grounds:
        """What a quantity of an entity and a payer stands on, also of a name that is not looked at."""
        if key in self.grounds:
            return self.grounds[key]
        bound = self.simulation.case.plan.bound[key]
        assert bound is not None
        return grounds(self.simulation, [(bound.entity, bound.formula.name, dict(bound.dimensions)["payer"])])[key]

    def ask(self, *others: str) -> None:
        """Work out over the draws, in one go, what bears an interval, and others."""
        self.simulation.drawn.ask([*(key for key, one in self.grounds.items() if one.bears_an_interval), *others])

    def summary(self, key: str) -> Summary | None:
        """What the draws say of a quantity that bears an interval; of others that are not headline results too."""
        is_headline = any(f".{name}." in key for name in self.names)
        if is_headline and self.simulation.case.plan.need(key).usable and not self.stands_on(key).bears_an_interval:
            return None
        return self.simulation.summary(key)

    def moved(self, key: str) -> Summary | None:
        """What the draws say of any quantity; None where they do not move it, or an interval would mean nothing."""
        import numpy as np

        if not self.simulation[key].usable or not np.ptp(np.nan_to_num(self.simulation[key].value, posinf=-1)):
            return None
        bound = self.simulation.case.plan.bound.get(key)
        payer = dict(bound.dimensions).get("payer", "") if bound else ""
        found = self.grounds.get(f"{bound.entity.path}.{SAVING}.{payer}") if bound else None
        return self.summary(key) if found is None or found.bears_an_interval else None

    def by_month(self, entity: Entity, payer: str) -> list[tuple[float, float]]:
        """The 90% interval of the cumulative net saving in each month; none where that of the saving means nothing."""
        from carescale.analysis.by_month import by_month

        stands = self.grounds.get(f"{entity.path}.{SAVING}.{payer}")
        bears = stands is not None and stands.bears_an_interval
        return by_month(self.simulation, f"{entity.path}.cumulative_net_saving.{payer}") if bears else []

    def headline(self, name: str) -> dict[str, Summary | str]:
        """Of each entity and payer, by key: what the draws say, or why they have no interval."""
        keys = [f"{entity.path}.{name}.{payer}" for entity, _, payer in self.known(name)]
        return {key: self.summary(key) or self.grounds[key].why_not for key in keys}


def intervals_of(case: Case, draws: int = DRAWS, seed: int = 0) -> Intervals | None:
    """The intervals of one place; None where nothing in its plan has a range."""
    made = simulate(case, draws, seed)
    return Intervals(made) if made.figures else None
