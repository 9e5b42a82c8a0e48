"""Tables as they come: CSV, TSV, XLSX, ODS, with titles above, notes below and headings over several rows.

Everything is text here, cell by cell as it was written; what the text means is for `areas` to say.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carescale.problems import Place, Problem, Problems, did_you_mean, quoted

if TYPE_CHECKING:
    import polars

MOST_COLUMNS = 2_000
_LARGEST = 2_000_000_000  # bytes of a delimited file
_UNPACKED = 500_000_000  # bytes of a workbook once unzipped
_HEAD = 64  # lines searched for headings
_WORKBOOKS = (".xlsx", ".ods", ".xlsm", ".xls", ".xlsb")
_AREA_CODE = re.compile(r"[EWSNK]\d{8}")


@dataclass(frozen=True)
class Sheet:
    """A sheet or file: its first rows as text, for finding headings, and all of it as columns of text.

    `first_row` is the file's number of the first row of `frame`, counted from 1.
    """

    name: str
    headings: tuple[str, ...]
    frame: polars.DataFrame
    first_row: int

    def find(self, wanted: str) -> int | None:
        """The position of a column by its heading, part of its heading, or its letter; None where it is not clear."""
        plain = [_plain(heading) for heading in self.headings]
        target = _plain(wanted)
        exact = [i for i, heading in enumerate(plain) if heading == target]
        inside = [i for i, heading in enumerate(plain) if target and _within(target, heading)]
        if len(exact) == 1 or len(inside) == 1:
            return (exact if len(exact) == 1 else inside)[0]
        position = _letter(wanted)
        return position if not exact and not inside and position is not None and position < len(plain) else None

    @cached_property
    def known(self) -> list[str]:
        """Headings that can be named."""
        return [heading for heading in self.headings if heading]


def read_sheet(path: Path, sheet: str, code_heading: str) -> Sheet:
    """A sheet of a workbook (the only or first one for ""), or a delimited file. Raises Problems.

    `code_heading` is the heading over the area codes, by which the row of headings is found.
    """
    if not path.is_file():
        raise _problem("missing-file", path, "there is no such table")
    if path.suffix.lower() in _WORKBOOKS:
        return _read_workbook(path, sheet, code_heading)
    return _read_delimited(path, code_heading)


def _problem(code: str, path: Path, message: str, hint: str = "", row: int = 0) -> Problems:
    return Problems([Problem(code, message, Place(str(path), row), hint)])


# --- delimited files -----------------------------------------------------------------------------------------------


def _read_delimited(path: Path, code_heading: str) -> Sheet:
    import polars

    if path.stat().st_size > _LARGEST:
        raise _problem("too-large", path, f"it is larger than {_LARGEST:,} bytes")
    encoding, head = _decode_head(path)
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(head)
    rows = list(csv.reader(head, delimiter=delimiter))
    headings, first = _find_headings(path, rows, code_heading)
    skipped = _lines_before(head, delimiter, first)
    try:
        frame = polars.read_csv(
            path, has_header=False, skip_rows=skipped, separator=delimiter, infer_schema=False, encoding=encoding,
            truncate_ragged_lines=True, new_columns=[f"c{i}" for i in range(len(headings))], raise_if_empty=False,
            schema=dict.fromkeys((f"c{i}" for i in range(len(headings))), polars.String), quote_char='"',
        )  # fmt: skip
    except (polars.exceptions.PolarsError, OSError) as error:
        raise _problem(
            "not-a-table", path, f"it cannot be read as a table: {str(error).splitlines()[0][:200]}"
        ) from None
    return Sheet(path.name, headings, frame, first + 1)


def _decode_head(path: Path) -> tuple[str, list[str]]:
    """The encoding of a file and its first lines. Old Windows text is recognised; UTF-16 is not read."""
    with path.open("rb") as file:
        data = file.read(1_000_000)
    if not data.strip():
        raise _problem("empty", path, "there is nothing in this table")
    if b"\x00" in data:
        raise _problem("unreadable", path, "it is not plain text", "save it as CSV UTF-8, or give the workbook itself")
    lines = data.split(b"\n")[:_HEAD]
    try:
        return "utf8", [line.decode("utf-8-sig" if i == 0 else "utf-8") + "\n" for i, line in enumerate(lines)]
    except UnicodeDecodeError:
        return "windows-1252", [line.decode("cp1252", "replace") + "\n" for line in lines]


def _delimiter(head: Sequence[str]) -> str:
    return max(",;\t|", key=lambda sign: sum(line.count(sign) for line in head))


def _lines_before(head: Sequence[str], delimiter: str, rows: int) -> int:
    """How many lines of text the first rows take; a quoted cell may hold several."""
    reader = csv.reader(head, delimiter=delimiter)
    for _ in range(rows):
        next(reader)
    return reader.line_num


# --- workbooks -----------------------------------------------------------------------------------------------------


def _read_workbook(path: Path, sheet: str, code_heading: str) -> Sheet:
    import polars
    from python_calamine import CalamineError, CalamineWorkbook

    _check_zip(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        name = sheet or workbook.sheet_names[0]
        if name not in workbook.sheet_names:
            hint = did_you_mean(name, workbook.sheet_names, "Sheets")
            raise _problem("unknown-name", path, f"there is no sheet {quoted(name)}", hint)
        cells = workbook.get_sheet_by_name(name)
        if cells.total_width > MOST_COLUMNS:
            raise _too_wide(path, cells.total_width)
        rows = [[_cell(value) for value in row] for row in cells.to_python(skip_empty_area=False)]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _problem("unreadable", path, f"it cannot be read as a workbook: {str(error)[:200]}") from None
    if not any(any(row) for row in rows):
        raise _problem("empty", path, f"the sheet {quoted(name)} is empty")
    headings, first = _find_headings(path, rows[:_HEAD], code_heading)
    columns = {f"c{i}": [row[i] or None for row in rows[first:]] for i in range(len(headings))}
    return Sheet(
        f"{path.name} {name}",
        headings,
        polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.String)),
        first + 1,
    )


def _check_zip(path: Path) -> None:
    """Refuse a workbook that unfolds into more than any table holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        if path.suffix.lower() in (".xls", ".xlsb"):
            return
        raise _problem("unreadable", path, "it is not a whole workbook: the file is cut off or damaged") from None
    if size > _UNPACKED:
        raise _problem("too-large", path, f"it unfolds into {size:,} bytes, more than any table needs")


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


# --- headings ------------------------------------------------------------------------------------------------------


def _find_headings(path: Path, rows: Sequence[Sequence[str]], code_heading: str) -> tuple[tuple[str, ...], int]:
    """The headings joined over all their rows, and the position of the first row after them."""
    target = _plain(code_heading)
    start = next((i for i, row in enumerate(rows) if any(_plain(cell) == target for cell in row)), None)
    if start is None:
        filled = next((row for row in rows if sum(bool(cell.strip()) for cell in row) > 2), [])
        hint = did_you_mean(code_heading, [cell.strip() for cell in filled if cell.strip()], "Headings")
        raise _problem("unknown-name", path, f"no column is headed {quoted(code_heading)}", hint)
    position = next(i for i, cell in enumerate(rows[start]) if _plain(cell) == target)
    width = max(len(row) for row in rows)
    if width > MOST_COLUMNS:
        raise _too_wide(path, width)
    first = start + 1
    while first < len(rows) and _continues(rows[first], position):
        first += 1
    above = start - 1 if start and _is_unit_row(rows[start - 1], position) else start
    return _joined(rows[above:first], width), first


def _too_wide(path: Path, width: int) -> Problems:
    return _problem("too-large", path, f"it has {width:,} columns; the most that is read is {MOST_COLUMNS:,}")


def _continues(row: Sequence[str], position: int) -> bool:
    """Whether a row below the first headings still belongs to them: nothing under the code, and no numbers."""
    cell = row[position].strip() if position < len(row) else ""
    filled = [other.strip() for other in row if other.strip()]
    return not cell and bool(filled) and not any(_AREA_CODE.fullmatch(other) for other in filled)


def _is_unit_row(row: Sequence[str], position: int) -> bool:
    """A row of units or groups directly above the headings: something in it, nothing over the code."""
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    return bool(filled) and position not in filled and min(filled) > position


def _joined(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """One heading a column; a heading over several columns is said again for each of them."""
    levels: list[list[str]] = []
    for depth, row in enumerate(rows):
        said, level = "", []
        for i in range(width):
            cell = " ".join(row[i].split()) if i < len(row) else ""
            new_group = any(upper[i] and (i == 0 or upper[i] != upper[i - 1]) for upper in levels)
            said = cell or ("" if new_group or depth == len(rows) - 1 else said)
            level.append(said)
        levels.append(level)
    return tuple(" / ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*levels, strict=True))


def _plain(heading: str) -> str:
    return " ".join(heading.replace("/", " / ").split()).casefold()


def _within(target: str, heading: str) -> bool:
    """Whether the parts of a target are parts of a heading, in order."""
    parts = iter(heading.split(" / "))
    return all(part in parts for part in target.split(" / "))


def _letter(text: str) -> int | None:
    """A column letter as a position: A is 0, AB is 27."""
    if not re.fullmatch(r"[A-Z]{1,3}", text):
        return None
    position = 0
    for letter in text:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
