"""How long pictures and pages take, as ratios in one run: a chart to `project`, and PNG to SVG."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from carescale import load, project
from carescale.charts.picture import Picture
from carescale.charts.png import png
from carescale.charts.svg import svg
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


OURS = """
from pathlib import Path
import font_source_sans_pro as font, resvg_py
resvg_py.svg_to_bytes(svg_string=Path(sys.argv[1]).read_text(encoding="utf-8"), zoom=2, skip_system_fonts=True,
                      font_files=[font.SourceSansPro, font.SourceSansProBold], font_family="Source Sans Pro")
"""
THEIRS = """
import io, matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot
figure, axes = pyplot.subplots(figsize=(7.2, 4.6), dpi=200)
axes.fill_between(range(61), [-173_000] * 61, [month * 80_000 for month in range(61)], alpha=0.15)
axes.plot([month * 70_000 for month in range(61)])
axes.set_title("Shared Lives: the money is back in month 15 (council)")
figure.savefig(io.BytesIO(), format="png")
"""


def from_nothing(script: str, path: Path) -> float:
    """Seconds that a picture takes in a process of its own, libraries and all, as each command is one; 0 for none."""
    timed = f"import sys, time\nstart = time.perf_counter()\n{script}\nprint(time.perf_counter() - start)"
    runs = [subprocess.run([sys.executable, "-c", timed, str(path)], capture_output=True, text=True) for _ in range(5)]
    return min((float(run.stdout) for run in runs if run.returncode == 0), default=0.0)


def beside_matplotlib(picture: Picture) -> str:
    """A picture of the same size by matplotlib, which the project does not need: only where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.svg"
        path.write_text(svg(picture), encoding="utf-8")
        theirs, ours = from_nothing(THEIRS, path), from_nothing(OURS, path)
    return f"{ours / theirs:7.2f} of its time" if theirs else "not measured: pip install matplotlib"


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
    print(f"PNG beside matplotlib  {beside_matplotlib(drawing.picture)}")
    page = seconds(lambda: write_page(View(project(load("birmingham"))), PlaceScreen(projected()).blocks, "carescale"))
    print(f"project and page       {page / base:7.2f} of project")


if __name__ == "__main__":
    main()
