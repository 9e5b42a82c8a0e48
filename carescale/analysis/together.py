"""Many areas with all that is planned for them: each area over all interventions, as it would be projected by itself.

Areas that lack the same figures are projected side by side, with those figures unknown, so that a total leaves out what
an area does not know exactly as it does for one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.ends_of_totals import totals_at_ends
from carescale.analysis.one_area import figure_of
from carescale.analysis.projection import Axis, Projection
from carescale.area_table import AreaTable
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity, State, Status
from carescale.engine.over_areas import Total, total_over
from carescale.formulas.vocabulary import PAYERS

Array = Any
_MONEY_OVER_TIME = ("set_up_cost", "break_even_month", "peak_funding")


class Alike(Struct, frozen=True):
    """Areas that lack the same figures: their positions in the table, what they lack, and their projection."""

    positions: Array
    lacking: tuple[str, ...]
    projection: Projection


class AreasTogether(Struct, frozen=True, dict=True):
    """The whole plan over every area of a table. Ask for a quantity by its key: an array, NaN where it is not known."""

    case: Case

    @property
    def table(self) -> AreaTable:
        """The areas."""
        assert self.case.areas is not None
        return self.case.areas

    @cached_property
    def alike(self) -> list[Alike]:
        """The areas, in groups that lack the same figures of those that the plan rests on."""
        import numpy as np

        behind = set(self.settled.plan.behind(self.keys))
        columns = [key for key in self.table.figures if key in behind]
        if not columns:
            return [Alike(np.arange(len(self.table)), (), self._projection(np.arange(len(self.table)), ()))]
        lacks = np.column_stack([np.isnan(self.table.figures[key]) for key in columns])
        patterns, which = np.unique(lacks, axis=0, return_inverse=True)
        found = []
        for number, pattern in enumerate(patterns):
            positions = np.flatnonzero(which.reshape(-1) == number)
            lacking = tuple(key for key, lacks_it in zip(columns, pattern, strict=True) if lacks_it)
            found.append(Alike(positions, lacking, self._projection(positions, lacking)))
        return found

    @property
    def fullest(self) -> Projection:
        """The projection of those areas that lack least: what it does not know, no area does."""
        return min(self.alike, key=lambda group: len(group.lacking)).projection

    @cached_property
    def keys(self) -> list[str]:
        """The quantities that a row has: of the plan as a whole, and of each intervention."""
        people, money = ("additional_people", "additional_people_a_year"), _by_payer("net_saving", *_MONEY_OVER_TIME)
        whole = [*people, *money]
        each = [*people, "covered_spend", *_by_payer("cost_avoided", "cost_incurred"), *money]
        keys = [f"{PORTFOLIO}.{name}" for name in whole]
        keys += [f"{entity.path}.{name}" for entity in self.case.interventions for name in each]
        return [key for key in keys if _is_there(self.settled, key)]

    @cached_property
    def settled(self) -> Case:
        """The case with its benchmarks settled, before anything that rests on them is bound."""
        model = self.case.model
        return self.case.on(replace(model, numbers={**model.numbers, **self.benchmarks}), self.benchmarks)

    @cached_property
    def benchmarks(self) -> Mapping[str, Any]:
        """The rate that each cohort catches up with, over all areas: one, or one an area where they have peers."""
        projection = Projection(self.case)
        rates = {part.path: f"{part.path}.benchmark_rate" for part in self.cohorts if self.catches_up(part)}
        found = {key: projection[key].value for key in rates.values() if self.case.plan.need(key).usable}
        return {key: value for key, value in found.items() if value is not None}

    @property
    def cohorts(self) -> list[Entity]:
        """The planned cohorts of every intervention."""
        parts = [part for entity in self.case.interventions for part in self.case.parts(entity)]
        return [part for part in parts if part.level == "cohort"]

    def catches_up(self, part: Entity) -> bool:
        """Whether a cohort is measured against the other areas."""
        return self.case.model.choice(part, "target") == "catch_up"

    def _projection(self, positions: Array, lacking: Sequence[str]) -> Projection:
        """Some areas by themselves: their numbers, what they lack unknown, and benchmarks as all areas set them."""
        import numpy as np

        model = self.settled.model
        numbers = {key: value for key, value in model.numbers.items() if key not in lacking}
        numbers |= {key: value[positions] for key, value in numbers.items() if np.ndim(value)}
        first, columns = int(positions[0]), self.table.map.columns
        unknown = {one.key: figure_of(self.table, one, first) for one in columns if one.key in lacking}
        model = replace(model, numbers=numbers, figures={**model.figures, **unknown})
        return Projection(self.settled.on(model, lacking), Axis(len(positions)))

    def __getitem__(self, key: str) -> Array:
        """A quantity for every area. Raises KeyError for one that there is not."""
        import numpy as np

        values = np.full(len(self.table), np.nan)
        for group in self._asked:
            value = group.projection[key].value
            if value is not None:
                values[group.positions] = value
        return values

    @cached_property
    def _asked(self) -> list[Alike]:
        """The groups, each asked in one go for all that a row has."""
        for group in self.alike:
            group.projection.ask(self.keys)
        return self.alike

    def states(self, key: str) -> Iterator[tuple[Alike, State]]:
        """How far a quantity is known in each group of areas."""
        return ((group, group.projection[key].state) for group in self._asked)

    def leaves_out(self, key: str) -> Array:
        """Which areas know a quantity in part only, for want of a figure of their own."""
        import numpy as np

        found = np.zeros(len(self.table), dtype=bool)
        for group, state in self.states(key):
            found[group.positions] = bool(group.lacking) and state.status == Status.PARTIAL
        return found

    def total(self, key: str) -> Total:
        """A quantity's total over the areas where it is known."""
        return total_over(self[key], len(self.table))

    @cached_property
    def ends(self) -> Mapping[str, tuple[float, float]]:
        """The lowest and highest total of the yearly savings, by key, over all ends of the ranged figures."""
        keys = [key for key in self.keys if ".net_saving." in key]
        return totals_at_ends([group.projection for group in self.alike], keys)

    def reasons(self, position: int, lacking: Iterable[str]) -> dict[str, str]:
        """Why an area lacks figures, by their keys."""
        return {key: self.table.marks.get(key, {}).get(position, "missing from the table") for key in lacking}

    @cached_property
    def payers(self) -> list[str]:
        """The payers whose saving is known in some area."""
        return [payer for payer in PAYERS if self.total(f"{PORTFOLIO}.net_saving.{payer}").known]


def _by_payer(*names: str) -> list[str]:
    return [f"{name}.{payer}" for name in names for payer in PAYERS]


def _is_there(case: Case, key: str) -> bool:
    try:
        return case.plan.need(key).status != Status.NOT_APPLICABLE
    except KeyError:
        return False
