"""Shapes: what a published range says of the values between and beyond its ends.

A range covers so much (its ends are, say, the 5% and the 95% point), or its ends are limits. The scale on which a shape
is even-sided goes by the unit: money, people and months above zero by their logarithm, shares by their log-odds, others
as they are. A value given off the middle splits the shape, each side with its own width; one at an end of its range, or
beyond, is not the middle, and leaves the shape as its two ends have it.
"""

from __future__ import annotations

import math
from enum import StrEnum
from statistics import NormalDist
from typing import Any

from msgspec import Struct

from carescale.uncertainty.normal import normal_quantiles

COVERS = {"95%": 0.95, "90%": 0.90, "80%": 0.80, "two studies": 0.80}  # two studies rarely span all that is possible
LIMITS = "limits"
MIDDLE_HALF = (0.25, 0.75)

_STANDARD = NormalDist()


class Scale(StrEnum):
    """On which a shape is even-sided."""

    LOGARITHM = "logarithm"
    LOG_ODDS = "log-odds"
    PLAIN = "plain"


class Lies(StrEnum):
    """Where the value given lies in the shape of its range."""

    MIDDLE = "in the middle half"
    OFF = "off the middle"  # the shape is split there
    LOW_END = "at the low end"
    HIGH_END = "at the high end"


class Shape(Struct, frozen=True):
    """Values between two ends. `centre`, `below` and `above` are on the scale: the median and the widths of a standard
    deviation on either side of it. Nothing is below `floor` or above `ceiling`.
    """

    low: float
    high: float
    scale: Scale
    centre: float
    below: float
    above: float
    lies: Lies
    floor: float = -math.inf
    ceiling: float = math.inf

    @property
    def median(self) -> float:
        return float(self.quantiles(0.5))

    def quantiles(self, shares: Any) -> Any:
        """The values below which these shares of all values lie; an array in, an array out."""
        return self.at(normal_quantiles(shares))

    def at(self, normals: Any) -> Any:
        """The values that stand where a standard normal has these."""
        import numpy as np

        spread = self.above if self.below == self.above else np.where(normals < 0, self.below, self.above)
        return np.clip(_from(self.scale, self.centre + spread * normals), self.floor, self.ceiling)


class Limits(Struct, frozen=True):
    """Values between two hard ends: a triangle with its peak at the value given, or even where that is an end."""

    low: float
    high: float
    peak: float | None
    lies: Lies

    @property
    def median(self) -> float:
        return float(self.quantiles(0.5))

    def quantiles(self, shares: Any) -> Any:
        """The values below which these shares of all values lie."""
        import numpy as np

        width, shares = self.high - self.low, np.asarray(shares)
        if self.peak is None:
            return self.low + width * shares
        rising = self.low + np.sqrt(shares * width * (self.peak - self.low))
        falling = self.high - np.sqrt((1 - shares) * width * (self.high - self.peak))
        return np.where(shares < (self.peak - self.low) / width, rising, falling)

    def at(self, normals: Any) -> Any:
        """The values that stand where a standard normal has these."""
        import numpy as np

        return self.quantiles(np.vectorize(_STANDARD.cdf, otypes=[float])(normals))


def shape_of(low: float, high: float, given: float, covers: str, *, unit: str, signed: bool, most: float) -> Any:
    """The shape of a range from `low` to `high` around a value: a Shape, or Limits where the ends are hard.

    `covers` is a row of COVERS, or LIMITS; `signed` and `most` are what the figure allows: if it may be below zero,
    and its largest value.
    """
    if covers == LIMITS:
        inside = low < given < high
        return Limits(low, high, given if inside else None, Lies.MIDDLE if inside else _end(low, given))
    reach = _STANDARD.inv_cdf((1 + COVERS[covers]) / 2)
    ceiling = 1.0 if unit == "" and not signed else most
    floor = -math.inf if signed else 0.0
    scale = _scale(low, high, floor, ceiling, unit)
    first, last = _on(scale, low), _on(scale, high)
    centre, width = (first + last) / 2, (last - first) / 2 / reach
    if not low < given < high:
        return Shape(low, high, scale, centre, width, width, _end(low, given), floor, ceiling)
    middle = _on(scale, given)
    if MIDDLE_HALF[0] <= _STANDARD.cdf((middle - centre) / width) <= MIDDLE_HALF[1]:
        return Shape(low, high, scale, centre, width, width, Lies.MIDDLE, floor, ceiling)
    return Shape(low, high, scale, middle, (middle - first) / reach, (last - middle) / reach, Lies.OFF, floor, ceiling)


def _end(low: float, given: float) -> Lies:
    return Lies.LOW_END if given <= low else Lies.HIGH_END


def _scale(low: float, high: float, floor: float, ceiling: float, unit: str) -> Scale:
    """The scale of a unit; an end that lies on a bound has no logarithm, and leaves it plain, cut off at the bound.

    A figure that may be below zero, such as a saving, has a logarithm too where all of its range is above.
    """
    signed_share = unit == "" and floor < 0
    if signed_share or low <= 0 or (unit == "" and high >= ceiling):
        return Scale.PLAIN
    return Scale.LOG_ODDS if unit == "" else Scale.LOGARITHM


def _on(scale: Scale, value: float) -> float:
    if scale == Scale.LOGARITHM:
        return math.log(value)
    return math.log(value / (1 - value)) if scale == Scale.LOG_ODDS else value


def _from(scale: Scale, value: Any) -> Any:
    import numpy as np

    if scale == Scale.LOGARITHM:
        return np.exp(value)
    return np.exp(-np.logaddexp(0, -value)) if scale == Scale.LOG_ODDS else value
