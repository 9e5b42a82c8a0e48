"""Which uncertain figure causes how much of a result's variance, by itself and in all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from carescale.analysis.simulate import Simulation
from carescale.uncertainty.influence import Influence, influences


def shares_of_variance(simulation: Simulation, key: str) -> dict[str, Influence]:
    """For each uncertain figure that may be told apart, its shares of the variance of a quantity.

    Figures that move together are left out: their shares cannot be told apart. Empty where the quantity is not known.
    """
    import numpy as np

    sampler = simulation.sampler
    apart = {one.drawn_as: name for name, one in sampler.figures.items() if one.drawn_as not in sampler.together.keys}
    if not simulation.case.plan.need(key).usable or not apart or not np.isfinite(simulation[key].value).all():
        return {}
    held = {name: simulation.drawn_figures[name] for name in sampler.figures if name not in apart.values()}

    def output(shares: Mapping[str, Any]) -> Any:
        drawn = {name: one.shape.quantiles(shares[one.drawn_as]) for name, one in sampler.figures.items()
                 if name not in held}  # fmt: skip
        result = simulation.along({**drawn, **held})[key].value
        return np.broadcast_to(result, (simulation.draws,))

    found = influences(list(apart), simulation.design, output)
    return {apart[source]: influence for source, influence in found.items()}
