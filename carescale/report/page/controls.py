"""What a page lets its reader change: each figure with its number, where it comes from, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from carescale.case import Case
from carescale.engine.keys import outermost
from carescale.figures import Figure
from carescale.report.page.live import Live
from carescale.report.screens.explain import about_figure
from carescale.report.words import name_of, place_of, printed
from carescale.report.writers.html import safe


def controls(live: Live) -> Iterator[str]:
    """The figures that move the result most, and the rest under a fold for each intervention."""
    found = live.figures
    first, rest = found[: live.moving], found[live.moving :]
    yield f"<h3>These move the result most</h3>{_list(live, first, full=True)}" if first else ""
    for path, some in groupby(sorted(rest, key=_whose), _whose):
        name = place_of(live.case, path) or "For all of them"
        yield f"<details><summary>{safe(name)}</summary>{_list(live, some, full=False)}</details>"


def _whose(figure: Figure) -> str:
    return outermost(figure.name)


def _list(live: Live, figures: Iterable[Figure], *, full: bool) -> str:
    return f'<ul class="figures">{"".join(_item(live, figure, full=full) for figure in figures)}</ul>'


def _item(live: Live, figure: Figure, *, full: bool) -> str:
    name, named = _names(live.case, figure, full=full)
    origin, *about = about_figure(figure)
    source = figure.citation.source if figure.citation else None
    origin = origin.replace(str(source), f"{source.publisher}, {source.year}") if source else origin
    origin = origin.removesuffix(f" [{figure.position}]")
    if figure.detail.solve:
        quantity = figure.detail.solve.quantity
        about = [one.replace(quantity, name_of(live.case, quantity)) for one in about]
    more = "".join(f"<p>{safe(one[:1].upper() + one[1:])}" for one in about)
    folded = f"<details><summary>More</summary>{more}</details>" if more else ""
    return (
        f"<li data-figure={live.keys.index(figure.name)}{named}>"
        f"<em>{safe(name)}</em> <span>{safe(printed(figure))}</span>"
        f"<p>{safe(origin[:1].upper() + origin[1:])}{folded}"
    )


def _names(case: Case, figure: Figure, *, full: bool) -> tuple[str, str]:
    """What a figure is called in its list, and how the script finds its whole name: after that of the list or not."""
    whole, whose = name_of(case, figure.name), place_of(case, _whose(figure))
    if full or not whole.startswith((f"{whose}, ", f"{whose}: ")):
        return whole, ""
    between, short = whole[len(whose) : len(whose) + 2], whole[len(whose) + 2 :]
    name = f"{short[:1].upper()}{short[1:]}"
    lowered = name[:1].lower() + name[1:] == short
    return name, f" data-after={between[0]}" if lowered else f' data-full="{safe(whole)}"'
