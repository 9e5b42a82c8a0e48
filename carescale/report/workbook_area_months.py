"""The Area months sheet: for every area the months of every series, one block of columns a series."""

from __future__ import annotations

import numpy as np

from carescale.case import PORTFOLIO
from carescale.engine.registry import HORIZON
from carescale.problems import Position, Problem, Problems
from carescale.report.workbook_areas_layout import FIRST_AREA_ROW, FIRST_COLUMN, AreaLayout
from carescale.report.workbook_layout import FIRST_MONTH_ROW
from carescale.report.workbook_text import MOST_COLUMNS, cell_text, column_letters
from carescale.report.workbook_writer import Sheet

_MONEY = "#,##0;−#,##0"
_ROW = "\0"


def require_room(layout: AreaLayout) -> None:
    """Raise Problems where the months of every series are more columns than a sheet has."""
    series, horizon = len(layout.blocks), layout.areas.case.horizon
    room = MOST_COLUMNS - FIRST_COLUMN
    if series * (horizon + 1) > room:
        what = f"{horizon} months of {series} series are more columns than the {MOST_COLUMNS:,} of a sheet"
        hint = f"--set {PORTFOLIO}.{HORIZON}={room // series - 1} fits"
        raise Problems([Problem("bad-option", what, Position("--output"), hint)])


def write_area_months(sheet: Sheet, layout: AreaLayout) -> None:
    """Rows are those of the Areas sheet, so that a row is one area everywhere."""
    areas, months = layout.areas, layout.areas.case.horizon + 1
    says = (
        "Month 0 is the decision. A block of columns a series; where an area's figures are missing, so are its months."
    )
    sheet.texts(["Area months"], "title")
    sheet.texts([says], "small")
    titles = [cell_text(column.title) for column in layout.blocks.values()]
    for position, title in enumerate(titles):
        sheet.text(layout.block_start(position), title, "section")
    sheet.row += 1
    sheet.texts(["Code", "Area", *[f"month {month}" for _ in titles for month in range(months)]], "heading")
    sheet.sheet.freeze_panes(FIRST_AREA_ROW - 1, FIRST_COLUMN)
    parts, values = _formulas(layout), _values(layout)
    style = sheet.styles("plain", _MONEY)
    codes, names = [str(code) for code in areas.table.codes], [str(name) for name in areas.table.names]
    write = sheet.sheet.write_formula
    for position in range(len(areas.table)):
        row, at = str(sheet.row + 1), sheet.row
        sheet.text(0, codes[position])
        sheet.text(1, names[position])
        for column, (pieces, value) in enumerate(zip(parts, values[position], strict=True), FIRST_COLUMN):
            write(at, column, row.join(pieces), style, value if value == value else "#VALUE!")
        sheet.row += 1


def _formulas(layout: AreaLayout) -> list[list[str]]:
    """The formula of every column, cut where the row's number stands."""
    at = {key: column_letters(FIRST_COLUMN + i) for i, key in enumerate([*layout.given, *layout.derived])}
    starts = [layout.block_start(position) for position in range(len(layout.blocks))]
    found = []
    for column in layout.blocks.values():
        for month in range(layout.areas.case.horizon + 1):
            here = [column_letters(start + month) for start in starts]
            before = [column_letters(start + month - 1) for start in starts]
            text = column.later if month else column.first
            filled = text.format(c=at, h=here, b=before, m=FIRST_MONTH_ROW + month, r=_ROW)
            found.append(f"={filled}".split(_ROW))
    return found


def _values(layout: AreaLayout) -> list[list[float]]:
    """The values of every row, in the order of the columns."""
    count = len(layout.areas.table)
    columns = [np.broadcast_to(month, (count,)) for column in layout.blocks.values() for month in column.values]
    rows: list[list[float]] = np.stack(columns, axis=1).tolist()
    return rows
