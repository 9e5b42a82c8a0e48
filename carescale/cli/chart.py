"""`carescale chart`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from carescale.cli.opening import settings_with, typed
from carescale.cli.options import Area, Format, OutputFile, PlaceFile, Scenario, Settings


class Kind(StrEnum):
    """What is drawn."""

    cumulative = "cumulative"
    waterfall = "waterfall"
    chance = "chance"
    tornado = "tornado"
    rates = "rates"
    plan_vs_actual = "plan-vs-actual"


class Payer(StrEnum):
    """Whose money."""

    council = "council"
    nhs = "nhs"
    society = "society"


def chart(
    file: PlaceFile,
    kind: Annotated[
        Kind | None,
        typer.Option(
            "--kind",
            help="When the money is back; cost avoided to net; chances; what moves it; rates; what happened.",
        ),
    ] = None,
    payer: Annotated[Payer, typer.Option("--payer", help="Whose money is drawn.")] = Payer.council,
    asked: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="QUANTITY",
            help="What a tornado is of; the intervention of plan-vs-actual.",
        ),
    ] = None,
    sure: Annotated[bool, typer.Option("--simulate", help="The band is that of 9 in 10 draws.")] = False,
    width: Annotated[
        int, typer.Option("--width", metavar="PIXELS", min=300, max=2000, help="SVG and PNG: how wide.")
    ] = 720,
    months: Annotated[int | None, typer.Option("--months", metavar="N", help="How many months to look ahead.")] = None,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    area: Area = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    from carescale.cli.opening import open_case
    from carescale.report.screens.chart import FORMATS, charted
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, FORMATS, command=typed())
    given = settings_with(months, settings)
    case = open_case(file, scenario, given, area, tracked=kind is Kind.plan_vs_actual)
    write(charted(case, kind.value if kind else "", payer.value, width, asked=asked or "", sure=sure), chosen)
