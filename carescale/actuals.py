"""What happened: who was there, started and left, and what was spent, by the month it was reported for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from carescale.problems import Position

MEASURES = ("people", "starts", "leavers", "spend")


class Report(Struct, frozen=True, kw_only=True):
    """One row: a month since the decision (its first is 1), what it is about, and what was counted; None is not known.

    `people` are those there under the plan at the month's end; `spend` is what the council paid in the month.
    """

    month: int
    intervention: str
    cohort: str = ""
    scheme: str = ""
    people: float | None = None
    starts: float | None = None
    leavers: float | None = None
    spend: float | None = None
    position: Position


class Actuals(Struct, frozen=True, kw_only=True, dict=True):
    """All that was reported. `source` says whose count it is, `file` where it stands."""

    source: str
    file: str
    reports: tuple[Report, ...]
    left_open: int = 0  # rows that say that their month is still open

    @cached_property
    def digest(self) -> str:
        """Eight letters that stand for all that was reported."""
        told = [(one.month, one.intervention, one.cohort, one.scheme, one.people, one.starts, one.leavers, one.spend)
                for one in self.reports]  # fmt: skip
        return hashlib.blake2b(repr(told).encode(), digest_size=4).hexdigest()

    def until(self, month: int) -> Actuals:
        """What had been reported by a month."""
        return replace(self, reports=tuple(report for report in self.reports if report.month <= month))

    @property
    def interventions(self) -> tuple[str, ...]:
        """Those that something was reported of."""
        return tuple(dict.fromkeys(report.intervention for report in self.reports))

    def cohorts(self, intervention: str) -> tuple[str, ...]:
        """The cohorts of an intervention that rows name."""
        return self._named(intervention, lambda report: report.cohort)

    def schemes(self, intervention: str) -> tuple[str, ...]:
        """The schemes of an intervention that rows name."""
        return self._named(intervention, lambda report: report.scheme)

    def _named(self, intervention: str, name: Callable[[Report], str]) -> tuple[str, ...]:
        reports = [report for report in self.reports if report.intervention == intervention]
        return tuple(dict.fromkeys(name(report) for report in reports if name(report)))

    def of(self, intervention: str, *, cohort: str = "", scheme: str = "") -> Months:
        """The months of an intervention, or of one of its cohorts or schemes, added over all that is within it."""
        series: dict[tuple[str, str], list[Report]] = {}
        for report in self.reports:
            is_asked = report.cohort == cohort or not cohort, report.scheme == scheme or not scheme
            if report.intervention == intervention and all(is_asked):
                series.setdefault((report.cohort, report.scheme), []).append(report)
        return Months([_by_month(reports) for reports in series.values()])


Series = dict[int, Report]


def _by_month(reports: Iterable[Report]) -> Series:
    return {report.month: report for report in sorted(reports, key=lambda report: report.month)}


class Months(Struct, frozen=True):
    """Series of months that are added. Before its first row a series has nobody; a month that it leaves out is open."""

    series: Sequence[Series]

    @property
    def last(self) -> int:
        """The last month that every series has reported; 0 where none has."""
        return min((max(one) for one in self.series), default=0)

    @property
    def first_match(self) -> int:
        """The month of the first start; 0 where nobody has started."""
        return next((month for month in range(1, self.last + 1) if self.starts(month)), 0)

    def value(self, measure: str, month: int) -> float | None:
        """What was counted in a month over all series; None where one of them does not know it."""
        series = [one for one in self.series if measure != "spend" or _has_spend(one)]
        if month > self.last or all(month < min(one) for one in series):
            return None
        found = [_counted(one, measure, month) for one in series]
        known = [value for value in found if value is not None]
        return sum(known) if len(known) == len(found) else None

    def people(self, month: int) -> float | None:
        return self.value("people", month)

    def starts(self, month: int) -> float | None:
        return self.value("starts", month)

    def known(self, measure: str) -> dict[int, float]:
        """The months of which something is known, with it."""
        found = {month: self.value(measure, month) for month in range(1, self.last + 1)}
        return {month: value for month, value in found.items() if value is not None}

    def total(self, measure: str) -> float | None:
        """The sum over the months of which it is known; None where there are none."""
        known = self.known(measure)
        return sum(known.values()) if known else None

    @property
    def not_adding_up(self) -> tuple[int, ...]:
        """Months in which who is there is not who was there, and started, less who left."""
        found = {month for one in self.series for month in one if not _adds_up(one, month)}
        return tuple(sorted(month for month in found if month <= self.last))

    @property
    def joined_later(self) -> tuple[int, ...]:
        """The first months of series that begin after another one; before it they count as nobody."""
        first = sorted({min(one) for one in self.series})
        return tuple(first[1:])

    @property
    def left_open(self) -> tuple[int, ...]:
        """Months between the first and the last of which no count of people is known."""
        known = self.known("people")
        return tuple(month for month in range(min(known), self.last) if month not in known) if known else ()


def _adds_up(series: Series, month: int) -> bool:
    """Whether a row follows from the one before; the first of a series from nobody, as it is counted."""
    report, before = series[month], series.get(month - 1)
    people = 0.0 if month == min(series) else before.people if before else None
    if report.people is None or report.starts is None or people is None:
        return True
    left = people + report.starts - report.people
    return left >= 0 if report.leavers is None else left == report.leavers


def _has_spend(series: Series) -> bool:
    """Whether spend is booked here at all: what is spent on several cohorts may stand with one of them."""
    return any(report.spend is not None for report in series.values())


def _counted(series: Series, measure: str, month: int) -> float | None:
    if month < min(series):
        return 0.0
    report = series.get(month)
    value: float | None = getattr(report, measure) if report else None
    return _from_others(series, measure, month) if value is None and report else value


def _from_others(series: Series, measure: str, month: int) -> float | None:
    """What a row does not say and the others do: those who started are those there more than before, and who left."""
    report = series[month]
    if measure == "spend" or (month > min(series) and month - 1 not in series):
        return None
    before = _counted(series, "people", month - 1)
    if before is None:
        return None
    match measure, report.people, report.starts, report.leavers:
        case "people", _, float(starts), float(leavers):
            found = before + starts - leavers
        case "starts", float(people), _, float(leavers):
            found = people - before + leavers
        case "leavers", float(people), float(starts), _:
            found = before + starts - people
        case _:
            return None
    return found if found >= 0 else None  # what would be fewer than nobody is a slip, and not known
