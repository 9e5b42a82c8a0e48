"""The tornado: what each uncertain figure does to a result, from its P10 to its P90, the others at their medians."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from carescale.analysis.simulate import Simulation

P10, P90 = 0.1, 0.9
_LOOKED_AT = (0.001, 0.999)  # the shares of a range in which a switching value is looked for
_STEPS = 257


class Swing(Struct, frozen=True, kw_only=True):
    """A figure and a result: the figure at its P10 and P90, the result there, and the figure's switching value.

    `switches_at` is where the result comes to the target, None where it does not within the range.
    """

    key: str
    low: float
    high: float
    at_low: float
    at_high: float
    switches_at: float | None

    @property
    def width(self) -> float:
        """How far the result goes; infinite where it has no value, or none that counts, at an end."""
        gap = abs(self.at_high - self.at_low)
        return gap if not math.isnan(gap) else 0.0 if self.at_low == self.at_high else math.inf


class Tornado(Struct, frozen=True, kw_only=True):
    """Swings of one result, widest first, around its value with every figure at its median; and what has no effect."""

    key: str
    target: float
    middle: float
    swings: tuple[Swing, ...]
    without_effect: tuple[str, ...]


def tornado(simulation: Simulation, key: str, target: float = 0.0) -> Tornado | None:
    """The tornado of a quantity; None where it is not known. Switching values are where it comes to the target."""
    if not simulation.case.plan.need(key).usable:
        return None
    import numpy as np

    shares = np.array([P10, P90, *np.linspace(*_LOOKED_AT, _STEPS)])
    figures = simulation.figures
    tried = {name: one.shape.quantiles(shares) for name, one in figures.items()}
    found = _along(simulation, key, tried)
    middle = simulation.along({})[key].value
    swings = [
        Swing(
            key=name, low=float(tried[name][0]), high=float(tried[name][1]), at_low=float(values[0]),
            at_high=float(values[1]), switches_at=_switch(tried[name][2:], values[2:] - target),
        )
        for name, values in found.items()
    ]  # fmt: skip
    moving = [one for one in swings if not _is_flat(found[one.key])]
    return Tornado(
        key=key,
        target=target,
        middle=float(np.ravel(middle)[0]),
        swings=tuple(sorted(moving, key=lambda one: -one.width)),
        without_effect=tuple(one.key for one in swings if one not in moving),
    )


def _along(simulation: Simulation, key: str, tried: dict[str, Any]) -> dict[str, Any]:
    """The result for each value of each figure, in one go: a row of lanes for each figure."""
    import numpy as np

    count = len(tried)
    lanes = {}
    for place, (name, values) in enumerate(tried.items()):
        lane = np.full((count, len(values)), simulation.medians[name])
        lane[place] = values
        lanes[name] = lane.ravel()
    if not lanes:
        return {}
    result = simulation.along(lanes)[key].value
    rows = np.broadcast_to(result, (count * len(next(iter(tried.values()))),)).reshape(count, -1)
    return dict(zip(tried, rows, strict=True))


def _is_flat(values: Any) -> bool:
    import numpy as np

    return bool(np.all((values == values[0]) | np.isclose(values, values[0], rtol=1e-9, atol=0)))


def _switch(values: Any, short: Sequence[float]) -> float | None:
    """Where along rising values a result crosses nothing, between two of them in proportion; None where it does not."""
    import numpy as np

    signs = np.sign(short)
    crossed = np.flatnonzero((signs[:-1] * signs[1:] < 0) & np.isfinite(short[:-1]) & np.isfinite(short[1:]))
    if not len(crossed):
        return None
    first = int(crossed[0])
    part = short[first] / (short[first] - short[first + 1])
    return float(values[first] + part * (values[first + 1] - values[first]))
