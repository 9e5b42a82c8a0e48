"""Simulate every area of a table: the same draws of the uncertain figures for all of them, and for their total."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct

from carescale.analysis.common_draws import CommonDraws, common_draws
from carescale.analysis.grounds import Grounds, grounds
from carescale.analysis.one_area import one_area
from carescale.analysis.projection import Projection
from carescale.analysis.simulate import APPRAISED, Simulation, digest_of
from carescale.analysis.uncertain import Sampler, sampler
from carescale.area_table import AreaTable
from carescale.case import PORTFOLIO, Case
from carescale.engine.arrays import over_months
from carescale.engine.over_areas import Total
from carescale.formulas.vocabulary import PAYERS
from carescale.problems import Position, Problem, Problems
from carescale.uncertainty.points import DRAWS, Design, design
from carescale.uncertainty.summaries import Estimate, Summary, chances_by_month, summarised

Array = Any
MOST_DRAWS = 1 << 18  # of a table: what has come in by each month is held for every draw
_HELD = 1 << 23  # values of areas that are held at a time
_TOGETHER, _PART = 8, 6_144  # areas and draws, at most, that are worked out at once: they stay in the cache


class AreaSummary(Struct, frozen=True):
    """What the draws say of one quantity: of each area, None where it is not known, and of the total of those known."""

    areas: tuple[Summary | None, ...]
    total: Summary
    missing: int


class AreaChances(Struct, frozen=True):
    """The chance of having broken even by each month, from 0 to the horizon: of each area, None where it is not known
    or nothing is planned, and of all those together whose saving is known.
    """

    areas: tuple[tuple[Estimate, ...] | None, ...]
    total: tuple[Estimate, ...]


class _Totals:
    """Sums over areas, draw by draw: of the savings, and of what has come in by each month."""

    def __init__(self, keys: Sequence[str], months: Mapping[str, str], draws: int, horizon: int) -> None:
        self.values = {key: np.zeros(draws) for key in keys}
        self.savings = months
        self.running = {key: np.zeros((horizon + 1, draws)) for key in months}

    def add(self, found: Mapping[str, Any], values: Mapping[str, Array], part: slice) -> None:
        """Add a few areas' draws, or what part of them there is; what is not known is left out."""
        known = {key: ~np.isnan(values[key]).any(axis=1) for key in self.values}
        for key, total in self.values.items():
            total[part] += values[key][known[key]].sum(axis=0)
        for key, running in self.running.items():
            rows = known[self.savings[key]]
            for month, value in enumerate(found[_running(key)]):
                spread = np.broadcast_to(value, (len(rows), running[month, part].size))
                running[month, part] += (spread if rows.all() else spread[rows]).sum(axis=0)

    def months_back(self) -> dict[str, Array]:
        """The month from which all of it together stays at or above nothing."""
        return {key: over_months("first_month", running) for key, running in self.running.items()}


def _running(month_key: str) -> str:
    return month_key.replace("break_even_month", "cumulative_net_saving")


class AreaSimulation(Struct, frozen=True, dict=True):
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
    def grounds(self) -> Mapping[str, Grounds]:
        """What the interval of a yearly net saving stands on, for every area the same: of the plan, for each payer for
        whom it is known, and where that bears none, of the interventions that do.
        """
        model = self.case.model
        whole = [(model.entities[PORTFOLIO], "net_saving", payer) for payer in self._payers(PORTFOLIO)]
        found = grounds(self.largest, whole) if whole else {}
        without = [payer for key, (*_, payer) in zip(found, whole, strict=True) if not found[key].bears_an_interval]
        parts = [(one, "net_saving", payer) for payer in without for one in self.case.interventions
                 if payer in self._payers(one.path)]  # fmt: skip
        bearing = {key: one for key, one in grounds(self.largest, parts).items() if one.bears_an_interval}
        return {**found, **(bearing if len(self.case.interventions) > 1 else {})}

    @cached_property
    def keys(self) -> list[str]:
        """The yearly net savings that bear an interval."""
        return [key for key, one in self.grounds.items() if one.bears_an_interval]

    def _payers(self, path: str) -> list[str]:
        return [payer for payer in PAYERS if self.case.plan.need(f"{path}.net_saving.{payer}").usable]

    def total(self, key: str) -> Total:
        """A quantity's total over the areas, at the values given."""
        return self.given.total(key)

    @cached_property
    def largest(self) -> Simulation:
        """The area with the most at stake, by itself: what its intervals stand on, all the others' do."""
        key = f"{PORTFOLIO}.net_saving.{self._payers(PORTFOLIO)[0]}"
        values = np.abs(np.broadcast_to(self.given[key].value, (len(self.table),)))
        if np.isnan(values).all():
            message = "no area of this table has a net saving that is known, so there is nothing to draw"
            raise Problems([Problem("bad-option", message, Position(self.case.file), "`carescale read FILE` says why")])
        code = str(self.table.codes[int(np.nanargmax(values))])
        return Simulation(one_area(self.case, code).assuming(choices=APPRAISED), self.design)

    @cached_property
    def summaries(self) -> Mapping[str, AreaSummary]:
        """What the draws say, by quantity."""
        return self._told[0]

    @cached_property
    def broken_even(self) -> Mapping[str, AreaChances]:
        """By month of break-even: the chance that it has come, in each area and in all together."""
        return self._told[1]

    @cached_property
    def _told(self) -> tuple[dict[str, AreaSummary], dict[str, AreaChances]]:
        slices, horizon = self.design.slices, self.case.horizon
        areas: dict[str, list[Any]] = {key: [] for key in [*self.keys, *self.months]}
        totals = _Totals(self.keys, self.months, self.design.draws, horizon)
        for values in self._each_area(totals):
            for key in self.keys:
                known = not np.isnan(values[key]).any()
                areas[key].append(summarised(values[key], slices) if known else None)
            for key, saving in self.months.items():
                moves = (
                    areas[saving][-1] is not None and values[saving].any()
                )  # where nothing is planned nothing is due
                areas[key].append(chances_by_month(values[key], horizon, slices) if moves else None)
        return {
            key: AreaSummary(tuple(areas[key]), summarised(totals.values[key], slices), areas[key].count(None))
            for key in self.keys
        }, {
            key: AreaChances(tuple(areas[key]), chances_by_month(months, horizon, slices))
            for key, months in totals.months_back().items()
        }

    @cached_property
    def months(self) -> Mapping[str, str]:
        """The months of break-even of the plan that are known, each with the saving of the same payer."""
        found = {key.replace("net_saving", "break_even_month"): key for key in self.keys}
        return {month: saving for month, saving in found.items() if self.case.plan.need(month).usable}

    def _each_area(self, totals: _Totals) -> Iterator[dict[str, Array]]:
        """The draws of the quantities, an area at a time; added up meanwhile."""
        sums, draws, count = self._sums(), self.design.draws, len(self.table)
        held = max(_TOGETHER, _HELD // draws // _TOGETHER * _TOGETHER)
        size = -(-draws // -(-draws // _PART))  # of parts of about one size
        for first in range(0, count, held):
            here = min(held, count - first)
            values = {key: np.empty((here, draws)) for key in sums.wanted}
            for start in range(0, draws, size):
                part = slice(start, start + size)
                common = sums.along(part)
                for place in range(0, here, _TOGETHER):
                    some = slice(place, min(place + _TOGETHER, here))
                    found = sums.areas(slice(first + some.start, first + some.stop), common)
                    for key, kept in values.items():
                        kept[some, part] = found[key]
                    totals.add(found, {key: kept[some, part] for key, kept in values.items()}, part)
            yield from ({key: kept[place] for key, kept in values.items()} for place in range(here))

    def _sums(self) -> CommonDraws:
        wanted, running = [*self.keys, *self.months], [_running(key) for key in self.months]
        peers = self.given.axis.peers if self.given.axis else None
        numbers, plan = self.given.numbers, self.case.plan
        return common_draws(plan, wanted, running, numbers, self.drawn, self.case.horizon, peers)

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
