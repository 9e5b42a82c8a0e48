"""Appraise a case: present values, ratios, and social investment where growth is slower than planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from carescale.analysis.lookup import require_one_place
from carescale.analysis.projection import Projection, Result, project
from carescale.case import Case
from carescale.engine.model import Entity
from carescale.figures import Figure
from carescale.formulas import registry
from carescale.inputs.calibrating import response
from carescale.inputs.prices import Deflator, in_prices_of, read_deflator, without_prices
from carescale.numbers import Printed, percent, to_decimal
from carescale.problems import NOWHERE

_CHAPTERS = ("savings", "costs", "account", "needed", "appraisal", "finance")
RATES = tuple(name for name in registry.figures if "discount_rate" in name)
DELIVERY, _RAMP = "delivery_against_plan", "ramp_months"
_SEEN = ("delivery_seen", "delivery_seen_by_weeks")
_LONGEST_RAMP, _HALVINGS = 600, 50


class Fit(Struct, frozen=True):
    """A plan at a pace that was seen, and what to call it."""

    heading: str
    projection: Projection


class Appraisal(Struct, frozen=True, dict=True):
    """A case that was loaded to be appraised. `deflator` and `base` are there where prices were put into one base."""

    projection: Projection
    deflator: Deflator | None = None
    base: str = ""

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
        found = {name: self.projection.nearest(self.case.model.entities["portfolio"], name).key for name in RATES}
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

    def fits(self, entity: Entity) -> list[Fit]:
        """The plan at the pace that was seen, in each of the ways that the two published numbers allow.

        Fewer people, as were reached or as the weeks of care make; or all of them, on a slower ramp. None where no pace
        was seen, or where it is the plan's already.
        """
        if self.projection.nearest(entity, DELIVERY).usable:
            return []
        by_people, by_weeks = (self.projection.get(entity, name).value for name in _SEEN)
        fits = [
            self._fit(entity, f"At {percent(share, 0)}\nof plan,\n{words}", DELIVERY, share, percent(share))
            for share, words in ((by_people, "by people"), (by_weeks, "by weeks"))
            if share is not None and share < 1
        ]
        months = self._slower_ramp(entity) if by_weeks is not None and by_weeks < 1 else None
        if months is not None:
            printed = f"{months:.0f} months"
            fits.append(self._fit(entity, f"Ramp of\n{printed}", _RAMP, months, printed))
        return fits

    def _fit(self, entity: Entity, heading: str, name: str, value: float, printed: str) -> Fit:
        key = f"{entity.path}.{name}"
        kind = registry.figures[name]
        number = Printed(to_decimal(value), Decimal(0), printed)
        reason = "as fits what was seen of this funding elsewhere"
        figure = Figure(
            name=key, number=number, unit=kind.unit, year="", citation=None, assumption=reason, position=NOWHERE
        )
        return Fit(heading, project(self.case.with_figures({key: figure})))

    def _slower_ramp(self, entity: Entity) -> float | None:
        """The length of the ramp with which the planned people live the weeks of care that were seen, by then."""
        quantity, by = f"{entity.path}.weeks_by_month_seen", f"{entity.path}.{_RAMP}"
        seen = self.projection.nearest(entity, "weeks_of_care").value
        if seen is None or not self.projection[quantity].usable:
            return None
        weeks = response(self.case.model, by, quantity)
        short, long = 0.0, float(_LONGEST_RAMP)
        if not weeks(long) < seen < weeks(short):
            return None
        for _ in range(_HALVINGS):
            middle = (short + long) / 2
            short, long = (middle, long) if weeks(middle) > seen else (short, middle)
        return round(long)

    def results(self) -> list[Result]:
        """Every quantity of adjustments, appraisal and finance that applies, in story order."""
        return [result for result in self.projection if _is_ours(self.projection, result.key)]


def _is_ours(projection: Projection, key: str) -> bool:
    bound = projection.bound(key)
    return bound is not None and bound.formula.module in _CHAPTERS


def appraise(case: Case, prices: str = "", deflator: Path | None = None) -> Appraisal:
    """Appraise one place that was loaded with `appraise=True`; `prices` is the year, 2024 or 2025/26, into whose
    prices money is put, by the index in the file `deflator` or the one that ships. Raises Problems.
    """
    require_one_place(case)
    if not prices:
        return Appraisal(project(case))
    index = read_deflator(deflator)
    return Appraisal(project(in_prices_of(case, prices, index)), index, prices)
