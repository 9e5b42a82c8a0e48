"""Text of tables is numbers, or one of the marks of a missing one with its reason; none of them is zero."""

from __future__ import annotations

import math

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables.making import ADDITIONAL, HEADINGS, PEOPLE, areas, only_problem, problems, read

from carescale.inputs.tables.missing import MARKS, Numbers, read_numbers


def numbers(*text: str | None, own: dict[str, str] | None = None) -> Numbers:
    return read_numbers(polars.Series(text, dtype=polars.String), own or {})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("12.5", 12.5), (" 12 ", 12), ("1,425", 1425), ("1,234,567.5", 1234567.5), ("£1,425", 1425),
        ("-5", -5), ("−5", -5), ("(12)", -12), ("(1,425)", -1425), ("-£5", -5), ("£-5", -5), ("0", 0), ("0.0", 0),
        ("1 425", 1425), ("1\u00a0425", 1425), ("1\u202f425", 1425), ("1e3", 1000), (".5", 0.5), ("+5", 5),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_printed(text: str, value: float) -> None:
    found = numbers(text)
    assert found.values.tolist() == [value]
    assert (found.marks, found.bad) == ({}, ())


@pytest.mark.parametrize(
    "text",
    ["abc", "1,42", "1,2,3", "12,5", "1425,5", "1234,567", "1 2", "--5", "(5", "5)", "£", "5%", "5 people", "12:30",
     "nan", "NaN", "inf", "-Infinity", "1e400", "0x1F", "1_000", "½", "2021-22", "True", "9" * 400],
)  # fmt: skip
def test_what_is_neither_a_number_nor_a_mark_is_told_and_never_guessed(text: str) -> None:
    found = numbers("1", text)
    assert found.bad == ((1, text),)
    assert math.isnan(found.values[1])


@pytest.mark.parametrize(
    "mark", ["[c]", "[x]", "[z]", "[u]", "..", ".", "*", ":", "-", "–", "—", "", "…", "n/a", "#n/a"]
)
def test_every_mark_of_a_missing_number_has_a_reason_and_is_no_number(mark: str) -> None:
    found = numbers("7", mark, f" {mark.upper()} ")
    assert math.isnan(found.values[1])
    assert found.reasons == {MARKS[mark]: 2}
    assert found.marks == {1: MARKS[mark], 2: MARKS[mark]}
    assert found.values[0] == 7
    assert found.bad == ()


def test_a_cell_that_is_not_there_is_blank() -> None:
    assert numbers(None, "1").marks == {0: "blank"}


def test_the_reasons_that_readers_most_need_apart_are_apart() -> None:
    reasons = [MARKS[mark] for mark in ("", "[c]", "[x]", "[z]", "-", "[u]")]
    assert len(set(reasons)) == len(reasons)


def test_a_table_says_what_its_own_marks_mean() -> None:
    found = numbers("[c]", "DNR", "dnr ", "4", own={"[c]": "fewer than 5", "DNR": "did not return"})
    assert found.reasons == {"fewer than 5": 1, "did not return": 2}


def test_a_number_that_a_table_uses_as_a_mark_is_missing_there() -> None:
    found = numbers("9999", "-9", "9,999", "12", own={"9999": "not asked", "-9": "refused"})
    assert found.marks == {0: "not asked", 1: "refused"}
    assert found.values[2:].tolist() == [9999, 12]


@given(st.floats(-1e12, 1e12).map(lambda value: round(value, 2)))
def test_any_number_reads_back_from_how_it_is_printed(value: float) -> None:
    for text in (f"{value}", f"{value:,.2f}", f"£{value:,.2f}", f"{value:,.2f}".replace(",", " ").replace("-", "−")):
        assert numbers(text, "[c]").values[0] == pytest.approx(value)


@given(st.lists(st.one_of(st.sampled_from(["1", "2,000", "[c]", "", "..", "word"]), st.text(max_size=5)), max_size=20))
def test_every_cell_is_a_number_or_has_a_reason_or_is_told(cells: list[str]) -> None:
    found = numbers(*cells, "[c]")
    missing = {i for i, value in enumerate(found.values) if math.isnan(value)}
    assert missing == set(found.marks) | {position for position, _ in found.bad}
    assert sum(found.reasons.values()) == len(found.marks)
    assert not set(found.marks) & {position for position, _ in found.bad}


# --- in a table ----------------------------------------------------------------------------------------------------

MIXED = HEADINGS + "".join(
    f"E08{i:06},Area {i},North,{mark},1000\n"
    for i, mark in enumerate(["10", "0", "[c]", "[x]", "[c]", "..", "*", "-", ""])
)


def test_every_missing_number_of_a_table_is_counted_under_its_own_reason() -> None:
    reasons = {"suppressed, too few": 2, "not available": 2, "suppressed": 1, "not returned": 1, "blank": 1}
    assert read(MIXED).missing == {PEOPLE: reasons}


def test_no_mark_becomes_a_nought_that_could_catch_up() -> None:
    projected = areas(MIXED)
    assert projected[ADDITIONAL][:2].tolist() == [0, 10]  # a nought that was printed is one
    assert all(math.isnan(value) for value in projected[ADDITIONAL][2:])
    assert projected.total(ADDITIONAL).missing == 7


def test_text_among_numbers_is_told_at_its_row_and_column_with_what_to_do() -> None:
    problem = only_problem(HEADINGS + "E08000025,Birmingham,W,10,100\nE08000026,Coventry,W,ten,100\n")
    assert str(problem) == (
        "areas.csv:3:4: `ten` is not a number, in the column `people`\n"
        "  if it marks a missing number, say what it means under `missing:`"
    )


def test_a_negative_count_of_people_is_told_and_a_nought_is_fine() -> None:
    problem = only_problem(HEADINGS + "E08000025,Birmingham,W,0,100\nE08000026,Coventry,W,(10),100\n")
    assert (problem.code, str(problem.position)) == ("out-of-range", "areas.csv:3:4")


def test_a_number_larger_than_any_real_one_is_told() -> None:
    problem = only_problem(HEADINGS + f"E08000025,Birmingham,W,10,{'9' * 40}\n")
    assert (problem.code, str(problem.position)) == ("out-of-range", "areas.csv:2:5")


def test_a_wrong_column_is_told_twenty_times_and_not_ten_thousand_times() -> None:
    rows = "".join(f"E08{i:06},Area {i},W,10,100\n" for i in range(10_000))
    assert len(problems(HEADINGS + rows, people="column: name")) == 20


def test_counts_rounded_to_five_whose_parts_do_not_add_up_are_taken_as_printed() -> None:
    text = "code,name,region,people,others,eligible\nE08000025,Birmingham,W,15,10,20\nE08000026,Coventry,W,5,5,15\n"
    assert read(text).figures[PEOPLE].tolist() == [15, 5]
