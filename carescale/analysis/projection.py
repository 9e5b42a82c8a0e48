"""Project a case: every quantity of it, at its central values and with ranged figures at their ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from carescale.engine.evaluate import Program, compile_plan
from carescale.engine.model import Entity, State, Status
from carescale.engine.plan import Bound
from carescale.formulas.vocabulary import registry
from carescale.inputs.case import Case


@dataclass(frozen=True)
class Result:
    """One named quantity. `value` is None where it is unknown or does not apply, and infinite for a month that lies
    beyond the horizon. `low` and `high` are there where a figure behind it has a range.
    """

    key: str
    title: str
    unit: str
    value: float | None
    state: State
    low: float | None = None
    high: float | None = None

    @property
    def usable(self) -> bool:
        return self.value is not None

    @property
    def beyond_horizon(self) -> bool:
        return self.value is not None and math.isinf(self.value)

    @property
    def status(self) -> str:
        """known, partial, unknown, not applicable, or beyond the horizon."""
        return "beyond the horizon" if self.beyond_horizon else str(self.state.status)


@dataclass(frozen=True)
class Projection:
    """The answers to a case. Ask for a quantity by its key: `projection["shared_lives.net_saving.council"]`."""

    case: Case
    _results: dict[str, Result] = field(default_factory=dict, repr=False)

    def __getitem__(self, key: str) -> Result:
        """A quantity or a given figure. Raises KeyError for a key that the case does not have."""
        if key not in self._results:
            self._evaluate([key])
        return self._results[key]

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
        values = program.run(self._numbers, self.case.horizon, keep)
        return {key: values[key] for key in keep}

    def bound(self, key: str) -> Bound | None:
        """The formula behind a quantity, bound to its inputs; None for a figure or where none applies."""
        self.case.plan.need(key)
        return self.case.plan.bound.get(key)

    @cached_property
    def _numbers(self) -> Mapping[str, float]:
        figures = self.case.figures.items()
        given = {key: float(figure.value) for key, figure in figures if figure.value is not None}
        return {**given, **self.case.model.numbers}

    @cached_property
    def _ends(self) -> tuple[Mapping[str, float], Mapping[str, float]] | None:
        """All ranged figures at their low ends together, and at their high ends; None where there is no range."""
        ranged = {key: figure.detail for key, figure in self.case.figures.items() if figure.detail.low}
        low = {key: float(detail.low.value) for key, detail in ranged.items() if detail.low}
        high = {key: float(detail.high.value) for key, detail in ranged.items() if detail.high}
        return ({**self._numbers, **low}, {**self._numbers, **high}) if ranged else None

    def _evaluate(self, keys: list[str]) -> None:
        plan = self.case.plan
        states = {key: plan.need(key) for key in keys}
        program = compile_plan(plan, keys)
        values = program.run(self._numbers, self.case.horizon)
        ends = self._at_the_ends(program)
        for key, state in states.items():
            result = self._result(key, state, values.get(key))
            if ends and result.usable:
                result = _with_range(result, *(end.get(key) for end in ends))
            self._results[key] = result

    def _at_the_ends(self, program: Program) -> tuple[dict[str, float], dict[str, float]] | None:
        figures = self.case.figures
        if self._ends is None or not any(figures[key].detail.low for key in program.inputs if key in figures):
            return None
        low, high = self._ends
        return program.run(low, self.case.horizon), program.run(high, self.case.horizon)

    def _result(self, key: str, state: State, value: float | None) -> Result:
        title, unit = self._label(key)
        if value is not None and math.isnan(value):
            value, state = None, State(Status.NOT_APPLICABLE, ("it would divide by nothing",))
        return Result(key, title, unit, value, state)

    def title(self, key: str) -> str:
        """The title of a quantity or figure, without evaluating it."""
        return self._label(key)[0]

    def _label(self, key: str) -> tuple[str, str]:
        """The title and unit of a quantity or figure."""
        if bound := self.case.plan.bound.get(key):
            return bound.formula.title, bound.formula.unit
        for word in reversed(key.split(".")):
            if word in registry.by_name:
                return registry.by_name[word][0].title, registry.by_name[word][0].unit
            if word in registry.figures:
                return registry.figures[word].title, registry.figures[word].unit
        figure = self.case.figures[key]
        return key.partition(".")[2].replace("_", " ").replace(".", " ").capitalize(), figure.unit

    def is_monthly(self, key: str) -> bool:
        """Whether a quantity is a series of months: ask `months` for it."""
        return not registry.monthly_names.isdisjoint(key.split("."))


def _with_range(result: Result, low: float | None, high: float | None) -> Result:
    if low is None or high is None or math.isnan(low) or math.isnan(high) or low == high:
        return result
    return replace(result, low=min(low, high), high=max(low, high))


def project(case: Case) -> Projection:
    """Project a case: reach, savings and break-even, each quantity with its state and its range."""
    return Projection(case)
