"""How an input enters a tree: where it is a fraction of straight lines, a result is extreme at the ends of the input.

With every other input held still, such a result is (a + b·x) ÷ (c + d·x), which rises or falls all the way while it has
no pole; so over a box of such inputs it is lowest and highest at corners of the box.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import NamedTuple

from carescale.engine.tree import Expression, Name, Operation


class Way(NamedTuple):
    """How an input enters: its powers above and below the line; or `once`, by way of a verb that only rises or falls.

    `jumps` is said where it passes through a verb that leaps from one value to another.
    """

    above: int
    below: int = 0
    once: bool = False
    jumps: bool = False

    @property
    def is_one_way(self) -> bool:
        """Whether the result rises all the way with the input, or falls, whatever the others are."""
        return self.once or (self.above <= 1 and self.below <= 1)


Ways = Mapping[str, Way]
LINE, FLAT, ONCE, OTHER = Way(1), Way(0), Way(1, 0, once=True), Way(9, 9)

_ADDED = ("add", "subtract", "less", "more", "summed")
_RISING = ("minimum", "maximum", "round_up", "round_half_up", "round_away", "truncate", "less_than", "at_most")
_OVER_TIME = ("total", "running_total")  # sums over the months; the other verbs over time are no straight lines
JUMPS = frozenset({
    "where", "round_up", "round_half_up", "round_away", "truncate", "less_than", "at_most", "first_month", "irr",
    "quantile", "best", "mean_of_best",
})  # fmt: skip


def ways(tree: Expression, ways_of_name: Callable[[str], Ways]) -> Ways:
    """How each input enters a tree; `ways_of_name` says it of a name."""
    match tree:
        case Name():
            return ways_of_name(tree.name)
        case Operation():
            return together(tree.verb, [ways(part, ways_of_name) for part in tree.arguments])
    return {}


def together(verb: str, parts: list[Ways]) -> Ways:
    """How inputs enter what a verb makes of its parts."""
    keys = dict.fromkeys(key for part in parts for key in part)
    return {key: _joined(verb, [part.get(key) for part in parts]) for key in keys}


def _joined(verb: str, found: list[Way | None]) -> Way:
    way = _smooth(verb, found)
    passed = [one for one in found if one is not None]
    leaps = verb in JUMPS and not (verb == "where" and found[0] is None)
    return way._replace(jumps=leaps or any(one.jumps for one in passed))


def _smooth(verb: str, found: list[Way | None]) -> Way:
    places = [place for place, way in enumerate(found) if way is not None]
    if len(places) == 1 and (way := found[places[0]]) is not None:
        return _alone(verb, places[0], way)
    several = [way or FLAT for way in found]
    if any(way.once for way in several) or verb not in (*_ADDED, "multiply", "divide"):
        return OTHER
    return reduce(lambda first, second: _two(verb, first, second), several)


def _two(verb: str, first: Way, second: Way) -> Way:
    if verb == "divide":
        second = Way(second.below, second.above)
    if verb in _ADDED:
        return Way(max(first.above + second.below, second.above + first.below), first.below + second.below)
    return Way(first.above + second.above, first.below + second.below)


def _alone(verb: str, place: int, way: Way) -> Way:
    """How an input enters that only one part has."""
    if verb in _ADDED:
        return way if way.once else Way(max(way.above, way.below), way.below)
    if verb in ("multiply", "negate", "complete"):
        return way
    if verb == "divide":
        return way if place == 0 or way.once else Way(way.below, way.above)
    if verb in _RISING or (verb == "where" and place > 0):
        return ONCE if way.is_one_way else OTHER
    if verb in _OVER_TIME or (verb == "carry" and place == 1):
        return OTHER if way.once or way.below else way
    return OTHER
