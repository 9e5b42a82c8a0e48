"""Evaluation: a schedule made into closures over a row of slots, run on floats for one case or arrays for many.

Months are walked in order and verbs over time are scans, so that nothing is kept but what is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from msgspec import Struct, field

from carescale.engine.once import once_before_the_months
from carescale.engine.plan import Plan
from carescale.engine.registry import MONTH
from carescale.engine.scalars import FLOATS, SCANS, Scan, Verbs
from carescale.engine.schedule import Phase, Schedule, Step, make_schedule
from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, row

Slots = list[Any]
Code = Callable[[Slots], Any]
_FAST: Mapping[str, Callable[[Code, Code], Code]] = {
    "add": lambda a, b: lambda slots: a(slots) + b(slots),
    "subtract": lambda a, b: lambda slots: a(slots) - b(slots),
    "multiply": lambda a, b: lambda slots: a(slots) * b(slots),
}


class Program(Struct, kw_only=True):
    """A schedule made ready to run, many times, with other numbers for its inputs.

    `memories` are the slots of verbs over time with what they start from; `scans` have a memory, a result, what they
    are fed with, and the verb.
    """

    schedule: Schedule
    verbs: Verbs
    slots: dict[str, int] = field(default_factory=dict)
    codes: tuple[list[tuple[int, Code]], ...] = field(default_factory=lambda: tuple([] for _ in Phase))
    memories: list[tuple[int, Any]] = field(default_factory=list)
    scans: list[tuple[int, int, Code, Scan]] = field(default_factory=list)
    size: int = 0

    @property
    def inputs(self) -> tuple[str, ...]:
        """The keys whose numbers have to be given."""
        return self.schedule.inputs

    def run(
        self,
        numbers: Mapping[str, Any],
        horizon: int = 0,
        keep: Sequence[str] = (),
        series: Mapping[str, Sequence[Any]] | None = None,
        room: Slots | None = None,
    ) -> dict[str, Any]:
        """Values by key. `numbers` gives the inputs; monthly quantities named in `keep` come back as lists.

        Inputs that are in `series` have a value each month there. Many runs over arrays go faster in one `room`, made
        by `make_room`: what the run before left there is given back piece by piece, and taken again.
        """
        slots = room or self.make_room()
        given = [(self.slots[key], values) for key, values in (series or {}).items()]
        for key in self.inputs:
            slots[self.slots[key]] = numbers.get(key)
        self._step(Phase.BEFORE, slots)
        kept: dict[str, list[Any]] = {key: [] for key in keep if self.schedule.phases[key] == Phase.MONTHLY}
        if self.schedule.walks_months:
            self._walk(slots, horizon, kept, given)
        self._step(Phase.AFTER, slots)
        phases = self.schedule.phases.items()
        return {**{key: slots[self.slots[key]] for key, phase in phases if phase != Phase.MONTHLY}, **kept}

    def make_room(self) -> Slots:
        """Room for a run."""
        return [None] * self.size

    def _step(self, phase: Phase, slots: Slots) -> None:
        for slot, code in self.codes[phase]:
            slots[slot] = code(slots)

    def _walk(
        self,
        slots: Slots,
        horizon: int,
        kept: dict[str, list[Any]],
        given: Sequence[tuple[int, Sequence[Any]]],
    ) -> None:
        for memory, start in self.memories:
            slots[memory] = start
        month_slot, steps = self.slots[MONTH], self.codes[Phase.MONTHLY]
        watched = [(self.slots[key], series) for key, series in kept.items()]
        for month in range(horizon + 1):
            slots[month_slot] = float(month)
            for slot, values in given:
                slots[slot] = values[month]
            for slot, code in steps:
                slots[slot] = code(slots)
            for memory, _, code, scan in self.scans:
                slots[memory] = scan.step(self.verbs, slots[memory], code(slots), month)
            for slot, series in watched:
                series.append(slots[slot])
        for memory, result, _, scan in self.scans:
            slots[result] = scan.result(slots[memory])


def compile_plan(
    plan: Plan, wanted: Iterable[str], verbs: Verbs = FLOATS, trees: Mapping[str, Expression] | None = None
) -> Program:
    """The program of what the wanted quantities need, and of trees over keys by names of one's own."""
    return compile_schedule(make_schedule(plan, wanted, trees), verbs)


def compile_schedule(schedule: Schedule, verbs: Verbs = FLOATS) -> Program:
    """A schedule with the verbs of a table, as closures."""
    schedule = once_before_the_months(schedule, verbs)
    program = Program(schedule=schedule, verbs=verbs)
    compiler = _Compiler(program)
    for key in (MONTH, *schedule.inputs):
        program.slots[key] = compiler.slot()
    for step in schedule.scans:
        program.slots[step.key] = compiler.slot()
    for phase, steps in zip(Phase, (schedule.before, schedule.monthly, schedule.after), strict=True):
        for step in steps:
            compiler.step(step, phase)
    for step in schedule.scans:
        compiler.scan(step)
    return program


class _Compiler(Struct):
    program: Program

    def slot(self) -> int:
        self.program.size += 1
        return self.program.size - 1

    def step(self, step: Step, phase: Phase) -> None:
        program = self.program
        if isinstance(step.tree, Name):  # the same under another name
            program.slots[step.key] = program.slots[step.tree.name]
            return
        code = self.running(step) if step.over_time else self.code(step.tree)
        program.slots[step.key] = self.slot()
        program.codes[phase].append((program.slots[step.key], code))

    def running(self, step: Step) -> Code:
        """A verb over time that has a value every month."""
        slot, scan, verbs, code = self.slot(), self.over_time(step), self.program.verbs, self.fed(step)
        self.program.memories.append((slot, scan.start))

        def run(slots: Slots) -> Any:
            slots[slot] = scan.step(verbs, slots[slot], code(slots), 0)
            return scan.result(slots[slot])

        return run

    def scan(self, step: Step) -> None:
        """A verb over time that has a value at the end."""
        memory, scan = self.slot(), self.over_time(step)
        self.program.memories.append((memory, scan.start))
        self.program.scans.append((memory, self.program.slots[step.key], self.fed(step), scan))

    def over_time(self, step: Step) -> Scan:
        """A verb over time: the table's own way of it, or that of all tables."""
        own = self.program.verbs.get(step.over_time)
        return own if isinstance(own, Scan) else row(SCANS, step.over_time, "evaluation over time")

    def fed(self, step: Step) -> Code:
        """What a verb over time takes every month: one value, or several side by side."""
        assert isinstance(step.tree, Operation)
        codes = [self.code(part) for part in step.tree.arguments]
        return codes[0] if len(codes) == 1 else lambda slots: tuple(code(slots) for code in codes)

    def code(self, tree: Expression) -> Code:
        match tree:
            case Constant():
                value = tree.value
                return lambda slots: value
            case Name():
                return itemgetter(self.program.slots[tree.name])
            case Operation():
                codes = [self.code(part) for part in tree.arguments]
                if tree.verb in _FAST:
                    return _FAST[tree.verb](*codes)
                return _call(row(self.program.verbs, tree.verb, "evaluation"), codes)
        raise FormulaError(f"cannot evaluate {type(tree).__name__}")


def _call(verb: Callable[..., Any], codes: Sequence[Code]) -> Code:
    match codes:
        case [a]:
            return lambda slots: verb(a(slots))
        case [a, b]:
            return lambda slots: verb(a(slots), b(slots))
        case [a, b, c]:
            return lambda slots: verb(a(slots), b(slots), c(slots))
    return lambda slots: verb(*(code(slots) for code in codes))
