"""How long pictures and pages take, as ratios in one run: a chart to `project`, and PNG to SVG."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

from carescale import load, project
from carescale.charts.png import png
from carescale.charts.svg import svg
from carescale.report.blocks import Drawing
from carescale.report.page.writer import write_page
from carescale.report.pictures import draw
from carescale.report.screens.project import PlaceScreen
from carescale.report.view import View


def seconds(what: Callable[[], object], turns: int = 5) -> float:
    """The best of some turns."""
    found = []
    for _ in range(turns):
        start = time.perf_counter()
        what()
        found.append(time.perf_counter() - start)
    return min(found)


def beside_matplotlib(drawing: Drawing, painted: float) -> str:
    """The same lines and band by matplotlib, which the project does not need: only where it is installed."""
    try:
        import matplotlib
    except ImportError:
        return "not measured: pip install matplotlib"
    matplotlib.use("Agg")
    from matplotlib import pyplot

    (line,) = drawing.picture.plot.series

    def paint() -> None:
        figure, axes = pyplot.subplots(figsize=(7.2, 4.6), dpi=200)
        axes.fill_between(range(len(line.low)), line.low, line.high, alpha=0.15)
        axes.plot(line.values)
        axes.set_title(drawing.picture.says)
        figure.savefig(io.BytesIO(), format="png")
        pyplot.close(figure)

    return f"{painted / seconds(paint):7.2f} of its time"


def main() -> None:
    def projected() -> View:
        view = View(project(load("birmingham")))
        list(view.projection)
        return view

    view = projected()
    drawing = draw(view, "cumulative")
    base = seconds(projected)
    chart = seconds(lambda: svg(draw(projected(), "cumulative").picture))
    print(f"project                {base * 1e3:7.1f} ms")
    print(f"project and SVG        {chart / base:7.2f} of that")
    painted, drawn = seconds(lambda: png(drawing.picture)), seconds(lambda: svg(drawing.picture))
    print(f"PNG of a picture       {painted * 1e3:7.1f} ms, {painted / drawn:.0f} times its SVG")
    print(f"PNG beside matplotlib  {beside_matplotlib(drawing, painted)}")
    page = seconds(lambda: write_page(View(project(load("birmingham"))), PlaceScreen(projected()).blocks, "carescale"))
    print(f"project and page       {page / base:7.2f} of project")


if __name__ == "__main__":
    main()
