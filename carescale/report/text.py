"""Screens as plain text, Markdown and whatever else tabulate can write."""

from __future__ import annotations

from carescale.report.blocks import Block, Headline, Line, Notes, Outline, Row, Screen, Table
from carescale.report.clean import printable
from carescale.report.cut import cut_screen
from carescale.report.markdown import markdown_paragraph, markdown_text

MARKDOWN = ("markdown", "github", "pipe")
HTML = ("html", "unsafehtml")


def text_formats() -> list[str]:
    """The formats that tabulate knows."""
    from tabulate import tabulate_formats

    return list(tabulate_formats)


def write_text(screen: Screen, style: str) -> str:
    """A screen in one of tabulate's formats; `markdown` is GitHub's, and HTML a page of its own."""
    if style in HTML:
        from carescale.report.html import write_html

        return write_html(screen)
    markdown = style in MARKDOWN
    return (
        "\n\n".join(
            _block(block, "pipe" if style == "markdown" else style, markdown=markdown) for block in cut_screen(screen)
        )
        + "\n"
    )


def _block(block: Block, style: str, *, markdown: bool) -> str:
    match block:
        case Headline():
            return _strong(block.text, markdown=markdown)
        case Line():
            return markdown_paragraph(block.text) if markdown else printable(block.text)
        case Notes():
            mark = "- " if markdown else ""
            items = [f"{mark}{_safe(f'{label}: {text}', markdown=markdown)}" for label, text in block.items]
            title = _strong(block.title if markdown else f"{block.title}:", markdown=markdown)
            return "\n".join([title + "\n" * markdown, *items])
        case Outline():
            bullet = "- " if markdown else ""
            return "\n".join(f"{'  ' * depth}{bullet}{_safe(text, markdown=markdown)}" for depth, text in block.lines)
        case Table():
            return _table(block, style, markdown=markdown)


def _table(block: Table, style: str, *, markdown: bool) -> str:
    from tabulate import tabulate

    rows = [[_safe(_trimmed(row, i, markdown), markdown=markdown) for i in range(len(row.cells))] for row in block.rows]
    headings = [_safe(" ".join(heading.split()), markdown=markdown) for heading in block.headings]
    sides = ["left" if position in block.words else "right" for position in range(len(headings))]
    text = tabulate(rows, headings, tablefmt=style, colalign=sides, disable_numparse=True, preserve_whitespace=True)
    return "\n\n".join(filter(None, [_safe(block.title, markdown=markdown), text]))


def _strong(text: str, *, markdown: bool) -> str:
    return f"**{markdown_text(text)}**" if markdown else printable(text)


def _trimmed(row: Row, position: int, markdown: bool) -> str:
    """A cell; in Markdown without the padding that lines numbers up, since the reader's table does that."""
    cell = row.indented[position]
    return cell.strip() if markdown and position else cell


def _safe(text: str, *, markdown: bool) -> str:
    return markdown_text(text) if markdown else printable(text)
