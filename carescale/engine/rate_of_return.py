"""The rate of return of a series of flows: the rate a period at which they are worth nothing together.

Flows that change sign more than once may have several such rates, or none; a number is given only where it is the one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

_HALVINGS = 200  # far past the last bit of a float
_FURTHEST = 1e9  # a discount factor beyond which nobody would speak of a rate


def rates_of_return(flows: Sequence[Any]) -> Any:
    """The rate of plain flows, or of each column where flows are arrays."""
    if all(isinstance(flow, int | float) for flow in flows):
        return rate_of_return(flows)
    import numpy as np

    columns = np.stack(np.broadcast_arrays(*flows))
    found = [rate_of_return(column.tolist()) for column in columns.reshape(len(flows), -1).T]
    return np.array(found).reshape(columns.shape[1:])


def rate_of_return(flows: Sequence[float]) -> float:
    """The one rate a period, above −1; NaN where there is none, or none that is the only one.

    By Descartes' rule flows that change sign once have one rate; by Norstrøm's, flows whose running total changes sign
    once have one rate above zero, and that is the one meant.
    """
    if not all(math.isfinite(flow) for flow in flows):
        return math.nan
    if _changes_of_sign(flows) == 1:
        factor = _root(flows, _FURTHEST)
    elif _changes_of_sign(list(accumulate(flows))) == 1:
        factor = _root(flows, 1.0)
    else:
        return math.nan
    return 1 / factor - 1


def _changes_of_sign(values: Sequence[float]) -> int:
    size = max(map(abs, values), default=0.0)
    signs = [value > 0 for value in values if abs(value) > 1e-12 * size]
    return sum(first != second for first, second in pairwise(signs))


def _worth(flows: Sequence[float], factor: float) -> float:
    """What the flows are worth at a discount factor a period, scaled so that long series do not overflow."""
    worth = 0.0
    if factor <= 1:
        for flow in reversed(flows):
            worth = worth * factor + flow
    else:  # divided through by the factor's highest power, which has the same sign
        for flow in flows:
            worth = worth / factor + flow
    return worth


def _root(flows: Sequence[float], furthest: float) -> float:
    """The discount factor at which the worth changes sign, between nothing and `furthest`."""
    first = next(flow for flow in flows if flow)
    low, high = 0.0, min(1.0, furthest)
    while _worth(flows, high) * first > 0:
        low, high = high, high * 2
        if high > furthest:
            return math.nan
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _worth(flows, middle) * first > 0 else (low, middle)
    return high
