"""Screens in a terminal, with Rich. Text from files is never read as Rich's markup."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from carescale.report.blocks import Block, Headline, Line, Notes, Outline, Screen, Table
from carescale.report.clean import printable
from carescale.report.cut import cut_screen

_STYLES = {"section": "bold", "total": "bold", "plain": "", "part": ""}
_NARROWEST, _WIDEST = 40, 120
_SHORTEST_WORDS = 16  # a column of words is not squeezed below this, or below its longest word


def print_screen(screen: Screen, file: TextIO | None = None) -> None:
    """Print a screen, as wide as the terminal allows and no wider than is pleasant to read."""
    console = Console(
        file=file or sys.stdout, highlight=False, markup=False, emoji=False,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
    )  # fmt: skip
    screen, width = cut_screen(screen), max(_NARROWEST, min(console.width, _WIDEST))
    with console.capture() as captured:
        for position, block in enumerate(screen):
            if position and not isinstance(screen[position - 1], Headline):
                console.print()
            console.width = max(width, _narrowest(block))
            console.print(_render(block))
    lines = captured.get().splitlines()
    console.file.write("\n".join(lines if console.is_terminal else (line.rstrip() for line in lines)) + "\n")


def _narrowest(block: Block) -> int:
    """The width below which a table's numbers would be cut; a terminal that is narrower wraps its lines instead."""
    if not isinstance(block, Table):
        return 0
    columns = zip(block.headings, *(row.indented for row in block.rows), strict=True)
    widths = [_narrowest_column(column, fold=block.may_fold(i), first=not i) for i, column in enumerate(columns)]
    return sum(width + 2 for width in widths) - 2


def _narrowest_column(cells: tuple[str, ...], *, fold: bool, first: bool) -> int:
    """The widest line; of words that may fold, the longest word, in the first column set in as a part may be."""
    lines = [line for cell in cells for line in printable(cell).split("\n")]
    if fold:
        return min(_SHORTEST_WORDS, 2 * first + max(cell_len(word) for line in lines for word in ("", *line.split())))
    return max(map(cell_len, lines))


def _render(block: Block) -> RenderableType:
    match block:
        case Headline():
            return Text(printable(block.text), style="bold")
        case Line():
            return Text(printable(block.text), style="dim")
        case Notes():
            return _notes(block)
        case Outline():
            return Group(*(Padding(Text(printable(text)), (0, 0, 0, 2 * depth)) for depth, text in block.lines))
        case Table():
            return _table(block)


def _table(block: Table) -> RichTable:
    table = RichTable(
        box=None, padding=(0, 2, 0, 0), pad_edge=False, title=printable(block.title) or None, title_justify="left",
        header_style="bold underline",
    )  # fmt: skip
    for position, heading in enumerate(block.headings):
        table.add_column(Text(printable(heading)), overflow="fold", no_wrap=not block.may_fold(position))
    for row in block.rows:
        name = Padding(Text(printable(row.cells[0])), (0, 0, 0, 2 if row.kind == "part" else 0))
        table.add_row(name, *(Text(printable(cell)) for cell in row.cells[1:]), style=_STYLES[row.kind])
    return table


def _notes(block: Notes) -> RichTable:
    grid = RichTable(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=True, header_style="bold underline")
    grid.add_column(Text(printable(block.title)), no_wrap=True, vertical="top")
    grid.add_column("", ratio=1, overflow="fold")
    previous = ""
    for label, text in block.items:
        grid.add_row(Text("" if label == previous else printable(label)), Text(printable(text)))
        previous = label
    return grid
