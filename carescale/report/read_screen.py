"""The screen of `read`: what was understood of a table, what is missing and why, before any sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carescale.area_table import AreaTable, Column, missing_words
from carescale.case import Case
from carescale.report.blocks import Block, Headline, Line, Notes, Row, table
from carescale.report.rows import number
from carescale.report.values import NOTHING, name_of, show, unit_words

COLUMNS = ("figure", "heading", "unit", "year", "known", "missing", "lowest", "highest", "why_missing")


def read_screen(case: Case) -> list[Block]:
    """Every figure that the table gives, with how many areas have it and how far it reaches."""
    areas = case.areas
    assert areas is not None
    rows = [
        Row((name_of(case, column.key), areas.headings[column.key], *_cells(areas, column)))
        for column in _columns(areas)
    ]
    headings = ("Figure", "Column of the table", "Known", "Missing", "Lowest", "Highest")
    missing = [(name_of(case, key), missing_words(reasons)) for key, reasons in areas.missing.items()]
    left_out = [(f"{count:,}", reason) for reason, count in areas.left_out.items() if count]
    names = ", ".join(str(name) for name in list(areas.names)[:5])
    blocks: list[Block | None] = [
        Headline(f"{areas.map.path.name}: {len(areas):,} areas"),
        Line(f"{names}{' …' if len(areas) > 5 else ''}"),
        table("", headings, rows, words=(0, 1)),
        Notes("Missing", tuple(missing)) if missing else None,
        Notes("Rows not read as areas", tuple(left_out)) if left_out else None,
    ]
    return [block for block in blocks if block]


def _columns(areas: AreaTable) -> Sequence[Column]:
    return areas.map.columns


def _cells(areas: AreaTable, column: Column) -> tuple[str, ...]:
    known, lowest, highest = _reach(areas, column)
    ends = (show(lowest, column.kind.unit), show(highest, column.kind.unit)) if known else (NOTHING, NOTHING)
    return f"{known:,}", f"{len(areas) - known:,}", *ends


def _reach(areas: AreaTable, column: Column) -> tuple[int, float, float]:
    """How many areas have a figure, its lowest value and its highest."""
    import numpy as np

    values = areas.figures[column.key]
    known = values[~np.isnan(values)]
    return (len(known), float(known.min()), float(known.max())) if len(known) else (0, 0.0, 0.0)


def read_rows(case: Case) -> list[Sequence[Any]]:
    """One row for each figure of the table."""
    areas = case.areas
    assert areas is not None
    rows: list[Sequence[Any]] = []
    for column in _columns(areas):
        known, lowest, highest = _reach(areas, column)
        ends = (number(lowest), number(highest)) if known else (None, None)
        why = missing_words(areas.missing.get(column.key, {}))
        unit = unit_words(column.kind.unit)
        rows.append((column.key, areas.headings[column.key], unit, column.year, known, len(areas) - known, *ends, why))
    return rows
