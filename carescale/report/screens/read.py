"""The screen of `read`: what was understood of a table, what is missing and why, before any sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carescale.area_table import AreaTable, Column, missing_words
from carescale.case import Case
from carescale.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Headline,
    Line,
    Records,
    Row,
    Screen,
    Value,
    notes,
    table,
    there,
)
from carescale.report.blocks import Column as Heading
from carescale.report.formats import number
from carescale.report.screens.joins import join_notes
from carescale.report.words import name_of, unit_words

COLUMNS = ("figure", "heading", "unit", "year", "known", "missing", "lowest", "highest", "why_missing")


def read_screen(case: Case) -> Screen:
    """What was understood of a table."""
    return Screen(blocks=lambda: _blocks(case), records=Records(COLUMNS, lambda: read_rows(case)))


def _blocks(case: Case) -> list[Block]:
    """Every figure that the table gives, with how many areas have it and how far it reaches."""
    areas = case.areas
    assert areas is not None
    rows = [
        Row((name_of(case, column.key), areas.headings[column.key], *_cells(areas, column)))
        for column in _columns(areas)
    ]
    words = (Heading("Figure", "words"), Heading("Column of the table", "words"))
    found = [(f"{sum(reasons.values()):,}", key, missing_words(reasons)) for key, reasons in areas.missing.items()]
    found += [("all", key, "no such column in the table") for key in areas.not_there]
    missing = ((count, f"{name_of(case, key)} – {why}") for count, key, why in found)
    left_out = ((f"{count:,}", reason) for reason, count in areas.left_out.items() if count)
    names = ", ".join(str(name) for name in list(areas.names)[:5])
    return there(
        Headline((f"{areas.map.path.name}: {len(areas):,} areas",)),
        Line((f"{names}{' …' if len(areas) > 5 else ''}",)),
        table([*words, *map(Heading, ("Known", "Missing", "Lowest", "Highest"))], rows),
        notes("Missing", missing),
        notes("Rows not read as areas", left_out),
        notes("Other tables", join_notes(case)),
    )


def _columns(areas: AreaTable) -> Sequence[Column]:
    return areas.map.columns


def _cells(areas: AreaTable, column: Column) -> tuple[Cell, ...]:
    known, lowest, highest = _reach(areas, column)
    ends = [Value(unit=column.kind.unit, number=end) if known else NOTHING for end in (lowest, highest)]
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
