"""Options that several commands share, written once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PlaceFile = Annotated[
    str,
    typer.Argument(metavar="FILE", help="A place file, the name of an example that ships, or - for standard input."),
]
Scenarios = Annotated[
    list[str] | None,
    typer.Option("--scenario", metavar="NAME", help="A scenario or a file of your own; may be repeated, or `all`."),
]
Scenario = Annotated[
    str, typer.Option("--scenario", metavar="NAME", help="A scenario of the library, or a file of your own.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Change a figure or a choice; may be repeated. Shown in the result."
    ),
]
Area = Annotated[
    str | None, typer.Option("--area", metavar="NAME", help="One area of a table, by its code or its name.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", metavar="FORMAT", help="table, plain, markdown, csv, json, or another that tabulate knows."
    ),
]
OutputFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file; its ending says the format.")
]
Cautious = Annotated[
    bool, typer.Option("--cautious", help="Take weak evidence as it is graded: correct savings and costs for optimism.")
]
Bom = Annotated[bool, typer.Option("--bom", help="Mark CSV as UTF-8 for old versions of Excel.")]
Full = Annotated[bool, typer.Option("--full", help="Everything on the screen, not only what decides.")]
Show = Annotated[
    list[str] | None,
    typer.Option("--show", metavar="PART", help="A part of the full screen by its name; may be repeated."),
]
