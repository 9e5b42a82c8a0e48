"""Evaluation: a plan compiled into a program, run on floats for one case or arrays for many.

Quantities fall into three phases: before the months, month by month, and after them. Months are walked in order and
verbs over time are scans, so that nothing is kept but what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from carescale.engine.plan import Bound, Plan
from carescale.engine.registry import MONTH
from carescale.engine.scalars import FLOATS, SCANS, Scan, Verbs
from carescale.engine.tree import AT_THE_END, MONTH_BY_MONTH, Constant, Expression, FormulaError, Name, Operation, row

BEFORE, MONTHLY, AFTER = range(3)
Slots = list[Any]
Code = Callable[[Slots], Any]
_FAST: Mapping[str, Callable[[Code, Code], Code]] = {
    "add": lambda a, b: lambda slots: a(slots) + b(slots),
    "subtract": lambda a, b: lambda slots: a(slots) - b(slots),
    "multiply": lambda a, b: lambda slots: a(slots) * b(slots),
}


@dataclass
class Program:
    """A compiled plan. `run` may be called many times, with other numbers for its inputs."""

    slots: dict[str, int] = field(default_factory=dict)
    phases: dict[str, int] = field(default_factory=dict)
    steps: tuple[list[tuple[int, Code]], ...] = ((), (), ())  # type: ignore[assignment]
    scans: list[tuple[int, int, Code, Scan]] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    size: int = 0
    verbs: Verbs = field(default_factory=lambda: FLOATS)

    def run(self, numbers: Mapping[str, Any], horizon: int = 0, keep: Sequence[str] = ()) -> dict[str, Any]:
        """Values by key. `numbers` gives the inputs; monthly quantities named in `keep` come back as lists."""
        slots: Slots = [None] * self.size
        for key in self.inputs:
            slots[self.slots[key]] = numbers[key]
        self._step(BEFORE, slots)
        kept: dict[str, list[Any]] = {key: [] for key in keep if self.phases[key] == MONTHLY}
        if self.steps[MONTHLY] or self.scans:
            self._walk(slots, horizon, kept)
        self._step(AFTER, slots)
        values = {key: slots[slot] for key, slot in self.slots.items() if self.phases[key] != MONTHLY and key != MONTH}
        return {**values, **kept}

    def _step(self, phase: int, slots: Slots) -> None:
        for slot, code in self.steps[phase]:
            slots[slot] = code(slots)

    def _walk(self, slots: Slots, horizon: int, kept: dict[str, list[Any]]) -> None:
        for memory, _, _, scan in self.scans:
            slots[memory] = scan.start
        month_slot = self.slots.get(MONTH)
        watched = [(self.slots[key], series) for key, series in kept.items()]
        for month in range(horizon + 1):
            if month_slot is not None:
                slots[month_slot] = float(month)
            for slot, code in self.steps[MONTHLY]:
                slots[slot] = code(slots)
            for memory, _, code, scan in self.scans:
                slots[memory] = scan.step(self.verbs, slots[memory], code(slots), month)
            for slot, series in watched:
                series.append(slots[slot])
        for memory, result, _, scan in self.scans:
            slots[result] = scan.result(slots[memory])


def compile_plan(plan: Plan, wanted: Iterable[str], verbs: Verbs = FLOATS) -> Program:
    """Compile what the wanted quantities need. Unknown and inapplicable ones are left out; ask the plan for states."""
    return _Compiler(plan, Program(verbs=verbs)).all(wanted)


class _Compiler:
    def __init__(self, plan: Plan, program: Program) -> None:
        self.plan, self.program = plan, program
        program.steps = ([], [], [])

    def all(self, wanted: Iterable[str]) -> Program:
        for key in wanted:
            if self.plan.need(key).usable:
                self.quantity(key)
        return self.program

    def slot(self) -> int:
        self.program.size += 1
        return self.program.size - 1

    def quantity(self, key: str) -> tuple[int, int]:
        """The slot and phase of a key, compiling it first if need be."""
        if key not in self.program.slots:
            bound = None if key in self.plan.model.numbers else self.plan.bound.get(key)
            slot, phase = self.slot(), BEFORE
            if bound is None:
                self.program.inputs.append(key)
            else:
                code, phase = self.code(bound.tree, bound)
                self.program.steps[phase].append((slot, code))
            self.program.slots[key], self.program.phases[key] = slot, phase
        return self.program.slots[key], self.program.phases[key]

    def code(self, tree: Expression, bound: Bound) -> tuple[Code, int]:
        match tree:
            case Constant():
                value = tree.value
                return (lambda slots: value), BEFORE
            case Name() if tree.name == MONTH:
                if MONTH not in self.program.slots:
                    self.program.slots[MONTH], self.program.phases[MONTH] = self.slot(), MONTHLY
                return itemgetter(self.program.slots[MONTH]), MONTHLY
            case Name():
                slot, phase = self.quantity(bound.inputs[tree.name, False][0])
                return itemgetter(slot), phase
            case Operation():
                return self.operation(tree, bound)
        raise FormulaError(f"cannot evaluate {type(tree).__name__}")

    def operation(self, tree: Operation, bound: Bound) -> tuple[Code, int]:
        if tree.verb == "summed":
            parts = self.parts(tree, bound)
        elif (without := self.plan.without_unknown(tree, bound)) is not tree:
            return self.code(without, bound)
        else:
            parts = [self.code(part, bound) for part in tree.arguments]
        codes, phase = [code for code, _ in parts], _together([phase for _, phase in parts], bound)
        if tree.verb in MONTH_BY_MONTH:
            return self.running(tree.verb, codes[0] if len(codes) == 1 else _beside(codes), phase, bound)
        if tree.verb in AT_THE_END:
            return self.at_the_end(tree.verb, codes[0], phase, bound)
        if tree.verb in _FAST:
            return _FAST[tree.verb](*codes), phase
        return _call(row(self.program.verbs, tree.verb, "evaluation"), codes), phase

    def parts(self, tree: Operation, bound: Bound) -> list[tuple[Code, int]]:
        name = tree.arguments[0]
        assert isinstance(name, Name)
        keys = [key for key in bound.inputs[name.name, True] if self.plan.need(key).usable]
        return [(itemgetter(slot), phase) for slot, phase in map(self.quantity, keys)]

    def running(self, verb: str, code: Code, phase: int, bound: Bound) -> tuple[Code, int]:
        if phase == AFTER:
            raise FormulaError(f"{bound.key}: {verb} of something that is only known after the months")
        slot, scan, verbs = self.slot(), SCANS[verb], self.program.verbs
        self.program.steps[BEFORE].append((slot, lambda slots: scan.start))

        def step(slots: Slots) -> Any:
            slots[slot] = scan.step(verbs, slots[slot], code(slots), 0)
            return scan.result(slots[slot])

        return step, MONTHLY

    def at_the_end(self, verb: str, code: Code, phase: int, bound: Bound) -> tuple[Code, int]:
        if phase == AFTER:
            raise FormulaError(f"{bound.key}: {verb} of something that is only known after the months")
        memory, result = self.slot(), self.slot()
        self.program.scans.append((memory, result, code, row(SCANS, verb, "evaluation over time")))
        return itemgetter(result), AFTER


def _together(phases: list[int], bound: Bound) -> int:
    if MONTHLY in phases and AFTER in phases:
        raise FormulaError(f"{bound.key}: a month cannot depend on what is known only after the months")
    return max(phases, default=BEFORE)


def _beside(codes: Sequence[Code]) -> Code:
    """Several values of a month, for a verb over time that takes more than one series."""
    return lambda slots: tuple(code(slots) for code in codes)


def _call(verb: Callable[..., Any], codes: Sequence[Code]) -> Code:
    match codes:
        case [a]:
            return lambda slots: verb(a(slots))
        case [a, b]:
            return lambda slots: verb(a(slots), b(slots))
        case [a, b, c]:
            return lambda slots: verb(a(slots), b(slots), c(slots))
    return lambda slots: verb(*(code(slots) for code in codes))
