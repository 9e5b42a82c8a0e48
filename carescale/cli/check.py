"""`carescale check`."""

from __future__ import annotations

from typing import Annotated

import typer

from carescale.cli.options import Format, OutputFile, Scenario, Settings
from carescale.cli.project import say_if_example
from carescale.cli.streams import tell


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="Place, intervention and scenario files, or names of examples."),
    ] = None,
    library: Annotated[bool, typer.Option("--library", help="Check the library that ships, all of it.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on contradicted claims that expect nothing.")] = False,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """A claim that expects nothing gets its verdict. A file that cannot be read does not silence the others.
    Of intervention and scenario files it checks that they load and say how their savings were found out.
    Formats besides the usual: github (annotations on the file's line), junit (XML).
    """
    from carescale.analysis.library_check import check_files, check_library
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.check import FORMATS, checks_screen
    from carescale.report.writers.output import choose_output, write

    chosen = choose_output(style, output, FORMATS)
    if not files and not library:
        hint = "name one, or give --library"
        raise Problems([Problem("bad-option", "there is no file to check", Position("check"), hint)])
    found, problems = check_files(files or [], scenario, settings or [], strict=strict)
    for file, checked in found.items():
        say_if_example(file, checked.file)
    checks = [*(check_library() if library else []), *found.values()]
    if checks or chosen.format == "github":
        write(checks_screen(checks, problems, brief=library), chosen)
    if problems:
        raise Problems(problems)
    if not all(checked.passed for checked in checks):
        tell("not everything is as it should be: see ✗")
        raise typer.Exit(1)
