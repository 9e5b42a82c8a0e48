"""Shares of full scale by year mean the same as a list and one by one."""

from pathlib import Path

import pytest

from carescale.analysis.projection import project
from carescale.inputs.loading import load
from carescale.report.screens.project import project_screen
from carescale.report.writers.text import write_text

PLAN = "place: Westshire\nyear: 2024/25\nsource: scie-2017\nplan:\n  living_well:\n    add: 100\n"


def case_of(folder: Path, shares: str, *settings: str):
    path = folder / "westshire.yaml"
    path.write_text(f"{PLAN}figures:\n  living_well:\n    {shares}\n", encoding="utf-8")
    return load(path, settings=settings)


def shares_of(case) -> list[str]:
    return [case.figures[f"living_well.share_in_year_{year}"].number.text for year in range(1, 6)]


def people_by_year(case) -> list[float]:
    series = project(case).months(["living_well.people_in_month"])["living_well.people_in_month"]
    return [series[12 * year] for year in range(1, 6)]


@pytest.mark.parametrize(
    ("one_by_one", "as_a_list"),
    [
        ("share_in_year_1: 40%", "[40%]"),
        ("share_in_year_1: 20%\n    share_in_year_2: 100%", "[20%, 100%]"),
        ("share_in_year_1: 20%\n    share_in_year_3: 90%", "[20%, 20%, 90%]"),
    ],
)
def test_the_last_share_given_holds_however_it_is_written(one_by_one: str, as_a_list: str, tmp_path: Path) -> None:
    singly, listed = case_of(tmp_path, one_by_one), case_of(tmp_path, f"yearly_shares: {as_a_list}")
    assert shares_of(singly) == shares_of(listed)
    assert people_by_year(singly) == people_by_year(listed)


def test_a_share_set_on_the_command_line_holds_until_the_next_one_given(tmp_path: Path) -> None:
    case = case_of(tmp_path, "share_in_year_1: 20%", "living_well.share_in_year_2=70%")
    assert shares_of(case) == ["20%", "70%", "70%", "70%", "70%"]


def test_a_share_of_the_first_year_that_is_missing_stays_unknown(tmp_path: Path) -> None:
    case = case_of(tmp_path, "share_in_year_2: 70%")
    assert project(case)["living_well.net_saving_by_horizon.council"].status == "unknown"


def test_a_file_that_gives_shares_may_still_choose_another_ramp(tmp_path: Path) -> None:
    case = case_of(tmp_path, "share_in_year_1: 20%\nchoices:\n  living_well: {ramp: straight}")
    assert project(case)["living_well.full_scale_month"].value == 15


def test_no_first_match_is_shown_where_the_ramp_has_none(tmp_path: Path) -> None:
    by_year, straight = (
        write_text(project_screen(project(case_of(tmp_path, text))).blocks(), "plain").lower()
        for text in ("share_in_year_1: 20%", "ramp_months: 12 months")
    )
    assert "month of the first match" in straight
    assert "month of the first match" not in by_year
