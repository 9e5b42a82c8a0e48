"""The screen of `simulate` over a table: each area's interval and chance, and that of the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from carescale.analysis.grounds import Grounds
from carescale.analysis.simulate_areas import AreaChances, AreaSimulation, AreaSummary
from carescale.case import PORTFOLIO
from carescale.report import blocks
from carescale.report.blocks import (
    NOT_KNOWN,
    NOTHING,
    Block,
    Cell,
    Column,
    Headline,
    Line,
    Records,
    Row,
    Said,
    Screen,
    Table,
    Value,
    there,
)  # fmt: skip
from carescale.report.chances import chance_text, tenths
from carescale.report.formats import COMPACT_MONEY, number, written
from carescale.report.screens.headline import listed, plan_title, subtitle
from carescale.report.screens.simulate_notes import how, lies_of, reading_of
from carescale.report.words import payer_name
from carescale.uncertainty.summaries import Estimate, Summary

FORMAT = "carescale.simulation-of-areas/1"
COLUMNS = (
    "scenario", "code", "name", "key", "unit", "given", "p5", "median", "p95", "mean", "error_of_median", "above_zero",
    "broken_even_by_month_24", "broken_even_by_horizon", "status",
)  # fmt: skip
_TWO_YEARS = 24
_MOST_AREAS = 10


class AreasSimulated(Struct, frozen=True):
    """The blocks of a table, worked out when they are asked for."""

    simulation: AreaSimulation

    @property
    def grounds(self) -> Mapping[str, Grounds]:
        """What the intervals stand on, by quantity."""
        return self.simulation.grounds

    def summary(self, key: str) -> AreaSummary | None:
        """What the draws say of a quantity that bears an interval."""
        return self.simulation.summaries[key] if self.grounds[key].bears_an_interval else None

    def blocks(self, most: int | None = None) -> list[Block]:
        """Everything, or the areas with most at stake."""
        case = self.simulation.case
        small = Line((*subtitle(case).said, "\n", how(self.simulation.design, self.simulation.digest)))
        tables = there(*(self._table(key, most) for key in self.grounds))
        careful = blocks.notes("Read with care", self._cautions(), "notes")
        return [Headline((f"{plan_title(case)} → ", *listed(list(self._answers())))), small, *tables, *there(careful)]

    def _answers(self) -> Iterator[Said]:
        for key in self.simulation.keys:
            found, chances, month = self.simulation.summaries[key], self.chances(key), self.looked_at[0]
            low, high = (written(end.value, COMPACT_MONEY) for end in (found.total.low, found.total.high))
            middle = written(found.total.median.value, COMPACT_MONEY)
            known = f"{len(found.areas) - found.missing} of {len(found.areas)} areas"
            yield (f"{middle} a year ({self._whose(key)}), {low} to {high} in 9 of 10 draws, over {known}",)
            if chances:
                yield (f"{tenths(chances.total[month].value)} to have broken even together by month {month}",)
        for key, one in self.grounds.items():
            if not one.bears_an_interval:
                yield (f"no interval for the whole plan ({self._whose(key)}): {one.why_not}",)
        if not self.grounds:
            yield ("no saving is known",)

    def _whose(self, key: str) -> str:
        """For whom a saving is, and of which intervention where it is not that of the whole plan."""
        path, _, payer = key.partition(".net_saving.")
        title = "" if path == PORTFOLIO else f"{self.simulation.case.model.entities[path].title}, "
        return f"{title}{payer_name(payer)}"

    def chances(self, key: str) -> AreaChances | None:
        """The chances of break-even that go with a saving that bears an interval."""
        month = next((month for month, saving in self.simulation.months.items() if saving == key), "")
        return self.simulation.broken_even[month] if month and self.grounds[key].bears_an_interval else None

    @property
    def looked_at(self) -> list[int]:
        """The months by which chances of break-even are told: two years on, and the horizon."""
        horizon = self.simulation.case.horizon
        return [_TWO_YEARS, horizon] if horizon > _TWO_YEARS else [horizon]

    def _table(self, key: str, most: int | None) -> Table | None:
        found, table = self.summary(key), self.simulation.table
        if found is None:
            return None
        import numpy as np

        given = np.broadcast_to(self.simulation.given[key].value, (len(table),))
        order = sorted(range(len(table)), key=lambda at: -_size(found.areas[at]))
        shown = [at for at in order if most is None or found.areas[at]][:most]
        total, chances = self.simulation.total(key), self.chances(key)
        rows = [
            Row((str(table.names[at]), *_cells(float(given[at]), found.areas[at]),
                 *self._back(chances.areas[at] if chances else None)))
            for at in shown
        ]  # fmt: skip
        marks = "*" if total.missing else ""
        together = self._back(chances.total if chances else None)
        rows.append(Row(("Together", *_cells(total.value, found.total, marks), *together), "total"))
        ranged = f"{len(self.grounds[key].ranged)} of {len(self.grounds[key].moving)}"
        heading = f"Net saving a year\n({self._whose(key)}), ranges\non {ranged} figures"
        back = [f"Back by\nmonth {month}" if place == 0 else str(month) for place, month in enumerate(self.looked_at)]
        columns = [Column(heading, "words"), *map(Column, ("Given", "Median", "90% interval", "Above\n0", *back))]
        return blocks.table(columns, rows, "areas", keep_empty=True)

    def _back(self, chances: Sequence[Estimate] | None) -> Iterator[Cell]:
        for month in self.looked_at:
            yield chance_text(chances[month]) if chances else NOTHING

    def _cautions(self) -> Iterator[tuple[str, str]]:
        simulation = self.simulation
        for key in self.grounds:
            found = self.summary(key)
            if found and found.missing:
                yield "Left out *", f"{found.missing} areas whose saving is not known; the total is of the others"
        yield "Same draws", "each figure is drawn once for all areas, so their totals are as unsure as one of them"
        figures = [simulation.sampler.figures[name] for name in self._ranged]
        yield from (found for one in figures for found in lies_of(simulation.case, one))
        yield from reading_of(simulation.case, figures)
        yield "Not in it", "an area's own numbers and the benchmark, which have no range; what is not known"

    @property
    def _ranged(self) -> list[str]:
        return list(dict.fromkeys(name for found in self.grounds.values() for name in found.ranged))

    # --- as data ------------------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[Sequence[Any]]:
        """A row for each area and quantity, and one for the total."""
        import numpy as np

        table, scenario = self.simulation.table, self.simulation.case.scenario.name
        for key in self.grounds:
            found = self.summary(key)
            given = np.broadcast_to(self.simulation.given[key].value, (len(table),))
            named = [(str(code), str(name)) for code, name in zip(table.codes, table.names, strict=True)]
            chances, nothing = self.chances(key), (None,) * len(table)
            some, back = found.areas if found else nothing, chances.areas if chances else nothing
            for (code, name), value, area, by in zip(named, given, some, back, strict=True):
                yield (scenario, code, name, key, "GBP/year", *self._numbers(float(value), area, by))
            total, together = self.simulation.total(key), found.total if found else None
            by = chances.total if chances else None
            yield (scenario, "", "Together", key, "GBP/year", *self._numbers(total.value, together, by))

    def _numbers(self, given: float, found: Summary | None, back: Sequence[Estimate] | None) -> Iterator[Any]:
        yield number(given) if given == given else None
        if found is None:
            yield from (*(None,) * 8, "no interval" if given == given else "unknown")
            return
        yield from (number(one.value) for one in (found.low, found.median, found.high, found.mean))
        yield from (number(found.median.error), number(found.above_zero.value))
        horizon = self.simulation.case.horizon
        for month in (_TWO_YEARS, horizon):
            yield number(back[month].value) if back and month <= horizon else None
        yield "known"

    def _by_month(self) -> dict[str, Any]:
        """By key of a month of break-even: of all together, and of each area by its code, the chance by each month."""
        codes = [str(code) for code in self.simulation.table.codes]
        found = {}
        for month, saving in self.simulation.months.items():
            chances = self.chances(saving)
            if chances:
                named = {"together": chances.total, **dict(zip(codes, chances.areas, strict=True))}
                found[month] = {name: _by_month(some) for name, some in named.items() if some}
        return found

    def document(self) -> dict[str, Any]:
        """The same as JSON."""
        simulation = self.simulation
        return {
            "format": FORMAT,
            "seed": simulation.design.seed,
            "draws": simulation.design.draws,
            "inputs": simulation.digest,
            "no_interval_because": {key: one.why_not for key, one in self.grounds.items() if one.why_not},
            "break_even": self._by_month(),
            "areas": [dict(zip(COLUMNS, row, strict=True)) for row in self.rows()],
        }


def _size(found: Summary | None) -> float:
    return found.median.value if found else float("-inf")


def _cells(given: float, found: Summary | None, marks: str = "") -> Iterator[Cell]:
    if found is None:
        yield Value(absent=NOT_KNOWN)
        yield from (NOTHING,) * 3
        return
    yield Value(unit=COMPACT_MONEY, number=given, marks=marks)
    yield Value(unit=COMPACT_MONEY, number=found.median.value)
    yield Value(unit="GBP", low=found.low.value, high=found.high.value)
    yield chance_text(found.above_zero)


def _by_month(chances: Sequence[Estimate]) -> dict[str, Any]:
    return {str(month): number(chance.value) for month, chance in enumerate(chances) if month}


def areas_screen(simulation: AreaSimulation, *, everyone: bool = False) -> Screen:
    """Everything that `simulate` says of a table of areas."""
    shown = AreasSimulated(simulation)
    return Screen(
        blocks=lambda: shown.blocks(),
        first=lambda: shown.blocks(None if everyone else _MOST_AREAS),
        records=Records(COLUMNS, shown.rows),
        document=shown.document,
    )
