"""Areas are the rows with the code of a council; nations, regions, groups of councils and notes are not."""

from __future__ import annotations

import pytest
from tables.making import (
    BIRMINGHAM,
    COVENTRY,
    DUDLEY,
    HEADINGS,
    PEOPLE,
    PLAIN,
    THREE,
    areas,
    only_problem,
    problems,
    read,
    rows_of,
)

COUNCILS = ["E06000001", "E07000008", "E08000025", "E09000002", "E10000003", "W06000015", "S12000033", "N09000003"]
WIDER = [
    "K02000001", "K03000001", "K04000001", "E92000001", "W92000004", "S92000003", "N92000002",
    "E12000005", "E13000001", "E11000005", "J99000001", "L93000001", "M83000003",
]  # fmt: skip


@pytest.mark.parametrize("code", COUNCILS)
def test_every_kind_of_council_of_the_four_nations_is_an_area(code: str) -> None:
    assert list(read(HEADINGS + f"{code},A council,R,1,10\n").codes) == [code]


@pytest.mark.parametrize("code", WIDER)
def test_nations_regions_and_groups_of_councils_are_no_areas_and_counted_as_left_out(code: str) -> None:
    table = read(PLAIN + f'{code},Somewhere wide,,9,"9,000"\n')
    assert rows_of(table) == THREE
    assert table.left_out == {"rows that are no areas": 0, "areas of another kind": 1}


def test_rows_of_a_nation_or_a_kind_of_council_without_a_code_are_no_areas() -> None:
    table = read(HEADINGS + ',England,,700,"9,000"\n' + BIRMINGHAM + ",Metropolitan districts,,70,900\n" + COVENTRY
                 + DUDLEY + "Total,,,70,4000\n")  # fmt: skip
    assert rows_of(table) == THREE
    assert table.left_out["rows that are no areas"] == 3


def test_a_wide_area_never_sets_the_benchmark() -> None:
    assert areas(PLAIN + "E12000005,West Midlands,,900,1000\n").benchmark == 0.02


def test_code_and_name_in_one_cell_are_taken_apart() -> None:
    table = read(HEADINGS + "E08000025 Birmingham ,Birmingham,W,10,100\nE08000026: Coventry,Coventry,W,20,100\n")
    assert list(table.codes) == ["E08000025", "E08000026"]


def test_a_table_may_say_what_its_own_codes_look_like() -> None:
    text = (
        HEADINGS + "102 - Cumbria ,Cumbria,N,10,100\n104 - Northumberland,Northumberland,N,20,100\nEngland,,,30,200\n"
    )
    table = read(text, table=r"code_form: '^(\d{3}) - '")
    assert [row[0] for row in rows_of(table)] == ["102", "104"]
    assert table.left_out["rows that are no areas"] == 1


def test_a_form_without_brackets_takes_all_that_fits_it() -> None:
    assert list(read(PLAIN, table=r"code_form: E08\d{5}[56]").codes) == ["E08000025", "E08000026"]


def test_a_bracket_that_is_meant_as_one_makes_no_group_of_a_form() -> None:
    text = HEADINGS + "Cumbria (102),Cumbria,N,10,100\n"
    assert list(read(text, table=r"code_form: \w+ \(\d+\)").codes) == ["Cumbria (102)"]


@pytest.mark.parametrize("form", ["E(?=08)", "(", r"(E)(\d+)", r"(a)\1", "a{1000}{1000}"])
def test_a_form_that_cannot_be_searched_for_is_told_at_its_line(form: str) -> None:
    problem = only_problem(PLAIN, table=f"code_form: '{form}'")
    assert (problem.code, problem.position.file, problem.position.line > 0) == ("wrong-kind", "place.yaml", True)


# --- codes of the wrong form, and codes twice ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "code", ["E0800002", "E080000277", "e08000027", "08000027", "E08O00027", "E0800002l", "EO8000027"]
)
def test_something_that_is_nearly_a_code_is_told_at_its_row_and_column(code: str) -> None:
    problem = only_problem(HEADINGS + BIRMINGHAM + COVENTRY + DUDLEY.replace("E08000027", code))
    assert (problem.code, str(problem.position)) == ("wrong-code", "areas.csv:4:1")
    assert f"`{code}`" in problem.message
    assert "E08000025" in problem.hint


def test_codes_twice_are_told_once_for_each_with_the_row_of_the_first() -> None:
    found = problems(PLAIN + BIRMINGHAM + DUDLEY.replace("Dudley", "Dudley again"))
    assert [(problem.code, str(problem.position)) for problem in found] == [
        ("duplicate-code", "areas.csv:5:1"),
        ("duplicate-code", "areas.csv:6:1"),
    ]
    assert ["row 2" in found[0].hint, "row 4" in found[1].hint] == [True, True]


def test_the_same_name_twice_is_no_problem_where_the_codes_differ() -> None:
    assert len(read(PLAIN + DUDLEY.replace("E08000027", "E08000028"))) == 4


def test_a_wide_area_may_be_there_twice() -> None:
    assert rows_of(read(PLAIN + "E92000001,England,,1,10\n" * 2)) == THREE


# --- keeping some ---------------------------------------------------------------------------------------------------


def test_only_the_rows_that_are_asked_for_are_kept_and_the_others_counted() -> None:
    text = PLAIN.replace("Dudley,West Midlands", "Dudley,Elsewhere ")
    table = read(text, table="only: {region: West Midlands}")
    assert rows_of(table) == THREE[:2]
    assert table.left_out["areas without region West Midlands, by the filter"] == 1


def test_a_code_twice_is_fine_where_only_one_of_its_rows_is_kept() -> None:
    text = HEADINGS.replace("region", "year") + "E08000025,B,2020,1,10\nE08000025,B,2021,2,10\n"
    table = read(text, table='only: {year: "2021"}')
    assert table.figures[PEOPLE].tolist() == [2]


def test_a_table_with_no_area_is_told_to_have_none() -> None:
    problem = only_problem(HEADINGS + "E92000001,England,,1,10\n")
    assert (problem.code, problem.message) == ("empty", "no row of it is an area")


@pytest.mark.parametrize("wrong", ["name", "region"])
def test_a_heading_of_names_or_regions_that_is_not_there_is_told(wrong: str) -> None:
    options = {"name": "council"} if wrong == "name" else {"table": "region: council"}
    problem = only_problem(PLAIN, **options)
    assert (problem.code, problem.message) == ("unknown-name", "no column is headed `council` (words)")


def test_names_and_regions_lose_the_blanks_around_them() -> None:
    table = read(PLAIN.replace(",Birmingham,West Midlands,", ",  Birmingham , West Midlands,"), table="region: region")
    assert (table.names[0], table.regions[0]) == ("Birmingham", "West Midlands")
