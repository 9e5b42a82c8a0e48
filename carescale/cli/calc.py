"""`carescale calc`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.options import Format, OutputFile, Scenario, Settings


def calc(
    text: Annotated[str, typer.Argument(metavar="SUM", help="A sum as you would write it, in quotation marks.")],
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A place whose quantities and figures it may name.")
    ] = None,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """Numbers are written as they are printed (£1.85m, 17%, nearly 300), with a unit in words where they have one
    (£140 per person); functions have Excel's names. `carescale show claims` has every word of it.
    """
    from carescale.analysis.calc import calculate
    from carescale.inputs.loading import load
    from carescale.report.screens.calc import calc_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output)
    case = load(file, scenario=scenario, settings=settings or []) if file else None
    write(calc_screen(calculate(text, case)), chosen)
