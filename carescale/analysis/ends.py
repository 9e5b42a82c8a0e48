"""Worst to best: where each result lies when every ranged figure stands at the end that is bad, or good, for it.

It moves all ranges together, so it is no probability. All corners are tried where they are few; else each figure is
moved alone first, to find which of its ends is the lower and which the higher for each result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

from carescale.figures import Figure
from carescale.formulas import registry

Numbers = Mapping[str, float]
Run = Callable[[Numbers], Numbers]  # figures at other values → quantities
FEW = 5  # ranged figures whose corners, 32, are all tried

# What a plan is glad to have little of: months, staff to find, and money laid out or lost. Of the rest, more is better.
_UNITS_KEPT_LOW = ("month", "carer", "coordinator", "volunteer")
_FIRST_WORDS_KEPT_LOW = ("balance", "break", "month", "peak", "weeks")
_WORDS_KEPT_LOW = {"cost", "costs", "fee", "funding", "loss", "optimism", "outlay", "outstanding", "paid", "spent"}


def is_kept_low(key: str, unit: str) -> bool:
    """Whether a quantity is the better the lower it is, as months and costs are; savings and people are not."""
    name = next((word for word in reversed(key.split(".")) if word in registry.by_name or word in registry.figures), "")
    words = name.split("_")
    laid_out = not _WORDS_KEPT_LOW.isdisjoint(words) and not {"difference", "avoided", "per"} & set(words)
    return unit in _UNITS_KEPT_LOW or words[0] in _FIRST_WORDS_KEPT_LOW or laid_out


def lowest_and_highest(
    run: Run, ranged: Mapping[str, Figure], keys: Sequence[str]
) -> Mapping[str, tuple[float, float]]:
    """For each quantity the lowest and the highest value that the ranged figures give it between them."""
    ends = {key: _ends(figure) for key, figure in ranged.items()}
    if len(ends) <= FEW:
        corners = [run(dict(zip(ends, corner, strict=True))) for corner in product(*ends.values())]
        return {key: _spread(corner[key] for corner in corners) for key in keys if key in corners[0]}
    return _by_direction(run, ends, keys)


def _by_direction(
    run: Run, ends: Mapping[str, tuple[float, float]], keys: Sequence[str]
) -> Mapping[str, tuple[float, float]]:
    alone = {figure: [run({figure: end}) for end in both] for figure, both in ends.items()}
    found: dict[tuple[float, ...], Numbers] = {}

    def at(corner: tuple[float, ...]) -> Numbers:
        if corner not in found:
            found[corner] = run(dict(zip(ends, corner, strict=True)))
        return found[corner]

    spread = {}
    for key in keys:
        rises = [low.get(key, math.nan) <= high.get(key, math.nan) for low, high in alone.values()]
        down, up = (
            tuple(both[rise == upward] for both, rise in zip(ends.values(), rises, strict=True))
            for upward in (False, True)
        )
        if key in at(down):
            spread[key] = _spread((at(down)[key], at(up)[key]))
    return spread


def _ends(figure: Figure) -> tuple[float, float]:
    low, high = figure.detail.low, figure.detail.high
    assert low is not None
    assert high is not None
    return float(low.value), float(high.value)


def _spread(values: Iterable[float]) -> tuple[float, float]:
    """The lowest and highest; neither, where the quantity has no value at one of the corners."""
    found = list(values)
    return (math.nan, math.nan) if any(map(math.isnan, found)) else (min(found), max(found))
