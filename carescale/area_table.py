"""Many areas at once: an array for each figure, one row an area, and what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from carescale.engine.registry import FigureKind
from carescale.engine.tree import Expression
from carescale.figures import Citation

Array = Any  # a numpy array of floats, one an area
Filters = Mapping[str, tuple[str, ...]]  # by heading, what may stand there


class Column(Struct, frozen=True, kw_only=True):
    """A figure that comes from a table: its key, where it stands there, and where the publisher says it is from.

    `heading` is that of its column, as the file names it; the number there is taken `times` and `divided_by` others.
    Where it is a `sum` over columns, `heading` is the text of that.
    """

    key: str
    kind: FigureKind
    heading: str
    others: tuple[str, ...] = ()  # further columns that are added to it
    table: str = ""  # another table that is joined, by its name
    sheet: str = ""
    times: str | None = None
    divided_by: str | None = None
    sum: Expression | None = None
    year: str = ""
    citation: Citation | None = None
    assumption: str = ""
    note: str = ""
    is_asked_for: bool = True  # by the file; what a reading names may be missing from a workbook

    @property
    def done(self) -> str:
        """What is done to the number in the table: ` × 1,000`, ` ÷ 52`."""
        times = f" × {self.times}" if self.times else ""
        return times + (f" ÷ {self.divided_by}" if self.divided_by else "")


class Peers(Struct, frozen=True):
    """Whom an area is measured against: those with the same word in a column, named ones, or the most alike.

    `nearest` is how many of the most alike, in the columns of `weights`.
    """

    same: str = ""
    codes: tuple[str, ...] = ()
    nearest: str = ""
    weights: Mapping[str, str] = field(default_factory=dict)


class TableFile(Struct, frozen=True, kw_only=True):
    """A table's file: where its areas' codes and names stand, what its own marks mean, which rows are wanted."""

    path: Path
    code: str
    sheet: str = ""
    name: str = ""
    code_form: str = ""
    missing: Mapping[str, str] = field(default_factory=dict)
    only: Filters = field(default_factory=dict)
    leave_out: Filters = field(default_factory=dict)


class TableMap(TableFile, frozen=True, kw_only=True):
    """A `table:` block with its reading put together: what stands where, and which other tables are joined to it."""

    columns: tuple[Column, ...]
    region: str = ""
    peers: Peers | None = None
    joined: Mapping[str, TableFile] = field(default_factory=dict)


class Join(Struct, frozen=True):
    """How another table met the first: how many areas are in both, and which are in only one, and how many people each
    holds, where the tables say so.
    """

    title: str
    matched: int
    only_here: tuple[tuple[str, float | None], ...]
    only_there: tuple[tuple[str, float | None], ...]
    renamed: tuple[str, ...] = ()
    counted: tuple[str, str] = ("", "")  # the figures of people, here and there


class AreaTable(Struct, frozen=True, kw_only=True):
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
    not_there: tuple[str, ...] = ()  # figures that a reading names and the table does not have

    def __len__(self) -> int:
        return len(self.codes)


def missing_words(reasons: Mapping[str, int]) -> str:
    """`5 not returned, 1 suppressed`."""
    return ", ".join(f"{count:,} {reason}" for reason, count in reasons.items())
