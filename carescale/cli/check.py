"""`carescale check`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.options import Format, OutputFile, Scenario, Settings
from carescale.cli.project import say_if_example
from carescale.cli.streams import tell

EXAMPLE = "Example: carescale check birmingham.yaml england.yaml"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLE)(check)


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="Place, intervention and scenario files, or names of examples."),
    ] = None,
    library: Annotated[bool, typer.Option("--library", help="Check the library that ships, all of it.")] = False,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """Hold each published claim against the engine. Exit code 1 where a verdict is not the one the file expects.

    Of intervention and scenario files it checks that they load and say how their savings were found out.
    Formats besides the usual: github (annotations on the file's line), junit (XML).
    """
    from carescale.analysis.library_check import check_files, check_library
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.check import FORMATS, checks_screen, github_error
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, FORMATS)
    if not files and not library:
        hint = "name one, or give --library"
        raise Problems([Problem("bad-option", "there is no file to check", Position("check"), hint)])
    try:
        checks = [*(check_library() if library else []), *check_files(files or [], scenario, settings or [])]
    except Problems as found:
        if chosen.format == "github":  # whose readers never see standard error
            chosen.write("".join(f"{github_error(problem)}\n" for problem in found.problems))
        raise
    for file, checked in zip(files or [], checks[len(checks) - len(files or []) :], strict=True):
        say_if_example(file, checked.file)
    write(checks_screen(checks, brief=library), chosen)
    if not all(checked.passed for checked in checks):
        tell("not everything is as it should be: see ✗")
        raise typer.Exit(1)
