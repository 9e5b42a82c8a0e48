"""The waterfall leads from cost avoided to net saving: a step for every adjustment given, hanging where it should."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from books import case_of, written
from recalculating import Recalculated, same

HEADING = "Avoided to net, a year (council)"
ALL_STEPS = [
    "Deadweight",
    "Displacement",
    "Optimism on savings",
    "Not cashable",
    "Cost incurred",
    "Overlap",
]


def _waterfall(book: Recalculated) -> list[tuple[Any, ...]]:
    """Every bar: its title, what it hangs above, its amount, and the pieces of it."""
    rows = list(book.formulas["Charts"].iter_rows(max_col=7))
    start = next((row[0].row for row in rows if row[0].value == HEADING), None)
    found = []
    for title, *others in rows[start:] if start else []:
        if title.value is None:
            break
        cells = (book.computed(f"Charts!{cell.coordinate}") if cell.value else None for cell in others)
        found.append((title.value, *cells))
    return found


def _book(name: str, kind: str, folder: Path, *settings: str) -> Recalculated:
    case = case_of(name, kind, "portfolio.horizon_months=12", *settings)
    return Recalculated.of(written(case, folder / "book.xlsx"))


@pytest.mark.parametrize("name", ["birmingham", "cornwall", "england"])
@pytest.mark.parametrize("kind", ["project", "project adjusted", "appraise adjusted"])
def test_each_step_hangs_where_the_one_before_ends_and_the_last_at_the_net_saving(
    name: str, kind: str, tmp_path: Path
) -> None:
    bars = _waterfall(_book(name, kind, tmp_path))
    (avoided, *steps, net) = bars
    assert (avoided[:2], net[:2]) == (("Cost avoided", None), ("Net saving", None))
    level = avoided[2]
    for _, hangs, amount, *_ in steps:
        level -= amount
        assert same(hangs, level)
    assert same(level, net[2])


def test_every_adjustment_that_is_given_is_a_step_and_no_other(tmp_path: Path) -> None:
    assert [bar[0] for bar in _waterfall(_book("birmingham", "project adjusted", tmp_path))][1:-1] == ALL_STEPS
    bars = _waterfall(_book("cornwall", "project", tmp_path, "living_well.deadweight=10%"))
    assert [bar[0] for bar in bars] == ["Cost avoided", "Deadweight", "Cost incurred", "Net saving"]


def test_there_is_no_waterfall_where_its_steps_would_not_lead_to_the_net_saving(tmp_path: Path) -> None:
    assert _waterfall(_book("kent", "project adjusted", tmp_path)) == []


@pytest.mark.parametrize("settings", [[], ["living_well.running_cost_share.council=100%", "deadweight=90%"]])
def test_the_pieces_of_a_bar_reach_from_one_end_to_the_other_also_across_zero(
    settings: list[str], tmp_path: Path
) -> None:
    bars = _waterfall(_book("cornwall", "project adjusted", tmp_path, *settings))
    assert (bars[-1][2] < 0) is bool(settings)
    for _, hangs, amount, clear_above, clear_below, above, below in bars:
        low, high = sorted(((hangs or 0), (hangs or 0) + amount))
        assert min(clear_above, -clear_below, above, -below) == 0 or clear_above == clear_below == 0
        assert same(clear_above + above, max(high, 0))
        assert same(clear_below + below, min(low, 0))
        assert same(above - below, high - low)
