"""A projection in the format asked for."""

from __future__ import annotations

from carescale.analysis.projection import Projection
from carescale.report.output import Output


def write_projection(projection: Projection, output: Output, *, monthly: bool = False) -> None:
    """Write a projection as tables, CSV or JSON."""
    match output.format:
        case "table":
            from carescale.report.project_screen import project_screen
            from carescale.report.terminal import print_screen

            print_screen(project_screen(projection))
        case "csv" | "tsv":
            output.write(_csv(projection, output.format, monthly=monthly))
        case "json":
            from carescale.report.clean import json_text
            from carescale.report.project_json import projection_json

            output.write(json_text(projection_json(projection, monthly=monthly)))
        case style:
            from carescale.report.project_screen import project_screen
            from carescale.report.text import write_text

            output.write(write_text(project_screen(projection), style))


def _csv(projection: Projection, style: str, *, monthly: bool) -> str:
    from carescale.report import rows

    if monthly:
        return rows.csv_text(rows.MONTHLY_COLUMNS, rows.monthly_rows(projection), style)
    return rows.csv_text(rows.COLUMNS, rows.quantity_rows(projection), style)
