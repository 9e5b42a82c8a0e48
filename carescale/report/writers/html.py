"""Blocks as HTML: a page of their own, or parts of the live page. Text from files is escaped, never markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from carescale.charts.svg import WIDTH
from carescale.report.blocks import Block, Cell, Drawing, Heading, Headline, Line, Notes, Outline, Row, Said, Table
from carescale.report.formats import sentence, text
from carescale.report.writers.clean import printable
from carescale.report.writers.drawings import as_svg

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
td, th {{ padding: 0.1rem 1rem 0.1rem 0; text-align: right; vertical-align: top; font-weight: normal; }}
thead th {{ font-weight: bold; }}
.words, [scope="row"] {{ text-align: left; }}
.part > :first-child {{ padding-left: 1.5rem; }}
.section > *, .total > * {{ font-weight: bold; }}
.scroll {{ overflow-x: auto; }}
svg {{ max-width: 100%; height: auto; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""

CellText = Callable[[Cell], str]  # a cell as HTML


def write_html(blocks: Sequence[Block]) -> str:
    """A whole page, which says its encoding."""
    title = next((safe(sentence(block.said)) for block in blocks if isinstance(block, Headline)), "carescale")
    return _PAGE.format(title=title, body="\n".join(map(block_html, blocks)))


def safe(text: str) -> str:
    """Text as HTML that shows it."""
    return escape(printable(text)).replace("\n", "<br>")


def plain_cell(cell: Cell) -> str:
    """A cell as it is printed."""
    return safe(text(cell))


def block_html(block: Block, cell: CellText = plain_cell) -> str:
    """One block; `cell` writes what is in its sentences and rows."""
    match block:
        case Headline():
            return f"<h1>{said_html(block.said, cell)}</h1>"
        case Line():
            return f"<p>{said_html(block.said, cell)}</p>"
        case Notes():
            items = (f"<li><strong>{safe(label)}</strong>: {safe(said)}</li>" for label, said in block.items)
            return "\n".join([f"<h2>{safe(block.title)}</h2>", "<ul>", *items, "</ul>"])
        case Outline():
            return _outline(block)
        case Heading():
            return f"<h2>{safe(block.text)}</h2>"
        case Drawing():
            return as_svg(block, WIDTH)
        case Table():
            return table_html(block, cell)


def said_html(said: Said, cell: CellText) -> str:
    """A sentence with its values."""
    return "".join(map(cell, said))


def _outline(block: Outline) -> str:
    """Lines set in by depth, as lists in lists."""
    parts, depth = ["<ul>"], 0
    for level, said in block.lines:
        parts += ["<ul>"] * (level - depth) + ["</ul>"] * (depth - level) + [f"<li>{safe(said)}</li>"]
        depth = level
    return "\n".join([*parts, "</ul>" * (depth + 1)])


def table_html(block: Table, cell: CellText = plain_cell) -> str:
    """A table that scrolls by itself where the page is narrow; the first cell of a row names it.

    Cells and rows have no end tags and few quotes: HTML needs none, and a page that is mailed is a tenth smaller.
    """
    kinds = [column.kind for column in block.columns]
    headings = "".join(
        f"<th scope=col{_side(kind)}>{safe(column.heading)}" for kind, column in zip(kinds, block.columns, strict=True)
    )
    rows = (_row(row, kinds, cell) for row in block.rows)
    name = safe(" ".join(block.columns[0].heading.split()))
    around = f'<div class="scroll" role="region" tabindex="0" aria-label="{name}">'
    body = ["<table>", f"<thead><tr>{headings}</tr></thead>", f"<tbody>{''.join(rows)}</tbody></table>"]
    return "\n".join([around, *body, "</div>"])


def _row(row: Row, kinds: Sequence[str], cell: CellText) -> str:
    first, *others = row.cells
    cells = "".join(f"<td{_side(kind)}>{cell(one)}" for kind, one in zip(kinds[1:], others, strict=True))
    kind = "" if row.kind == "plain" else f" class={row.kind}"
    return f"<tr{kind}><th scope=row>{cell(first)}{cells}"


def _side(kind: str) -> str:
    """What a cell says of itself: numbers stand right, as most cells do, and words say so."""
    return "" if kind == "numbers" else " class=words"
