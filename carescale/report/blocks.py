"""What a screen is made of, before anyone decides how it looks: lines, tables and notes. Cells are plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Headline:
    """The answer in a sentence."""

    text: str


@dataclass(frozen=True)
class Line:
    """A line of small print."""

    text: str


@dataclass(frozen=True)
class Row:
    """A row of a table. `kind` is plain, section (a heading among the rows), part (indented) or total."""

    cells: tuple[str, ...]
    kind: str = "plain"

    @property
    def indented(self) -> tuple[str, ...]:
        """The cells with a part's name set in."""
        return (f"  {self.cells[0]}", *self.cells[1:]) if self.kind == "part" else self.cells


@dataclass(frozen=True)
class Table:
    """A table: the first column is names, the others are numbers, set right, unless `words` counts them otherwise.

    Words may be folded over several lines; numbers, and the columns of `whole`, such as names to type, never are.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    words: tuple[int, ...] = (0,)  # the columns that hold words
    whole: tuple[int, ...] = ()

    def may_fold(self, position: int) -> bool:
        """Whether a column's text may be broken over lines."""
        return position in self.words and position not in self.whole


@dataclass(frozen=True)
class Notes:
    """Labelled remarks under a heading."""

    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outline:
    """Lines set in by depth."""

    lines: tuple[tuple[int, str], ...]


Block = Headline | Line | Table | Notes | Outline
Screen = Sequence[Block]


def table(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Row],
    *,
    words: Sequence[int] = (0,),
    whole: Sequence[int] = (),
    keep_empty: bool = False,
) -> Table | None:
    """A table without the columns that are empty in every row, unless they are to be kept; None without rows."""
    if not rows:
        return None
    empty = [i for i in range(1, len(headings)) if all(row.cells[i] in ("", "–") for row in rows)]
    kept = [i for i in range(len(headings)) if keep_empty or i not in empty]
    columns = [[headings[i], *(row.cells[i] for row in rows)] for i in kept]
    columns = [column if i in words else _aligned(column) for i, column in zip(kept, columns, strict=True)]
    body = tuple(Row(cells, row.kind) for row, cells in zip(rows, list(zip(*columns, strict=True))[1:], strict=True))
    numbered = [tuple(kept.index(i) for i in some if i in kept) for some in (words, whole)]
    return Table(title, tuple(column[0] for column in columns), body, *numbered)


MARKS = "*†‡°"


def _aligned(column: Sequence[str]) -> list[str]:
    """A column of numbers with their ends under each other and their marks after them, heading included."""
    marks = max(len(cell) - len(cell.rstrip(MARKS)) for cell in column)
    numbers = [(line.rstrip(MARKS), line[len(line.rstrip(MARKS)) :]) for cell in column for line in cell.split("\n")]
    width = max(len(number) for number, _ in numbers)

    def align(line: str) -> str:
        number = line.rstrip(MARKS)
        return number.rjust(width) + line[len(number) :].ljust(marks)

    return ["\n".join(align(line) for line in cell.split("\n")) for cell in column]
