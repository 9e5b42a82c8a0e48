"""Projections in the format asked for: one place or a table of areas, under one scenario or several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carescale.case import Case
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Block
from carescale.report.output import Output, workbook_file, write_file

if TYPE_CHECKING:
    from carescale.analysis.areas import AreaProjection
    from carescale.analysis.projection import Projection

FORMATS = ("parquet", "xlsx")


def write_projections(
    cases: Sequence[Case],
    output: Output,
    *,
    monthly: bool = False,
    significant_only: bool = False,
    command: str = "",
) -> None:
    """Write a place under one or more scenarios as tables, CSV, JSON, Parquet, or a workbook that names the command."""
    if cases[0].areas is None:
        from carescale.analysis.projection import project

        _refuse("--significant-only", significant_only, "this is one place, and has no gaps to a benchmark")
        _write_places([project(case) for case in cases], output, monthly=monthly, command=command)
    else:
        from carescale.analysis.areas import project_areas

        _refuse("--monthly", monthly, "a table of many areas is not written month by month")
        projections = [p for case in cases for p in project_areas(case, significant_only=significant_only)]
        _write_areas(projections, output, command=command)


def _refuse(option: str, given: bool, why: str) -> None:
    if given:
        raise Problems([Problem("bad-option", why, Position(option))])


def _write_places(projections: Sequence[Projection], output: Output, *, monthly: bool, command: str) -> None:
    if monthly and output.format not in ("csv", "tsv", "json"):
        message = f"there is no month by month in {output.format}"
        raise Problems([Problem("bad-option", message, Position("--monthly"), "--format csv, or json")])
    match output.format:
        case "csv" | "tsv":
            output.write(_csv(projections, output.format, monthly=monthly))
        case "parquet":
            raise Problems([Problem("bad-option", "Parquet is for tables of many areas", Position("--format"))])
        case "xlsx":
            from carescale.report.workbook import write_workbook

            path = _one_workbook(projections, output)
            write_file(path, lambda path: write_workbook(projections[0], path, command))
        case "json":
            from carescale.report.project_json import projection_json

            _write_json([projection_json(projection, monthly=monthly) for projection in projections], output)
        case _:
            from carescale.report.project_screen import project_screen

            _write_screen([block for projection in projections for block in project_screen(projection)], output)


def _one_workbook(projections: Sequence[object], output: Output) -> Path:
    """The file of a workbook, which holds one scenario. Raises Problems where there are more, or no file."""
    path = workbook_file(output)
    if len(projections) > 1:
        raise Problems(
            [Problem("bad-option", "a workbook holds one scenario, and one cohort of many areas", Position("--output"))]
        )
    return path


def _csv(projections: Sequence[Projection], style: str, *, monthly: bool) -> str:
    from carescale.report import rows
    from carescale.report.delimited import csv_text

    columns = rows.MONTHLY_COLUMNS if monthly else rows.COLUMNS
    written = rows.monthly_rows if monthly else rows.quantity_rows
    return csv_text(columns, (row for projection in projections for row in written(projection)), style)


def _write_areas(projections: Sequence[AreaProjection], output: Output, *, command: str) -> None:
    match output.format:
        case "xlsx":
            from carescale.report.workbook_areas import write_areas_workbook

            path = _one_workbook(projections, output)
            write_file(path, lambda path: write_areas_workbook(projections[0], path, command))
        case "csv" | "tsv" | "parquet":
            from carescale.report.areas_rows import write_area_rows

            if output.format == "parquet" and output.path is None:
                raise Problems(
                    [Problem("bad-option", "Parquet needs a file", Position("--output"), "-o areas.parquet")]
                )
            write_area_rows(projections, output)
        case "json":
            from carescale.report.areas_rows import area_json

            _write_json([area_json(areas) for areas in projections], output)
        case _:
            from carescale.report.areas_screen import areas_screen

            _write_screen([block for areas in projections for block in areas_screen(areas)], output)


def _write_json(documents: Sequence[dict[str, Any]], output: Output) -> None:
    """One document, or a list of them where there are several scenarios."""
    from carescale.report.clean import json_text

    output.write(json_text(documents[0] if len(documents) == 1 else list(documents)))


def _write_screen(screen: Sequence[Block], output: Output) -> None:
    from carescale.report.writer import write_screen

    write_screen(screen, output)
