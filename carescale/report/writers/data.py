"""Records as files for spreadsheets and databases. Text that a spreadsheet could run as a formula is made harmless."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from carescale.problems import Place, Problem, Problems
from carescale.report.blocks import Records
from carescale.report.writers.clean import printable

if TYPE_CHECKING:
    import polars

    from carescale.report.writers.output import Output

RISKY = ("=", "+", "-", "@", "|", "%")  # a cell of text that starts so may be run by a spreadsheet
FOR_READERS = 2_000  # rows; larger tables are for sums, and written as they were computed


def named(records: Records | None) -> list[dict[str, Any]]:
    """Records as data: each with its columns as names."""
    return [dict(zip(records.columns, row, strict=True)) for row in records.rows()] if records else []


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]], style: str = "csv") -> str:
    """Rows as CSV or TSV that a spreadsheet opens as data: text that could be a formula gets an apostrophe in front."""
    import csv
    import io

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter="\t" if style == "tsv" else ",", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_data(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _data(cell: Any) -> Any:
    return harmless(printable(cell)) if isinstance(cell, str) else cell


def harmless(text: str) -> str:
    """Text that a spreadsheet would not run as a formula."""
    return f"'{text}" if text.lstrip().startswith(RISKY) else text


def write_frame(frame: polars.DataFrame, output: Output) -> None:
    """A frame of many rows as CSV, TSV or Parquet. Raises Problems for Parquet without a file."""
    from carescale.report.writers.output import write_file

    if output.format == "parquet":
        if output.path is None:
            raise Problems([Problem("bad-option", "Parquet needs a file", Place("--output"), "-o areas.parquet")])
        write_file(output.path, frame.write_parquet)
        return
    separator = "\t" if output.format == "tsv" else ","
    text = _whole_as_whole(frame) if frame.height <= FOR_READERS else frame
    if output.path is None:
        output.write(text.write_csv(separator=separator))
    else:
        write_file(output.path, lambda path: text.write_csv(path, separator=separator, include_bom=output.bom))


def _whole_as_whole(frame: polars.DataFrame) -> polars.DataFrame:
    """Numbers as text, whole ones without `.0`."""
    import polars
    from polars import selectors

    return frame.with_columns(selectors.float().cast(polars.String).str.strip_suffix(".0"))


def harmless_column(column: polars.Series) -> polars.Series:
    """Text that a spreadsheet could run as a formula gets an apostrophe in front."""
    risky = column.str.contains("^\\s*[" + "".join(f"\\{sign}" for sign in RISKY) + "]")
    return column.zip_with(~risky, "'" + column) if risky.any() else column
