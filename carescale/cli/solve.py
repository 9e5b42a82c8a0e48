"""`carescale solve`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.opening import open_case
from carescale.cli.options import Area, Format, Full, OutputFile, PlaceFile, Scenario, Settings, Show


def solve(
    file: PlaceFile,
    quantity: Annotated[
        str, typer.Option("--for", metavar="QUANTITY", help="The quantity; `carescale list quantities` names them.")
    ],
    reach: Annotated[str, typer.Option("--reach", metavar="VALUE", help="What it has to be: £1.3m, 24 months, 52, 0.")],
    figure: Annotated[
        str, typer.Option("--by", metavar="FIGURE", help="The figure to find, named as in --set; it may be unknown.")
    ],
    at_most: Annotated[
        bool | None,
        typer.Option(
            "--at-most/--at-least",
            help="On which side of VALUE. Unless said, costs, staff and months are at most, the rest at least.",
            show_default=False,
        ),
    ] = None,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    area: Area = None,
    full: Full = False,
    parts: Show = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    from carescale.analysis.solve import solve
    from carescale.report.screens.solve import solve_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, full=full, parts=parts)
    case = open_case(file, scenario, settings, area)
    write(solve_screen(solve(case, quantity, reach, figure, at_most=at_most)), chosen)
