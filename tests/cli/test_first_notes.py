"""What the first screen says beside its numbers, for those who read no further."""

from __future__ import annotations

from pathlib import Path

from cli.running import carescale


def test_a_new_file_says_that_its_headline_is_the_best_case_and_how_far_it_goes_an_assumption(tmp_path: Path) -> None:
    path = tmp_path / "sheffield.yaml"
    assert carescale("new", str(path), "--council", "Sheffield").code == 0
    screen = carescale("project", str(path), columns=120).out
    assert "£876,000 is the top of its ranges, £404,000 the bottom; £371,000" in screen
    assert "how far the plan goes: Shared Lives: share of those supported to add 2.34%" in screen


def test_a_plan_of_the_files_own_number_is_not_said_to_be_assumed() -> None:
    assert "how far the plan goes" not in carescale("project", "birmingham", columns=120).out


def test_savings_on_spending_are_said_to_count_no_people() -> None:
    """So that £6.8m a year does not read as if it came from the 241 people of Leeds who stand beside it."""
    screen = carescale("project", "england-councils", "--area", "Leeds", columns=120).out
    assert "241 more people" in screen
    assert "Hospital discharge counts no people: £9,248,980* a year (council)" in screen
    assert "counts no people" not in carescale("project", "west-midlands", "--area", "Birmingham", columns=120).out


def test_what_rests_on_nothing_contradicted_or_worked_backwards_stands_beside_the_whole() -> None:
    """Of £6,655,000 Living Well's £981,000 and the discharge's £4,690,000 bear a mark; £1,334,000 does not."""
    screen = carescale("project", "birmingham", columns=120).out
    assert "Without †‡      £1.3m of £6.7m a year (council); none of £1.4m a year (NHS)" in screen


def test_where_every_saving_bears_a_mark_or_none_does_nothing_is_said_to_be_left() -> None:
    for name in ("cornwall", "derby", "northtown"):
        assert "Without" not in carescale("project", name, columns=120).out
