"""What counts the cells and texts of a workbook's XML as it streams by, by element."""

from __future__ import annotations

import re
from typing import ClassVar

from msgspec import Struct


class Unfolds(Exception):
    """A workbook unfolds into more than any table; str() says into what."""


class Extent(Struct):
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


_REFERENCE = re.compile(r"([A-Za-z]*)([0-9]*)")


def _local(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]


class Strings:
    """The lengths of the texts that the cells of an XLSX share."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.extent = Extent()

    def start(self, name: str, _: dict[str, str]) -> None:
        if _local(name) == "si":
            self.lengths.append(0)
            if len(self.lengths) > Extent.most_cells:
                raise Unfolds(f"its cells share more than {Extent.most_cells:,} texts")

    def end(self, name: str) -> None:
        """Nothing is to be done at the end of an element."""

    def say(self, text: str) -> None:
        self.extent.say(len(text))
        if self.lengths:
            self.lengths[-1] += len(text)


class Sheet:
    """The cells of a sheet of an XLSX: those with a value count, those that are only coloured do not."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.shown = 0  # cells that show a shared text
        self.has_texts = False  # of its own
        self.row, self.column = -1, 0  # where the next cell stands that does not say so
        self.cell: tuple[int, int] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name) if ":" in name else name
        if name == "c":
            self.cell = self._position(attributes.get("r"))
            kind = attributes.get("t")
            if kind == "s":
                self.shown += 1
            elif kind and kind not in _NO_TEXT:
                self.has_texts = True
        elif name == "row":
            self.cell, self.column = None, 0
            self.row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else self.row + 1
        elif self.cell and name in ("v", "is"):
            self.extent.fill(*self.cell)
            self.cell = None

    def _position(self, reference: str | None) -> tuple[int, int]:
        """The row and column of a cell, from 1: by its own reference, else after the cell before it."""
        if reference is None:
            self.column += 1
            return self.row + 1, self.column
        match = _REFERENCE.match(reference)
        letters, digits = match.groups() if match else ("", "")
        self.column = _column(letters)
        return int(digits[:20] or 0), self.column


_NO_TEXT = ("n", "b", "e")  # kinds of cell: numbers, truths, errors


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:12].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class Texts:
    """The texts of a sheet of an XLSX, each as often as it is shown."""

    def __init__(self, lengths: list[int]) -> None:
        self.extent, self.lengths = Extent(), lengths
        self.shared = self.value = False
        self.number = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self.shared = attributes.get("t") == "s"
        self.value = local == "v" and self.shared
        self.number = ""

    def end(self, name: str) -> None:
        if self.value and self.number.strip().isdecimal():
            index = int(self.number)
            self.extent.say(self.lengths[index] if index < len(self.lengths) else 0)
        self.value = False

    def say(self, text: str) -> None:
        if self.value:
            self.number += text[:20]
        else:
            self.extent.say(len(text))


class OpenDocument:
    """The sheets of an OpenDocument spreadsheet, whose cells and rows may be repeated; all are held at once."""

    def __init__(self) -> None:
        self.extent, self.whole = Extent(), 0
        self.row = self.rows = self.column = self.columns = 0
        self.characters = 0
        self.filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._next_sheet()
        elif name == "table:table-row":
            self.row, self.column = self.row + self.rows, 0
            self.rows = _times(attributes.get("table:number-rows-repeated"))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.columns = _times(attributes.get("table:number-columns-repeated"))
            self.column += self.columns
            self.characters = len(attributes.get("office:string-value", ""))
            self.filled = not _VALUES.isdisjoint(attributes)
            if self.filled:
                self.extent.fill(self.row + self.rows, self.column, self.rows * self.columns)
        elif name == "text:s":
            self.characters += _times(attributes.get("text:c"))
        elif name == "text:p":
            self.characters += 1

    def _next_sheet(self) -> None:
        self.whole += self.extent.rows * self.extent.columns
        if self.whole > Extent.most_cells:
            raise Unfolds(f"its sheets have more than {Extent.most_cells:,} cells")
        self.extent = Extent(text=self.extent.text)
        self.row = self.rows = 0

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell") and self.filled:
            self.extent.say(self.characters * self.rows * self.columns)
        elif name == "table:table":
            self._next_sheet()

    def say(self, text: str) -> None:
        self.characters += len(text)


_VALUES = frozenset(
    f"office:{name}" for name in ("value-type", "value", "string-value", "date-value", "time-value", "boolean-value")
) | {"table:formula"}


def _times(text: str | None) -> int:
    """How often something is repeated: once where it is not said."""
    return int(text[:20]) if text and text.isdecimal() else 1
