"""What a claim's verdict leans on: whether it only restates a given figure, and whose other numbers are in its sum."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carescale.analysis.claim_sums import ClaimSum

_CLOSE = 1e-9


def same(value: float, other: float) -> bool:
    """Whether two computed values are one, but for the noise of floats."""
    return value == other or math.isclose(value, other, rel_tol=_CLOSE)


def noticed(claim_sum: ClaimSum, key: str) -> bool:
    """Whether the sum would be another if a figure were."""
    if key not in claim_sum.behind and key not in claim_sum.literals:
        return False
    if key not in claim_sum.moves:
        value = claim_sum.given(key)
        claim_sum.moves[key] = claim_sum.value({key: value / 2 if value else 1.0})
    return not same(claim_sum.moves[key], claim_sum.central)


def stated(claim_sum: ClaimSum) -> str:
    """The given figure that the sum comes down to, through any chain of names; "" where it is worked out.

    It does where it moves with that figure one to one, and with nothing else but what is one, or nought: one person
    times the figure is the figure.
    """
    if claim_sum.claim.against is not None:
        return ""
    for key in inputs(claim_sum):
        value = claim_sum.given(key)
        if value and same(claim_sum.central, value) and _is_itself(claim_sum, key, value):
            others = (other for other in inputs(claim_sum) if other != key and claim_sum.given(other) not in (0, 1))
            if not any(noticed(claim_sum, other) for other in others):
                return claim_sum.literals[key].text if key in claim_sum.literals else key
    return ""


def _is_itself(claim_sum: ClaimSum, key: str, value: float) -> bool:
    return all(same(claim_sum.value({key: value * part}), value * part) for part in (0.5, 0.25))


def inputs(claim_sum: ClaimSum) -> Iterator[str]:
    """Every number that the sum is made of: known figures, published parts, and what is printed in it."""
    assert claim_sum.tree is not None
    yield from claim_sum.literals
    yield from (key for key in claim_sum.behind if claim_sum.is_known(key))


def leaning(claim_sum: ClaimSum) -> tuple[str, ...]:
    """What the sum rests on that the claim's source does not say: assumptions, and figures of the library's own."""
    citation, found = claim_sum.claim.citation, []
    for key in claim_sum.behind:
        figure = claim_sum.case.figures.get(key)
        if figure is None or figure.number is None or key in claim_sum.published_parts:
            continue
        if figure.assumption:
            said = f"on the assumption of {figure.number.text} for {key}"
        elif figure.position.file.startswith("scenarios/") and figure.citation and not figure.detail.solve:
            if citation and figure.citation.source.key == citation.source.key:
                continue
            source = f"{figure.citation.source.publisher}, {figure.year}"
            said = f"with the library's {figure.number.text} for {key} ({source}), not the source's"
        else:
            continue
        if key != claim_sum.claim.assuming and noticed(claim_sum, key):
            found.append(said)
    return tuple(found)
