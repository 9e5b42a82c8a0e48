"""What an interval stands on: a total that mostly rests on weak parts gets none, and says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from carescale.analysis.evidence import weakness
from carescale.analysis.simulate import Simulation
from carescale.engine.model import Entity

MOSTLY = 0.5
_WHOLE = 0.995


class Weak(StrEnum):
    """Why a part of a total has no interval that means something."""

    CALIBRATED = "calibrated"
    CONTRADICTED = "contradicted"
    NO_RANGE = "no range"


@dataclass(frozen=True)
class Grounds:
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
    parts = {key: _parts(simulation, entity, payer) for key, (entity, _, payer) in zip(keys, asked, strict=True)}
    savings = list(dict.fromkeys(part for found in parts.values() for part in found))
    moving = simulation.moving([*keys, *savings])
    return {
        key: Grounds(
            _weak_shares(simulation, parts[key], moving),
            moving[key],
            tuple(figure for figure in moving[key] if figure in simulation.figures),
        )
        for key in keys
    }


def _parts(simulation: Simulation, entity: Entity, payer: str) -> list[str]:
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
