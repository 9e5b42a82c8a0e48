"""`carescale budget`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carescale.cli.opening import say_if_example, typed
from carescale.cli.options import Area, Bom, Cautious, Format, Full, OutputFile, PlaceFile, Scenario, Settings, Show


def budget(
    file: PlaceFile,
    start: Annotated[
        str, typer.Option("--start", metavar="MONTH", help="The month of the decision, where the file has none.")
    ] = "",
    years: Annotated[int, typer.Option("--years", metavar="N", help="How many financial years.", min=1, max=30)] = 5,
    prices: Annotated[
        str,
        typer.Option("--prices", metavar="YEAR", help="Base year of the figures before they rise; or `printed`."),
    ] = "",
    deflator: Annotated[
        Path | None, typer.Option("--deflator", metavar="FILE", help="Your own index of prices, instead of ours.")
    ] = None,
    cautiously: Cautious = False,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    area: Area = None,
    full: Full = False,
    parts: Show = None,
    style: Format = None,
    output: OutputFile = None,
    bom: Bom = False,
) -> None:
    from carescale.analysis.budget import budget
    from carescale.analysis.caution import cautious
    from carescale.analysis.lookup import choose_area
    from carescale.inputs.loading import load
    from carescale.report.screens.budget import FORMATS, budget_screen
    from carescale.report.screens.budget_areas import budget_areas_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, FORMATS, bom=bom, full=full, parts=parts, command=typed())
    case = choose_area(load(file, scenario=scenario, settings=settings or [], cash_years=years, start=start), area)
    say_if_example(file, case.file)
    case = cautious(case) if cautiously else case
    screen = budget_screen if case.areas is None else budget_areas_screen
    write(screen(budget(case, prices, deflator)), chosen)
