"""`carescale appraise`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from carescale.cli.options import Area, Format, OutputFile, PlaceFile, Scenario, Settings
from carescale.cli.project import say_if_example

EXAMPLE = "Example: carescale appraise birmingham.yaml --prices 2024 --together fiscal"


class Together(StrEnum):
    """Whose present values may be added."""

    fiscal = "fiscal"
    everyone = "everyone"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLE)(appraise)


def appraise(
    file: PlaceFile,
    together: Annotated[
        Together | None, typer.Option("--together", help="Add council and NHS, or wider society too. Never unasked.")
    ] = None,
    prices: Annotated[
        int | None, typer.Option("--prices", metavar="YEAR", help="Put all money into the prices of one year.")
    ] = None,
    deflator: Annotated[
        Path | None, typer.Option("--deflator", metavar="FILE", help="Your own index of prices, instead of ours.")
    ] = None,
    months: Annotated[int | None, typer.Option("--months", metavar="N", help="How many months to look ahead.")] = None,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    area: Area = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """Appraise a plan: net present value and benefit-cost ratio by payer, year by year, and social investment."""
    from carescale.analysis.appraisal import appraise
    from carescale.analysis.finding import choose_area, require_one_place
    from carescale.formulas.vocabulary import ADDED
    from carescale.inputs.loading import load
    from carescale.inputs.prices import in_prices_of, read_deflator
    from carescale.report.appraisal_rows import COLUMNS, appraisal_json, appraisal_rows
    from carescale.report.appraisal_screen import appraisal_screen
    from carescale.report.output import choose_output
    from carescale.report.writer import write_screen

    chosen = choose_output(style, output)
    horizon = [f"portfolio.horizon_months={months}"] if months is not None else []
    given = [*(settings or []), *horizon]
    added = ADDED[together.value] if together else ()
    case = choose_area(load(file, scenario=scenario, settings=given, appraise=True, together=added), area)
    say_if_example(file, case.file)
    require_one_place(case)
    index = read_deflator(deflator) if prices is not None else None
    if index is not None and prices is not None:
        case = in_prices_of(case, prices, index)
    appraisal = appraise(case, index, prices)
    document, rows = appraisal_json(appraisal), list(appraisal_rows(appraisal))
    write_screen(appraisal_screen(appraisal), chosen, document=document, columns=COLUMNS, rows=rows)
