"""Evaluation: a schedule made into closures over a row of slots, run on floats for one case or arrays for many.

Months are walked in order and verbs over time are scans, so that nothing is kept but what is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.engine.once import once_before_the_months
from carescale.engine.plan import Plan
from carescale.engine.registry import MONTH
from carescale.engine.scalars import FLOATS, SCANS, Scan, Verbs
from carescale.engine.schedule import Phase, Schedule, Step, make_schedule
from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, names, row
from carescale.engine.window import Window, months_within, window_of

Slots = list[Any]
Code = Callable[[Slots], Any]
_Due = tuple[int, Code, Callable[[Verbs, Any, Any, int], Any]]  # a memory, what it is fed with, and the step
_FAST: Mapping[str, Callable[[Code, Code], Code]] = {
    "add": lambda a, b: lambda slots: a(slots) + b(slots),
    "subtract": lambda a, b: lambda slots: a(slots) - b(slots),
    "multiply": lambda a, b: lambda slots: a(slots) * b(slots),
}


class Fed(Struct, frozen=True):
    """A verb over time that has a value at the end: its memory, its result, and what it is fed with every month.

    Of what is nothing but in some months, `first` and `last` are what these lie between, and `within` its value there.
    """

    memory: int
    result: int
    code: Code
    scan: Scan
    first: Sequence[Code] = ()
    last: Sequence[Code] = ()
    within: Code | None = None


class Program(Struct, kw_only=True):
    """A schedule made ready to run, many times, with other numbers for its inputs.

    `memories` are the slots of verbs over time with what they start from.
    """

    schedule: Schedule
    verbs: Verbs
    slots: dict[str, int] = field(default_factory=dict)
    codes: tuple[list[tuple[int, Code]], ...] = field(default_factory=lambda: tuple([] for _ in Phase))
    memories: list[tuple[int, Any]] = field(default_factory=list)
    scans: list[Fed] = field(default_factory=list)
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
        due = self._due(slots, horizon)
        for month in range(horizon + 1):
            slots[month_slot] = float(month)
            for slot, values in given:
                slots[slot] = values[month]
            for slot, code in steps:
                slots[slot] = code(slots)
            for memory, code, step in due[month]:
                slots[memory] = step(self.verbs, slots[memory], code(slots), month)
            for slot, series in watched:
                series.append(slots[slot])
        for fed in self.scans:
            slots[fed.result] = fed.scan.result(slots[fed.memory])

    def _due(self, slots: Slots, horizon: int) -> Sequence[Sequence[_Due]]:
        """For every month the verbs over time that are fed in it."""
        always: list[_Due] = []
        some: list[list[_Due]] = [[] for _ in range(horizon + 1)]
        for fed in self.scans:
            first, last = ([code(slots) for code in codes] for codes in (fed.first, fed.last))
            months = months_within(first, last, horizon) if fed.within else None
            if months is None or fed.within is None:
                always.append((fed.memory, fed.code, fed.scan.step))
            else:
                for month in months:
                    some[month].append((fed.memory, fed.within, fed.scan.step))
        return [[*always, *others] for others in some]


def compile_plan(
    plan: Plan, wanted: Iterable[str], verbs: Verbs = FLOATS, trees: Mapping[str, Expression] | None = None
) -> Program:
    """The program of what the wanted quantities need, and of trees over keys by names of one's own."""
    keys = list(wanted)
    return compile_schedule(make_schedule(plan, keys, trees), verbs, [*keys, *(trees or {})])


def compile_schedule(schedule: Schedule, verbs: Verbs = FLOATS, keep: Iterable[str] | None = None) -> Program:
    """A schedule with the verbs of a table, as closures. Of the series only those of `keep`, if it is given, and what
    is read for them or at the end.
    """
    schedule = once_before_the_months(schedule, verbs)
    windows = windows_of(schedule)
    if keep is not None:
        schedule = replace(schedule, monthly=_read(schedule, windows, keep))
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
        compiler.scan(step, windows.get(step.key))
    return program


def windows_of(schedule: Schedule) -> Mapping[str, Window]:
    """The totals of what is nothing but in some months, by key. Of other verbs over time a month of nothing counts."""
    unseen = dict.fromkeys(schedule.series, Constant(math.nan))
    monthly = {**unseen, **{step.key: step.tree for step in schedule.monthly}}
    totals = (
        (step.key, step.tree.arguments[0])
        for step in schedule.scans
        if isinstance(step.tree, Operation) and step.over_time == "total"
    )
    found = ((key, window_of(series, monthly.get)) for key, series in totals)
    return {key: window for key, window in found if window}


def _read(schedule: Schedule, windows: Mapping[str, Window], keep: Iterable[str]) -> tuple[Step, ...]:
    """The monthly steps that are kept or that anything reads: a total over a year's months needs no series that says
    which they are.
    """
    scans = (windows[step.key].series if step.key in windows else step.tree for step in schedule.scans)
    needed = {*keep, *(name for tree in scans for name, _ in names(tree))}
    kept = []
    for step in reversed(schedule.monthly):
        if step.key in needed:
            kept.append(step)
            needed |= {name for name, _ in names(step.tree)}
    return tuple(reversed(kept))


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

    def scan(self, step: Step, window: Window | None) -> None:
        """A verb over time that has a value at the end."""
        memory, scan, result = self.slot(), self.over_time(step), self.program.slots[step.key]
        self.program.memories.append((memory, scan.start))
        if window is None:
            self.program.scans.append(Fed(memory, result, self.fed(step), scan))
        else:
            first, last = ([self.code(bound) for bound in bounds] for bounds in (window.first, window.last))
            within = self.code(window.values)
            self.program.scans.append(Fed(memory, result, self.code(window.series), scan, first, last, within))

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
