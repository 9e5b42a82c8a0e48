"""Tables as columns of text: numbers with their ends under each other and their marks after them, and bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carescale.problems import display_width
from carescale.report.blocks import Bar, Cell, Chart, Row, Table
from carescale.report.formats import number_text, text
from carescale.report.writers.clean import printable

_BARS = 30  # signs of the longest bar


@dataclass(frozen=True)
class Lined:
    """The texts of a table, numbers padded so that they line up whichever way their column is set."""

    kinds: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, position: int) -> list[str]:
        """The heading and what stands below it."""
        return [self.headings[position], *(row[position] for row in self.rows)]

    def may_fold(self, position: int) -> bool:
        """Whether a column's text may be broken over lines."""
        return self.kinds[position] == "words"


def lined_up(block: Table) -> Lined:
    """The texts of a table, in columns."""
    columns = [_column(block, position) for position in range(len(block.columns))]
    headings, *rows = zip(*columns, strict=True)
    return Lined(tuple(column.kind for column in block.columns), headings, tuple(rows))


def _column(block: Table, position: int) -> list[str]:
    column = block.columns[position]
    cells = [row.cells[position] for row in block.rows]
    if column.kind != "numbers":
        return [column.heading, *map(text, cells)]
    return _aligned(column.heading, cells)


def _aligned(heading: str, cells: Sequence[Cell]) -> list[str]:
    """Every line as wide as the widest: set right, with room for the longest marks behind."""
    marks = [cell.marks if not isinstance(cell, str) and not cell.absent else "" for cell in cells]
    numbers = [cell if isinstance(cell, str) else number_text(cell) for cell in cells]
    room = max(map(len, marks))
    width = max(len(line) for said in (heading, *numbers) for line in said.split("\n"))
    heads = "\n".join(f"{line.rjust(width)}{' ' * room}" for line in heading.split("\n"))
    return [heads, *(f"{said.rjust(width)}{mark.ljust(room)}" for said, mark in zip(numbers, marks, strict=True))]


def with_columns(block: Table, kept: Sequence[int]) -> Table:
    """Some columns of a table."""
    if len(kept) == len(block.columns):
        return block
    rows = tuple(Row(tuple(row.cells[i] for i in kept), row.kind) for row in block.rows)
    return Table(tuple(block.columns[i] for i in kept), rows, block.part)


def set_in(row: Row, texts: Sequence[str]) -> list[str]:
    """The texts of a row with a part's name set in."""
    return [f"  {texts[0]}" if row.kind == "part" else texts[0], *texts[1:]]


def bar_lines(chart: Chart) -> list[str]:
    """Bars of signs, each with the line that goes through it."""
    bars = [bar._replace(name=" ".join(printable(bar.name).split())) for bar in chart.bars]
    ends = [value for bar in bars for value in (bar.start, bar.end, bar.line) if value == value]
    scale = min(ends), max(ends)
    if any(bar.before or bar.after for bar in bars):
        return [line for bar in bars for line in _below_its_name(bar, bars, scale)]
    room = max(display_width(bar.name) for bar in bars)
    return [f"{_padded(bar.name, room)}  {_bar(bar, scale)}".rstrip() for bar in bars]


def _below_its_name(bar: Bar, bars: Sequence[Bar], scale: tuple[float, float]) -> tuple[str, str]:
    room = max(display_width(one.before) for one in bars)
    drawn = _padded(_bar(bar, scale), _BARS + 1)
    return bar.name, f"  {' ' * (room - display_width(bar.before))}{bar.before}  {drawn}  {bar.after}".rstrip()


def _padded(text: str, room: int) -> str:
    return f"{text}{' ' * (room - display_width(text))}"


def _bar(bar: Bar, scale: tuple[float, float]) -> str:
    low, high = scale
    first, last, mark = (
        round(_BARS * (value - low) / ((high - low) or 1.0)) if value == value else -1
        for value in (*sorted((bar.start, bar.end)), bar.line)
    )
    cells = ["█" if first <= i < max(last, first + (bar.start != 0)) else " " for i in range(_BARS + 1)]
    if mark >= 0:
        cells[mark] = "│"
    return "".join(cells).rstrip()
