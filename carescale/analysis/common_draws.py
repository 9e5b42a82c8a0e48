"""The sums of a table of areas over draws, parted by what they hang on, so that nothing is worked out twice.

What no draw moves is worked out once for all areas; what moves with the draws but is the same everywhere, such as how
far a ramp has come, once for all areas too; only the rest for each area and draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct

from carescale.engine.arrays import ARRAYS
from carescale.engine.evaluate import Program, Slots, compile_schedule
from carescale.engine.over_areas import across_areas
from carescale.engine.plan import Plan
from carescale.engine.schedule import Schedule, make_schedule, parted

Array = Any


class CommonDraws(Struct, dict=True):
    """Quantities of areas over the same draws: `along` some draws first, then a few areas at a time.

    `settled` and the lists of `series` hold one number for all areas or an array of theirs, `drawn` an array of draws.
    """

    wanted: Sequence[str]
    months: Sequence[str]
    horizon: int
    drawn: Mapping[str, Array]
    settled: Mapping[str, Any]  # what no draw moves
    series: Mapping[str, Sequence[Any]]  # and its series of months
    everywhere: Program
    own: Program

    @cached_property
    def room(self) -> Slots:
        """Room for the runs of areas, used again and again."""
        return self.own.make_room()

    def along(self, part: slice) -> Mapping[str, Any]:
        """What is the same in every area, over some of the draws: values, and lists of months, by key."""
        needed = self.everywhere.inputs
        numbers = {key: self.drawn[key][part] if key in self.drawn else self.settled.get(key) for key in needed}
        drawn = {key: self.drawn[key][part] for key in self.own.inputs if key in self.drawn}
        series = {key: self.series[key] for key in self.everywhere.schedule.series}
        keep = [key for key in (*self.own.schedule.series, *self.months) if key in self.everywhere.schedule.phases]
        return {**drawn, **self.everywhere.run(numbers, self.horizon, keep, series)}

    def areas(self, some: slice, common: Mapping[str, Any]) -> dict[str, Any]:
        """The quantities of some areas over those draws, as areas × draws or what stands for all; of `months` lists."""
        series = {
            key: common[key] if key in common else [_of(value, some) for value in self.series[key]]
            for key in self.own.schedule.series
        }
        numbers = {
            key: common[key] if key in common else _of(self.settled[key], some)
            for key in self.own.inputs
            if key not in series
        }
        keep = [key for key in self.months if key in self.own.schedule.phases]
        found = {**common, **self.own.run(numbers, self.horizon, keep, series, self.room)}
        values = {key: found[key] if key in found else _of(self.settled[key], some) for key in self.wanted}
        return {**values, **{key: found[key] for key in self.months if key in found}}


def _of(value: Any, some: slice) -> Any:
    """What some areas have of it, as a column; one number for all stays one."""
    return value[some][:, np.newaxis] if np.ndim(value) else float(value)


def common_draws(
    plan: Plan, wanted: Sequence[str], months: Sequence[str], numbers: Mapping[str, Any], drawn: Mapping[str, Array],
    horizon: int, peers: Array | None = None,
) -> CommonDraws:  # fmt: skip
    """The sums of what is wanted at the end and by the month."""
    asked = [*wanted, *months]
    across = across_areas(plan, asked, numbers, peers)
    schedule = make_schedule(plan.assuming(across) if across else plan, asked)
    given = {**numbers, **across}
    moved = [key for key in schedule.inputs if key in drawn and not np.ndim(given[key])]
    still, moving = parted(schedule, moved)
    series, settled = _worked_out(still, moving, given, horizon)
    own_inputs = [key for key in moving.inputs if any(np.ndim(one) for one in series.get(key, [settled.get(key, 0.0)]))]
    everywhere, own = parted(moving, own_inputs)
    return CommonDraws(
        wanted=wanted,
        months=months,
        horizon=horizon,
        drawn={key: drawn[key] for key in moved},
        settled=settled,
        series=series,
        everywhere=compile_schedule(everywhere, ARRAYS),
        own=compile_schedule(own, ARRAYS),
    )


def _worked_out(
    still: Schedule, moving: Schedule, given: Mapping[str, Any], horizon: int
) -> tuple[Mapping[str, Sequence[Any]], Mapping[str, Any]]:
    """What no draw moves, of all areas at once: series of months, and the rest."""
    found = compile_schedule(still, ARRAYS).run(given, horizon, moving.series)
    series = {key: found.pop(key) for key in moving.series}
    return series, {**given, **found}
