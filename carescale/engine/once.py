"""What is the same in every month is worked out once, before the months: the same sums in the same order, less often.

A part of a monthly tree that takes nothing monthly becomes a step before the months, and the tree reads it by name. A
table of verbs may have rows for what an argument needs but once, such as looking whether a divisor is nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.engine.registry import MONTH
from carescale.engine.scalars import Verbs
from carescale.engine.schedule import Phase, Schedule, Step
from carescale.engine.tree import Constant, Expression, Name, Operation

# Where an argument of a verb is the same in every month: which, what makes it ready once, and the verb that takes it.
_READY = {"multiply": (0, "", "scaled"), "divide": (1, "divisor", "divided"), "where": (0, "condition", "where")}
OWN_VERBS = frozenset({"scaled", "divisor", "divided", "condition", "within"})  # rows that no formula asks for


def once_before_the_months(schedule: Schedule, verbs: Verbs) -> Schedule:
    """The schedule with whatever does not change from month to month moved before the months."""
    monthly = {key for key, phase in schedule.phases.items() if phase == Phase.MONTHLY}
    mover = _Mover(lambda name: name == MONTH or name in monthly, verbs)
    steps, scans = ([mover.step(step) for step in some] for some in (schedule.monthly, schedule.scans))
    return replace(
        schedule,
        before=(*schedule.before, *mover.moved),
        monthly=tuple(steps),
        scans=tuple(scans),
        phases={**schedule.phases, **{step.key: Phase.BEFORE for step in mover.moved}},
    )


class _Mover(Struct):
    is_monthly: Callable[[str], bool]
    verbs: Verbs
    moved: list[Step] = field(default_factory=list)
    key: str = ""

    def step(self, step: Step) -> Step:
        """A step of the months, reading what is the same in all of them by name."""
        self.key = step.key
        if not step.over_time or not isinstance(step.tree, Operation):
            return Step(step.key, self.read(step.tree))
        return Step(step.key, Operation(step.tree.verb, tuple(map(self.read, step.tree.arguments))))

    def read(self, tree: Expression) -> Expression:
        found, changes = self.parted(tree)
        return found if changes else self.before(found)

    def parted(self, tree: Expression) -> tuple[Expression, bool]:
        """A tree whose unchanging parts are names, where it changes by the month; else itself; and whether it does."""
        if not isinstance(tree, Operation):
            return tree, isinstance(tree, Name) and self.is_monthly(tree.name)
        parts = [self.parted(part) for part in tree.arguments]
        if not any(changes for _, changes in parts):
            return tree, False
        if "within" in self.verbs and (bounds := _bounds(tree)):
            return Operation("within", (self.parted(bounds[0])[0], *bounds[1:])), True
        verb = self.ready(tree.verb, parts)
        return Operation(verb, tuple(part if changes else self.before(part) for part, changes in parts)), True

    def ready(self, verb: str, parts: list[tuple[Expression, bool]]) -> str:
        """The verb for what is ready, where the table has one; the argument that is the same each month made so."""
        place, ready, other = _READY.get(verb, (0, "", ""))
        if other not in self.verbs or parts[place][1] or (ready and ready not in self.verbs):
            return verb
        if ready:
            parts[place] = Operation(ready, (parts[place][0],)), False
        return other

    def before(self, tree: Expression) -> Expression:
        """What stands for a tree that is worked out before the months."""
        if not isinstance(tree, Operation):
            return tree
        name = f"{self.key}~once{len(self.moved)}"
        self.moved.append(Step(name, tree))
        return Name(name)


def _bounds(tree: Operation) -> tuple[Expression, Constant, Constant] | None:
    """Of `minimum(maximum(value, low), high)` with numbers for bounds: the value and them."""
    match tree:
        case Operation(verb="minimum", arguments=(Operation(verb="maximum", arguments=(value, low)), high)):
            if isinstance(low, Constant) and isinstance(high, Constant) and low.value <= high.value:
                return value, low, high
    return None
