"""A saving is cash to take out of a budget, growth avoided, or capacity freed; the schedule of cash holds only cash."""

from __future__ import annotations

from pathlib import Path

import pytest

from carescale import load
from carescale.analysis.budget import budget
from carescale.inputs.library import shipped
from carescale.report.formats import text
from carescale.report.screens.budget import budget_screen

AVOIDED, MONTHS = 3_088_000 / 12, (0, 78 / 18, 93 / 18 + 6, 12, 12)  # as in test_by_hand.py
FLAT = ("pay_uplift=0%", "fee_uplift=0%", "price_uplift=0%")
OURS = """  shared_lives:
    cashable_share:
      council:
        value: 60%
        assumption: our contracts officer's estimate
        released_when: the block contract for Elm House ends in March 2028
        decided_by: the Director of Commissioning
    learning_disability:
"""


def test_cash_growth_avoided_and_capacity_freed_are_the_whole_saving(birmingham, of) -> None:
    split = ("shared_lives.cashable_share.council=60%", "shared_lives.growth_avoided_share.council=25%")
    found = budget(birmingham(*split, *FLAT), "printed")
    whole = [AVOIDED * months for months in MONTHS]
    cash, growth, capacity = (
        of(found, f"{name}_of_year") for name in ("cash_saving", "growth_avoided", "capacity_freed")
    )
    assert capacity == pytest.approx([0.4 * saved for saved in whole])
    assert growth == pytest.approx([0.25 * 0.6 * saved for saved in whole])
    assert [sum(three) for three in zip(cash, growth, capacity, strict=True)] == pytest.approx(whole)


def test_nothing_that_is_not_cash_is_in_the_savings_line(birmingham, of) -> None:
    found = budget(birmingham("shared_lives.growth_avoided_share.council=100%", *FLAT), "printed")
    assert of(found, "cash_saving_of_year") == pytest.approx([0] * 5)
    assert of(found, "cash_recurrent_of_year")[-1] == pytest.approx(-1_754_000)  # carers are paid in full


def test_more_people_with_the_need_move_both_sides_and_stand_apart(birmingham, of) -> None:
    found = budget(birmingham("shared_lives.demand_growth=2%", *FLAT), "printed")
    without = budget(birmingham(*FLAT), "printed")
    assert of(found, "cash_net_of_year") == pytest.approx(of(without, "cash_net_of_year"))
    months = range(32, 44)  # 2029/30, everyone there
    more = sum(0.02 * month / 12 for month in months)
    assert of(found, "demand_on_saving_of_year")[3] == pytest.approx(AVOIDED * more)
    assert of(found, "demand_on_cost_of_year")[3] == pytest.approx(1_754_000 / 12 * more)


def test_the_condition_of_its_release_and_who_decides_stand_beside_the_saving(tmp_path: Path) -> None:
    given = (shipped("examples") / "birmingham.yaml").read_text(encoding="utf-8")
    written = given.replace("  shared_lives:\n    learning_disability:\n      current", f"{OURS}      current")
    (tmp_path / "our.yaml").write_text(written, encoding="utf-8")
    found = budget(load(str(tmp_path / "our.yaml"), cash_years=5, start="2026-09"))
    (table,) = (block for block in budget_screen(found).blocks() if block.part == "release")
    row = next(row for row in table.rows if row.cells[0] == "Shared Lives (council)")
    said = [text(cell) for cell in row.cells]
    assert "the block contract for Elm House ends in March 2028" in said
    assert "the Director of Commissioning" in said
