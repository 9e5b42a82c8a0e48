"""`carescale simulate`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from carescale.cli.opening import say_if_example, settings_with, typed
from carescale.cli.options import Area, Format, Full, OutputFile, PlaceFile, Scenarios, Settings, Show


def simulate(
    file: PlaceFile,
    asked: Annotated[
        str | None, typer.Option("--for", metavar="QUANTITY", help="The result to take apart; net saving by default.")
    ] = None,
    draws: Annotated[int | None, typer.Option("--draws", metavar="N", help="How many; 16,384 by default.")] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Another seed makes other draws.")] = 0,
    detail: Annotated[
        bool, typer.Option("--detail", help="Each figure's share of the variance, by itself and with others.")
    ] = False,
    each_draw: Annotated[bool, typer.Option("--each-draw", help="CSV: a row a draw. Parquet always has that.")] = False,
    everyone: Annotated[bool, typer.Option("--all", help="Many areas: list every one.")] = False,
    months: Annotated[int | None, typer.Option("--months", metavar="N", help="How many months to look ahead.")] = None,
    scenario: Scenarios = None,
    settings: Settings = None,
    area: Area = None,
    full: Full = False,
    parts: Show = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that nothing here uses take a while to start
    from carescale.analysis.lookup import choose_area
    from carescale.inputs.loading import load, scenario_names
    from carescale.report.screens.simulate import FORMATS, simulated
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, FORMATS, full=full, parts=parts, command=typed())
    names, given = scenario_names(scenario or []), settings_with(months, settings)
    cases = [choose_area(load(file, scenario=name, settings=given, appraise=True), area) for name in names]
    say_if_example(file, cases[0].file)
    rows = each_draw or chosen.format == "parquet"
    screen = simulated(
        cases, draws=draws, seed=seed, asked=asked or "", detail=detail, each_draw=rows, everyone=everyone
    )
    write(screen, chosen)
