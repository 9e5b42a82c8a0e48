"""A screen as an HTML page. Text from files is escaped, never markup."""

from __future__ import annotations

from html import escape

from carescale.report.blocks import Block, Headline, Line, Notes, Outline, Row, Screen, Table
from carescale.report.clean import printable

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
</style>
</head>
<body>
{body}
</body>
</html>
"""


def write_html(screen: Screen) -> str:
    """A whole page, which says its encoding."""
    title = next((_text(block.text) for block in screen if isinstance(block, Headline)), "carescale")
    return _PAGE.format(title=title, body="\n".join(_block(block) for block in screen))


def _block(block: Block) -> str:
    match block:
        case Headline():
            return f"<h1>{_text(block.text)}</h1>"
        case Line():
            return f"<p>{_text(block.text)}</p>"
        case Notes():
            items = (f"<li><strong>{_text(label)}</strong>: {_text(text)}</li>" for label, text in block.items)
            return "\n".join([f"<h2>{_text(block.title)}</h2>", "<ul>", *items, "</ul>"])
        case Outline():
            return "\n".join(f'<p style="margin: 0 0 0 {depth}rem">{_text(text)}</p>' for depth, text in block.lines)
        case Table():
            return _table(block)


def _table(block: Table) -> str:
    headings = _cells(block, Row(block.headings), "th")
    rows = (f'<tr class="{row.kind}">{_cells(block, row, "td")}</tr>' for row in block.rows)
    return "\n".join(["<table>", f"<thead><tr>{headings}</tr></thead>", "<tbody>", *rows, "</tbody>", "</table>"])


def _cells(block: Table, row: Row, tag: str) -> str:
    kinds = ("" if position in block.words else ' class="number"' for position in range(len(row.cells)))
    texts = ("\n".join(line.strip() for line in cell.split("\n")) for cell in row.cells)  # the page sets them right
    return "".join(f"<{tag}{kind}>{_text(text)}</{tag}>" for kind, text in zip(kinds, texts, strict=True))


def _text(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br>")
