"""What `project` shows of a case: one place, one cohort over many areas, or all that is planned for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from carescale.case import Case
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Screen, joined

FORMATS = ("parquet", "xlsx", "docx")
TOP = 20  # areas on a first screen


class Asked(Struct, frozen=True):
    """What a person wants to see beside the plan itself. `top` areas are listed, None for as many as fit."""

    monthly: bool = False
    chart: bool = False
    sure: bool = False
    significant_only: bool = False
    everyone: bool = False
    top: int | None = None

    @property
    def listed(self) -> int:
        """How many areas a first screen lists, 0 for all."""
        return 0 if self.everyone else self.top or TOP


FIRST_SCREEN = Asked()


def projected(cases: Sequence[Case], asked: Asked = FIRST_SCREEN, budgeted: Callable[[], Case] | None = None) -> Screen:
    """What comes of a place, or of many areas, under one or more scenarios; with intervals where it is to be `sure`.

    `budgeted` is the first case loaded to be budgeted, for the money by financial year of a report. Raises Problems for
    what does not fit.
    """
    if cases[0].areas is None:
        _refuse("--significant-only", asked.significant_only, "this is one place, and has no gaps to a benchmark")
        _refuse("--all", asked.everyone, "this is one place, and has no areas to list")
        _refuse("--top", asked.top is not None, "this is one place, and has no areas to list")
        from carescale.report.screens.project import place_screens

        return place_screens(cases, budgeted, monthly=asked.monthly, chart=asked.chart, sure=asked.sure)
    _refuse("--chart", asked.chart, "a table of many areas has no months to draw; carescale chart draws its rates")
    _refuse("--monthly", asked.monthly, "a table of many areas is not written month by month")
    _refuse("--simulate", asked.sure, "`carescale simulate` has the interval of every area of a table")
    return joined([screen for case in cases for screen in _of_areas(case, asked)])


def _of_areas(case: Case, asked: Asked) -> list[Screen]:
    from carescale.analysis.areas import project_areas
    from carescale.report.screens.areas import areas_screen
    from carescale.report.screens.together import together_screen

    if not _are_several(case):
        found = project_areas(case, significant_only=asked.significant_only)
        return [areas_screen(areas, top=asked.listed) for areas in found]
    _refuse("--significant-only", asked.significant_only, "several things are planned, each with gaps of its own")
    return [together_screen(case, top=asked.listed)]


def _are_several(case: Case) -> bool:
    """Whether a table has more planned for its areas than one cohort of people."""
    parts = [part for entity in case.interventions for part in case.parts(entity)]
    return len(parts) > 1 or any(part.level == "spend_line" for part in parts)


def _refuse(option: str, given: bool, why: str) -> None:
    if given:
        raise Problems([Problem("bad-option", why, Position(option))])
