"""The waterfall leads from gross to net: a step for every adjustment that is given, each hanging where it should."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import case_of, written
from recalculating import Recalculated, same

HEADING = "Gross to net, a year (council)"
ALL_STEPS = [
    "Deadweight",
    "Displacement",
    "Optimism on savings",
    "Not cashable",
    "Running cost",
    "Optimism on running cost",
    "Overlap",
]


def _waterfall(book: Recalculated) -> list[tuple[str, object, object]]:
    """Every bar: its title, what it hangs above, and its amount."""
    rows = list(book.formulas["Charts"].iter_rows(max_col=3))
    start = next((row[0].row for row in rows if row[0].value == HEADING), None)
    found = []
    for title, hangs, amount in rows[start:] if start else []:
        if title.value is None:
            break
        cells = (book.computed(f"Charts!{cell.coordinate}") if cell.value else None for cell in (hangs, amount))
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
    (gross, *steps, net) = bars
    assert (gross[:2], net[:2]) == (("Gross saving", None), ("Net saving", None))
    level = gross[2]
    for _, hangs, amount in steps:
        level -= amount
        assert same(hangs, level)
    assert same(level, net[2])


def test_every_adjustment_that_is_given_is_a_step_and_no_other(tmp_path: Path) -> None:
    assert [bar[0] for bar in _waterfall(_book("birmingham", "project adjusted", tmp_path))][1:-1] == ALL_STEPS
    bars = _waterfall(_book("cornwall", "project", tmp_path, "living_well.deadweight=10%"))
    assert [bar[0] for bar in bars] == ["Gross saving", "Deadweight", "Running cost", "Net saving"]


def test_there_is_no_waterfall_where_its_steps_would_not_lead_to_the_net_saving(tmp_path: Path) -> None:
    assert _waterfall(_book("kent", "project adjusted", tmp_path)) == []
