"""Delimited text as tables: UTF-8 or old Windows text; commas, semicolons, tabs or bars; cells of several lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from carescale.inputs.tables.headings import HEAD, find_headings, plain, table_problem

if TYPE_CHECKING:
    import polars

_LARGEST = 2_000_000_000  # bytes
_CODE_BELOW = r"[\r\n]\W*[EWSN]\d{8}"
_SIGNS = ",;\t|"
_HEAD_BYTES, _LINES = 1_000_000, 1_000  # of text that are searched for headings


def read_delimited(path: Path, code_heading: str) -> tuple[tuple[str, ...], polars.DataFrame, int]:
    """The headings, all that stands under them as columns of text, and how many rows were above. Raises Problems."""
    data = _text(path)
    head = data if len(data) <= _HEAD_BYTES else data[:_HEAD_BYTES].rpartition(b"\n")[0] or data
    lines = [line + "\n" for line in head.decode().split("\n")[:_LINES]]
    try:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(lines, code_heading)
        headings, first = find_headings(path, _rows(lines, delimiter, HEAD), code_heading)
        above = sum(len(line.encode()) for line in lines[: _lines_of(lines, delimiter, first)])
        frame = _frame(data[above:], delimiter, len(headings))
    except csv.Error as error:
        raise table_problem("not-a-table", path, f"it cannot be read as a table: {error}", _QUOTE_HINT) from None
    if data.count(b"\n", above) > len(frame):
        _check_long_cells(path, frame, first)
    return headings, frame, first


_QUOTE_HINT = "open it in a spreadsheet, look for a quotation mark that is not closed, and save it as CSV UTF-8"


def _text(path: Path) -> bytes:
    """The bytes of a file as UTF-8 with plain line ends. Old Windows text is recognised; UTF-16 is not read."""
    if path.stat().st_size > _LARGEST:
        raise table_problem("too-large", path, f"it is larger than {_LARGEST:,} bytes", "keep the columns you need")
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    if not data or data.isspace():
        raise table_problem("empty", path, "there is nothing in this table", "save it again from the spreadsheet")
    if b"\x00" in data:
        hint = "save it as CSV UTF-8, or give the workbook itself"
        raise table_problem("unreadable", path, "it is not plain text", hint)
    if b"\n" not in data:  # as Excel for Mac once saved
        data = data.replace(b"\r", b"\n")
    try:
        data.decode()
    except UnicodeDecodeError:
        data = data.decode("cp1252", "replace").encode()
    _check_quotes(path, data)
    return data


def _check_quotes(path: Path, data: bytes) -> None:
    """A quotation mark that is never closed takes in every row after it."""
    if data.count(b'"') % 2:
        row = next(i for i, line in enumerate(data.split(b"\n"), 1) if line.count(b'"') % 2)
        raise table_problem("not-a-table", path, "a quotation mark is opened here and not closed", _QUOTE_HINT, row)


def _check_long_cells(path: Path, frame: polars.DataFrame, first: int) -> None:
    """Two quotation marks that are not closed take in the rows between them; an area code on a later line shows it."""
    import polars

    swallowed = frame.select(polars.any_horizontal(polars.all().str.contains(_CODE_BELOW))).to_series()
    if swallowed.any():
        row = first + 1 + int(swallowed.fill_null(False).arg_true()[0])
        message = "a quotation mark is opened here and takes in the rows of other areas"
        raise table_problem("not-a-table", path, message, _QUOTE_HINT, row)


def _rows(lines: Sequence[str], delimiter: str, most: int) -> list[list[str]]:
    return [row for _, row in zip(range(most), csv.reader(lines, delimiter=delimiter), strict=False)]


def _delimiter(lines: Sequence[str], code_heading: str) -> str:
    """The sign between cells: one that sets the code heading apart, or else the one that is there most often."""
    target = plain(code_heading)

    def fits(sign: str) -> tuple[bool, int]:
        found = any(plain(cell) == target for row in _rows(lines, sign, HEAD) for cell in row)
        return found, sum(line.count(sign) for line in lines[:HEAD])

    return max(_SIGNS, key=fits)


def _lines_of(lines: Sequence[str], delimiter: str, rows: int) -> int:
    """How many lines of text the first rows take; a quoted cell may hold several."""
    reader = csv.reader(lines, delimiter=delimiter)
    for _ in range(rows):
        next(reader)
    return reader.line_num


def _frame(data: bytes, delimiter: str, width: int) -> polars.DataFrame:
    """Rows as columns of text. A row that is too short is filled up, one that is too long is cut."""
    import polars

    names = [f"c{i}" for i in range(width)]
    try:  # the names as first line say how wide the table is, whatever its first row is
        return polars.read_csv(
            delimiter.join(names).encode() + b"\n" + data, schema=dict.fromkeys(names, polars.String),
            separator=delimiter, infer_schema=False, truncate_ragged_lines=True,
        )  # fmt: skip
    except polars.exceptions.PolarsError:  # quotation marks inside a cell, which the slower reader takes as they are
        rows = csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)
        cells = [[cell or None for cell in row[:width]] + [None] * (width - len(row)) for row in rows]
        return polars.DataFrame(cells, schema=dict.fromkeys(names, polars.String), orient="row")
