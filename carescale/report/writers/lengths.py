"""A screen with its longest texts cut: a name or note of a thousand words would push everything else out of sight."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from carescale.report.blocks import (
    Block,
    Cell,
    Column,
    Drawing,
    Heading,
    Headline,
    Line,
    Notes,
    Outline,
    Row,
    Said,
    Table,
)

_HEADLINE, _LINE, _CELL, _LABEL, _NOTE = 300, 1_500, 300, 80, 1_500  # characters; what ships is shorter


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, the last an ellipsis where some were left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def cut_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Blocks that can be read whatever the files say; CSV, JSON, workbooks and pages keep every word."""
    return [_cut_block(block) for block in blocks]


def _cut_block(block: Block) -> Block:
    match block:
        case Headline():
            return replace(block, said=_cut_cells(block.said, _HEADLINE))
        case Line():
            return replace(block, said=_cut_cells(block.said, _LINE))
        case Notes():
            return replace(block, items=tuple((cut(label, _LABEL), cut(text, _NOTE)) for label, text in block.items))
        case Outline():
            return replace(block, lines=tuple((depth, cut(text, _NOTE)) for depth, text in block.lines))
        case Drawing() | Heading():
            return block
        case Table():
            return replace(
                block, columns=tuple(map(_cut_heading, block.columns)), rows=tuple(map(_cut_row, block.rows))
            )


def _cut_heading(column: Column) -> Column:
    return replace(column, heading=cut(column.heading, _CELL))


def _cut_row(row: Row) -> Row:
    return replace(row, cells=_cut_cells(row.cells, _CELL))


def _cut_cells(cells: Said, most: int) -> Said:
    """The words among some cells cut; values are short."""
    return tuple(_cut_cell(cell, most) for cell in cells)


def _cut_cell(cell: Cell, most: int) -> Cell:
    return cut(cell, most) if isinstance(cell, str) else cell
