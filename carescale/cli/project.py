"""`carescale project`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from carescale.cli.options import Bom, Format, OutputFile, PlaceFile, Scenario, Settings

EXAMPLE = "Example: carescale project birmingham.yaml --set shared_lives.ramp_months=24"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLE)(project)


def project(
    file: PlaceFile,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    months: Annotated[int | None, typer.Option("--months", metavar="N", help="How many months to look ahead.")] = None,
    monthly: Annotated[bool, typer.Option("--monthly", help="CSV and JSON: month by month.")] = False,
    style: Format = None,
    output: OutputFile = None,
    bom: Bom = False,
) -> None:
    """Project a place: reach, savings a year and break-even, with the notes a careful reader needs."""
    from carescale.analysis.projection import project
    from carescale.inputs.loading import load
    from carescale.problems import Place, Problem, Problems
    from carescale.report.output import choose_output
    from carescale.report.project_writer import write_projection

    chosen = choose_output(style, output, bom=bom)
    if monthly and chosen.format not in ("csv", "tsv", "json"):
        message = f"there is no month by month in {chosen.format}"
        raise Problems([Problem("bad-option", message, Place("--monthly"), "--format csv, or json")])
    horizon = [f"portfolio.horizon_months={months}"] if months is not None else []
    case = load(file, scenario=scenario, settings=[*(settings or []), *horizon])
    say_if_example(file, case.file)
    write_projection(project(case), chosen, monthly=monthly)


def say_if_example(asked: str, used: str) -> None:
    """Say on stderr that a shipped example stands in for a file that is not there."""
    if asked != "-" and used != asked and not Path(asked).exists():
        sys.stderr.write(f"there is no {asked} here; using the example that ships, {used}\n")
