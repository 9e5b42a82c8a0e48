"""The verdict on a computed value and what was published of it: each proved, none that flatters."""

from __future__ import annotations

import math
from decimal import Decimal

from msgspec import Struct

from carescale.analysis.claim_sums import ClaimSum
from carescale.analysis.enclosures import Enclosure
from carescale.case import Claim
from carescale.engine.intervals import Interval
from carescale.inputs.claims import last_digit
from carescale.numbers import Printed, round_to, to_decimal

NOT_DETERMINED = "not determined"
CALIBRATED = "calibrated"
REPRODUCED = "reproduced"
BY_RULE = "reproduced by a rule"
WITHIN_ROUNDING = "within rounding"
WITHIN_RANGE = "within the range given"
CONTRADICTED = "contradicted"
EVIDENCE = (REPRODUCED, BY_RULE, WITHIN_ROUNDING, WITHIN_RANGE, CONTRADICTED)

_BY_WHAT_IS_OPEN = {
    "printed": (WITHIN_ROUNDING, "some inputs inside their printed precision give it, these as printed do not"),
    "hedged": (BY_RULE, "what is hedged, as far as its hedge lets it lie, gives it"),
    "ranged": (WITHIN_RANGE, "some inputs inside the ranges given for them give it, these as given do not"),
}


class Verdict(Struct, frozen=True):
    """A verdict and why; of a contradiction, the nearest value that the inputs could give."""

    word: str
    why: str = ""
    nearest: float | None = None


def compare(claim_sum: ClaimSum) -> Verdict:
    """The verdict of evidence on a claim that has a value."""
    claim = claim_sum.claim
    if not claim_sum.has_no_middle:
        if not claim.from_parts and _holds(claim, claim_sum.central, plainly=True):
            return _assuming(claim_sum) if claim.assuming else Verdict(REPRODUCED)
        if _holds(claim, claim_sum.central, plainly=False):
            return Verdict(BY_RULE, _rule(claim))
    return _within(claim_sum)


def _within(claim_sum: ClaimSum) -> Verdict:
    """Whether inputs inside what their print, their hedges and their ranges leave open give it; proved either way."""
    box: dict[str, Interval] = {}
    low, high, below = _target(claim_sum.claim)
    found, can_be, enclosure = None, None, Enclosure(claim_sum)
    for kind, (word, why) in _BY_WHAT_IS_OPEN.items():
        box |= claim_sum.open[kind]
        if claim_sum.has_no_middle and kind != "ranged":
            continue
        if claim_sum.open[kind] or kind == "printed":
            found = enclosure.extent(box, lambda so_far: so_far.can_be(low, high, below=below) is not None)
            can_be = found.can_be(low, high, below=below)
            if can_be:
                return Verdict(word, why)
    if can_be is None or found is None:
        return Verdict(NOT_DETERMINED, "not proved: whether the inputs could give it was tried as far as it goes")
    if claim_sum.claim.against is not None:
        return Verdict(CONTRADICTED)
    return Verdict(CONTRADICTED, nearest=found.seen.high if found.bounds.high < low else found.seen.low)


def _assuming(claim_sum: ClaimSum) -> Verdict:
    """Reproduced, if the assumption that the claim names is one it rests on."""
    named = claim_sum.claim.assuming
    figure = claim_sum.case.figures.get(named)
    if named not in claim_sum.behind or figure is None:
        return Verdict(REPRODUCED, f"it does not rest on {named}, which the file names")
    given = figure.number.text if figure.number else "an unknown"
    return Verdict(BY_RULE, f"given {given} for {named} ({figure.origin})")


def _rule(claim: Claim) -> str:
    hedged = claim.published[0] if claim.published and claim.published[0].hedge else None
    rules = [
        f"to the nearest {claim.nearest.text}" if claim.nearest else "",
        "truncated" if claim.truncate else "",
        f"“{hedged.text}” is {hedged.reach}" if hedged else "",
        "from the parts as they were published" if claim.from_parts else "",
    ]
    return ", ".join(filter(None, rules))


def _holds(claim: Claim, value: float, *, plainly: bool) -> bool:
    """Whether the value is what was published, as printed; or, not plainly, by the rules the claim names.

    Where it is held against another sum, `value` is what it has more than that.
    """
    if claim.against is not None:
        return _compared(claim.comparator, to_decimal(value), Decimal(0))
    published = claim.published[0]
    exact = to_decimal(value) if math.isfinite(value) else Decimal("Infinity")
    if claim.comparator == "between":
        return published.value <= exact <= claim.published[1].value
    if claim.comparator != "is":
        return _compared(claim.comparator, exact, published.value)
    if not math.isfinite(value):
        return False
    if published.spread is not None:
        low, high = published.spread
        return not plainly and low <= exact <= high and not (_leaves_itself_out(published) and exact == published.value)
    step = last_digit(published) if plainly or claim.nearest is None else claim.nearest.value
    return round_to(exact, step, truncate=claim.truncate and not plainly) == published.value


def _compared(comparator: str, value: Decimal, with_: Decimal) -> bool:
    match comparator:
        case "over":
            return value > with_
        case "at_least":
            return value >= with_
        case "at_most":
            return value <= with_
    return value == with_


def _leaves_itself_out(published: Printed) -> bool:
    """Whether a hedged number is not itself among what it may be: 300 is not more than 300, nor nearly 300."""
    return published.hedge in ("over", "under") and published.value in published.interval


def _target(claim: Claim) -> tuple[float, float, bool]:
    """What the value may be, from and to, and whether it stays short of that: half a step up prints as the next."""
    if claim.against is not None:
        floors = {"over": math.nextafter(0.0, 1.0), "at_least": 0.0, "at_most": -math.inf, "is": 0.0}
        return floors[claim.comparator], 0.0 if claim.comparator in ("at_most", "is") else math.inf, False
    published = claim.published[0]
    low, high = (float(end) for end in _before_printing(claim))
    match claim.comparator:
        case "over":
            return math.nextafter(low, math.inf), math.inf, False
        case "at_least":
            return low, math.inf, False
        case "at_most":
            return -math.inf, high, low < high
        case "between":
            return low, float(claim.published[1].interval[1]), False
    if claim.nearest is None and _leaves_itself_out(published):
        is_low = published.value == published.interval[0]
        return math.nextafter(low, math.inf) if is_low else low, high, not is_low
    return low, high, published.spread is None


def _before_printing(claim: Claim) -> tuple[Decimal, Decimal]:
    """What a published number may have been before it was printed."""
    published = claim.published[0]
    if claim.nearest is not None:
        return published.nearest(claim.nearest.value).interval
    if published.spread is not None or claim.comparator != "is":
        return published.interval
    step = last_digit(published)
    if claim.truncate:
        return published.value, published.value + step
    return published.value - step / 2, published.value + step / 2
