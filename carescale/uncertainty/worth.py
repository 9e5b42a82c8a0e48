"""What a number is worth finding out: the expected loss of deciding now, and the part of it that one figure causes.

Benefits are options × draws, in pounds: of doing nothing and of doing the plan, or of plan A and plan B. The best
option on average is chosen now; in some draws another would have been better. Expected value of (partial) perfect
information by regression of the benefits on the figure: Strong, Oakley and Brennan, Estimating Multiparameter Partial
Expected Value of Perfect Information (2014).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from carescale.uncertainty.summaries import percentile

KNOTS = 10
_PENALTIES = 41  # tried, from none to a straight line
_WIDEST = (-8.0, 8.0)  # powers of ten of the penalty


def value_of_knowing_all(benefits: Any) -> float:
    """What the best option of each draw brings over the best on average: the loss, on average, of deciding now."""
    return float(benefits.max(axis=0).mean() - benefits.mean(axis=1).max())


def values_of_knowing(
    benefits: Any, figures: Mapping[str, Any], together: Sequence[Sequence[str]] = ()
) -> dict[str, float]:
    """By figure, the part of that loss which knowing it would spare. `figures` are their values in each draw.

    What the other figures add is taken off first, which leaves less noise; those that move together with it stay.
    """
    import numpy as np

    splines = {key: _spline(values) for key, values in figures.items()}
    centred = {key: (basis - basis.mean(axis=0))[:, 1:] for key, (basis, _) in splines.items()}
    means = benefits.mean(axis=1)
    rows = benefits - means[:, None]
    weights = np.linalg.lstsq(np.hstack(list(centred.values())), rows.T, rcond=None)[0]
    added = dict(zip(figures, np.split(weights, len(figures)), strict=True))
    fitted = {key: (centred[key] @ added[key]).T for key in figures}
    found = {}
    for key, (basis, roughness) in splines.items():
        beside = {key, *(other for group in together if key in group for other in group)}
        alone = rows - sum((part for other, part in fitted.items() if other not in beside), np.zeros(1))
        known = np.stack([_smooth(basis, roughness, row) for row in alone]) + means[:, None]
        found[key] = max(0.0, float(known.max(axis=0).mean() - means.max()))
    return found


def _spline(figure: Any) -> tuple[Any, Any]:
    """A natural cubic spline with knots at even ranks, as a line and radial cubes, and how rough each part is."""
    import numpy as np

    place = (figure - figure.mean()) / (figure.std() or 1.0)
    ordered = np.sort(place)
    knots = np.array([percentile(ordered, (number + 0.5) / KNOTS) for number in range(KNOTS)])
    cubes = np.abs(place[:, None] - knots) ** 3
    rough = np.abs(knots[:, None] - knots) ** 3
    line = np.stack([np.ones(KNOTS), knots])
    free = np.linalg.svd(line)[2][2:].T  # the cubes that bend no line
    basis = np.column_stack([np.ones_like(place), place, cubes @ free])
    penalty = np.zeros((basis.shape[1], basis.shape[1]))
    penalty[2:, 2:] = free.T @ rough @ free
    return basis, penalty


def _smooth(basis: Any, roughness: Any, values: Any) -> Any:
    """The spline with the penalty that cross-validates best: minimise residuals ÷ (1 − freedom ÷ draws)²."""
    import numpy as np

    draws = len(values)
    gram, aimed, size = basis.T @ basis, basis.T @ values, float(values @ values)
    scale = np.trace(gram) / max(np.trace(roughness), 1e-300)
    best, fitted = np.inf, aimed
    for penalty in np.logspace(*_WIDEST, _PENALTIES) * scale:
        solved = _solved(gram + penalty * roughness, np.column_stack([aimed, gram]))
        weights, freedom = solved[:, 0], np.trace(solved[:, 1:])
        residual = size - 2 * weights @ aimed + weights @ gram @ weights
        score = residual / (1 - freedom / draws) ** 2
        if score < best:
            best, fitted = score, weights
    return basis @ fitted


def _solved(matrix: Any, sides: Any) -> Any:
    """The weights; where draws are all but alike, and many weights fit them as well, the smallest."""
    import numpy as np

    try:
        return np.linalg.solve(matrix, sides)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(matrix, sides, rcond=None)[0]
