"""Project many areas at once: who is behind, by how much, and what catching up would mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.ends_of_totals import totals_at_ends
from carescale.analysis.intervals import rate_intervals
from carescale.analysis.projection import Axis, Projection
from carescale.area_table import AreaTable
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity
from carescale.engine.over_areas import Total
from carescale.engine.plan import Plan
from carescale.formulas.benchmark import is_below, is_far_outside, is_too_small, quarter
from carescale.formulas.vocabulary import CHOICES, PAYERS
from carescale.problems import Position, Problem, Problems

Array = Any


class AreaProjection(Struct, frozen=True, dict=True):
    """What a table says of one cohort: who is behind, and how far. Its values are a projection's, over the areas.

    `every_gap` is there where only gaps beyond chance count: the same with every gap counted.
    """

    projection: Projection
    cohort_path: str
    every_gap: AreaProjection | None = None

    @property
    def case(self) -> Case:
        """The case of many areas."""
        return self.projection.case

    @property
    def plan(self) -> Plan:
        """Its quantities, bound."""
        return self.case.plan

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
        return self.cohort.parent

    @property
    def catches_up(self) -> bool:
        """Whether the plan measures areas against each other."""
        return self.case.model.choice(self.cohort, "target") == "catch_up"

    @property
    def by_year(self) -> bool:
        """Whether the cohort counts those helped in a year, and not those there at a time."""
        return self.case.model.choice(self.cohort, "counted") == "people_a_year"

    @property
    def now(self) -> str:
        """The key of the people reached today: at a time, or in a year."""
        return self.key("people_a_year_now" if self.by_year else "people_now")

    @property
    def more(self) -> str:
        """The key of the additional people: at a time, or in a year."""
        return self.key("additional_people_a_year" if self.by_year else "additional_people")

    @property
    def significant_only(self) -> bool:
        """Whether only gaps beyond chance count."""
        return self.every_gap is not None

    @cached_property
    def payers(self) -> list[str]:
        """The payers whose saving is known."""
        return [payer for payer in PAYERS if self.is_known(self.key("net_saving", payer))]

    @property
    def numbers(self) -> Mapping[str, Any]:
        """Every input: one number for all areas, or an array."""
        return self.projection.numbers

    def given(self, name: str) -> Array:
        """A given figure of the cohort for every area, wherever it is given."""
        return self._spread(self.projection.nearest(self.cohort, name).value)

    @property
    def peers(self) -> Array | None:
        """The positions of each area's peers; None where all areas are."""
        assert self.projection.axis is not None
        return self.projection.axis.peers

    def __getitem__(self, key: str) -> Array:
        """A quantity for every area, missing where it is not known. Raises KeyError for one that there is not."""
        import numpy as np

        value = self.projection[key].value
        is_one_for_all = key == self.key("benchmark_rate") and self.peers is None
        return np.float64("nan" if value is None else value) if is_one_for_all else self._spread(value)

    def _spread(self, value: Any) -> Array:
        import numpy as np

        return np.broadcast_to(np.nan if value is None else value, (len(self.table),))

    def ask(self, keys: Iterable[str]) -> None:
        """Evaluate many quantities in one go."""
        self.projection.ask(keys)

    def total(self, key: str) -> Total:
        """A quantity's total over the areas where it is known."""
        return self.projection.total(key)

    @cached_property
    def ends(self) -> Mapping[str, tuple[float, float]]:
        """The lowest and highest total of the yearly savings, by key, over all ends of the ranged figures."""
        return totals_at_ends([self.projection], [self.key("net_saving", payer) for payer in self.payers])

    def is_known(self, key: str) -> bool:
        """Whether a quantity is known at all, for any area."""
        return self.plan.need(key).usable

    @cached_property
    def intervals(self) -> tuple[Array, Array]:
        """The lower and upper end of each area's rate."""
        if self.every_gap:
            return self.every_gap.intervals
        confidence = float(self.case.figures[f"{PORTFOLIO}.confidence"].value or 0)
        return rate_intervals(self[self.now], self[self.key("rate_base")], confidence)

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

        rate = self.key("rate_now")
        found = Projection(self.case, Axis(len(self.table))).apply(quarter, rate)  # of all areas, whoever the peers are
        quarters = np.nan_to_num(self._spread(found)).astype(int)
        return list(np.where(np.isnan(self[rate]), np.array(None), quarters))

    def lone_setter(self) -> int | None:
        """The area that alone sets the benchmark, whatever its size."""
        if self.case.model.choice(self.cohort, "benchmark") != "best" or self.peers is not None:
            return None
        import numpy as np

        setters = np.flatnonzero(self[self.key("rate_now")] == self.benchmark)
        return int(setters[0]) if len(setters) == 1 else None

    def next_to(self, position: int) -> tuple[float, bool]:
        """The next highest rate that may be a benchmark, NaN for none, and whether an area's lies far outside them."""
        import numpy as np

        rate, large = self.key("rate_now"), self.key("large_enough")
        others = np.delete(np.where(self[large] == 1, self[rate], np.nan), position)
        known = others[~np.isnan(others)]
        outside = self._spread(Projection(self.case, Axis(len(self.table))).apply(is_far_outside, rate, large))
        return float(known.max()) if len(known) else float("nan"), bool(outside[position] == 1)

    def is_small(self, position: int) -> bool:
        """Whether an area is among the smaller half of those with a rate."""
        import numpy as np

        eligible, rates = self[self.key("rate_base")], self[self.key("rate_now")]
        return bool(eligible[position] < np.median(eligible[~np.isnan(rates)]))

    def too_small(self) -> int:
        """How many areas have a rate and are too small to set the benchmark."""
        if not self.catches_up:
            return 0
        return int(is_too_small(self[self.key("large_enough")], self[self.key("rate_now")]).sum())

    def chance_gaps(self) -> tuple[int, int]:
        """How many areas lie below the benchmark, and how many of them by more than chance."""
        below = is_below(self[self.key("rate_now")], self.benchmark)
        return int(below.sum()), int((below * is_below(self.intervals[1], self.benchmark)).sum())

    @cached_property
    def missing_reasons(self) -> Mapping[int, str]:
        """Why areas have no rate, by position: the marks in the columns that the rate is made of."""
        behind = self.plan.behind([self.key("rate_now")])
        marks = [self.table.marks.get(key, {}) for key in reversed(behind)]
        return {position: reason for column in marks for position, reason in column.items()}

    def missing_reason(self, position: int) -> str:
        """Why an area has no rate."""
        return self.missing_reasons.get(position, "")

    def with_benchmark(self, benchmark: str) -> AreaProjection:
        """The same areas measured against another benchmark."""
        case = self.case.assuming(choices={self.key("benchmark"): benchmark})
        every_gap = self.every_gap.with_benchmark(benchmark) if self.every_gap else None
        return replace(self, projection=Projection(case, self.projection.axis), every_gap=every_gap)

    def others(self) -> list[str]:
        """The benchmarks there are, the case's own first."""
        own = self.case.model.choice(self.cohort, "benchmark")
        return [own, *(name for name in CHOICES["benchmark"] if name != own)]

    def gaining(self) -> AreaProjection:
        """The same areas with every gap counted."""
        return self.every_gap or self


def project_areas(case: Case, *, significant_only: bool = False) -> list[AreaProjection]:
    """A view of each cohort of the plan. Raises Problems where it has none."""
    found = cohort_views(case)
    if not found:
        hint = "name an intervention under `plan:`; `carescale list interventions` has them"
        message = "nothing is planned of which areas could be told apart"
        raise Problems([Problem("wrong-kind", message, Position(case.file), hint)])
    return _beyond_chance(found) if significant_only else found


def cohort_views(case: Case) -> list[AreaProjection]:
    """A view of each cohort of the plan, of which there may be none."""
    projection = Projection(case)
    parts = [part for entity in case.interventions for part in case.parts(entity)]
    return [AreaProjection(projection, part.path) for part in parts if part.level == "cohort"]


def _beyond_chance(cohorts: list[AreaProjection]) -> list[AreaProjection]:
    """The same with only those gaps counted that an area's own interval does not reach across."""
    choices = {areas.key("gaps"): "beyond_chance" for areas in cohorts}
    numbers = {areas.key("upper_rate"): areas.intervals[1] for areas in cohorts}
    plain = cohorts[0].projection
    counted = Projection(plain.case.assuming(numbers=numbers, choices=choices), plain.axis)
    return [AreaProjection(counted, areas.cohort_path, areas) for areas in cohorts]
