"""The screen of `simulate` over a table: each area's interval and chance, and that of the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from carescale.analysis.grounds import Grounds, grounds
from carescale.analysis.simulate_areas import AreaSimulation, AreaSummary
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
from carescale.report.chances import chance_text
from carescale.report.formats import COMPACT_MONEY, number, written
from carescale.report.screens.headline import listed, plan_title, subtitle
from carescale.report.screens.simulate_notes import how, lies_of, reading_of
from carescale.report.words import payer_name
from carescale.uncertainty.summaries import Summary

FORMAT = "carescale.simulation-of-areas/1"
COLUMNS = (
    "scenario", "code", "name", "key", "unit", "given", "p5", "median", "p95", "mean", "error_of_median", "above_zero",
    "status",
)  # fmt: skip
_MOST_AREAS = 10


@dataclass(frozen=True)
class AreasSimulated:
    """The blocks of a table, worked out when they are asked for."""

    simulation: AreaSimulation

    @cached_property
    def grounds(self) -> dict[str, Grounds]:
        """What the intervals stand on, by quantity: for every area the same."""
        largest = self.simulation.largest()
        whole = largest.case.model.entities[PORTFOLIO]
        payers = [key.rpartition(".")[2] for key in self.simulation.keys]
        return grounds(largest, [(whole, "net_saving", payer) for payer in payers])

    def summary(self, key: str) -> AreaSummary | None:
        """What the draws say of a quantity that bears an interval."""
        return self.simulation.summaries[key] if self.grounds[key].bears_an_interval else None

    def blocks(self, most: int | None = None) -> list[Block]:
        """Everything, or the areas with most at stake."""
        case = self.simulation.case
        small = Line((*subtitle(case).said, "\n", how(self.simulation.design, self.simulation.digest)))
        tables = there(*(self._table(key, most) for key in self.simulation.keys))
        careful = blocks.notes("Read with care", self._cautions(), "notes")
        return [Headline((f"{plan_title(case)} → ", *listed(list(self._answers())))), small, *tables, *there(careful)]

    def _answers(self) -> Iterator[Said]:
        for key in self.simulation.keys:
            found, payer = self.summary(key), payer_name(key.rpartition(".")[2])
            if found is None:
                yield (f"no interval for the saving of {payer}: {self.grounds[key].why_not}",)
                continue
            low, high = (written(end.value, COMPACT_MONEY) for end in (found.total.low, found.total.high))
            middle = written(found.total.median.value, COMPACT_MONEY)
            known = f"{len(found.areas) - found.missing} of {len(found.areas)} areas"
            yield (f"{middle} a year ({payer}), {low} to {high} in 9 of 10 draws, over {known}",)
        if not self.simulation.keys:
            yield ("no saving is known",)

    def _table(self, key: str, most: int | None) -> Table | None:
        found, table = self.summary(key), self.simulation.table
        if found is None:
            return None
        import numpy as np

        given = np.broadcast_to(self.simulation.given[key].value, (len(table),))
        order = sorted(range(len(table)), key=lambda at: -_size(found.areas[at]))
        shown = [at for at in order if most is None or found.areas[at]][:most]
        rows = [Row((str(table.names[at]), *_cells(float(given[at]), found.areas[at]))) for at in shown]
        total = self.simulation.total(key)
        rows.append(Row(("Together", *_cells(total.value, found.total, "*" if total.missing else "")), "total"))
        ranged = f"ranges on {len(self.grounds[key].ranged)} of {len(self.grounds[key].moving)}"
        heading = f"Net saving a year ({payer_name(key.rpartition('.')[2])})\n{ranged} figures that move it"
        columns = [Column(heading, "words"), *map(Column, ("Given", "Median", "90% interval", "Above\n0"))]
        return blocks.table(columns, rows, "areas", keep_empty=True)

    def _cautions(self) -> Iterator[tuple[str, str]]:
        simulation = self.simulation
        for key in simulation.keys:
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
        for key in self.simulation.keys:
            found = self.summary(key)
            given = np.broadcast_to(self.simulation.given[key].value, (len(table),))
            named = [(str(code), str(name)) for code, name in zip(table.codes, table.names, strict=True)]
            some = found.areas if found else (None,) * len(table)
            for (code, name), value, area in zip(named, given, some, strict=True):
                yield (scenario, code, name, key, "GBP/year", *_numbers(float(value), area))
            total = self.simulation.total(key)
            yield (scenario, "", "Together", key, "GBP/year", *_numbers(total.value, found.total if found else None))

    def document(self) -> dict[str, Any]:
        """The same as JSON."""
        simulation = self.simulation
        return {
            "format": FORMAT,
            "seed": simulation.design.seed,
            "draws": simulation.design.draws,
            "inputs": simulation.digest,
            "no_interval_because": {key: one.why_not for key, one in self.grounds.items() if one.why_not},
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


def _numbers(given: float, found: Summary | None) -> Iterator[Any]:
    yield number(given) if given == given else None
    if found is None:
        yield from (*(None,) * 6, "no interval" if given == given else "unknown")
        return
    yield from (number(one.value) for one in (found.low, found.median, found.high, found.mean))
    yield from (number(found.median.error), number(found.above_zero.value), "known")


def areas_screen(simulation: AreaSimulation, *, everyone: bool = False) -> Screen:
    """Everything that `simulate` says of a table of areas."""
    shown = AreasSimulated(simulation)
    return Screen(
        blocks=lambda: shown.blocks(),
        first=lambda: shown.blocks(None if everyone else _MOST_AREAS),
        records=Records(COLUMNS, shown.rows),
        document=shown.document,
    )
