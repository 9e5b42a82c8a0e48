"""A reading of the library says what stands where in a table that is published every year; one's own block wins."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import carescale, said
from tables.making import write_xlsx

from carescale.analysis.areas import project_areas
from carescale.area_table import AreaTable
from carescale.inputs.loading import load
from carescale.problems import Problem, Problems

FILE = "asc.xlsx"
WHO = ["Geography code", "LA name", "Region name"]
COUNCILS = [["E08000025", "Birmingham", "West Midlands"], ["E08000026", "Coventry", "West Midlands"]]
ENGLAND = ["E92000001", "England", ""]
GROUPS = ["Learning Disability Support", "Mental Health Support"]
OLDER = ["Physical Support Personal Care Support", "Support with Memory and Cognition"]
CLIENTS = [
    ["Table 37: clients by primary support reason"],
    [],
    ["", "", "", "18 to 64", "18 to 64", "65 and over", "65 and over"],
    [*WHO, *GROUPS, *OLDER],
    [*ENGLAND, 3_185, 470, 9_000, 1_300],
    [*COUNCILS[0], 2_180, 460, 6_000, "[c]"],
    [*COUNCILS[1], 1_005, 10, 3_000, "[x]"],
]
COSTS = [
    ["Table 53: weekly unit costs"],
    ["", "", "", "Residential", "Residential"],
    [*WHO, *GROUPS],
    [*ENGLAND, 1_600, 950],
    [*COUNCILS[0], 1_500, 900],
    [*COUNCILS[1], 1_700, 1_000],
]
SPEND = [[*WHO, "Gross Current Expenditure"], [*COUNCILS[0], 400_000], [*COUNCILS[1], 150_000]]
SHEETS = {"Contents": [["A workbook"]], "T1": SPEND, "T37": CLIENTS, "T53": COSTS}
PLACED = "{column: placed, sheet: Mine, source: hscic-2011, year: 2011}"
NOW = f"    shared_lives.learning_disability.current_people: {PLACED}\n"
MINE = [["Geography code", "placed"], ["E08000025", 20], ["E08000026", 40]]


def place(*lines: str, reading: str = "nhs-asc-activity-finance", figures: str = NOW) -> str:
    """A place file that names a workbook and a reading, and figures of its own."""
    write_xlsx({**SHEETS, "Mine": MINE}, FILE)
    block = "".join(f"  {line}\n" for line in (f"file: {FILE}", f"reading: {reading}", *lines))
    text = f"place: Two councils\ntable:\n{block}  figures:\n{figures}"
    plan = "plan:\n  shared_lives:\n    catch_up:\n      learning_disability: best\n"
    Path("place.yaml").write_text(text + plan, encoding="utf-8")
    return "place.yaml"


def table(*lines: str, **options: str) -> AreaTable:
    found = load(place(*lines, **options)).areas
    assert found is not None
    return found


def problems(*lines: str, **options: str) -> list[Problem]:
    with pytest.raises(Problems) as caught:
        load(place(*lines, **options))
    return list(caught.value.problems)


def test_a_reading_finds_the_councils_and_their_figures_in_several_sheets() -> None:
    read = table()
    assert [str(name) for name in read.names] == ["Birmingham", "Coventry"]
    expected = {
        "learning_disability.eligible_people": [2_180, 1_005],
        "mental_health.eligible_people": [460, 10],
        "physical_support.eligible_people": [6_000, 3_000],
        "shared_lives.learning_disability.weekly_cost_now.council": [1_500, 1_700],
        "portfolio.adult_social_care_budget": [400e6, 150e6],  # in thousands
        "shared_lives.learning_disability.current_people": [20, 40],
    }
    assert {key: read.figures[key].tolist() for key in expected} == expected
    assert read.missing["memory_and_cognition.eligible_people"] == {"fewer than 5": 1, "no return": 1}


def test_what_a_reading_finds_has_its_source_and_year_and_ones_own_column_has_ones_own() -> None:
    columns = {column.key: column for column in table().map.columns}
    theirs, ours = (
        columns["learning_disability.eligible_people"],
        columns["shared_lives.learning_disability.current_people"],
    )
    assert theirs.citation is not None
    assert ours.citation is not None
    assert (theirs.citation.source.key, theirs.year) == ("nhs-digital-2022", "2021-22")
    assert (ours.citation.source.key, ours.year) == ("hscic-2011", "2011")


def test_the_councils_of_a_reading_are_projected() -> None:
    (areas,) = project_areas(load(place()))
    more = areas["shared_lives.learning_disability.additional_people"]
    assert more.tolist() == pytest.approx([2_180 * 40 / 1_005 - 20, 0])


def test_a_column_of_ones_own_stands_for_that_of_the_reading() -> None:
    own = "    learning_disability.eligible_people: {column: Mental Health Support, sheet: T53, assumption: a try}\n"
    assert table(figures=NOW + own).figures["learning_disability.eligible_people"].tolist() == [900, 1_000]


def test_a_mark_may_mean_something_else_than_the_reading_says() -> None:
    read = table('missing: {"[x]": not asked}')
    assert read.missing["memory_and_cognition.eligible_people"] == {"fewer than 5": 1, "not asked": 1}


def test_the_headings_of_a_reading_may_be_others_in_another_year() -> None:
    found = problems("name: Council")
    assert [problem.code for problem in found] == ["unknown-name"]
    assert "`Council`" in found[0].message


def test_what_was_understood_is_shown_before_any_sum() -> None:
    result = carescale("read", place(), columns=120)
    assert (result.code, result.err) == (0, "")
    assert "asc.xlsx: 2 areas" in result.out
    assert "18 to 64 / Mental Health Support           2        0            10           460" in result.out
    assert "1 fewer than 5, 1 no return" in result.out


def test_a_reading_that_is_not_there_is_told_with_the_nearest() -> None:
    (problem,) = problems(reading="nhs-asc-activity-finances")
    assert (problem.code, problem.message) == ("unknown-name", "there is no reading `nhs-asc-activity-finances`")
    assert "did you mean `nhs-asc-activity-finance`" in problem.hint
    assert str(problem.position) == "place.yaml:4:12"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("learning_disability.eligible_peple", "there is no figure `learning_disability.eligible_peple`"),
        ("shared_lives.learning_disability.weekly_cost_now", "there is no figure"),  # it is of a payer
        ("learning_disability.eligible_people.council", "there is no figure"),  # and this of none
    ],
)
def test_a_figure_that_no_column_can_be_is_told_where_it_stands(key: str, message: str) -> None:
    (problem,) = problems(figures=f"    {key}: {{column: placed, sheet: Mine, assumption: a try}}\n")
    assert problem.code == "unknown-name"
    assert message in problem.message
    assert str(problem.position) == "place.yaml:6:5"


def test_a_table_that_says_nothing_of_its_columns_is_told_what_to_write() -> None:
    write_xlsx({"Mine": MINE}, FILE)
    Path("place.yaml").write_text(f"place: Two councils\ntable:\n  file: {FILE}\n", encoding="utf-8")
    result = carescale("project", "place.yaml")
    assert (result.code, result.out) == (2, "")
    assert "it is not said which columns are which figures" in said(result)


def test_a_form_of_codes_that_is_no_pattern_is_told() -> None:
    found = problems('code_form: "("')
    assert [(problem.code, problem.message) for problem in found] == [("wrong-kind", "`(` is not a pattern")]
