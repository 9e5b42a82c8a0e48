"""The screen of `chart`: one picture, and the table behind it."""

from __future__ import annotations

from carescale.charts.svg import WIDTH, svg
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Column, Drawing, Records, Row, Screen, Table

FORMATS = ("svg", "png")


def chart_screen(drawing: Drawing, width: int = WIDTH) -> Screen:
    """A picture in every format: drawn, as text, and as the numbers behind it."""
    picture = drawing.picture
    first, *others = picture.headings
    table = Table((Column(first, "words"), *map(Column, others)), tuple(Row(tuple(row)) for row in picture.rows), "table")
    return Screen(
        blocks=lambda: [drawing, table],
        first=lambda: [drawing],
        records=Records(picture.headings, lambda: picture.rows),
        other={"svg": lambda: svg(picture, width) + "\n", "png": lambda: _png(drawing, width)},
    )


def _png(drawing: Drawing, width: int) -> bytes:
    from carescale.charts.png import NoPainter, png

    try:
        return png(drawing.picture, width)
    except NoPainter as absent:
        hint = "or -o chart.svg, which needs nothing more"
        raise Problems([Problem("bad-option", str(absent), Position("--format"), hint)]) from None
