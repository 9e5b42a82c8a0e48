"""The budget's workbook, recalculated from its formulas, says what the engine says, whatever is typed into it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from changing import inputs_of, ten_changes
from recalculating import Recalculated, differences

from carescale import load
from carescale.analysis.budget import AS_PRINTED, budget
from carescale.analysis.projection import project
from carescale.case import Case
from carescale.report.screens.budget import budget_screen

GIVEN = ("pay_uplift=4%", "fee_uplift=5%", "price_uplift=2%", "shared_lives.cashable_share.council=60%")


def written(case: Case, path: Path) -> Path:
    found = budget(case, AS_PRINTED)
    book = budget_screen(found).book
    assert book
    book(path, "carescale budget")
    return path


@pytest.mark.parametrize(("name", "years"), [("birmingham", 2), ("incubator", 2)])
def test_recalculated_also_after_ten_changed_inputs_it_is_what_the_engine_computes(
    name: str, years: int, tmp_path: Path
) -> None:
    settings = GIVEN if name == "birmingham" else GIVEN[:3]
    case = budget(load(name, cash_years=years, start="2026-09", settings=settings), AS_PRINTED).projection.case
    book = Recalculated.of(written(case, tmp_path / "book.xlsx"))
    assert sum("cash_" in formula or "change_of" in formula for _, formula in book.cells("Summary")) >= 8
    assert differences(book, book.path) == []
    chance = random.Random(name)
    inputs = [key for key in inputs_of(book) if not project(case)[key].key.startswith("portfolio.rise")]
    with ten_changes(book, case, chance, inputs) as other:
        assert differences(book, written(other, tmp_path / "other.xlsx"), "Results", "Months") == []
