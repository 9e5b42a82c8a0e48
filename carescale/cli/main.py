"""The command line: `carescale project birmingham.yaml`. Each command imports what it needs when it runs."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer

from carescale.cli import appraise, calc, check, compare, explain, library, project, read, solve

app = typer.Typer(
    name="carescale",
    help="Scale a way of supporting people to a whole area: reach, savings, break-even, each number with its source.",
    epilog="Example: carescale project birmingham.yaml",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
project.register(app)
appraise.register(app)
explain.register(app)
check.register(app)
calc.register(app)
compare.register(app)
solve.register(app)
read.register(app)
library.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"carescale {version('carescale')}\n")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Options before the command."""
    if debug:
        os.environ["CARESCALE_DEBUG"] = "1"


def run() -> None:
    """The program: problems go to stderr as plain lines, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(signal, "SIGPIPE"):  # end quietly where the reader, such as `head`, has seen enough
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        app(prog_name="carescale")
    except Exception as error:
        sys.exit(_report(error))


def _report(error: Exception) -> int:
    from carescale.problems import Problems
    from carescale.report.clean import printable

    if os.environ.get("CARESCALE_DEBUG"):
        import traceback

        traceback.print_exception(error)
        return 2
    if isinstance(error, Problems):
        text = "\n\n".join(str(problem) for problem in error.problems)
    else:
        text = f"carescale failed: {type(error).__name__}: {error}\n  --debug shows where; please report it"
    sys.stderr.write(printable(text) + "\n")
    return 2
