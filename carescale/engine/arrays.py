"""What each verb does to numpy arrays: many authorities, or many draws, at once. The same rows as `scalars.FLOATS`."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from carescale.engine.scalars import FLOATS, HAIR, NOISE, SCANS, Scan, Verbs


def _divide(top: Any, bottom: Any) -> Any:
    return np.divide(top, _divisor(bottom))


def _divisor(bottom: Any) -> Any:
    """What is divided by, with NaN for nothing: whatever is divided by that is NaN too."""
    if not isinstance(bottom, np.ndarray):  # the same for every area
        return bottom if bottom else math.nan
    nothing = np.equal(bottom, 0)
    return np.where(nothing, np.nan, bottom) if nothing.any() else bottom


def _scaled(first: Any, second: Any) -> Any:
    """A multiple; nothing times what is finite is nothing for all, which spares whatever is done with it."""
    for one, other in ((first, second), (second, first)):
        if isinstance(one, float) and not one and np.isfinite(other).all():
            return 0.0
    return np.multiply(first, second)


def _minimum(first: Any, second: Any) -> Any:
    is_bound = isinstance(second, float) and isinstance(first, np.ndarray)
    return _within(first, -math.inf, second) if is_bound else np.minimum(first, second)


def _maximum(first: Any, second: Any) -> Any:
    is_bound = isinstance(second, float) and isinstance(first, np.ndarray)
    return _within(first, second, math.inf) if is_bound else np.maximum(first, second)


def _within(values: Any, low: float, high: float) -> Any:
    """Values kept between two bounds; one bound where it holds for all, as before anybody has started.

    numpy's clip is twice as fast as its minimum and maximum are with one number.
    """
    found = np.clip(values, low, high)
    if not isinstance(found, np.ndarray):
        return found
    bound, looked_at = float(found.flat[0]), found.ravel()[:: max(1, found.size // 4)]
    is_one = bound in (low, high) and (looked_at == bound).all() and (found == bound).all()
    return bound if is_one else found


def _a_hair_apart(first: Any, second: Any, hair: float) -> tuple[Any, Any]:
    """Two things to compare, the second a hair more, or less: the one that is the same for all is moved."""
    if isinstance(second, np.ndarray) and not isinstance(first, np.ndarray):
        return first * (1 - hair * np.sign(first)), second
    return first, second * (1 + hair * np.sign(second))


def _condition(holds: Any) -> Any:
    """What holds where: one answer, where it is the same for all."""
    if not isinstance(holds, np.ndarray):
        return holds
    truths = holds.astype(bool)
    return True if truths.all() else truths if truths.any() else False


def _where(condition: Any, then: Any, otherwise: Any) -> Any:
    if isinstance(condition, np.ndarray):
        return np.where(condition, then, otherwise)
    return then if condition else otherwise


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
    """A sum: first, and exactly, of what is one number for all, which leaves fewer arrays to go through."""
    arrays = [part for part in parts if isinstance(part, np.ndarray)]
    others = [part for part in parts if not isinstance(part, np.ndarray)]
    return sum(arrays, start=math.fsum(others)) if others else sum(arrays[1:], start=arrays[0])


def _more(amount: Any, addition: Any) -> Any:
    return amount if isinstance(addition, float) and not addition else np.add(amount, addition)


def _less(amount: Any, deduction: Any) -> Any:
    return amount if isinstance(deduction, float) and not deduction else np.subtract(amount, deduction)


def _total_step(verbs: Verbs, so_far: Any, value: Any, month: int) -> Any:
    """A total that nobody looks at before the end needs no new array each month."""
    if isinstance(so_far, np.ndarray) and month > 1 and np.shape(value) in ((), so_far.shape):
        return np.add(so_far, value, out=so_far)
    return so_far + value


class _Below(Struct):
    """For series side by side: the months up to the last in which each lay below nothing, none if it never did; the
    largest size that it has had; how many months there were; and room for work.
    """

    until: Any
    size: Any
    work: Any
    count: Any
    months: int = 0


def _never_below(shape: tuple[int, ...]) -> _Below:
    return _Below(np.zeros(shape, np.int16), np.zeros(shape), np.empty(shape), np.empty(shape, np.int16))


def _first_month_step(verbs: Verbs, below: _Below | None, value: Any, month: int) -> _Below:
    """As in `scalars`, in fewer passes over the arrays, and with no new one each month."""
    shape = np.shape(value)
    if below is None:
        below = _never_below(shape)
    elif shape and shape != below.size.shape:  # until now it was the same for all
        one, below = below, _never_below(shape)
        below.until[:], below.size[:] = one.until, one.size
    below.months = month + 1
    np.maximum(below.size, np.abs(value, out=below.work), out=below.size)
    short = np.less(value, np.multiply(below.size, -NOISE, out=below.work))
    np.multiply(short, np.int16(below.months), out=below.count)
    np.maximum(below.until, below.count, out=below.until)
    return below


def _first_month(below: _Below) -> Any:
    found = np.where(below.until == below.months, math.inf, below.until)
    return found + (below.size - below.size)  # where a value is missing, so is the month


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
    "scaled": _scaled,
    "divide": _divide,
    "divisor": _divisor,
    "divided": np.divide,
    "power": _power,
    "negate": lambda a: np.subtract(0.0, a),
    "less_than": lambda a, b: np.less(*_a_hair_apart(a, b, -HAIR)).astype(float),
    "at_most": lambda a, b: np.less_equal(*_a_hair_apart(a, b, HAIR)).astype(float),
    "minimum": _minimum,
    "maximum": _maximum,
    "within": _within,
    "condition": _condition,
    "where": _where,
    "round_up": _round_up,
    "round_half_up": _by_rows("round_half_up"),
    "round_away": _by_rows("round_away"),
    "truncate": _by_rows("truncate"),
    "size": np.abs,
    "less": _less,
    "more": _more,
    "added": _more,
    "net": _less,
    "complete": lambda a: a,
    "summed": _summed,
    "total": Scan(0.0, _total_step),
    "first_month": Scan(None, _first_month_step, _first_month),
}
ARRAYS: Verbs = over_areas()


def over_months(verb: str, series: Iterable[Any]) -> Any:
    """A verb over time of a series of arrays, one for each month."""
    scan = ARRAYS.get(verb) or SCANS[verb]
    memory = scan.start
    for month, value in enumerate(series):
        memory = scan.step(ARRAYS, memory, value, month)
    return scan.result(memory)
