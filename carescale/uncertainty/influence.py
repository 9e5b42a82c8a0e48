"""Which figure causes how much of the doubt: Sobol' indices, first order and total.

Two sets of points, and each set with one figure's points taken from the other. First order: Saltelli and others,
Variance Based Sensitivity Analysis of Model Output (2010), from both sides; total: Jansen, Analysis of Variance Designs
for Model Output (1999). The output is centred first; an index is never shown below zero, nor where its error is large.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from carescale.uncertainty.points import Design, points
from carescale.uncertainty.summaries import Estimate, estimate

LARGEST_ERROR = 0.1


class Influence(Struct, frozen=True):
    """A figure's share of the variance: by itself, and with all that it does together with others.

    None where the draws are too few to tell (an error over a tenth).
    """

    alone: Estimate | None
    in_all: Estimate | None


def influences(keys: Sequence[str], design: Design, output: Callable[[Mapping[str, Any]], Any]) -> dict[str, Influence]:
    """The influence of each key on an output, a function of the points of every key, called 2 + 2 × len(keys) times."""
    import numpy as np

    sets = {key: points(design, key) for key in keys}, {key: points(design, f"{key}\nagain") for key in keys}
    one, two = (output(some) for some in sets)
    both = np.concatenate([one, two])
    middle, variance = both.mean(), float(both.var())
    if not variance:
        return dict.fromkeys(keys, Influence(None, None))
    found = {}
    for key in keys:
        near, far = (output({**own, key: other[key]}) for own, other in (sets, sets[::-1]))
        alone = ((two - middle) * (near - one) + (one - middle) * (far - two)) / (2 * variance)
        in_all = ((one - near) ** 2 + (two - far) ** 2) / (4 * variance)
        found[key] = Influence(_kept(alone, design), _kept(in_all, design))
    return found


def _kept(parts: Any, design: Design) -> Estimate | None:
    found = estimate(parts, design.slices, lambda some: some.mean(axis=-1))
    return Estimate(max(0.0, found.value), found.error) if found.error <= LARGEST_ERROR else None
