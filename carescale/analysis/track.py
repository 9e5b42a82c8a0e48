"""Track a plan: what was planned, what happened, and what comes of it if it goes on so."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.actuals import Actuals, Months
from carescale.analysis.lookup import require_one_place
from carescale.analysis.pace import Leaving, Pace, ReferenceClass, leaving_of, pace_of, reference_class, too_early
from carescale.analysis.projection import Axis, Projection, Result, project
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity
from carescale.formulas import pace as formulas
from carescale.inputs.calibrating import Unsolvable, response
from carescale.problems import Position, Problem, Problems
from carescale.uncertainty.points import FEWEST, design, points
from carescale.uncertainty.summaries import Estimate, Summary, chance, summarised

PAYER = "council"  # whose spend is reported
_FEWEST = ("fewest_starts_to_judge", "fewest_months_to_judge")
_HALVINGS = 50
_TENTH = 10  # starts a month are said to a tenth, and up, so that they are enough


class Needed(Struct, frozen=True):
    """What would bring a month back to plan: so many starts a month from now; None where no number of them would.

    `most` is how many can start in a month, where the plan says so.
    """

    quantity: str
    month: float
    pace: float | None
    most: float | None = None

    @property
    def can_be(self) -> bool:
        return self.pace is not None and (self.most is None or self.pace <= self.most)


class Tracked(Struct, frozen=True, dict=True):
    """One intervention of a plan beside what was reported of it."""

    case: Case
    entity: Entity
    months: Months
    fewest: tuple[float, float]

    @cached_property
    def now(self) -> int:
        """The last month that is reported: with a count of people, or of starts where people count by the year."""
        return max(self.months.known("starts" if self.counts_by_year else "people"), default=0)

    @property
    def counts_by_year(self) -> bool:
        return self.case.model.choice(self.entity, "counted") == "people_a_year"

    @cached_property
    def pace(self) -> Pace | None:
        everyone = None if self.counts_by_year else project(self.case)[self._key("additional_people")].value
        return pace_of(self.months, everyone)

    @cached_property
    def too_early(self) -> str:
        """Why its pace cannot be told yet; "" where it can."""
        return too_early(self.pace, self.months, self.fewest)

    # --- the plan, and the plan as it goes ---------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Projection:
        """The plan, which knows which months were reported."""
        return project(self._reported())

    @cached_property
    def planned_people(self) -> Sequence[float | None]:
        """The people the plan has there from month 0 on; None throughout where it does not say how many."""
        key = f"{self.entity.path}.people_in_month"
        return self.plan.months([key]).get(key) or [None] * (self.case.horizon + 1)

    @cached_property
    def counted(self) -> Projection:
        """The account of those who were there; after the last report it is not to be read while it is too early."""
        pace = self.pace or Pace(first_match=self.now, by_month={self.now: 0.0})
        return project(self._as_seen(pace))

    @cached_property
    def seen(self) -> Projection | None:
        """The account if it goes on at the pace that was seen; None while it is too early to say."""
        return None if self.too_early else self.counted

    @cached_property
    def drawn(self) -> Projection | None:
        """The same over draws of the pace and of leaving, with the chance of the months to come in them."""
        if self.seen is None or self.pace is None:
            return None
        from scipy.special import ndtri

        path, plan = self.entity.path, design(FEWEST)
        pace, leaving = (f"{path}.deviate_of_{name}" for name in ("pace", "leaving"))
        evidence = formulas.evidence_for(float(self.pace.months), float(self.months_ahead))
        numbers: dict[str, Any] = {
            pace: self.pace.deviates(points(plan, pace)),
            f"{path}.months_of_evidence": float(evidence),
        }
        if f"{path}.leavers_counted" in self.seen.case.model.numbers:
            numbers[leaving] = ndtri(points(plan, leaving))
        return Projection(self.seen.case, Axis(plan.draws, numbers=numbers))

    @cached_property
    def months_ahead(self) -> int:
        """From the last report to full scale at the pace seen, or to the horizon."""
        assert self.seen is not None
        there = self.seen[f"{self.entity.path}.month_all_are_there"].value
        last = self.case.horizon if there is None or math.isinf(there) else there
        return max(int(last) - self.now, 1)

    def summary(self, name: str, payer: str = "") -> Summary | None:
        """Median and 90% interval of a quantity, if it goes on so; None where it is not known."""
        values = self._draws(name, payer)
        if values is None or self.seen is None:
            return None
        return summarised(values, design(FEWEST).slices, whole=self.seen[self._key(name, payer)].unit == "month")

    def chance_by(self, name: str, month: float, payer: str = "") -> Estimate | None:
        """The chance that something has come by a month, if it goes on so."""
        values = self._draws(name, payer)
        return None if values is None else chance(values <= month, design(FEWEST).slices)

    def _draws(self, name: str, payer: str) -> Any:
        if self.drawn is None:
            return None
        import numpy as np

        result = self.drawn[self._key(name, payer)]
        if not result.usable:
            return None
        values = np.broadcast_to(np.asarray(result.value, dtype=float), (FEWEST,))
        return None if np.isnan(values).any() else values

    def _key(self, name: str, payer: str = "") -> str:
        return ".".join(filter(None, (self.entity.path, name, payer)))

    # --- what would bring it back ------------------------------------------------------------------------------------

    @cached_property
    def needed(self) -> tuple[Needed, ...]:
        """The starts a month from now that would keep the plan's own months, of those that are running late."""
        if self.seen is None:
            return ()
        asked = (("month_all_are_there", "", ""), ("break_even_month", "break_even_as_seen", PAYER))
        found = (self._needed(planned, seen or planned, payer) for planned, seen, payer in asked)
        return tuple(one for one in found if one is not None)

    def _needed(self, planned: str, seen: str, payer: str) -> Needed | None:
        assert self.seen is not None
        month, now = self.plan[self._key(planned, payer)], self.seen[self._key(seen, payer)]
        if not month.usable or month.beyond_horizon or now.value is None or now.value <= month.value:
            return None
        most = self.plan.nearest(self.entity, "starts_a_month").value
        return Needed(month.key, month.value, self._smallest_pace(now.key, month.value), most)

    def _smallest_pace(self, quantity: str, month: float) -> float | None:
        """The smallest pace from now on with which a quantity comes by a month."""
        assert self.seen is not None
        try:
            comes = response(self.seen.case.model, f"{self.entity.path}.pace_of_starts", quantity)
        except Unsolvable:
            return None
        low, high = 0.0, float(self.plan[f"{self.entity.path}.additional_people"].value)
        if comes(high) > month:
            return None
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if comes(middle) <= month else (middle, high)
        return math.ceil(round(high * _TENTH, 6)) / _TENTH

    # --- schemes -----------------------------------------------------------------------------------------------------

    @cached_property
    def schemes(self) -> Mapping[str, Tracked]:
        """What was reported of each scheme, where rows name schemes."""
        assert self.case.actuals is not None
        actuals, path = self.case.actuals, self.entity.path
        return {
            name: replace(self, months=actuals.of(path, scheme=name)) for name in actuals.schemes(path)
        }  # fmt: skip

    @cached_property
    def reference(self) -> ReferenceClass | None:
        """The paces of its schemes as those of a class; None where rows name none, or none can be told."""
        told = [one.pace for one in self.schemes.values() if one.pace and not one.too_early]
        return reference_class(told)

    # --- the case with its reports -----------------------------------------------------------------------------------

    def _reported(self, numbers: Mapping[str, float] | None = None, choices: Mapping[str, str] | None = None) -> Case:
        """The case with the calendar of its reports and what was spent."""
        path, reports = self.entity.path, [_report(month) for month in range(1, self.now + 1)]
        given = {f"{PORTFOLIO}.last_month_of_report.{_report(month)}": float(month) for month in range(1, self.now + 1)}
        given[f"{path}.last_month_reported"] = float(self.now)
        given |= {f"{path}.months_counted": float(self.pace.months)} if self.pace and self.pace.months else {}
        for month, spend in self.months.known("spend").items():
            if month <= self.now:
                given[f"{path}.spend_at_report.{PAYER}.{_report(month)}"] = spend
                given[f"{PORTFOLIO}.first_month_of_spend.{_report(month)}"] = float(month if month > 1 else 0)
        model = self.case.model
        return replace(
            self.case,
            model=replace(
                model,
                numbers={**model.numbers, **given, **(numbers or {})},
                choices={**model.choices, **(choices or {})},
                dimensions={**model.dimensions, "report": tuple(reports)},
                added={**model.added, "report": tuple(reports)},
            ),
        )

    def _as_seen(self, pace: Pace) -> Case:
        """The case whose ramp is what was counted and then the pace."""
        path = self.entity.path
        numbers = {
            f"{path}.starts_counted": pace.starts,
            f"{path}.months_counted": float(max(pace.months, 1)),
            f"{path}.months_of_evidence": float(max(pace.months, 1)),
            f"{path}.dispersion_of_starts": pace.dispersion,
            f"{path}.deviate_of_pace": 0.0,
            **self._leaving(),
        }
        for name in ("people", "starts"):
            numbers |= self._counts(name)
        people = self.months.people(self.now)
        numbers |= {f"{path}.people_now_there": people} if people is not None else {}
        planned = self.plan[f"{path}.planned_pace"].value
        numbers |= {f"{path}.planned_pace": planned} if planned else {}
        return self._reported(numbers, {f"{path}.ramp": "as_seen"})

    def _counts(self, name: str) -> dict[str, float]:
        """What was counted by report; a month without a count has that of the next one."""
        found, first = {}, 1
        for month, count in self.months.known(name).items():
            found[f"{self.entity.path}.{name}_at_report.{_report(month)}"] = count
            if name == ("starts" if self.counts_by_year else "people"):
                found[f"{self.entity.path}.first_month_of_report.{_report(month)}"] = float(first)
                first = month + 1
        return found

    def _leaving(self) -> dict[str, float]:
        """Who left, and the months that people were there; nothing where the plan's own share is kept."""
        found = self.leaving
        if found is None or self.keeps_leaving_of_plan:
            return {}
        path, (low, high) = self.entity.path, ("leavers_counted", "person_months_counted")
        return {f"{path}.{low}": found.left, f"{path}.{high}": found.months, f"{path}.deviate_of_leaving": 0.0}

    @cached_property
    def leaving(self) -> Leaving | None:
        """Who left, of those who were there; None where leavers are not reported, or people are counted by the year."""
        return None if self.counts_by_year else leaving_of(self.months)

    @cached_property
    def keeps_leaving_of_plan(self) -> bool:
        """Whether as many leave as the plan says: few have left so far, and they do not contradict it."""
        planned = self.plan[f"{self.entity.path}.leaving_rate"].value
        if self.leaving is None or planned is None:
            return planned is not None
        low, high = self.leaving.interval
        return self.leaving.left < self.fewest[0] and low <= planned <= high


def _report(month: int) -> str:
    return f"m{month:03d}"


class Track(Struct, frozen=True, dict=True):
    """A plan beside what happened; or, where two totals are all that is published of it, what they say."""

    case: Case
    tracked: tuple[Tracked, ...]

    @property
    def actuals(self) -> Actuals | None:
        return self.case.actuals

    @cached_property
    def two_numbers(self) -> tuple[Entity, ...]:
        """The interventions of which people reached and the month of it are published, and no months."""
        if self.actuals is not None:
            return ()
        return tuple(one for one in self.case.interventions if self.whole.get(one, "average_pace").usable)

    @cached_property
    def whole(self) -> Projection:
        """The plan."""
        return project(self.case)

    def two_number_results(self, entity: Entity) -> Mapping[str, Result]:
        """What two totals say, by name."""
        names = ("average_pace", "average_pace_of_a_scheme", "average_people", "weeks_a_person",
                 "weeks_at_an_even_pace", "delivery_seen", "delivery_seen_by_weeks")  # fmt: skip
        return {name: self.whole.get(entity, name) for name in names}


def track(case: Case) -> Track:
    """Track one place that was loaded with `tracked=True`. Raises Problems where nothing is said of what happened."""
    require_one_place(case)
    fewest = tuple(float(case.figures[f"{PORTFOLIO}.{name}"].value or 0) for name in _FEWEST)
    entities = {one.path: one for one in case.interventions}
    found = []
    for path in case.actuals.interventions if case.actuals else ():
        one = Tracked(case, entities[path], case.actuals.of(path), (fewest[0], fewest[1]))  # type: ignore[union-attr]
        _check(one)
        found.append(one)
    result = Track(case, tuple(found))
    if not found and not result.two_numbers:
        message = "nothing is said of what happened"
        hint = "write `actuals:` with `source:` and `table:` in it, or use `carescale track FILE --actuals TABLE`"
        raise Problems([Problem("missing-key", message, Position(case.file), hint)])
    return result


def _check(tracked: Tracked) -> None:
    """Raise Problems for reports that nothing can be told of."""
    position = Position(tracked.case.actuals.file if tracked.case.actuals else "")
    if not tracked.now:
        message = f"{tracked.entity.title}: no month says how many are there, in all that report"
        raise Problems([Problem("empty", message, position, "fill in `people`, or `starts` and `leavers`")])
    if tracked.now > tracked.case.horizon:
        message = f"month {tracked.now} was reported, and the plan looks {tracked.case.horizon} months ahead"
        hint = f"--set horizon_months={tracked.now + 12}"
        raise Problems([Problem("out-of-range", message, position, hint)])
