"""Where on the values that a figure may sensibly have something holds: from which whole value on, up to which."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from carescale.engine.registry import FigureKind

NOISE = 1e-9
_MOST_MONTHS = 1200  # a hundred years: longer than any plan
_MOST = Decimal(10**10)  # of people or pounds: more than there are
_DENSE = 400  # every step up to here, so that steps of a staircase are not jumped over
NEAR = 200  # and so many on either side of an end that was found
_GROWTH = 1.03  # beyond, each value tried is so much larger than the one before


class Scale(Struct, frozen=True):
    """The values a figure is tried at: whole multiples of `grain`, from step `low` to step `high`.

    `low` and `high` are those that the figure itself cannot pass, or that nobody would (`open_ended`).
    """

    grain: Decimal
    low: int
    high: int
    open_ended: bool

    def at(self, step: int) -> float:
        """The value at a step."""
        return float(step * self.grain)


class Span(Struct, frozen=True):
    """Steps from `first` to `last`, both included, in which something holds."""

    first: int
    last: int


def scale_of(kind: FigureKind) -> Scale:
    """Shares from 0 to 1, whole months and people, whole pounds; negative only where the figure may be."""
    if kind.unit == "":
        grain, most, open_ended = Decimal("0.0001"), Decimal(1), False
    elif kind.unit.startswith("GBP"):
        grain, most, open_ended = Decimal(1), _MOST, True
    elif "/" in kind.unit:  # a ratio, such as carers an arrangement
        grain, most, open_ended = Decimal("0.01"), _MOST, True
    else:
        grain, most, open_ended = Decimal(1), Decimal(_MOST_MONTHS) if kind.unit == "month" else _MOST, True
    if math.isfinite(kind.most) and Decimal(kind.most) <= most:
        most, open_ended = Decimal(kind.most), False
    high = int(most / grain)
    return Scale(grain, -high if kind.signed else 0, high, open_ended)


def steps_to_try(scale: Scale, today: float | None) -> list[int]:
    """Steps spread over the scale: each of the small ones, ever sparser above, and those beside today's value."""
    sizes = set(_sizes(scale))
    steps = {step for size in sizes for step in (size, -size)}
    if today is not None:
        nearest = math.floor(today / float(scale.grain))
        steps |= set(range(nearest - 1, nearest + 3))
    return sorted(step for step in steps if scale.low <= step <= scale.high)


def _sizes(scale: Scale) -> Iterator[int]:
    size = 0
    while size < scale.high:
        yield size
        size = size + 1 if size < _DENSE else math.ceil(size * _GROWTH)
    yield scale.high


def spans_where(holds: Callable[[int], bool], steps: list[int]) -> list[Span]:
    """The spans in which `holds` is true. Their ends are found between the steps tried, and every step near them is
    tried as well: whole blocks make a saw of a line.
    """
    ends = {end for span in _spans(holds, steps) for end in (span.first, span.last)}
    near = {end + beside for end in ends for beside in range(-NEAR, NEAR + 1)}
    return _spans(holds, sorted({*steps, *(step for step in near if steps[0] <= step <= steps[-1])}))


def _spans(holds: Callable[[int], bool], steps: list[int]) -> list[Span]:
    found: list[Span] = []
    first = steps[0] if holds(steps[0]) else None
    for low, high in pairwise(steps):
        before, after = holds(low), holds(high)
        if before == after:
            continue
        edge = _edge(holds, low, high)
        if after:
            first = edge + 1
        elif first is not None:
            found.append(Span(first, edge))
            first = None
    return [*found, Span(first, steps[-1])] if first is not None else found


def nearest_step(short_by: Callable[[int], float], steps: list[int], today: int | None) -> tuple[int, Span]:
    """The step that falls short by the least, the one nearest today's where many do, and the span of those."""
    least = min(map(short_by, steps))
    span = spans_where(lambda step: short_by(step) <= least * (1 + NOISE), steps)[0]
    return (span.first if today is None else min(max(today, span.first), span.last)), span


def _edge(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The last step that is as `low` is, between two that differ."""
    before = holds(low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) == before else (low, middle)
    return low


def crossing(function: Callable[[float], float], target: float, low: float, high: float) -> float | None:
    """Where a function is exactly the target, between two values at which it is on either side of it.

    None where it jumps over the target, as whatever is counted in whole months or whole blocks does.
    """
    from scipy.optimize import brentq

    ends, middle = (function(low), function(high)), function((low + high) / 2)
    if not (all(map(math.isfinite, ends)) and min(ends) < middle < max(ends)):
        return None
    near = [end for end, value in zip((low, high), ends, strict=True) if math.isclose(value, target, rel_tol=NOISE)]
    if near:
        return near[0]
    root = float(brentq(lambda value: function(value) - target, low, high, xtol=1e-12, rtol=1e-14))
    return root if math.isclose(function(root), target, rel_tol=1e-6, abs_tol=1e-6) else None
