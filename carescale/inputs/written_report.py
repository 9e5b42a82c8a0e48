"""A report that was written before, read back: its tables as rows of cells, and all of its text."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from msgspec import Struct

from carescale.inputs.reading import note_read
from carescale.problems import Position, Problem, Problems

Rows = list[list[str | float]]
_CELL = re.compile(r"(?<!\\)\|")
_LARGEST = 50_000_000  # bytes


class WrittenReport(Struct, frozen=True):
    """The rows of a report's tables, one under the other with their headings, and its text."""

    file: str
    rows: Rows
    text: str
    is_data: bool = False  # rows as `--format csv` and json have them


def read_report(path: Path) -> WrittenReport:
    """A report as Markdown, page, Word, workbook, CSV or JSON. Raises Problems."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        hint = f"such as report{', report'.join(_READERS)}"
        message = f"{path} is no report that can be read back"
        raise Problems([Problem("bad-option", message, Position("--report"), hint)])
    if not path.is_file():
        raise Problems([Problem("missing-file", "there is no such report", Position(str(path)))])
    if path.stat().st_size > _LARGEST:
        raise Problems([Problem("too-large", f"it is larger than {_LARGEST:,} bytes", Position(str(path)))])
    note_read(path)
    try:
        rows, text = reader(path)
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as why:
        message = f"it cannot be read as a {path.suffix.lower()[1:]} report: {type(why).__name__}"
        raise Problems([Problem("unreadable", message, Position(str(path)))]) from None
    return WrittenReport(str(path), rows, text, path.suffix.lower() in (".csv", ".json"))


def _markdown(path: Path) -> tuple[Rows, str]:
    text = path.read_text(encoding="utf-8-sig")
    lines = (line.strip() for line in text.split("\n"))
    return [_markdown_cells(line) for line in lines if line.startswith("|")], text


def _markdown_cells(line: str) -> list[str | float]:
    cells = _CELL.split(line.strip("|"))
    return [_plain(re.sub(r"\\([^\w\s])", r"\1", unescape(cell))) for cell in cells]


def _plain(text: str) -> str:
    return " ".join(text.split())


class _Page(HTMLParser):
    """The rows of the tables of a page, whose cells need no end tags."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self.cell: list[str] | None = None
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._close()
            self.cell = []
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table", "thead", "tbody"):
            self._close()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.cell is not None:
            self.cell.append(data)

    def _close(self) -> None:
        if self.cell is not None and self.rows:
            self.rows[-1].append(_plain("".join(self.cell)))
        self.cell = None


def _page(path: Path) -> tuple[Rows, str]:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page.rows, " ".join(page.words)


def _word(path: Path) -> tuple[Rows, str]:
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        hint = 'pip install "carescale[report]"'
        raise Problems([Problem("bad-option", "Word needs one more library", Position("--report"), hint)]) from None
    _check_size(path)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, SyntaxError) as why:  # lxml's errors of syntax are Python's
        raise ValueError(str(why)) from None
    rows: Rows = [[_plain(cell.text) for cell in row.cells] for table in document.tables for row in table.rows]
    return rows, "\n".join(paragraph.text for paragraph in document.paragraphs)


def _workbook(path: Path) -> tuple[Rows, str]:
    from python_calamine import CalamineError, CalamineWorkbook

    _check_size(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except CalamineError as why:
        raise ValueError(str(why)) from None
    rows: Rows = [[_cell(value) for value in row] for sheet in sheets for row in sheet]
    return rows, "\n".join(str(cell) for row in rows for cell in row)


def _check_size(path: Path) -> None:
    """Refuse a report that unfolds into more than any report."""
    with zipfile.ZipFile(path) as packed:
        unpacked = sum(entry.file_size for entry in packed.infolist())
    if unpacked > _LARGEST:
        raise Problems([Problem("too-large", f"it unfolds into {unpacked:,} bytes", Position(str(path)))])


def _cell(value: Any) -> str | float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else _plain(str(value))


def _csv(path: Path) -> tuple[Rows, str]:
    text = path.read_text(encoding="utf-8-sig")
    rows: Rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
    return rows[1:], text


def _json(path: Path) -> tuple[Rows, str]:
    text = path.read_text(encoding="utf-8")
    rows: Iterable[Mapping[str, Any]] = json.loads(text)["rows"]
    return [list(_texts(row)) for row in rows], text


def _texts(row: Mapping[str, Any]) -> Iterator[str | float]:
    yield from ("" if value is None else str(value) for value in row.values())


_READERS: Mapping[str, Callable[[Path], tuple[Rows, str]]] = {
    ".md": _markdown, ".html": _page, ".docx": _word, ".xlsx": _workbook, ".csv": _csv, ".json": _json,
}  # fmt: skip
