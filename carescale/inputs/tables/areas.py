"""Areas out of a table: rows that are areas, joined on their codes, and columns of numbers with their missing marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.area_table import AreaTable, Array, Column, Join, TableMap
from carescale.engine.folding import value_of
from carescale.engine.tree import Expression, names
from carescale.inputs.library import display_name
from carescale.inputs.printed import misfit
from carescale.inputs.tables.area_rows import AreaRows
from carescale.inputs.tables.joining import join_of, with_newer_codes
from carescale.inputs.tables.missing import Numbers, absent, added, extremes, not_negative, read_numbers
from carescale.inputs.tables.reading import Sheet, read_sheet
from carescale.numbers import NotANumber, Printed, read_number, to_decimal
from carescale.problems import MOST_TOLD, Position, Problem, Problems, quoted

if TYPE_CHECKING:
    import polars

_LARGEST = 1e15  # of a number; no count of people and no sum of pounds is larger


def read_areas(table: TableMap) -> AreaTable:
    """The areas of a table. Raises Problems with file, row and column for what cannot be so."""
    return _AreaReader(table).read()


class _Cells(Struct, frozen=True):
    """A column for the areas, in their order: what is written there, and where."""

    text: polars.Series
    rows: polars.Series  # of the sheet; null for an area that is not in it
    sheet: Sheet
    position: int

    @property
    def heading(self) -> str:
        return self.sheet.headings[self.position]


class _AreaReader:
    def __init__(self, table: TableMap) -> None:
        self.table = table
        self.sheets: dict[tuple[str, str], Sheet] = {}
        self.others: dict[str, polars.DataFrame] = {}
        self.problems: list[Problem] = []
        self.found: Counter[str] = Counter()  # problems of each sheet, however many

    def read(self) -> AreaTable:
        sheets = [column.sheet for column in self.table.columns]
        main = self.sheet(self.table.sheet or (sheets[0] if all(sheets) else ""))
        rows = AreaRows(self.table, self.problem, self.stop)
        frame, left_out = rows.wanted(main)
        if not len(frame):
            self.problem("empty", main, 0, 0, "no row of it is an area", "say with `code_form:` what a code looks like")
            self.stop()
        codes = frame["code"]
        columns = tuple(column for column in self.table.columns if column.is_asked_for or self.is_there(column, main))
        numbers = {column.key: self.numbers(column, main, frame) for column in columns}
        self.stop()
        names, regions = (self.words(main, frame, heading) for heading in (self.table.name, self.table.region))
        peers = self.peer_columns(main, frame)
        self.stop()
        return AreaTable(
            map=replace(self.table, columns=columns),
            codes=codes,
            names=codes if names is None else names,
            regions=regions,
            figures={column.key: self.scaled(column, numbers[column.key][0].values) for column in columns},
            headings={key: heading for key, (_, heading) in numbers.items()},
            missing={key: found.reasons for key, (found, _) in numbers.items() if found.reasons},
            marks={key: found.marks for key, (found, _) in numbers.items() if found.marks},
            left_out=left_out,
            peer_columns=peers,
            joins=tuple(self.joins(rows.councils(main)[0], frame, names, numbers)) if self.table.joined else (),
            not_there=tuple(column.key for column in self.table.columns if column not in columns),
        )

    def sheet(self, name: str, table: str = "") -> Sheet:
        """A sheet of the table, or of one that is joined to it."""
        file = self.table.joined[table] if table else self.table
        if (table, name) not in self.sheets:
            self.sheets[table, name] = read_sheet(file.path, name or file.sheet, file.code)
        return self.sheets[table, name]

    def is_there(self, column: Column, main: Sheet) -> bool:
        """Whether a column that a reading names is in this workbook."""
        try:
            sheet = self.sheet(column.sheet, column.table) if column.sheet or column.table else main
        except Problems:
            return False
        return all(sheet.find(heading) is not None for heading in (column.heading, *column.others))

    def problem(self, code: str, sheet: Sheet | None, row: int, column: int, message: str, hint: str = "") -> None:
        """Note a problem at a row and column, both counted from 1; 0 where it is about the whole."""
        path = sheet.path if sheet else self.table.path
        tab = sheet.name.removeprefix(path.name) if sheet else ""
        place = Position(display_name(path) + tab, row, column)
        if self.found[place.file] < MOST_TOLD:  # a wrong column has one in every row
            self.problems.append(Problem(code, message, place, hint))
        self.found[place.file] += 1

    def stop(self) -> None:
        if self.problems:
            raise Problems(self.problems, {file: count - MOST_TOLD for file, count in self.found.items()})

    # --- columns -----------------------------------------------------------------------------------------------------

    def cells(
        self, wanted: str, sheet_name: str | None, main: Sheet, frame: polars.DataFrame, what: str, table: str = ""
    ) -> _Cells | None:
        """A column for the areas of the frame; from another sheet or table it is joined on the code."""
        sheet = self.sheet(sheet_name or "", table) if sheet_name or table else main
        file = self.table.joined[table] if table else self.table
        rows = AreaRows(file, self.problem, self.stop)
        position = rows.column_of(sheet, wanted, what)
        if position is None:
            return None
        name = f"c{position}"
        if sheet is main:
            return _Cells(frame[name], frame["row"], sheet, position)
        if sheet.name not in self.others:
            self.others[sheet.name] = with_newer_codes(rows.wanted(sheet, main=bool(table))[0])
        other = self.others[sheet.name].select("code", "row", name)
        joined = with_newer_codes(frame.select("code")).join(other, on="code", how="left", maintain_order="left")
        return _Cells(joined[name], joined["row"], sheet, position)

    def numbers(self, column: Column, main: Sheet, frame: polars.DataFrame) -> tuple[Numbers, str]:
        """A figure's numbers as written, checked against what the figure may be."""
        import numpy

        if column.sum is not None:
            return self.summed(column, column.sum, main, frame)
        parts, headings = [], []
        for heading in (column.heading, *column.others):
            cells = self.cells(heading, column.sheet, main, frame, column.key, column.table)
            if cells is None:
                return Numbers(numpy.empty(0), {}, {}), ""
            found = self.numbers_of(cells, column.table)
            parts.append(found if column.is_asked_for or column.kind.signed else not_negative(found))
            headings.append(cells.heading)
            if not parts[-1].bad:
                self.check_limits(column, cells, parts[-1].values)
        return added(parts), " + ".join(headings)

    def summed(self, column: Column, tree: Expression, main: Sheet, frame: polars.DataFrame) -> tuple[Numbers, str]:
        """A sum over columns, row by row; missing where a number of it is."""
        import numpy

        from carescale.engine.arrays import ARRAYS

        found: dict[str, Numbers] = {}
        first: _Cells | None = None
        sheet = self.sheet(column.sheet, column.table) if column.sheet or column.table else main
        for name in dict.fromkeys(name for name, _ in names(tree)):
            wanted = name if sheet.find(name) is not None else name.replace("_", " ")
            cells = self.cells(wanted, column.sheet, main, frame, column.key, column.table)
            if cells is None:
                return Numbers(numpy.empty(0), {}, {}), ""
            found[name] = self.numbers_of(cells, column.table)
            first = first or cells
        made = value_of(tree, ARRAYS, lambda name: found[name].values)
        values = numpy.array(numpy.broadcast_to(made, len(frame)), dtype=float)
        marks = {place: reason for one in found.values() for place, reason in one.marks.items()}
        gone = {int(place): "divided by nothing" for place in numpy.flatnonzero(numpy.isnan(values))}
        bad = tuple(entry for one in found.values() for entry in one.bad)
        if first is not None and not bad:
            self.check_limits(column, first, values)
        return Numbers(values, dict(Counter({**gone, **marks}.values())), {**gone, **marks}, bad), column.heading

    def numbers_of(self, cells: _Cells, table: str = "") -> Numbers:
        """Text as numbers; what is neither a number nor a mark is a problem. An area without a row has no number."""
        file = self.table.joined[table] if table else self.table
        found = absent(read_numbers(cells.text, file.missing), cells.rows, f"not in {file.path.name}")
        for position, text in found.bad:
            hint = "if it marks a missing number, say what it means under `missing:`"
            message = f"{quoted(text)} is not a number, in the column {quoted(cells.heading)}"
            self.problem("not-a-number", cells.sheet, int(cells.rows[position]), cells.position + 1, message, hint)
        return found

    def check_limits(self, column: Column, cells: _Cells, values: Array) -> None:
        scaled = self.scaled(column, values)
        for position in extremes(scaled):
            text, value = f"{values[position]:g}", float(scaled[position])
            if problem := _too_large(value) or misfit(Printed(to_decimal(value), to_decimal(0), text), column.kind):
                code, why, hint = problem
                message = f"{text} for `{column.kind.name}`: {why}, in the column {quoted(cells.heading)}"
                self.problem(code, cells.sheet, int(cells.rows[position]), cells.position + 1, message, hint)

    def scaled(self, column: Column, values: Array) -> Array:
        """The numbers in the figure's unit."""
        times, per = (self.factor(text) for text in (column.times, column.divided_by))
        return values * times / per

    def factor(self, text: str | None) -> float:
        if text is None:
            return 1.0
        try:
            value = float(read_number(text).value)
        except NotANumber as why:
            self.problem("not-a-number", None, 0, 0, f"{quoted(text)} is not a factor: {why}")
            return 1.0
        if value <= 0:
            self.problem("out-of-range", None, 0, 0, f"{quoted(text)} is not a factor: it must be above 0")
        return value if value > 0 else 1.0

    def joins(
        self, councils: polars.DataFrame, frame: polars.DataFrame, names: Any, numbers: Mapping[str, Any]
    ) -> Iterator[Join]:
        """How each other table met this one: every area that is in only one of them is named."""
        known = [column for column in self.table.columns if column.key in numbers]
        people = [column for column in known if column.kind.unit == "person"]
        here = [column for column in people if not column.table]
        here.sort(key=lambda column: column.kind.name != "eligible_people")
        weights = numbers[here[0].key][0].values if here else None
        for table, file in self.table.joined.items():
            sheets = {sheet.name: sheet for (name, _), sheet in self.sheets.items() if name == table}
            for sheet in sheets.values():
                if sheet.name not in self.others:
                    continue
                there = next((column for column in people if column.table == table), None)
                held = sheet.find(there.heading) if there else None
                join = join_of(file, sheet, self.others[sheet.name], councils, frame, names, weights, held)
                yield replace(join, counted=(here[0].key if here else "", there.key if there else ""))

    def words(self, main: Sheet, frame: polars.DataFrame, heading: str) -> Any:
        """A column of words, such as names; None where none is named."""
        cells = self.cells(heading, None, main, frame, "words") if heading else None
        return cells.text.fill_null("").str.strip_chars() if cells else None

    def peer_columns(self, main: Sheet, frame: polars.DataFrame) -> dict[str, Any]:
        """What peers are chosen by: words of a column to share, or numbers of columns to be near in."""
        peers = self.table.peers
        found: dict[str, Any] = {}
        if peers and peers.same:
            found[peers.same] = self.words(main, frame, peers.same)
        for wanted in (peers and peers.weights) or {}:
            if cells := self.cells(wanted, None, main, frame, "peers"):
                found[wanted] = self.numbers_of(cells).values
        return found


def _too_large(value: float) -> tuple[str, str, str] | None:
    return ("out-of-range", "it is larger than any real one", "check the units") if abs(value) > _LARGEST else None
