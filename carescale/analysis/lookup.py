"""Finding the quantity, or the area of a table, that a person means."""

from __future__ import annotations

from carescale.case import PORTFOLIO, Case
from carescale.inputs.claims import near_key
from carescale.problems import Position, Problem, Problems


def require_one_place(case: Case) -> None:
    """Raise Problems where the case is a table of many areas, and one of them must be chosen."""
    if case.areas is not None:
        hint = f"choose one of them, such as --area {case.areas.codes[0]}, or by its name"
        raise Problems([Problem("bad-option", "this is a table of many areas", Position(case.file), hint)])


def find_quantity(case: Case, written: str) -> str:
    """The key a person wrote, with or without `portfolio.` in front. Raises Problems with the nearest names."""
    require_one_place(case)
    for key in (written, f"{PORTFOLIO}.{written}"):
        try:
            case.plan.need(key)
        except KeyError:
            continue
        return key
    message = f"there is no quantity or figure `{written[:100]}`"
    raise Problems([Problem("unknown-name", message, Position(case.file), near_key(case.plan, written))])


def choose_area(case: Case, wanted: str | None) -> Case:
    """The case itself, or one area of it. Raises Problems where an area is asked of one place."""
    if wanted is None:
        return case
    if case.areas is None:
        raise Problems([Problem("bad-option", "this is one place, not a table of many areas", Position("--area"))])
    from carescale.analysis.one_area import one_area

    return one_area(case, wanted)
