"""One area of a table as a case of its own: its figures with their source, and the benchmark as the table sets it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from carescale.analysis.areas import AreaProjection, project_areas
from carescale.area_table import AreaTable, Column
from carescale.case import Case
from carescale.figures import Detail, Figure
from carescale.inputs.library import display_name
from carescale.numbers import Printed, grouped, to_decimal
from carescale.problems import Position, Problem, Problems, did_you_mean, quoted

_PER = 100_000  # rates are written for so many eligible people


def one_area(case: Case, wanted: str) -> Case:
    """The case of one area, by its code or its name. Raises Problems where no area, or more than one, is called so."""
    table = case.areas
    assert table is not None
    position = _find(table, wanted)
    figures = {column.key: _figure(table, column, position) for column in table.map.columns}
    for areas in project_areas(case):
        if areas.catches_up and areas.is_known(areas.key("benchmark_rate")):
            rate = areas.benchmark if areas.peers is None else areas.benchmark[position]
            figures[areas.key("benchmark_rate")] = _benchmark(areas, float(rate))
    arrays = {column.key for column in table.map.columns}
    numbers = {key: value for key, value in case.model.numbers.items() if key not in arrays}
    model = replace(case.model, figures={**case.figures, **figures}, numbers=numbers)
    name, code = str(table.names[position]), str(table.codes[position])
    return replace(case, place=name, code=code, model=model, areas=None)


def _find(table: AreaTable, wanted: str) -> int:
    plain = wanted.strip().casefold()
    words = list(zip(table.codes, table.names, strict=True))
    found = [i for i, (code, name) in enumerate(words) if plain in (str(code).casefold(), str(name).casefold())]
    if len(found) == 1:
        return found[0]
    known = [str(name) for name in table.names]
    message = f"{'several areas are' if found else 'no area is'} called {quoted(wanted)}"
    hint = "give its code" if found else did_you_mean(wanted, known, "Areas")
    raise Problems([Problem("unknown-name", message, Position("--area"), hint)])


def _figure(table: AreaTable, column: Column, row: int) -> Figure:
    value = float(table.figures[column.key][row])
    place = Position(display_name(table.map.path))
    missing = value != value
    number = None if missing else Printed(to_decimal(value), Decimal(0), _written(value))
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


def _benchmark(areas: AreaProjection, rate: float) -> Figure:
    """The benchmark that the table sets, as a given number of this area's case."""
    choice = areas.case.model.choice(areas.cohort, "benchmark").replace("_", " ")
    whose = "the areas" if areas.peers is None else "its peers among the areas"
    reason = f"{choice} of {whose} of {areas.table.map.path.name}"
    number = Printed(to_decimal(rate), Decimal(0), f"{grouped(to_decimal(rate * _PER), 2)} per {_PER:,}")
    return Figure(
        name=areas.key("benchmark_rate"),
        number=number,
        unit="",
        year="",
        citation=None,
        assumption=reason,
        position=Position(areas.case.file),
    )


def _written(value: float) -> str:
    """A number of the table as it would be printed: whole, or with two decimals."""
    return grouped(to_decimal(value), 0 if value == int(value) else 2)
