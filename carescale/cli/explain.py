"""`carescale explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.opening import open_case
from carescale.cli.options import Area, Format, OutputFile, PlaceFile, Scenario, Settings


def explain(
    file: PlaceFile,
    quantity: Annotated[str, typer.Argument(help="A quantity or figure; `carescale list quantities FILE` names them.")],
    depth: Annotated[int | None, typer.Option("--depth", metavar="N", min=0, help="How many formulas deep.")] = None,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    area: Area = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    from carescale.analysis.explain import explain
    from carescale.analysis.lookup import find_quantity
    from carescale.analysis.projection import project
    from carescale.report.screens.explain import explain_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output)
    case = open_case(file, scenario, settings, area)
    projection = project(case)
    write(explain_screen(projection, explain(projection, find_quantity(case, quantity), depth)), chosen)
