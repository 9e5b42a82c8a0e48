"""Delimited tables are read as people have them: any encoding, any delimiter, titles, notes, headings over rows."""

from __future__ import annotations

import pytest
from tables.making import (
    BIRMINGHAM,
    COVENTRY,
    DUDLEY,
    ELIGIBLE,
    HEADINGS,
    PEOPLE,
    PLAIN,
    THREE,
    only_problem,
    problems,
    read,
    rows_of,
)

BODY = BIRMINGHAM + COVENTRY + DUDLEY


def test_a_plain_table_is_read_row_by_row() -> None:
    table = read(PLAIN)
    assert rows_of(table) == THREE
    assert table.missing == {}
    assert set(table.left_out.values()) == {0}


# --- encodings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_reads_the_same_in_every_usual_encoding(encoding: str) -> None:
    table = read(PLAIN.replace("Dudley", "Yr Wyddgrug – café").encode(encoding))
    assert [row[1] for row in rows_of(table)] == ["Birmingham", "Coventry", "Yr Wyddgrug – café"]


def test_an_old_windows_letter_far_down_is_still_recognised() -> None:
    others = "".join(f"E07{i:06},Area {i},North,1,100\n" for i in range(500))
    table = read((PLAIN + others).encode() + "E09000001,Dudléy,North,1,100\n".encode("cp1252"))
    assert (len(table), table.names[503]) == (504, "Dudléy")


def test_a_byte_that_no_encoding_has_costs_a_letter_and_not_the_table() -> None:
    table = read(PLAIN.encode().replace(b"Dudley", b"D\x81dley \xe9"))
    assert rows_of(table)[:2] == THREE[:2]
    assert table.names[2] == "D�dley é"


def test_utf_16_is_told_with_what_to_do() -> None:
    problem = only_problem(PLAIN.encode("utf-16"))
    assert problem.code == "unreadable"
    assert "CSV UTF-8" in problem.hint


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Macintosh"])
@pytest.mark.parametrize("last", ["", "\n"], ids=["cut off", "ended"])
def test_line_ends_do_not_matter(ending: str, last: str) -> None:
    assert rows_of(read((PLAIN.rstrip("\n") + last).replace("\n", ending))) == THREE


# --- delimiters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sign", "file"), [(";", "a.csv"), ("\t", "a.csv"), ("\t", "a.tsv"), ("|", "a.txt")])
def test_other_delimiters_are_recognised(sign: str, file: str) -> None:
    plain = PLAIN.replace('"1,000"', "1000").replace('"2,000"', "2000").replace(",", sign)
    assert rows_of(read(plain, file)) == THREE


def test_commas_in_numbers_do_not_hide_that_semicolons_part_the_cells() -> None:
    rows = [f"E08{i:06};A, B, C and D, {i};R;1,425;1,200,000" for i in range(5)]
    table = read("\n".join(["code;name;region;people;eligible", *rows]))
    assert set(table.figures[PEOPLE]) == {1425.0}
    assert set(table.figures[ELIGIBLE]) == {1_200_000.0}


# --- titles, notes, blank lines ------------------------------------------------------------------------------------


def test_titles_above_and_notes_below_are_no_areas() -> None:
    above = '"Table 1: people, by council",,,,\n\nSource: a return\n,,,,\n'
    below = '\n,,,,\nNotes\n[c] is fewer than 5,,,,\n"Rounded, to 5"\n'
    table = read(above + PLAIN + below)
    assert rows_of(table) == THREE
    assert table.left_out["rows that are no areas"] == 3


def test_a_title_of_several_lines_takes_no_area_with_it() -> None:
    assert rows_of(read('"Table 1\nby council\n\n(2021)",,,,\n' + PLAIN)) == THREE


def test_blank_lines_count_as_rows_of_the_file() -> None:
    problem = only_problem("\n\n" + HEADINGS + "\n" + BODY + "\n\nE08000026,Again,R,1,10\n")
    assert str(problem).startswith(
        "areas.csv:10:1: the code `E08000026` is in the table twice\n  the first is in row 6"
    )


def test_rows_shorter_or_longer_than_the_headings_are_read_for_what_they_have() -> None:
    table = read(HEADINGS + "E08000025,Birmingham\n" + COVENTRY.strip() + ",,more,cells\n" + DUDLEY)
    assert rows_of(table)[1:] == THREE[1:]
    assert table.missing[PEOPLE] == {"blank": 1}


# --- headings ------------------------------------------------------------------------------------------------------


def test_trailing_blanks_and_case_and_line_breaks_in_headings_do_not_matter() -> None:
    table = read('Code ,NAME, region ,"People\nhelped ",eligible  people\n' + BODY, people="column: people helped",
                 eligible="column: Eligible People")  # fmt: skip
    assert rows_of(table) == THREE


def test_headings_over_several_rows_are_named_by_their_parts() -> None:
    above = "code,name,region,18 to 64,,65 and over,\n,,,Clients,Population,Clients,Population\n"
    rows = "E08000025,Birmingham,W,10,1000,7,70\nE08000026,Coventry,W,20,1000,8,80\n"
    table = read(above + rows, people="column: 18 to 64 / Clients", eligible="column: 65 and over / population")
    assert rows_of(table) == [("E08000025", "Birmingham", 10, 70), ("E08000026", "Coventry", 20, 80)]
    assert table.headings[ELIGIBLE] == "65 and over / Population"


def test_a_part_that_two_headings_share_is_told_and_not_guessed() -> None:
    above = "code,name,region,18 to 64,,65 and over,\n,,,Clients,Population,Clients,Population\n"
    found = problems(above + "E08000025,B,W,10,1000,7,70\n", people="column: Clients", eligible="column: Population")
    assert {problem.message.split(" (")[0] for problem in found} == {
        "more than one column is headed `Population`",
        "more than one column is headed `Clients`",
    }


def test_units_in_a_row_of_their_own_are_no_area_above_or_below_the_headings() -> None:
    for text in (",,,people,thousands\n" + PLAIN, PLAIN.replace("\n", "\n,,,(people),(thousands)\n", 1)):
        table = read(text, people="column: D", eligible='column: E, times: "1,000"')
        assert [row[2:] for row in rows_of(table)] == [(10, 1e6), (20, 1e6), (40, 2e6)]
        assert "thousands" in table.headings[ELIGIBLE]


def test_two_rows_of_groups_above_the_headings_both_belong_to_them() -> None:
    text = ",,,Table in pounds,\n,,,2021,2022\n" + PLAIN
    assert read(text).headings[ELIGIBLE] == "Table in pounds / 2022 / eligible"


def test_a_row_of_numbers_without_a_code_is_not_taken_for_a_heading() -> None:
    table = read(HEADINGS + ",England,,30,3000\n,,,[c],12\n" + BODY)
    assert rows_of(table) == THREE
    assert (table.headings[PEOPLE], table.headings[ELIGIBLE]) == ("people", "eligible")
    assert table.left_out["rows that are no areas"] == 2


def test_a_column_can_be_named_by_its_letter_unless_it_is_a_heading() -> None:
    assert rows_of(read(PLAIN, people="column: D", eligible="column: E")) == THREE
    table = read("code,name,D,people,eligible\nE08000025,B,5,10,1000\n", people="column: D")
    assert table.figures[PEOPLE][0] == 5


# --- quotes --------------------------------------------------------------------------------------------------------


def test_quoted_commas_and_line_breaks_in_names_stay_in_their_cell() -> None:
    table = read(HEADINGS + '"E06000019","Herefordshire,\nCounty of",W,10,"1,000"\n' + COVENTRY)
    assert rows_of(table)[0] == ("E06000019", "Herefordshire,\nCounty of", 10, 1000)
    assert rows_of(table)[1] == THREE[1]


def test_quotation_marks_inside_a_note_do_not_spoil_the_table() -> None:
    note = 'Note: "adult placement" includes respite, see "Notes"\n'
    table = read(PLAIN + note)
    assert rows_of(table) == THREE


def test_a_quotation_mark_left_open_is_told_at_its_row() -> None:
    problem = only_problem(HEADINGS + BIRMINGHAM + COVENTRY.replace("Coventry", '"Coventry') + DUDLEY)
    assert (problem.code, problem.position.line) == ("not-a-table", 3)
    assert "quotation mark" in problem.hint


def test_two_quotation_marks_left_open_do_not_swallow_areas_in_silence() -> None:
    text = HEADINGS + 'E08000025,"Birmingham,W,10,1000\nE08000026,Coventry,W,20,1000\nE08000027,Dudley",W,40,2000\n'
    problem = only_problem(text + BIRMINGHAM.replace("25", "28"))
    assert (problem.code, problem.position.line) == ("not-a-table", 2)
