"""Where things stand in a picture: ticks at round numbers, text as wide as it is, and values as lengths."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

_NOTHING = 1e-8  # a span in which ticks are no longer apart as they are written
_ROUND = (1, 2, 2.5, 5, 10)
_NARROW, _WIDE = frozenset("ijlI.,:;'|!()[]ft "), frozenset("mwMW@%—")


class Axis(Struct, frozen=True):
    """From the first value to the last, laid along a length from `start` to `end`."""

    first: float
    last: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Where a value stands."""
        share = (value - self.first) / ((self.last - self.first) or 1.0)
        return self.start + share * (self.end - self.start)


def axis(
    values: Sequence[float],
    start: float,
    end: float,
    *,
    most: int = 6,
    lowest: float | None = None,
    highest: float | None = None,
) -> Axis:
    """An axis that holds the values and zero, with at most so many ticks at round numbers."""
    first = min((*values, 0.0)) if lowest is None else lowest
    last = max((*values, 0.0)) if highest is None else highest
    step = round_step(last - first if last - first > _NOTHING else 1.0, most)
    below = math.floor(first / step + 1e-9) if lowest is None else first / step
    above = math.ceil(last / step - 1e-9) if highest is None else last / step
    above = max(above, below + 1)
    ticks = tuple(round(number * step, 10) for number in range(math.ceil(below - 1e-9), math.floor(above + 1e-9) + 1))
    return Axis(below * step, above * step, start, end, ticks)


def months_axis(months: int, start: float, end: float, most: int) -> Axis:
    """An axis of months with a tick each half-year, year, two years, or whatever leaves room."""
    step = next((step for step in (1, 3, 6, 12, 24, 60, 120) if months / step <= most), 240)
    return Axis(0, months, start, end, tuple(float(month) for month in range(0, months + 1, step)))


def round_step(length: float, most: int) -> float:
    """The smallest round step that divides a length into at most so many parts."""
    rough = length / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in _ROUND if factor * power >= rough * (1 - 1e-9))


def text_width(text: str, size: float) -> float:
    """About how wide a text is in a sans-serif of a size; a little more rather than less."""
    units = sum(0.3 if letter in _NARROW else 0.85 if letter in _WIDE else 0.54 for letter in text)
    return units * size


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines that fit a width, broken at spaces."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def spread_out(wanted: Sequence[float], apart: float, first: float, last: float) -> list[float]:
    """Places as near as may be to those wanted, in their order, at least so far apart and between two bounds."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    places = [min(max(wanted[index], first), last) for index in order]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + apart)
    limit = last
    for index in reversed(range(len(places))):
        places[index] = min(places[index], limit)
        limit = places[index] - apart
    found = [0.0] * len(places)
    for index, place in zip(order, places, strict=True):
        found[index] = place
    return found
