"""What a manager writes: a row a month, in a table or in the place file; and what is said of a row that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import carescale, changed_example

from carescale import Problems, load
from carescale.actuals import Actuals
from carescale.inputs.periods import calendar_month, month_since


def reported(tmp_path: Path, table: str, *settings: str, place: str = "northtown") -> Actuals:
    path = tmp_path / "ours.csv"
    path.write_text(table, encoding="utf-8")
    case = load(place, tracked=True, actuals=path, settings=settings, start="2026-09")
    assert case.actuals is not None
    return case.actuals


def problems(tmp_path: Path, table: str) -> list[str]:
    with pytest.raises(Problems) as raised:
        reported(tmp_path, table)
    return [problem.message for problem in raised.value.problems]


@pytest.mark.parametrize(
    "written", ["2027-04", "2027-4", "2027-04-30", "2027-04-01 00:00:00", "April 2027", "Apr-27", "30 April 2027", "8"]
)
def test_a_month_is_read_as_people_write_it(written: str) -> None:
    assert month_since("2026-09", written) == 8
    assert calendar_month("2026-09", 8) == "April 2027"
    assert calendar_month("", 8) == "month 8"


@pytest.mark.parametrize("written", ["soon", "2027-13", "Smarch 2027", "2027", ""])
def test_what_is_no_month_is_none(written: str) -> None:
    assert month_since("2026-09", written) is None


def test_a_blank_is_not_known_and_a_month_said_to_be_open_is_left_out(tmp_path: Path) -> None:
    found = reported(tmp_path, "month,people,starts,leavers,spend,open\n9,1,1,0,£100,\n10,2,1,0,,\n11,,,,£50,yes\n")
    months = found.of("shared_lives")
    assert months.known("spend") == {9: 100.0}
    assert months.last == 10
    assert found.left_open == 1


def test_who_started_follows_from_who_is_there_and_who_left(tmp_path: Path) -> None:
    months = reported(tmp_path, "month,people,leavers\n9,2,0\n10,3,1\n11,3,0\n").of("shared_lives")
    assert months.known("starts") == {9: 2.0, 10: 2.0, 11: 0.0}
    months = reported(tmp_path, "month,starts,leavers\n9,2,0\n10,3,1\n11,0,1\n").of("shared_lives")
    assert months.known("people") == {9: 2.0, 10: 4.0, 11: 3.0}


def test_cohorts_and_schemes_are_added_up_to_the_last_month_that_all_have(tmp_path: Path) -> None:
    table = "month,intervention,cohort,scheme,people,starts,leavers\n"
    table += "9,shared lives,learning_disability,East,2,2,0\n10,shared lives,learning_disability,East,3,1,0\n"
    table += "10,shared lives,mental_health,West,1,1,0\n11,shared lives,learning_disability,East,3,0,0\n"
    found = reported(tmp_path, table, place="birmingham")
    months = found.of("shared_lives")
    assert months.known("people") == {9: 2.0, 10: 4.0}  # West begins in the tenth and has not reported the eleventh
    assert found.of("shared_lives", cohort="learning_disability").people(11) == 3
    assert found.schemes("shared_lives") == ("East", "West")


def test_what_is_spent_on_several_cohorts_may_stand_with_one_of_them(tmp_path: Path) -> None:
    table = "month,intervention,cohort,people,spend\n9,shared lives,learning_disability,2,£900\n"
    table += "9,shared lives,mental_health,1,\n10,shared lives,learning_disability,2,\n"
    months = reported(tmp_path, table + "10,shared lives,mental_health,1,\n", place="birmingham").of("shared_lives")
    assert months.known("spend") == {9: 900.0}


def test_a_month_that_does_not_add_up_is_told_and_makes_nobody_less_than_nobody(tmp_path: Path) -> None:
    table = "month,people,starts,leavers\n9,2,2,0\n10,5,1,0\n11,9,1,\n12,9,0,0\n"
    months = reported(tmp_path, table).of("shared_lives")
    assert months.not_adding_up == (10, 11)  # three more with one start; and then four
    assert months.known("leavers") == {9: 0.0, 10: 0.0, 12: 0.0}
    told = carescale("track", "northtown", "--actuals", str(tmp_path / "ours.csv"), "--start", "2026-09").out
    assert "people, starts and leavers do not add up in June 2027, July" in " ".join(told.split())


def test_other_columns_are_their_owners_and_headings_may_have_capitals(tmp_path: Path) -> None:
    found = reported(tmp_path, "Our monitoring sheet,,,\nMonth,Manager's note,People,Starts\nApr-27,slow,1,1\n")
    assert found.of("shared_lives").people(8) == 1


def test_months_may_stand_in_the_place_file(tmp_path: Path) -> None:
    table = "  table: northtown-actuals.csv      # the next report is one more row\n"
    rows = "  months:\n    - {month: 2027-05, people: 1, starts: 1, leavers: 0}\n    - {month: 2027-06, people: 2}\n"
    case = load(changed_example("northtown", tmp_path, (table, rows)), tracked=True)
    assert case.actuals is not None
    assert case.actuals.of("shared_lives").known("people") == {9: 1.0, 10: 2.0}


def test_each_row_that_is_wrong_is_named_with_its_line(tmp_path: Path) -> None:
    table = "month,people,starts\n2026-08,0,0\nfoo,0,0\n10,zwei,0\n11,£3,0\n12,3,-1\n13,1,1\n13,1,1\n"
    found = problems(tmp_path, table)
    assert found[:5] == [
        "`2026-08` lies before the decision, 2026-09",
        "`foo` is not a month",
        "people: `zwei` is not a number",
        "people: `£3` is in £",
        "starts: `-1` is less than nobody",
    ]
    assert found[5].startswith("this month was reported before, at ")


def test_a_table_that_counts_nobody_says_what_it_could_have(tmp_path: Path) -> None:
    assert problems(tmp_path, "month,persons\n9,1\n") == ["no column says how many were there, started or left"]
    assert problems(tmp_path, "month,people\n9,\n") == ["no month has been reported yet"]


def test_a_calendar_month_without_a_start_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(
        "month,intervention,people\n2027-05,shared_lives,1\n2027-06,shared_lives,2\n", encoding="utf-8"
    )
    told = carescale("track", "birmingham", "--actuals", str(tmp_path / "ours.csv"))
    assert told.code == 2
    assert told.err.count("counts from the month of the decision, and the plan has none") == 1


def test_a_plan_of_which_nothing_is_said_asks_for_what_happened() -> None:
    told = carescale("track", "birmingham")
    assert told.code == 2
    assert "nothing is said of what happened" in told.err


def test_names_in_a_table_are_shown_and_never_obeyed(tmp_path: Path) -> None:
    rows = "".join(f"{month},[red]=cmd(),{month},1,0\n" for month in range(1, 20))
    (tmp_path / "ours.csv").write_text(f"month,scheme,people,starts,leavers\n{rows}", encoding="utf-8")
    words = ("track", "northtown", "--actuals", str(tmp_path / "ours.csv"))
    assert "[red]=cmd()" in carescale(*words, "--full").out
    assert "<b>" not in carescale(*words, "--format", "html").out
