"""Every number of the Summary is the terminal's, rounding included, and stays so whatever is typed into the inputs."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from books import case_of, screen_of, written
from changing import inputs_of, ten_changes
from recalculating import Recalculated, same
from rendering import rendered

from carescale import load
from carescale.analysis.one_area import one_area
from carescale.analysis.projection import Projection, project
from carescale.case import Case
from carescale.inputs.loading import scenario_names
from carescale.report.blocks import Line, Table
from carescale.report.formats import RATIO, THOUSANDS, sentence, text
from carescale.report.screens.funding import SLOW_SCENARIO
from carescale.report.view import View

RANGE = re.compile(r" \([^()]*–[^()]*\)")  # a range of months, which would not move with the inputs
LINKED = re.compile(r'=IFERROR\((?:0\+)?(-?)([^,]+),"–"\)')
MONTH = re.compile(r"Months!\$([A-Z]+)(\d+)")


def _plain(text: str) -> str:
    """A cell of the terminal as the Summary has it."""
    text = RANGE.sub("", " ".join(re.sub(r"-\s*\n\s*", "-", text).split()))
    return "beyond the horizon" if text.startswith("beyond ") else text.replace("n/k", "not known")


def _kept(table: Table) -> list[int]:
    """The columns that can be live: not the ends of ranges, nor another plan."""
    return [i for i, column in enumerate(table.columns) if column.live]


def _lines_of_screen(projection: Projection) -> Iterator[list[str]]:
    for block in screen_of(projection).blocks():
        if isinstance(block, Table) and len(_kept(block)) > 1:
            headings = tuple(column.heading for column in block.columns)
            for cells in (headings, *(row.cells for row in block.rows)):
                yield [_plain(text(cells[i])) for i in _kept(block)]


def _lines_of_summary(book: Recalculated) -> Iterator[list[str]]:
    """The rows of the Summary as they are shown, without what stands above, between and below the tables."""
    for row in book.formulas["Summary"].iter_rows(min_row=2):
        cells = [book.shown(f"'Summary'!{c.coordinate}") if c.value is not None else "" for c in row]
        if cells[0].endswith("(as it was when this file was written)"):
            return
        if any(cells):
            yield cells


def _compared(case: Case, book: Recalculated) -> None:
    expected = list(_lines_of_screen(project(case)))
    width = max(map(len, expected))
    texts = {line[0] for line in expected}
    found = [line[:width] for line in _lines_of_summary(book) if line[0] in texts]
    assert sum(any(cell for cell in line[1:]) for line in found) > 3
    assert found == [line + [""] * (width - len(line)) for line in expected]


def test_every_cell_of_the_summary_is_shown_as_the_terminal_shows_it(example: tuple[Case, Recalculated]) -> None:
    _compared(*example)


@pytest.mark.parametrize("kind", ["project", "appraise adjusted"])
def test_every_cell_of_the_summary_over_the_years_of_the_plan_is_shown_so_too(kind: str, tmp_path: Path) -> None:
    case = case_of("birmingham", kind)
    _compared(case, Recalculated.of(written(case, tmp_path / "book.xlsx")))


def test_an_area_of_a_table_has_its_rates_in_100_000_people_as_the_terminal_has(tmp_path: Path) -> None:
    case = one_area(load("west-midlands", settings=["portfolio.horizon_months=12"]), "Birmingham")
    book = Recalculated.of(written(case, tmp_path / "book.xlsx"))
    assert [formula for _, formula in book.cells("Summary") if "100000*" in formula]
    _compared(case, book)


def test_the_summary_is_the_engines_and_shown_as_it_shows_it_after_ten_changed_inputs(
    example: tuple[Case, Recalculated],
) -> None:
    case, book = example
    with ten_changes(book, case, random.Random(case.place), inputs_of(book)) as other:
        assert _wrong(book, project(other)) == []


def _wrong(book: Recalculated, projection: Projection) -> list[str]:
    """The cells of the Summary whose value or text is not that of a projection."""
    wrong, view = [], View(projection)
    for address, formula in book.cells("Summary"):
        linked = LINKED.fullmatch(formula)
        if linked is None:
            pace = text(view(projection["shared_lives.delivery_seen"], marks=False))
            value = said = "" if f"delivery_against_plan={pace}`" in book.computed(address) else pace
            found: tuple[object, str] = ("", "")
        elif month := MONTH.fullmatch(linked[2]):
            (key,) = [name for name, cells in book.names.items() if cells.startswith(f"Months!{month[1]}4:")]
            position = int(month[2]) - 4
            value, said = projection.months([key])[key][position], text(view.in_months(key, [position])[0])
            found = book.computed(address), book.shown(address)
        else:
            value, said = _wanted(view, linked[2], _unit(book, address), taken_off=linked[1] == "-")
            found = book.computed(address), book.shown(address)
        if not same(found[0], value, 1e-7 if "rate_of_return" in formula else 1e-9) or found[1] != _plain(said):
            wrong.append(f"{address} {formula}: {found} and not {(value, said)}")
    return wrong


def _unit(book: Recalculated, address: str) -> str:
    """How a cell shows a quantity, where that is not by its own unit."""
    sheet, cell = address.replace("'", "").split("!")
    first = book.formulas[sheet][cell].number_format.split(";")
    if first[0].split('"')[0].endswith(","):
        return THOUSANDS
    return RATIO if first[-1].startswith("0.00") and "%" not in first[-1] else ""


def _wanted(view: View, key: str, unit: str, *, taken_off: bool) -> tuple[object, str]:
    result = view.projection[key]
    said = text(view(result, unit, taken_off=taken_off))
    if result.value is None:
        return "–", "–"
    if result.beyond_horizon:
        return "–" if said == "–" else "beyond the horizon", said
    return -result.value if taken_off else result.value, said


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234567.5, "£#,##0;−£#,##0;£0", "£1,234,568"),
        (-26000, '£#,##0"*†";−£#,##0"*†";£0"*†"', "−£26,000*†"),
        (0, "£#,##0;−£#,##0;£0", "£0"),
        (7205384.61, "#,##0,;−#,##0,;0", "7,205"),
        (-499.9, "0,;0,;0", "0"),
        (0.13, "0%;−0%;0%", "13%"),
        (0.37875, "0.00%;−0.00%;0%", "37.88%"),
        (25.234, "#,##0.00;−#,##0.00;0.00", "25.23"),
    ],
)
def test_the_helper_shows_numbers_as_excel_does(value: float, code: str, text: str) -> None:
    assert rendered(value, code) == text


def test_a_cell_in_thousands_holds_the_quantity_itself(tmp_path: Path) -> None:
    path = written(case_of("birmingham", "appraise"), tmp_path / "book.xlsx")
    sheet, values = openpyxl.load_workbook(path)["Summary"], openpyxl.load_workbook(path, data_only=True)["Summary"]
    (cell,) = [
        c.coordinate
        for row in sheet.iter_rows()
        for c in row
        if c.value == '=IFERROR(portfolio.cost_avoided_of_year.council.year_5,"–")'
    ]
    assert values[cell].value == pytest.approx(8_959_000)
    assert sheet[cell].number_format.startswith("#,##0,")


def test_a_balance_is_a_cell_of_the_months_sheet(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(case_of("incubator", "appraise"), tmp_path / "book.xlsx"))
    formulas = {row[0].value: row[1].value for row in book["Summary"].iter_rows(max_col=2)}
    at = MONTH.search(formulas["Month 12"])
    assert at
    assert book["Months"][f"{at[1]}3"].value == "Shared Lives: balance outstanding"
    assert book["Months"][f"A{at[2]}"].value == f"=$A{int(at[2]) - 1}+1"


def test_another_plan_stands_beside_this_one_on_the_terminal_and_the_summary_says_how_to_get_it(tmp_path: Path) -> None:
    case = case_of("incubator", "appraise")
    projection = project(case)
    terminal = [sentence(block.said) for block in screen_of(projection).blocks() if isinstance(block, Line)]
    assert any("£1,703,823 less is paid" in said for said in terminal)
    path = written(case, tmp_path / "book.xlsx")
    cells = [c.value for row in openpyxl.load_workbook(path, data_only=True)["Summary"].iter_rows() for c in row]
    said = [
        text for text in cells if isinstance(text, str) and "--set shared_lives.delivery_against_plan=37.88%" in text
    ]
    assert len(said) == 1
    assert f"--scenario {SLOW_SCENARIO}" in said[0]
    assert SLOW_SCENARIO in scenario_names(["all"])
    assert not any("1,703,823" in str(text) or "At 38%" in str(text) for text in cells)


@pytest.mark.parametrize("name", ["birmingham", "incubator"])
@pytest.mark.parametrize("kind", ["project", "appraise adjusted"])
def test_long_text_is_folded_within_the_tables_so_that_a_landscape_page_holds_their_width(
    name: str, kind: str, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(written(case_of(name, kind), tmp_path / "book.xlsx"))["Summary"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    merged = {str(area).partition(":")[0]: area for area in sheet.merged_cells.ranges}
    widest = max(len(block.columns) for block in _tables(name, kind))
    assert {area.max_col for area in merged.values()} == {max(widest, 5)}
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str) and cell.data_type != "f" and len(cell.value) > 60:
                assert cell.alignment.wrap_text, cell.value
                assert cell.coordinate in merged or cell.column == 1, cell.value
    long = max((c for row in sheet.iter_rows(max_col=2) for c in row if c.data_type == "s"), key=lambda c: len(c.value))
    assert sheet.row_dimensions[long.row].height >= 15 * len(long.value) / 160


def _tables(name: str, kind: str) -> list[Table]:
    projection = project(case_of(name, kind))
    shown = [block for block in screen_of(projection).blocks() if isinstance(block, Table)]
    found = [Table(tuple(block.columns[i] for i in _kept(block)), ()) for block in shown]
    assert found
    return found
