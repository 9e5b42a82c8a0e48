"""The screen of `chart`: one picture, and the table behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from carescale.analysis.lookup import require_one_place
from carescale.analysis.projection import project
from carescale.case import Case
from carescale.charts.picture import Lines, Picture, Steps
from carescale.charts.svg import WIDTH
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Column, Drawing, Records, Row, Screen, Table
from carescale.report.formats import number
from carescale.report.pictures import draw, sources_said
from carescale.report.screens.sure import sure_view
from carescale.report.view import View
from carescale.report.words import name_of
from carescale.report.writers.drawings import as_svg, png_of

if TYPE_CHECKING:
    from carescale.analysis.simulate import Simulation

FORMATS = ("svg", "png")
OF_DRAWS = ("chance", "tornado")
_MOST_BARS = 12


def charted(case: Case, kind: str, payer: str, width: int, *, asked: str = "", sure: bool = False) -> Screen:
    """The picture of a kind; where none is named, when the money is back, or the rates of a table. Raises Problems.

    `asked` is the result of a tornado, or the intervention of plan-vs-actual; with `sure`, bands are those of draws.
    """
    kind = kind or ("cumulative" if case.areas is None else "rates")
    if asked and kind not in ("tornado", "plan-vs-actual"):
        message = "it names the result of a tornado, or the intervention of plan-vs-actual"
        raise Problems([Problem("bad-option", message, Position("--for"), "--kind tornado")])
    if kind != "rates":
        require_one_place(case)
        return chart_screen(_of_one_place(case, kind, payer, asked, sure=sure), width)
    if case.areas is None:
        message = "this is one place, and has no rates of areas to compare"
        raise Problems([Problem("bad-option", message, Position("--kind"), "name a table of areas")])
    return _rates(case, width)


def _of_one_place(case: Case, kind: str, payer: str, asked: str, *, sure: bool) -> Drawing:
    if kind == "plan-vs-actual":
        from carescale.analysis.track import track
        from carescale.report.screens.track import TrackScreen, drawing_of

        return drawing_of(TrackScreen(track(case)).blocks, asked)
    if kind not in OF_DRAWS:
        projection = project(case)
        return draw(sure_view(projection) if sure else View(projection), kind, payer)
    from carescale.analysis.simulate import simulate

    simulation = simulate(case)
    found = _tornado(simulation, payer, asked) if kind == "tornado" else _chance(simulation, payer)
    if not isinstance(found, Drawing):
        raise Problems([Problem("bad-option", found, Position("--kind"), f"carescale simulate {case.file} says why")])
    return found


def _tornado(simulation: Simulation, payer: str, asked: str) -> Drawing | str:
    from carescale.analysis.lookup import find_quantity
    from carescale.report.screens.simulate import SimulateScreen

    key = find_quantity(simulation.case, asked) if asked else ""
    place = SimulateScreen(simulation, key, payer=payer)
    source = sources_said(simulation.case, [place.chosen])
    return place.bars(_MOST_BARS, source) or f"no figure with a range moves {name_of(simulation.case, place.chosen)}"


def _chance(simulation: Simulation, payer: str) -> Drawing | str:
    from carescale.analysis.grounds import Intervals
    from carescale.report.pictures_of_draws import chance

    return chance(View(simulation.given), Intervals(simulation), payer)


def _rates(case: Case, width: int) -> Screen:
    """The rates of the first planned cohort of which some area has one."""
    from carescale.analysis.areas import project_areas
    from carescale.report.rates_picture import rates_drawing

    drawing = next(filter(None, map(rates_drawing, project_areas(case))), None)
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
        records=Records(_columns(picture), lambda: _numbers(picture)),
        other={"svg": lambda: as_svg(drawing, width) + "\n", "png": lambda: png_of(drawing, width)},
    )


def _columns(picture: Picture) -> Sequence[str]:
    """The headings of the numbers behind a picture."""
    if isinstance(picture.plot, Lines):
        return ["Month", *(name for name, _ in _lines(picture.plot))]
    return picture.headings


def _numbers(picture: Picture) -> Sequence[Sequence[Any]]:
    """The numbers behind a picture in full, month by month or step by step; of bars what stands beside them."""
    match picture.plot:
        case Lines():
            columns = [values for _, values in _lines(picture.plot)]
            return [(month, *map(number, row)) for month, row in enumerate(zip(*columns, strict=True))]
        case Steps(steps=steps):
            return [(step.name, number(step.amount)) for step in steps]
    return picture.rows


def _lines(plot: Lines) -> Iterator[tuple[str, Sequence[float | None]]]:
    """Each line, then the ends of its band."""
    for one in plot.series:
        yield one.name, one.values
        if one.low:
            yield from ((f"{one.name}, low", one.low), (f"{one.name}, high", one.high))
