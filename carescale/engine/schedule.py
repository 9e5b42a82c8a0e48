"""The schedule of a plan: what is worked out, in which order, as data. Values, a page's program and a workbook read it.

Quantities fall into three phases: before the months, month by month, and after them. A verb over time is a step of its
own: where a formula has one inside it, that part is a working, named `key~1`, and the formula reads it by that name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from itertools import count

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.engine.plan import Plan
from carescale.engine.registry import MONTH
from carescale.engine.tree import AT_THE_END, OVER_TIME, Expression, FormulaError, Name, Operation, names


class Phase(IntEnum):
    """When something is known."""

    BEFORE = 0
    MONTHLY = 1
    AFTER = 2


class Step(Struct, frozen=True):
    """What stands under a key: a tree over the keys of inputs and of earlier steps.

    A verb over time stands at the top of its tree or nowhere. One that runs, such as a running total, is a step of the
    months; one that looks to the end, such as a total, is fed in every month and known after them.
    """

    key: str
    tree: Expression

    @property
    def over_time(self) -> str:
        """The verb over time at the top of its tree, or ""."""
        return self.tree.verb if isinstance(self.tree, Operation) and self.tree.verb in OVER_TIME else ""


class Schedule(Struct, frozen=True, kw_only=True):
    """Steps by phase, each in an order in which they can be worked out.

    `inputs` are the keys whose numbers have to be given; `scans` are the steps that are fed month by month and known at
    the end; `phases` says of every key when it is known.
    """

    inputs: tuple[str, ...]
    before: tuple[Step, ...]
    monthly: tuple[Step, ...]
    scans: tuple[Step, ...]
    after: tuple[Step, ...]
    phases: Mapping[str, Phase]

    @property
    def series(self) -> tuple[str, ...]:
        """The inputs that have a number each month."""
        return tuple(key for key in self.inputs if self.phases.get(key) == Phase.MONTHLY)

    @property
    def walks_months(self) -> bool:
        """Whether anything in it depends on how many months are walked."""
        return bool(self.monthly or self.scans)


def make_schedule(plan: Plan, wanted: Iterable[str], trees: Mapping[str, Expression] | None = None) -> Schedule:
    """The schedule of what the wanted quantities need, and of trees over keys, each under a name of one's own.

    Unknown and inapplicable quantities are left out; ask the plan for states. Raises KeyError for a key that it does
    not have.
    """
    builder = _Builder(plan)
    for key in wanted:
        if plan.need(key).usable:
            builder.quantity(key)
    for key, tree in (trees or {}).items():
        part = plan.read(tree)
        if part.state.usable:
            builder.place(key, part.tree)
    return builder.schedule()


def parted(schedule: Schedule, varying: Iterable[str]) -> tuple[Schedule, Schedule]:
    """The part of a schedule that is the same whatever the varying inputs are, and the part that is not.

    The second takes what it needs of the first as inputs; those of them that are monthly it is given month by month.
    """
    moved = set(varying)
    for step in _steps(schedule):
        if any(name in moved for name, _ in names(step.tree)):
            moved.add(step.key)
    same = _only(schedule, lambda key: key not in moved)
    needed = {name for step in _steps(schedule) if step.key in moved for name, _ in names(step.tree)} - moved - {MONTH}
    other = _only(schedule, lambda key: key in moved)
    taken = {key: phase for key, phase in schedule.phases.items() if key in needed}
    return same, replace(other, inputs=(*other.inputs, *taken), phases={**other.phases, **taken})


def _steps(schedule: Schedule) -> tuple[Step, ...]:
    return (*schedule.before, *schedule.monthly, *schedule.scans, *schedule.after)


def _only(schedule: Schedule, wanted: Callable[[str], bool]) -> Schedule:
    parts = {
        name: tuple(step for step in getattr(schedule, name) if wanted(step.key))
        for name in ("before", "monthly", "scans", "after")
    }
    phases = {key: phase for key, phase in schedule.phases.items() if wanted(key)}
    return replace(schedule, **parts, inputs=tuple(key for key in schedule.inputs if wanted(key)), phases=phases)


class _Builder(Struct):
    plan: Plan
    inputs: list[str] = field(default_factory=list)
    steps: Mapping[Phase, list[Step]] = field(default_factory=lambda: {phase: [] for phase in Phase})
    scans: list[Step] = field(default_factory=list)
    phases: dict[str, Phase] = field(default_factory=dict)

    def schedule(self) -> Schedule:
        before, monthly, after = (tuple(self.steps[phase]) for phase in Phase)
        return Schedule(
            inputs=tuple(self.inputs),
            before=before,
            monthly=monthly,
            scans=tuple(self.scans),
            after=after,
            phases=self.phases,
        )

    def quantity(self, key: str) -> Phase:
        """Schedule a key, and first what it takes; when it is known."""
        if key not in self.phases:
            bound = self.plan.bound.get(key) if self.plan.need(key).usable else None
            if bound:
                self.place(key, bound.tree)
            else:
                self.inputs.append(key)
                self.phases[key] = Phase.BEFORE
        return self.phases[key]

    def place(self, key: str, tree: Expression) -> None:
        """Schedule a tree under a key, after whatever is over time inside it."""
        workings = (f"{key}~{number}" for number in count(1))
        if isinstance(tree, Operation) and tree.verb in OVER_TIME:
            parts = tuple(self.without_time(part, workings) for part in tree.arguments)
            self.add(Step(key, Operation(tree.verb, parts)))
        else:
            self.add(Step(key, self.without_time(tree, workings)))

    def without_time(self, tree: Expression, workings: Iterator[str]) -> Expression:
        """The tree with a name for each part of it that is over time, which is scheduled as a working of that name."""
        if not isinstance(tree, Operation):
            return tree
        parts = Operation(tree.verb, tuple(self.without_time(part, workings) for part in tree.arguments))
        if tree.verb not in OVER_TIME:
            return parts
        name = next(workings)
        self.add(Step(name, parts))
        return Name(name)

    def add(self, step: Step) -> None:
        """Add a step to its phase, the last of those of what it takes."""
        phases = {self.known(name) for name, _ in names(step.tree)}
        phase, over_time = max(phases, default=Phase.BEFORE), step.over_time
        if {Phase.MONTHLY, Phase.AFTER} <= phases:
            raise FormulaError(f"{step.key}: a month cannot depend on what is known only after the months")
        if over_time and phase == Phase.AFTER:
            raise FormulaError(f"{step.key}: {over_time} of something that is only known after the months")
        if over_time in AT_THE_END:
            self.scans.append(step)
            self.phases[step.key] = Phase.AFTER
        else:
            self.phases[step.key] = phase = Phase.MONTHLY if over_time else phase
            self.steps[phase].append(step)

    def known(self, name: str) -> Phase:
        """When a name of a tree is known; a quantity is scheduled first."""
        return Phase.MONTHLY if name == MONTH else self.quantity(name)
