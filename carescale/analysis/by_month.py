"""What draws say of a series of months: between what 9 of 10 of them lie in each."""

from __future__ import annotations

from carescale.analysis.simulate import Simulation
from carescale.engine.arrays import over_areas
from carescale.engine.evaluate import compile_plan
from carescale.uncertainty.summaries import INTERVAL


def by_month(simulation: Simulation, key: str) -> list[tuple[float, float]]:
    """The ends of the 90% interval of a monthly quantity, from month 0 to the horizon."""
    import numpy as np

    program = compile_plan(simulation.case.plan, [key], over_areas())
    months = program.run(simulation.drawn.numbers, simulation.case.horizon, [key])[key]
    ends = (np.quantile(np.atleast_1d(values), INTERVAL) for values in months)
    return [(float(low), float(high)) for low, high in ends]
