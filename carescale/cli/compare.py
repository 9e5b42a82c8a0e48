"""`carescale compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.options import Format, OutputFile, Scenarios, Settings
from carescale.cli.project import say_if_example, typed

EXAMPLE = "Example: carescale compare birmingham --scenario all"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLE)(compare)


def compare(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Place files, or names of examples that ship.")],
    scenario: Scenarios = None,
    settings: Settings = None,
    areas: Annotated[
        list[str] | None,
        typer.Option("--area", metavar="NAME", help="An area of a table, by code or name; again for more."),
    ] = None,
    beside: Annotated[
        list[str] | None,
        typer.Option("--case", metavar="PATH=VALUE", help="Beside the rest, the same with this set; again for more."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every quantity that differs, not only the main ones.")
    ] = False,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """Put places, scenarios or files side by side: what differs going in, and what differs coming out."""
    from carescale.analysis.compare import compare
    from carescale.analysis.lookup import choose_area
    from carescale.inputs.loading import load, scenario_names
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.compare import compare_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, ("xlsx",), command=typed())
    names = scenario_names(scenario or [])
    sets = [settings or [], *([*(settings or []), one] for one in beside or [])]
    loaded = [[load(file, scenario=name, settings=given) for name in names for given in sets] for file in files]
    chosen_areas: list[str | None] = [*areas] if areas else [None]
    cases = [choose_area(case, area) for some in loaded for case in some for area in chosen_areas]
    if len(cases) < 2 or any(case.areas is not None for case in cases):
        message = "compare takes two places, areas, files or scenarios; of a table it takes areas by name"
        hint = "such as two files, --scenario twice, --area twice, or --case shared_lives.ramp_months=24"
        raise Problems([Problem("bad-option", message, Position("compare"), hint)])
    for file, some in zip(files, loaded, strict=True):
        say_if_example(file, some[0].file)
    write(compare_screen(compare(cases, everything=everything or chosen.format in ("csv", "tsv", "json"))), chosen)
