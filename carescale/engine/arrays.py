"""What each verb does to numpy arrays: many authorities, or many draws, at once. The same rows as `scalars.FLOATS`."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from carescale.engine.scalars import FLOATS, NOISE, Verbs


def _divide(top: Any, bottom: Any) -> Any:
    if np.ndim(bottom) == 0:  # the same for every area: no need to look at each
        return np.divide(top, bottom) if bottom else np.full_like(top, np.nan, dtype=float)
    nothing = np.equal(bottom, 0)
    if not nothing.any():
        return np.divide(top, bottom)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(nothing, np.nan, np.divide(top, bottom))


def _power(base: Any, exponent: Any) -> Any:
    with np.errstate(all="ignore"):
        found = np.power(np.asarray(base, dtype=float), exponent)
        return np.where(np.isfinite(found), found, np.nan)


def _round_up(value: Any) -> Any:
    nearest = np.rint(value)
    return np.where(np.abs(value - nearest) <= NOISE * np.abs(value), nearest, np.ceil(value))


def _by_rows(verb: str) -> Any:
    """A way of rounding that only a sum of one's own asks for: row by row is fast enough."""
    return np.vectorize(FLOATS[verb], otypes=[float])


def _summed(*parts: Any) -> Any:
    return sum(parts[1:], start=parts[0])


def months_ago(past: Sequence[Any], months: Any) -> Any:
    """What a series was so many months ago, where the months differ from area to area."""
    series = np.stack(np.broadcast_arrays(*past, months)[:-1])
    months = np.broadcast_to(months, series.shape[1:])
    bounded = np.minimum(np.nan_to_num(months, nan=0.0), float(len(past) + 1))
    whole = np.floor(bounded).astype(int)
    now, before = (_month_of(series, len(past) - 1 - whole - more) for more in (0, 1))
    return now + (bounded - whole) * (before - now) + (months - months if np.isnan(months).any() else 0.0)


def _month_of(series: Any, month: Any) -> Any:
    """The value of a month for each area; nothing before the first."""
    found = np.take_along_axis(series, np.maximum(month, 0)[np.newaxis], axis=0)[0]
    return np.where(month < 0, 0.0, found)


def _candidates(values: Any, among: Any, peers: Any) -> Any:
    """The values an area may be measured against, one row an area where `peers` gives each its own (areas × peers)."""
    candidates = np.where(among, values, np.nan)
    return candidates if peers is None else np.append(candidates, np.nan)[peers]  # position −1 is nobody


def over_areas(peers: Any = None) -> Verbs:
    """The table of verbs with benchmarks over areas. `peers` are the positions of each area's peers, or None for all.

    NaN stands for a missing value and never wins; where nothing is left the result is NaN.
    """

    def best(values: Any, among: Any) -> Any:
        return quantile(values, among, 1.0)

    def quantile(values: Any, among: Any, share: Any) -> Any:
        candidates = _candidates(values, among, peers)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # all missing: the result is missing
            return np.nanquantile(candidates, float(share), axis=-1)

    def mean_of_best(values: Any, among: Any, number: Any) -> Any:
        ordered = -np.sort(-_candidates(values, among, peers), axis=-1)  # highest first, missing last
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            return np.nanmean(ordered[..., : int(number)], axis=-1)

    return {**_PLAIN, "best": best, "quantile": quantile, "mean_of_best": mean_of_best}


_PLAIN: Verbs = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": _divide,
    "power": _power,
    "negate": lambda a: np.subtract(0.0, a),
    "less_than": lambda a, b: np.less(a, b).astype(float),
    "at_most": lambda a, b: np.less_equal(a, b).astype(float),
    "minimum": np.minimum,
    "maximum": np.maximum,
    "where": np.where,
    "round_up": _round_up,
    "round_half_up": _by_rows("round_half_up"),
    "round_away": _by_rows("round_away"),
    "truncate": _by_rows("truncate"),
    "size": np.abs,
    "less": np.subtract,
    "more": np.add,
    "added": np.add,
    "net": np.subtract,
    "complete": lambda a: a,
    "summed": _summed,
}
ARRAYS: Verbs = over_areas()
