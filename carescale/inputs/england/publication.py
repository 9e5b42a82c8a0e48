"""What is published of every council, taken out of a yearly workbook as one table in which each number keeps its cell.

A reading of the library says what stands where; a number that is missing keeps the mark that is printed for it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from carescale.figures import Source
from carescale.inputs.england.successors import before
from carescale.inputs.library import display_name, library_sources, read_shipped, shipped, shipped_names
from carescale.inputs.schema import check_entry
from carescale.inputs.tables.reading import Sheet, read_sheet
from carescale.inputs.tables.schema import PublishedEntry, ReadingEntry
from carescale.problems import Position, Problem, Problems, did_you_mean, quoted

_COUNCIL = re.compile(r"\s*(E(?:06|08|09|10)\d{6})\b")  # kinds of area that have a council with social care
_YEAR = re.compile(r"(20\d\d)(?:[-_/](\d\d))?(?!\d)")
NO_PLACEMENT = "[0]"  # where a unit cost is printed as 0
ABSENT = "[n]"  # where a council is not in a sheet
COUNCIL_TYPES = {
    "E06": "unitary authority", "E08": "metropolitan district", "E09": "London borough", "E10": "county",
}  # fmt: skip


class PublishedColumn(Struct, frozen=True):
    """A column of a published table: what it counts, of which year, and the cells that it was taken from."""

    name: str
    title: str
    unit: str
    year: str
    table: str
    cells: str  # of the councils in their order, such as L23:L174


class Published(Struct, frozen=True):
    """A table of every council: code, name, type, region, then numbers as text, or the marks that stand for none."""

    file: str
    reading: str
    entry: ReadingEntry
    year: str
    columns: tuple[PublishedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    source: Source
    without: tuple[str, ...] = ()  # what the reading names and the workbook does not have


def source_file(table: Path) -> Path:
    """The file beside a table that says of each column where it is from."""
    return table.with_suffix(".source.yaml")


def read_reading(name: str, asked: Position) -> ReadingEntry:
    """A reading of the library by its name. Raises Problems."""
    names = shipped_names("scenarios/readings")
    if name not in names:
        hint = did_you_mean(name, names, "Readings")
        raise Problems([Problem("unknown-name", f"there is no reading {quoted(name)}", asked, hint)])
    document = read_shipped(names[name])
    entry = check_entry(document, ReadingEntry, document.root)
    document.problems.stop()
    assert entry is not None
    return entry


def year_of(path: Path, given: str | None) -> str:
    """The year of a workbook, as it is given or as its name says it: 2022-23. Raises Problems."""
    found = _YEAR.search(given or path.name)
    if found is None or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        shown = quoted(given) if given else f"the name of {quoted(path.name)}"
        raise Problems([Problem("no-year", f"{shown} has no year", Position("--year"), "such as 2022-23")])
    return "-".join(filter(None, found.groups()))


def read_publication(path: Path, name: str, year: str) -> Published:
    """Everything that a reading names, out of a workbook or table. Raises Problems where most is not there."""
    entry = read_reading(name, Position("--reading"))
    return _Reader(path, entry, year).read(name)


def in_year(heading: str, year: str) -> str:
    """A heading in which the year stands, for one year: `{year}` is 2021-22, `{years}` is 2021 to 2022."""
    return heading.replace("{years}", f"{year[:4]} to {year[:2]}{year[-2:]}").replace("{year}", year)


class _Reader:
    def __init__(self, path: Path, entry: ReadingEntry, year: str) -> None:
        self.path, self.entry, self.year = path, entry, year
        self.sheets: dict[str, Sheet] = {}
        self.rows_of: dict[str, dict[str, int]] = {}

    def read(self, name: str) -> Published:
        main = self.sheet(self.entry.sheet or "")
        codes = list(self.councils(main))
        columns, values, without = [], [], []
        for key, wanted in self.entry.columns.items():
            found = self.column(key, wanted, codes)
            if found is None:
                without.append(key)
                continue
            columns.append(found[0])
            values.append(found[1])
        if len(without) * 2 > len(self.entry.columns) or not codes:
            first = self.entry.columns[without[0]].column if without else ""
            message = f"it is not laid out as `{name}` reads it: {len(without)} of its columns are not there"
            raise self.problem("not-a-table", message, f"the first is headed {quoted(in_year(first, self.year))}")
        names, regions = (self.words(main, heading, codes) for heading in (self.entry.name, self.entry.region))
        regions = [region or _region(code) for code, region in zip(codes, regions, strict=True)]
        types = [COUNCIL_TYPES[code[:3]] for code in codes]
        rows = tuple(zip(codes, names, types, regions, *values, strict=True))
        source = _source(self.entry, name, self.year)
        return Published(self.path.name, name, self.entry, self.year, tuple(columns), rows, source, tuple(without))

    def problem(self, code: str, message: str, hint: str = "") -> Problems:
        return Problems([Problem(code, message, Position(display_name(self.path)), hint)])

    def sheet(self, name: str) -> Sheet:
        if name not in self.sheets:
            self.sheets[name] = read_sheet(self.path, name, self.entry.code)
        return self.sheets[name]

    def councils(self, sheet: Sheet) -> Mapping[str, int]:
        """The row of the frame for each council's code, in the order of the sheet."""
        if sheet.name not in self.rows_of:
            position = sheet.find(self.entry.code)
            assert position is not None  # the sheet was read by it
            found: dict[str, int] = {}
            for row, text in enumerate(sheet.frame[f"c{position}"]):
                if code := _COUNCIL.match(text or ""):
                    found.setdefault(code[1], row)
            self.rows_of[sheet.name] = found
        return self.rows_of[sheet.name]

    def column(
        self, key: str, wanted: PublishedEntry, codes: Sequence[str]
    ) -> tuple[PublishedColumn, list[str]] | None:
        """A column of the table and its values; None where the workbook has no such sheet or heading."""
        try:
            sheet = self.sheet(wanted.sheet or "")
        except Problems:
            return None
        position = sheet.find(in_year(wanted.column, self.year))
        if position is None:
            return None
        rows = self.councils(sheet)
        texts = sheet.frame[f"c{position}"]
        values = [_value(texts[rows[code]], wanted) if code in rows else ABSENT for code in codes]
        cells = _cells(position, [rows[code] + sheet.first_row if code in rows else None for code in codes])
        year = self.mid_year(sheet) if wanted.mid_year else ""
        table = wanted.sheet or self.path.name
        return PublishedColumn(key, wanted.title, wanted.unit, year or self.year, table, cells), values

    def mid_year(self, sheet: Sheet) -> str:
        """The year of the population estimates that the notes under a sheet name."""
        for text in sheet.frame["c0"].drop_nulls():
            if found := re.search(r"[Mm]id[- ]year (\d{4})", text):
                return f"mid-{found[1]}"
        return ""

    def words(self, sheet: Sheet, heading: str | None, codes: Sequence[str]) -> list[str]:
        position = sheet.find(heading) if heading else None
        rows = self.councils(sheet)
        if position is None:
            return [""] * len(codes)
        return [(sheet.frame[f"c{position}"][rows[code]] or "").strip() for code in codes]


def _source(entry: ReadingEntry, name: str, year: str) -> Source:
    """The publication: the library's for the year that the reading is of, and for another the same, of that year."""
    source = library_sources()[entry.source or ""]
    if year == entry.year:
        return source
    title = source.title.replace(entry.year or "", year)
    published = str(int(year[:4]) + 1)
    return replace(source, key=f"{name}-{year}", title=title, year=published, url="")


@cache
def _regions() -> Mapping[str, str]:
    """The region of every council of the table that ships, by its code."""
    with (shipped("scenarios") / "england" / "2021-22.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["region"] for row in csv.DictReader(file)}


def _region(code: str) -> str:
    """The region of a council of which a workbook says none: its own, or that of the council it came from."""
    codes = [code, *(one.old for one in before(code))]
    return next((_regions()[code] for code in codes if code in _regions()), "")


def _value(text: str | None, wanted: PublishedEntry) -> str:
    """A number in the column's unit, rounded half-up to the digits that it is kept with; or what stands for none."""
    text = (text or "").strip()
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text
    if wanted.nought and number == 0:
        return NO_PLACEMENT
    number *= Decimal((wanted.times or "1").replace(",", ""))
    return f"{number.quantize(Decimal(1).scaleb(-int(wanted.decimals)), ROUND_HALF_UP):f}"


def _cells(position: int, rows: Sequence[int | None]) -> str:
    """Cells of a column as ranges, in the order of the rows: `L23:L174`, or several; – for a council without one."""
    letter, runs = column_letter(position), list[list[int | None]]()
    for row in rows:
        follows = runs and row is not None and runs[-1][-1] is not None and row == runs[-1][-1] + 1
        if follows:
            runs[-1].append(row)
        else:
            runs.append([row])
    written = [f"{letter}{run[0]}" + (f":{letter}{run[-1]}" if len(run) > 1 else "") if run[0] else "–" for run in runs]
    return ",".join(written)


def cell_at(cells: str, index: int) -> str:
    """The cell of one council, by its place in the order: the third of L23:L174 is L25."""
    for run in cells.split(","):
        first, _, last = run.partition(":")
        row = re.sub(r"\D", "", first)
        length = int(re.sub(r"\D", "", last)) - int(row) + 1 if last else 1
        if index < length:
            return f"{first.rstrip('0123456789')}{int(row) + index}" if row else ""
        index -= length
    return ""


def column_letter(position: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 27 is AB."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
