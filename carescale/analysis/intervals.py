"""Which gaps are beyond chance: an interval for each area's rate, from the counts behind it."""

from __future__ import annotations

from typing import Any

Array = Any
_FEW = 5  # people; below this the exact interval is used


def rate_intervals(people: Array, eligible: Array, confidence: float) -> tuple[Array, Array]:
    """The lower and upper end of each area's rate: Wilson's interval, Clopper and Pearson's exact one for small counts.

    NaN where a count is missing. Counts that are not whole, such as weeks ÷ 52, are rounded for this.
    """
    import numpy as np
    from scipy.stats import binomtest

    lower, upper = np.full(len(people), np.nan), np.full(len(people), np.nan)
    for i, (count, of) in enumerate(zip(people, eligible, strict=True)):
        if np.isnan(count) or np.isnan(of) or of < 1 or count > of:
            continue
        test = binomtest(round(count), max(round(of), round(count)))
        interval = test.proportion_ci(confidence, "exact" if count < _FEW else "wilson")
        lower[i], upper[i] = interval.low, interval.high
    return lower, upper
