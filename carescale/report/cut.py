"""A screen with its longest texts cut: a name or note of a thousand words would push everything else out of sight."""

from __future__ import annotations

from dataclasses import replace

from carescale.report.blocks import Block, Headline, Line, Notes, Outline, Row, Screen, Table

_HEADLINE, _LINE, _CELL, _LABEL, _NOTE = 300, 1_500, 300, 80, 1_500  # characters; what ships is shorter


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, the last an ellipsis where some were left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def cut_screen(screen: Screen) -> list[Block]:
    """A screen that can be read whatever the files say; CSV, JSON, workbooks and pages keep every word."""
    return [_cut_block(block) for block in screen]


def _cut_block(block: Block) -> Block:
    match block:
        case Headline():
            return replace(block, text=cut(block.text, _HEADLINE))
        case Line():
            return replace(block, text=cut(block.text, _LINE))
        case Notes():
            return replace(block, items=tuple((cut(label, _LABEL), cut(text, _NOTE)) for label, text in block.items))
        case Outline():
            return replace(block, lines=tuple((depth, cut(text, _NOTE)) for depth, text in block.lines))
        case Table():
            headings = tuple(cut(heading, _CELL) for heading in block.headings)
            return replace(block, headings=headings, rows=tuple(map(_cut_row, block.rows)))


def _cut_row(row: Row) -> Row:
    return replace(row, cells=tuple(cut(cell, _CELL) for cell in row.cells))
