"""`carescale check`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from carescale.cli.options import Format, OutputFile, Scenario, Settings
from carescale.cli.project import say_if_example

EXAMPLE = "Example: carescale check birmingham.yaml england.yaml"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLE)(check)


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Place files, or names of examples that ship.")],
    scenario: Scenario = "as-published",
    settings: Settings = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """Hold each published claim against the engine. Exit code 1 where a verdict is not the one the file expects.

    Formats besides the usual: github (annotations on the file's line), junit (XML).
    """
    from carescale.analysis.check import check
    from carescale.inputs.loading import load
    from carescale.problems import Problem, Problems
    from carescale.report.check_writer import FORMATS, write_checks
    from carescale.report.output import choose_output

    chosen = choose_output(style, output, FORMATS)
    checks, problems = [], list[Problem]()
    for file in files:
        try:
            case = load(file, scenario=scenario, settings=settings or [])
        except Problems as found:
            problems += found.problems
            continue
        say_if_example(file, case.file)
        checks.append(check(case))
    if problems:
        raise Problems(problems)
    write_checks(checks, chosen)
    if not all(checked.passed for checked in checks):
        sys.stderr.write("some claims are not as their files expect\n")
        raise typer.Exit(1)
