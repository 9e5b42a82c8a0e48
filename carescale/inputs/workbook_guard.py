"""How large the sheets of a workbook would be in memory, by what their cells say, before a reader allocates it.

A reader holds every cell up to the last one that is filled, and a shared text once for each cell that shows it; a file
of a few kilobytes can so ask for hundreds of gigabytes. Here the parts are read as streams and none of them is kept.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any
from xml.parsers import expat

from carescale.inputs.workbook_extent import Extent, Unfolds
from carescale.inputs.workbook_records import check_xlsb_sheet, xlsb_lengths

MOST_UNPACKED = 300_000_000  # bytes
_REFERENCE = re.compile(r"([A-Za-z]*)([0-9]*)")
_CHUNK = 1 << 20


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook that unfolds into more than any table. Raises Unfolds, and ExpatError where it is damaged."""
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise Unfolds(f"it unfolds into {unpacked:,} bytes")
    names = archive.namelist()
    strings = [name for name in names if _says(archive, name, b"</sst", b":sst")]  # by what they are: names are free
    found = (_string_lengths(archive, name) for name in strings)
    lengths = [max(each) for each in zip_longest(*found, fillvalue=0)]
    for name in names:
        if name == "content.xml":
            _parse(archive, name, _OpenDocument())
        elif _says(archive, name, b"sheetData"):
            _check_sheet(archive, name, lengths)
    if any(name.lower().endswith("workbook.bin") for name in names):
        _check_binary(archive)


def _check_binary(archive: zipfile.ZipFile) -> None:
    """The sheets of an XLSB; a part may have any name."""
    found = (xlsb_lengths(archive.read(name)) for name in archive.namelist())
    lengths = [max(each) for each in zip_longest(*found, fillvalue=0)]
    for name in archive.namelist():
        check_xlsb_sheet(archive.read(name), lengths)


def _check_sheet(archive: zipfile.ZipFile, name: str, lengths: list[int]) -> None:
    """A sheet of an XLSX. Its texts are counted one by one only where they might be too many."""
    sheet = _Sheet()
    _parse(archive, name, sheet)
    own = archive.getinfo(name).file_size if sheet.has_texts else 0
    if own + sheet.shown * max(lengths, default=0) > Extent.most_text:
        _parse(archive, name, _Texts(lengths))


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _says(archive: zipfile.ZipFile, name: str, *words: bytes) -> bool:
    """Whether a part has one of some words in it."""
    before = b""
    for chunk in _chunks(archive, name):
        if any(word in before + chunk for word in words):
            return True
        before = chunk[-16:]
    return False


def _parse(archive: zipfile.ZipFile, name: str, counter: Any) -> None:
    """Let a counter see every element of a part, and its texts where it wants them."""
    parser = expat.ParserCreate("utf-8")  # as the reader takes it, whatever the part says of itself
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = counter.start
    if isinstance(counter, _OpenDocument | _Texts | _Strings):
        parser.buffer_text = True
        parser.EndElementHandler = counter.end
        parser.CharacterDataHandler = counter.say
    for chunk in _chunks(archive, name):
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise Unfolds("it declares a type of document, as no workbook does")


def _local(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]


class _Strings:
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


def _string_lengths(archive: zipfile.ZipFile, name: str) -> list[int]:
    strings = _Strings()
    _parse(archive, name, strings)
    return strings.lengths


class _Sheet:
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


class _Texts:
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


class _OpenDocument:
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
