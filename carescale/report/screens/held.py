"""A report that was written before, held to the data it was made from: each printed number, and the digest."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.track import Track
from carescale.case import Case
from carescale.inputs.written_report import WrittenReport
from carescale.report import blocks
from carescale.report.blocks import Block, Cell, Column, Headline, Line, Records, Row, Screen, Table, Value
from carescale.report.formats import text
from carescale.report.screens.track import track_screen
from carescale.report.writers.clean import printable
from carescale.report.writers.data import data_text

COLUMNS = ("report", "table", "row", "column", "printed", "data", "held")
_OF_MONTH = re.compile(r", to .*\bmonth (\d+)$")
_KEYS = 5  # cells of a row of data that say what it is about


class Printed(Struct, frozen=True):
    """One number of a report: where it stands, what is printed there, and what the data say."""

    table: str
    row: str
    column: str
    printed: str
    data: str
    held: bool


class Held(Struct, frozen=True, dict=True):
    """A report beside a track of today."""

    report: WrittenReport
    track: Track

    @cached_property
    def numbers(self) -> tuple[Printed, ...]:
        """Every cell of the report that the data have, too."""
        return tuple(self._of_data() if self.report.is_data else self._of_tables())

    @property
    def differing(self) -> tuple[Printed, ...]:
        return tuple(one for one in self.numbers if not one.held)

    @property
    def passed(self) -> bool:
        """Whether there is something to hold, and all of it holds."""
        return bool(self.numbers) and not self.differing

    @property
    def same_data(self) -> bool:
        """Whether it names the digest of what was reported, as it is now."""
        actuals = self.track.actuals
        return actuals is None or actuals.digest in self.report.text

    def _of_tables(self) -> Iterator[Printed]:
        """The rows of the report's tables, each under the heading of a table that today's report has."""
        tables: dict[str, list[Table]] = {}  # several interventions have tables of one heading, in the plan's order
        for block in self._blocks():
            if isinstance(block, Table):
                tables.setdefault(_said(block.columns[0].heading), []).append(block)
        current: Table | None = None
        for cells in self.report.rows:
            label = str(cells[0]) if cells else ""
            if label in tables:
                current = tables[label].pop(0) if len(tables[label]) > 1 else tables[label][0]
            elif current is not None:
                yield from _row(current, label, cells[1:])

    def _blocks(self) -> Sequence[Block]:
        return track_screen(self.track).blocks()

    def _of_data(self) -> Iterator[Printed]:
        """The rows of CSV and JSON, by place, intervention, month, what and payer."""
        records = track_screen(self.track).records
        written = data_text if self.report.file.lower().endswith(".csv") else str  # as a spreadsheet may read it
        now = {tuple(written(_text(cell)) for cell in row[:_KEYS]): row[_KEYS:] for row in records.rows()}
        for cells in self.report.rows:
            key = tuple(map(str, cells[:_KEYS]))
            for column, printed, value in zip(records.columns[_KEYS:], cells[_KEYS:], now.get(key, ()), strict=False):
                if str(printed) or value is not None:
                    same = _same(str(printed), value)
                    yield Printed(key[1], f"{key[3]}, month {key[2]}", column, str(printed), _text(value), same)


def as_of(report: WrittenReport, case: Case) -> Case:
    """The case with what had been reported by the month that a report is of; all of it where the report says none."""
    if report.is_data:
        months = [int(str(row[2])) for row in report.rows if len(row) > 2 and str(row[2]).isdigit()]
        month = max(months, default=0)
    else:
        found = (_OF_MONTH.search(str(row[0])) for row in report.rows if row)
        month = next((int(one[1]) for one in found if one), 0)
    return replace(case, actuals=case.actuals.until(month)) if month and case.actuals else case


def _said(heading: str) -> str:
    return " ".join(printable(heading).split())


def _row(table: Table, label: str, cells: Sequence[str | float]) -> Iterator[Printed]:
    """The cells of a row that the table of today has under the same name."""
    row = next((row for row in table.rows if _said(text(row.cells[0])) == label), None)
    if row is None:
        return
    for column, cell, printed in zip(table.columns[1:], row.cells[1:], cells, strict=False):
        said = _said(text(cell))
        if said or printed != "":
            shown = f"{printed:.12g}" if isinstance(printed, float) else printed
            yield Printed(_said(table.columns[0].heading), label, _said(column.heading), shown, said,
                          _is(cell, said, printed))  # fmt: skip


def _is(cell: Cell, said: str, printed: str | float) -> bool:
    """Whether a printed cell is the one of today: as it is written, or in a workbook as the number itself."""
    if not isinstance(printed, float):
        return printed == said
    number = cell.number if isinstance(cell, Value) else None
    return number is not None and math.isclose(printed, number, rel_tol=1e-9, abs_tol=1e-9)


def _same(printed: str, value: Any) -> bool:
    if not isinstance(value, int | float):
        return printed == _text(value)
    try:
        return math.isclose(float(printed), value, rel_tol=1e-9, abs_tol=1e-9)
    except ValueError:
        return False


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def held_screen(held: Held) -> Screen:
    """How many numbers hold, and each that does not."""
    return Screen(blocks=lambda: _shown(held), records=Records(COLUMNS, lambda: _rows(held)))


def _shown(held: Held) -> list[Block]:
    mark = "✓" if held.passed else "✗"
    differ = f", {len(held.differing)} differ" if held.differing else ""
    count = len(held.numbers) - len(held.differing)
    said = f"{mark} {held.report.file} · {count} numbers of its tables as the data have them{differ}"
    found = held.differing
    shown = [Row((f"{one.table} · {one.row}", one.column, one.printed or "–", one.data or "–")) for one in found]
    columns = [Column("Row", "words"), Column("Column", "words"), Column("Printed"), Column("Data")]
    unread = (
        None if held.report.is_data else Line(("its sentences, pictures and rows of other names were not looked at",))
    )
    return [Headline((said,)), *blocks.there(unread, _digest(held), blocks.table(columns, shown, keep_empty=True))]


def _digest(held: Held) -> Line | None:
    if not held.numbers:
        return Line(("no table of it is one that `carescale track` writes for this file",))
    if held.same_data or (held.report.is_data and held.passed):
        return None
    return Line(("it does not name the digest of the data as they are now: they have moved on since, or were changed",))


def _rows(held: Held) -> Iterator[Sequence[Any]]:
    for one in held.numbers:
        yield held.report.file, one.table, one.row, one.column, one.printed, one.data, one.held
