"""The workbook of one place, recalculated from its formulas, says what the engine says, whatever is typed into it."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
from books import case_of, written
from changing import inputs_of, ten_changes
from recalculating import Recalculated, differences

from carescale import load
from carescale.analysis.appraisal import appraise
from carescale.case import Case
from carescale.inputs.library import shipped
from carescale.report.screens.appraise import appraise_screen
from carescale.report.workbook.sheets import structural
from carescale.report.writers.output import Output, write

WITH_A_START = "start: 2026-09\nplace:"


def test_every_cell_recalculated_is_what_the_engine_computed(example: tuple[Case, Recalculated]) -> None:
    case, book = example
    assert len(list(book.cells())) > (50 if case.interventions else 25)  # a press release plans nothing
    assert differences(book, book.path) == []


def test_an_example_over_its_own_horizon_is_the_same(tmp_path: Path) -> None:
    book = Recalculated.of(written(load("birmingham"), tmp_path / "book.xlsx"))
    assert differences(book, book.path) == []


def test_an_appraisal_in_the_prices_of_one_year_is_the_same(tmp_path: Path) -> None:
    appraisal = appraise(case_of("birmingham", "appraise", "portfolio.horizon_months=24"), prices="2024")
    write(appraise_screen(appraisal), Output("xlsx", tmp_path / "book.xlsx"))
    book = Recalculated.of(tmp_path / "book.xlsx")
    assert differences(book, book.path) == []


def test_a_plan_with_a_start_has_its_financial_years(tmp_path: Path) -> None:
    text = (shipped("examples") / "birmingham.yaml").read_text(encoding="utf-8")
    (tmp_path / "our.yaml").write_text(text.replace("place:", WITH_A_START, 1), encoding="utf-8")
    case = load(str(tmp_path / "our.yaml"), settings=["portfolio.horizon_months=30"])
    book = Recalculated.of(written(case, tmp_path / "book.xlsx"))
    assert any("net_saving_in_year" in formula for _, formula in book.cells("Summary"))
    assert differences(book, book.path) == []


def test_ten_changed_inputs_move_every_result_as_they_move_the_engine(
    example: tuple[Case, Recalculated], tmp_path: Path
) -> None:
    case, book = example
    with ten_changes(book, case, random.Random(case.place), inputs_of(book)) as other:
        wanted = written(other, tmp_path / "other.xlsx")
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


def test_marks_and_unknowns_stand_in_the_summary(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(load("birmingham"), tmp_path / "book.xlsx"))["Summary"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells['=IFERROR(portfolio.net_saving.council,"–")'].number_format.endswith('"*†‡"')
    assert "not known" in cells
    assert '=IFERROR(-portfolio.total_overlap.council,"–")' in cells


def test_the_notes_of_the_summary_are_words(tmp_path: Path) -> None:
    settings = ["reablement.add=200", "shared_lives.carers_available=30", "social_prescribing.add=50"]
    path = written(load("birmingham", settings=settings), tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(path)["Summary"]
    words = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [text for text in words if "\ue000" in text]
    assert "Shared Lives: 30 carers can be found and the whole plan takes 52, so 57.69% of it is reached" in words
