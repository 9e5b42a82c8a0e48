"""The workbook of many areas: one row an area, live, with a benchmark that can be switched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from carescale.analysis.areas import AreaProjection
from carescale.analysis.projection import project
from carescale.case import PORTFOLIO
from carescale.engine.excel import BEYOND
from carescale.engine.registry import HORIZON
from carescale.formulas.vocabulary import CHOICES
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Block, Line, Notes
from carescale.report.formats import sentence
from carescale.report.screens.headline import plan_title
from carescale.report.words import name_of
from carescale.report.workbook.areas_layout import COUNTING, FIRST_AREA_ROW, FIRST_COLUMN, AreaLayout
from carescale.report.workbook.book import define_names, open_book, write_about
from carescale.report.workbook.formats import number_format
from carescale.report.workbook.layout import FIRST_MONTH_ROW
from carescale.report.workbook.sheet import Sheet, Styles
from carescale.report.workbook.sheets import write_inputs, write_months, write_results, write_sources
from carescale.report.workbook.text import MOST_COLUMNS, NOT_KNOWN, cell_text, column_letters

_MONEY = "#,##0;−#,##0"
_ROW = "\0"
_FIXED = (
    ("Peers", "where areas have peers of their own, and for intervals of rates, the column is fixed and grey"),
    ("Areas", "which areas there are, and the fewest eligible people of a benchmark's areas, may be changed as inputs"),
)


def write_areas_workbook(areas: AreaProjection, path: Path, command: str, shown: Sequence[Block]) -> None:
    """Write the workbook of one cohort over many areas, with what the screen says of them.

    Raises Problems where its months do not fit a sheet.
    """
    layout = AreaLayout(project(areas.case), areas=areas)
    require_room(layout)
    columns = [*layout.given, *layout.derived]
    with open_book(path, areas.case) as book:
        styles = Styles(book)
        _summary(Sheet(book, styles, "Summary", (44, 22, 22, 60), wide=True), layout, shown)
        _areas(Sheet(book, styles, "Areas", (12, 28, *[16] * len(columns)), wide=True), layout)
        addresses = write_inputs(
            Sheet(book, styles, "Inputs", (60, 16, 18, 10, 12, 12, 44, 44, 44, 60), wide=True), layout
        )
        scalars = list(layout.formulas)
        addresses |= write_results(Sheet(book, styles, "Results", (60, 18, 18, 20, 60, 60), wide=True), layout, scalars)
        if layout.columns:
            addresses |= write_months(
                Sheet(book, styles, "Months", (8, *[18] * len(layout.columns)), wide=True), layout
            )
        if layout.blocks:
            write_area_months(Sheet(book, styles, "Area months", (12, 28), wide=True), layout)
        figures = [areas.case.figures[key] for key in layout.inputs if key in areas.case.figures]
        citations = [column.citation for column in areas.table.map.columns if column.citation]
        write_sources(Sheet(book, styles, "Sources", (44, 60, 10, 60, 40), wide=True), figures, citations)
        write_about(Sheet(book, styles, "About", (28, 90)), areas.case, command, _FIXED)
        define_names(book, layout, addresses)


def letters(layout: AreaLayout) -> dict[str, str]:
    """The column of every single value of an area."""
    return {key: column_letters(FIRST_COLUMN + i) for i, key in enumerate([*layout.given, *layout.derived])}


def _summary(sheet: Sheet, layout: AreaLayout, shown: Sequence[Block]) -> None:
    """What the screen says, with a switch of the benchmark, every benchmark's rate, and totals over the areas, live."""
    areas, at = layout.areas, letters(layout)
    sheet.texts([plan_title(areas.case)], "title")
    for block in shown:
        if isinstance(block, Line) and not block.part:
            for line in sentence(block.said).split("\n"):
                sheet.texts([line], "small")
    if layout.benchmarks:
        _benchmarks(sheet, layout, at)
    sheet.row += 1
    sheet.texts(["Over the areas that are known", "Total", "Areas known"], "heading")
    first, last = layout.area_rows
    for key in _totalled(layout):
        cells = f"Areas!${at[key]}${first}:${at[key]}${last}"
        values = np.broadcast_to(layout.found[key], (len(areas.table),))
        known = values[np.isfinite(values)]
        sheet.text(0, name_of(areas.case, key))
        sheet.formula(1, f"SUM({cells})", float(known.sum()), _format(layout, key))
        sheet.formula(2, f"COUNT({cells})", len(known), "0")
        sheet.row += 1
    for block in shown:
        if isinstance(block, Notes) and block.part == "notes":
            sheet.row += 1
            sheet.texts([f"{block.title} (as it was when this file was written)"], "section")
            for label, said in block.items:
                sheet.texts([label, said])


def _totalled(layout: AreaLayout) -> Iterator[str]:
    """What may be added over areas: people and pounds, not rates or months."""
    for key in layout.derived:
        bound = layout.plan.bound.get(key)
        unit = bound.formula.unit if bound and key in layout.wanted() else ""
        if unit == "person" or (unit.startswith("GBP") and "/person" not in unit):
            yield key


def _benchmarks(sheet: Sheet, layout: AreaLayout, at: dict[str, str]) -> None:
    chosen = layout.areas.case.model.choice(layout.areas.cohort, "benchmark")
    titles = [CHOICES["benchmark"][choice] for choice in layout.benchmarks]
    sheet.row += 1
    sheet.text(0, "Catch up with (choose here)", "section")
    sheet.text(1, CHOICES["benchmark"][chosen], "input")
    first = sheet.row + 4
    cells = f"$A${first}:$A${first + len(titles) - 1}"
    sheet.sheet.data_validation(sheet.row, 1, sheet.row, 1, {"validate": "list", "source": f"=Summary!{cells}"})
    sheet.styles.book.define_name("benchmark.chosen", f"=Summary!$B${sheet.row + 1}")
    sheet.styles.book.define_name("benchmark.names", f"=Summary!{cells}")
    sheet.styles.book.define_name("benchmark.rates", f"=Summary!{cells.replace('A', 'B')}")
    sheet.row += 2
    sheet.texts(["Benchmark", "Rate"], "heading")
    for title, choice in zip(titles, layout.benchmarks, strict=True):
        other = layout.areas.with_benchmark(choice)
        sheet.text(0, title)
        sheet.formula(1, layout.benchmarks[choice].format(c=at), float(other.benchmark), "0.0000%")
        sheet.row += 1


def _areas(sheet: Sheet, layout: AreaLayout) -> None:
    """One row an area: what the table gives, coloured and unlocked, then what follows from it."""
    areas, at = layout.areas, letters(layout)
    headings = [_heading(layout, key) for key in at]
    sheet.heading(
        "Areas",
        ("Yellow cells are inputs, one row an area; a missing one may be filled in.", ""),
        ("Code", "Area", *headings),
    )
    sheet.sheet.freeze_panes(FIRST_AREA_ROW - 1, FIRST_COLUMN)
    sheet.sheet.autofilter(FIRST_AREA_ROW - 2, 0, FIRST_AREA_ROW - 2 + len(areas.table), FIRST_COLUMN + len(at) - 1)
    count = len(areas.table)
    values = {key: np.broadcast_to(layout.found[key], (count,)).tolist() for key in at}
    formats = {key: _format(layout, key) for key in at}
    texts = {key: text.replace("Areas!", "").format(c=at, r="\0").split("\0") for key, text in layout.derived.items()}
    for position in range(count):
        row = str(sheet.row + 1)
        sheet.text(0, str(areas.table.codes[position]))
        sheet.text(1, str(areas.table.names[position]))
        for column, key in enumerate(layout.given, FIRST_COLUMN):
            value, style = values[key][position], "input" if key in areas.table.figures else "fixed"
            if value == value:
                sheet.number(column, value, formats[key], style)
            else:
                sheet.text(column, areas.table.marks.get(key, {}).get(position, "missing"), style)
        for column, key in enumerate(layout.derived, FIRST_COLUMN + len(layout.given)):
            shown = _written(key, values[key][position])
            sheet.formula(column, row.join(texts[key]), shown, formats[key])
        sheet.row += 1


def _written(key: str, value: float) -> float | str:
    if value != value:
        return "" if key == COUNTING else NOT_KNOWN
    return BEYOND if value == float("inf") else value


def _heading(layout: AreaLayout, key: str) -> str:
    return "Rate that counts for a benchmark" if key == COUNTING else name_of(layout.areas.case, key)


def _format(layout: AreaLayout, key: str) -> str:
    bound = layout.plan.bound.get(key)
    if key == COUNTING or (bound and bound.formula.unit == "" and "large_enough" not in key):
        return "0.0000%"
    unit = bound.formula.unit if bound else _given_unit(layout, key)
    return "#,##0.0" if unit == "person" else "0" if "large_enough" in key else number_format(unit)


def _given_unit(layout: AreaLayout, key: str) -> str:
    return next((column.kind.unit for column in layout.areas.table.map.columns if column.key == key), "")


# --- the months of every area ----------------------------------------------------------------------------------------


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
