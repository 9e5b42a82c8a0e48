"""Sheets of workbooks as tables: XLSX, ODS and the older kinds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from carescale.inputs.tables.headings import HEAD, check_width, find_headings, table_problem
from carescale.inputs.tables.workbook_counters import Unfolds
from carescale.inputs.tables.workbook_guard import MOST_UNPACKED, check_archive
from carescale.inputs.tables.workbook_records import check_xls
from carescale.problems import did_you_mean, quoted

if TYPE_CHECKING:
    import polars
    from python_calamine import CalamineSheet

WORKBOOKS = (".xlsx", ".ods", ".xlsm", ".xls", ".xlsb")
_AT_ONCE = 5_000  # rows
_HINT = "save the sheet you need as CSV UTF-8"


def read_workbook(path: Path, sheet: str, code_heading: str) -> tuple[str, tuple[str, ...], polars.DataFrame, int]:
    """The sheet's name, its headings, all under them as columns of text, and how many rows were above. Raises Problems.

    The first sheet is read where none is named.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _check(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        name = sheet or workbook.sheet_names[0]
        if name not in workbook.sheet_names:
            hint = did_you_mean(name, workbook.sheet_names, "Sheets")
            raise table_problem("unknown-name", path, f"there is no sheet {quoted(name)}", hint)
        cells = workbook.get_sheet_by_name(name)
        check_width(path, 1 + cells.end[1] if cells.end else 0)
        rows = _rows(cells)
        head = list(islice(rows, HEAD))
        if not any(any(row) for row in head) and cells.total_height <= HEAD:
            others = [other for other in workbook.sheet_names if other != name]
            hint = did_you_mean("", others, "Name another by `sheet:`")
            raise table_problem("empty", path, f"the sheet {quoted(name)} is empty", hint)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise table_problem("unreadable", path, f"it cannot be read as a workbook: {str(error)[:200]}", _HINT) from None
    headings, first = find_headings(path, head, code_heading)
    return name, headings, _frame(chain(head[first:], rows), len(headings)), first


def _rows(cells: CalamineSheet) -> Iterator[list[str]]:
    """The rows of a sheet from its first, as text, with the empty columns before the first that is filled."""
    before = [""] * (cells.start[1] if cells.start else 0)
    for row in cells.iter_rows():
        yield before + [_cell(value) for value in row]


def _frame(rows: Iterator[list[str]], width: int) -> polars.DataFrame:
    """Rows as columns of text, a few thousand at a time, since a cell takes less room in a column than by itself."""
    import polars

    schema = {f"c{i}": polars.String for i in range(width)}
    parts = [polars.DataFrame(schema=schema)]
    while some := list(islice(rows, _AT_ONCE)):
        columns = ([text or None for text in column] for column in zip(*some, strict=True))
        parts.append(polars.DataFrame(dict(zip(schema, columns, strict=True)), schema=schema))
    return polars.concat(parts)


def _check(path: Path) -> None:
    """Refuse a workbook that unfolds into more than any table, before a reader makes room for it."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                check_archive(archive)
        elif path.stat().st_size > MOST_UNPACKED:
            raise Unfolds(f"it is {path.stat().st_size:,} bytes long")
        elif path.suffix.lower() == ".xls":
            with path.open("rb") as file:
                check_xls(file)
        else:
            raise zipfile.BadZipFile
    except Unfolds as why:
        raise table_problem("too-large", path, f"{why}, more than any table", _HINT) from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, EOFError, OSError, zlib.error, ExpatError):
        if path.suffix.lower() not in (".xls", ".xlsb"):
            message = "it is not a whole workbook: the file is cut off or damaged"
            raise table_problem("unreadable", path, message, "download or save it again") from None


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
