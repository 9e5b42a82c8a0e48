"""Northtown under watch: forty more people planned, eleven there after eighteen months. Sums to redo with a pencil.

The plan: September 2026 is month 1; the first match in month 7, then eighteen months to all 40, so that 40 × 11 ÷ 18
are there in February 2028, month 18. A person saves £60,000 a year and costs £34,000; set-up is £250,000 for 75. What
was counted, from May 2027, month 9, on: 1, 2, 2, 4, 5, 6, 5, 7, 8 and 11 people.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from cli.running import carescale

from carescale import load
from carescale.analysis.track import Tracked, track
from carescale.inputs.library import shipped
from carescale.report.formats import text
from carescale.report.screens.track import track_screen

SHARED = "shared_lives"
PEOPLE = (1, 2, 2, 4, 5, 6, 5, 7, 8, 11)
LEAVING = 0.08 / 12
PACE = 11 / 9  # 11 starts in the nine months after May 2027


def northtown(*settings: str) -> Tracked:
    (found,) = track(load("northtown", tracked=True, settings=settings)).tracked
    return found


def months_until(people: float, goal: float, pace: float) -> int:
    """How many months it takes: each month so many start, and of those then there a share leaves."""
    months = 0
    while people < goal - 1e-9:
        people, months = (people + pace) / (1 + LEAVING), months + 1
    return months


def test_to_date_the_plan_has_24_people_and_there_are_11() -> None:
    found = northtown()
    assert found.now == 18
    assert found.plan[f"{SHARED}.people_by_now"].value == pytest.approx(40 * 11 / 18)
    assert found.months.people(18) == 11
    assert found.months.total("starts") == 12
    assert found.months.total("leavers") == 1


def test_what_is_saved_so_far_is_a_twelfth_of_60_000_for_each_month_of_each_person() -> None:
    found = northtown()
    assert found.counted[f"{SHARED}.saved_by_now.council"].value == pytest.approx(sum(PEOPLE) * 5_000)
    planned = sum(40 * month / 18 for month in range(1, 12)) * 5_000
    assert found.plan[f"{SHARED}.saved_by_now.council"].value == pytest.approx(planned)


def test_spend_is_held_against_the_plan_of_the_months_that_have_one() -> None:
    found = northtown()
    set_up, carers = 40 / 75 * 250_000, sum(40 * month / 18 for month in range(1, 11)) * 34_000 / 12
    assert found.plan[f"{SHARED}.planned_cost_at_report.council"].value == pytest.approx(set_up + carers)
    assert max(found.months.known("spend")) == 17  # February's is still open


def test_at_this_pace_all_are_there_in_month_46() -> None:
    found = northtown()
    assert found.pace is not None
    assert found.pace.seen == pytest.approx(PACE)
    assert found.keeps_leaving_of_plan  # one has left in 51 months of people, which 8% a year does not contradict
    assert found.seen is not None
    month = 18 + months_until(11, 40, PACE)
    assert found.seen[f"{SHARED}.month_all_are_there"].value == month == 46


def test_4_4_starts_a_month_would_bring_full_scale_back_and_nothing_the_break_even() -> None:
    full_scale, break_even = northtown().needed
    assert full_scale.pace == 4.4
    assert months_until(11, 40, 4.4) == 25 - 18
    assert months_until(11, 40, 4.3) > 25 - 18
    assert break_even.month == 14  # which was in October 2027
    assert break_even.pace is None


def test_a_plan_that_can_only_have_three_starts_a_month_cannot_come_back_to_it() -> None:
    (full_scale, *_) = northtown("shared_lives.starts_a_month=3").needed
    assert full_scale.pace == 4.4
    assert full_scale.most == 3
    assert not full_scale.can_be


def test_what_was_spent_stands_in_the_months_to_come_instead_of_the_plan() -> None:
    found = northtown()
    assert found.seen is not None
    spent = found.months.known("spend")
    balance, low = 0.0, 0.0
    for month in range(1, 18):
        balance += (PEOPLE[month - 9] if month >= 9 else 0) * 5_000 - spent[month]
        low = min(low, balance)
    assert found.seen[f"{SHARED}.peak_as_seen.council"].value == pytest.approx(-low)
    people, month = 11.0, 18
    balance += 11 * (60_000 - 34_000) / 12  # of February no spend is known
    while balance < 0:
        people, month = (people + PACE) / (1 + LEAVING), month + 1
        balance += people * (60_000 - 34_000) / 12
    assert found.seen[f"{SHARED}.break_even_as_seen.council"].value == month


def test_it_is_too_early_to_say_in_august_2027_and_the_screen_does_not_guess(tmp_path: Path) -> None:
    rows = (shipped("examples") / "northtown-actuals.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "ours.csv").write_text("".join(rows[:13]), encoding="utf-8")
    shown = carescale("track", "northtown", "--actuals", str(tmp_path / "ours.csv")).out
    assert "3 of 10 starts and 3 of 6\nmonths after the first match" in shown
    assert "If it goes on so" not in shown
    assert "9 in 10" not in shown


def test_the_next_report_is_one_more_row(tmp_path: Path) -> None:
    rows = (shipped("examples") / "northtown-actuals.csv").read_text(encoding="utf-8")
    (tmp_path / "ours.csv").write_text(f"{rows}2028-03,14,3,0,\n", encoding="utf-8")
    (found,) = track(load("northtown", tracked=True, actuals=tmp_path / "ours.csv")).tracked
    assert found.now == 19
    assert found.pace is not None
    assert found.pace.seen == pytest.approx(14 / 10)


def test_what_an_intervention_that_counts_people_by_the_year_starts_is_its_pace(tmp_path: Path) -> None:
    rows = "".join(f"{month},reablement,20\n" for month in range(1, 13))
    (tmp_path / "ours.csv").write_text(f"month,intervention,starts\n{rows}", encoding="utf-8")
    settings = ("reablement.add=480",)
    (found,) = track(load("birmingham", tracked=True, actuals=tmp_path / "ours.csv", settings=settings)).tracked
    assert found.seen is not None
    shares = found.seen.months(["reablement.share_of_full_scale"])["reablement.share_of_full_scale"]
    assert shares[12] == pytest.approx(0.5)  # 20 a month, of 40
    assert shares[60] == pytest.approx(0.5)


def test_the_incubators_two_numbers_say_a_pace_and_no_more() -> None:
    found = track(load("incubator", tracked=True))
    (entity,) = found.two_numbers
    told = {name: result.value for name, result in found.two_number_results(entity).items()}
    assert told["average_pace"] == pytest.approx(100 / 48)
    assert told["average_pace_of_a_scheme"] == pytest.approx(100 / 48 / 4)
    assert told["average_people"] == pytest.approx(10_000 / (48 * 52 / 12))
    assert told["weeks_a_person"] == 100
    assert told["weeks_at_an_even_pace"] == pytest.approx(100 * 24 * 52 / 12)
    cannot = next(block for block in track_screen(found).blocks() if block.part == "cannot" or "cannot" in str(block))
    assert "there is no range to draw" in str(cannot)


def test_a_report_names_its_data_by_digest_and_the_versions_that_made_it() -> None:
    found = track(load("northtown", tracked=True))
    assert found.actuals is not None
    said = dict(next(block.items for block in track_screen(found).blocks() if block.part == "method"))
    assert found.actuals.digest in said["Data"]
    assert said["Made by"].startswith("carescale 0.")
    assert "pace method 1" in said["Made by"]


@pytest.mark.parametrize("style", ["plain", "markdown", "html", "csv", "json"])
def test_every_format_has_the_same_people_and_pace(style: str) -> None:
    out = carescale("track", "northtown", "--format", style).out
    assert "11" in out
    assert "1.2" in out
    if style != "csv":
        assert track(load("northtown", tracked=True)).actuals.digest in out  # type: ignore[union-attr]


def test_the_picture_is_a_file_and_its_months_stand_in_the_workbook(tmp_path: Path) -> None:
    assert carescale("track", "northtown", "-o", str(tmp_path / "months.svg")).code == 0
    assert "11 against 24 planned" in (tmp_path / "months.svg").read_text(encoding="utf-8")
    assert carescale("track", "northtown", "-o", str(tmp_path / "months.xlsx")).code == 0
    rows = list(openpyxl.load_workbook(tmp_path / "months.xlsx").worksheets[0].iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[:3] == ("Month", "Plan", "Actual"))
    assert rows[start + 1 + 18][:3] == (18, pytest.approx(40 * 11 / 18), 11)
    assert rows[start + 1 + 25][:3] == (25, pytest.approx(40), None)


def test_differences_have_their_sign(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text("month,people,starts,leavers\n8,9,9,0\n", encoding="utf-8")
    found = track(load("northtown", tracked=True, actuals=tmp_path / "ours.csv"))
    table = next(block for block in track_screen(found).blocks() if block.part == "to-date")
    assert text(table.rows[0].cells[3]) == "+6.8"  # 9, where 40 ÷ 18 are planned
