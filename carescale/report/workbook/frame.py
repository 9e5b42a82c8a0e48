"""A table of many rows as a workbook of values: a heading a column, which stays in view and can be filtered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from carescale.case import Case
from carescale.report.workbook.book import open_book, write_about
from carescale.report.workbook.formats import number_format
from carescale.report.workbook.sheet import Sheet, Styles

if TYPE_CHECKING:
    import polars

_WIDTH = 16
_VALUES = ("Values", "these do not follow an input that is changed; the workbook of one area (--area) does")


def write_frame_workbook(case: Case, name: str, frame: polars.DataFrame, path: Path, command: str) -> None:
    """Write a frame on a sheet of that name, pounds as numbers, and how it was made."""
    with open_book(path, case) as book:
        styles = Styles(book)
        sheet = Sheet(book, styles, name, [_WIDTH] * frame.width, wide=True)
        sheet.heading(name, (), [heading.replace("_", " ") for heading in frame.columns])
        first = sheet.row - 1
        for row in frame.iter_rows():
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.number(column, value, number_format("GBP"))
                elif value is not None:
                    sheet.text(column, str(value))
            sheet.row += 1
        sheet.sheet.autofilter(first, 0, sheet.row - 1, frame.width - 1)
        write_about(Sheet(book, styles, "About", (28, 90)), case, command, (_VALUES,))
