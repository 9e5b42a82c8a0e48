"""`carescale appraise`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from carescale.cli.opening import say_if_example, settings_with, typed
from carescale.cli.options import Area, Cautious, Format, Full, OutputFile, PlaceFile, Scenario, Settings, Show


class Together(StrEnum):
    """Whose present values may be added."""

    fiscal = "fiscal"
    everyone = "everyone"


def appraise(
    file: PlaceFile,
    together: Annotated[
        Together | None, typer.Option("--together", help="Add council and NHS, or wider society too. Never unasked.")
    ] = None,
    prices: Annotated[str, typer.Option("--prices", metavar="YEAR", help="Put money into the prices of 2025/26.")] = "",
    rates: Annotated[
        str, typer.Option("--rates", metavar="NAME|FILE", help="The schedule of discount rates.", show_default=False)
    ] = "green-book-2026",
    deflator: Annotated[
        Path | None, typer.Option("--deflator", metavar="FILE", help="Your own index of prices, instead of ours.")
    ] = None,
    cautiously: Cautious = False,
    months: Annotated[int | None, typer.Option("--months", metavar="N", help="How many months to look ahead.")] = None,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    area: Area = None,
    full: Full = False,
    parts: Show = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    from carescale.analysis.appraisal import appraise
    from carescale.analysis.caution import cautious
    from carescale.analysis.lookup import choose_area
    from carescale.formulas.vocabulary import ADDED
    from carescale.inputs.loading import load
    from carescale.report.screens.appraise import FORMATS, appraise_screen
    from carescale.report.writers.output import choose_output, write

    _refuse_without_a_year(deflator, prices)
    chosen = choose_output(style, output, FORMATS, full=full, parts=parts, command=typed())
    given, added = settings_with(months, settings), ADDED[together.value] if together else ()
    case = choose_area(load(file, scenario=scenario, settings=given, appraise=True, together=added, rates=rates), area)
    say_if_example(file, case.file)
    case = cautious(case) if cautiously else case
    write(appraise_screen(appraise(case, prices, deflator)), chosen)


def _refuse_without_a_year(deflator: Path | None, prices: str) -> None:
    from carescale.problems import Position, Problem, Problems

    if deflator and not prices:
        message = "an index is for putting money into the prices of a year"
        raise Problems([Problem("bad-option", message, Position("--deflator"), "give the year with --prices")])
