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
_KEPT_LOW = (
    "balance", "break_even", "cash_arrangements", "cash_staff", "cost", "costs", "deadweight", "displacement", "double",
    "dropped", "fee", "funding", "held_back", "leavers", "leaving", "loss", "lost", "not", "off", "optimism", "outlay",
    "outstanding", "overlap", "paid", "pay", "peak", "replacement", "replacements", "running", "set_up", "spent",
    "void", "weeks_to_repay", "without",
)  # fmt: skip
_KEPT_HIGH = (
    "after_set_up", "available", "avoided", "before_overlap", "beyond_prices", "cost_difference", "cost_now", "funded",
    "lasts", "ratio", "return", "weeks_of_care",
)  # fmt: skip


def is_kept_low(key: str, unit: str) -> bool:
    """Whether a quantity is the better the lower it is, as months and costs are; savings and people are not."""
    name = registry.named(key)
    if _says(name, _KEPT_HIGH):
        return False
    return unit in _UNITS_KEPT_LOW or _says(name, _KEPT_LOW)


def _says(name: str, words: Iterable[str]) -> bool:
    return any(f"_{some}_" in f"_{name}_" for some in words)


def lowest_and_highest(
    run: Run, ranged: Mapping[str, Figure], keys: Sequence[str]
) -> Mapping[str, tuple[float, float]]:
    """For each quantity the lowest and the highest value that the ranged figures give it between them."""
    ends = {key: ends_of(figure) for key, figure in ranged.items()}
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


def ends_of(figure: Figure) -> tuple[float, float]:
    """The ends of a figure's range, of which the figure is one where it lies outside: as when a range from a later
    source stands beside a figure whose price has been raised to that year's. NaN where there is no range.
    """
    low, high = figure.detail.low, figure.detail.high
    if low is None or high is None or figure.value is None:
        return math.nan, math.nan
    return min(float(low.value), float(figure.value)), max(float(high.value), float(figure.value))


def _spread(values: Iterable[float]) -> tuple[float, float]:
    """The lowest and highest; neither, where the quantity has no value at one of the corners."""
    found = list(values)
    return (math.nan, math.nan) if any(map(math.isnan, found)) else (min(found), max(found))
