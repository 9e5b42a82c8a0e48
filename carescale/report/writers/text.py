"""Blocks as plain text, Markdown and whatever else tabulate can write."""

from __future__ import annotations

from collections.abc import Sequence

from carescale.report.blocks import Block, Drawing, Heading, Headline, Line, Notes, Outline, Table
from carescale.report.formats import sentence
from carescale.report.writers.clean import printable
from carescale.report.writers.columns import lined_up, set_in
from carescale.report.writers.lengths import cut_blocks
from carescale.report.writers.markdown import markdown_paragraph, markdown_text

_WIDTH = 80  # of a picture in text
MARKDOWN = ("markdown", "github", "pipe")
HTML = ("html", "unsafehtml")


def text_formats() -> list[str]:
    """The formats that tabulate knows."""
    from tabulate import tabulate_formats

    return list(tabulate_formats)


def write_text(blocks: Sequence[Block], style: str) -> str:
    """Blocks in one of tabulate's formats; `markdown` is GitHub's, and HTML a page of its own."""
    if style in HTML:
        from carescale.report.writers.html import write_html

        return write_html(blocks)
    markdown, format_ = style in MARKDOWN, "pipe" if style == "markdown" else style
    return "\n\n".join(_block(block, format_, markdown=markdown) for block in cut_blocks(blocks)) + "\n"


def _block(block: Block, style: str, *, markdown: bool) -> str:
    match block:
        case Headline():
            return _strong(sentence(block.said), markdown=markdown)
        case Line():
            said = sentence(block.said)
            return markdown_paragraph(said) if markdown else printable(said)
        case Notes():
            mark = "- " if markdown else ""
            items = [
                f"{mark}{_safe(f'{label}: {said}' if label else said, markdown=markdown)}"
                for label, said in block.items
            ]
            title = _strong(block.title if markdown else f"{block.title}:", markdown=markdown)
            return "\n".join([title + "\n" * markdown, *items] if block.title else items)
        case Outline():
            bullet = "- " if markdown else ""
            return "\n".join(f"{'  ' * depth}{bullet}{_safe(said, markdown=markdown)}" for depth, said in block.lines)
        case Heading():
            return f"## {markdown_text(block.text)}" if markdown else printable(block.text)
        case Drawing():
            return _drawing(block, markdown=markdown)
        case Table():
            return _table(block, style, markdown=markdown)


def _chart(title: str, lines: Sequence[str], *, markdown: bool) -> str:
    """A picture in lines; in Markdown as code, which keeps their blanks, so that everything stands where it should."""
    lines = [printable(line) for line in lines]
    if not markdown:
        return "\n".join([printable(title), *lines])
    fence = "`" * max(3, 1 + max((len(run) for line in lines for run in _ticks(line)), default=0))
    return "\n".join([f"{_strong(title, markdown=True)}\n", f"{fence}text", *lines, fence])


def _drawing(block: Drawing, *, markdown: bool) -> str:
    from carescale.charts.blocks import UNICODE
    from carescale.report.writers.drawings import as_lines

    says, *lines = as_lines(block, _WIDTH, UNICODE)
    source = block.picture.source
    after = f"\n{markdown_paragraph(source)}" if markdown else printable(source)
    return f"{_chart(says, lines, markdown=markdown)}\n{after}"


def _ticks(line: str) -> list[str]:
    return "".join(letter if letter == "`" else " " for letter in line).split()


def _table(block: Table, style: str, *, markdown: bool) -> str:
    from tabulate import tabulate

    cells = lined_up(block)
    texts = [set_in(row, row_texts) for row, row_texts in zip(block.rows, cells.rows, strict=True)]
    rows = [[_safe(_trimmed(said, i, markdown), markdown=markdown) for i, said in enumerate(row)] for row in texts]
    headings = [_safe(" ".join(heading.split()), markdown=markdown) for heading in cells.headings]
    sides = ["right" if kind == "numbers" else "left" for kind in cells.kinds]
    return tabulate(rows, headings, tablefmt=style, colalign=sides, disable_numparse=True, preserve_whitespace=True)


def _trimmed(said: str, position: int, markdown: bool) -> str:
    """A cell; in Markdown without the padding that lines numbers up, since the reader's table does that."""
    return said.strip() if markdown and position else said


def _strong(text: str, *, markdown: bool) -> str:
    return f"**{markdown_text(text)}**" if markdown else printable(text)


def _safe(text: str, *, markdown: bool) -> str:
    return markdown_text(text) if markdown else printable(text)
