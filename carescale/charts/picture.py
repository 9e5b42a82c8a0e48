"""A picture before it is drawn: what it says, what it is, and its lines, bars or steps, in numbers.

After the Analysis Function's guidance on charts: two titles (the message; the statistic), labels at the lines, the
source below, a sentence for those who cannot see it, and the table behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

Text = Callable[[float], str]


class Series(Struct, frozen=True, kw_only=True):
    """A line over months; None where there is no value. `low` and `high` are the edges of its band.

    `dots` marks each value, as of what was counted and not worked out; its line goes over months without a count.
    """

    name: str
    values: Sequence[float | None]
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    dots: bool = False


class Mark(Struct, frozen=True):
    """A month to point at, on the first line."""

    month: int
    label: str


class Lines(Struct, frozen=True, kw_only=True):
    """Lines over months, from month 0. `lowest` and `highest` hold the axis where it has bounds, as a chance has."""

    series: Sequence[Series]
    text: Text
    marks: Sequence[Mark] = ()
    lowest: float | None = None
    highest: float | None = None


class Bar(Struct, frozen=True, kw_only=True):
    """A bar from `start` to `end`, with what stands at its ends, and a `note` under its name; `crossing` is a value to
    mark on it, with its label, such as the benchmark of an area's own peers.
    """

    name: str
    start: float
    end: float
    at_start: str = ""
    at_end: str = ""
    note: str = ""
    crossing: float | None = None
    crossing_label: str = ""


class Bars(Struct, frozen=True, kw_only=True):
    """Bars beside one another. `line` is what they are measured against, with its label; where they do not stand on
    nothing, the axis is `around` them.
    """

    bars: Sequence[Bar]
    text: Text
    line: float | None = None
    line_label: str = ""
    around: bool = False


class Step(Struct, frozen=True):
    """A step up or down, with the marks of its evidence; a total stands on nothing."""

    name: str
    amount: float
    total: bool = False
    marks: str = ""


class Steps(Struct, frozen=True, kw_only=True):
    """From one total to another, step by step."""

    steps: Sequence[Step]
    text: Text


class Picture(Struct, frozen=True, kw_only=True):
    """A chart. `says` is its message, `what` the statistic with unit and prices, `told` the sentence in its stead."""

    name: str
    says: str
    what: str
    told: str
    source: str
    plot: Lines | Bars | Steps
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
