"""`carescale calc`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.options import Format, OutputFile, Scenario, Settings

EXAMPLE = 'Example: carescale calc "480 * (17% - 3%)"'


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLE, context_settings={"ignore_unknown_options": True})(calc)  # a sum may begin with a minus


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
    """Work out one sum: its value, what its printed numbers leave open, its unit, and how it was read. Needs no file.

    Numbers are written as they are printed (£1.85m, 17%, nearly 300), with a unit in words where they have one
    (£140 per person); functions have Excel's names. `carescale show claims` has every word of it.
    """
    from carescale.analysis.calc import calculate
    from carescale.inputs.loading import load
    from carescale.report.screens.calc import calc_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output)
    case = load(file, scenario=scenario, settings=settings or []) if file else None
    write(calc_screen(calculate(text, case)), chosen)
