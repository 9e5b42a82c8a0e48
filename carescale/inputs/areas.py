"""Many areas at once: an array for each figure, one row an area, and what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carescale.engine.registry import FigureKind
from carescale.figures import Citation
from carescale.inputs.table_schema import ColumnEntry, PeersEntry

Array = Any  # a numpy array of floats, one an area
Filters = Mapping[str, tuple[str, ...]]  # by heading, what may stand there


@dataclass(frozen=True)
class Column:
    """A figure that comes from a table: its key, its place there, and where the publisher says it is from."""

    key: str
    kind: FigureKind
    entry: ColumnEntry
    year: str
    citation: Citation | None
    table: str = ""  # another table, by its name

    @property
    def done(self) -> str:
        """What is done to the number in the table: ` × 1,000`, ` ÷ 52`."""
        times = f" × {self.entry.times}" if self.entry.times else ""
        return times + (f" ÷ {self.entry.divided_by}" if self.entry.divided_by else "")


@dataclass(frozen=True)
class TableFile:
    """A table's file: where its areas' codes and names stand, and what its own marks mean."""

    path: Path
    sheet: str
    code: str
    name: str
    code_form: str
    missing: Mapping[str, str]
    only: Filters = field(default_factory=dict, kw_only=True)
    leave_out: Filters = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True)
class TableMap(TableFile):
    """A `table:` block with its reading put together: what stands where, and which other tables are joined to it."""

    region: str
    columns: tuple[Column, ...]
    peers: PeersEntry | None = None
    joined: Mapping[str, TableFile] = field(default_factory=dict)


@dataclass(frozen=True)
class Join:
    """How another table met the first: how many areas are in both, and which are in only one, and how many people each
    holds, where the tables say so.
    """

    title: str
    matched: int
    only_here: tuple[tuple[str, float | None], ...]
    only_there: tuple[tuple[str, float | None], ...]
    renamed: tuple[str, ...] = ()
    counted: tuple[str, str] = ("", "")  # the figures of people, here and there


@dataclass(frozen=True)
class AreaTable:
    """Areas as read: codes and names, an array for each figure (NaN where missing), and what was left out and why."""

    map: TableMap
    codes: Any
    names: Any
    regions: Any
    figures: Mapping[str, Array]
    headings: Mapping[str, str]
    missing: Mapping[str, Mapping[str, int]]
    marks: Mapping[str, Mapping[int, str]]
    left_out: Mapping[str, int]
    peer_columns: Mapping[str, Any] = field(default_factory=dict)
    joins: tuple[Join, ...] = ()

    def __len__(self) -> int:
        return len(self.codes)


def missing_words(reasons: Mapping[str, int]) -> str:
    """`5 not returned, 1 suppressed`."""
    return ", ".join(f"{count:,} {reason}" for reason, count in reasons.items())
