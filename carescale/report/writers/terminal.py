"""Blocks in a terminal, with Rich. Text from files is never read as Rich's markup; no line is broken inside a word."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from carescale.report.blocks import (
    CONTRADICTED,
    NOT_KNOWN,
    Block,
    Cell,
    Drawing,
    Heading,
    Headline,
    Line,
    Notes,
    Outline,
    Table,
)  # fmt: skip
from carescale.report.formats import sentence, text
from carescale.report.writers.clean import printable
from carescale.report.writers.columns import Lined, lined_up, with_columns
from carescale.report.writers.lengths import cut_blocks

_STYLES = {"section": "bold", "total": "bold", "plain": "", "part": ""}
_NARROWEST, _WIDEST = 40, 120
_LONGEST_WORD = 30  # letters; a column of words is squeezed to its longest word, and only a longer one is broken
_GAP = 2  # between columns


def print_screen(blocks: Sequence[Block], file: TextIO | None = None) -> None:
    """Print blocks, as wide as the terminal allows and no wider than is pleasant to read."""
    console = Console(
        file=file or sys.stdout, highlight=False, markup=False, emoji=False,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
    )  # fmt: skip
    blocks, width = cut_blocks(blocks), max(_NARROWEST, min(console.width, _WIDEST))
    with console.capture() as captured:
        for position, block in enumerate(blocks):
            if position and not isinstance(blocks[position - 1], Headline):
                console.print()
            console.width = width
            for piece in pieces(block, width):
                console.width = max(width, _needs(piece))
                console.print(_render(piece, console))
    lines = captured.get().splitlines()
    console.file.write("\n".join(lines if console.is_terminal else (line.rstrip() for line in lines)) + "\n")


def pieces(block: Block, width: int) -> Iterator[Block]:
    """A table that is wider than the window in several, one under the other, each with the first column."""
    if not isinstance(block, Table):
        yield block
        return
    widths, kept = _widths(block), [0]
    for position in range(1, len(widths)):
        if len(kept) > 1 and sum(widths[i] + _GAP for i in [*kept, position]) - _GAP > width:
            yield with_columns(block, kept)
            kept = [0]
        kept.append(position)
    yield with_columns(block, kept)


def _needs(block: Block) -> int:
    """The width below which a table's numbers would be cut; a terminal that is narrower wraps its lines instead."""
    return sum(width + _GAP for width in _widths(block)) - _GAP if isinstance(block, Table) else 0


def _widths(block: Table) -> list[int]:
    """The narrowest that each column may be: its widest line, or of words that may fold the longest word."""
    cells = lined_up(block)
    set_in = 2 * any(row.kind == "part" for row in block.rows)
    return [_narrowest(cells, position, 0 if position else set_in) for position in range(len(block.columns))]


def _narrowest(cells: Lined, position: int, set_in: int) -> int:
    lines = [line for cell in cells.column(position) for line in printable(cell).split("\n")]
    widest = max(map(cell_len, lines))
    if not cells.may_fold(position):
        return widest
    longest = max(cell_len(word) for line in lines for word in ("", *line.split()))
    return set_in + min(widest, longest, _LONGEST_WORD)


def _render(block: Block, console: Console) -> RenderableType:
    width = console.width
    match block:
        case Headline():
            return Text(printable(sentence(block.said)), style="bold")
        case Line():
            return Text(printable(sentence(block.said)), style="dim")
        case Notes():
            return _notes(block, width)
        case Outline():
            return Group(*(Padding(Text(printable(said)), (0, 0, 0, 2 * depth)) for depth, said in block.lines))
        case Heading():
            return Text(printable(block.text), style="bold underline")
        case Drawing():
            return _drawing(block, width, ascii_only=console.options.ascii_only)
        case Table():
            return _table(block)


def _table(block: Table) -> RichTable:
    cells: Lined = lined_up(block)
    table = RichTable(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold underline")
    for position, heading in enumerate(cells.headings):
        table.add_column(Text(printable(heading)), overflow="fold", no_wrap=not cells.may_fold(position))
    for row, texts in zip(block.rows, cells.rows, strict=True):
        name = Padding(Text(printable(texts[0])), (0, 0, 0, 2 if row.kind == "part" else 0))
        others = (Text(printable(said), _colour(cell)) for cell, said in zip(row.cells[1:], texts[1:], strict=True))
        table.add_row(name, *others, style=_STYLES[row.kind])
    return table


def _drawing(block: Drawing, width: int, *, ascii_only: bool) -> RenderableType:
    """The picture in block characters, or in plain ones where the terminal has no others."""
    from carescale.charts.blocks import ASCII, UNICODE
    from carescale.report.writers.drawings import as_lines

    says, *lines = as_lines(block, width, ASCII if ascii_only else UNICODE)
    source = Text(printable(block.picture.source), style="dim")
    return Group(Text(printable(says), style="bold"), *(Text(printable(line)) for line in lines), source)


def _colour(cell: Cell) -> str:
    """What a reader must not miss; the mark, the words or the sign say the same."""
    if isinstance(cell, str):
        return ""
    if cell.absent == NOT_KNOWN:
        return "magenta"
    if text(cell).startswith("−"):
        return "red"
    return "yellow" if CONTRADICTED in cell.marks else ""


def _notes(block: Notes, width: int) -> RenderableType:
    grid = RichTable(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=True, header_style="bold underline")
    labels = max(map(cell_len, (block.title, *(printable(label) for label, _ in block.items))))
    grid.add_column(Text(printable(block.title)), no_wrap=True, vertical="top")
    grid.add_column("", ratio=1, overflow="fold")
    previous = ""
    for label, said in block.items:
        shown = _one_line(printable(said), width - labels - _GAP) if block.brief else printable(said)
        grid.add_row(Text("" if label == previous else printable(label)), Text(shown))
        previous = label
    return grid


def _one_line(said: str, width: int) -> str:
    """As much as one line holds, cut at the end of a word; the whole is one option away."""
    said = " ".join(said.split())
    if cell_len(said) <= width:
        return said
    kept = ""
    for word in said.split():
        if cell_len(f"{kept} {word} …") > width:
            break
        kept = f"{kept} {word}".strip()
    return f"{kept} …"
