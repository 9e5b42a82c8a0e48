"""`carescale check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carescale.cli.opening import say_if_example
from carescale.cli.options import Format, OutputFile, Scenario, Settings
from carescale.cli.streams import tell

if TYPE_CHECKING:
    from carescale.report.writers.output import Output


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="Place, intervention and scenario files, or names of examples."),
    ] = None,
    library: Annotated[bool, typer.Option("--library", help="Check the library that ships, all of it.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on contradicted claims that expect nothing.")] = False,
    scenario: Scenario = "as-published",
    settings: Settings = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="REPORT", help="Hold a report that `track` wrote to the file's data."),
    ] = None,
    style: Format = None,
    output: OutputFile = None,
) -> None:
    """A claim that expects nothing gets its verdict. A file that cannot be read does not silence the others.
    Of intervention and scenario files it checks that they load and say how their savings were found out.
    Formats besides the usual: github (annotations on the file's line), junit (XML).
    """
    from carescale.report.screens.check import FORMATS
    from carescale.report.writers.output import choose_output

    chosen = choose_output(style, output, FORMATS)
    if report is not None:
        _hold(report, files or [], scenario, settings or [], chosen)
    else:
        _claims(files or [], scenario, settings or [], chosen, library=library, strict=strict)


def _claims(
    files: list[str], scenario: str, settings: list[str], chosen: Output, *, library: bool, strict: bool
) -> None:
    """Hold the claims of files; exit code 1 where a verdict is not as expected."""
    from carescale.analysis.library_check import check_files, check_library
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.check import checks_screen
    from carescale.report.writers.output import write

    if not files and not library:
        hint = "name one, or give --library"
        raise Problems([Problem("bad-option", "there is no file to check", Position("check"), hint)])
    found, problems = check_files(files, scenario, settings, strict=strict)
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


def _hold(report: Path, files: list[str], scenario: str, settings: list[str], chosen: Output) -> None:
    """Hold a written report to the data of one place; exit code 1 where a printed number is another."""
    from carescale.analysis.track import track
    from carescale.inputs.loading import load
    from carescale.inputs.written_report import read_report
    from carescale.problems import Position, Problem, Problems
    from carescale.report.screens.held import Held, as_of, held_screen
    from carescale.report.writers.output import write

    if len(files) != 1:
        message = "a report is held to the data of one place file"
        raise Problems([Problem("bad-option", message, Position("--report"), "check FILE --report REPORT")])
    written = read_report(report)
    case = load(files[0], scenario=scenario, settings=settings, tracked=True)
    held = Held(written, track(as_of(written, case)))
    write(held_screen(held), chosen)
    if not held.passed:
        tell("not everything is as the data have it: see ✗")
        raise typer.Exit(1)
