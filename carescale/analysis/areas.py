"""Project many areas at once: who is behind, by how much, and what catching up would mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from carescale.analysis.evidence import figures_behind
from carescale.analysis.intervals import rate_intervals
from carescale.analysis.peers import peer_positions
from carescale.engine.model import Entity
from carescale.engine.over_areas import Total, evaluate_areas, total_over
from carescale.engine.plan import Plan
from carescale.formulas.vocabulary import CHOICES, PAYERS, registry
from carescale.inputs.areas import AreaTable
from carescale.inputs.case import PORTFOLIO, Case
from carescale.problems import Place, Problem, Problems

Array = Any


@dataclass(frozen=True)
class AreaProjection:
    """The answers to a case of many areas: an array for each quantity, NaN where an area's figures are missing."""

    case: Case
    cohort_path: str
    significant_only: bool = False
    _values: dict[str, Array] = field(default_factory=dict, repr=False)

    @property
    def table(self) -> AreaTable:
        """The areas."""
        assert self.case.areas is not None
        return self.case.areas

    @property
    def cohort(self) -> Entity:
        """The cohort that the projection is of."""
        return self.case.model.entities[self.cohort_path]

    @property
    def is_alone(self) -> bool:
        """Whether it is its intervention's only planned cohort, so that set-up and break-even are its own."""
        return len(self.case.parts(self.case.model.entities[self.intervention])) == 1

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
        return [payer for payer in PAYERS if self._state(self.key("net_saving", payer)).usable]

    def _state(self, key: str) -> Any:
        return self.plan.need(key)

    @cached_property
    def plan(self) -> Plan:
        """Its quantities, with the gaps counted that it counts."""
        choices = {self.key("gaps"): "beyond_chance"} if self.significant_only else {}
        model = replace(self.case.model, choices={**self.case.model.choices, **choices})
        known = {**model.numbers, self.key("upper_rate"): 0.0} if self.significant_only else model.numbers
        return Plan(registry, replace(model, numbers=known))

    @cached_property
    def numbers(self) -> Mapping[str, Any]:
        """Every input: one number for all areas, or an array."""
        return {**self._given, self.key("upper_rate"): self.intervals[1]} if self.significant_only else self._given

    @cached_property
    def _given(self) -> Mapping[str, Any]:
        figures = self.case.figures.items()
        given = {key: float(figure.value) for key, figure in figures if figure.value is not None}
        return {**given, **self.case.model.numbers}

    def given(self, name: str) -> Array:
        """A given figure of the cohort for every area, wherever it is given; missing where nobody gives it."""
        import numpy as np

        keys = [f"{scope}.{name}" for scope in self.cohort.scopes]
        value = next((self._given[key] for key in keys if key in self._given), np.nan)
        return np.broadcast_to(value, (len(self.table),))

    @cached_property
    def peers(self) -> Array | None:
        """The positions of each area's peers; None where all areas are."""
        return peer_positions(self.table)

    def __getitem__(self, key: str) -> Array:
        """A quantity for every area. Raises KeyError for one that the case does not have."""
        if key not in self._values:
            self.ask([key])
        return self._values[key]

    def ask(self, keys: Iterable[str]) -> None:
        """Evaluate many quantities in one go. What is not known for any area is missing for all."""
        import numpy as np

        asked = [key for key in keys if key not in self._values]
        wanted = [key for key in asked if self.plan.need(key).usable]
        across = [self.key("benchmark_rate")] if self.catches_up and self.is_known(self.key("benchmark_rate")) else []
        found = evaluate_areas(self.plan, across, wanted, self.numbers, self.case.horizon, self.peers)
        unknown = {key: np.float64("nan") for key in asked if key not in found}
        shared = self.key("benchmark_rate") if self.peers is None else ""
        for key, value in {**unknown, **found}.items():  # what rests on no column of the table is the same everywhere
            self._values[key] = value if key == shared else np.broadcast_to(value, len(self.table))

    def total(self, key: str) -> Total:
        """A quantity's total over the areas where it is known."""
        return total_over(self[key], len(self.table))

    def is_known(self, key: str) -> bool:
        """Whether a quantity is known at all, for any area."""
        return self.plan.need(key).usable

    @cached_property
    def intervals(self) -> tuple[Array, Array]:
        """The lower and upper end of each area's rate."""
        confidence = float(self.case.figures[f"{PORTFOLIO}.confidence"].value or 0)
        plain = self.gaining()  # with every gap counted, nothing here needs an interval
        return rate_intervals(plain.given("current_people"), plain[self.key("rate_base")], confidence)

    def key(self, name: str, payer: str = "") -> str:
        """The key of a quantity of the cohort."""
        return ".".join(filter(None, (self.cohort_path, name, payer)))

    @property
    def benchmark(self) -> Array:
        """The rate to catch up with: one number, or one an area where areas have peers of their own."""
        return self[self.key("benchmark_rate")]

    @cached_property
    def order(self) -> list[int]:
        """Positions of the areas, highest rate first, those without one last."""
        import numpy as np

        order: list[int] = np.argsort(-self[self.key("rate_now")], kind="stable").tolist()  # NaN sorts last
        return order

    @cached_property
    def quartiles(self) -> list[int | None]:
        """Each area's quarter of the rates, 1 the highest; None where it has no rate."""
        import numpy as np

        rates = self[self.key("rate_now")]
        if np.isnan(rates).all():
            return [None] * len(rates)
        cuts = np.nanquantile(rates, [0.75, 0.5, 0.25])
        quarters = 1 + (rates[:, None] < cuts).sum(axis=1)
        found: list[int | None] = np.where(np.isnan(rates), np.array(None), quarters).tolist()
        return found

    def lone_setter(self) -> int | None:
        """The area that alone sets the benchmark, where it is among the smaller half of those with a rate."""
        if self.case.model.choice(self.cohort, "benchmark") != "best" or self.peers is not None:
            return None
        import numpy as np

        rates, eligible = self[self.key("rate_now")], self[self.key("rate_base")]
        setters = np.flatnonzero(rates == self.benchmark)
        sizes = eligible[~np.isnan(rates)]
        if len(setters) == 1 and eligible[setters[0]] < np.median(sizes):
            return int(setters[0])
        return None

    def too_small(self) -> int:
        """How many areas have a rate and are too small to set the benchmark."""
        if not self.catches_up:
            return 0
        large, rates = self[self.key("large_enough")], self[self.key("rate_now")]
        return int(((large == 0) & (rates == rates)).sum())

    def chance_gaps(self) -> tuple[int, int]:
        """How many areas lie below the benchmark, and how many of them by more than chance."""
        below = self[self.key("rate_now")] < self.benchmark
        return int(below.sum()), int((below & (self.intervals[1] < self.benchmark)).sum())

    @cached_property
    def missing_reasons(self) -> Mapping[int, str]:
        """Why areas have no rate, by position: the marks in the columns that the rate is made of."""
        behind = figures_behind(self.plan, self.key("rate_now"))
        marks = [self.table.marks.get(key, {}) for key in reversed(behind)]
        return {position: reason for column in marks for position, reason in column.items()}

    def missing_reason(self, position: int) -> str:
        """Why an area has no rate."""
        return self.missing_reasons.get(position, "")

    def with_benchmark(self, benchmark: str) -> AreaProjection:
        """The same areas measured against another benchmark."""
        choices = {**self.case.model.choices, f"{self.cohort.path}.benchmark": benchmark}
        model = replace(self.case.model, choices=choices)
        return replace(self, case=replace(self.case, model=model), _values={})

    def others(self) -> list[str]:
        """The benchmarks there are, the case's own first."""
        own = self.case.model.choice(self.cohort, "benchmark")
        return [own, *(name for name in CHOICES["benchmark"] if name != own)]

    def gaining(self) -> AreaProjection:
        """The same areas with every gap counted."""
        return replace(self, significant_only=False, _values={})


def project_areas(case: Case, *, significant_only: bool = False) -> list[AreaProjection]:
    """A projection for each cohort of the plan. Raises Problems where the plan has none, or has spend lines."""
    parts = [part for entity in case.interventions for part in case.parts(entity)]
    lines = [part.path for part in parts if part.level != "cohort"]
    if lines or not parts:
        message = f"{', '.join(lines)}: spend lines are not" if lines else "nothing is planned that can be"
        hint = "plan cohorts of people; project a council with spend lines from a file of its own"
        raise Problems([Problem("wrong-kind", f"{message} projected over many areas", Place(case.file), hint)])
    return [AreaProjection(case, part.path, significant_only) for part in parts]
