"""A computed value beside a printed one: with the digits that decide, and by how much it is off."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from carescale.analysis.check import Judged
from carescale.engine.scalars import without_noise
from carescale.inputs.claims import last_digit
from carescale.numbers import Printed, grouped, money, round_to, to_decimal, unhedged
from carescale.report.formats import written

_MOST_PLACES = 8
_HUNDRED = Decimal(100)
BOUNDS = {"over": "over", "under": "at_most"}  # what a claim says instead of `is` where a hedge was meant as a bound


def deciding(item: Judged, value: float) -> str:
    """A value as its unit is shown, with as many more decimals as the verdict needs to be seen from it."""
    published = item.claim.published[0] if item.claim.published else None
    if published is not None and item.claim.comparator == "is" and published.spread is None:
        step = last_digit(published)
        return _with_digits(item, value, lambda shown: (round_to(shown, step) == published.value,))
    bounds = [end for one in item.claim.published for end in (one.value, *(one.spread or ()))]
    if published is None and item.other is not None and math.isfinite(item.other):
        bounds = [to_decimal(item.other)]
    return _with_digits(item, value, lambda shown: tuple(shown.compare(bound) for bound in bounds))


def held_against(item: Judged, other: float) -> str:
    """What another sum makes that a claim is held against, with the decimals in which the two differ."""
    computed = item.computed if item.computed is not None else math.nan
    seen = to_decimal(computed) if math.isfinite(computed) else None
    return _with_digits(item, other, lambda shown: None if seen is None else shown.compare(seen))


def _with_digits(item: Judged, value: float, verdict: Callable[[Decimal], object]) -> str:
    """A value with as many decimals as give the verdict that the value itself gives."""
    published = item.claim.published[0] if item.claim.published else None
    among = _largest(item)
    usual = in_unit(value, item.unit, published, among=among)
    if not math.isfinite(value):
        return usual
    percent, exact = usual.endswith("%"), to_decimal(value)
    for places in range(_MOST_PLACES):
        if verdict(round_to(exact, Decimal(1).scaleb(-places - (2 if percent else 0)))) == verdict(exact):
            return usual if places <= _places(usual) else in_unit(value, item.unit, published, places, among)
    return usual


def _largest(item: Judged) -> float:
    """The larger of two sums that are held against each other: both are shares, or neither."""
    return max(abs(item.other), abs(item.computed or 0.0)) if item.other is not None else 0.0


def in_unit(value: float, unit: str, like: Printed | None = None, places: int | None = None, among: float = 0) -> str:
    """A value in its unit; what is no share of anything as a plain number, where the number beside it is one."""
    number = to_decimal(value)
    if unit.startswith("GBP"):
        return written(value, unit) if places is None else money(number, max(places, 2) if places else 0)
    if unit == "" and (like is None or like.symbol == "%") and not (like is None and max(abs(value), among) > 1):
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
    gap = without_noise(item.computed - wanted, item.computed, wanted)
    if not gap:
        return f"it makes just that, and not {'less' if published and published.hedge == 'under' else 'more'}"
    share = f" ({_in_percent(abs(gap / wanted))})" if wanted else ""
    pence = 2 if item.unit.startswith("GBP") and abs(gap) < 1 else None  # £0 more is no more
    points = in_unit(abs(gap), item.unit, published, pence, _largest(item)).replace("%", " points")
    text = f"it makes {points}{share} {'more' if gap > 0 else 'less'}{_beyond_the_hedge(item)}"
    near = item.nearest
    if near is None or not math.isfinite(near) or math.isclose(near, item.computed, rel_tol=1e-9):
        return text
    return f"{text}; the nearest that its inputs could give is {in_unit(near, item.unit, published, pence)}"


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
