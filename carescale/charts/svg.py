"""A picture as SVG: a file of its own, or a part of a page or a report.

Attributes and no styles, so that a strict content security policy lets it be; every text is escaped; the title and the
sentence are there for those who cannot see it. Colours are the Analysis Function's, none under 3:1 on white.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape  # that of xml.sax brings all of urllib with it
from itertools import pairwise

from carescale.charts.axes import Axis, axis, months_axis, spread_out, text_width, wrapped
from carescale.charts.picture import Bar, Bars, Lines, Picture, Series, Step, Steps

BLUE, TEAL, PLUM, GREY = "#12436D", "#28A197", "#801650", "#3D3D3D"
COLOURS = (BLUE, PLUM, TEAL, GREY)
FONT = "Source Sans Pro, Arial, Helvetica, sans-serif"
INK, GRID = "#0B0C0C", "#D9D9D9"
WIDTH = 720
_TITLE, _LABEL, _SMALL = 19.0, 14.0, 12.5
_LINE = 1.3  # the height of a line of text, by its size
_EDGE = 16.0
_ROW = 34.0  # of a bar
_PLOT = 280.0  # the height of lines and steps
_NARROW = 480  # pixels, below which the name of a line has no room beside it


def svg(picture: Picture, width: int = WIDTH) -> str:
    """The picture as a standing SVG element, of a width in pixels; its height follows from what is in it."""
    head, top = _texts(picture, width)
    body, bottom = _plotted(picture, width, top)
    foot, height = _foot(picture.source, width, bottom)
    name = picture.name
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" width="{width}" '
            f'height="{height:.0f}" role="img" aria-labelledby="{name}-title {name}-told" '
            f'font-family="{FONT}" font-size="{_LABEL:g}" '
            f'fill="{INK}">',
            f'<title id="{name}-title">{escape(picture.says, quote=False)}</title>',
            f'<desc id="{name}-told">{escape(picture.told, quote=False)}</desc>',
            f'<rect width="{width}" height="{height:.0f}" fill="#FFFFFF"/>',
            *head,
            *body,
            *foot,
            "</svg>",
        ]
    )


def plot_svg(picture: Picture, width: int, name: str) -> str:
    """The picture without its titles and source, for a page that has them as text; its script draws it anew."""
    body, height = _plotted(picture, width, 12)
    return "\n".join(
        [
            f'<svg id="{name}" viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}" role="img" '
            f'aria-labelledby="{name}-told" font-family="{FONT}" font-size="{_LABEL:g}" fill="{INK}"><g>',
            *body,
            "</g></svg>",
        ]
    )


def _texts(picture: Picture, width: int) -> tuple[list[str], float]:
    """The two titles, and where they end."""
    parts, y = [], _EDGE
    for text, size, weight in ((picture.says, _TITLE, "700"), (picture.what, _LABEL, "400")):
        for line in wrapped(text, size, width - 2 * _EDGE):
            y += size * _LINE
            parts.append(_text(line, _EDGE, y - size * 0.3, size=size, weight=weight))
    return parts, y + 12


def _foot(source: str, width: int, top: float) -> tuple[list[str], float]:
    parts, y = [], top + 8
    for line in wrapped(source, _SMALL, width - 2 * _EDGE):
        y += _SMALL * _LINE
        parts.append(_text(line, _EDGE, y - _SMALL * 0.3, size=_SMALL))
    return parts, y + _EDGE


def _plotted(picture: Picture, width: int, top: float) -> tuple[list[str], float]:
    match picture.plot:
        case Lines() as lines:
            return _lines(lines, width, top)
        case Bars() as bars:
            return _bars(bars, width, top)
        case Steps() as steps:
            return _steps(steps, width, top)


# --- lines over months ------------------------------------------------------------------------------------------------


def _lines(plot: Lines, width: int, top: float) -> tuple[list[str], float]:
    values = [value for series in plot.series for some in (series.values, series.low, series.high) for value in some]
    known = [value for value in values if value is not None]
    bottom = top + _PLOT
    upright = axis(known, bottom, top + 8, lowest=plot.lowest, highest=plot.highest)
    left = _EDGE + max(text_width(plot.text(tick), _LABEL) for tick in upright.ticks) + 8
    names = max((text_width(series.name, _LABEL) for series in plot.series), default=0.0)
    over = width < _NARROW and len(plot.series) == 1
    beside = 0.0 if over else min(names + 10, width * 0.3)
    right = width - _EDGE - beside
    months = len(plot.series[0].values) - 1
    along = months_axis(months, left, right, 10 if width >= 600 else 5)
    parts = [*_grid(upright, plot, left, right), *_months(along, bottom)]
    for number, series in enumerate(plot.series):
        parts += _series(series, COLOURS[number % len(COLOURS)], along, upright)
    parts += _over(plot.series[0], upright, right, top) if over else _named(plot, along, upright, right, top, bottom)
    parts += _marks(plot, along, upright, top, right)
    return parts, bottom + _LABEL * _LINE + 20


def _grid(upright: Axis, plot: Lines | Steps, left: float, right: float) -> Iterator[str]:
    lines = "".join(f"M{left:.1f} {upright.at(tick):.1f}H{right:.1f}" for tick in upright.ticks if tick)
    yield f'<path d="{lines}" stroke="{GRID}"/>'
    yield _line(left, upright.at(0), right, upright.at(0), INK, 1.5)
    for tick in upright.ticks:
        yield _text(plot.text(tick), left - 8, upright.at(tick) + _LABEL * 0.35, anchor="end")


def _months(along: Axis, bottom: float) -> Iterator[str]:
    marks = "".join(f"M{along.at(tick):.1f} {bottom:.1f}v5" for tick in along.ticks)
    yield f'<path d="{marks}" stroke="{INK}"/>'
    for tick in along.ticks:
        yield _text(f"{tick:.0f}", along.at(tick), bottom + 5 + _LABEL * _LINE, anchor="middle")
    yield _text("month", along.end, bottom + 7 + 2.2 * _LABEL, anchor="end", size=_SMALL)


def _series(series: Series, colour: str, along: Axis, upright: Axis) -> Iterator[str]:
    if series.low:
        there = [(along.at(month), upright.at(value)) for month, value in enumerate(series.high)]
        back = [(along.at(month), upright.at(value)) for month, value in reversed(list(enumerate(series.low)))]
        yield (
            f'<path d="{_path([*there, *back])}Z" fill="{colour}" fill-opacity="0.15" stroke="{colour}" '
            'stroke-dasharray="2 3"/>'
        )
    known = [(along.at(month), upright.at(value)) for month, value in enumerate(series.values) if value is not None]
    yield f'<path d="{_path(known)}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-linejoin="round"/>'
    for x, y in known if series.dots else ():
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>'


def _named(plot: Lines, along: Axis, upright: Axis, right: float, top: float, bottom: float) -> Iterator[str]:
    """The name of each line at its end, moved apart where they would meet; of one that stops early, where it stops."""
    last = [max((month for month, v in enumerate(one.values) if v is not None), default=0) for one in plot.series]
    ends = [upright.at(one.values[month] or 0.0) for one, month in zip(plot.series, last, strict=True)]
    at_the_end = [number for number, one in enumerate(plot.series) if last[number] == len(one.values) - 1]
    spread = spread_out([ends[number] for number in at_the_end], _LABEL * _LINE, top + 8, bottom)
    places = dict(zip(at_the_end, spread, strict=True))
    for number, series in enumerate(plot.series):
        x = right if number in places else along.at(last[number])
        y, colour = places.get(number, ends[number]) + _LABEL * 0.35, COLOURS[number % len(COLOURS)]
        yield _text(series.name, x + 8, y, fill=colour, weight="700", halo=number not in places)


def _over(series: Series, upright: Axis, right: float, top: float) -> Iterator[str]:
    """The name of a single line where there is no room beside it: over its end, or under it where the line falls."""
    found = [value for value in series.values if value is not None]
    last, before = found[-1], found[max(len(found) - 7, 0)]
    y = upright.at(last) + (-_LABEL * 0.9 if last >= before else _LABEL * 1.6)
    yield _text(series.name, right, max(y, top), anchor="end", fill=BLUE, weight="700", halo=True)


def _marks(plot: Lines, along: Axis, upright: Axis, top: float, right: float) -> Iterator[str]:
    for mark in plot.marks:
        value = plot.series[0].values[mark.month]
        if value is None:
            continue
        x, y = along.at(mark.month), upright.at(value)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#FFFFFF" stroke="{BLUE}" stroke-width="2.5"/>'
        anchor = "end" if x + text_width(mark.label, _LABEL) > right else "start"
        beside = -10 if anchor == "end" else 10
        yield _text(mark.label, x + beside, max(y + _LABEL * 1.4, top + _LABEL), anchor=anchor, weight="700")


# --- bars -------------------------------------------------------------------------------------------------------------


def _bars(plot: Bars, width: int, top: float) -> tuple[list[str], float]:
    """Names above narrow bars, beside wide ones; what stands at the ends is outside of them."""
    over = width < 600
    longest = max(text_width(text, _LABEL) for bar in plot.bars for text in (bar.name, bar.note))
    names = 0.0 if over else min(longest + 12, width * 0.38)
    before, after = (8 + max(text_width(_sides(bar)[side], _SMALL) for bar in plot.bars) for side in (0, 1))
    along = _bars_axis(plot, _EDGE + names + before, width - _EDGE - after)
    start, rows = top + _LABEL * _LINE, []
    for bar in plot.bars:
        lines = _bar_words(bar, width - 2 * _EDGE if over else names - 12)
        rows.append((bar, lines, _row_height(bar, lines, over=over)))
    bottom = start + sum(height for _, _, height in rows)
    parts = [*_upright(along, plot, start, bottom), *_measure(along, plot, start, bottom, width)]
    y = start
    for bar, lines, height in rows:
        parts += _bar(bar, lines, along, y, height, over=over)
        y += height
    return parts, bottom + _LABEL * _LINE + 6


def _bars_axis(plot: Bars, start: float, end: float) -> Axis:
    """With as many ticks as have room for their labels."""
    values = [value for bar in plot.bars for value in (bar.start, bar.end)]
    values += [] if plot.line is None else [plot.line]
    ends = (min(values), max(values)) if plot.around and max(values) > min(values) else (None, None)
    for most in (5, 4, 3, 2):
        along = axis(values, start, end, most=most, lowest=ends[0], highest=ends[1])
        labels = [text_width(plot.text(tick), _LABEL) for tick in along.ticks]
        apart = min((b - a for a, b in pairwise(map(along.at, along.ticks))), default=end - start)
        if max(labels, default=0) + 8 <= apart:
            break
    return along


def _bar_words(bar: Bar, room: float) -> list[tuple[str, float]]:
    """The lines of a bar's name and note, each with its size."""
    name = [(line, _LABEL) for line in wrapped(bar.name, _LABEL, room)]
    return name + [(line, _SMALL) for line in wrapped(bar.note, _SMALL, room)]


def _row_height(bar: Bar, lines: list[tuple[str, float]], *, over: bool) -> float:
    tall = sum(size * 1.15 for _, size in lines)
    marked = _LABEL * _LINE if bar.crossing is not None else 0.0
    return _ROW + marked + tall if over else max(_ROW + marked, tall + 8)


def _upright(along: Axis, plot: Bars, top: float, bottom: float) -> Iterator[str]:
    for tick in along.ticks:
        x = along.at(tick)
        yield _line(x, top, x, bottom, INK if tick == 0 else GRID, 1.5 if tick == 0 else 1)
        yield _text(plot.text(tick), x, bottom + _LABEL * _LINE, anchor="middle")


def _measure(along: Axis, plot: Bars, top: float, bottom: float, width: int) -> Iterator[str]:
    """The line that bars are measured against, its label within the picture."""
    if plot.line is not None:
        x, half = along.at(plot.line), text_width(plot.line_label, _LABEL) / 2
        yield _line(x, top - 4, x, bottom, PLUM, 2)
        middle = min(max(x, _EDGE + half), width - _EDGE - half)
        yield _text(plot.line_label, middle, top - _LABEL * _LINE + 8, anchor="middle", fill=PLUM)


def _bar(
    bar: Bar, lines: list[tuple[str, float]], along: Axis, y: float, row: float, *, over: bool
) -> Iterator[str]:  # fmt: skip
    thickness = _ROW * 0.55
    tall = sum(size * 1.15 for _, size in lines)
    top = y + row - thickness - (_ROW - thickness) / 2 if over else y + (row - thickness) / 2
    at = y + 2 if over else y + (row - tall) / 2
    for text, size in lines:
        at += size * 1.15
        yield _text(text, _EDGE, at - size * 0.25, size=size, halo=over)
    first, last = sorted((along.at(bar.start), along.at(bar.end)))
    yield _box(first, top, last - first, thickness, BLUE)
    ends, middle = _sides(bar), top + thickness / 2 + _LABEL * 0.35
    yield _text(ends[0], first - 6, middle, anchor="end", size=_SMALL, halo=True)
    yield _text(ends[1], last + 6, middle, size=_SMALL, halo=True)
    if bar.crossing is not None and first <= along.at(bar.crossing) <= last:
        x = along.at(bar.crossing)
        yield f'<path d="M{x:.1f} {top - 5:.1f}l5 -7h-10Z" fill="{PLUM}"/>'
        yield _line(x, top - 5, x, top + thickness, "#FFFFFF", 2)
        yield _text(bar.crossing_label, x + 8, top - 5, size=_SMALL, fill=PLUM, halo=True)


def _sides(bar: Bar) -> tuple[str, str]:
    """What stands on the left of a bar and on its right."""
    return (bar.at_start, bar.at_end) if bar.start <= bar.end else (bar.at_end, bar.at_start)


# --- steps ------------------------------------------------------------------------------------------------------------


def _steps(plot: Steps, width: int, top: float) -> tuple[list[str], float]:
    """Totals stand on zero; each step hangs where the one before has come to."""
    reached, spans = 0.0, []
    for step in plot.steps:
        start = 0.0 if step.total else reached
        reached = start + step.amount
        spans.append((start, reached))
    bottom = top + _PLOT
    upright = axis([value for span in spans for value in span], bottom, top + 20)
    left = _EDGE + max(text_width(plot.text(tick), _LABEL) for tick in upright.ticks) + 8
    each = (width - _EDGE - left) / len(plot.steps)
    parts, lowest = [*_grid(upright, plot, left, width - _EDGE)], bottom
    for number, (step, span) in enumerate(zip(plot.steps, spans, strict=True)):
        parts += _step(step, span, plot, upright, left + number * each, each)
        for place, line in enumerate(wrapped(step.name, _SMALL, each - 4)):
            y = bottom + _SMALL * _LINE * (place + 1) + 2
            parts.append(_text(line, left + (number + 0.5) * each, y, anchor="middle", size=_SMALL))
            lowest = max(lowest, y)
    return parts, lowest + 8


def _step(step: Step, span: tuple[float, float], plot: Steps, upright: Axis, x: float, each: float) -> Iterator[str]:
    above, below = sorted(upright.at(value) for value in span)
    colour = BLUE if step.total else TEAL if step.amount >= 0 else PLUM
    thickness = each * 0.68
    yield _box(x + (each - thickness) / 2, above, thickness, below - above, colour)
    said = f"{plot.text(step.amount)}{step.marks}"
    under = not step.total and text_width(said, _SMALL) > each  # where nothing else stands
    y = below + _SMALL if under else above - 5
    yield _text(said, x + each / 2, y, anchor="middle", size=_SMALL, weight="700")


# --- elements ---------------------------------------------------------------------------------------------------------


def _text(
    text: str,
    x: float,
    y: float,
    *,
    size: float = _LABEL,
    anchor: str = "start",
    weight: str = "400",
    fill: str = INK,
    halo: bool = False,
) -> str:
    """A text; with a halo where it stands on grid lines."""
    if not text:
        return ""
    how = "" if size == _LABEL else f' font-size="{size:g}"'
    how += "" if anchor == "start" else f' text-anchor="{anchor}"'
    how += "" if weight == "400" else f' font-weight="{weight}"'
    how += "" if fill == INK else f' fill="{fill}"'
    how += ' stroke="#FFFFFF" stroke-width="4" paint-order="stroke"' if halo else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{how}>{escape(text, quote=False)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    thick = "" if width == 1 else f' stroke-width="{width:g}"'
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{thick}/>'


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{max(height, 1):.1f}" fill="{colour}"/>'


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""
