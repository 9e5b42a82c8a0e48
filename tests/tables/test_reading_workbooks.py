"""Sheets of workbooks are read like delimited text, and columns of several sheets are joined on codes."""

from __future__ import annotations

import pytest
from tables.making import CELLS, ELIGIBLE, PEOPLE, THREE, only_problem, problems, read, rows_of, write_ods, write_xlsx

WRITERS = [pytest.param(write_xlsx, id="XLSX"), pytest.param(write_ods, id="ODS")]
CLIENTS = [[*row[:4]] for row in CELLS]
POPULATION = [["code", "eligible"], ["E08000027", 2000], ["E08000025", 1000], ["E08000026", 1000]]


@pytest.mark.parametrize("write", WRITERS)
def test_a_sheet_reads_as_the_same_table_of_text_does(write) -> None:  # type: ignore[no-untyped-def]
    assert rows_of(read(file=write({"Table 1": CELLS}))) == THREE


@pytest.mark.parametrize("write", WRITERS)
def test_titles_units_and_notes_around_a_sheet_are_no_areas(write) -> None:  # type: ignore[no-untyped-def]
    above = [["Table 1: people, by council"], [], ["", "", "", "", "thousands"]]
    below = [[], ["Notes"], ["[c] is fewer than 5"]]
    table = read(file=write({"a": [*above, *CELLS, *below]}), eligible='column: eligible, times: "1,000"')
    assert [row[3] for row in rows_of(table)] == [1e6, 1e6, 2e6]
    assert table.headings[ELIGIBLE] == "thousands / eligible"
    assert table.left_out["rows that are no areas"] == 2


@pytest.mark.parametrize("write", WRITERS)
def test_a_title_sheet_before_the_table_does_not_matter_once_the_sheet_is_named(write) -> None:  # type: ignore[no-untyped-def]
    file = write({"Title": [["A workbook"]], "T1": CELLS})
    assert rows_of(read(file=file, table="sheet: T1")) == THREE
    problem = only_problem(file=file)
    assert (problem.code, problem.message) == ("unknown-name", "no column is headed `code`")


def test_numbers_written_as_text_and_marks_in_a_sheet_are_read_as_in_text() -> None:
    rows = [CELLS[0], ["E08000025 ", " Birmingham ", "W", "1,425", 2000.5], ["E08000026", "Coventry", "W", "[c]", None]]
    table = read(file=write_xlsx({"a": rows}))
    assert rows_of(table)[0] == ("E08000025", "Birmingham", 1425, 2000.5)
    assert (table.missing[PEOPLE], table.missing[ELIGIBLE]) == ({"suppressed, too few": 1}, {"blank": 1})


def test_an_error_that_a_spreadsheet_shows_is_a_missing_number() -> None:
    file = write_xlsx({"a": [CELLS[0], ["E08000025", "Birmingham", "W", "#N/A", 10]]})
    assert sum(read(file=file).missing[PEOPLE].values()) == 1


def test_a_date_in_a_column_of_numbers_is_told_with_its_sheet_row_and_column() -> None:
    from datetime import date

    file = write_xlsx({"People": [*CELLS, ["E08000028", "Sandwell", "W", date(2021, 3, 31), 10]]})
    assert str(only_problem(file=file)).startswith("areas.xlsx People:5:4: `2021-03-31` is not a number")


def test_empty_rows_and_columns_before_a_table_keep_the_rows_numbered_as_the_spreadsheet_shows_them() -> None:
    file = write_xlsx({"a": [[], [], *(["", *row] for row in [*CELLS, CELLS[1]])]})
    assert str(only_problem(file=file)).startswith("areas.xlsx a:7:2: the code `E08000025` is in the table twice")


@pytest.mark.parametrize("write", WRITERS)
def test_a_million_empty_rows_below_a_table_are_nothing(write) -> None:  # type: ignore[no-untyped-def]
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    padding = f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>'
    file = (
        write_ods({"a": CELLS}, below=padding) if write is write_ods else write({"a": [*CELLS, *[[]] * 5_000, [" "]]})
    )
    table = read(file=file)
    assert rows_of(table) == THREE
    assert table.left_out["rows that are no areas"] <= 1


# --- several sheets ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", WRITERS)
def test_sheets_are_joined_on_codes_whatever_the_order_of_their_rows(write) -> None:  # type: ignore[no-untyped-def]
    file = write({"Clients": CLIENTS, "Population": POPULATION})
    assert rows_of(read(file=file, eligible="sheet: Population, column: eligible")) == THREE


def test_sheets_are_not_joined_on_names() -> None:
    named = [["code", "name", "eligible"], ["E08000026", "Birmingham", 7], ["E08000025", "Coventry", 5]]
    table = read(file=write_xlsx({"a": CLIENTS, "b": named}), eligible="sheet: b, column: eligible")
    assert [row[3] for row in rows_of(table)][:2] == [5, 7]


def test_an_area_that_another_sheet_does_not_have_is_missing_there_and_stays() -> None:
    file = write_xlsx({"a": CLIENTS, "b": [POPULATION[0], POPULATION[1]]})
    table = read(file=file, eligible="sheet: b, column: eligible")
    assert len(table) == 3
    assert sum(table.missing[ELIGIBLE].values()) == 2
    assert rows_of(table)[2] == THREE[2]


def test_an_area_that_only_another_sheet_has_is_not_added() -> None:
    file = write_xlsx({"a": CLIENTS, "b": [*POPULATION, ["E08000031", 5]]})
    assert rows_of(read(file=file, eligible="sheet: b, column: eligible")) == THREE


def test_rows_are_kept_by_a_column_that_only_the_first_sheet_has() -> None:
    rows = [[*row[:4], kind] for row, kind in zip(CELLS, ["kind", "borough", "county", "borough"], strict=True)]
    file = write_xlsx({"a": rows, "b": POPULATION})
    table = read(file=file, eligible="sheet: b, column: eligible", table="only: {kind: borough}")
    assert rows_of(table) == [THREE[0], THREE[2]]


def test_rows_are_kept_in_every_sheet_that_has_the_column() -> None:
    years = [["code", "year", "eligible"], ["E08000025", 2020, 1], ["E08000025", 2021, 2]]
    first = [[*row[:4], year] for row, year in zip(CELLS[:2], ["year", 2021], strict=True)]
    file = write_xlsx({"a": first, "b": years})
    table = read(file=file, eligible="sheet: b, column: eligible", table='only: {year: "2021"}')
    assert rows_of(table) == [("E08000025", "Birmingham", 10, 2)]


def test_what_is_wrong_in_another_sheet_is_told_with_the_row_of_that_sheet() -> None:
    other = [["t"], *POPULATION[:3], ["E08000026", "many"]]
    file = write_xlsx({"a": CLIENTS, "b": other})
    problem = only_problem(file=file, eligible="sheet: b, column: eligible")
    assert str(problem).startswith("areas.xlsx b:5:2: `many` is not a number, in the column `eligible`")


def test_a_code_twice_in_another_sheet_is_told_with_that_sheet() -> None:
    file = write_xlsx({"a": CLIENTS, "b": [*POPULATION, ["E08000026", 1]]})
    problem = only_problem(file=file, eligible="sheet: b, column: eligible")
    assert (problem.code, str(problem.position)) == ("duplicate-code", "areas.xlsx b:5:1")


def test_a_sheet_that_is_not_there_is_told_with_those_that_are() -> None:
    file = write_xlsx({"T36": CELLS, "T37": CELLS})
    problem = only_problem(file=file, table="sheet: T63")
    assert problem.message == "there is no sheet `T63`"
    assert "T36, T37" in problem.hint


def test_a_column_without_a_sheet_is_one_of_the_first_sheet_even_where_another_column_names_one() -> None:
    file = write_xlsx({"a": CLIENTS, "b": POPULATION})
    found = problems(file=file, people="column: peple", eligible="sheet: b, column: eligible")
    assert [str(problem.position) for problem in found] == ["areas.xlsx a"]
