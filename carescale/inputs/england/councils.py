"""The councils of a published table, and what is published of each: every number with its year, table and cell."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from pathlib import Path

from msgspec import Struct

from carescale.inputs.england.publication import cell_at
from carescale.inputs.england.shipped_table import About, read_about
from carescale.inputs.england.successors import Succession, after, before, same_area
from carescale.inputs.library import display_name, shipped
from carescale.inputs.tables.area_names import find_area
from carescale.problems import Position, Problem, Problems

NEWEST = ("2021-22", "2024-25")  # the tables that ship, by year


class Council(Struct, frozen=True):
    """A council: who it is, and which row of its table it has."""

    code: str
    name: str
    type: str
    region: str
    row: int


class PublishedFigure(Struct, frozen=True):
    """One number, or why there is none, and where it stands."""

    value: Decimal | None
    missing: str
    title: str
    unit: str
    year: str
    where: str  # table and cell, such as T37 L64


class CouncilTable:
    """A table made by `update-england`: the councils, and their figures by column."""

    def __init__(self, path: Path, about: About, rows: Sequence[dict[str, str]]) -> None:
        self.path, self.about, self._rows = path, about, rows
        self.councils = [
            Council(row["code"], row["name"], row["type"], row["region"], position) for position, row in enumerate(rows)
        ]

    def figure(self, council: Council, columns: Sequence[str]) -> PublishedFigure:
        """A figure of a council out of a column, or out of several that are added up."""
        parts = [self._one(council, column) for column in columns]
        if len(parts) == 1:
            return parts[0]
        values = [part.value for part in parts if part.value is not None]
        value = sum(values, Decimal(0)) if len(values) == len(parts) else None
        missing = next((part.missing for part in parts if part.missing), "")
        return PublishedFigure(
            value, missing, " + ".join(part.title for part in parts), parts[0].unit, parts[0].year,
            " + ".join(part.where for part in parts),
        )  # fmt: skip

    def _one(self, council: Council, name: str) -> PublishedFigure:
        column, text = self.about.columns[name], self._rows[council.row][name]
        cell = cell_at(column.cells, council.row)
        value: Decimal | None
        try:
            value, missing = Decimal(text), ""
            if value < 0:
                value, missing = None, f"printed below zero, as {text}"
        except InvalidOperation:
            value, missing = None, self.about.missing.get(text, "blank")
        return PublishedFigure(value, missing, column.title, column.unit, column.year, f"{column.table} {cell}".strip())

    def has(self, columns: Sequence[str]) -> bool:
        """Whether the table has these columns."""
        return all(column in self.about.columns for column in columns)


@cache
def council_table(path: Path | None = None) -> CouncilTable:
    """A table of one's own made by `update-england`, or the one that ships. Raises Problems."""
    path = path or shipped("scenarios") / "england" / f"{NEWEST[0]}.csv"
    if not path.is_file():
        raise Problems([Problem("missing-file", "there is no such table", Position(str(path)))])
    about = read_about(path)
    if about is None:
        hint = "make it, and the file beside it, with `carescale update-england WORKBOOK --output FILE.csv`"
        name = display_name(path)
        raise Problems(
            [Problem("missing-file", "nothing beside it says where its numbers are from", Position(name), hint)]
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        return CouncilTable(path, about, list(csv.DictReader(file)))


class Found(Struct, frozen=True):
    """A council and its places in the tables: in the main one, in the outcomes of the latest year, or in one of them.

    `history` says what it was made from, or what became of it, where the tables are of different boundaries.
    """

    council: Council
    main: Council | None
    outcomes: Council | None
    history: tuple[Succession, ...]

    @property
    def changed(self) -> str:
        """In a few words, what it was made from or became: from Cumbria, 2023."""
        before_ = [one for one in self.history if one.new == self.council.code]
        came = [f"{'was' if one.how == 'renamed' else 'from'} {one.old_name} {one.old}" for one in before_]
        went = [f"{one.how} into {one.new_name}" for one in self.history if one not in before_]
        return "; ".join([*came, *went]) + (f", {self.history[0].date[:4]}" if self.history else "")


class England:
    """The tables that a council's figures come from: what is spent and on whom, and the latest outcomes."""

    def __init__(self, table: Path | None = None) -> None:
        self.main = council_table(table)
        self.outcomes = council_table(shipped("scenarios") / "england" / f"{NEWEST[1]}.csv")

    @cached_property
    def councils(self) -> list[Found]:
        """Every council of either table, once, by name: one that only changed its code is the same council."""
        renamed = same_area()
        main = {renamed.get(one.code, one.code): one for one in self.main.councils}
        latest = {one.code: one for one in self.outcomes.councils}
        found = []
        for code in {**main, **latest}:
            one = latest.get(code) or main[code]
            same = code in main and code in latest and main[code].code == code
            history = () if same else (*before(code), *after(code))
            found.append(Found(one, main.get(code), latest.get(code), history))
        return sorted(found, key=lambda one: one.council.name)

    def find(self, wanted: str) -> Found:
        """The council of a code, a name or a part of one. Raises Problems with the nearest names."""
        old = {one.main.code: i for i, one in enumerate(self.councils) if one.main}
        if wanted.strip().upper() in old:
            return self.councils[old[wanted.strip().upper()]]
        codes, names = [one.council.code for one in self.councils], [one.council.name for one in self.councils]
        return self.councils[find_area(wanted, codes, names, "--council")]
