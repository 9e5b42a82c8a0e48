"""A screen, rows or a document in the format asked for, for commands that have no more to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Screen
from carescale.report.output import Output


def write_screen(
    screen: Screen,
    output: Output,
    *,
    document: Any = None,
    columns: Sequence[str] = (),
    rows: Iterable[Sequence[Any]] | None = None,
) -> None:
    """Write a screen; as JSON its document, as CSV its rows, where it has them."""
    match output.format:
        case "table":
            from carescale.report.terminal import print_screen

            print_screen(screen)
        case "json" if document is not None:
            from carescale.report.clean import json_text

            output.write(json_text(document))
        case "csv" | "tsv" if rows is not None:
            from carescale.report.delimited import csv_text

            output.write(csv_text(columns, rows, output.format))
        case "json" | "csv" | "tsv":
            message = f"this command has nothing to write as {output.format}"
            raise Problems([Problem("bad-option", message, Position("--format"))])
        case style:
            from carescale.report.text import write_text

            output.write(write_text(screen, style))
