"""The sections of a conversation as HTML: eight headings, a way to each of them, and blanks that show as blanks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from carescale.report.blocks import Block, Heading, Line
from carescale.report.screens.conversation import BLANK, MONEY, SAID, SOURCE
from carescale.report.writers.html import safe

_CLASSES = {SAID: "", BLANK: "blank", SOURCE: "source", "by": "by", "quiet": "quiet"}


def talk_html(blocks: Sequence[Block], money: str, html: Callable[[Block], str]) -> Iterator[str]:
    """The blocks of a conversation, one section a heading; `money` is all that stands under the one about it."""
    sections = list(_sections(blocks))
    yield '<nav aria-label="On this page"><ol class="ways">'
    for number, (heading, _) in enumerate(sections, 1):
        yield f'<li><a href="#part-{number}">{safe(heading.text.partition(". ")[2])}</a>'
    yield '<li><a href="#care">Read with care</a></ol></nav>'
    for number, (heading, inside) in enumerate(sections, 1):
        yield f'<section aria-labelledby="part-{number}"><h2 id="part-{number}">{safe(heading.text)}</h2>'
        yield from (_block(block, html) for block in inside)
        yield f"{money if heading.part == MONEY else ''}</section>"


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[Heading, list[Block]]]:
    """Each of the eight headings with what stands under it."""
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.part != "sub"]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        heading = blocks[start]
        assert isinstance(heading, Heading)
        yield heading, list(blocks[start + 1 : end])


def _block(block: Block, html: Callable[[Block], str]) -> str:
    if isinstance(block, Heading):
        return f"<h3>{safe(block.text)}</h3>"
    found = html(block)
    name = _CLASSES.get(block.part, "") if isinstance(block, Line) else ""
    return found.replace("<p>", f'<p class="{name}">', 1) if name else found
