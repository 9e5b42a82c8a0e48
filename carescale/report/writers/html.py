"""Blocks as an HTML page. Text from files is escaped, never markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from carescale.charts.svg import WIDTH
from carescale.report.blocks import Block, Drawing, Headline, Line, Notes, Outline, Table
from carescale.report.formats import sentence
from carescale.report.writers.clean import printable
from carescale.report.writers.columns import lined_up
from carescale.report.writers.drawings import as_svg

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
td, th {{ padding: 0.1rem 1rem 0.1rem 0; text-align: left; vertical-align: top; }}
.number {{ text-align: right; }}
.part td:first-child {{ padding-left: 1.5rem; }}
.section, .total {{ font-weight: bold; }}
pre {{ line-height: 1.2; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


def write_html(blocks: Sequence[Block]) -> str:
    """A whole page, which says its encoding."""
    title = next((_text(sentence(block.said)) for block in blocks if isinstance(block, Headline)), "carescale")
    return _PAGE.format(title=title, body="\n".join(map(_block, blocks)))


def _block(block: Block) -> str:
    match block:
        case Headline():
            return f"<h1>{_text(sentence(block.said))}</h1>"
        case Line():
            return f"<p>{_text(sentence(block.said))}</p>"
        case Notes():
            items = (f"<li><strong>{_text(label)}</strong>: {_text(said)}</li>" for label, said in block.items)
            return "\n".join([f"<h2>{_text(block.title)}</h2>", "<ul>", *items, "</ul>"])
        case Outline():
            return "\n".join(f'<p style="margin: 0 0 0 {depth}rem">{_text(said)}</p>' for depth, said in block.lines)
        case Drawing():
            return as_svg(block, WIDTH)
        case Table():
            return _table(block)


def _table(block: Table) -> str:
    cells = lined_up(block)
    headings = _cells(cells.kinds, cells.headings, "th")
    rows = (
        f'<tr class="{row.kind}">{_cells(cells.kinds, texts, "td")}</tr>'
        for row, texts in zip(block.rows, cells.rows, strict=True)
    )
    return "\n".join(["<table>", f"<thead><tr>{headings}</tr></thead>", "<tbody>", *rows, "</tbody>", "</table>"])


def _cells(kinds: Sequence[str], texts: Sequence[str], tag: str) -> str:
    """The cells of a row, without the padding that lines numbers up: the page sets them right."""
    plain = ("\n".join(line.strip() for line in said.split("\n")) for said in texts)
    sides = (' class="number"' if kind == "numbers" else "" for kind in kinds)
    return "".join(f"<{tag}{side}>{_text(said)}</{tag}>" for side, said in zip(sides, plain, strict=True))


def _text(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br>")
