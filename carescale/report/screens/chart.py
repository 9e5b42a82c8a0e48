"""The screen of `chart`: one picture, and the table behind it."""

from __future__ import annotations

from carescale.analysis.lookup import require_one_place
from carescale.analysis.projection import project
from carescale.case import Case
from carescale.charts.svg import WIDTH
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Column, Drawing, Records, Row, Screen, Table
from carescale.report.pictures import draw
from carescale.report.view import View
from carescale.report.writers.drawings import as_png, as_svg

FORMATS = ("svg", "png")


def charted(case: Case, kind: str, payer: str, width: int) -> Screen:
    """The picture of a kind; where none is named, when the money is back, or the rates of a table. Raises Problems."""
    kind = kind or ("cumulative" if case.areas is None else "rates")
    if kind != "rates":
        require_one_place(case)
        return chart_screen(draw(View(project(case)), kind, payer), width)
    if case.areas is None:
        message = "this is one place, and has no rates of areas to compare"
        raise Problems([Problem("bad-option", message, Position("--kind"), "name a table of areas")])
    return _rates(case, width)


def _rates(case: Case, width: int) -> Screen:
    """The rates of the first cohort that is planned over the areas."""
    from carescale.analysis.areas import project_areas
    from carescale.report.rates_picture import rates_drawing

    drawing = rates_drawing(project_areas(case)[0])
    if drawing is None:
        raise Problems([Problem("bad-option", "no area of this table has a rate", Position(case.file))])
    return chart_screen(drawing, width)


def chart_screen(drawing: Drawing, width: int = WIDTH) -> Screen:
    """A picture in every format: drawn, as text, and as the numbers behind it."""
    picture = drawing.picture
    first, *others = picture.headings
    columns, rows = (Column(first, "words"), *map(Column, others)), (Row(tuple(row)) for row in picture.rows)
    table = Table(columns, tuple(rows), "table")
    return Screen(
        blocks=lambda: [drawing, table],
        first=lambda: [drawing],
        records=Records(picture.headings, lambda: picture.rows),
        other={"svg": lambda: as_svg(drawing, width) + "\n", "png": lambda: _png(drawing, width)},
    )


def _png(drawing: Drawing, width: int) -> bytes:
    from carescale.charts.png import NoPainter

    try:
        return as_png(drawing, width)
    except NoPainter as absent:
        hint = "or -o chart.svg, which needs nothing more"
        raise Problems([Problem("bad-option", str(absent), Position("--format"), hint)]) from None
