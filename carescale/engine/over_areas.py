"""A plan for many areas: benchmarks first, over all of them, then the months, a few thousand areas at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from msgspec import Struct

from carescale.engine.arrays import over_areas
from carescale.engine.evaluate import compile_plan, compile_schedule
from carescale.engine.plan import Plan
from carescale.engine.schedule import Schedule, make_schedule, parted
from carescale.engine.tree import OVER_AREAS, Expression, verbs_in

CHUNK = 32_768  # areas or draws whose months stay in the processor's cache

Array = Any


class Total(Struct, frozen=True):
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
    schedule = make_schedule(plan, asked, own)
    settled = _across(plan, schedule, numbers, peers, own)
    if settled:
        asked, own = [key for key in asked if key not in settled], {key: own[key] for key in own if key not in settled}
        schedule = make_schedule(plan.assuming(settled), asked, own)
    return {**settled, **_in_chunks(schedule, [*asked, *own], {**numbers, **settled}, horizon)}


def across_areas(
    plan: Plan,
    wanted: Iterable[str],
    numbers: Mapping[str, Any],
    peers: Array | None = None,
    trees: Mapping[str, Expression] | None = None,
) -> dict[str, Array]:
    """Of what some quantities need, what looks across areas, such as a benchmark: its values, over all of them."""
    return _across(plan, make_schedule(plan, wanted, trees), numbers, peers, trees or {})


def _across(
    plan: Plan, schedule: Schedule, numbers: Mapping[str, Any], peers: Array | None, trees: Mapping[str, Expression]
) -> dict[str, Array]:
    across = [step.key for step in schedule.before if verbs_in(step.tree) & OVER_AREAS]
    first = {key: tree for key, tree in trees.items() if key in across}
    keys = [key for key in across if key not in first]
    found = compile_plan(plan, keys, over_areas(peers), first).run(numbers) if across else {}
    return {key: found[key] for key in across}


class Once(Struct, frozen=True):
    """What is the same for everything along an axis: values by key, and series of months that the rest takes."""

    values: Mapping[str, Any]
    series: Mapping[str, list[float]]


def worked_out_once(same: Schedule, other: Schedule, numbers: Mapping[str, Any], horizon: int) -> Once:
    """Work out the part of a schedule that does not vary, on plain floats."""
    found = compile_schedule(same).run(numbers, horizon, other.series)
    series = {key: found.pop(key) for key in other.series}
    return Once({**{key: numbers[key] for key in other.inputs if key in numbers}, **found}, series)


def _in_chunks(schedule: Schedule, wanted: list[str], numbers: Mapping[str, Any], horizon: int) -> dict[str, Array]:
    long = {key: numbers[key] for key in schedule.inputs if np.ndim(numbers[key])}
    count = max((len(value) for value in long.values()), default=1)
    keys = [key for key in wanted if key in schedule.phases]
    same, other = parted(schedule, long)
    once, each = worked_out_once(same, other, numbers, horizon), compile_schedule(other, over_areas())
    results, room = {key: np.empty(count) for key in keys}, each.make_room()
    with np.errstate(invalid="ignore"):  # infinite months and missing values are meant
        for start in range(0, count, CHUNK):
            part = slice(start, start + CHUNK)
            mine = {**once.values, **{key: value[part] for key, value in long.items()}}
            values = each.run(mine, horizon, series=once.series, room=room)
            for key in keys:
                results[key][part] = values[key] if key in values else once.values[key]
    return results
