"""What a screen asks of a projection: its results as values, with the marks of what is weak about them."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from carescale.analysis.evidence import weakness
from carescale.analysis.projection import Projection, Result
from carescale.case import OWN, PORTFOLIO, Case
from carescale.engine.model import Entity, Status
from carescale.formulas import registry
from carescale.report.blocks import CONTRADICTED, NOT_KNOWN, NOTHING, Cell, Value

if TYPE_CHECKING:
    from carescale.analysis.grounds import Intervals


class View(Struct, frozen=True):
    """The results of one projection as values; with the intervals of some, by key, where draws were asked for."""

    projection: Projection
    intervals: Mapping[str, Cell] | None = None
    sure: Intervals | None = None  # what the intervals are of

    @property
    def case(self) -> Case:
        """The case that was projected."""
        return self.projection.case

    def __call__(self, result: Result, unit: str = "", *, taken_off: bool = False, marks: bool = True) -> Value:
        """A result in its own unit or another way; below zero where it is taken off the one above."""
        low, high = self._ends(result) if result.unit == "month" else (None, None)
        counted = marks and self.case.plan.need(result.key).usable
        endless = result.beyond_horizon and result.unit != "month"  # money that is never back is no need for funding
        absent = NOTHING if endless else "" if result.usable else missing(result)
        return Value(
            key=result.key, unit=unit or result.unit, number=result.value, absent=absent,
            marks=self.marks_of(result) if counted else "", low=low, high=high, taken_off=taken_off,
            horizon=self.case.horizon,
        )  # fmt: skip

    def _ends(self, result: Result) -> tuple[float | None, float | None]:
        """The ends of a month's range; of a projection over draws those of its interval."""
        if self.sure is None or self.intervals is None:
            return result.low, result.high
        interval = self.intervals.get(result.key)
        return (interval.low, interval.high) if isinstance(interval, Value) else (None, None)

    def get(self, entity: Entity | str, name: str, *dimensions: str, unit: str = "", taken_off: bool = False) -> Value:
        """A quantity as a value; nothing where the case has none of that name."""
        try:
            return self(self.projection.get(entity, name, *dimensions), unit, taken_off=taken_off)
        except KeyError:
            return Value(absent=NOTHING)

    def nearest(self, entity: Entity, name: str, payer: str = "") -> Value:
        """A given figure as it stands for an entity."""
        return self(self.projection.nearest(entity, name, payer))

    def range_of(self, entity: Entity | str, name: str, *dimensions: str) -> Cell:
        """Worst to best, where there is a range."""
        result = self.projection.get(entity, name, *dimensions)
        if result.low is None or result.high is None:
            return ""
        return Value(key=result.key, unit=result.unit, low=result.low, high=result.high)

    def interval_of(self, entity: Entity | str, name: str, *dimensions: str) -> Cell:
        """Between what 9 of 10 draws lie, or why there is no interval; nothing where no draws were asked for."""
        path = entity if isinstance(entity, str) else entity.path
        return (self.intervals or {}).get(".".join((path, name, *dimensions)), "")

    def before_costs(self, entity: Entity | str, payer: str, costs: str = "cost_incurred") -> bool:
        """Whether a cost of a payer is not known, so that what is left of a saving is no net."""
        state = self.projection.get(entity, costs, *((payer,) if payer else ())).state
        return state.status in (Status.PARTIAL, Status.UNKNOWN)

    def in_months(self, key: str, months: Sequence[int]) -> list[Value]:
        """A series of pounds in some months."""
        series = self.projection.months([key])[key]
        return [_in_month(key, month, series[month]) for month in months]

    def marks_of(self, result: Result) -> str:
        """The marks of a result, in the order of the legend."""
        weak = weakness(self.case, result.key)
        flags = {
            "*": self.case.plan.need(result.key).status == Status.PARTIAL,  # also where it is nothing as filed
            CONTRADICTED: weak.contradicted,
            "‡": weak.calibrated,
            "°": weak.unverified,
            "§": weak.only_net,
        }
        return "".join(mark for mark, there in flags.items() if there)

    def in_all(self, name: str, *dimensions: str) -> Result:
        """A quantity of the whole plan."""
        return self.projection.get(PORTFOLIO, name, *dimensions)

    def ask(self, names: Container[str]) -> None:
        """Evaluate the quantities of some names in one go, which is much quicker than one by one."""
        self.projection.ask(self.case.plan.quantities(names))

    def has_any(self, names: Collection[str]) -> bool:
        """Whether an intervention has a quantity of some names, known or not, that applies. Works none out."""
        plan, planned = self.case.plan, {one.path for one in self.case.interventions}
        ours = (key for key in plan.quantities(names) if not key.startswith(OWN))
        keys = (key for key in ours if registry.key(key).entity in planned)
        return any(plan.need(key).status != Status.NOT_APPLICABLE for key in keys)

    @property
    def has_ranges(self) -> bool:
        """Whether a figure that known savings rest on, or what is paid once for them, has a range."""
        plan, figures = self.case.plan, self.case.figures
        known = [key for key in plan.quantities(("net_saving", "set_up_cost")) if plan.need(key).usable]
        return any(figures[key].detail.low for key in plan.behind(known, counted=True) if key in figures)

    def ask_everything(self) -> None:
        """Evaluate every single quantity and figure in one go, which is much quicker than one by one."""
        keys = [key for key in self.case.plan.quantities() if not self.projection.is_monthly(key)]
        self.projection.ask([*keys, *self.case.figures])


def _in_month(key: str, month: int, value: float) -> Value:
    known = value == value
    return Value(key=key, unit="GBP", month=month, number=value if known else None, absent="" if known else NOTHING)


def missing(result: Result) -> str:
    """What stands in place of a number."""
    return NOTHING if result.state.status == Status.NOT_APPLICABLE else NOT_KNOWN
