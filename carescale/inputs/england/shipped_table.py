"""A table made by `update-england`, as figures: which column each figure is, and of which year, table and cells."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from pydantic import Field

from carescale.figures import Citation, Source
from carescale.inputs.document import Document
from carescale.inputs.england.publication import PublishedColumn, in_year, source_file
from carescale.inputs.library import display_name, library_sources
from carescale.inputs.reading import read_document
from carescale.inputs.schema import Entry, Text, check_entry
from carescale.inputs.tables.schema import ColumnEntry, ReadingEntry
from carescale.inputs.tables.workbooks import WORKBOOKS


class CellsEntry(Entry):
    """Where a column was taken from."""

    what = "a column of a published table"
    title: Text
    unit: Text
    year: Text
    table: Text
    cells: Text


class KeyedSource(Entry):
    """A publication, and the key it has in the library or would have."""

    what = "the source of a published table"
    key: Text
    publisher: Text
    title: Text
    year: Text
    url: Text | None = None
    unverified: Text | None = None


class SourceFile(Entry):
    """What stands beside a published table."""

    what = "the description of a published table"
    published: Text
    reading: Text
    year: Text
    source: KeyedSource
    licence: Text
    missing: dict[str, Text] = Field({})
    columns: dict[str, CellsEntry] = Field({})


class About(Struct, frozen=True):
    """Where a published table's columns are from."""

    reading: str
    year: str
    source: Source
    licence: str
    missing: Mapping[str, str]
    columns: Mapping[str, PublishedColumn]


def read_about(table: Path) -> About | None:
    """What is said beside a table of where it is from; None where nothing is. Raises Problems."""
    path = source_file(table)
    return _read_about(path.resolve(), path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=8)
def _read_about(path: Path, changed: int) -> About:
    document: Document = read_document(path, name=display_name(path))
    shape = check_entry(document, SourceFile, document.root)
    document.problems.stop()
    assert shape is not None
    written = shape.source
    source = library_sources().get(written.key) or Source(
        key=written.key,
        publisher=written.publisher,
        title=written.title,
        year=written.year,
        url=written.url or "",
        unverified=written.unverified or "",
    )
    columns = {
        name: PublishedColumn(name, one.title, one.unit, one.year, one.table, one.cells)
        for name, one in shape.columns.items()
    }
    return About(shape.reading, shape.year, source, shape.licence, shape.missing, columns)


def column_in_workbook(column: ColumnEntry, reading: ReadingEntry, year: str) -> ColumnEntry:
    """A reading's figure, by sheet and heading of its columns in the workbook; as it is where they have no names."""
    names = column.headings
    known = [reading.columns[name] for name in names if name in reading.columns]
    if len(known) < len(names):
        return column
    headings = [in_year(one.column, year) for one in known]
    return column.model_copy(
        update={
            "column": headings[0] if len(headings) == 1 else headings,
            "sheet": known[0].sheet, "times": known[0].times, "where": known[0].title,
        }
    )  # fmt: skip


def column_in_table(column: ColumnEntry, about: About | None) -> tuple[ColumnEntry, str, Citation | None]:
    """A reading's figure in a table made by it: the entry, its year and where it is cited."""
    names = column.headings
    if about is None or not all(name in about.columns for name in names):
        return column, "", None
    known = [about.columns[name] for name in names]
    where = " and ".join(f"{one.table} {one.cells}" for one in known)
    return column, known[0].year, Citation(about.source, where)


def is_workbook(path: Path) -> bool:
    """Whether a table is the workbook itself, with sheets."""
    return path.suffix.lower() in WORKBOOKS
