"""Tables as rows of entities under fields: a field is a heading and the cell of an entity, so that one line adds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from carescale.case import PORTFOLIO
from carescale.engine.model import Entity
from carescale.report.blocks import Cell, Column, Row
from carescale.report.formats import IN_100_000
from carescale.report.view import View

Asked = Callable[[View, Entity, str], Cell]  # of an entity, for a payer or ""


class Field(Struct, frozen=True):
    """A column of a table: its heading, its cell, and whether it follows an input that is changed."""

    heading: str
    cell: Asked
    live: bool = True


Fields = Sequence[Field]


def quantity(name: str, unit: str = "") -> Asked:
    """The cell of a quantity, for a payer where there is one."""
    return lambda view, entity, payer: view.get(entity, name, *((payer,) if payer else ()), unit=unit)


def rate(name: str) -> Asked:
    """The cell of a rate: in per cent, and a small one of all adults as so many in 100,000."""

    def cell(view: View, entity: Entity, payer: str) -> Cell:
        found, among = view.get(entity, name), view.case.model.choice(entity, "rate_of")
        small = among == "population" and found.number is not None and found.number < 1 / 100
        return replace(found, unit=IN_100_000) if small else found

    return cell


def given(name: str) -> Asked:
    """The cell of a figure as it stands for an entity."""
    return lambda view, entity, payer: view.nearest(entity, name)


def spread(name: str) -> Asked:
    """The cell of a quantity's range."""
    return lambda view, entity, payer: view.range_of(entity, name, *((payer,) if payer else ()))


def interval(name: str) -> Asked:
    """The cell of a quantity's interval over draws."""
    return lambda view, entity, payer: view.interval_of(entity, name, *((payer,) if payer else ()))


def called(fields: Fields, heading: str, instead: str) -> Fields:
    """The fields with one of them called something else."""
    return [replace(field, heading=instead) if field.heading == heading else field for field in fields]


def columns(first: str, fields: Fields) -> list[Column]:
    """The columns of a table, the names first."""
    return [Column(first, "words"), *(Column(field.heading, live=field.live) for field in fields)]


def row(view: View, entity: Entity, fields: Fields, kind: str = "plain", payer: str = "", title: str = "") -> Row:
    """The row of an entity."""
    return Row((title or entity.title, *(field.cell(view, entity, payer) for field in fields)), kind)


def only(title: str, fields: Fields, kind: str, cells: Mapping[str, Cell] | None = None) -> Row:
    """A row that says nothing, or something in some fields, by heading."""
    return Row((title, *((cells or {}).get(field.heading, "") for field in fields)), kind)


def together(view: View, fields: Fields, payer: str = "") -> Row:
    """The row of the whole plan."""
    return row(view, view.case.model.entities[PORTFOLIO], fields, "total", payer, "Together")
