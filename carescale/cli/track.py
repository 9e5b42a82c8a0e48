"""`carescale track`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from carescale.cli.opening import say_if_example, typed
from carescale.cli.options import Bom, Format, Full, OutputFile, PlaceFile, Scenario, Settings, Show


def track(
    file: PlaceFile,
    actuals: Annotated[
        Path | None,
        typer.Option("--actuals", metavar="FILE", help="What happened, a row a month, instead of the file's own."),
    ] = None,
    start: Annotated[
        str, typer.Option("--start", metavar="MONTH", help="The month of the decision, where the file has none.")
    ] = "",
    scenario: Scenario = "as-published",
    settings: Settings = None,
    full: Full = False,
    parts: Show = None,
    style: Format = None,
    output: OutputFile = None,
    bom: Bom = False,
) -> None:
    from carescale.analysis.track import track
    from carescale.inputs.loading import load
    from carescale.report.screens.track import FORMATS, track_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, FORMATS, bom=bom, full=full, parts=parts, command=typed())
    case = load(file, scenario=scenario, settings=settings or [], start=start, tracked=True, actuals=actuals)
    say_if_example(file, case.file)
    write(track_screen(track(case)), chosen)
