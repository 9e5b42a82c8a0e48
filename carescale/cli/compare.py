"""`carescale compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.options import Format, OutputFile, Scenarios, Settings
from carescale.cli.project import say_if_example

EXAMPLE = "Example: carescale compare birmingham --scenario all"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLE)(compare)


def compare(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Place files, or names of examples that ship.")],
    scenario: Scenarios = None,
    settings: Settings = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every quantity that differs, not only the main ones.")
    ] = False,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """Put places, scenarios or files side by side: what differs going in, and what differs coming out."""
    from carescale.analysis.compare import compare
    from carescale.inputs.loading import load, scenario_names
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.compare import compare_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output)
    names = scenario_names(scenario or [])
    cases = [load(file, scenario=name, settings=settings or []) for file in files for name in names]
    if len(cases) < 2 or any(case.areas is not None for case in cases):
        message = "compare takes two places, files or scenarios, and no tables of many areas"
        raise Problems([Problem("bad-option", message, Position("compare"), "such as two files, or --scenario twice")])
    for file, case in zip(files, cases[:: len(names)], strict=True):
        say_if_example(file, case.file)
    write(compare_screen(compare(cases, everything=everything or chosen.format in ("csv", "tsv", "json"))), chosen)
