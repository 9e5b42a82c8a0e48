"""What a projection's screen, data and workbook have more where the ranges of its figures are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from carescale.analysis.projection import Projection
from carescale.report.blocks import Cell, Records, Value
from carescale.report.screens import records
from carescale.report.screens.fields import Field, Fields, interval
from carescale.report.screens.notes import WORST_BEST
from carescale.report.view import View

if TYPE_CHECKING:
    from carescale.analysis.grounds import Intervals

_INTERVAL = Field("90%\ninterval", interval("net_saving"), live=False)


def sure_view(projection: Projection) -> View:
    """A projection with the intervals of its savings and of the months in which they are back."""
    from carescale.analysis.grounds import intervals_of

    found = intervals_of(projection.case)
    return View(projection, interval_cells(found, "net_saving", "break_even_month"), found)


def how_sure(found: Intervals | None) -> str:
    """What made the draws."""
    from carescale.report.screens.simulate_notes import how

    made = found.simulation if found else None
    return how(made.design, made.digest) if made else "nothing in this plan has a range to draw from"


def with_intervals(view: View, fields: Fields) -> Fields:
    """The same fields, with the interval of draws in place of worst and best, where draws were asked for."""
    if view.intervals is None:
        return fields
    return [_INTERVAL if field.heading == WORST_BEST else field for field in fields]


def quantity_records(projection: Projection, found: Intervals | None, *, monthly: bool) -> Records:
    """The quantities as rows: month by month, or with the percentiles of draws."""
    if monthly:
        return Records(records.MONTHLY_COLUMNS, lambda: records.monthly_rows(projection))
    if found:
        columns_too = (*records.COLUMNS, *records.PERCENTILES)
        return Records(columns_too, lambda: records.sure_rows(projection, found))
    return Records(records.COLUMNS, lambda: records.quantity_rows(projection))


def interval_cells(found: Intervals | None, *names: str) -> Mapping[str, Cell]:
    """The 90% intervals of headline quantities as cells, by key: from P5 to P95, or why a result has none."""
    if found is None:
        return {}
    cells: dict[str, Cell] = {}
    for name in names:
        for key, said in found.headline(name).items():
            cells[key] = said if isinstance(said, str) else Value(low=said.low.value, high=said.high.value)
    return cells
