"""Areas out of a table: rows that are areas, joined on their codes, and columns of numbers with their missing marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from carescale.inputs.areas import AreaTable, Array, Column, TableMap
from carescale.inputs.fitting import misfit
from carescale.inputs.library import display_name
from carescale.inputs.marks import Numbers, read_numbers
from carescale.inputs.tables import Sheet, read_sheet
from carescale.numbers import NotANumber, Printed, read_number, to_decimal
from carescale.problems import Place, Problem, Problems, did_you_mean, quoted

if TYPE_CHECKING:
    import polars

_AREA_FORM = r"^\s*([EWSN]\d{8})\b"
_COUNCILS = ("E06", "E07", "E08", "E09", "E10", "W06", "S12", "N09")  # the kinds of area that have a council
_MOST_SHOWN = 12  # problems; a wrong column has one in every row


def read_areas(table: TableMap) -> AreaTable:
    """The areas of a table. Raises Problems with file, row and column for what cannot be so."""
    return _AreaReader(table).read()


class _AreaReader:
    def __init__(self, table: TableMap) -> None:
        self.table = table
        self.sheets: dict[str, Sheet] = {}
        self.problems: list[Problem] = []

    def read(self) -> AreaTable:
        main = self.sheet(
            self.table.sheet or next((c.entry.sheet for c in self.table.columns if c.entry.sheet), "") or ""
        )
        frame, left_out = self.areas_of(main)
        if not len(frame):
            self.problem("empty", 0, 0, "no row of it is an area", "say with `code_form:` what a code looks like")
            self.stop()
        codes = frame["code"]
        numbers = {column.key: self.numbers(column, main, frame) for column in self.table.columns}
        self.stop()
        return AreaTable(
            self.table,
            codes,
            self.words(main, frame, self.table.name, codes),
            self.words(main, frame, self.table.region, None),
            {column.key: self.scaled(column, numbers[column.key][0].values) for column in self.table.columns},
            {key: heading for key, (_, heading) in numbers.items()},
            {key: found.reasons for key, (found, _) in numbers.items() if found.reasons},
            {key: found.marks for key, (found, _) in numbers.items() if found.marks},
            left_out,
            self.peer_columns(main, frame),
        )

    def sheet(self, name: str) -> Sheet:
        if name not in self.sheets:
            self.sheets[name] = read_sheet(self.table.path, name, self.table.code)
        return self.sheets[name]

    def problem(self, code: str, row: int, column: int, message: str, hint: str = "") -> None:
        if len(self.problems) < _MOST_SHOWN:
            self.problems.append(Problem(code, message, Place(display_name(self.table.path), row, column), hint))

    def stop(self) -> None:
        if self.problems:
            raise Problems(self.problems)

    def column_of(self, sheet: Sheet, wanted: str, what: str) -> str | None:
        """The name of a column of the frame; a problem where the heading is not there or not clear."""
        position = sheet.find(wanted)
        if position is None:
            hint = did_you_mean(wanted, sheet.known, "Headings")
            self.problem("unknown-name", 0, 0, f"{sheet.name}: no one column is headed {quoted(wanted)} ({what})", hint)
            return None
        return f"c{position}"

    # --- rows ------------------------------------------------------------------------------------------------------

    def areas_of(self, sheet: Sheet) -> tuple[polars.DataFrame, dict[str, int]]:
        """The rows of a sheet that are areas of the wanted kind, with their codes and row numbers; and the others."""
        import polars

        heading = self.column_of(sheet, self.table.code, "the codes")
        filters = {self.column_of(sheet, column, "only"): value for column, value in self.table.only.items()}
        self.stop()
        form = self.table.code_form or _AREA_FORM
        written = sheet.frame[str(heading)].fill_null("").str.strip_chars()
        codes = written.str.extract(form, 1 if "(" in form else 0)
        frame = sheet.frame.with_row_index("row", offset=sheet.first_row).with_columns(code=codes, written=written)
        frame, blank = _split(frame, codes.is_not_null())
        council = frame["code"].str.slice(0, 3).is_in(_COUNCILS) | bool(self.table.code_form)
        frame, wider = _split(frame, council)
        self.wrong_codes(sheet, blank)
        for column, value in filters.items():
            frame, others = _split(frame, (frame[str(column)].str.strip_chars() == value).fill_null(False))
            wider = polars.concat([wider, others])
        self.duplicates(frame)
        self.stop()
        return frame, {"rows that are no areas": len(blank), "areas of another kind or place": len(wider)}

    def wrong_codes(self, sheet: Sheet, blank: polars.DataFrame) -> None:
        """Rows with numbers and something that is nearly a code are areas that would be lost."""
        near = blank.filter(blank["written"].str.contains(r"^[A-Za-z]\d{5,}$"))
        for row, written in zip(near["row"], near["written"], strict=True):
            message = f"{quoted(written)} is not an area code: a letter and eight digits are expected"
            self.problem("wrong-code", row, 0, message)

    def duplicates(self, frame: polars.DataFrame) -> None:
        if frame["code"].n_unique() == len(frame):
            return
        again = frame.filter(~frame["code"].is_first_distinct())
        for row, code in zip(again["row"], again["code"], strict=True):
            self.problem("duplicate-code", row, 0, f"the code {code} is in the table twice")

    # --- columns -----------------------------------------------------------------------------------------------------

    def cells(
        self, wanted: str, sheet_name: str | None, main: Sheet, frame: polars.DataFrame, what: str
    ) -> tuple[Any, str]:
        """A column for the areas of the frame, in their order; from another sheet it is joined on the code."""
        sheet = self.sheet(sheet_name) if sheet_name else main
        name = self.column_of(sheet, wanted, what)
        if name is None:
            return None, ""
        heading = sheet.headings[int(name[1:])]
        if sheet is main:
            return frame[name], heading
        other, _ = self.areas_of(sheet)
        joined = frame.select("code").join(other.select("code", name), on="code", how="left", maintain_order="left")
        return joined[name], heading

    def numbers(self, column: Column, main: Sheet, frame: polars.DataFrame) -> tuple[Numbers, str]:
        """A figure's numbers as written, checked against what the figure may be."""
        import numpy

        cells, heading = self.cells(column.entry.column, column.entry.sheet, main, frame, column.key)
        if cells is None:
            return Numbers(numpy.empty(0), {}, {}), ""
        found = read_numbers(cells, self.table.missing)
        for position, text in found.bad:
            hint = "if it marks a missing number, say what it means under `missing:`"
            message = f"{quoted(text)} is not a number, in the column {quoted(heading)}"
            self.problem("not-a-number", int(frame["row"][position]), 0, message, hint)
        if not found.bad:
            self.check_limits(column, heading, frame, found.values)
        return found, heading

    def check_limits(self, column: Column, heading: str, frame: polars.DataFrame, values: Array) -> None:
        import numpy

        scaled = self.scaled(column, values)
        for position in _extremes(numpy, scaled):
            number = Printed(to_decimal(float(scaled[position])), to_decimal(0), f"{values[position]:g}")
            if problem := misfit(number, column.kind):
                code, message, hint = problem
                text = f"{number.text} for `{column.kind.name}`: {message}, in the column {quoted(heading)}"
                self.problem(code, int(frame["row"][position]), 0, text, hint)

    def scaled(self, column: Column, values: Array) -> Array:
        """The numbers in the figure's unit."""
        times, per = (self.factor(text) for text in (column.entry.times, column.entry.divided_by))
        return values * times / per

    def factor(self, text: str | None) -> float:
        if text is None:
            return 1.0
        try:
            value = float(read_number(text).value)
        except NotANumber as why:
            self.problem("not-a-number", 0, 0, f"{quoted(text)} is not a factor: {why}")
            return 1.0
        if value <= 0:
            self.problem("out-of-range", 0, 0, f"{quoted(text)} is not a factor: it must be above 0")
        return value or 1.0

    def words(self, main: Sheet, frame: polars.DataFrame, heading: str, otherwise: Any) -> Any:
        """A column of words, such as names."""
        if not heading:
            return otherwise
        cells, _ = self.cells(heading, None, main, frame, "names")
        return cells.fill_null("").str.strip_chars() if cells is not None else otherwise

    def peer_columns(self, main: Sheet, frame: polars.DataFrame) -> dict[str, Any]:
        """What peers are chosen by: words of a column to share, or numbers of columns to be near in."""
        peers = self.table.peers
        if peers is None:
            return {}
        found: dict[str, Any] = {}
        for wanted in [*([peers.same] if peers.same else []), *(peers.on_columns or {})]:
            cells, _ = self.cells(wanted, None, main, frame, "peers")
            if cells is not None:
                found[wanted] = cells if wanted == peers.same else read_numbers(cells, self.table.missing).values
        self.stop()
        return found


def _split(frame: polars.DataFrame, keep: polars.Series) -> tuple[polars.DataFrame, polars.DataFrame]:
    """The rows to keep and the others; a large table that is whole is not copied."""
    return (frame, frame.clear()) if keep.all() else (frame.filter(keep), frame.filter(~keep))


def _extremes(numpy: Any, values: Array) -> Iterator[int]:
    """The positions of the lowest and the highest value."""
    if not numpy.all(numpy.isnan(values)):
        yield from sorted({int(numpy.nanargmin(values)), int(numpy.nanargmax(values))})
