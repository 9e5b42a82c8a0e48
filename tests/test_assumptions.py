"""The log of assumptions: every figure that has a reason and no source is in it, and says how much hangs on it."""

from __future__ import annotations

import csv
import io

import pytest
from cli.running import carescale

from carescale import load
from carescale.analysis.assumptions import of_case, of_library
from carescale.figures import PLANNED_HERE

NET = "portfolio.net_saving.council"


def test_whatever_a_plan_rests_on_and_has_no_source_is_in_its_log() -> None:
    case = load("birmingham")
    behind = case.plan.behind(case.plan.quantities())
    without = {key for key in behind if key in case.figures and case.figures[key].citation is None}
    planned = {key for key in without if case.figures[key].assumption == PLANNED_HERE}
    assert {one.key for one in of_case(case, NET)} == without - planned


def test_a_tenth_more_of_the_councils_share_of_a_cost_takes_a_tenth_of_it_off_the_saving() -> None:
    """Living Well costs the council half of £400,000 a year; a tenth more is £20,000 of £6,655,000."""
    (found,) = [one for one in of_case(load("birmingham"), NET) if one.key == "living_well.running_cost_share.council"]
    assert found.moves == pytest.approx(-20_000 / 6_655_000)


def test_the_log_has_the_methods_own_numbers_first_and_an_owner_file_and_line_for_each() -> None:
    rows = list(csv.DictReader(io.StringIO(carescale("list", "assumptions", "--format", "csv").out)))
    assert len(rows) == len(of_library())
    assert rows[0]["owner"] == "the method"
    assert all(row["basis"] and row["file"].endswith(".yaml") and int(row["line"]) for row in rows)
    assert {row["quality"] for row in rows} <= {"red", "amber", "green"}


def test_shares_with_one_reason_are_one_assumption_on_the_screen() -> None:
    screen = carescale("list", "assumptions", "birmingham", columns=120).out
    assert screen.count("the council commissions") == 1
    assert f"{len(of_case(load('birmingham'), NET))} figures are assumed" in screen
