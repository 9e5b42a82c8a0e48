"""A computed value beside a printed one: with the digits that decide, and by how much it is off."""

from __future__ import annotations

import math
from decimal import Decimal

from carescale.analysis.check import Judged
from carescale.inputs.claims import last_digit
from carescale.numbers import Printed, grouped, money, round_to, to_decimal
from carescale.report.formats import written

_MOST_PLACES = 8


def deciding(item: Judged, value: float) -> str:
    """A value as its unit is shown, with as many more decimals as the verdict needs to be seen from it."""
    published = item.claim.published[0] if item.claim.published else None
    usual = in_unit(value, item.unit, published)
    if published is None or item.claim.comparator != "is" or not math.isfinite(value):
        return usual
    percent, exact = usual.endswith("%"), to_decimal(value)
    step = last_digit(published)
    for places in range(_MOST_PLACES):
        shown = round_to(exact, Decimal(1).scaleb(-places - (2 if percent else 0)))
        if (round_to(shown, step) == published.value) == (round_to(exact, step) == published.value):
            return usual if places <= _places(usual) else in_unit(value, item.unit, published, places)
    return usual


def in_unit(value: float, unit: str, like: Printed | None = None, places: int | None = None) -> str:
    """A value in its unit; what is no share of anything as a plain number, where the number beside it is one."""
    number = to_decimal(value)
    if unit.startswith("GBP"):
        return written(value, unit) if places is None else money(number, max(places, 2) if places else 0)
    if unit == "" and (like is None or like.symbol == "%") and not (like is None and abs(value) > 1):
        return written(value, unit) if places is None else f"{grouped(number * 100, places)}%"
    if places is None:
        places = 0 if number == round_to(number, 1) or abs(number) >= 1000 else 2 if abs(number) >= 1 else 4
    return grouped(number, places)


def by_how_much(item: Judged) -> str:
    """How far a contradicted number is from the computed one, and the nearest that the inputs could give."""
    if item.verdict != "contradicted" or item.computed is None or not math.isfinite(item.computed):
        return ""
    published = item.claim.published[0] if item.claim.published else None
    wanted = float(published.value) if published else item.other
    if wanted is None:
        return ""
    if item.claim.comparator == "between" and item.computed > wanted:
        published = item.claim.published[1]
        wanted = float(published.value)
    gap = item.computed - wanted
    share = f" ({abs(gap / wanted) * 100:.2g}%)" if wanted else ""
    points = in_unit(abs(gap), item.unit, published).replace("%", " points")
    text = f"it makes {points}{share} {'more' if gap > 0 else 'less'}"
    near = item.nearest
    if near is None or not math.isfinite(near) or math.isclose(near, item.computed, rel_tol=1e-9):
        return text
    return f"{text}; the nearest that its inputs could give is {in_unit(near, item.unit, published)}"


def _places(text: str) -> int:
    return len(text.rstrip("%").partition(".")[2])
