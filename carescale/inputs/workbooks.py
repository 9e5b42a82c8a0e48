"""Sheets of workbooks as tables: XLSX, ODS and the older kinds."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carescale.inputs.headings import HEAD, check_width, find_headings, letter_position, table_problem
from carescale.problems import did_you_mean, quoted

if TYPE_CHECKING:
    import polars

WORKBOOKS = (".xlsx", ".ods", ".xlsm", ".xls", ".xlsb")
_UNPACKED = 500_000_000  # bytes of a workbook once unzipped
_MOST_CELLS = 50_000_000  # of a sheet, empty ones between others included
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_FAR_CELL = re.compile(rb'<c r="([A-Z]{2,3})\d+"[^>]*[^/]>')
_HINT = "save the sheet you need as CSV UTF-8"


def read_workbook(path: Path, sheet: str, code_heading: str) -> tuple[str, tuple[str, ...], polars.DataFrame, int]:
    """The sheet's name, its headings, all under them as columns of text, and how many rows were above. Raises Problems.

    The first sheet is read where none is named.
    """
    import polars
    from python_calamine import CalamineError, CalamineWorkbook

    _check_zip(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        name = sheet or workbook.sheet_names[0]
        if name not in workbook.sheet_names:
            hint = did_you_mean(name, workbook.sheet_names, "Sheets")
            raise table_problem("unknown-name", path, f"there is no sheet {quoted(name)}", hint)
        cells = workbook.get_sheet_by_name(name)
        check_width(path, 1 + cells.end[1] if cells.end else 0)
        rows = [[_cell(value) for value in row] for row in cells.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise table_problem("unreadable", path, f"it cannot be read as a workbook: {str(error)[:200]}", _HINT) from None
    if not any(any(row) for row in rows):
        hint = did_you_mean("", [other for other in workbook.sheet_names if other != name], "Name another by `sheet:`")
        raise table_problem("empty", path, f"the sheet {quoted(name)} is empty", hint)
    headings, first = find_headings(path, rows[:HEAD], code_heading)
    columns = {f"c{i}": [row[i] or None for row in rows[first:]] for i in range(len(headings))}
    return name, headings, polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.String)), first


def _check_zip(path: Path) -> None:
    """Refuse a workbook that unfolds into more than any table holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > _UNPACKED:
                raise table_problem("too-large", path, f"it unfolds into {size:,} bytes, more than any table", _HINT)
            _check_reach(path, archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, EOFError, OSError, zlib.error):
        if path.suffix.lower() not in (".xls", ".xlsb"):
            message = "it is not a whole workbook: the file is cut off or damaged"
            raise table_problem("unreadable", path, message, "download or save it again") from None


def _check_reach(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a sheet with a cell so far off that all the empty ones before it would not fit into memory."""
    for entry in archive.namelist():
        if entry.startswith("xl/worksheets/") and entry.endswith(".xml"):
            text = archive.read(entry)
            rows = max((int(row) for row in _ROW.findall(text)), default=0)
            letters = {letters.decode() for letters in _FAR_CELL.findall(text)}
            width = max((1 + (letter_position(each) or 0) for each in letters), default=26)
            if rows * width > _MOST_CELLS:
                message = f"a sheet reaches over {rows:,} rows and {width:,} columns, more than any table"
                raise table_problem("too-large", path, message, _HINT)


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
