"""What each verb does to plain floats, and to the months of one case. `arrays` is the same table for numpy.

Division by nothing gives NaN here, which only the evaluator sees: it reports the quantity as not applicable.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from carescale.engine.rate_of_return import rates_of_return
from carescale.engine.tree import MONTH_BY_MONTH

NOISE = 1e-9  # relative: 375 × 67 ÷ 25 is 1,005 volunteers, not 1,006
HAIR = 1e-12  # relative: 2.675 is 2.675, though a float holds a hair less; 3 × £1.10 is not more than £3.30
NEAR = 5e-10  # of the last digit kept: what is nearer to a whole number is one

Verbs = Mapping[str, Any]  # what does each verb; for a verb over time, a Scan of the table's own


def _divide(top: float, bottom: float) -> float:
    return top / bottom if bottom else math.nan


def _power(base: float, exponent: float) -> float:
    """A real power; NaN where there is none, as for a negative base to a broken exponent."""
    try:
        return math.pow(base, exponent)
    except (ValueError, OverflowError):
        return math.nan


def short_of(size: float) -> float:
    """What is a hair less than a number, and so is the same to whoever compares it: as Excel does, with its 15 digits.

    Times a factor, so that what is infinite stays so.
    """
    return size * (1 - math.copysign(HAIR, size))


def _less_than(first: float, second: float) -> float:
    return 1.0 if first < short_of(second) else 0.0


def _at_most(first: float, second: float) -> float:
    return 1.0 if short_of(first) <= second else 0.0


def without_noise(made: float, *parts: float) -> float:
    """A sum or a difference; nothing, where it is nothing beside what it was made of: 0.1 × 3 − 0.3."""
    return 0.0 if abs(made) <= HAIR * max(map(abs, parts)) < math.inf else made


def _minimum(first: float, second: float) -> float:
    return first if first < second or first != first else second


def _maximum(first: float, second: float) -> float:
    return first if first > second or first != first else second


def _round_up(value: float) -> float:
    if not math.isfinite(value):
        return value
    nearest = round(value)
    return float(nearest if abs(value - nearest) <= NOISE * abs(value) else math.ceil(value))


def _shift(value: float, digits: float) -> float:
    """A value with the decimal point moved, without the noise of a broken power of ten."""
    return value * math.pow(10.0, digits) if digits >= 0 else value / math.pow(10.0, -digits)


def _rounded(how: Callable[[float], float]) -> Callable[[float, float], float]:
    """A way of rounding a size to a whole number, at so many decimals and for either sign."""

    def verb(value: float, digits: float) -> float:
        size = _shift(abs(value), digits)
        if not size < 1 / HAIR:  # beyond what a float holds digit by digit, or no number at all
            return value
        return math.copysign(_shift(float(how(size)), -digits), value)

    return verb


def _half_up(size: float) -> float:
    return math.floor(size * (1 + HAIR) + 0.5)


def _whole_or(other: Callable[[float], int]) -> Callable[[float], float]:
    return lambda size: round(size) if abs(size - round(size)) <= NEAR + HAIR * size else other(size)


FLOATS: Verbs = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": _divide,
    "power": _power,
    "negate": lambda a: 0.0 - a,  # never a minus nought
    "less_than": _less_than,
    "at_most": _at_most,
    "minimum": _minimum,
    "maximum": _maximum,
    "where": lambda condition, then, otherwise: then if condition else otherwise,
    "round_up": _round_up,
    "round_half_up": _rounded(_half_up),
    "round_away": _rounded(_whole_or(math.ceil)),
    "truncate": _rounded(_whole_or(math.floor)),
    "size": abs,
    "less": lambda a, b: a - b,
    "more": lambda a, b: a + b,
    "added": lambda a, b: a + b,
    "net": lambda a, b: a - b,
    "complete": lambda a: a,
    "summed": lambda *parts: math.fsum(parts),
    # An area alone is its own benchmark.
    "best": lambda value, among: value if among else math.nan,
    "quantile": lambda value, among, share: value if among else math.nan,
    "mean_of_best": lambda value, among, number: value if among else math.nan,
}

# For a sum that somebody wrote: what is nothing beside what it was made of is nothing.
FLOATS_WITHOUT_NOISE: Verbs = {
    **FLOATS,
    "add": lambda a, b: without_noise(a + b, a, b),
    "subtract": lambda a, b: without_noise(a - b, a, b),
}


class Scan(Struct, frozen=True):
    """A verb over time: what it remembers, and what it makes of the next month.

    `step(verbs, memory, value, month)` returns the new memory; `result(memory)` the value so far.
    Written with the verbs of a table, so that one writing serves a case and a million of them.
    """

    start: Any
    step: Callable[[Verbs, Any, Any, int], Any]
    result: Callable[[Any], Any] = lambda memory: memory


def _first_month_step(verbs: Verbs, memory: tuple[Any, Any], value: Any, month: int) -> tuple[Any, Any]:
    candidate, size = memory
    size = verbs["maximum"](size, verbs["maximum"](value, -value))
    return verbs["where"](value >= -NOISE * size, verbs["minimum"](candidate, float(month)), math.inf), size


def _first_month(memory: tuple[Any, Any]) -> Any:
    candidate, size = memory
    return candidate + (size - size)  # where a value is missing, so is the month


def _carry(verbs: Verbs, last: Any, value: Sequence[Any], month: int) -> Any:
    keep, new, *at_most = value
    return verbs["minimum"](keep * last + new, at_most[0]) if at_most else keep * last + new


def _remember(verbs: Verbs, past: list[Any], value: Sequence[Any], month: int) -> list[Any]:
    """The series so far, with the value of so many months ago behind it."""
    return [*past[:-1], value[0], months_ago([*past[:-1], value[0]], value[1])]


def months_ago(past: Sequence[Any], months: Any) -> Any:
    """What a series was so many months ago, linear between months; nothing before the first."""
    if not isinstance(months, int | float):
        from carescale.engine import arrays, intervals

        over = intervals if isinstance(months, intervals.Interval) else arrays
        return over.months_ago(past, months)
    if not months < len(past):  # also where it is infinite or missing
        return 0.0 * past[-1] if months == months else math.nan * past[-1]
    whole = math.floor(months)
    now, before = past[-1 - whole], past[-2 - whole] if whole + 1 < len(past) else 0.0
    return now + (months - whole) * (before - now)


SCANS: Mapping[str, Scan] = {
    "running_total": Scan(0.0, lambda verbs, so_far, value, month: so_far + value),
    "carry": Scan(0.0, _carry),
    "delayed": Scan([0.0], _remember, lambda past: past[-1]),
    "irr": Scan((), lambda verbs, flows, value, month: (*flows, value), rates_of_return),
    "total": Scan(0.0, lambda verbs, so_far, value, month: so_far + value),
    "lowest": Scan(math.inf, lambda verbs, so_far, value, month: verbs["minimum"](so_far, value)),
    "first_month": Scan((math.inf, 0.0), _first_month_step, _first_month),
}


def apply(verb: str, *values: Any) -> Any:
    """A verb on plain numbers; over time and over parts, on a list of them. For formulas called outside the engine."""
    if verb == "summed":
        return FLOATS[verb](*values[0])
    if verb not in SCANS:
        return FLOATS[verb](*values)
    scan = SCANS[verb]
    memory, results = scan.start, []
    series = values[0] if len(values) == 1 else list(zip(*_alongside(values), strict=True))
    for month, value in enumerate(series):
        memory = scan.step(FLOATS, memory, value, month)
        results.append(scan.result(memory))
    return results if verb in MONTH_BY_MONTH else results[-1]


def _alongside(values: Sequence[Any]) -> list[list[Any]]:
    """Series of one length; a plain number stands for every month."""
    months = max(len(value) for value in values if isinstance(value, list))
    return [value if isinstance(value, list) else [value] * months for value in values]
