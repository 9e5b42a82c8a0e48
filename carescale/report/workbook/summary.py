"""The Summary sheet: the blocks of the screen, with a live cell wherever the screen has a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from carescale.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Drawing,
    Heading,
    Headline,
    Line,
    Notes,
    Outline,
    Row,
    Said,
    Table,
    Value,
    table,
    values_in,
)  # fmt: skip
from carescale.report.formats import text
from carescale.report.screens.headline import plan_title
from carescale.report.workbook.formats import look, times
from carescale.report.workbook.layout import DIVIDED_BY_NOTHING, Layout
from carescale.report.workbook.sheet import Sheet
from carescale.report.workbook.text import NOT_KNOWN

_BROKEN_WORD = re.compile(r"-\s*\n\s*")
_LONGEST_WORDS = 250  # Excel takes 255 letters between quotation marks
_FEWEST_COLUMNS = 5  # that text is folded over, so that it can be read beside narrow tables
_ELSEWHERE = ("sources",)  # parts that have a sheet of their own


class Linked(Struct, frozen=True):
    """A value of the screen as a cell that follows the inputs."""

    value: Value
    layout: Layout

    def formula(self) -> str:
        """The cell that it stands for."""
        value = self.value
        if value.month is not None:
            return self.layout.cell_of_month(value.key, value.month)
        scale = times(value.unit)
        return f"{f'{scale}*' if scale != 1 else ''}{'-' if value.taken_off else ''}{self.layout.name(value.key)}"

    def computed(self) -> float | str:
        """The computed value of that cell."""
        if self.value.month is not None:
            month = self.layout.columns[self.value.key].values[self.value.month]
            return month if month == month else NOTHING
        found = self.layout.value(self.value.key)
        if isinstance(found, float):
            return times(self.value.unit) * (-found if self.value.taken_off else found)
        return NOTHING if found == DIVIDED_BY_NOTHING else found

    def words(self) -> str:
        """A formula for its text."""
        cell, shape = self.formula(), look(self.value.unit, None, self.value.marks)
        said = f"TEXT({cell},{_quoted(shape.code)})"
        for when, code in reversed(shape.rules):
            said = f"IF({when.format(cell)},TEXT({cell},{_quoted(code)}),{said})"
        return f'IFERROR({said},"{NOTHING}")'


class Summary(Struct, frozen=True):
    """The screen's blocks as a workbook can keep them: what would not follow its inputs is left out.

    Of several plans side by side each has a column of its own; what does not follow there is grey.
    """

    layouts: Sequence[Layout]
    blocks: Sequence[Block]

    @classmethod
    def of(cls, layouts: Sequence[Layout], shown: Sequence[Block]) -> Summary:
        """The blocks of a screen; every figure that they show is placed among the inputs."""
        kept = [found for block in shown if block.part not in _ELSEWHERE and (found := _kept(block)) is not None]
        summary = cls(layouts, kept)
        for column, value in _in_columns(kept):
            if linked := summary._linked(value, column):
                linked.layout.place(value.key)
        return summary

    def _linked(self, cell: Cell, column: int = 0) -> Linked | None:
        """A value as a cell of the plan that its column is of; None for words, and for what does not follow."""
        layout = self.layouts[max(column - 1, 0) if len(self.layouts) > 1 else 0]
        if not isinstance(cell, Value) or not cell.key or (cell.number is None and cell.low is not None):
            return None
        return Linked(cell, layout) if layout.plan.need(cell.key).usable else None

    @property
    def last(self) -> int:
        """The last column of the widest table, as far as which text is spread."""
        return max([_FEWEST_COLUMNS, *(len(block.columns) for block in self.blocks if isinstance(block, Table))]) - 1

    def write(self, sheet: Sheet) -> None:
        """Every block, one under the other."""
        sheet.texts([plan_title(self.layouts[0].projection.case)], "title")
        self.write_blocks(sheet)

    def write_blocks(self, sheet: Sheet) -> None:
        """What stands under the title."""
        for block in self.blocks:
            match block:
                case Line(said=said):
                    for line in _lines(said):
                        shown, formula = self._sentence(line)
                        sheet.spread(self.last, shown, "wrapped small", formula=formula)
                        sheet.row += 1
                case Table():
                    self._table(sheet, block)
                case Notes():
                    self._notes(sheet, block)
                case Outline(lines=lines):
                    for depth, words in lines:
                        sheet.texts(["  " * depth + words])

    def _table(self, sheet: Sheet, block: Table) -> None:
        sheet.row += 1
        for position, column in enumerate(block.columns):
            unfolded = " ".join(_BROKEN_WORD.sub("-", column.heading).split())
            sheet.text(position, unfolded, "right heading" if column.kind == "numbers" else "heading")
        sheet.row += 1
        for row in block.rows:
            self._row(sheet, block.columns, row)

    def _row(self, sheet: Sheet, columns: Sequence[Column], row: Row) -> None:
        for position, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            if column.kind == "numbers":
                self._cell(sheet, position, cell, "right total" if row.kind == "total" else "right")
            else:
                style = "wrapped" if row.kind == "plain" else row.kind
                sheet.text(position, " ".join(text(cell).split()), style)
        sheet.row += 1

    def _cell(self, sheet: Sheet, column: int, cell: Cell, style: str) -> None:
        linked = self._linked(cell, column)
        if linked is None:
            said = " ".join(text(cell).split()).replace("n/k", NOT_KNOWN)
            sheet.text(column, said, "still" if len(self.layouts) > 1 else style)
            return
        value, formula, shown = linked.computed(), linked.formula(), linked.value
        if shown.unit == "GBP":  # it has no number where it is never back, and words plus nought are an error
            value, formula = value if isinstance(value, float) else NOTHING, f"0+{formula}"
        formula = f'IFERROR({formula},"{NOTHING}")'
        sheet.shown(column, formula, value, look(shown.unit, value, shown.marks), style)

    def _sentence(self, said: Said) -> tuple[str, str]:
        """Words as they stand on the screen, and the formula that puts them together where numbers are among them."""
        parts = list[str]()
        for piece in said:
            if linked := self._linked(piece):
                parts.append(linked.words())
            else:
                words = text(piece)
                parts += [_quoted(words[at : at + _LONGEST_WORDS]) for at in range(0, len(words), _LONGEST_WORDS)]
        live = any(map(self._linked, said))
        return "".join(map(text, said)), "&".join(parts) if live else ""

    def _notes(self, sheet: Sheet, block: Notes) -> None:
        sheet.row += 1
        sheet.texts([f"{block.title} (as it was when this file was written)"], "section")
        for label, said in block.items:
            sheet.text(0, label, "wrapped")
            sheet.spread(self.last, said, "wrapped", first=1)
            sheet.row += 1


def _kept(block: Block) -> Block | None:
    """What a workbook can hold of a block: no headline, whose numbers are in the tables; no
    drawing, since its charts have a sheet of their own; nothing of another plan."""
    match block:
        case Headline() | Heading() | Drawing():
            return None
        case Line():
            return Line(block.instead or block.said, block.part)
        case Table():
            live = [position for position, column in enumerate(block.columns) if column.live]
            if len(live) == 1 < len(block.columns):
                return None
            rows = [Row(tuple(row.cells[i] for i in live), row.kind) for row in block.rows]
            return table([block.columns[i] for i in live], rows, block.part)
    return block


def _in_columns(blocks: Sequence[Block]) -> Iterator[tuple[int, Value]]:
    """Every value, with the column that it stands in."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from ((at, cell) for at, cell in enumerate(row.cells) if isinstance(cell, Value))
        else:
            yield from ((0, value) for value in values_in([block]))


def _lines(said: Said) -> list[Said]:
    """A text line by line."""
    lines: list[list[Cell]] = [[]]
    for piece in said:
        if isinstance(piece, Value):
            lines[-1].append(piece)
            continue
        first, *others = piece.split("\n")
        lines[-1].append(first)
        lines += [[other] for other in others]
    return [tuple(piece for piece in line if piece != "") for line in lines]


def _quoted(text: str) -> str:
    """Text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
