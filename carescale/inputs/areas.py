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


@dataclass(frozen=True)
class Column:
    """A figure that comes from a table: its key, its place there, and where the publisher says it is from."""

    key: str
    kind: FigureKind
    entry: ColumnEntry
    year: str
    citation: Citation | None

    @property
    def done(self) -> str:
        """What is done to the number in the table: ` × 1,000`, ` ÷ 52`."""
        times = f" × {self.entry.times}" if self.entry.times else ""
        return times + (f" ÷ {self.entry.divided_by}" if self.entry.divided_by else "")


@dataclass(frozen=True)
class TableMap:
    """A `table:` block with its reading put together: what stands where."""

    path: Path
    sheet: str
    code: str
    name: str
    region: str
    code_form: str
    only: Mapping[str, str]
    missing: Mapping[str, str]
    columns: tuple[Column, ...]
    peers: PeersEntry | None = None


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

    def __len__(self) -> int:
        return len(self.codes)


def missing_words(reasons: Mapping[str, int]) -> str:
    """`5 not returned, 1 suppressed`."""
    return ", ".join(f"{count:,} {reason}" for reason, count in reasons.items())
