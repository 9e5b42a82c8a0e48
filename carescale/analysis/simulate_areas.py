"""Simulate every area of a table: the same draws of the uncertain figures for all of them, and for their total."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from carescale.analysis.one_area import one_area
from carescale.analysis.projection import Projection
from carescale.analysis.simulate import APPRAISED, Simulation, digest_of
from carescale.analysis.uncertain import Sampler, sampler
from carescale.area_table import AreaTable
from carescale.case import PORTFOLIO, Case
from carescale.engine.arrays import ARRAYS
from carescale.engine.evaluate import compile_plan
from carescale.engine.over_areas import CHUNK, Total, across_areas
from carescale.formulas.vocabulary import PAYERS
from carescale.uncertainty.points import DRAWS, Design, design
from carescale.uncertainty.summaries import Summary, summarised

Array = Any


@dataclass(frozen=True)
class AreaSummary:
    """What the draws say of one quantity: of each area, None where it is not known, and of the total of those known."""

    areas: tuple[Summary | None, ...]
    total: Summary
    missing: int


@dataclass(frozen=True)
class AreaSimulation:
    """A table of areas over draws of its uncertain figures. An area's own numbers and the benchmark are not drawn."""

    case: Case
    design: Design

    @property
    def table(self) -> AreaTable:
        """The areas."""
        assert self.case.areas is not None
        return self.case.areas

    @cached_property
    def sampler(self) -> Sampler:
        """Its uncertain figures, and how they are drawn."""
        return sampler(self.case)

    @cached_property
    def given(self) -> Projection:
        """The same table at the values given."""
        return Projection(self.case)

    @cached_property
    def keys(self) -> list[str]:
        """The yearly net saving of the plan, for each payer for whom it is known."""
        keys = [f"{PORTFOLIO}.net_saving.{payer}" for payer in PAYERS]
        return [key for key in keys if self.case.plan.need(key).usable]

    def total(self, key: str) -> Total:
        """A quantity's total over the areas, at the values given."""
        return self.given.total(key)

    def largest(self) -> Simulation:
        """The area with the most at stake, by itself: what its intervals stand on, all the others' do."""
        import numpy as np

        values = np.abs(np.broadcast_to(self.given[self.keys[0]].value, (len(self.table),)))
        code = str(self.table.codes[int(np.nanargmax(values))])
        return Simulation(one_area(self.case, code).assuming(choices=APPRAISED), self.design)

    @cached_property
    def summaries(self) -> Mapping[str, AreaSummary]:
        """What the draws say, by quantity."""
        import numpy as np

        found: dict[str, list[Summary | None]] = {key: [] for key in self.keys}
        totals = {key: np.zeros(self.design.draws) for key in self.keys}
        for values in self._each_area():
            for key, value in values.items():
                known = not np.isnan(value).any()
                found[key].append(summarised(value, self.design.slices) if known else None)
                if known:
                    totals[key] += value
        return {
            key: AreaSummary(tuple(areas), summarised(totals[key], self.design.slices), areas.count(None))
            for key, areas in found.items()
        }

    def _each_area(self) -> Iterator[dict[str, Array]]:
        """The draws of the quantities, an area at a time."""
        import numpy as np

        numbers, peers = self.given.numbers, self.given.axis.peers if self.given.axis else None
        settled = across_areas(self.case.plan, self.keys, numbers, peers)
        plan = self.case.plan.assuming(settled) if settled else self.case.plan
        program = compile_plan(plan, self.keys, ARRAYS)
        given = {**numbers, **settled}
        own = {key: given[key] for key in program.inputs if np.ndim(given[key])}
        drawn = {key: values for key, values in self.drawn.items() if key in program.inputs and key not in own}
        shared = {key: given[key] for key in program.inputs if key not in own and key not in drawn}
        for position in range(len(self.table)):
            mine = {**shared, **{key: float(values[position]) for key, values in own.items()}}
            yield self._area(program, mine, drawn)

    def _area(self, program: Any, numbers: Mapping[str, float], drawn: Mapping[str, Array]) -> dict[str, Array]:
        import numpy as np

        found = {key: np.empty(self.design.draws) for key in self.keys}
        for start in range(0, self.design.draws, CHUNK):
            part = slice(start, start + CHUNK)
            values = program.run({**numbers, **{key: value[part] for key, value in drawn.items()}}, self.case.horizon)
            for key, kept in found.items():
                kept[part] = values[key]
        return found

    @cached_property
    def drawn(self) -> Mapping[str, Array]:
        """The draws of each uncertain figure, by key."""
        return self.sampler.drawn(self.design)

    @cached_property
    def digest(self) -> str:
        """Eight letters that stand for all that the draws rest on, the areas' own numbers too."""
        figures = self.table.figures.items()
        told = b"".join(key.encode() + values.tobytes() for key, values in figures) + digest_of(self.case).encode()
        return hashlib.blake2b(told, digest_size=4).hexdigest()


def simulate_areas(case: Case, draws: int = DRAWS, seed: int = 0) -> AreaSimulation:
    """Simulate a table of areas: at least so many draws, the same for the same seed."""
    return AreaSimulation(case, design(draws, seed))
