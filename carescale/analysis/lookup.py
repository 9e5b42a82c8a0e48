"""Finding the quantity, or the area of a table, that a person means."""

from __future__ import annotations

from collections.abc import Iterable

from carescale.analysis.projection import Projection
from carescale.case import FREE, OWN, PORTFOLIO, Case
from carescale.inputs.language.names import Names
from carescale.problems import Position, Problem, Problems


def require_one_place(case: Case) -> None:
    """Raise Problems where the case is a table of many areas, and one of them must be chosen."""
    if case.areas is not None:
        hint = f"choose one of them, such as --area {case.areas.codes[0]}, or by its name"
        raise Problems([Problem("bad-option", "this is a table of many areas", Position(case.file), hint)])


def find_quantity(case: Case, written: str) -> str:
    """The key a person wrote, with or without `portfolio.`, `formulas.` or `published.`; Problems have near names."""
    require_one_place(case)
    for key in (written, f"{PORTFOLIO}.{written}", f"{OWN}{written}", f"{FREE}{written}"):
        try:
            case.plan.need(key)
        except KeyError:
            continue
        return key
    message = f"there is no quantity or figure `{written[:100]}`"
    raise Problems([Problem("unknown-name", message, Position(case.file), Names(case.plan).near(written))])


def choose_area(case: Case, wanted: str | None) -> Case:
    """The case itself, or one area of it. Raises Problems where an area is asked of one place."""
    if wanted is None:
        return case
    if case.areas is None:
        raise Problems([Problem("bad-option", "this is one place, not a table of many areas", Position("--area"))])
    from carescale.analysis.one_area import one_area

    return one_area(case, wanted)


def unknown_in(case: Case, keys: Iterable[str]) -> None:
    """Raise Problems where a quantity of a sum has no number."""
    require_one_place(case)
    projection = Projection(case)
    for key in keys:
        if projection.is_monthly(key):
            message, hint = f"`{key}` has a value for each month", "a sum is one number: take its total or its lowest"
            raise Problems([Problem("bad-sum", message, Position(case.file), hint)])
        result = projection[key]
        if not result.usable:
            missing = ", ".join(result.state.because) or key
            message = f"`{key}` has no number: {result.status}"
            raise Problems([Problem("unknown-name", message, Position(case.file), f"for want of {missing}")])
