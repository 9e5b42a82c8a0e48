"""The workbook of many areas and several interventions: a row an area, added up by live formulas, with its sources.

Each area's numbers are values: the areas differ in what they know, so a formula for one would be wrong for another. The
live workbook of one of them is written with `--area`, that of one cohort by planning it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars

from carescale.analysis.together import AreasTogether
from carescale.report.blocks import Block, Headline, Line, Notes
from carescale.report.formats import sentence
from carescale.report.workbook.book import open_book, write_about
from carescale.report.workbook.sheet import Sheet, Styles
from carescale.report.workbook.sheets import write_sources
from carescale.report.workbook.text import column_letters

_WORDS = ("place", "scenario", "code", "name", "region", "status", "missing")
_FIXED = (
    (
        "Areas",
        "an area's numbers are values; totals are live. For a live workbook: --area NAME, or one cohort by itself",
    ),
)


def write_together_workbook(
    areas: AreasTogether, frame: polars.DataFrame, path: Path, command: str, shown: Sequence[Block]
) -> None:
    """Write every area with all that is planned for it, what the screen says of them, and the sources."""
    figures = [areas.case.figures[key] for key in areas.case.plan.behind(areas.keys) if key in areas.case.figures]
    citations = [column.citation for column in areas.table.map.columns if column.citation]
    with open_book(path, areas.case) as book:
        styles = Styles(book)
        _summary(Sheet(book, styles, "Summary", (28, 90)), shown)
        _areas(Sheet(book, styles, "Areas", [16] * len(frame.columns), wide=True), frame)
        write_sources(Sheet(book, styles, "Sources", (44, 60, 10, 60, 40), wide=True), figures, citations)
        write_about(Sheet(book, styles, "About", (28, 90)), areas.case, command, _FIXED)


def _summary(sheet: Sheet, shown: Sequence[Block]) -> None:
    for block in shown:
        match block:
            case Headline():
                sheet.texts([sentence(block.said)], "title")
            case Line() if not block.part:
                sheet.texts([sentence(block.said)], "small")
            case Notes():
                sheet.row += 1
                sheet.texts([block.title], "section")
                for label, said in block.items:
                    sheet.text(0, label, "wrapped")
                    sheet.spread(1, said, "wrapped", first=1)
                    sheet.row += 1


def _areas(sheet: Sheet, frame: polars.DataFrame) -> None:
    """A row an area; the totals above them are live, so that a filter or a change of a number is seen in them."""
    first, last = 4, 3 + len(frame)
    sheet.texts(["Every area, all that is planned together"], "title")
    sheet.texts([name.replace("_", " ") for name in frame.columns], "heading")
    sheet.text(0, "Together", "total")
    for column, name in enumerate(frame.columns):
        if name not in _WORDS and "month" not in name:
            letter = column_letters(column)
            cells = f"{letter}{first}:{letter}{last}"
            sheet.formula(column, f"SUM({cells})", float(frame[name].sum() or 0), "#,##0;−#,##0", "total")
    sheet.row += 1
    for row in frame.iter_rows():
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.text(column, value)
            elif value is not None:
                sheet.number(column, float(value), "#,##0;−#,##0")
        sheet.row += 1
    sheet.sheet.freeze_panes(3, 4)
    sheet.sheet.autofilter(1, 0, last - 1, len(frame.columns) - 1)
