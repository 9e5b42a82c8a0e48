"""The sum that a claim is about, as a function of everything that it rests on: for what moves it and what it can be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from carescale.case import HORIZON_KEY, Case, Claim
from carescale.engine.evaluate import Program, compile_plan
from carescale.engine.folding import value_of
from carescale.engine.intervals import Interval
from carescale.engine.plan import Plan
from carescale.engine.scalars import FLOATS_WITHOUT_NOISE
from carescale.engine.tree import Expression, Name, Operation
from carescale.figures import Figure
from carescale.inputs.calibrating import Response, response
from carescale.inputs.language.sums import Literal
from carescale.numbers import Printed

_ROUNDED, _HEDGED, _RANGED = "printed", "hedged", "ranged"
_KIND = {"": _ROUNDED, "nearest": _ROUNDED, "range": _RANGED}
OPEN = (_ROUNDED, _HEDGED, _RANGED)  # what leaves an input open, in the order in which it is tried


class Sums(Struct, dict=True):
    """What all claims of a case have in common: the given numbers, and what rests on what. A sum may have no case."""

    maybe: Case | None
    _behind: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The case; there is one wherever a name stands in a sum."""
        assert self.maybe is not None
        return self.maybe

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure of the case."""
        return self.maybe.figures if self.maybe else {}

    @cached_property
    def given(self) -> Mapping[str, float]:
        """The numbers of every figure that has one, and those that stand for something else."""
        given = {key: float(figure.value) for key, figure in self.figures.items() if figure.value is not None}
        return {**given, **(self.maybe.model.numbers if self.maybe else {})}

    def behind(self, key: str) -> tuple[str, ...]:
        """The figures that a quantity rests on."""
        if key not in self._behind:
            self._behind[key] = (key,) if key in self.case.figures else self.case.plan.behind([key])
        return self._behind[key]


class ClaimSum(Struct, dict=True):
    """A claim's sum, less what it is held against where that is a sum too. `own` ignores published parts.

    Its inputs are figures, published parts and, under `#0`, `#1` …, the numbers that are printed in it.
    """

    sums: Sums
    claim: Claim
    own: bool = False
    literals: dict[str, Printed] = field(default_factory=dict)
    _lines: dict[str, Response] = field(default_factory=dict)
    moves: dict[str, float] = field(default_factory=dict)  # the sum with one input moved, as far as it was asked

    @property
    def case(self) -> Case:
        return self.sums.case

    @cached_property
    def tree(self) -> Expression:
        """The sum, with a name for each number that is printed in it."""
        whole = self.claim.tree
        if self.claim.against is not None:
            whole = Operation("subtract", (whole, self.claim.against))
        return self._lifted(whole)

    def _lifted(self, tree: Expression) -> Expression:
        if isinstance(tree, Literal):
            key = f"#{len(self.literals)}"
            self.literals[key] = tree.printed
            return Name(key)
        if isinstance(tree, Operation):
            return Operation(tree.verb, tuple(map(self._lifted, tree.arguments)))
        return tree

    @cached_property
    def published_parts(self) -> Mapping[str, Printed]:
        """The published values that stand for quantities, where the claim is made from published parts."""
        if self.own or not self.claim.from_parts:
            return {}
        others = [claim for claim in self.case.claims if claim.key and claim.comparator == "is" and claim.published]
        return {
            claim.key: claim.published[0]
            for claim in others
            if claim.key not in self.claim.keys and claim.key not in self.case.figures
        }

    @cached_property
    def plan(self) -> Plan:
        """The case's plan, with published values for parts where the claim is made of those."""
        parts = {key: float(number.value) for key, number in self.published_parts.items()}
        return self.case.plan.assuming(parts) if parts else self.case.plan

    @cached_property
    def quantities(self) -> tuple[str, ...]:
        """The names in it that have to be worked out."""
        return tuple(key for key in self.claim.keys if key not in self.sums.figures)

    @cached_property
    def program(self) -> Program:
        return compile_plan(self.plan, self.quantities)

    @cached_property
    def behind(self) -> tuple[str, ...]:
        """The figures and published parts that it rests on; not what is printed in it."""
        if not self.published_parts:
            return tuple(dict.fromkeys(name for key in self.claim.keys for name in self.sums.behind(key)))
        keys = self.plan.behind(self.claim.keys)
        return tuple(dict.fromkeys([*keys, *(key for key in self.published_parts if key in self.program.slots)]))

    @cached_property
    def solved(self) -> list[str]:
        """The solved figures that it rests on."""
        figures = self.sums.figures
        return [key for key in self.behind if key in figures and figures[key].detail.solve]

    @cached_property
    def central(self) -> float:
        """Its value, everything as given."""
        return self.value({})

    def value(self, moved: Mapping[str, float], targets: Mapping[str, float] | None = None) -> float:
        """The sum with some inputs moved; solved figures are solved again, for other targets if given."""
        tree = self.tree
        given, printed, parts = self.sums.given, self.literals, self.published_parts
        values: Mapping[str, float] = {}
        if self.quantities:
            numbers = {**given, **{key: float(part.value) for key, part in parts.items()}, **moved}
            for key in self.solved:
                if key not in moved and (moved or targets):
                    numbers[key] = self._solve(key, moved, targets or {})
            values = self.program.run(numbers, int(numbers[HORIZON_KEY]))

        def leaf(name: str) -> float:
            for numbers in (moved, values, given):
                if name in numbers:
                    return numbers[name]
            return float(printed[name].value)

        return float(value_of(tree, FLOATS_WITHOUT_NOISE, leaf))

    def part(self, tree: Expression) -> float:
        """The value of a part of it, everything as given."""
        values = self.program.run(self.sums.given, int(self.sums.given[HORIZON_KEY])) if self.quantities else {}
        given = self.sums.given
        numbers = {**given, **values}
        return float(value_of(tree, FLOATS_WITHOUT_NOISE, numbers.__getitem__))

    def given(self, key: str) -> float:
        """The number of one of its inputs."""
        if key in self.literals:
            return float(self.literals[key].value)
        return float(self.published_parts[key].value) if key in self.published_parts else self.sums.given[key]

    def is_known(self, key: str) -> bool:
        """Whether an input has a number."""
        return key in self.sums.given or key in self.published_parts

    def _solve(self, key: str, moved: Mapping[str, float], targets: Mapping[str, float]) -> float:
        """What a solved figure is for other inputs: its quantity is a straight line in it, as it was when it loaded."""
        solve = self.case.figures[key].detail.solve
        assert solve is not None
        if key not in self._lines:
            self._lines[key] = response(self.case.model, key, solve.quantity)
        line = self._lines[key]
        zero = line(0.0, moved)
        slope = line(1.0, moved) - zero
        return (targets.get(key, float(solve.target.value)) - zero) / slope if slope else math.nan

    # --- what leaves it open -----------------------------------------------------------------------------------------

    @cached_property
    def open(self) -> Mapping[str, Mapping[str, Interval]]:
        """What leaves its inputs open: how they were printed, how they are hedged, the range given for them."""
        found: dict[str, dict[str, Interval]] = {kind: {} for kind in OPEN}
        assert self.tree is not None
        for key, number, figure in self._printed():
            if not number.is_exact and not (figure and figure.assumption):
                found[_KIND.get(number.hedge, _HEDGED)][key] = _ends(*number.interval)
            if figure and figure.detail.low and figure.detail.high and not figure.detail.solve:
                found[_RANGED][key] = _ends(figure.detail.low.value, figure.detail.high.value)
        return found

    @property
    def has_no_middle(self) -> bool:
        """Whether one of its inputs is two ends, neither of which anybody relies on."""
        return any(number.hedge == "range" for _, number, _ in self._printed())

    def _printed(self) -> Iterator[tuple[str, Printed, Figure | None]]:
        """Each input with the number it was printed as: of a solved figure, that of what it was solved from."""
        yield from ((key, number, None) for key, number in self.literals.items())
        for key in self.behind:
            figure = self.sums.figures.get(key)
            if key in self.published_parts:
                yield key, self.published_parts[key], None
            elif figure is not None and figure.detail.solve:
                yield key, figure.detail.solve.target, figure
            elif figure is not None and figure.number is not None:
                yield key, figure.number, figure


def _ends(low: Any, high: Any) -> Interval:
    return Interval(float(low), float(high))
