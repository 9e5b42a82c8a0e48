"""One area of a table as a case of its own: its figures with their source, and the benchmark as the table sets it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from carescale.analysis.areas import AreaProjection, cohort_views
from carescale.area_table import AreaTable, Column
from carescale.case import Case
from carescale.figures import Detail, Figure
from carescale.inputs.library import display_name
from carescale.inputs.tables.area_names import find_area
from carescale.numbers import Printed, grouped, to_decimal
from carescale.problems import Position

_PER = 100_000  # rates are written for so many eligible people


def one_area(case: Case, wanted: str) -> Case:
    """The case of one area, by its code or its name. Raises Problems where no area, or more than one, is called so."""
    table = case.areas
    assert table is not None
    position = find_area(wanted, table.codes, table.names, "--area")
    figures = {column.key: figure_of(table, column, position) for column in table.map.columns}
    for areas in cohort_views(case):
        if areas.catches_up and areas.is_known(areas.key("benchmark_rate")):
            rate = areas.benchmark if areas.peers is None else areas.benchmark[position]
            figures[areas.key("benchmark_rate")] = _benchmark(areas, float(rate), position)
    arrays = {column.key for column in table.map.columns}
    numbers = {key: value for key, value in case.model.numbers.items() if key not in arrays}
    model = replace(case.model, figures={**case.figures, **figures}, numbers=numbers)
    name, code = str(table.names[position]), str(table.codes[position])
    return replace(case, place=name, code=code, model=model, areas=None)


def numbers_of_areas(case: Case) -> dict[str, Any]:
    """What `one_area` gives an area and not another: arrays over the areas, NaN where a figure is missing."""
    import numpy as np

    table = case.areas
    assert table is not None
    numbers = {column.key: np.asarray(table.figures[column.key], dtype=float) for column in table.map.columns}
    for areas in cohort_views(case):
        if areas.catches_up and areas.is_known(areas.key("benchmark_rate")):
            numbers[areas.key("benchmark_rate")] = np.broadcast_to(np.asarray(areas.benchmark, float), (len(table),))
    return numbers


def figure_of(table: AreaTable, column: Column, row: int) -> Figure:
    """A figure of one area: its number, or why it has none."""
    value = float(table.figures[column.key][row])
    place = Position(display_name(table.map.path))
    missing = value != value
    # In full: what sets the benchmark is then no hair short of it, and no one more is found to reach.
    number = None if missing else Printed(Decimal(repr(value)), Decimal(0), _written(value, column.kind.unit))
    unknown = table.marks.get(column.key, {}).get(row, "missing from the table") if missing else ""
    detail = Detail(note=f"{table.headings[column.key]}{column.done}{f'; {column.note}' if column.note else ''}")
    return Figure(
        name=column.key,
        number=number,
        unit=column.kind.unit,
        year=column.year,
        citation=column.citation,
        assumption=column.assumption,
        position=place,
        detail=detail,
        unknown=unknown,
    )


def _benchmark(areas: AreaProjection, rate: float, row: int) -> Figure:
    """The benchmark that the table sets, as a given number of this area's case; who sets it, and the peers, by name."""
    import numpy as np

    choice = areas.case.model.choice(areas.cohort, "benchmark").replace("_", " ")
    rates, names = areas[areas.key("rate_now")], areas.table.names
    among = np.arange(len(names)) if areas.peers is None else areas.peers[row][areas.peers[row] >= 0]
    known = [int(at) for at in among if rates[at] == rates[at]]
    whose = "the areas" if areas.peers is None else f"its peers ({', '.join(str(names[int(at)]) for at in among)})"
    setters = [f"{names[at]} ({areas.table.codes[at]})" for at in known if rates[at] == rate]
    who = f", which is that of {' and '.join(setters)}" if setters else ""
    reason = f"{choice} of {whose} of {areas.table.map.path.name}, {len(known)} of {len(among)} with a rate{who}"
    number = Printed(Decimal(repr(rate)), Decimal(0), f"{grouped(to_decimal(rate * _PER), 2)} per {_PER:,}")
    return Figure(
        name=areas.key("benchmark_rate"),
        number=number,
        unit="",
        year="",
        citation=None,
        assumption=reason,
        position=Position(areas.case.file),
    )


def _written(value: float, unit: str) -> str:
    """A number of the table as it would be printed: whole, or with two decimals."""
    number = grouped(to_decimal(value), 0 if value == int(value) else 2)
    return f"£{number}" if unit.startswith("GBP") else number
