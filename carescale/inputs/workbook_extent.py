"""How much memory a sheet asks for: all cells up to the last that is filled, each text as often as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class Unfolds(Exception):
    """A workbook unfolds into more than any table; str() says into what."""


@dataclass
class Extent:
    """What a sheet takes: its reach, how many cells are filled, and the characters of their texts.

    `most_cells` are those of a sheet, empty ones between others included, at some 130 bytes each while they are read;
    `most_text` its characters.
    """

    most_cells: ClassVar[int] = 2_000_000
    most_text: ClassVar[int] = 30_000_000
    rows: int = 0
    columns: int = 0
    filled: int = 0
    text: int = 0

    def fill(self, row: int, column: int, times: int = 1) -> None:
        """Count a cell that is filled, its row and column counted from 1. Raises Unfolds."""
        self.filled += times
        if row > self.rows or column > self.columns:
            self.rows, self.columns = max(row, self.rows), max(column, self.columns)
            if self.rows * self.columns > self.most_cells:
                raise Unfolds(f"a sheet reaches over {self.rows:,} rows and {self.columns:,} columns")
        if self.filled > self.most_cells:
            raise Unfolds(f"a sheet has more than {self.most_cells:,} cells")

    def say(self, characters: int) -> None:
        """Count the characters of a text. Raises Unfolds."""
        self.text += characters
        if self.text > self.most_text:
            raise Unfolds(f"the texts of a sheet come to more than {self.most_text:,} characters")
