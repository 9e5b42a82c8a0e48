"""The workbook of many areas and several interventions: a row an area, live, with its inputs, results and sources.

Areas differ in what they know, so that the formula of one may leave out what that of another has. What is worked out
over months, such as a break-even, stands as a value: the workbook of one area, with `--area`, has its months.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from carescale.analysis.together import Alike, AreasTogether
from carescale.report.blocks import Block, Headline, Line, Notes
from carescale.report.formats import sentence
from carescale.report.words import name_of
from carescale.report.workbook.book import define_names, open_book, write_about
from carescale.report.workbook.formats import number_format
from carescale.report.workbook.rows_layout import RowsLayout
from carescale.report.workbook.sheet import Sheet, Styles
from carescale.report.workbook.sheets import write_inputs, write_results, write_sources
from carescale.report.workbook.text import NOT_KNOWN, column_letters

_FIXED = (
    ("Months", "what is worked out over months is a grey value; the workbook of one area (--area NAME) has its months"),
    ("Benchmarks", "the rate that areas catch up with is fixed, as all of them set it; one cohort by itself is live"),
    ("A figure that is missing", "is left out of its row's formulas; typed over, it is not picked up"),
)
_WORDS = ("Code", "Area", "Region")
_SAYS = ("Yellow cells are inputs, one row an area; what follows is live. Grey cells are values and do not follow.",)


def write_together_workbook(areas: AreasTogether, path: Path, command: str, shown: Sequence[Block]) -> None:
    """Write every area with all that is planned for it, what the screen says of them, and what it rests on."""
    rows = _Rows(areas)
    citations = [column.citation for column in areas.table.map.columns if column.citation]
    with open_book(path, areas.case) as book:
        styles, layout = Styles(book), rows.whole
        _summary(Sheet(book, styles, "Summary", (28, 90)), shown)
        _write_rows(Sheet(book, styles, "Areas", (12, 28, *[16] * len(rows.letters)), wide=True), rows)
        widths = (60, 16, 18, 10, 12, 12, 44, 44, 44, 60)
        addresses = write_inputs(Sheet(book, styles, "Inputs", widths, wide=True), layout)
        results = Sheet(book, styles, "Results", (60, 18, 18, 20, 60, 60), wide=True)
        addresses |= write_results(results, layout, list(layout.formulas))
        figures = [areas.case.figures[key] for key in layout.inputs if key in areas.case.figures]
        write_sources(Sheet(book, styles, "Sources", (44, 60, 10, 60, 40), wide=True), figures, citations)
        write_about(Sheet(book, styles, "About", (28, 90)), areas.case, command, _FIXED)
        define_names(book, layout, addresses)


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


class _Rows(Struct, frozen=True, dict=True):
    """The areas in their groups, each with its cells, and the columns that any of them has."""

    areas: AreasTogether

    @cached_property
    def groups(self) -> list[tuple[Alike, RowsLayout]]:
        """Each group of areas with its layout; what is the same for all has one name in all of them."""
        table, keys, names, taken = self.areas.table, self.areas.keys, dict[str, str](), set[str]()

        def layout(group: Alike) -> RowsLayout:
            return RowsLayout(group.projection, names=names, _taken=taken, table=table, wanted=keys)

        return [(group, layout(group)) for group in self.areas.alike]

    @cached_property
    def whole(self) -> RowsLayout:
        """The layout of the largest group, with the inputs and results that others have beside."""
        _, largest = max(self.groups, key=lambda pair: len(pair[0].positions))
        for _, layout in self.groups:
            for key in layout.inputs:
                largest.inputs.setdefault(key)
            for key, formula in layout.formulas.items():
                largest.formulas.setdefault(key, formula)
        return largest

    @cached_property
    def places(self) -> Mapping[int, tuple[RowsLayout, int]]:
        """The layout of each area by its position in the table, and its place in it."""
        return {int(at): (layout, place) for group, layout in self.groups for place, at in enumerate(group.positions)}

    @cached_property
    def given(self) -> list[str]:
        """What the table gives, for any area."""
        return list(dict.fromkeys(key for _, layout in self.groups for key in layout.given))

    @cached_property
    def results(self) -> list[str]:
        """What a reader looks for, live or as a value; then what that is made of."""
        derived = dict.fromkeys(key for _, layout in self.groups for key in layout.derived)
        fixed = [key for key in self.areas.keys if self.groups[0][1].rests_on_months(key)]
        asked = [key for key in self.areas.keys if key in derived or (key in fixed and self.areas.total(key).known)]
        return [*asked, *(key for key in derived if key not in asked)]

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The column of each key."""
        return {key: column_letters(len(_WORDS) + i) for i, key in enumerate([*self.given, *self.results])}

    def unit(self, key: str) -> str:
        """The unit of a column."""
        columns = (column.kind.unit for column in self.areas.table.map.columns if column.key == key)
        return next(columns, "") or next(layout.projection[key].unit for _, layout in self.groups)


def _write_rows(sheet: Sheet, rows: _Rows) -> None:
    """Totals over the areas, then a row an area: its inputs, what is asked for, and what that is made of."""
    table = rows.areas.table
    headings = [name_of(rows.areas.case, key) for key in rows.letters]
    sheet.heading("Areas", _SAYS, (*_WORDS, *headings))
    formats = {
        key: "#,##0.0" if rows.unit(key).startswith("person") else number_format(rows.unit(key)) for key in rows.letters
    }
    first, last = sheet.row + 2, sheet.row + 1 + len(table)
    sheet.text(1, "Together", "total")
    for key, value in _totals(rows):
        cells = f"{rows.letters[key]}{first}:{rows.letters[key]}{last}"
        sheet.formula(len(_WORDS) + list(rows.letters).index(key), f"SUM({cells})", value, formats[key], "total")
    sheet.sheet.freeze_panes(first - 1, 2)
    sheet.sheet.autofilter(first - 3, 0, last - 1, len(_WORDS) + len(headings) - 1)
    for at in range(len(table)):
        sheet.row += 1
        for column, text in enumerate(
            (table.codes[at], table.names[at], "" if table.regions is None else table.regions[at])
        ):
            sheet.text(column, str(text))
        _write_row(sheet, rows, at, formats)


def _totals(rows: _Rows) -> Iterator[tuple[str, float]]:
    """What may be added over areas: people and pounds, not rates or months."""
    for key in rows.results:
        unit = rows.unit(key)
        if unit.startswith("person") or (unit.startswith("GBP") and "/person" not in unit):
            found = (layout.value_of(key, place) for layout, place in rows.places.values())
            yield key, sum(value for value in found if isinstance(value, float))


def _write_row(sheet: Sheet, rows: _Rows, at: int, formats: Mapping[str, str]) -> None:
    layout, place = rows.places[at]
    row, table = sheet.row + 1, rows.areas.table
    for column, key in enumerate(rows.letters, len(_WORDS)):
        value = layout.value_of(key, place)
        if key in rows.given and isinstance(value, float):
            sheet.number(column, value, formats[key], "input")
        elif key in rows.given:
            sheet.text(column, table.marks.get(key, {}).get(at, "missing"), "fixed")
        elif key in layout.derived:
            style = "plain" if key in rows.areas.keys else "working"
            sheet.formula(column, layout.derived[key].format(c=rows.letters, r=row), value, formats[key], style)
        elif isinstance(value, float):
            sheet.number(column, value, formats[key], "fixed")
        else:
            sheet.text(column, value, "fixed" if value != NOT_KNOWN else "right")
