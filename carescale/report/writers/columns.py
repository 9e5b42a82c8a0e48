"""Tables as columns of text: numbers with their ends under each other and their marks after them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from carescale.report.blocks import Cell, Row, Table
from carescale.report.formats import number_text, text


class Lined(Struct, frozen=True):
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
