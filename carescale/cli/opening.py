"""Opening a case for the commands that ask something of one place, or of one area of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carescale.cli.project import say_if_example

if TYPE_CHECKING:
    from carescale.case import Case


def open_case(file: str, scenario: str, settings: list[str] | None, area: str | None, *, tracked: bool = False) -> Case:
    """The case that a command's options name, with what happened where it is to be tracked. Raises Problems."""
    from carescale.analysis.lookup import choose_area
    from carescale.inputs.loading import load

    case = choose_area(load(file, scenario=scenario, settings=settings or [], tracked=tracked), area)
    say_if_example(file, case.file)
    return case
