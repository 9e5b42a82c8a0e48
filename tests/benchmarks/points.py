"""How near the draws come: a model of twelve inputs and sixty months, against two million plain draws.

Prints the root-mean-square error over fifty seeds, and how often the error that is printed covers the truth. Run with
`make benchmark`. The model is of Birmingham's three interventions with whole blocks, written by hand and on purpose
without our formulas: what is measured is the points.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from carescale.uncertainty.points import DRAWS, SLICES, design, points
from carescale.uncertainty.shapes import LIMITS, shape_of
from carescale.uncertainty.summaries import estimate

Draws = Mapping[str, Any]
Statistic = Callable[[Any], Any]
REFERENCE, CHUNK = 2_100_000, 100_000
SEEDS, COVERED_SEEDS = 50, 200
MONTHS = 60


def triangle(low: float, peak: float, high: float) -> Any:
    return shape_of(low, high, peak, LIMITS, unit="person", signed=False, most=math.inf)


def lognormal(median: float, sigma: float) -> Any:
    reach = 1.6448536269514722 * sigma
    ends = median * math.exp(-reach), median * math.exp(reach)
    return shape_of(*ends, median, "90%", unit="GBP", signed=False, most=math.inf)


SHAPES = {
    "rate_learning_disability": triangle(0.038, 0.059, 0.065),
    "rate_mental_health": triangle(0.015, 0.024, 0.035),
    "saving_learning_disability": lognormal(26_000, 0.15),
    "saving_mental_health": lognormal(8_000, 0.25),
    "block": triangle(200_000, 250_000, 350_000),
    "delay": triangle(5, 6.5, 10),
    "ramp": triangle(18, 24, 36),
    "living_well_people": triangle(600, 1_000, 1_200),
    "living_well_council": lognormal(1_181, 0.20),
    "living_well_nhs": lognormal(1_598, 0.20),
    "discharge_share": triangle(0.04, 0.13, 0.17),
    "overlap": lognormal(350_000, 0.30),
}


def results(draws: Draws) -> dict[str, Any]:
    """Net present value of the whole, and the month in which Shared Lives is back in the black."""
    learning = np.maximum(draws["rate_learning_disability"] * 2_177 - 78, 0)
    mental = np.maximum(draws["rate_mental_health"] * 461 - 10, 0)
    shared = learning * draws["saving_learning_disability"] + mental * draws["saving_mental_health"]
    living = draws["living_well_people"] * (draws["living_well_council"] + draws["living_well_nhs"] - 400)
    discharge = draws["discharge_share"] * 36.07e6
    set_up = np.ceil((learning + mental) / 75) * draws["block"]
    value, alone, back = -set_up, -set_up, np.where(set_up > 0, 0.0, -1.0)
    for month in range(1, MONTHS + 1):
        share = np.clip((month - draws["delay"]) / draws["ramp"], 0, 1)
        net = (shared - draws["overlap"]) * share + living * min(1, month / 12) + discharge * min(1, month / 18)
        value = value + net / 12 / 1.035 ** (month / 12)
        alone = alone + shared * share / 12
        back = np.where(alone < 0, month, back)
    return {"value": value, "month": back + 1}


STATISTICS: Mapping[str, tuple[str, Statistic]] = {
    "median": ("value", lambda some: np.quantile(some, 0.5, axis=-1)),
    "P5": ("value", lambda some: np.quantile(some, 0.05, axis=-1)),
    "P95": ("value", lambda some: np.quantile(some, 0.95, axis=-1)),
    "mean": ("value", lambda some: some.mean(axis=-1)),
    **{
        f"back by {month}": ("month", lambda some, month=month: (some <= month).mean(axis=-1))
        for month in range(12, 43)
    },
}
BOUNDS = dict.fromkeys(STATISTICS, 0.004) | {"median": 0.0012, "P5": 0.0035, "P95": 0.0035}
COVERED = ("median", "P5", "P95", "back by 18", "back by 24", "back by 30")


def drawn(seed: int) -> dict[str, Any]:
    made = design(DRAWS, seed)
    return results({key: shape.quantiles(points(made, key)) for key, shape in SHAPES.items()})


def reference() -> dict[str, float]:
    """Two million draws of numpy's own generator."""
    generator = np.random.default_rng(2013)
    parts = [
        results({key: shape.quantiles(generator.random(CHUNK)) for key, shape in SHAPES.items()})
        for _ in range(REFERENCE // CHUNK)
    ]
    whole = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    return {name: float(statistic(whole[key])) for name, (key, statistic) in STATISTICS.items()}


def main() -> int:
    true = reference()
    errors: dict[str, list[float]] = {name: [] for name in STATISTICS}
    covered = dict.fromkeys(COVERED, 0)
    for seed in range(COVERED_SEEDS):
        found = drawn(seed)
        for name, (key, statistic) in STATISTICS.items():
            if seed < SEEDS:
                errors[name].append(float(statistic(found[key])) - true[name])
            if name in COVERED:
                told = estimate(found[key], SLICES, statistic)
                covered[name] += abs(told.value - true[name]) <= told.error
    failed = False
    for name, some in errors.items():
        error = math.sqrt(math.fsum(one * one for one in some) / len(some))
        if not name.startswith("back"):
            error /= abs(true[name])
        share = covered[name] / COVERED_SEEDS if name in covered else None
        told = "" if share is None else f"   covered {share:.1%}"
        print(f"{name:<12} {true[name]:>16,.4f}   error {error:.3%}   bound {BOUNDS[name]:.2%}{told}")
        failed |= error > BOUNDS[name] or (share is not None and not 0.91 <= share <= 0.99)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
