"""Many areas of one cohort as data: a row an area, and the same as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from carescale.analysis.areas import AreaProjection
from carescale.case import PORTFOLIO
from carescale.numbers import DIGITS
from carescale.report.formats import number
from carescale.report.writers.data import FOR_READERS

if TYPE_CHECKING:
    import polars

FORMAT = "carescale.areas/1"

_AT_A_TIME = ("rate_base", "people_now", "rate_now", "benchmark_rate", "rate_gap", "additional_people", "total_people")
_A_YEAR = (
    *("rate_base", "people_a_year_now", "rate_now", "benchmark_rate", "rate_gap"),
    *("additional_people_a_year", "total_people_a_year", "additional_people"),
)
_WHOLE = (
    "set_up_cost",
    "break_even_month",
    "peak_funding",
    "net_saving_by_horizon",
)  # of an intervention of one cohort
_ENDLESS = ("break_even_month", "peak_funding")  # where they lie beyond the horizon


def area_frame(areas: AreaProjection) -> polars.DataFrame:
    """One row an area, in the table's order. What is missing, and what lies beyond the horizon, is blank; `status` says
    which areas are known and why others are not. Tables that somebody may read have no binary noise and intervals.
    """
    import numpy as np
    import polars
    from polars import selectors

    count = len(areas.table)
    columns: dict[str, Any] = {
        "place": polars.repeat(areas.case.place, count, eager=True),
        "scenario": polars.repeat(areas.case.scenario.name, count, eager=True),
        "cohort": polars.repeat(areas.cohort.path, count, eager=True),
        "code": areas.table.codes,
        "name": areas.table.names,
    }
    if areas.table.regions is not None:
        columns["region"] = areas.table.regions
    keys = {name: areas.key(name) for name in (_A_YEAR if areas.by_year else _AT_A_TIME)}
    keys |= {f"net_saving_{payer}": areas.key("net_saving", payer) for payer in areas.payers}
    if areas.is_alone:
        keys |= {f"{name}_{payer}": f"{areas.intervention}.{name}.{payer}" for payer in areas.payers for name in _WHOLE}
    areas.ask(keys.values())
    for name, key in keys.items():
        if areas.is_known(key):
            values = np.broadcast_to(areas[key], (count,))
            columns[name] = np.where(np.isinf(values), np.nan, values) if name.startswith(_ENDLESS) else values
    if areas.catches_up and count <= FOR_READERS:
        rates = polars.Series(areas[areas.key("rate_now")]).fill_nan(None)
        columns["rate_rank"] = rates.rank("min", descending=True)  # 1 the highest; equal rates share a rank
        columns["rate_lower"], columns["rate_upper"] = areas.intervals
    columns["status"] = _status(areas)
    frame = polars.DataFrame({name: polars.Series(name, values) for name, values in columns.items()})
    frame = frame.fill_nan(None)
    return frame.with_columns(selectors.float().round_sig_figs(DIGITS)) if count <= FOR_READERS else frame


def _status(areas: AreaProjection) -> polars.Series:
    """`known`, or why an area has no number of people to add."""
    import numpy as np
    import polars

    rates = np.broadcast_to(areas[areas.more], (len(areas.table),))
    missing = np.flatnonzero(np.isnan(rates))
    status = polars.repeat("known", len(areas.table), eager=True)
    if not len(missing):
        return status
    reasons = [areas.missing_reason(int(position)) or "unknown" for position in missing]
    return status.scatter(missing, polars.Series(reasons))


def area_json(areas: AreaProjection) -> dict[str, Any]:
    """The areas as data, versioned."""
    frame = area_frame(areas)
    total = areas.total(areas.more)
    return {
        "format": FORMAT,
        "place": areas.case.place,
        "scenario": areas.case.scenario.name,
        "cohort": areas.cohort.path,
        "confidence": float(areas.case.figures[f"{PORTFOLIO}.confidence"].value or 0),
        areas.more.rpartition(".")[2]: {"total": number(total.value), "areas": total.known, "missing": total.missing},
        "left_out": dict(areas.table.left_out),
        "areas": [{name: _plain(cell) for name, cell in row.items()} for row in frame.to_dicts()],
    }


def _plain(cell: object) -> object:
    return number(cell) if isinstance(cell, float) else cell
