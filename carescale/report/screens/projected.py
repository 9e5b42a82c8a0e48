"""What `project` shows of a case: one place, one cohort over many areas, or all that is planned for them."""

from __future__ import annotations

from collections.abc import Sequence

from carescale.analysis.projection import project
from carescale.case import Case
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Screen, joined
from carescale.report.screens.project import project_screen

FORMATS = ("parquet", "xlsx")


def projected(
    cases: Sequence[Case],
    *,
    monthly: bool = False,
    significant_only: bool = False,
    everyone: bool = False,
    top: int = 20,
) -> Screen:
    """What comes of a place, or of many areas, under one or more scenarios. Raises Problems for what does not fit."""
    if cases[0].areas is None:
        _refuse("--significant-only", significant_only, "this is one place, and has no gaps to a benchmark")
        _refuse("--all", everyone, "this is one place, and has no areas to list")
        return joined([project_screen(project(case), monthly=monthly) for case in cases])
    from carescale.analysis.areas import project_areas
    from carescale.report.screens.areas import areas_screen
    from carescale.report.screens.together import together_screen

    _refuse("--monthly", monthly, "a table of many areas is not written month by month")
    listed = 0 if everyone else top
    screens: list[Screen] = []
    for case in cases:
        if _are_several(case):
            _refuse("--significant-only", significant_only, "several things are planned, each with gaps of its own")
            screens.append(together_screen(case, top=listed))
        else:
            found = project_areas(case, significant_only=significant_only)
            screens += [areas_screen(areas, top=listed) for areas in found]
    return joined(screens)


def _are_several(case: Case) -> bool:
    """Whether a table has more planned for its areas than one cohort of people."""
    parts = [part for entity in case.interventions for part in case.parts(entity)]
    return len(parts) > 1 or any(part.level == "spend_line" for part in parts)


def _refuse(option: str, given: bool, why: str) -> None:
    if given:
        raise Problems([Problem("bad-option", why, Position(option))])
