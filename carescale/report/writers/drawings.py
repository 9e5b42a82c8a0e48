"""Drawings as SVG, PNG and lines of text. What files named is made printable first, on one line."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from carescale.charts.blocks import Blocks, drawn
from carescale.charts.picture import Bars, Lines, Picture, Steps
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Drawing
from carescale.report.writers.clean import printable
from carescale.report.writers.lengths import cut

_LONGEST_NAME, _LONGEST_SAYING = 80, 1_500  # characters


def as_svg(drawing: Drawing, width: int) -> str:
    """A drawing as an SVG element."""
    from carescale.charts.svg import svg

    return svg(clean(drawing.picture), width)


def as_png(drawing: Drawing, width: int) -> bytes:
    """A drawing as a PNG file. Raises NoPainter."""
    from carescale.charts.png import png

    return png(clean(drawing.picture), width)


def png_of(drawing: Drawing, width: int) -> bytes:
    """The same for whoever asked for it. Raises Problems where nothing here paints."""
    from carescale.charts.png import NoPainter

    try:
        return as_png(drawing, width)
    except NoPainter as absent:
        hint = "or -o chart.svg, which needs nothing more"
        raise Problems([Problem("bad-option", str(absent), Position("--format"), hint)]) from None


def as_lines(drawing: Drawing, width: int, blocks: Blocks) -> list[str]:
    """A drawing in lines of text: its message, what it is, the picture."""
    return drawn(clean(drawing.picture), width, blocks)


def clean(picture: Picture) -> Picture:
    """A picture whose texts can be shown anywhere."""
    says, what, told, source = (_saying(text) for text in (picture.says, picture.what, picture.told, picture.source))
    return replace(picture, says=says, what=what, told=told, source=source, plot=_named(picture.plot, _name))


def _named(plot: Lines | Bars | Steps, name: Callable[[str], str]) -> Lines | Bars | Steps:
    match plot:
        case Lines():
            return replace(plot, series=[replace(one, name=name(one.name)) for one in plot.series])
        case Bars():
            return replace(plot, bars=[replace(one, name=name(one.name)) for one in plot.bars])
        case Steps():
            return replace(plot, steps=[replace(one, name=name(one.name)) for one in plot.steps])


def _name(text: str) -> str:
    return cut(" ".join(printable(text).split()), _LONGEST_NAME)


def _saying(text: str) -> str:
    return cut(" ".join(printable(text).split()), _LONGEST_SAYING)
