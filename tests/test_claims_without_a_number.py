"""A claim about what has no number is told why: the plan does not reach it, it lies beyond the horizon, and so on."""

from pathlib import Path

import pytest

from carescale.analysis.check import check
from carescale.inputs.loading import load
from carescale.report.screens.check import COLUMNS, check_rows

PLACE = """
place: Westshire
year: 2024/25
source: scie-2017
plan:
  living_well: {add: 120}
  shared_lives: {add: {learning_disability: 1}}
figures:
  horizon_months: 24
  living_well:
    set_up_lump_sum: £10,000,000
    older_people: {eligible_people: 0, current_people: 0}
claims:
"""
COUNCIL, NHS = (f"living_well.break_even_month.{payer}" for payer in ("council", "nhs"))


def row_of(folder: Path, claim: str) -> dict[str, object]:
    """The spreadsheet's row of the one claim of a place."""
    path = folder / "westshire.yaml"
    path.write_text(f"{PLACE}  - {{{claim}}}\n", encoding="utf-8")
    (row,) = check_rows(check(load(path)))
    return dict(zip(COLUMNS, row, strict=True))


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("that: shared_lives.dementia.net_saving.council, is: £0", "the plan does not reach shared_lives.dementia"),
        ("that: living_well.additional_carers, is: 0", "living_well.additional_carers does not apply in this plan"),
        ("that: living_well.older_people.rate_now, is: 0%", "living_well.older_people.rate_now does not apply"),
        ("that: portfolio.overlap.council, is: £0", "portfolio.overlap.council is not given"),
        ("that: living_well.people_in_month, is: 0", "living_well.people_in_month has a value for each month"),
        ("that: shared_lives.people_now, is: 0", "shared_lives.learning_disability.current_people not published"),
        (f"that: {COUNCIL} - {NHS}, is: 0 months", f"{COUNCIL}, {NHS} beyond the horizon, and no sum"),
        (f"that: {COUNCIL} + {NHS}, over: 24 months", f"{COUNCIL}, {NHS} beyond the horizon, and no sum"),
    ],
)
def test_what_has_no_number_is_not_determined_and_it_is_said_why(claim: str, why: str, tmp_path: Path) -> None:
    row = row_of(tmp_path, claim)
    assert (row["verdict"], row["computed"]) == ("not determined", None)
    assert str(row["why"]).startswith(why)


def test_a_month_beyond_the_horizon_is_blank_and_says_so(tmp_path: Path) -> None:
    row = row_of(tmp_path, f"that: {COUNCIL}, over: 24 months")
    assert (row["computed"], row["unit"], row["verdict"], row["why"]) == (
        None, "months", "reproduced", "beyond the horizon",
    )  # fmt: skip


def test_a_spreadsheet_says_units_in_words_and_a_share_is_one(tmp_path: Path) -> None:
    assert row_of(tmp_path, "that: living_well.net_saving.council, is: £5")["unit"] == "£ a year"
    assert row_of(tmp_path, "that: living_well.older_people.rate_then, is: 5%")["unit"] == "share"
