"""The command line: `carescale project birmingham.yaml`. The commands are a table: cli/commands.py."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from carescale.cli.commands import Commands
from carescale.cli.completion import InstallCompletion, ShowCompletion, answer_shells
from carescale.cli.streams import tell

app = typer.Typer(
    name="carescale",
    cls=Commands,
    help="Scale a way of supporting people to a whole area: reach, savings, break-even, each number with its source.",
    epilog="Example: carescale project birmingham.yaml",
    no_args_is_help=True,
    add_completion=False,  # typer's own options ask for the shell that started them, and there may be none
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


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
    show_completion: ShowCompletion = None,
    install_completion: InstallCompletion = None,
) -> None:
    """Options before the command."""
    if debug:
        os.environ["CARESCALE_DEBUG"] = "1"


def run() -> None:
    """Run the command that was typed and end with its exit code; problems are plain lines on stderr and code 2."""
    try:
        code = _code()
        sys.stdout.flush()
    except Exception as error:
        code = _report(error)
        with suppress(OSError, ValueError):  # what is told there too; where that is what failed, it has been said
            sys.stdout.flush()
    sys.exit(code)


def _code() -> int:
    """The exit code that the command line comes to: what a command returns is never one."""
    answer_shells()
    try:
        app(prog_name="carescale")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _report(error: Exception) -> int:
    from carescale.problems import Problems, quoted

    if os.environ.get("CARESCALE_DEBUG"):
        import traceback

        traceback.print_exception(error)
    elif isinstance(error, Problems):
        tell("\n\n".join(error.told()))
    elif isinstance(error, OSError) and error.filename:
        tell(f"{quoted(str(error.filename))}: {(error.strerror or 'it cannot be used').lower()}")
    else:
        tell(f"carescale failed: {type(error).__name__}: {error}\n  --debug shows where; please report it")
    return 2
