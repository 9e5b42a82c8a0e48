"""Tables as they come: CSV, TSV, XLSX, ODS, with titles above, notes below and headings over several rows.

Everything is text here, cell by cell as it was written; what the text means is for `area_reader` to say.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from carescale.inputs.reading import note_read
from carescale.inputs.tables.delimited import read_delimited
from carescale.inputs.tables.headings import letter_position, plain, table_problem, within
from carescale.inputs.tables.workbooks import WORKBOOKS, read_workbook

if TYPE_CHECKING:
    import polars


class Sheet(Struct, frozen=True, dict=True):
    """A sheet or file: a heading for each column, and all of its rows under them as columns of text.

    `first_row` is the file's number of the first row of `frame`, counted from 1.
    """

    name: str
    headings: tuple[str, ...]
    frame: polars.DataFrame
    first_row: int
    path: Path

    def find(self, wanted: str) -> int | None:
        """The position of a column by its heading, part of its heading, or its letter; None where it is not clear."""
        headings, target = self.plain_headings, plain(wanted)
        exact = [i for i, heading in enumerate(headings) if heading == target]
        if len(exact) == 1:
            return exact[0]
        inside = [i for i, heading in enumerate(headings) if target and within(target, heading)]
        if len(inside) == 1:
            return inside[0]
        position = letter_position(wanted)
        if not exact and not inside and position is None:
            inside = [i for i, heading in enumerate(headings) if target and target in heading]
            return inside[0] if len(inside) == 1 else None
        return position if not exact and not inside and position is not None and position < len(headings) else None

    @cached_property
    def plain_headings(self) -> list[str]:
        """Headings as they are compared."""
        return [plain(heading) for heading in self.headings]

    @cached_property
    def known(self) -> list[str]:
        """Headings that can be named."""
        return [heading for heading in self.headings if heading]


def read_sheet(path: Path, sheet: str, code_heading: str) -> Sheet:
    """A sheet of a workbook (the only or first one for ""), or a delimited file. Raises Problems.

    `code_heading` is the heading over the area codes, by which the row of headings is found.
    """
    if not path.is_file():
        raise table_problem("missing-file", path, "there is no such table")
    note_read(path)
    if path.suffix.lower() in WORKBOOKS:
        name, headings, frame, above = read_workbook(path, sheet, code_heading)
        return Sheet(f"{path.name} {name}", headings, frame, above + 1, path)
    headings, frame, above = read_delimited(path, code_heading)
    return Sheet(path.name, headings, frame, above + 1, path)
