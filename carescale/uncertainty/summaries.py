"""What draws say of a result: percentiles, the mean and chances, each with how far off it may be."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from statistics import NormalDist
from typing import Any

from msgspec import Struct

INTERVAL = (0.05, 0.95)
_CONFIDENCE = 0.975  # two-sided, 95%


class Estimate(Struct, frozen=True):
    """A number from draws, and the half-width of its 95% interval: how far more draws might move it."""

    value: float
    error: float


class Summary(Struct, frozen=True):
    """A result over the draws. `above_zero` is the share of draws in which it is more than nothing."""

    low: Estimate
    median: Estimate
    high: Estimate
    mean: Estimate
    above_zero: Estimate


def summarised(values: Any, slices: int, *, whole: bool = False) -> Summary:
    """Median, 90% interval, mean and the chance that it is above zero. `values` are slice after slice; of `whole`
    ones, such as months, the percentiles are whole too.
    """
    low, middle, high = quantiles(values, (INTERVAL[0], 0.5, INTERVAL[1]), slices, whole=whole)
    return Summary(
        low=low,
        median=middle,
        high=high,
        mean=estimate(values, slices, lambda some: some.mean(axis=-1)),
        above_zero=chance(values > 0, slices),
    )


def quantile(values: Any, share: float, slices: int, *, whole: bool = False) -> Estimate:
    """A percentile, by the rule of Excel's PERCENTILE.INC (Hyndman and Fan's type 7); a `whole` one is one of them."""
    return quantiles(values, (share,), slices, whole=whole)[0]


def quantiles(values: Any, shares: Sequence[float], slices: int, *, whole: bool = False) -> list[Estimate]:
    """Several percentiles, for which the values are put in order but once."""
    import numpy as np

    ordered, parts = np.sort(values), np.sort(values.reshape(slices, -1), axis=-1)
    return [
        _estimate(float(percentile(ordered, share, whole=whole)), percentile(parts, share, whole=whole))
        for share in shares
    ]


def percentile(ordered: Any, share: float, *, whole: bool = False) -> Any:
    """A percentile along the last axis of values in order: numpy's own, which loads and looks at much else, to the bit;
    it goes up from the nearer of its two neighbours.
    """
    count = ordered.shape[-1]
    if whole:
        return ordered[..., max(0, math.ceil(count * share - 1))]
    place = (count - 1) * share
    first = math.floor(place)
    one, next_one, beyond = ordered[..., first], ordered[..., min(first + 1, count - 1)], place - first
    gap = next_one - one
    return one + gap * beyond if beyond < 0.5 else next_one - gap * (1 - beyond)


def chance(truths: Any, slices: int) -> Estimate:
    """The share of draws in which something holds."""
    return estimate(truths, slices, lambda some: some.mean(axis=-1))


def chances_by_month(months: Any, horizon: int, slices: int) -> tuple[Estimate, ...]:
    """For a month in each draw, such as that of break-even: the chance that it has come, from month 0 to the horizon.

    A month that is infinite, or missing, never comes.
    """
    import numpy as np

    rows = np.fmin(months, horizon + 1).astype(int).reshape(slices, -1)
    places = (rows + (horizon + 2) * np.arange(slices)[:, None]).ravel()
    counts = np.bincount(places, minlength=slices * (horizon + 2)).reshape(slices, -1)
    come = np.ascontiguousarray(counts.cumsum(axis=1)[:, : horizon + 1].T)  # months × slices
    errors = student(slices - 1) * (come / rows.shape[1]).std(axis=1, ddof=1) / math.sqrt(slices)
    shares = come.sum(axis=1) / months.size
    return tuple(map(Estimate, shares.tolist(), errors.tolist()))


def estimate(values: Any, slices: int, statistic: Callable[[Any], Any]) -> Estimate:
    """A statistic over all draws. Each slice is an answer of its own; their spread tells how far off the whole is."""
    return _estimate(float(statistic(values)), statistic(values.reshape(slices, -1)))


def _estimate(whole: float, parts: Any) -> Estimate:
    if not math.isfinite(float(parts.sum())):  # a month beyond the horizon has no size
        return Estimate(whole, 0.0 if len({*parts.tolist()}) == 1 else math.inf)
    return Estimate(whole, student(len(parts) - 1) * float(parts.std(ddof=1)) / math.sqrt(len(parts)))


@cache
def student(freedom: int) -> float:
    """Student's t for a 95% interval: 2.131 for 15. Abramowitz and Stegun, 26.7.5, an expansion around the normal."""
    z = NormalDist().inv_cdf(_CONFIDENCE)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + math.fsum(term / freedom**power for power, term in enumerate(terms, 1))
