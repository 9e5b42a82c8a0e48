"""The workbook of one place, recalculated from its formulas, says what the engine says, whatever is typed into it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from recalculating import Recalculated, differences, written

from carescale import load, project
from carescale.inputs.case import Case
from carescale.inputs.library import shipped
from carescale.numbers import Printed
from carescale.report.blocks import Table
from carescale.report.project_screen import project_screen
from carescale.report.workbook_sheets import structural

PLACES = sorted(path.stem for path in shipped("examples").iterdir() if path.suffix == ".yaml")
EXAMPLES = [name for name in PLACES if load(name).areas is None]
WITH_A_START = "start: 2026-09\nplace:"
CHANGES = 10


@pytest.fixture(scope="module", params=EXAMPLES)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Recalculated]:
    case = load(request.param, settings=["portfolio.horizon_months=24"])
    return case, Recalculated.of(written(case, tmp_path_factory.mktemp("book") / "book.xlsx"))


def test_every_cell_recalculated_is_what_the_engine_computed(example: tuple[Case, Recalculated]) -> None:
    _, book = example
    assert len(list(book.cells())) > 50
    assert differences(book, book.path) == []


def test_an_example_over_its_own_horizon_is_the_same(tmp_path: Path) -> None:
    book = Recalculated.of(written(load("birmingham"), tmp_path / "book.xlsx"))
    assert differences(book, book.path) == []


def test_a_plan_with_a_start_has_its_financial_years(tmp_path: Path) -> None:
    text = (shipped("examples") / "birmingham.yaml").read_text(encoding="utf-8")
    (tmp_path / "our.yaml").write_text(text.replace("place:", WITH_A_START, 1), encoding="utf-8")
    case = load(str(tmp_path / "our.yaml"), settings=["portfolio.horizon_months=30"])
    book = Recalculated.of(written(case, tmp_path / "book.xlsx"))
    assert any("net_saving_in_year" in formula for _, formula in book.cells("Summary"))
    assert differences(book, book.path) == []


def _changed(case: Case, key: str, factor: float) -> Case:
    figure = case.figures[key]
    assert figure.value is not None
    value = Decimal(f"{float(figure.value) * factor:.6g}")
    value = min(value, Decimal(1)) if figure.unit == "" else value
    return case.with_figures({key: replace(figure, number=Printed(value, Decimal(0), str(value)))})


def test_ten_changed_inputs_move_every_result_as_they_move_the_engine(
    example: tuple[Case, Recalculated], tmp_path: Path
) -> None:
    case, book = example
    chance = random.Random(case.place)
    inputs = [name for name, cell in book.names.items() if cell.startswith("Inputs!") and not structural(name)]
    for number in range(CHANGES):
        key = chance.choice(inputs)
        case = _changed(case, key, chance.uniform(0.3, 1.8))
        book.change(key, float(case.figures[key].value or 0))
        wanted = written(case, tmp_path / f"{number}.xlsx")
        assert differences(book, wanted, "Results", "Months", "Claims", "Charts") == []


def test_no_result_cell_holds_a_bare_number(example: tuple[Case, Recalculated]) -> None:
    _, book = example
    for sheet in ("Summary", "Charts", "Results", "Claims"):
        bare = [
            c.coordinate
            for row in book.formulas[sheet].iter_rows()
            for c in row
            if c.data_type == "n" and c.value is not None
        ]
        assert bare == [], sheet
    months = book.formulas["Months"]
    bare = [c.coordinate for row in months.iter_rows() for c in row if c.data_type == "n" and c.value is not None]
    assert bare == ["A4"]  # month 0


def test_input_cells_are_unlocked_and_results_are_not(example: tuple[Case, Recalculated]) -> None:
    _, book = example
    for name, address in book.names.items():
        sheet, cell = address.split("!")
        if ":" not in cell:
            unlocked = sheet == "Inputs" and not structural(name)
            assert book.formulas[sheet][cell].protection.locked is not unlocked
            assert book.formulas[sheet].protection.sheet


def _numbers(text: str) -> list[str]:
    """The numbers of a cell of the screen, without the ranges behind them."""
    return re.findall(r"−?£?[\d,]+(?:\.\d+)?%?", re.sub(r"\(.*?\)", "", text))


def _shown(value: float, code: str) -> str:
    """A number as Excel shows it in one of our formats."""
    part = re.sub(r'"[^"]*"', "", code.split(";")[1 if value < 0 and ";" in code else 0])
    places = len(part.partition(".")[2].rstrip("%"))
    size = Decimal(f"{abs(value):.15g}") * (100 if part.endswith("%") else 1)
    text = f"{size.quantize(Decimal(1).scaleb(-places), 'ROUND_HALF_UP'):,}"
    return f"{'−' if value < 0 else ''}{'£' if '£' in part else ''}{text}{'%' if part.endswith('%') else ''}"


def _as_number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace("£", "").replace(",", "").rstrip("%"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_number_of_the_summary_is_the_terminals(name: str, tmp_path: Path) -> None:
    case = load(name)
    path = written(case, tmp_path / "book.xlsx")
    values = openpyxl.load_workbook(path, data_only=True)["Summary"]
    formulas = openpyxl.load_workbook(path)["Summary"]
    found = [
        _shown(values[cell.coordinate].value, cell.number_format)
        for row in formulas.iter_rows()
        for cell in row
        if cell.data_type == "f" and isinstance(values[cell.coordinate].value, int | float)
    ]
    tables = [block for block in project_screen(project(case)) if isinstance(block, Table)]
    expected = [
        number
        for block in tables
        for row in block.rows
        for position, cell in enumerate(row.cells)
        if position not in block.words and "Low–high" not in block.headings[position] and "beyond" not in cell
        for number in _numbers(cell)
    ]
    assert len(found) > 3
    assert [_as_number(text) for text in found] == [_as_number(text) for text in expected]


def test_marks_and_unknowns_stand_in_the_summary(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(load("birmingham"), tmp_path / "book.xlsx"))["Summary"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells['=IFERROR(portfolio.net_saving.council,"–")'].number_format.endswith('"*†‡"')
    assert "not known" in cells
    assert '=IFERROR(-portfolio.total_overlap.council,"–")' in cells
