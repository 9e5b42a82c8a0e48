"""Records as files for spreadsheets and databases.

A spreadsheet runs a cell that starts with `=`, and some run one that starts with another of RISKY; so does one that
takes full-width signs for plain ones, or leaves out blanks and signs that do not show. Such text gets an apostrophe.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Records
from carescale.report.writers.clean import printable

if TYPE_CHECKING:
    import polars

    from carescale.report.writers.output import Output

FOR_READERS = 2_000  # rows; larger tables are for sums, and written as they were computed
RISKY = ("=", "+", "-", "@", "|", "%")
SEPARATORS = {"csv": ",", "tsv": "\t"}
_UNSEEN = " \u200c\u200d\n"  # what may stand before a sign and leave it the first, once a text is printable
_PLAIN = r"^[ -~]*$"  # most text: nothing in it but what a typewriter has
_STARTS_RISKY = r"^\s*[=+\-@|%]"


def named(records: Records) -> list[dict[str, Any]]:
    """Records as data: each with its columns as names."""
    return [dict(zip(records.columns, row, strict=True)) for row in records.rows()]


def data_text(text: str) -> str:
    """Text from a file or a person as a cell of data: nothing in it is run, and whatever does not print is shown."""
    text = printable(text)
    first = text.lstrip().lstrip(_UNSEEN)[:1]
    return f"'{text}" if unicodedata.normalize("NFKC", first).startswith(RISKY) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]], style: str = "csv") -> str:
    """Rows as CSV or TSV; every cell of text goes through `data_text`."""
    import csv

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=SEPARATORS[style], lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([data_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return buffer.getvalue()


def write_frame(frame: polars.DataFrame, output: Output) -> None:
    """A frame of many rows as CSV, TSV or Parquet. Raises Problems for Parquet without a file."""
    from carescale.report.writers.output import write_file

    if output.format == "parquet":
        if output.path is None:
            raise Problems([Problem("bad-option", "Parquet needs a file", Position("--output"), "-o areas.parquet")])
        write_file(output.path, lambda path: _write_parquet(frame, path))
        return
    separator, text = SEPARATORS[output.format], data_frame(frame)
    text = _whole_as_whole(text) if frame.height <= FOR_READERS else text
    if output.path is None:
        output.write(text.write_csv(separator=separator))
    else:
        write_file(output.path, lambda path: text.write_csv(path, separator=separator, include_bom=output.bom))


def _write_parquet(frame: polars.DataFrame, path: Path) -> None:
    """Packed in memory first: of a disk that is full the library says only that the file is out of specification."""
    packed = io.BytesIO()
    frame.write_parquet(packed)
    path.write_bytes(packed.getbuffer())


def _whole_as_whole(frame: polars.DataFrame) -> polars.DataFrame:
    """Numbers as text, whole ones without `.0`."""
    import polars
    from polars import selectors

    return frame.with_columns(selectors.float().cast(polars.String).str.strip_suffix(".0"))


def data_frame(frame: polars.DataFrame) -> polars.DataFrame:
    """A table with every column of text through `data_text`; of a million names only the few that need it are seen."""
    from polars import selectors

    text = selectors.string()  # all columns at once, so that every processor has one
    odd = frame.select((~text.str.contains(_PLAIN) | text.str.contains(_STARTS_RISKY)).fill_null(False))
    return frame.with_columns([_data_column(frame[found.name], found.arg_true()) for found in odd if found.any()])


def _data_column(column: polars.Series, odd: polars.Series) -> polars.Series:
    import polars

    cleaned = polars.Series([data_text(text) for text in column.gather(odd)], dtype=polars.String)
    return column.scatter(odd, cleaned)
