"""`carescale compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.options import Format, OutputFile, Scenarios, Settings
from carescale.cli.project import say_if_example


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
    from carescale.analysis.compare import compare, each_setting
    from carescale.inputs.loading import load, scenario_names
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.compare import compare_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output)
    names = scenario_names(scenario or [])
    columns = each_setting(len(files) * len(names), settings or [])
    cases = [
        load(file, scenario=name, settings=given, appraise=True)
        for file in files
        for name in names
        for given in columns
    ]
    if len(cases) < 2 or any(case.areas is not None for case in cases):
        message = "compare takes two places, files, scenarios or settings, and no tables of many areas"
        raise Problems(
            [Problem("bad-option", message, Position("compare"), "such as two files, --scenario twice, or --set")]
        )
    for file, case in zip(files, cases[:: len(names) * len(columns)], strict=True):
        say_if_example(file, case.file)
    write(compare_screen(compare(cases, everything=everything or chosen.format in ("csv", "tsv", "json"))), chosen)
