"""Many areas for spreadsheets and databases: one wide row an area, as CSV or Parquet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carescale.analysis.areas import AreaProjection
from carescale.case import PORTFOLIO
from carescale.numbers import DIGITS
from carescale.report.delimited import SEPARATORS, data_frame
from carescale.report.output import Output, write_file
from carescale.report.rows import number

if TYPE_CHECKING:
    import polars

_COHORT = (
    "rate_base",
    "people_now",
    "rate_now",
    "benchmark_rate",
    "rate_gap",
    "additional_people",
    "total_people",
)
_WHOLE = (
    "set_up_cost",
    "break_even_month",
    "peak_funding",
    "net_saving_by_horizon",
)  # of an intervention of one cohort
_FOR_READERS = 2_000  # areas; larger tables are for sums


def area_frame(areas: AreaProjection) -> polars.DataFrame:
    """One row an area, in the table's order. What is missing, and a month beyond the horizon, is blank; `status` says
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
    keys = {name: areas.key(name) for name in _COHORT}
    keys |= {f"net_saving_{payer}": areas.key("net_saving", payer) for payer in areas.payers}
    if areas.is_alone:
        keys |= {f"{name}_{payer}": f"{areas.intervention}.{name}.{payer}" for payer in areas.payers for name in _WHOLE}
    areas.ask(keys.values())
    for name, key in keys.items():
        if areas.is_known(key):
            values = np.broadcast_to(areas[key], (count,))
            columns[name] = np.where(np.isinf(values), np.nan, values) if "month" in name else values
    if areas.catches_up and count <= _FOR_READERS:
        columns["rate_lower"], columns["rate_upper"] = areas.intervals
    columns["status"] = _status(areas)
    frame = polars.DataFrame({name: polars.Series(name, values) for name, values in columns.items()})
    frame = frame.fill_nan(None)
    return frame.with_columns(selectors.float().round_sig_figs(DIGITS)) if count <= _FOR_READERS else frame


def _status(areas: AreaProjection) -> polars.Series:
    """`known`, or why an area has no number of people to add."""
    import numpy as np
    import polars

    rates = np.broadcast_to(areas[areas.key("additional_people")], (len(areas.table),))
    missing = np.flatnonzero(np.isnan(rates))
    status = polars.repeat("known", len(areas.table), eager=True)
    if not len(missing):
        return status
    reasons = [areas.missing_reason(int(position)) or "unknown" for position in missing]
    return status.scatter(missing, polars.Series(reasons))


def write_area_rows(projections: Sequence[AreaProjection], output: Output) -> None:
    """The rows of one or more projections, one under the other."""
    import polars

    frame = polars.concat([area_frame(areas) for areas in projections], how="diagonal")
    if output.format == "parquet":
        assert output.path is not None
        write_file(output.path, lambda path: _write_parquet(frame, path))
        return
    separator, text = SEPARATORS[output.format], data_frame(frame)
    text = _whole_as_whole(text) if frame.height <= _FOR_READERS else text
    if output.path is None:
        output.write(text.write_csv(separator=separator))
    else:
        write_file(output.path, lambda path: text.write_csv(path, separator=separator, include_bom=output.bom))


def _write_parquet(frame: polars.DataFrame, path: Path) -> None:
    """Packed in memory first: of a disk that is full the library says only that the file is out of specification."""
    packed = io.BytesIO()
    frame.write_parquet(packed)
    path.write_bytes(packed.getbuffer())


def _whole_as_whole(frame: polars.DataFrame) -> polars.DataFrame:
    """Numbers as text, whole ones without `.0`."""
    import polars
    from polars import selectors

    return frame.with_columns(selectors.float().cast(polars.String).str.strip_suffix(".0"))


def area_json(areas: AreaProjection) -> dict[str, Any]:
    """The areas as data, versioned."""
    frame = area_frame(areas)
    total = areas.total(areas.key("additional_people"))
    return {
        "format": "carescale.areas/1",
        "place": areas.case.place,
        "scenario": areas.case.scenario.name,
        "cohort": areas.cohort.path,
        "confidence": float(areas.case.figures[f"{PORTFOLIO}.confidence"].value or 0),
        "additional_people": {"total": number(total.value), "areas": total.known, "missing": total.missing},
        "left_out": dict(areas.table.left_out),
        "areas": [{name: _value(cell) for name, cell in row.items()} for row in frame.to_dicts()],
    }


def _value(cell: object) -> object:
    return number(cell) if isinstance(cell, float) else cell
