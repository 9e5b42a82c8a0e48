"""What each verb does to intervals: all that a result can be while its inputs stay between two ends.

The same rows as `scalars.FLOATS`, so that whatever is compiled for numbers runs on intervals too, months and all. Every
row encloses: the true values lie inside, and where an input enters once, the ends are reached. What differs beyond the
twelfth digit is not looked at, by anybody who compares a computed value with a printed one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

from msgspec import Struct

from carescale.engine import scalars
from carescale.engine.scalars import FLOATS, Verbs

_EVERYTHING = (-math.inf, math.inf)


class Interval(Struct):
    """Everything from `low` to `high`, both of them among it. Arithmetic with it is that of the verbs below."""

    low: float
    high: float

    def __iter__(self) -> Iterator[float]:
        yield self.low
        yield self.high

    def __add__(self, other: Any) -> Interval:
        second = interval(other)
        return _whole(self.low + second.low, self.high + second.high)

    __radd__ = __add__

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Any) -> Interval:
        if other is self:  # nothing is left of a thing less itself, however little is known of it
            return Interval(0.0, 0.0) if math.isfinite(self.high - self.low) else Interval(math.nan, math.nan)
        second = interval(other)
        return _whole(self.low - second.high, self.high - second.low)

    def __rsub__(self, other: Any) -> Interval:
        return interval(other) - self

    def __mul__(self, other: Any) -> Interval:
        second = interval(other)
        return _whole(*_ends([_times(one, two) for one, two in product(self, second)]))

    __rmul__ = __mul__

    def __ge__(self, other: Any) -> Any:
        return _at_most(other, self)

    def __le__(self, other: Any) -> Any:
        return _at_most(self, other)

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    @property
    def width(self) -> float:
        return self.high - self.low


def interval(value: Any) -> Interval:
    """A number as the interval that holds it alone."""
    return value if isinstance(value, Interval) else Interval(float(value), float(value))


def _whole(low: float, high: float) -> Interval:
    """An interval; everything where an end of it is no number, as infinity less infinity."""
    return Interval(*_EVERYTHING) if low != low or high != high else Interval(low, high)


def _ends(values: list[float]) -> tuple[float, float]:
    return (math.nan, math.nan) if any(value != value for value in values) else (min(values), max(values))


def _times(one: float, two: float) -> float:
    return 0.0 if one == 0 or two == 0 else one * two


def _divide(top: Any, bottom: Any) -> Interval:
    above, below = interval(top), interval(bottom)
    if below.low <= 0 <= below.high:
        return Interval(*_EVERYTHING)  # a pole: anything, or nothing at all
    return _whole(*_ends([one / two for one, two in product(above, below)]))


def _power(base: Any, exponent: Any) -> Interval:
    """Monotone in either, for a base above nought; else only for a whole exponent that is known."""
    below, above = interval(base), interval(exponent)
    if below.low > 0:
        return _whole(*_ends([_raised(one, two) for one, two in product(below, above)]))
    if above.is_point and above.low == int(above.low) and above.low > 0:
        ends = [_raised(end, above.low) for end in below]
        turns = below.high >= 0 and above.low % 2 == 0
        return _whole(*_ends([*ends, 0.0] if turns else ends))
    return Interval(*_EVERYTHING)


def _raised(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except (ValueError, OverflowError):
        return math.nan


def _less_than(first: Any, second: Any) -> Interval:
    one, two = interval(first), interval(second)
    return Interval(FLOATS["less_than"](one.high, two.low), FLOATS["less_than"](one.low, two.high))


def _at_most(first: Any, second: Any) -> Interval:
    one, two = interval(first), interval(second)
    return Interval(FLOATS["at_most"](one.high, two.low), FLOATS["at_most"](one.low, two.high))


def _where(condition: Any, then: Any, otherwise: Any) -> Any:
    truth = interval(condition)
    if truth.low > 0 or truth.high < 0:
        return then
    if truth.is_point and truth.low == 0:
        return otherwise
    one, two = interval(then), interval(otherwise)
    return Interval(min(one.low, two.low), max(one.high, two.high))


def _rising(verb: str) -> Callable[..., Interval]:
    """A verb that never falls where what it is applied to rises: its ends are those of the ends."""
    row = FLOATS[verb]

    def apply(*values: Any) -> Interval:
        known = [interval(value) for value in values]
        return Interval(row(*(one.low for one in known)), row(*(one.high for one in known)))

    return apply


def _size(value: Any) -> Interval:
    known = interval(value)
    ends = abs(known.low), abs(known.high)
    return Interval(0.0 if known.low <= 0 <= known.high else min(ends), max(ends))


def _without_noise(made: Interval, *parts: Interval) -> Interval:
    lows, highs = zip(*parts, strict=True)
    return Interval(scalars.without_noise(made.low, *lows), scalars.without_noise(made.high, *highs))


def months_ago(past: Sequence[Any], months: Interval) -> Any:
    """What a series was some months ago: between the least and the most it ever was, where it is not known how many."""
    if months.is_point:
        return scalars.months_ago(past, months.low)
    ends = [end for value in (0.0, *past) for end in interval(value)]
    return Interval(min(ends), max(ends))


INTERVALS: Verbs = {
    "add": lambda a, b: interval(a) + b,
    "subtract": lambda a, b: interval(a) - b,
    "multiply": lambda a, b: interval(a) * b,
    "divide": _divide,
    "power": _power,
    "negate": lambda a: -interval(a),
    "less_than": _less_than,
    "at_most": _at_most,
    "where": _where,
    "size": _size,
    "less": lambda a, b: interval(a) - b,
    "more": lambda a, b: interval(a) + b,
    "added": lambda a, b: interval(a) + b,
    "net": lambda a, b: interval(a) - b,
    "complete": lambda a: a,
    "summed": lambda *parts: sum(parts[1:], start=interval(parts[0])) if parts else interval(0.0),
    "best": lambda value, among: value,
    "quantile": lambda value, among, share: value,
    "mean_of_best": lambda value, among, number: value,
    **{verb: _rising(verb) for verb in ("minimum", "maximum", "round_up", "round_half_up", "round_away", "truncate")},
}
# As FLOATS_WITHOUT_NOISE: an end that is nothing beside what it was made of is nothing.
INTERVALS_WITHOUT_NOISE: Verbs = {
    **INTERVALS,
    "add": lambda a, b: _without_noise(interval(a) + b, interval(a), interval(b)),
    "subtract": lambda a, b: _without_noise(interval(a) - b, interval(a), -interval(b)),
}
