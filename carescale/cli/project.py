"""`carescale project`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from carescale.cli.opening import say_if_example, settings_with, typed
from carescale.cli.options import Area, Bom, Cautious, Format, Full, OutputFile, PlaceFile, Scenarios, Settings, Show

if TYPE_CHECKING:
    from collections.abc import Callable

    from carescale.case import Case

_YEARS = 5  # financial years of the money in a report


def project(
    file: PlaceFile,
    scenario: Scenarios = None,
    settings: Settings = None,
    months: Annotated[int | None, typer.Option("--months", metavar="N", help="How many months to look ahead.")] = None,
    monthly: Annotated[bool, typer.Option("--monthly", help="CSV and JSON: month by month.")] = False,
    significant_only: Annotated[
        bool, typer.Option("--significant-only", help="Many areas: count only gaps that are beyond chance.")
    ] = False,
    cautiously: Cautious = False,
    everyone: Annotated[bool, typer.Option("--all", help="Many areas: list every one.")] = False,
    top: Annotated[
        int | None, typer.Option("--top", min=1, metavar="N", help="Many areas: list so many; 20 unless told.")
    ] = None,
    sure: Annotated[
        bool, typer.Option("--simulate", help="The 90% interval of every result, over draws of the figures' ranges.")
    ] = False,
    chart: Annotated[bool, typer.Option("--chart", help="Draw when the money is back, below the tables.")] = False,
    area: Area = None,
    full: Full = False,
    parts: Show = None,
    style: Format = None,
    output: OutputFile = None,
    bom: Bom = False,
) -> None:
    from carescale.analysis.caution import cautious
    from carescale.analysis.lookup import choose_area
    from carescale.inputs.loading import load, scenario_names
    from carescale.report.screens.projected import FORMATS, Asked, projected
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, FORMATS, bom=bom, full=full, parts=parts, command=typed())
    given = settings_with(months, settings)
    cases = [choose_area(load(file, scenario=name, settings=given), area) for name in scenario_names(scenario or [])]
    say_if_example(file, cases[0].file)
    cases = [cautious(case) for case in cases] if cautiously else cases
    if monthly and cases[0].areas is None:
        check_months_fit(chosen.format)
    asked = Asked(monthly, chart, sure, significant_only, everyone, top)
    write(projected(cases, asked, _by_year(file, cases[0], given, area)), chosen)


def _by_year(file: str, case: Case, settings: list[str], area: str | None) -> Callable[[], Case] | None:
    """How a case with a start is loaded to be budgeted; None where it has none, or can be read but once."""
    if not case.start or file == "-":
        return None
    return partial(_budgeted, file, case.scenario.name, settings, area)


def _budgeted(file: str, scenario: str, settings: list[str], area: str | None) -> Case:
    """The case again, loaded for the five financial years from its start."""
    from carescale.analysis.lookup import choose_area
    from carescale.inputs.loading import load

    return choose_area(load(file, scenario=scenario, settings=settings, cash_years=_YEARS), area)


def check_months_fit(format_name: str) -> None:
    """Raise Problems for a format that has no month by month."""
    from carescale.problems import Position, Problem, Problems

    if format_name not in ("csv", "tsv", "json"):
        message = f"there is no month by month in {format_name}"
        raise Problems([Problem("bad-option", message, Position("--monthly"), "--format csv, or json")])
