"""The most telling figures of a result: those that need move least for it to come to nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct

from carescale.analysis.curve import Curve
from carescale.analysis.projection import Projection
from carescale.case import Case
from carescale.engine.registry import HORIZON
from carescale.formulas import registry
from carescale.inputs.calibrating import Unsolvable, response

MOST = 5
_TRIED = 10  # of the figures that promise most, by how the result moves beside today's value
_STEP = 0.01  # of a figure's value
_HALVINGS = 60
_OF_METHOD = ("discount_rate", "weeks_per_year", "optimism_at_grade", HORIZON, "until")


class Switch(Struct, frozen=True):
    """A figure, its value today, and the value at which the result is nothing."""

    figure: str
    today: float
    at: float

    @property
    def change(self) -> float:
        """How far it would have to move, as a share of what it is today."""
        return self.at / self.today - 1


def switching_values(case: Case, quantity: str) -> list[Switch]:
    """The figures whose switching value lies nearest, the nearest first; five at most."""
    value = Projection(case)[quantity].value
    if value is None or not math.isfinite(value):
        return []
    curves = sorted(_curves(case, quantity, value), key=lambda pair: abs(pair[0]))
    found = [switch for _, curve in curves[:_TRIED] if (switch := _switch(curve, value))]
    return sorted(found, key=lambda switch: abs(switch.change))[:MOST]


def _curves(case: Case, quantity: str, value: float) -> Iterator[tuple[float, Curve]]:
    """The result as each figure moves, with how far it would have to move if the result went on as it begins."""
    for key in case.plan.behind([quantity]):
        figure = case.figures.get(key)
        name = registry.key(key).name
        if figure is None or not figure.value or figure.detail.solve or any(word in name for word in _OF_METHOD):
            continue
        if name not in registry.figures:  # the benchmark that an area was held to, which is no figure of its own
            continue
        try:
            curve = Curve(case, quantity, key, response(case.model, key, quantity))
        except Unsolvable:
            continue
        moved = curve(float(figure.value) * (1 + _STEP))
        if math.isfinite(moved) and moved != value:
            yield -value * _STEP / (moved - value), curve


def _switch(curve: Curve, value: float) -> Switch | None:
    """Where the result changes sign, on whichever side of today's value is nearer."""
    assert curve.today is not None
    scale = curve.scale
    ends = (scale.at(scale.low), scale.at(scale.high) if not scale.open_ended else 100 * curve.today)
    found = [at for end in ends if (at := _crossing(curve, curve.today, end, value)) is not None]
    nearest = min(found, key=lambda at: abs(at - (curve.today or 0.0)), default=None)
    return None if nearest is None else Switch(curve.by, curve.today, nearest)


def _crossing(curve: Curve, near: float, end: float, value: float) -> float | None:
    far = curve(end)
    if not math.isfinite(far) or (far > 0) == (value > 0):
        return None
    for _ in range(_HALVINGS):
        middle = (near + end) / 2
        near, end = (middle, end) if (curve(middle) > 0) == (value > 0) else (near, middle)
    return end
