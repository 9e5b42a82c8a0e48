"""Project many areas at once: who is behind, by how much, and what catching up would mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from carescale.analysis.intervals import rate_intervals
from carescale.analysis.peers import peer_positions
from carescale.engine.model import Entity, Status
from carescale.engine.over_areas import Total, evaluate_areas, total_over
from carescale.engine.plan import Plan
from carescale.formulas.vocabulary import CHOICES, PAYERS, registry
from carescale.inputs.areas import AreaTable
from carescale.inputs.case import PORTFOLIO, Case

Array = Any


@dataclass(frozen=True)
class AreaProjection:
    """The answers to a case of many areas: an array for each quantity, NaN where an area's figures are missing."""

    case: Case
    significant_only: bool = False
    _values: dict[str, Array] = field(default_factory=dict, repr=False)

    @property
    def table(self) -> AreaTable:
        """The areas."""
        assert self.case.areas is not None
        return self.case.areas

    @cached_property
    def cohort(self) -> Entity:
        """The cohort that catches up; the first one planned where none does."""
        parts = [part for entity in self.case.interventions for part in self.case.parts(entity)]
        catching_up = [part for part in parts if self.case.model.choice(part, "target") == "catch_up"]
        return (catching_up or parts)[0]

    @property
    def intervention(self) -> str:
        """The path of its intervention."""
        return self.cohort.path.partition(".")[0]

    @property
    def catches_up(self) -> bool:
        """Whether the plan measures areas against each other."""
        return self.case.model.choice(self.cohort, "target") == "catch_up"

    @cached_property
    def payers(self) -> list[str]:
        """The payers whose saving is known."""
        return [payer for payer in PAYERS if self._state(f"{self.intervention}.net_saving.{payer}").usable]

    def _state(self, key: str) -> Any:
        return self._plan.need(key)

    @cached_property
    def _plan(self) -> Plan:
        choices = {f"{self.cohort.path}.gaps": "beyond_chance"} if self.significant_only else {}
        model = replace(self.case.model, choices={**self.case.model.choices, **choices})
        known = {**model.numbers, f"{self.cohort.path}.upper_rate": 0.0} if self.significant_only else model.numbers
        return Plan(registry, replace(model, numbers=known))

    @cached_property
    def numbers(self) -> Mapping[str, Any]:
        """Every input: one number for all areas, or an array."""
        figures = self.case.figures.items()
        given = {key: float(figure.value) for key, figure in figures if figure.value is not None}
        given = {**given, **self.case.model.numbers}
        return {**given, f"{self.cohort.path}.upper_rate": self.intervals[1]} if self.significant_only else given

    @cached_property
    def peers(self) -> Array | None:
        """The positions of each area's peers; None where all areas are."""
        return peer_positions(self.table)

    def __getitem__(self, key: str) -> Array:
        """A quantity for every area. Raises KeyError for one that the case does not have or that is not known."""
        if key not in self._values:
            self.ask([key])
        return self._values[key]

    def ask(self, keys: Iterable[str]) -> None:
        """Evaluate many quantities in one go."""
        wanted = [key for key in keys if key not in self._values and self._plan.need(key).usable]
        across = [f"{self.cohort.path}.benchmark_rate"] if self.catches_up else []
        self._values.update(evaluate_areas(self._plan, across, wanted, self.numbers, self.case.horizon, self.peers))

    def total(self, key: str) -> Total:
        """A quantity's total over the areas where it is known."""
        return total_over(self[key], len(self.table))

    def is_known(self, key: str) -> bool:
        """Whether a quantity is known at all, for any area."""
        return self._plan.need(key).usable

    def is_partial(self, key: str) -> bool:
        """Whether a quantity leaves something out in every area."""
        return self._plan.need(key).status == Status.PARTIAL

    @cached_property
    def intervals(self) -> tuple[Array, Array]:
        """The lower and upper end of each area's rate."""
        confidence = float(self.case.figures[f"{PORTFOLIO}.confidence"].value or 0)
        people, eligible = (_rate_part(self, name) for name in ("current_people", "eligible_people"))
        return rate_intervals(people, eligible, confidence)

    def with_benchmark(self, benchmark: str) -> AreaProjection:
        """The same areas measured against another benchmark."""
        choices = {**self.case.model.choices, f"{self.cohort.path}.benchmark": benchmark}
        return AreaProjection(
            replace(self.case, model=replace(self.case.model, choices=choices)), self.significant_only
        )

    def others(self) -> list[str]:
        """The benchmarks there are, the case's own first."""
        own = self.case.model.choice(self.cohort, "benchmark")
        return [own, *(name for name in CHOICES["benchmark"] if name != own)]


def _rate_part(projection: AreaProjection, name: str) -> Array:
    import numpy as np

    bound_keys = [key for key in projection.numbers if key.rpartition(".")[2] == name]
    scopes = projection.cohort.scopes
    key = next(f"{scope}.{name}" for scope in scopes if f"{scope}.{name}" in bound_keys)
    return np.broadcast_to(projection.numbers[key], (len(projection.table),))
