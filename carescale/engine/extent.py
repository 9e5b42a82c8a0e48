"""The lowest and highest value of a result while inputs stay within their ends: exact, or enclosed as far as may be.

Exact where an enclosure by intervals is reached at two corners, or where every input enters as a fraction of straight
lines (all corners then). Elsewhere by branch and bound: boxes are halved, those that could hold the extreme first.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import product

from msgspec import Struct, field

from carescale.engine.intervals import Interval
from carescale.numbers import to_decimal

Point = Mapping[str, float]
Box = Mapping[str, Interval]

_CLOSE = 1e-10  # relative; nobody prints as many digits


class Result(Struct, frozen=True):
    """A result as a function of its inputs: at a point, and enclosed over a box. `one_way` inputs: see `straight`."""

    at: Callable[[Point], float]
    over: Callable[[Box], Interval]
    one_way: Collection[str] = ()
    jumps: bool = False  # whether it leaps from one value to another somewhere between
    most_at_corners: int = 12  # inputs whose corners are all tried: 4,096 of them
    most_boxes: int = 150  # halved in search of one end


class Extent(Struct, frozen=True):
    """What a result can be. It lies within `bounds`; it was `seen` at both ends of that, and at `values`."""

    bounds: Interval
    seen: Interval
    values: tuple[float, ...]
    jumps: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the ends are reached, and not only not passed."""
        return _is_close(self.bounds, self.seen)

    def can_be(self, low: float, high: float, *, below: bool = False) -> bool | None:
        """Whether it can lie from `low` to `high` (short of it, with `below`); None where that is not proved."""

        def holds(value: float) -> bool:
            return low <= value < high or (value == high and not (below and high > low))

        if any(map(holds, self.values)):
            return True
        if not (self.bounds.low < high or holds(self.bounds.low)) or self.bounds.high < low:
            return False
        between = not self.jumps and self.seen.low <= low and self.seen.high >= low
        return True if between else None


def extent(result: Result, box: Box, settled: Callable[[Extent], bool] = lambda _: False) -> Extent:
    """The extent of a result over a box; what does not come out as a number has no bounds.

    `settled` says when whoever asks needs to know no more: the ends are then what they are so far.
    """
    if not box:
        value = _clean(result.at({}))
        return Extent(Interval(value, value), Interval(value, value), (value,))
    search = _Search(result, box)
    search.probe()
    bounds = search.over(box)
    if _is_close(bounds, search.seen) or settled(search.extent(bounds)):
        return search.extent(bounds)
    straight = all(key in result.one_way for key in box) and math.isfinite(bounds.low + bounds.high)
    if straight and len(box) <= result.most_at_corners:
        search.all_corners()
        return search.extent(search.seen)
    for lowest in (True, False):
        for narrower in search.enclose(bounds, lowest=lowest):
            bounds = narrower
            if settled(search.extent(bounds)):
                return search.extent(bounds)
    return search.extent(bounds)


def _clean(value: float) -> float:
    """A value without its binary noise, as whoever compares it with a printed one has it."""
    return float(to_decimal(value)) if math.isfinite(value) else value


def _is_close(one: Interval, other: Interval) -> bool:
    scale = max(abs(one.low), abs(one.high), abs(other.low), abs(other.high))
    return all(a == b or abs(a - b) <= _CLOSE * scale for a, b in zip(one, other, strict=True))


class _Search(Struct):
    result: Result
    box: Box
    values: list[float] = field(default_factory=list)
    rising: Mapping[str, bool] = field(default_factory=dict)

    @property
    def seen(self) -> Interval:
        return Interval(min(self.values), max(self.values)) if self.values else Interval(math.inf, -math.inf)

    def extent(self, bounds: Interval) -> Extent:
        return Extent(bounds, self.seen, tuple(self.values), self.result.jumps)

    def at(self, point: Point) -> float:
        value = self.result.at(point)
        if not math.isnan(value):
            self.values.append(_clean(value))
        return value

    def over(self, box: Box) -> Interval:
        found = self.result.over(box)
        nothing = found.low != found.low or found.high != found.high
        return Interval(-math.inf, math.inf) if nothing else Interval(_clean(found.low), _clean(found.high))

    def probe(self) -> None:
        """From the middle, each input at both its ends; then the two corners to which that leads."""
        middle = _middle(self.box)
        self.at(middle)
        self.rising = {
            key: self.at({**middle, key: ends.low}) <= self.at({**middle, key: ends.high})
            for key, ends in self.box.items()
        }
        self.corners(self.box)

    def corners(self, box: Box) -> None:
        for lowest in (True, False):
            self.at({key: ends.low if self.rising[key] == lowest else ends.high for key, ends in box.items()})

    def all_corners(self) -> None:
        for ends in product(*self.box.values()):
            self.at(dict(zip(self.box, ends, strict=True)))

    def enclose(self, bounds: Interval, *, lowest: bool) -> Iterator[Interval]:
        """The bounds with one end moved in: halve the box that could hold it until what was seen is as good."""
        sign, weights = (1.0 if lowest else -1.0), self.weights()
        waiting = [(sign * self.end(self.box, lowest), 0, self.box)]
        for count in range(1, self.result.most_boxes + 1):
            bound, _, box = waiting[0]
            best = sign * (self.seen.low if lowest else self.seen.high)
            if bound >= best - _CLOSE * abs(best):
                break
            heapq.heappop(waiting)
            for place, half in enumerate(_halved(box, self.box, weights)):
                self.at(_middle(half))
                self.corners(half)
                heapq.heappush(waiting, (sign * self.end(half, lowest), 2 * count + place, half))
            end = sign * waiting[0][0]
            yield Interval(end, bounds.high) if lowest else Interval(bounds.low, end)

    def weights(self) -> Mapping[str, float]:
        """By input, how much of what is not known comes from it alone, the others in the middle."""
        middle = {key: Interval(value, value) for key, value in _middle(self.box).items()}
        return {key: self.over({**middle, key: ends}).width for key, ends in self.box.items()}

    def end(self, box: Box, lowest: bool) -> float:
        found = self.over(box)
        return found.low if lowest else found.high


def _middle(box: Box) -> dict[str, float]:
    return {key: (ends.low + ends.high) / 2 for key, ends in box.items()}


def _halved(box: Box, whole: Box, weights: Mapping[str, float]) -> list[Box]:
    """A box cut across the input that still leaves most open."""
    key = max(box, key=lambda name: weights[name] * box[name].width / (whole[name].width or 1.0))
    ends, middle = box[key], (box[key].low + box[key].high) / 2
    return [{**box, key: Interval(ends.low, middle)}, {**box, key: Interval(middle, ends.high)}]
