"""Project a case: every quantity of it, at its central values and with ranged figures at their ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.analysis.ends import ends_of, is_kept_low, lowest_and_highest
from carescale.case import FREE, OWN, Case
from carescale.engine.evaluate import compile_plan
from carescale.engine.model import Entity, State, Status
from carescale.engine.plan import Bound
from carescale.engine.tree import Expression, Name
from carescale.figures import Figure
from carescale.formulas.vocabulary import registry

if TYPE_CHECKING:
    from carescale.engine.over_areas import Total


NUMBER = "number"  # the unit that a pure number of one's own is shown in, where it is no share of anything


class Result(Struct, frozen=True, kw_only=True):
    """One named quantity. `value` is None where it is unknown or does not apply, and infinite for a month that lies
    beyond the horizon. `low` and `high` are there where a figure behind it has a range: the lowest and highest that
    all ranged figures give it between them.
    """

    key: str
    title: str
    unit: str
    value: Any  # a float; over an axis an array
    state: State
    low: float | None = None
    high: float | None = None

    @property
    def usable(self) -> bool:
        return self.value is not None

    @property
    def worst(self) -> float | None:
        """The end of its range that is bad: the high one of costs and months, the low one of savings and people."""
        return self.high if is_kept_low(self.key, self.unit) else self.low

    @property
    def best(self) -> float | None:
        """The end of its range that is good."""
        return self.low if is_kept_low(self.key, self.unit) else self.high

    @property
    def beyond_horizon(self) -> bool:
        return isinstance(self.value, float) and math.isinf(self.value)

    @property
    def status(self) -> str:
        """known, partial, unknown, not applicable, or beyond the horizon."""
        return "beyond the horizon" if self.beyond_horizon else str(self.state.status)


class Axis(Struct, frozen=True):
    """What stands side by side in arrays, such as areas or draws: how many, and the positions of each one's peers.

    `numbers` are arrays that stand instead of given figures: the draws of uncertain ones.
    """

    count: int
    peers: Any = None
    numbers: Mapping[str, Any] = field(default_factory=dict)


class Projection(Struct, frozen=True, dict=True):
    """The answers to a case. Ask for a quantity by its key: `projection["shared_lives.net_saving.council"]`.

    Of one place a value is a number. Over an axis (the areas of a table) it is an array, one value each, NaN where a
    figure is missing; the case's numbers then hold arrays of that length, and what is unknown for all has no value.
    """

    case: Case
    over: Axis | None = None  # the areas, where the case has some
    with_ends: bool = True  # whether to try ranged figures at their ends, for `low` and `high`
    _results: dict[str, Result] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Result:
        """A quantity or a given figure. Raises KeyError for a key that the case does not have."""
        if key not in self._results:
            self._evaluate([key, *self._others(key)])
        return self._results[key]

    def _others(self, key: str) -> Iterable[str]:
        """What is worked out with a quantity of one place that is asked for after others: all that is planned, once.

        One number is often all that is wanted, and a second one seldom the last: so a screen compiles but twice.
        """
        plan = self.case.plan
        plan.need(key)
        asked_before = any(plan.bound.get(other) for other in self._results)
        if self.axis is not None or not plan.bound.get(key) or not asked_before:
            return ()
        return [other for other in plan.quantities() if other not in self._results and not self.is_monthly(other)]

    def get(self, entity: Entity | str, name: str, *dimensions: str) -> Result:
        """A quantity by its parts."""
        path = entity if isinstance(entity, str) else entity.path
        return self[".".join((path, name, *dimensions))]

    def nearest(self, entity: Entity, name: str, payer: str = "") -> Result:
        """A given figure as it stands for an entity: its own, or that of what is around it."""
        return self[self.case.plan.figure_key(name, entity, (("payer", payer),) if payer else ())]

    def ask(self, keys: Iterable[str]) -> None:
        """Evaluate many quantities in one go; asking for them one by one gives the same, more slowly."""
        self._evaluate([key for key in keys if key not in self._results])

    def __iter__(self) -> Iterator[Result]:
        """Every quantity that applies and is not a series of months, in story order."""
        keys = [key for key in self.case.plan.quantities() if not self.is_monthly(key)]
        self.ask(keys)
        found = (self._results[key] for key in keys)
        return (result for result in found if result.state.status != Status.NOT_APPLICABLE)

    def months(self, keys: Iterable[str] | None = None) -> Mapping[str, list[float]]:
        """Monthly quantities from month 0 to the horizon, by key; those that are known."""
        wanted = (
            list(keys) if keys is not None else [key for key in self.case.plan.quantities() if self.is_monthly(key)]
        )
        program = compile_plan(self.case.plan, wanted)
        keep = [key for key in wanted if key in program.slots]
        values = program.run(self.numbers, self.case.horizon, keep)
        # One that is the same in every month in this plan comes as that one number.
        length = self.case.horizon + 1
        return {key: [found] * length if isinstance(found := values[key], float) else found for key in keep}

    def bands(self, keys: Iterable[str]) -> Mapping[str, list[tuple[float, float]]]:
        """How low and how high ranged figures take a series in each month, by key; nothing where there is no range."""
        wanted = list(keys)
        program = compile_plan(self.case.plan, wanted)
        ranged = {key: figure for key, figure in self._ranged.items() if key in program.inputs}
        months = range(self.case.horizon + 1)

        def run(moved: Mapping[str, float]) -> Mapping[str, float]:
            values = program.run({**self.numbers, **moved}, self.case.horizon, wanted)
            return {f"{key} {month}": values[key][month] for key in wanted for month in months}

        if not ranged:
            return {}
        found = lowest_and_highest(run, ranged, [f"{key} {month}" for key in wanted for month in months])
        return {key: [found[f"{key} {month}"] for month in months] for key in wanted}

    def bound(self, key: str) -> Bound | None:
        """The formula behind a quantity, bound to its inputs; None for a figure or where none applies."""
        self.case.plan.need(key)
        return self.case.plan.bound.get(key)

    def apply(self, function: Callable[..., Any], *keys: str) -> Any:
        """A sum of one's own over quantities, written as a formula is: its value; None where it is not known."""
        return self._values([], {"~": function(*map(Name, keys))}).get("~")

    def total(self, key: str) -> Total:
        """A quantity's total along the axis, over where it is known."""
        from carescale.engine.over_areas import total_over

        assert self.axis is not None
        value = self[key].value
        return total_over(math.nan if value is None else value, self.axis.count)

    @cached_property
    def axis(self) -> Axis | None:
        """What it is projected over; None for one place."""
        areas = self.case.areas
        if self.over is not None or areas is None:
            return self.over
        from carescale.analysis.peers import peer_positions

        return Axis(len(areas), peer_positions(areas))

    @cached_property
    def numbers(self) -> Mapping[str, Any]:
        """Every given number by its key: one for all, or an array."""
        figures = self.case.figures.items()
        given = {key: float(figure.value) for key, figure in figures if figure.value is not None}
        return {**given, **self.case.model.numbers, **(self.over.numbers if self.over else {})}

    def _evaluate(self, keys: list[str]) -> None:
        plan = self.case.plan
        states = {key: plan.need(key) for key in keys}
        formulas = [key for key, state in states.items() if state.usable and plan.bound.get(key)]
        values, spread = self._runs(formulas)
        for key, state in states.items():
            result = self._result(key, state, values.get(key))
            if result.usable and key in spread:
                result = _with_range(result, *spread[key])
            self._results[key] = result

    def _runs(self, keys: list[str]) -> tuple[Mapping[str, Any], Mapping[str, tuple[float, float]]]:
        """The numbers and quantities worked out from them, and how far each goes where a figure has a range."""
        if self.axis is not None:
            return {**self.numbers, **(self._values(keys) if keys else {})}, {}
        own = {key: ends_of(figure) for key, figure in self._ranged.items()}
        if not keys:
            return self.numbers, own
        program = compile_plan(self.case.plan, keys)
        values = {**self.numbers, **program.run(self.numbers, self.case.horizon)}
        ranged = {key: figure for key, figure in self._ranged.items() if key in program.inputs}
        if not ranged or not self.with_ends:
            return values, own

        def run(moved: Mapping[str, float]) -> Mapping[str, float]:
            return program.run({**self.numbers, **moved}, self.case.horizon)

        return values, {**own, **lowest_and_highest(run, ranged, keys)}

    @cached_property
    def _ranged(self) -> Mapping[str, Figure]:
        """The figures with a range."""
        return {key: figure for key, figure in self.case.figures.items() if figure.detail.low}

    def _values(self, keys: list[str], trees: Mapping[str, Expression] | None = None) -> Mapping[str, Any]:
        """Quantities, and trees by names of their own, as given."""
        if self.axis is None:
            program = compile_plan(self.case.plan, keys, trees=trees)
            return program.run(self.numbers, self.case.horizon)
        from carescale.engine.over_areas import evaluate_areas

        return evaluate_areas(self.case.plan, keys, self.numbers, self.case.horizon, peers=self.axis.peers, trees=trees)

    def _result(self, key: str, state: State, value: Any) -> Result:
        title, unit = self._label(key)
        if key in self.case.model.own and unit == "" and isinstance(value, float) and abs(value) > 1:
            unit = NUMBER
        if key in self.case.model.own and unit != "month" and isinstance(value, float) and math.isinf(value):
            value, state = None, State(Status.NOT_APPLICABLE, ("a month beyond the horizon",))
        if not state.usable:
            value = None
        elif self.axis is None and value is not None and math.isnan(value):
            value, state = None, State(Status.NOT_APPLICABLE, ("it would divide by nothing",))
        return Result(key=key, title=title, unit=unit, value=value, state=state)

    def title(self, key: str) -> str:
        """The title of a quantity or figure, without evaluating it."""
        return self._label(key)[0]

    def _label(self, key: str) -> tuple[str, str]:
        """The title and unit of a quantity or figure."""
        if bound := self.case.plan.bound.get(key):
            return bound.formula.title, bound.formula.unit
        if key in self.case.figures and key.startswith(FREE):
            return key.removeprefix(FREE).replace("_", " ").replace(".", " ").capitalize(), self.case.figures[key].unit
        if key in self.case.model.own:
            return self.case.model.own[key].title, self.case.model.own[key].unit
        name = registry.key(key).name
        kind = registry.by_name[name][0] if name in registry.by_name else registry.figures[name]
        return kind.title, kind.unit

    def is_monthly(self, key: str) -> bool:
        """Whether a quantity is a series of months: ask `months` for it."""
        return not key.startswith((FREE, OWN)) and registry.key(key).name in registry.monthly_names


def _with_range(result: Result, low: float, high: float) -> Result:
    return result if math.isnan(low) or math.isnan(high) or low == high else replace(result, low=low, high=high)


def project(case: Case) -> Projection:
    """Project a case: reach, savings and break-even, each quantity with its state and its range."""
    return Projection(case)
