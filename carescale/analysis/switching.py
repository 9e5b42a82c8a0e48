"""The switching value of a figure: from where on, or up to where, a quantity reaches a target; if never, how near."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from carescale.analysis.curve import Curve
from carescale.analysis.projection import Projection, Result
from carescale.analysis.search import NOISE, Span, crossing, nearest_step, spans_where, steps_to_try
from carescale.case import Case
from carescale.engine.registry import FigureKind
from carescale.numbers import Printed

MOST_RANGES = 3  # that are shown; a quantity that crosses its target more often is a saw

# Why a quantity gets no nearer to its target than it does.
LOWEST, HIGHEST = "the figure cannot be lower", "the figure cannot be higher"
NO_CHANGE = "beyond that nothing changes"
EVER_NEARER = "it comes ever nearer and does not arrive, however large the figure"
TURNS = "on either side of that it is further off"
NEVER = "it has no value, or lies beyond the months looked ahead, whatever the figure"


class Try(Struct, frozen=True):
    """The case projected again with the figure at another value."""

    value: float
    result: Result


class Range(Struct, frozen=True):
    """Values of the figure with which the target is reached; None where an end is as far as the figure goes.

    `exactly` is where the quantity is the target itself, where it does not jump over it.
    """

    first: float | None
    last: float | None
    exactly: float | None


class Solution(Struct, frozen=True, kw_only=True):
    """The answer: the ranges in which the target is reached, and the case projected beside their ends.

    `nearest` is there where no value does, with `why` it gets no nearer; `moves` is whether the figure matters at all;
    `solved_again` are figures that follow from a published result and were solved anew for each value; `reached` is the
    case where the target is first reached, should that be from some value on.
    """

    projection: Projection
    quantity: Result
    figure: str
    kind: FigureKind
    today: float | None
    target: Printed
    at_most: bool
    moves: bool
    ranges: tuple[Range, ...]
    tries: tuple[Try, ...]
    nearest: Try | None = None
    why: str = ""
    solved_again: tuple[str, ...] = ()
    reached: Projection | None = None

    @property
    def status(self) -> str:
        """found, any value, no value, or no effect."""
        if not self.moves:
            return "no effect"
        every = self.ranges and self.ranges[0].first is None and self.ranges[0].last is None
        return "any value" if every else "found" if self.ranges else "no value"

    def reaches(self, result: Result) -> bool:
        """Whether a result is on the right side of the target."""
        return result.value is not None and short_by(result.value, float(self.target.value), self.at_most) == 0


def short_by(value: float, goal: float, at_most: bool) -> float:
    """How far a value is on the wrong side of a goal; nothing where it is reached, infinitely where it has no value."""
    if math.isnan(value):
        return math.inf
    short = value - goal if at_most else goal - value
    return short if short > NOISE * max(1.0, abs(goal)) else 0.0


class Search(Struct, dict=True):
    """Looks for the values of a figure at which a quantity is on the right side of a target."""

    case: Case
    curve: Curve
    target: Printed
    at_most: bool

    @cached_property
    def steps(self) -> list[int]:
        """The steps tried first."""
        return steps_to_try(self.curve.scale, self.curve.today)

    @cached_property
    def values(self) -> dict[int, float]:
        """What was worked out so far, by step."""
        return {}

    def value(self, step: int) -> float:
        """The quantity at a step of the scale, worked out once."""
        if step not in self.values:
            self.values[step] = self.curve(self.curve.scale.at(step))
        return self.values[step]

    @property
    def goal(self) -> float:
        """The target as a number."""
        return float(self.target.value)

    def short_by(self, step: int) -> float:
        """How far the quantity is from the target on the wrong side of it."""
        return short_by(self.value(step), self.goal, self.at_most)

    def holds(self, step: int) -> bool:
        """Whether the target is reached."""
        return self.short_by(step) == 0

    def solution(self) -> Solution:
        """Search, and project the case again beside what was found."""
        moves = self.moves()
        spans = spans_where(self.holds, self.steps) if moves else []
        nearest, why = self.nearest() if moves and not spans else (None, "")
        projection, curve = Projection(self.case), self.curve
        return Solution(
            projection=projection,
            quantity=projection[curve.quantity],
            figure=curve.by,
            kind=curve.kind,
            today=curve.today,
            target=self.target,
            at_most=self.at_most,
            moves=moves,
            ranges=tuple(self.range(span) for span in spans),
            tries=tuple(self.tries(spans)),
            nearest=nearest,
            why=why,
            solved_again=tuple(key for key in curve.solved_again if key in curve.response.program.inputs),
            reached=self.reached(spans),
        )

    def reached(self, spans: Sequence[Span]) -> Projection | None:
        """The case projected where the target is first reached; None where it is from the start."""
        first = None if not spans or self.is_lowest(spans[0].first) else spans[0].first
        return None if first is None else self.curve.at(self.curve.scale.at(first))

    def moves(self) -> bool:
        """Whether the quantity is another for any value of the figure."""
        if not self.curve.could_move:
            return False
        known = [value for step in self.steps if not math.isnan(value := self.value(step))]
        return any(not math.isclose(value, known[0], rel_tol=NOISE, abs_tol=NOISE) for value in known)

    def range(self, span: Span) -> Range:
        """A span as values of the figure."""
        scale = self.curve.scale
        first = None if self.is_lowest(span.first) else scale.at(span.first)
        last = None if span.last == scale.high else scale.at(span.last)
        exactly = None
        if (first is None) != (last is None):
            below = span.first - 1 if last is None else span.last
            exactly = crossing(self.curve, self.goal, scale.at(below), scale.at(below + 1))
        return Range(first, last, exactly)

    def is_lowest(self, step: int) -> bool:
        """Whether a step is the lowest of the scale, or the lowest that has a value: nothing is a share of nobody."""
        low = self.curve.scale.low
        return step == low or (step == low + 1 and math.isnan(self.value(low)))

    def tries(self, spans: Sequence[Span]) -> Iterator[Try]:
        """The case projected on both sides of each end of the first few spans."""
        firsts = [span.first for span in spans[:MOST_RANGES] if not self.is_lowest(span.first)]
        lasts = [span.last for span in spans[:MOST_RANGES] if span.last < self.curve.scale.high]
        steps = {*firsts, *(step - 1 for step in firsts), *lasts, *(step + 1 for step in lasts)}
        yield from filter(None, map(self.tried, sorted(steps)))

    def tried(self, step: int) -> Try | None:
        """The case projected again at a step."""
        value = self.curve.scale.at(step)
        result = self.curve.projected(value)
        return Try(value, result) if result else None

    def nearest(self) -> tuple[Try | None, str]:
        """The nearest that the quantity gets to the target, and why no nearer."""
        scale = self.curve.scale
        if all(math.isinf(self.short_by(step)) for step in self.steps):
            return None, NEVER
        step, span = nearest_step(self.short_by, self.steps, self.curve.step_today)
        if scale.open_ended and span.first > scale.high / 1000:
            return self.tried(span.first), EVER_NEARER
        if step == scale.low or (step == scale.high and not scale.open_ended):
            return self.tried(step), LOWEST if step == scale.low else HIGHEST
        return self.tried(step), NO_CHANGE if {span.first, span.last} & {scale.low, scale.high} else TURNS
