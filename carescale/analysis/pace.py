"""The pace of starts since the first match: how many a month, how far off that may be, and whether it can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from statistics import NormalDist
from typing import Any

from msgspec import Struct

from carescale.actuals import Months
from carescale.formulas import pace as formulas
from carescale.uncertainty.summaries import INTERVAL

_QUARTER, _QUARTERS = 3, 4  # months of a quarter, and how many quarters there must be to hold against each other
_STEADY = 6  # months on either side before two halves are held against each other


class Pace(Struct, frozen=True, kw_only=True, dict=True):
    """So many starts in so many months after that of the first match, which is left out: it was chosen for its start.

    `by_month` are the starts of those months of which they are known.
    """

    first_match: int
    by_month: Mapping[int, float]

    @property
    def starts(self) -> float:
        return sum(self.by_month.values())

    @property
    def months(self) -> int:
        return len(self.by_month)

    @property
    def dispersion(self) -> float:
        """How much more the months, or the quarters, differ than by chance alone; 1 where they do not."""
        return self._scatter[0]

    @cached_property
    def _scatter(self) -> tuple[float, int]:
        """The dispersion, and from how many independent differences it is told.

        Quarters beside months, since good and bad months that come in runs scatter more the longer one looks.
        """
        months = [self.by_month[month] for month in sorted(self.by_month)]
        whole = len(months) // _QUARTER * _QUARTER
        quarters = [sum(months[at : at + _QUARTER]) for at in range(0, whole, _QUARTER)]
        told = [_dispersion(counts) for counts in (months, quarters if len(quarters) >= _QUARTERS else [])]
        return max(told)

    def at(self, deviate: float, evidence: float | None = None) -> float:
        """The starts a month at so many deviates from what was seen; 0 is the pace itself."""
        months = float(evidence or self.months)
        found = formulas.pace_of_starts(self.starts, float(self.months), months, self.dispersion, deviate)
        return float(found)

    @property
    def seen(self) -> float:
        """Starts a month."""
        return self.at(0.0)

    @cached_property
    def interval(self) -> tuple[float, float]:
        """The ends of the 90% interval of the pace."""
        low, high = (self.at(float(self.deviates(share))) for share in INTERVAL)
        return low, high

    def deviates(self, shares: Any) -> Any:
        """Student's t at some shares, since how the months scatter is only estimated; where they do not scatter more
        than chance alone has it, chance alone.
        """
        from scipy.special import ndtri, stdtrit

        dispersion, freedom = self._scatter
        return ndtri(shares) if dispersion == 1 else stdtrit(freedom, shares)

    @cached_property
    def change(self) -> float:
        """By how many deviates of a 90% interval the later half differs from the earlier; beyond ±1, by more than
        chance. 0 where there are too few months to halve.
        """
        months = sorted(self.by_month)
        half = len(months) // 2
        if half < _STEADY or not self.starts:
            return 0.0
        earlier, later = (sum(self.by_month[month] for month in some) for some in (months[:half], months[half:]))
        apart = formulas.change_of_pace(earlier, later, half, len(months) - half, self.dispersion)
        return float(apart) / float(self.deviates(INTERVAL[1]))


def _dispersion(counts: Sequence[float]) -> tuple[float, int]:
    """How much more counts differ than by chance alone, at least 1, and in how many ways they can differ."""
    mean = sum(counts) / len(counts) if counts else 0.0
    if len(counts) < 2 or not mean:
        return 1.0, 1
    squares = sum((count - mean) ** 2 for count in counts)
    return float(formulas.dispersion_of(squares, mean, len(counts))), len(counts) - 1


class Leaving(Struct, frozen=True):
    """So many left, over so many months that somebody was there."""

    left: float
    months: float

    def at(self, deviate: float) -> float:
        """The share who leave in a month, at so many deviates from what was seen."""
        return float(formulas.leaving_rate(self.left, self.months, deviate))

    @property
    def interval(self) -> tuple[float, float]:
        """The ends of its 90% interval."""
        low, high = (self.at(NormalDist().inv_cdf(share)) for share in INTERVAL)
        return low, high


def leaving_of(months: Months) -> Leaving | None:
    """Who left, of those who were there; None where no leavers are reported, or nobody was there."""
    left, there = months.known("leavers"), months.known("people")
    both = [month for month in left if there.get(month)]
    return Leaving(sum(left[one] for one in both), sum(there[one] for one in both)) if both else None


def pace_of(months: Months, everyone: float | None = None) -> Pace | None:
    """The pace of starts; None where nobody has started, or no starts are reported.

    Months after that in which `everyone` was there say nothing of it: nobody more is waited for.
    """
    first = months.first_match
    if not first:
        return None
    there = months.known("people").items() if everyone else ()
    last = next((month for month, people in there if people >= (everyone or 0)), months.last)
    starts = months.known("starts").items()
    return Pace(first_match=first, by_month={month: count for month, count in starts if first < month <= last})


def too_early(pace: Pace | None, months: Months, fewest: tuple[float, float]) -> str:
    """Why a pace cannot be told yet; "" where it can. `fewest` are starts and months after the first match."""
    if not months.known("starts"):
        return "no starts are reported"
    if pace is None:
        return "nobody has started"
    starts, after = fewest
    if pace.starts >= starts and pace.months >= after:
        return ""
    return f"{pace.starts:g} of {starts:g} starts and {pace.months} of {after:g} months after the first match"


class ReferenceClass(Struct, frozen=True, dict=True):
    """The paces of several schemes as the range of a new one: its ends hold 9 in 10 of such schemes.

    With two schemes the ends are their own paces; with one, or where only an average is known, there is no range.
    """

    paces: tuple[float, ...]

    @property
    def schemes(self) -> int:
        return len(self.paces)

    @cached_property
    def middle(self) -> float:
        """The middle of the paces, as ratios: their geometric mean."""
        return self._at(0.0)

    @cached_property
    def range(self) -> tuple[float, float] | None:
        if self.schemes < 2:
            return None
        if self.schemes == 2:
            return min(self.paces), max(self.paces)
        from scipy.special import stdtrit

        low, high = (self._at(float(stdtrit(self.schemes - 1, share))) for share in INTERVAL)
        return low, high

    @property
    def covers(self) -> str:
        """How much of all schemes the range is to hold, as a figure says it."""
        return "90%" if self.schemes > 2 else "two studies"

    def _at(self, deviate: float) -> float:
        """A new scheme so many deviates from the middle: Student's prediction from few, on the scale of ratios."""
        import numpy as np

        logs = np.log(np.array(self.paces))
        spread = float(logs.std(ddof=1)) * (1 + 1 / self.schemes) ** 0.5 if self.schemes > 1 else 0.0
        return float(np.exp(logs.mean() + deviate * spread))


def reference_class(paces: Sequence[Pace]) -> ReferenceClass | None:
    """The class of the schemes whose pace can be told; one without a start after its first counts as half of one."""
    found = tuple(pace.seen or 0.5 / pace.months for pace in paces if pace.months)
    return ReferenceClass(found) if found else None
