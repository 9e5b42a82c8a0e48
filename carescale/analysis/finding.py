"""Finding the quantity that a person means."""

from __future__ import annotations

from carescale.inputs.case import PORTFOLIO, Case
from carescale.inputs.claims import near_key
from carescale.problems import Place, Problem, Problems


def find_quantity(case: Case, written: str) -> str:
    """The key a person wrote, with or without `portfolio.` in front. Raises Problems with the nearest names."""
    for key in (written, f"{PORTFOLIO}.{written}"):
        try:
            case.plan.need(key)
        except KeyError:
            continue
        return key
    message = f"there is no quantity or figure `{written[:100]}`"
    raise Problems([Problem("unknown-name", message, Place(case.file), near_key(case.plan, written))])
