"""Appraise a case: present values, ratios, and social investment where growth is slower than planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from carescale.analysis.lookup import require_one_place
from carescale.analysis.projection import Projection, Result, project
from carescale.case import Case
from carescale.engine.model import Entity
from carescale.figures import Figure
from carescale.inputs.prices import Deflator, in_prices_of, read_deflator, without_prices
from carescale.numbers import Printed, percent, to_decimal
from carescale.problems import NOWHERE

_CHAPTERS = ("adjustments", "appraisal", "delay", "finance")
_RATES = (
    "discount_rate",
    "discount_rate_until",
    "later_discount_rate",
    "later_discount_rate_until",
    "last_discount_rate",
)
DELIVERY = "delivery_against_plan"


@dataclass(frozen=True)
class Appraisal:
    """A case that was loaded to be appraised. `deflator` and `base` are there where prices were put into one base."""

    projection: Projection
    deflator: Deflator | None = None
    base: int | None = None

    @property
    def case(self) -> Case:
        return self.projection.case

    @property
    def together(self) -> tuple[str, ...]:
        """The payers that somebody asked to have added."""
        return self.case.model.added.get("payer", ())

    @property
    def periods(self) -> tuple[str, ...]:
        """The years of the appraisal, in order."""
        return self.case.model.dimensions.get("period", ())

    @cached_property
    def rates(self) -> Mapping[str, Figure]:
        """The figures of the discount schedule, by name."""
        found = {name: self.projection.nearest(self.case.model.entities["portfolio"], name).key for name in _RATES}
        return {name: self.case.figures[key] for name, key in found.items() if key in self.case.figures}

    @property
    def not_rebased(self) -> tuple[str, ...]:
        """Money figures without a year, where prices were put into one base."""
        return without_prices(self.case) if self.base else ()

    def funded(self) -> Iterator[Entity]:
        """The interventions with social investment."""
        for entity in self.case.interventions:
            if self.projection.get(entity, "funding").usable:
                yield entity

    def slower(self, entity: Entity) -> tuple[Projection, float] | None:
        """The same plan at the pace that was seen, and that pace; None where none was, or it is the plan's already."""
        seen = self.projection.get(entity, "delivery_seen")
        given = self.projection.nearest(entity, DELIVERY)
        if seen.value is None or given.usable:
            return None
        key = f"{entity.path}.{DELIVERY}"
        number = Printed(to_decimal(seen.value), Decimal(0), percent(seen.value))
        reason = "as was seen of the people reached with this funding, against the planned cost of an arrangement"
        figure = Figure(name=key, number=number, unit="", year="", citation=None, assumption=reason, position=NOWHERE)
        return project(self.case.with_figures({key: figure})), seen.value

    def results(self) -> list[Result]:
        """Every quantity of adjustments, appraisal and finance that applies, in story order."""
        return [result for result in self.projection if _is_ours(self.projection, result.key)]


def _is_ours(projection: Projection, key: str) -> bool:
    bound = projection.bound(key)
    return bound is not None and bound.formula.module in _CHAPTERS


def appraise(case: Case, prices: int | None = None, deflator: Path | None = None) -> Appraisal:
    """Appraise one place that was loaded with `appraise=True`; `prices` is the year into whose prices money is put, by
    the index in the file `deflator` or the one that ships. Raises Problems.
    """
    require_one_place(case)
    if prices is None:
        return Appraisal(project(case))
    index = read_deflator(deflator)
    return Appraisal(project(in_prices_of(case, prices, index)), index, prices)
