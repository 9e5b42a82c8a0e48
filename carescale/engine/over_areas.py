"""A plan for many areas: benchmarks first, over all of them, then the months, a few thousand areas at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from carescale.engine.arrays import over_areas
from carescale.engine.evaluate import compile_plan
from carescale.engine.plan import Plan
from carescale.engine.schedule import make_schedule
from carescale.engine.tree import OVER_AREAS, Expression, verbs_in

CHUNK = 8_192  # areas whose months stay in the processor's cache

Array = Any


@dataclass(frozen=True)
class Total:
    """A sum over areas: of those whose value is known, and how many were not."""

    value: float
    known: int
    missing: int


def total_over(values: Array, count: int) -> Total:
    """The total of an array over areas (or of one value for each of them); missing values are counted, not summed."""
    spread = np.broadcast_to(values, (count,))
    known = ~np.isnan(spread)
    return Total(float(spread[known].sum()), int(known.sum()), int(count - known.sum()))


def evaluate_areas(
    plan: Plan,
    wanted: Iterable[str],
    numbers: Mapping[str, Any],
    horizon: int,
    *,
    peers: Array | None = None,
    trees: Mapping[str, Expression] | None = None,
) -> dict[str, Array]:
    """Quantities for every area, and trees over keys by names of one's own.

    What looks across areas is worked out first, over all of them; the others then in chunks.
    """
    asked, own = list(wanted), dict(trees or {})
    steps = make_schedule(plan, asked, own).before
    across = [step.key for step in steps if verbs_in(step.tree) & OVER_AREAS]
    first = {key: own.pop(key) for key in across if key in own}
    found = compile_plan(plan, [key for key in across if key not in first], over_areas(peers), first).run(numbers)
    settled = {key: found[key] for key in across}
    others, known = [key for key in asked if key not in settled], {**numbers, **settled}
    return {**settled, **_in_chunks(plan.assuming(settled), others, own, known, horizon)}


def _in_chunks(
    plan: Plan, wanted: list[str], trees: Mapping[str, Expression], numbers: Mapping[str, Any], horizon: int
) -> dict[str, Array]:
    program = compile_plan(plan, wanted, over_areas(), trees)
    given = {key: numbers[key] for key in program.inputs}
    long = {key: value for key, value in given.items() if np.ndim(value)}
    count = max((len(value) for value in long.values()), default=1)
    keys = [key for key in [*wanted, *trees] if key in program.slots]
    results = {key: np.empty(count) for key in keys}
    with np.errstate(invalid="ignore"):  # infinite months and missing values are meant
        for start in range(0, count, CHUNK):
            part = slice(start, start + CHUNK)
            values = program.run({**given, **{key: value[part] for key, value in long.items()}}, horizon)
            for key in keys:
                results[key][part] = values[key]
    return results
