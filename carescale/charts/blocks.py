"""A picture in a terminal: columns and bars of block characters, or of `#` where a terminal has none.

By hand, since libraries that draw in terminals write past Rich and NO_COLOR, and their braille fails on Windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from carescale.charts.axes import Axis, axis, months_axis
from carescale.charts.picture import Bar, Bars, Lines, Picture, Series, Steps
from carescale.problems import display_width

ROWS = 12
_SHORTEST = 6  # characters, for bars


class Blocks(Struct, frozen=True):
    """The characters to draw with: a whole cell, its halves, the line of zero, and a line to measure by."""

    whole: str
    upper: str
    lower: str
    zero: str
    line: str
    dot: str


UNICODE = Blocks("█", "▀", "▄", "─", "│", "●")
ASCII = Blocks("#", "#", "#", "-", "|", "o")


def drawn(picture: Picture, width: int, blocks: Blocks = UNICODE) -> list[str]:
    """The picture in lines of at most `width` characters, its two titles first."""
    match picture.plot:
        case Lines() as lines:
            body = _columns(lines, width, blocks)
        case Bars() as bars:
            body = _bars(bars.bars, width, blocks, bars.line)
        case Steps() as steps:
            body = _bars(list(_hanging(steps)), width, blocks)
    return [picture.says, picture.what, "", *body]


def _columns(plot: Lines, width: int, blocks: Blocks) -> Iterator[str]:
    """The first line as columns that stand on zero, or hang from it; what was counted as dots, each in its month."""
    values = plot.series[0].values
    dotted = [series for series in plot.series[1:] if series.dots]
    known = [value for some in (plot.series[0], *dotted) for value in some.values if value is not None]
    half = axis(known, 2 * ROWS, 0, most=4, lowest=plot.lowest, highest=plot.highest)
    labels = {round(half.at(tick)) // 2: plot.text(tick) for tick in half.ticks}
    margin = max(len(label) for label in (*labels.values(), "month")) + 1
    along = months_axis(len(values) - 1, 0, width - margin - 1, 10)
    months = [round(place * (len(values) - 1) / (width - margin - 1)) for place in range(width - margin)]
    zero = round(half.at(0))
    heights = [None if values[month] is None else round(half.at(values[month] or 0)) for month in months]
    dots = {spot for series in dotted for spot in _dots(series, half, along)}
    for row in range(ROWS + 1):
        cells = "".join(
            blocks.dot if (place, row) in dots else _cell(height, zero, row, blocks)
            for place, height in enumerate(heights)
        )
        if cells.strip() or row in labels:
            yield f"{labels.get(row, ''):>{margin - 1}} {cells}".rstrip()
    yield _month_names(along, margin, width)
    if len(plot.series) > 1:
        drawn_too = "".join(f"  {blocks.dot} {series.name}" for series in dotted)
        yield f"{blocks.whole} {plot.series[0].name}{drawn_too}"


def _dots(series: Series, half: Axis, along: Axis) -> Iterator[tuple[int, int]]:
    """The cells of a line's values: place and row."""
    for month, value in enumerate(series.values):
        if value is not None:
            yield round(along.at(month)), min(round(half.at(value)) // 2, ROWS)


def _cell(height: int | None, zero: int, row: int, blocks: Blocks) -> str:
    """One character: which of its halves lie between zero and the value."""
    first, last = (height, zero) if height is not None and height < zero else (zero, height or zero)
    upper, lower = (height is not None and first <= place < last for place in (2 * row, 2 * row + 1))
    if upper and lower:
        return blocks.whole
    if upper or lower:
        return blocks.upper if upper else blocks.lower
    return blocks.zero if zero // 2 == row else " "


def _month_names(along: Axis, margin: int, width: int) -> str:
    line = [" "] * width
    for tick in along.ticks:
        name, place = f"{tick:.0f}", margin + round(along.at(tick))
        start = min(place, width - len(name))
        line[start : start + len(name)] = name
    return f"{'month':<{margin}}"[:margin] + "".join(line)[margin:].rstrip()


def _hanging(plot: Steps) -> Iterator[Bar]:
    """Steps as bars, each from where the one before has come to."""
    reached = 0.0
    for step in plot.steps:
        start = 0.0 if step.total else reached
        reached = start + step.amount
        yield Bar(name=step.name, start=start, end=reached, at_end=f"{plot.text(step.amount)}{step.marks}")


def _bars(bars: Sequence[Bar], width: int, blocks: Blocks, line: float | None = None) -> Iterator[str]:
    """Names, and bars with what stands at their ends; a line goes through those that it does not lie in."""
    names = min(max(display_width(bar.name) for bar in bars), width // 3)
    before, after = _beside(bars)
    if width - names - before - after < _SHORTEST:  # there is no room for notes
        bars = [replace(bar, note="") for bar in bars]
        before, after = _beside(bars)
    lines = [value for value in (line, *(bar.crossing for bar in bars)) if value is not None]
    values = [*lines, *(value for bar in bars for value in (bar.start, bar.end))]
    along = axis(values, 0, width - names - before - after - 5, lowest=min(values), highest=max(values))
    for bar in bars:
        first, last = (round(along.at(value)) for value in sorted((bar.start, bar.end)))
        left, right = _sides(bar)
        gap = "  " if line is not None else " "
        block = f"{left} {blocks.whole * max(last - first, bar.start != bar.end)}{gap}{right}"
        mark = line if bar.crossing is None else bar.crossing
        drawn_bar = " " * (first + before - len(left)) + block.rstrip()
        yield f"{_name(bar.name, names)} {_marked(drawn_bar, mark, along, before, blocks)}".rstrip()


def _beside(bars: Sequence[Bar]) -> tuple[int, int]:
    """The room that texts need on the left and on the right of bars."""
    left, right = zip(*map(_sides, bars), strict=True)
    return max(map(len, left)), max(map(len, right))


def _name(name: str, room: int) -> str:
    """A name in its room, cut where it is longer."""
    while display_width(name) > room:
        name = f"{name.removesuffix('…')[:-1]}…"
    return name + " " * (room - display_width(name))


def _marked(bar: str, line: float | None, along: Axis, before: int, blocks: Blocks) -> str:
    """A bar with the line that it is measured by, where there is a gap for it."""
    if line is None:
        return bar
    place = before + 1 + round(along.at(line))
    bar = bar.ljust(place + 1)
    return f"{bar[:place]}{blocks.line}{bar[place + 1 :]}" if bar[place] in (" ", blocks.whole) else bar


def _sides(bar: Bar) -> tuple[str, str]:
    """What stands on the left of a bar and on its right; a bar with one text has it on the right, and so is a note."""
    falls = bar.end < bar.start and bar.at_start
    left, right = (bar.at_end, bar.at_start) if falls else (bar.at_start, bar.at_end)
    return left, " · ".join(filter(None, (right, bar.note)))
