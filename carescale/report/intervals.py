"""Intervals as cells, beside the values given: from P5 to P95 of the draws, or why a result has none."""

from __future__ import annotations

from collections.abc import Mapping

from carescale.analysis.grounds import Intervals
from carescale.report.blocks import Cell, Value


def interval_cells(found: Intervals | None, *names: str) -> Mapping[str, Cell]:
    """The cells of headline quantities, by key."""
    if found is None:
        return {}
    cells: dict[str, Cell] = {}
    for name in names:
        for key, said in found.headline(name).items():
            cells[key] = said if isinstance(said, str) else Value(low=said.low.value, high=said.high.value)
    return cells
