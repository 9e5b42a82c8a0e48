"""The workbook of many areas, recalculated, says what the engine says, under every benchmark and after every change."""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from msgspec.structs import replace
from recalculating import Recalculated, differences, same

from carescale import load
from carescale.analysis.areas import AreaProjection, project_areas
from carescale.analysis.projection import Projection
from carescale.formulas.vocabulary import CHOICES
from carescale.problems import Problems
from carescale.report.screens.areas import areas_screen
from carescale.report.workbook import areas as areas_workbook

CHANGES = 10
ADDITIONAL = "Shared Lives: additional people"


def _column(book: Recalculated, heading: str) -> str:
    """The letter of a column of the Areas sheet."""
    (found,) = [cell.column_letter for cell in book.formulas["Areas"][4] if cell.value == heading]
    return str(found)


@pytest.fixture(scope="module")
def areas() -> AreaProjection:
    return project_areas(load("west-midlands", settings=["portfolio.horizon_months=24"]))[0]


@pytest.fixture
def book(areas: AreaProjection, tmp_path: Path) -> Recalculated:
    areas_screen(areas).book(tmp_path / "book.xlsx", "")
    return Recalculated.of(tmp_path / "book.xlsx")


def test_every_cell_recalculated_is_what_the_engine_computed(book: Recalculated) -> None:
    assert len(list(book.cells("Areas"))) > 200
    assert differences(book, book.path) == []


@pytest.mark.parametrize("benchmark", list(CHOICES["benchmark"]))
def test_switching_the_benchmark_moves_every_area_as_the_engine_does(
    benchmark: str, areas: AreaProjection, book: Recalculated, tmp_path: Path
) -> None:
    areas_screen(areas.with_benchmark(benchmark)).book(tmp_path / "other.xlsx", "")
    book.change("benchmark.chosen", CHOICES["benchmark"][benchmark])
    assert differences(book, tmp_path / "other.xlsx", "Areas", "Area months") == []
    more = areas.with_benchmark(benchmark).total(areas.key("additional_people"))
    column = _column(book, ADDITIONAL)
    total = next(a for a, text in book.cells("Summary") if text == f"=SUM(Areas!${column}$5:${column}$18)")
    assert same(book.computed(total), more.value)


def test_ten_changed_inputs_move_every_area_as_they_move_the_engine(
    areas: AreaProjection, book: Recalculated, tmp_path: Path
) -> None:
    chance = random.Random(4)
    people = "shared_lives.learning_disability.current_people"
    for _ in range(CHANGES):
        table = areas.table
        values = table.figures[people].copy()
        position = chance.randrange(len(table))
        values[position] = chance.uniform(1, 90)  # one that was missing becomes known
        table = replace(table, figures={**table.figures, people: values})
        model = replace(areas.case.model, numbers={**areas.case.model.numbers, people: values})
        areas = replace(areas, projection=Projection(replace(areas.case, model=model, areas=table)))
        book.change(f"Areas!C{5 + position}", float(values[position]))
    areas_screen(areas).book(tmp_path / "other.xlsx", "")
    assert differences(book, tmp_path / "other.xlsx", "Areas", "Area months", "Results") == []


def test_an_area_without_figures_is_not_known_and_stays_out_of_sums(areas: AreaProjection, book: Recalculated) -> None:
    missing = np.flatnonzero(np.isnan(areas[areas.key("rate_now")]))
    assert len(missing)
    column = _column(book, ADDITIONAL)
    assert {book.computed(f"Areas!{column}{5 + position}") for position in missing} == {"not known"}


def test_no_derived_cell_of_an_area_holds_a_bare_number(book: Recalculated) -> None:
    for row in book.formulas["Areas"].iter_rows(min_row=5):
        for cell in row:
            assert cell.data_type != "n" or cell.value is None or not cell.protection.locked, cell.coordinate


def test_a_formula_of_an_area_reads_its_own_row(book: Recalculated) -> None:
    for address, formula in book.cells("Areas"):
        row = re.search(r"\d+$", address)[0]  # type: ignore[index]
        assert set(re.findall(r"\$[A-Z]+(\d+)", formula)) == {row}


def test_months_that_are_more_columns_than_a_sheet_has_are_refused_with_the_horizon_that_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(months: int) -> Path:
        case = load("west-midlands", settings=[f"portfolio.horizon_months={months}"])
        areas_screen(project_areas(case)[0]).book(tmp_path / "book.xlsx", "")
        return tmp_path / "book.xlsx"

    monkeypatch.setattr(areas_workbook, "MOST_COLUMNS", 100)
    with pytest.raises(Problems, match=r"48 months of 11 series .* the 100 of a sheet\n.*horizon_months=7 fits"):
        write(48)
    assert not (tmp_path / "book.xlsx").exists()
    with pytest.raises(Problems):
        write(8)
    assert openpyxl.load_workbook(write(7))["Area months"].max_column == 2 + 11 * 8
