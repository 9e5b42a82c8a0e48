"""The notes under many areas: what the table is, what was left out, who sets the line, what chance could have done."""

from __future__ import annotations

from collections.abc import Iterator

from carescale.analysis.areas import AreaProjection
from carescale.analysis.overreach import areas_beyond
from carescale.area_table import Column
from carescale.case import PORTFOLIO
from carescale.engine.over_areas import Total
from carescale.formulas.vocabulary import PAYERS
from carescale.numbers import compact_money, grouped, percent, to_decimal
from carescale.report.project_notes import LIMITS, LOW_HIGH, note_items
from carescale.report.values import name_of, payer_name


def area_notes(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """Every note as its label and its text."""
    yield from _benchmark_notes(areas) if areas.catches_up else ()
    if {"E07", "E10"} <= {str(code)[:3] for code in areas.table.codes}:
        yield (
            "Warning",
            "counties (E10) and districts inside them (E07) are both in the table: totals count people twice",
        )
    yield from _too_many(areas)
    for reason, count in areas.table.left_out.items():
        if count:
            yield "Not counted", f"{count:,} {reason}"
    for column in areas.table.map.columns:
        yield "From the table", _column(areas, column)
    silent = [payer_name(payer) for payer in PAYERS if payer not in areas.payers]
    if silent:
        yield "Left out", f"{', '.join(silent)}: no saving is published that could be counted"
    shown = [areas.key("additional_people"), *(areas.key("net_saving", payer) for payer in areas.payers)]
    across = [areas.key("benchmark_rate")] if areas.catches_up else []
    yield from (item for item in note_items(areas.case, [*shown, *across]) if item[0] != LOW_HIGH)


def _too_many(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """In how many areas the plan is for more people than there are."""
    count, limit = areas_beyond(areas)
    if count:
        where = "1 area" if count == 1 else f"{count:,} areas"
        yield "Warning", f"in {where} of {len(areas.table):,} the plan is for more people than {LIMITS[limit]}"


def _benchmark_notes(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    setter = areas.lone_setter()
    if setter is not None:
        size = grouped(to_decimal(float(areas[areas.key("rate_base")][setter])))
        yield "Warning", f"{areas.table.names[setter]} alone sets the benchmark, whose rate is of only {size} people"
    floor = areas.given("minimum_eligible")[0]
    small = areas.too_small()
    yield (
        "Benchmark",
        f"over areas with a rate and at least {grouped(to_decimal(float(floor)))} people behind it"
        f" ({small} too small); only areas below it move",
    )
    below, beyond = areas.chance_gaps()
    level = percent(float(areas.case.figures[f"{PORTFOLIO}.confidence"].value or 0)).replace(".00", "")
    counted = "only those are counted" if areas.significant_only else "all are counted; --significant-only counts those"
    yield "Chance", f"{beyond} of {below} gaps are beyond chance ({level} intervals of the areas' own rates); {counted}"
    if areas.significant_only:
        other = areas.gaining()
        yield "Chance", f"counting every gap: {_people(other)}; counting only those: {_people(areas)}"


def _people(areas: AreaProjection) -> str:
    more: Total = areas.total(areas.key("additional_people"))
    savings = [f"{compact_money(areas.total(areas.key('net_saving', payer)).value)}" for payer in areas.payers]
    return f"{grouped(to_decimal(more.value), 1)} more people, {', '.join(savings)}"


def _column(areas: AreaProjection, column: Column) -> str:
    """A column of the table as a given figure: where it stands, what was done to it, and its source."""
    heading = f"{areas.table.headings[column.key]}{column.done}"
    origin = f"assumption: {column.assumption}" if column.assumption else f"{column.citation}; {column.year}"
    note = f"; {column.note}" if column.note else ""
    return f"{name_of(areas.case, column.key)} – “{heading}” ({origin}){note}"
