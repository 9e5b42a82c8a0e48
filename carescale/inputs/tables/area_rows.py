"""Which rows of a sheet are areas: those with an area's code, of a kind that has a council, that the filters want."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from carescale.area_table import TableFile
from carescale.inputs.tables.filters import matches, worded
from carescale.inputs.tables.headings import plain, within
from carescale.inputs.tables.reading import Sheet
from carescale.numbers import NotANumber
from carescale.problems import did_you_mean, quoted

if TYPE_CHECKING:
    import polars

_AREA_FORM = r"^\s*([EWSNKJLM]\d{8})\b"
_NEAR = r"^[A-Za-z]?[\dOoIl]{5,10}$"  # nearly a code: a letter left out, a digit too many, the letter O for a nought
_WHOLE = r"^[A-Z]\d{8}$"
_COUNCILS = ("E06", "E07", "E08", "E09", "E10", "W06", "S12", "N09")  # the kinds of area that have a council


class AreaRows(Struct, frozen=True):
    """Reads the rows of a sheet. `note` takes a problem, as the reader of areas does, and `stop` raises them."""

    file: TableFile
    note: Callable[[str, Sheet | None, int, int, str, str], None]
    stop: Callable[[], None]

    def column_of(self, sheet: Sheet, wanted: str, what: str) -> int | None:
        """The position of a column; a problem where the heading is not there or not clear."""
        position = sheet.find(wanted)
        if position is None:
            target = plain(wanted)
            several = [heading for heading in sheet.known if within(target, plain(heading)) or target in plain(heading)]
            hint = f"which of: {'; '.join(several[:8])}" if several else did_you_mean(wanted, sheet.known, "Headings")
            message = f"{'more than one' if several else 'no'} column is headed {quoted(wanted)} ({what})"
            self.note("unknown-name", sheet, 0, 0, message, hint)
        return position

    def councils(self, sheet: Sheet) -> tuple[polars.DataFrame, dict[str, int]]:
        """Every row of a council, with its code and row number; and how many others there are."""
        import polars

        position = self.column_of(sheet, self.file.code, "the codes")
        self.stop()
        form = self.file.code_form or _AREA_FORM
        written = polars.col(f"c{position}").fill_null("").str.strip_chars()
        code = written.str.extract(form, min(1, re.compile(form).groups))
        frame = sheet.frame.with_row_index("row", offset=sheet.first_row).with_columns(code=code, written=written)
        frame, blank = _split(frame, frame["code"].is_not_null())
        of_councils = polars.col("code").str.slice(0, 3).is_in(_COUNCILS) | bool(self.file.code_form)
        frame, wider = _split(frame, frame.select(of_councils).to_series())
        rows = self._filled(sheet, position or 0, blank) if len(blank) else 0
        return frame, {"rows that are no areas": rows, "areas of another kind": len(wider)}

    def _filled(self, sheet: Sheet, position: int, blank: polars.DataFrame) -> int:
        """How many rows without a code have something in them; a problem for each that has nearly a code."""
        import polars

        self._check_codes(sheet, position, blank)
        filled = blank.select(polars.any_horizontal(polars.exclude("row", "code", "written").is_not_null()))
        return int(filled.to_series().sum())

    def wanted(self, sheet: Sheet, *, main: bool = True) -> tuple[polars.DataFrame, dict[str, int]]:
        """The rows of the councils that the filters want, each once; and what was left out, by filter.

        On a sheet beside the main one only those filters count whose column is there.
        """
        frame, left_out = self.councils(sheet)
        for filters, keep in ((self.file.only, True), (self.file.leave_out, False)):
            for heading, words in filters.items():
                if not main and sheet.find(heading) is None:
                    continue
                frame, gone = self._filtered(sheet, frame, heading, words, keep)
                reason = f"areas {'without' if keep else 'with'} {worded(heading, words)}, by the filter"
                left_out[reason] = gone
        self._check_twice(sheet, sheet.find(self.file.code) or 0, frame)
        self.stop()
        return frame, left_out

    def _filtered(
        self, sheet: Sheet, frame: polars.DataFrame, heading: str, words: tuple[str, ...], keep: bool
    ) -> tuple[polars.DataFrame, int]:
        """The rows that a filter leaves, and how many it takes. A filter that takes all, or none, has gone wrong."""
        position = self.column_of(sheet, heading, "only" if keep else "except")
        self.stop()
        column = frame[f"c{position}"]
        try:
            found = matches(column, words)
        except NotANumber as why:
            self.note("not-a-number", sheet, 0, 0, f"the filter {quoted(worded(heading, words))}: {why}", "")
            self.stop()
            raise
        left, gone = _split(frame, found if keep else ~found)
        if len(frame) and (not len(left) or (not keep and not len(gone))):
            known = [word for word in column.unique().to_list() if word]
            effect = "leaves no area" if not len(left) else "takes no area away"
            hint = did_you_mean(words[0], known, "In that column")
            self.note("empty", sheet, 0, 0, f"the filter {quoted(worded(heading, words))} {effect}", hint)
            self.stop()
        return left, len(gone)

    def _check_codes(self, sheet: Sheet, position: int, blank: polars.DataFrame) -> None:
        """A row with something that is nearly a code is an area that would be lost."""
        near = blank.filter(blank["written"].str.contains(_NEAR) & ~blank["written"].str.contains(_WHOLE))
        hint = "write the code as the Office for National Statistics does, such as E08000025"
        for row, written in zip(near["row"], near["written"], strict=True):
            message = f"{quoted(written)} is not an area code: a letter and eight digits are expected"
            self.note("wrong-code", sheet, row, position + 1, message, hint)

    def _check_twice(self, sheet: Sheet, position: int, frame: polars.DataFrame) -> None:
        if frame["code"].n_unique() == len(frame):
            return
        first = dict(zip(reversed(frame["code"]), reversed(frame["row"]), strict=True))
        again = frame.filter(~frame["code"].is_first_distinct())
        for row, code in zip(again["row"], again["code"], strict=True):
            hint = f"the first is in row {first[code]}; keep one, or say which rows to keep with `only:`"
            message = f"the code {quoted(code)} is in the table twice"
            self.note("duplicate-code", sheet, row, position + 1, message, hint)


def _split(frame: polars.DataFrame, keep: polars.Series) -> tuple[polars.DataFrame, polars.DataFrame]:
    """The rows to keep and the others; a large table that is whole is not copied."""
    return (frame, frame.clear()) if keep.all() else (frame.filter(keep), frame.filter(~keep))
