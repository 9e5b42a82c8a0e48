"""A screen as a workbook of values: its tables as they are shown, each number at full precision with its format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from carescale.case import Case
from carescale.charts.picture import Lines
from carescale.report.blocks import Block, Cell, Drawing, Headline, Line, Notes, Table, Value
from carescale.report.formats import sentence, text
from carescale.report.workbook.book import open_book, write_about
from carescale.report.workbook.formats import number_format
from carescale.report.workbook.sheet import Sheet, Styles

_WIDTHS = (48, *[22] * 12)


def write_plain_workbook(
    case: Case, name: str, path: Path, command: str, shown: Sequence[Block], *, values: str
) -> None:
    """Write what a screen shows on a sheet of that name, and how it was made; `values` says why it is not live."""
    with open_book(path, case) as book:
        styles = Styles(book)
        sheet = Sheet(book, styles, name, _WIDTHS, wide=True)
        for block in shown:
            _write(sheet, block)
        fixed = (("Values", values),)
        write_about(Sheet(book, styles, "About", (28, 90)), case, command, fixed)


def _write(sheet: Sheet, block: Block) -> None:
    match block:
        case Headline():
            sheet.texts([sentence(block.said)], "title")
        case Line():
            sheet.texts([sentence(block.said)], "small")
        case Drawing() if block.picture.rows:
            _table_behind(sheet, block)
        case Notes():
            sheet.row += 1
            sheet.texts([block.title], "section")
            for label, said in block.items:
                sheet.texts([label, said])
        case Table():
            sheet.row += 1
            sheet.texts([" ".join(column.heading.split()) for column in block.columns], "heading")
            for row in block.rows:
                for column, cell in enumerate(row.cells):
                    _cell(sheet, column, cell)
                sheet.row += 1


def _table_behind(sheet: Sheet, block: Drawing) -> None:
    """The numbers that a picture is drawn from."""
    sheet.row += 1
    sheet.texts([block.picture.what], "section")
    sheet.texts(block.picture.headings, "heading")
    plot = block.picture.plot
    if not isinstance(plot, Lines):
        for row in block.picture.rows:
            sheet.texts(row)
        return
    for month, values in enumerate(zip(*(series.values for series in plot.series), strict=True)):
        sheet.number(0, month, "0")
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.number(column, value, "#,##0.0")
        sheet.row += 1


def _cell(sheet: Sheet, column: int, cell: Cell) -> None:
    """A known number as a number; what is not known, a range or words as text."""
    if isinstance(cell, Value) and cell.number is not None and cell.number == cell.number and cell.unit != "month":
        sheet.number(column, cell.number, number_format(cell.unit))
    elif text(cell):
        sheet.text(column, text(cell), "plain" if column == 0 else "right")
