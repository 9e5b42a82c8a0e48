"""What the commands share: opening a case, the settings that its options give, the command as it was typed."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from carescale.cli.streams import tell

if TYPE_CHECKING:
    from carescale.case import Case


def open_case(file: str, scenario: str, settings: list[str] | None, area: str | None, *, tracked: bool = False) -> Case:
    """The case that a command's options name, with what happened where it is to be tracked. Raises Problems."""
    from carescale.analysis.lookup import choose_area
    from carescale.inputs.loading import load

    case = choose_area(load(file, scenario=scenario, settings=settings or [], tracked=tracked), area)
    say_if_example(file, case.file)
    return case


def settings_with(months: int | None, settings: list[str] | None) -> list[str]:
    """The settings, with the horizon that `--months` gives."""
    return [*(settings or []), *([f"portfolio.horizon_months={months}"] if months is not None else [])]


def typed() -> str:
    """The command as it was typed."""
    return shlex.join(["carescale", *sys.argv[1:]])


def say_if_example(asked: str, used: str) -> None:
    """Say on stderr that a shipped example stands in for a file that is not there."""
    if asked != "-" and used != asked and not Path(asked).exists():
        tell(f"using the shipped example {used}; there is no {asked} here")
