"""`carescale update-england`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carescale.cli.streams import tell


def update_england(
    workbook: Annotated[Path, typer.Argument(help="The yearly workbook, as it is downloaded.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.csv", help="The table to write.")],
    reading: Annotated[
        str, typer.Option("--reading", metavar="NAME", help="How it is laid out; dhsc-outcomes for the other one.")
    ] = "nhs-asc-activity-finance",
    year: Annotated[
        str | None, typer.Option("--year", metavar="YEAR", help="Such as 2022-23; else the file's name says it.")
    ] = None,
) -> None:
    from carescale.inputs.england.publication import read_publication, year_of
    from carescale.problems import Position, Problem, Problems
    from carescale.report.writers.publication import write_publication

    if output.suffix.lower() != ".csv":
        hint = "such as england-2022-23.csv"
        raise Problems([Problem("bad-option", "the table is written as CSV", Position("--output"), hint)])
    published = read_publication(workbook, reading, year_of(workbook, year))
    table, about = write_publication(published, output)
    for name in published.without:
        tell(f"left out, for it is not in the workbook: {name} ({published.entry.columns[name].title})")
    councils, columns = len(published.rows), len(published.columns)
    tell(f"wrote {table}: {councils} councils, {columns} columns, {published.year}; and {about}")
