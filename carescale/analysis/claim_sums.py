"""The sum that a claim is about, as a function of the case's inputs: for rounding hulls, and for what moves it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from carescale.case import HORIZON_KEY, Case, Claim
from carescale.engine.evaluate import Program, compile_plan
from carescale.engine.plan import Plan
from carescale.inputs.calibrating import Unsolvable, solve_one
from carescale.numbers import Printed

MOST_INPUTS = 12


class Unhullable(Exception):
    """The hull over the inputs' printed precision cannot be had; str() says why."""


@dataclass
class ClaimSum:
    """A claim's sum. `own` ignores published parts and lets the engine compute everything."""

    case: Case
    claim: Claim
    own: bool = False
    _numbers: Mapping[str, float] = field(init=False)

    def __post_init__(self) -> None:
        figures = self.case.figures.items()
        given = {key: float(figure.value) for key, figure in figures if figure.value is not None}
        self._numbers = {**given, **self.case.model.numbers, **self.parts}

    @cached_property
    def published_parts(self) -> Mapping[str, Printed]:
        """The published values that stand for quantities, where the claim is made from published parts."""
        if self.own or not self.claim.from_parts:
            return {}
        mine = {key for _, key in self.claim.terms}
        others = [claim for claim in self.case.claims if claim.key and claim.comparator == "is"]
        return {
            claim.key: claim.published[0]
            for claim in others
            if claim.key not in mine and claim.key not in self.case.figures
        }

    @property
    def parts(self) -> Mapping[str, float]:
        return {key: float(number.value) for key, number in self.published_parts.items()}

    @cached_property
    def plan(self) -> Plan:
        return self.case.plan.assuming(self.parts) if self.parts else self.case.plan

    @cached_property
    def program(self) -> Program:
        return compile_plan(self.plan, self.claim.keys)

    @cached_property
    def solved(self) -> list[str]:
        """The solved figures that it rests on."""
        return [key for key in self.behind if key in self.case.figures and self.case.figures[key].detail.solve]

    @cached_property
    def behind(self) -> tuple[str, ...]:
        """The figures and published parts that it rests on."""
        keys = self.plan.behind(self.claim.keys)
        return tuple(dict.fromkeys([*keys, *(key for key in self.parts if key in self.program.slots)]))

    def depends_on(self, key: str) -> bool:
        """Whether a figure is behind it, directly or through a solved one."""
        return key in self.behind

    def value(self, moved: Mapping[str, float], targets: Mapping[str, float] | None = None) -> float:
        """The sum with some inputs moved; solved figures are solved again, for other targets if given."""
        numbers = {**self._numbers, **moved}
        for key in self.solved:
            if key not in moved and (moved or targets):
                numbers[key] = self._solve(key, moved, targets or {})
        values = self.program.run(numbers, int(numbers[HORIZON_KEY]))
        return _summed([sign * values[key] for sign, key in self.claim.terms])

    def _solve(self, key: str, moved: Mapping[str, float], targets: Mapping[str, float]) -> float:
        solve = self.case.figures[key].detail.solve
        assert solve is not None
        try:
            return solve_one(self.case.model, key, targets.get(key, float(solve.target.value)), moved)
        except Unsolvable:
            return math.nan

    def rounded_inputs(self) -> dict[str, tuple[float, float]]:
        """Inputs with the interval that their printed precision leaves open; a solved one has its target's."""
        open_to: dict[str, tuple[float, float]] = {}
        for key in self.behind:
            printed = self.published_parts.get(key) or self._printed(key)
            if printed and printed.step:
                low, high = printed.interval
                open_to[key] = float(low), float(high)
        return open_to

    def _printed(self, key: str) -> Printed | None:
        figure = self.case.figures.get(key)
        if figure is None:
            return None
        return figure.detail.solve.target if figure.detail.solve else figure.number


def _summed(values: list[float]) -> float:
    """The sum, exact to the last digit; no number where two months beyond the horizon are held against each other."""
    return math.nan if {math.inf, -math.inf} <= set(values) else math.fsum(values)


def hull(claim_sum: ClaimSum) -> tuple[float, float]:
    """The lowest and highest sum over the corners of the inputs' printed precision. Raises Unhullable.

    Every input must move the sum one way, so two corners are enough; at most MOST_INPUTS inputs.
    """
    inputs = claim_sum.rounded_inputs()
    if len(inputs) > MOST_INPUTS:
        raise Unhullable(f"{len(inputs)} inputs are rounded, more than {MOST_INPUTS}")
    corners: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for key, (low, high) in inputs.items():
        below, here, above = (_at(claim_sum, point) for point in ({key: low}, {}, {key: high}))
        if not (below <= here <= above or below >= here >= above):
            raise Unhullable(f"{key} does not move it one way")
        rising = below <= above
        corners[0][key], corners[1][key] = (low, high) if rising else (high, low)
    return _at(claim_sum, corners[0]), _at(claim_sum, corners[1])


def _at(claim_sum: ClaimSum, point: Mapping[str, float]) -> float:
    solved = set(claim_sum.solved)
    moved = {key: value for key, value in point.items() if key not in solved}
    targets = {key: value for key, value in point.items() if key in solved}
    return claim_sum.value(moved, targets)
