"""Which gaps are beyond chance: an interval for each area's rate, from the counts behind it."""

from __future__ import annotations

from typing import Any

Array = Any
_FEW = 5  # people; below this the exact interval is used


def rate_intervals(people: Array, eligible: Array, confidence: float) -> tuple[Array, Array]:
    """The lower and upper end of each area's rate: Wilson's interval, Clopper and Pearson's exact one for small counts.

    NaN where a count is missing or makes no rate. Counts that are not whole, such as weeks ÷ 52, are rounded for this.
    """
    import numpy as np

    count, of = np.rint(people), np.rint(eligible)
    usable = (of >= 1) & (count <= of)
    count, of = np.where(usable, count, np.nan), np.where(usable, of, np.nan)
    exact, wilson = exact_interval(count, of, confidence), wilson_interval(count, of, confidence)
    few = count < _FEW
    return np.where(few, exact[0], wilson[0]), np.where(few, exact[1], wilson[1])


def wilson_interval(count: Array, of: Array, confidence: float) -> tuple[Array, Array]:
    """Wilson's score interval (E. B. Wilson, 1927)."""
    import numpy as np
    from scipy.special import ndtri

    z = ndtri((1 + confidence) / 2)
    rate = count / of
    middle = (rate + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * np.sqrt(rate * (1 - rate) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return np.maximum(middle - reach, 0), np.minimum(middle + reach, 1)


def exact_interval(count: Array, of: Array, confidence: float) -> tuple[Array, Array]:
    """Clopper and Pearson's interval, from quantiles of the beta distribution (1934)."""
    import numpy as np
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    lower = np.where(count == 0, 0.0, betaincinv(np.maximum(count, 1), of - count + 1, tail))
    upper = np.where(count == of, 1.0, betaincinv(count + 1, np.maximum(of - count, 1), 1 - tail))
    missing = np.isnan(count)
    return np.where(missing, np.nan, lower), np.where(missing, np.nan, upper)
