"""Chances in words: whole per cents, and "about 9 in 10" where digits would lie."""

from __future__ import annotations

from carescale.numbers import percent
from carescale.uncertainty.summaries import Estimate

_LIES = 0.02  # a chance that may be off by more is told in tenths
_ALMOST = 0.005


def chance_text(chance: Estimate) -> str:
    """A chance in a table: 95%, <1%, >99%, or in tenths where the draws cannot tell per cents."""
    if chance.error > _LIES:
        return tenths(chance.value)
    if chance.value < _ALMOST:
        return "<1%"
    return ">99%" if chance.value > 1 - _ALMOST else percent(chance.value, 0)


def tenths(share: float) -> str:
    """A share as people say it: about 9 in 10, more than 19 in 20."""
    if share > 1 - _ALMOST:
        return "almost certain"
    if share > 0.95:
        return "more than 19 in 20"
    if share < _ALMOST:
        return "almost no chance"
    return "fewer than 1 in 20" if share < 0.05 else f"about {max(1, min(9, round(share * 10)))} in 10"
