"""What is meant for one place is refused of a table of many, in words, with exit code 2."""

from __future__ import annotations

import pytest
from cli.running import carescale as run
from tables.making import COHORT, ELIGIBLE, PLAIN, areas

SOLVE = f"""
figures:
  shared_lives:
    learning_disability:
      share_bearing_saving: {{solve: {COHORT.split(".")[0]}.net_saving.council, equals: £1.0m}}
"""
CLAIMS = "\nclaims:\n  - that: shared_lives.net_saving.council\n    is: £1m\n"


def test_a_claim_of_an_area_that_is_not_there_is_told_with_the_nearest() -> None:
    areas(PLAIN, more=CLAIMS + "    area: Coventy\n")
    result = run("check", "place.yaml")
    assert result.code != 0
    assert "did you mean: Coventry (E08000026)" in result.err + result.out


def test_a_figure_to_be_solved_is_refused_at_its_line() -> None:
    with pytest.raises(Exception, match="a figure is solved for one place, and this is a table of many"):
        areas(PLAIN, more=SOLVE)
    result = run("project", "place.yaml")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("place.yaml:20:37: a figure is solved for one place")


@pytest.mark.parametrize("style", ["table", "csv", "json"])
def test_months_are_refused(style: str) -> None:
    areas(PLAIN)
    result = run("project", "place.yaml", "--monthly", "--format", style)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("--monthly: a table of many areas is not written month by month")


def test_only_gaps_beyond_chance_are_refused_of_one_place() -> None:
    result = run("project", "cornwall", "--significant-only")
    assert (result.code, result.out) == (2, "")
    assert "--significant-only: this is one place" in result.err


def test_catching_up_is_refused_without_a_table() -> None:
    with open("place.yaml", "w", encoding="utf-8") as file:
        file.write("place: A\nyear: 2021\nsource: hscic-2011\nplan:\n  shared_lives:\n    catch_up:\n")
        file.write("      learning_disability: best\n")
    result = run("project", "place.yaml")
    assert (result.code, result.out) == (2, "")
    assert "`catch_up` needs a table of areas to measure against" in result.err


def test_a_setting_of_what_a_table_gives_is_refused() -> None:
    areas(PLAIN)
    result = run("project", "place.yaml", "--set", f"{ELIGIBLE}=3,000")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"--set {ELIGIBLE}=3,000: `{ELIGIBLE}` is given here and by a column of the table")
