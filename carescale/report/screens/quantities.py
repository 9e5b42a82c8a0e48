"""The quantities of a place: the key of each, which other commands take, what it is, its unit and its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.projection import Projection, Result, project
from carescale.case import Case
from carescale.engine.model import Status
from carescale.report.blocks import Block, Cell, Column, Line, Records, Row, Screen, legend, table, there
from carescale.report.formats import number
from carescale.report.view import View
from carescale.report.words import unit_words

COLUMNS = ("key", "title", "unit", "value", "status")
_MONTHLY, _BY_AREA = "each month", "by area"


class Listed(Struct, frozen=True):
    """A quantity of a place. `result` is None where it has a value for each month or each area, which `spread` says."""

    key: str
    title: str
    unit: str
    status: str
    result: Result | None
    spread: str = ""


def quantities_of(case: Case) -> list[Listed]:
    """Every quantity that applies, in story order."""
    projection = project(case)
    keys = [key for key in case.plan.quantities() if case.plan.need(key).status != Status.NOT_APPLICABLE]
    spread = {key: _BY_AREA if case.areas is not None else _MONTHLY for key in keys if _is_spread(projection, key)}
    projection.ask(key for key in keys if key not in spread)
    return [_listed(projection, key, spread.get(key, "")) for key in keys]


def _is_spread(projection: Projection, key: str) -> bool:
    return projection.case.areas is not None or projection.is_monthly(key)


def _listed(projection: Projection, key: str, spread: str) -> Listed:
    if not spread:
        result = projection[key]
        return Listed(key, result.title, result.unit, result.status, result)
    bound = projection.bound(key)
    assert bound is not None
    return Listed(key, bound.formula.title, bound.formula.unit, str(bound.state.status), None, spread)


def quantities_screen(case: Case) -> Screen:
    """Every quantity of a place, with its value."""
    listed = quantities_of(case)
    return Screen(blocks=lambda: _blocks(case, listed), records=Records(COLUMNS, lambda: quantities_rows(listed)))


def _blocks(case: Case, listed: Sequence[Listed]) -> list[Block]:
    """A table with the quantities of each part of the plan together, under the path that goes before their names."""
    rows: list[Row] = []
    for path in case.model.entities:
        inside = [entry for entry in listed if _path(case, entry) == path]
        rows += [Row((f"{path}.", "", ""), "section")] if inside else []
        rows += [Row(_cells(case, path, entry), "part") for entry in inside]
    shown = [Column("Quantity", "names"), Column("What it is (unit)", "words"), Column("Value")]
    body = table(shown, rows)
    if not body:
        return [Line(("none: nothing is planned",))]
    meanings = legend([body])
    before = f"{meanings.said[0]} · " if meanings else ""
    says = f"{before}a key is a name with the path above it: carescale explain FILE {listed[0].key}"
    return there(body, Line((says,)))


def _path(case: Case, entry: Listed) -> str:
    bound = case.plan.bound[entry.key]
    assert bound is not None
    return bound.entity.path


def _cells(case: Case, path: str, entry: Listed) -> tuple[Cell, ...]:
    what = f"{entry.title} ({unit_words(entry.unit)})"
    return entry.key.removeprefix(f"{path}."), what, _value(case, entry)


def _value(case: Case, entry: Listed) -> Cell:
    """The value without marks and ranges: what one can type."""
    if entry.result is None:
        return entry.spread
    return replace(View(project(case))(entry.result, marks=False), low=None, high=None)


def quantities_rows(listed: Sequence[Listed]) -> Iterator[Sequence[Any]]:
    """One row a quantity, with its whole key and its value at full precision."""
    for entry in listed:
        value = number(entry.result.value) if entry.result else None
        yield entry.key, entry.title, unit_words(entry.unit), value, entry.status
