"""Screens in a terminal, with Rich. Text from files is never read as Rich's markup."""

from __future__ import annotations

import sys
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from carescale.report.blocks import Block, Headline, Line, Notes, Outline, Screen, Table
from carescale.report.clean import printable

_STYLES = {"section": "bold", "total": "bold", "plain": "", "part": ""}
_WIDEST = 120


def print_screen(screen: Screen, file: TextIO | None = None) -> None:
    """Print a screen, as wide as the terminal allows and no wider than is pleasant to read."""
    console = Console(file=file or sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=False)
    console.width = min(console.width, _WIDEST)
    with console.capture() as captured:
        for block in screen:
            console.print(_render(block))
    lines = captured.get().splitlines()
    console.file.write("\n".join(lines if console.is_terminal else (line.rstrip() for line in lines)) + "\n")


def _render(block: Block) -> RenderableType:
    match block:
        case Headline():
            return Padding(Text(printable(block.text), style="bold"), (0, 0, 0, 0))
        case Line():
            return Padding(Text(printable(block.text), style="dim"), (0, 0, 1, 0))
        case Notes():
            return _notes(block)
        case Outline():
            lines = (Padding(Text(printable(text)), (0, 0, 0, 2 * depth)) for depth, text in block.lines)
            return Padding(Group(*lines), (0, 0, 1, 0))
        case Table():
            return Padding(_table(block), (0, 0, 1, 0))


def _table(block: Table) -> RichTable:
    table = RichTable(
        box=None, padding=(0, 2, 0, 0), pad_edge=False, title=printable(block.title) or None, title_justify="left",
        caption=printable(block.caption) or None, caption_justify="left", header_style="bold underline",
    )  # fmt: skip
    for position, heading in enumerate(block.headings):
        words = position in block.words
        table.add_column(
            Text(printable(heading)), overflow="fold", no_wrap=not words,
            vertical="top", ratio=None,
        )  # fmt: skip
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
