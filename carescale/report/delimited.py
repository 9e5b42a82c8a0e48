"""CSV and TSV that a spreadsheet opens as data and a terminal shows as text: the one way by which text gets in.

A spreadsheet runs a cell that starts with `=`, and some run one that starts with another of RISKY; so does one that
takes full-width signs for plain ones, or leaves out blanks and signs that do not show. Such text gets an apostrophe.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from carescale.report.clean import printable

if TYPE_CHECKING:
    import polars

RISKY = ("=", "+", "-", "@", "|", "%")
SEPARATORS = {"csv": ",", "tsv": "\t"}
_UNSEEN = " \u200c\u200d\n"  # what may stand before a sign and leave it the first, once a text is printable
_PLAIN = r"^[ -~]*$"  # most text: nothing in it but what a typewriter has
_STARTS_RISKY = r"^\s*[=+\-@|%]"


def data_text(text: str) -> str:
    """Text from a file or a person as a cell of data: nothing in it is run, and whatever does not print is shown."""
    text = printable(text)
    first = text.lstrip().lstrip(_UNSEEN)[:1]
    return f"'{text}" if unicodedata.normalize("NFKC", first).startswith(RISKY) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]], style: str = "csv") -> str:
    """Rows as CSV or TSV; every cell of text goes through `data_text`."""
    import csv
    import io

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=SEPARATORS[style], lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([data_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()


def data_frame(frame: polars.DataFrame) -> polars.DataFrame:
    """A table with every column of text through `data_text`; of a million names only the few that need it are seen."""
    import polars

    texts = [column for column in frame.get_columns() if column.dtype == polars.String]
    return frame.with_columns([_data_column(column) for column in texts])


def _data_column(column: polars.Series) -> polars.Series:
    import polars

    odd = (~column.str.contains(_PLAIN) | column.str.contains(_STARTS_RISKY)).fill_null(False).arg_true()
    if not len(odd):
        return column
    cleaned = polars.Series([data_text(text) for text in column.gather(odd)], dtype=polars.String)
    return column.scatter(odd, cleaned)
