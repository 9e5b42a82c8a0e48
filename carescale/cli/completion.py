"""Completion of commands and options by a shell, which is named: there need be none around this program."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import Annotated

import typer
from typer.completion import completion_init, get_completion_script, install  # type: ignore[attr-defined]

from carescale.cli.streams import tell

PROGRAM, VARIABLE = "carescale", "_CARESCALE_COMPLETE"


class Shell(StrEnum):
    """The shells that can complete."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"
    pwsh = "pwsh"


def answer_shells() -> None:
    """Where a shell asks what could be typed next, make ready to answer it."""
    if VARIABLE in os.environ:
        completion_init()


def _show(shell: Shell | None) -> None:
    if shell:
        script = get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=shell.value)
        sys.stdout.write(f"{script}\n")
        raise typer.Exit


def _install(shell: Shell | None) -> None:
    if shell:
        _, path = install(shell=shell.value, prog_name=PROGRAM, complete_var=VARIABLE)
        tell(f"wrote {path}; it takes effect in the next terminal")
        raise typer.Exit


ShowCompletion = Annotated[
    Shell | None,
    typer.Option(
        "--show-completion",
        metavar="SHELL",
        callback=_show,
        is_eager=True,
        help="Print the completion for bash, zsh, fish or powershell.",
    ),
]
InstallCompletion = Annotated[
    Shell | None,
    typer.Option(
        "--install-completion",
        metavar="SHELL",
        callback=_install,
        is_eager=True,
        help="Set up completion for such a shell.",
    ),
]
