"""A computed value beside a printed one: with the digits that decide, and by how much it is off."""

from __future__ import annotations

import math
from decimal import Decimal

from carescale.analysis.check import Judged
from carescale.inputs.claims import last_digit
from carescale.numbers import Printed, grouped, money, round_to, to_decimal, unhedged
from carescale.report.formats import written

_MOST_PLACES = 8
_HUNDRED = Decimal(100)
BOUNDS = {"over": "over", "under": "at_most"}  # what a claim says instead of `is` where a hedge was meant as a bound


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
    share = f" ({_in_percent(abs(gap / wanted))})" if wanted else ""
    points = in_unit(abs(gap), item.unit, published).replace("%", " points")
    text = f"it makes {points}{share} {'more' if gap > 0 else 'less'}{_beyond_the_hedge(item)}"
    near = item.nearest
    if near is None or not math.isfinite(near) or math.isclose(near, item.computed, rel_tol=1e-9):
        return text
    return f"{text}; the nearest that its inputs could give is {in_unit(near, item.unit, published)}"


def _in_percent(share: float) -> str:
    """A share with two digits that count, and never a round 100% for one that is not."""
    exact = to_decimal(share) * 100
    places = 0 if exact >= 10 or not exact else 1 - exact.adjusted()
    while places < _MOST_PLACES and exact != _HUNDRED == round_to(exact, Decimal(1).scaleb(-places)):
        places += 1
    return f"{round_to(exact, Decimal(1).scaleb(-places)).normalize():,f}%"


def _beyond_the_hedge(item: Judged) -> str:
    """What to write where a number lies on the side its hedge says, and further away than that says."""
    published, computed = (item.claim.published or (None,))[0], item.computed
    bound = BOUNDS.get(published.hedge) if published else None
    if published is None or bound is None or computed is None or item.claim.comparator != "is":
        return ""
    low, high = published.interval
    further = computed > high if bound == "over" else computed < low
    larger = "larger" if bound == "over" else "smaller"
    said = f", {larger} than “{published.text}” suggests, which is {published.reach}"
    return f"{said}; `{bound}: {unhedged(published.text)}` checks a bound" if further else ""


def _places(text: str) -> int:
    return len(text.rstrip("%").partition(".")[2])
