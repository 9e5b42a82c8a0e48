"""How sure the results are, as HTML that the script of a page writes anew: a table, and the chance by month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from carescale.charts.svg import WIDTH, plot_svg
from carescale.report.page.draws import COLUMNS, DRAWS, Draws
from carescale.report.writers.drawings import clean
from carescale.report.writers.html import safe


def sure_html(draws: Draws) -> Iterator[str]:
    """The table of intervals, and the picture of the chance that the money is back."""
    yield "<h2>How sure</h2>"
    yield (
        f'<p class="small quiet">Each figure with a range is drawn {DRAWS:,} times within it, and all is worked out '
        f"for each draw, as <code>carescale simulate --draws {DRAWS}</code> does. No interval holds how weak the "
        "evidence is, what is not known, what later evidence contradicts, or what is wrong with the sums themselves. "
        "A range that covers 80% has more beyond its ends, so 9 of 10 draws can lie wider than worst and best.</p>"
    )
    heads = "".join(f'<th scope="col">{safe(name)}' for name in COLUMNS)
    rows = "".join(
        f'<tr><th scope="row">{safe(name)}{_cells(cells, " data-draw")}</tr>' for name, *cells in draws.rows()
    )
    table = _table("sure", f'<th scope="col" class="words">Net saving a year{heads}', rows)
    around = f'<div class="scroll" role="region" tabindex="0" aria-label="How sure">{table}</div>'
    yield f'<details class="table" open><summary>9 draws of 10</summary>{around}</details>'
    yield from _chance(draws)


def _chance(draws: Draws) -> Iterator[str]:
    block = draws.drawing
    if block is None:
        return
    picture = clean(block.picture)
    source = re.sub(r", seed .*", ".", picture.source)  # the draws of a page are always the same
    first, *others = picture.headings
    heads = f'<th scope="col" class="words">{first}' + "".join(f'<th scope="col">{safe(name)}' for name in others)
    rows = "".join(f'<tr><th scope="row">{month}{_cells(cells)}</tr>' for month, *cells in picture.rows)
    table = _table("chance-table", heads, rows)
    drawn = plot_svg(picture, WIDTH, "chance-drawing").replace("chance-drawing-told", "chance-told")
    yield (
        f'<figure id="chance"><figcaption><strong id="chance-says">{safe(picture.says)}</strong>'
        f'<span class="what">{safe(picture.what)}</span></figcaption>{drawn}'
        f'<p id="chance-told" class="small">{safe(picture.told)}</p><p class="source">{safe(source)}</p>'
        f"<details><summary>The numbers of this picture</summary>{table}</details></figure>"
    )


def _cells(cells: Iterable[str], mark: str = "") -> str:
    return "".join(f"<td{mark}>{safe(cell)}" for cell in cells)


def _table(name: str, heads: str, rows: str) -> str:
    return f'<table id="{name}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
