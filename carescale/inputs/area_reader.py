"""Areas out of a table: rows that are areas, joined on their codes, and columns of numbers with their missing marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from carescale.area_table import AreaTable, Array, Column, TableMap
from carescale.engine.folding import value_of
from carescale.engine.tree import Expression, names
from carescale.inputs.headings import plain, within
from carescale.inputs.library import display_name
from carescale.inputs.missing import Numbers, read_numbers
from carescale.inputs.printed import misfit
from carescale.inputs.tables import Sheet, read_sheet
from carescale.numbers import NotANumber, Printed, read_number, to_decimal
from carescale.problems import MOST_TOLD, Position, Problem, Problems, did_you_mean, quoted

if TYPE_CHECKING:
    import polars

_AREA_FORM = r"^\s*([EWSNKJLM]\d{8})\b"
NEAR = r"^[A-Za-z]?[\dOoIl]{5,10}$"  # nearly a code: a letter left out, a digit too many, the letter O for a nought
_WHOLE = r"^[A-Z]\d{8}$"
_COUNCILS = ("E06", "E07", "E08", "E09", "E10", "W06", "S12", "N09")  # the kinds of area that have a council
_LARGEST = 1e15  # of a number; no count of people and no sum of pounds is larger


def read_areas(table: TableMap) -> AreaTable:
    """The areas of a table. Raises Problems with file, row and column for what cannot be so."""
    return _AreaReader(table).read()


@dataclass(frozen=True)
class _Cells:
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
        self.sheets: dict[str, Sheet] = {}
        self.problems: list[Problem] = []
        self.found: Counter[str] = Counter()  # problems of each sheet, however many

    def read(self) -> AreaTable:
        sheets = [column.sheet for column in self.table.columns]
        main = self.sheet(self.table.sheet or (sheets[0] if all(sheets) else ""))
        frame, left_out = self.areas_of(main, self.table.only)
        if not len(frame):
            self.problem("empty", main, 0, 0, "no row of it is an area", "say with `code_form:` what a code looks like")
            self.stop()
        codes = frame["code"]
        numbers = {column.key: self.numbers(column, main, frame) for column in self.table.columns}
        self.stop()
        names, regions = (self.words(main, frame, heading) for heading in (self.table.name, self.table.region))
        peers = self.peer_columns(main, frame)
        self.stop()
        return AreaTable(
            map=self.table,
            codes=codes,
            names=codes if names is None else names,
            regions=regions,
            figures={column.key: self.scaled(column, numbers[column.key][0].values) for column in self.table.columns},
            headings={key: heading for key, (_, heading) in numbers.items()},
            missing={key: found.reasons for key, (found, _) in numbers.items() if found.reasons},
            marks={key: found.marks for key, (found, _) in numbers.items() if found.marks},
            left_out=left_out,
            peer_columns=peers,
        )

    def sheet(self, name: str) -> Sheet:
        if name not in self.sheets:
            self.sheets[name] = read_sheet(self.table.path, name, self.table.code)
        return self.sheets[name]

    def problem(self, code: str, sheet: Sheet | None, row: int, column: int, message: str, hint: str = "") -> None:
        """Note a problem at a row and column, both counted from 1; 0 where it is about the whole."""
        tab = sheet.name.removeprefix(self.table.path.name) if sheet else ""
        place = Position(display_name(self.table.path) + tab, row, column)
        if self.found[place.file] < MOST_TOLD:  # a wrong column has one in every row
            self.problems.append(Problem(code, message, place, hint))
        self.found[place.file] += 1

    def stop(self) -> None:
        if self.problems:
            raise Problems(self.problems, {file: count - MOST_TOLD for file, count in self.found.items()})

    def column_of(self, sheet: Sheet, wanted: str, what: str) -> int | None:
        """The position of a column; a problem where the heading is not there or not clear."""
        position = sheet.find(wanted)
        if position is None:
            hint = did_you_mean(wanted, sheet.known, "Headings")
            several = sum(within(plain(wanted), plain(heading)) for heading in sheet.known) > 1
            message = f"{'more than one' if several else 'no'} column is headed {quoted(wanted)} ({what})"
            self.problem("unknown-name", sheet, 0, 0, message, hint)
        return position

    # --- rows ------------------------------------------------------------------------------------------------------

    def areas_of(self, sheet: Sheet, only: Mapping[str, str]) -> tuple[polars.DataFrame, dict[str, int]]:
        """The rows of a sheet that are areas of the wanted kind, with their codes and row numbers; and the others."""
        import polars

        position = self.column_of(sheet, self.table.code, "the codes")
        filters = {self.column_of(sheet, column, "only"): value for column, value in only.items()}
        self.stop()
        form = self.table.code_form or _AREA_FORM
        written = sheet.frame[f"c{position}"].fill_null("").str.strip_chars()
        codes = written.str.extract(form, min(1, re.compile(form).groups))
        frame = sheet.frame.with_row_index("row", offset=sheet.first_row).with_columns(code=codes, written=written)
        frame, blank = _split(frame, codes.is_not_null())
        council = frame["code"].str.slice(0, 3).is_in(_COUNCILS) | bool(self.table.code_form)
        frame, wider = _split(frame, council)
        self.check_codes(sheet, position or 0, blank)
        for column, value in filters.items():
            frame, others = _split(frame, (frame[f"c{column}"].str.strip_chars() == value).fill_null(False))
            wider = polars.concat([wider, others])
        self.check_twice(sheet, position or 0, frame)
        self.stop()
        filled = blank.select(polars.any_horizontal(polars.exclude("row", "code", "written").is_not_null()))
        rows = int(filled.to_series().sum())
        return frame, {"rows that are no areas": rows, "areas of another kind or place": len(wider)}

    def check_codes(self, sheet: Sheet, position: int, blank: polars.DataFrame) -> None:
        """A row with something that is nearly a code is an area that would be lost."""
        near = blank.filter(blank["written"].str.contains(NEAR) & ~blank["written"].str.contains(_WHOLE))
        hint = "write the code as the Office for National Statistics does, such as E08000025"
        for row, written in zip(near["row"], near["written"], strict=True):
            message = f"{quoted(written)} is not an area code: a letter and eight digits are expected"
            self.problem("wrong-code", sheet, row, position + 1, message, hint)

    def check_twice(self, sheet: Sheet, position: int, frame: polars.DataFrame) -> None:
        if frame["code"].n_unique() == len(frame):
            return
        first = dict(zip(reversed(frame["code"]), reversed(frame["row"]), strict=True))
        again = frame.filter(~frame["code"].is_first_distinct())
        for row, code in zip(again["row"], again["code"], strict=True):
            hint = f"the first is in row {first[code]}; keep one, or say which rows to keep with `only:`"
            message = f"the code {quoted(code)} is in the table twice"
            self.problem("duplicate-code", sheet, row, position + 1, message, hint)

    # --- columns -----------------------------------------------------------------------------------------------------

    def cells(
        self, wanted: str, sheet_name: str | None, main: Sheet, frame: polars.DataFrame, what: str
    ) -> _Cells | None:
        """A column for the areas of the frame; from another sheet it is joined on the code."""
        sheet = self.sheet(sheet_name) if sheet_name else main
        position = self.column_of(sheet, wanted, what)
        if position is None:
            return None
        name = f"c{position}"
        if sheet is main:
            return _Cells(frame[name], frame["row"], sheet, position)
        only = {column: value for column, value in self.table.only.items() if sheet.find(column) is not None}
        other = self.areas_of(sheet, only)[0].select("code", "row", name)
        joined = frame.select("code").join(other, on="code", how="left", maintain_order="left")
        return _Cells(joined[name], joined["row"], sheet, position)

    def numbers(self, column: Column, main: Sheet, frame: polars.DataFrame) -> tuple[Numbers, str]:
        """A figure's numbers as written, checked against what the figure may be."""
        import numpy

        if column.sum is not None:
            return self.summed(column, column.sum, main, frame)
        cells = self.cells(column.heading, column.sheet, main, frame, column.key)
        if cells is None:
            return Numbers(numpy.empty(0), {}, {}), ""
        found = self.numbers_of(cells)
        if not found.bad:
            self.check_limits(column, cells, found.values)
        return found, cells.heading

    def summed(self, column: Column, tree: Expression, main: Sheet, frame: polars.DataFrame) -> tuple[Numbers, str]:
        """A sum over columns, row by row; missing where a number of it is."""
        import numpy

        from carescale.engine.arrays import ARRAYS

        found: dict[str, Numbers] = {}
        first: _Cells | None = None
        for name in dict.fromkeys(name for name, _ in names(tree)):
            wanted = name if main.find(name) is not None else name.replace("_", " ")
            cells = self.cells(wanted, column.sheet, main, frame, column.key)
            if cells is None:
                return Numbers(numpy.empty(0), {}, {}), ""
            found[name] = self.numbers_of(cells)
            first = first or cells
        made = value_of(tree, ARRAYS, lambda name: found[name].values)
        values = numpy.array(numpy.broadcast_to(made, len(frame)), dtype=float)
        marks = {place: reason for one in found.values() for place, reason in one.marks.items()}
        gone = {int(place): "divided by nothing" for place in numpy.flatnonzero(numpy.isnan(values))}
        bad = tuple(entry for one in found.values() for entry in one.bad)
        if first is not None and not bad:
            self.check_limits(column, first, values)
        return Numbers(values, dict(Counter({**gone, **marks}.values())), {**gone, **marks}, bad), column.heading

    def numbers_of(self, cells: _Cells) -> Numbers:
        """Text as numbers; what is neither a number nor a mark is a problem."""
        found = read_numbers(cells.text, self.table.missing)
        for position, text in found.bad:
            hint = "if it marks a missing number, say what it means under `missing:`"
            message = f"{quoted(text)} is not a number, in the column {quoted(cells.heading)}"
            self.problem("not-a-number", cells.sheet, int(cells.rows[position]), cells.position + 1, message, hint)
        return found

    def check_limits(self, column: Column, cells: _Cells, values: Array) -> None:
        import numpy

        scaled = self.scaled(column, values)
        for position in _extremes(numpy, scaled):
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


def _split(frame: polars.DataFrame, keep: polars.Series) -> tuple[polars.DataFrame, polars.DataFrame]:
    """The rows to keep and the others; a large table that is whole is not copied."""
    return (frame, frame.clear()) if keep.all() else (frame.filter(keep), frame.filter(~keep))


def _extremes(numpy: Any, values: Array) -> Iterator[int]:
    """The positions of the lowest and the highest value."""
    if not numpy.all(numpy.isnan(values)):
        yield from sorted({int(numpy.nanargmin(values)), int(numpy.nanargmax(values))})


def _too_large(value: float) -> tuple[str, str, str] | None:
    return ("out-of-range", "it is larger than any real one", "check the units") if abs(value) > _LARGEST else None
