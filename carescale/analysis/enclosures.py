"""All that a claim's sum can be while its inputs move within what their print, hedges and ranges leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.analysis.claim_sums import ClaimSum
from carescale.case import HORIZON_KEY
from carescale.engine.evaluate import Program, compile_plan
from carescale.engine.extent import Box, Extent, Result, extent
from carescale.engine.folding import value_of
from carescale.engine.intervals import INTERVALS, INTERVALS_WITHOUT_NOISE, Interval, interval
from carescale.engine.registry import MONTH
from carescale.engine.straight import LINE, OTHER, Ways, ways
from carescale.engine.tree import Expression
from carescale.inputs.calibrating import Response, response


class Enclosure(Struct, dict=True):
    """A claim's sum for intervals, months and solved figures and all; and how each of its inputs enters it."""

    sum: ClaimSum
    _lines: dict[str, Response] = field(default_factory=dict)

    def extent(self, box: Box, settled: Callable[[Extent], bool] = lambda _: False) -> Extent:
        """All that it can be while some inputs move between their ends, as far as whoever asks needs to know."""
        found = self._ways(self.sum.tree)
        straight = [key for key in box if key not in found or found[key].is_one_way]
        jumps = any(found[key].jumps for key in box if key in found)
        result = Result(self._at, self._over, straight, jumps)
        if self.sum.quantities:  # each value is a projection of its own
            result = replace(result, most_at_corners=7, most_boxes=30)
        return extent(result, box, settled)

    def _at(self, point: Mapping[str, float]) -> float:
        solved = set(self.sum.solved)
        moved = {key: value for key, value in point.items() if key not in solved}
        return self.sum.value(moved, {key: value for key, value in point.items() if key in solved})

    def _over(self, box: Box) -> Interval:
        """The sum enclosed. What a figure was solved from is what it was solved to, and the figure what that asks."""
        numbers: dict[str, Any] = {**self.sum.sums.given, **box}
        parts = {key: float(part.value) for key, part in self.sum.published_parts.items()}
        numbers = {**numbers, **{key: box.get(key, value) for key, value in parts.items()}}
        for key in self.sum.solved:
            solve = self.sum.case.figures[key].detail.solve
            assert solve is not None
            target = box.get(key, interval(solve.target.value))
            numbers[solve.quantity] = target
            numbers[key] = self._solved_over(key, solve.quantity, target, box)
        values = self.enclosing.run(numbers, int(numbers[HORIZON_KEY])) if self.sum.quantities else {}

        def leaf(name: str) -> Any:
            if name in values:
                return values[name]
            return numbers[name] if name in numbers else float(self.sum.literals[name].value)

        return interval(value_of(self.sum.tree, INTERVALS_WITHOUT_NOISE, leaf))

    @cached_property
    def enclosing(self) -> Program:
        """The program for intervals."""
        fixed = [solve.quantity for key in self.sum.solved if (solve := self.sum.case.figures[key].detail.solve)]
        plan = self.sum.plan.assuming(dict.fromkeys(fixed, 0.0)) if fixed else self.sum.plan
        return compile_plan(plan, self.sum.quantities, INTERVALS)

    def _solved_over(self, key: str, quantity: str, target: Interval, box: Box) -> Interval:
        """What a figure can be, of which a quantity is a straight line, where that has its target."""
        if key not in self._lines:
            self._lines[key] = response(self.sum.case.model, key, quantity, verbs=INTERVALS)
        line = self._lines[key]
        inputs = {name: ends for name, ends in box.items() if name != key and not name.startswith("#")}
        zero, one = (interval(line.enclosed(end, inputs)) for end in (0.0, 1.0))
        return interval(INTERVALS["divide"](target - zero, one - zero))

    # --- how its inputs enter ----------------------------------------------------------------------------------------

    def _ways(self, tree: Expression) -> Ways:
        known: dict[str, Ways] = {}

        def of(key: str) -> Ways:
            if key not in known:
                known[key] = self._ways_of(key, of)
            return known[key]

        return ways(tree, of)

    def _ways_of(self, key: str, of: Any) -> Ways:
        if key in self.sum.solved:
            solve = self.sum.case.figures[key].detail.solve
            assert solve is not None
            others = [name for name in self.sum.sums.behind(solve.quantity) if name != key]
            return {key: LINE, **dict.fromkeys(others, OTHER)}
        bound = None if key in self.sum.literals or key in self.sum.published_parts else self.sum.plan.bound.get(key)
        if bound is None:
            return {key: LINE}

        return ways(bound.tree, lambda name: {} if name == MONTH else of(name))
