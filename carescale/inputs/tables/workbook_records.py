"""The binary workbooks, XLSB and XLS, as records: which cells are filled, and which shared texts they show."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from
from typing import IO

from msgspec import Struct

from carescale.inputs.tables.workbook_counters import Extent, Unfolds

# --- XLSB: a type and a length of one to four bytes, then the record -------------------------------------------------

_ROW, _FIRST_CELL, _LAST_CELL, _SHOWS, _TEXT, _CELLS_START, _CELLS_END = 0x00, 0x02, 0x0A, 0x07, 0x13, 0x91, 0x92


def check_xlsb_sheet(part: bytes, lengths: list[int]) -> None:
    """The cells of a part of an XLSB, where it is a sheet. Raises Unfolds."""
    extent, row, inside = Extent(), 0, False
    for kind, data in _xlsb_records(part):
        if kind == _CELLS_START:
            inside = True
        elif kind == _CELLS_END:
            return
        elif inside and kind == _ROW and len(data) >= 4:
            (row,) = unpack_from("<I", data)
        elif inside and _FIRST_CELL <= kind <= _LAST_CELL and len(data) >= 8:
            extent.fill(row + 1, unpack_from("<I", data)[0] + 1)
            extent.say(_shown(data, 8, lengths) if kind == _SHOWS else len(data) // 2)


def xlsb_lengths(part: bytes) -> list[int]:
    """The lengths of the texts that the cells of an XLSB share."""
    return [unpack_from("<I", data, 1)[0] for kind, data in _xlsb_records(part) if kind == _TEXT and len(data) >= 5]


def _xlsb_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position < len(part):
        kind, position = _of_seven_bits(part, position, 2)
        size, position = _of_seven_bits(part, position, 4)
        yield kind, part[position : position + size]
        position += size


def _of_seven_bits(part: bytes, position: int, most: int) -> tuple[int, int]:
    """A number of so many bytes at most, each but the last with its highest bit set; and the position after it."""
    number = 0
    for i, byte in enumerate(part[position : position + most]):
        number |= (byte & 0x7F) << 7 * i
        if byte < 0x80:
            return number, position + i + 1
    return number, position + most


def _shown(data: bytes, at: int, lengths: list[int]) -> int:
    """The length of the shared text that a cell shows."""
    index = unpack_from("<I", data, at)[0] if len(data) >= at + 4 else 0
    return lengths[index] if index < len(lengths) else 0


# --- XLS: a type and a length of two bytes each, then the record; what does not fit goes on in the next ---------------

_SHEET, _SST, _CONTINUED, _END, _DIMENSIONS, _MANY, _LABEL_SST = 0x85, 0xFC, 0x3C, 0x0A, 0x200, 0xBD, 0xFD
_ONE_CELL = {0x02, 0x03, 0x04, 0x05, 0x06, 0x7E, 0xD6, _LABEL_SST, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406}
_WHOLE_SHEET = 65_536 * 256  # cells of the largest sheet there was; more are no dimensions of any


def check_xls(file: IO[bytes]) -> None:
    """The sheets of an XLS, all of which are held at once. Raises Unfolds."""
    import olefile

    try:
        with olefile.OleFileIO(file) as parts:
            names = [name for name in ("Workbook", "Book") if parts.exists(name)]
            data = parts.openstream(names[0]).read() if names else b""
    except (OSError, ValueError, IndexError, TypeError):
        return  # no file of this kind, or damaged: the reader says so
    lengths = _sst_lengths(data)
    starts = [
        unpack_from("<I", record)[0] for kind, record in _xls_records(data, 0) if kind == _SHEET and len(record) > 3
    ]
    cells = 0
    for start in starts:
        extent = _xls_sheet(data, start, lengths)
        cells += max(extent.rows * extent.columns, extent.filled)
        if cells > Extent.most_cells:
            raise Unfolds(f"its sheets have more than {Extent.most_cells:,} cells")


def _xls_records(data: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    while position + 4 <= len(data):
        kind, size = unpack_from("<HH", data, position)
        yield kind, data[position + 4 : position + 4 + size]
        position += 4 + size


def _xls_sheet(data: bytes, start: int, lengths: list[int]) -> Extent:
    extent = Extent()
    for kind, record in _xls_records(data, start):
        if kind == _END:
            break
        if kind == _DIMENSIONS:
            _check_dimensions(record)
        elif (kind in _ONE_CELL or kind == _MANY) and len(record) >= 6:
            row, column = unpack_from("<HH", record)
            last = unpack_from("<H", record, len(record) - 2)[0] if kind == _MANY else column
            extent.fill(row + 1, last + 1, max(1, last - column + 1))
            extent.say(_shown(record, 6, lengths) if kind == _LABEL_SST else len(record))
    return extent


def _check_dimensions(record: bytes) -> None:
    """What a sheet says of its own reach, which a reader may make room for."""
    layout = "<IIHH" if len(record) >= 12 else "<HHHH"
    if len(record) < 8:
        return
    first_row, end_row, first_column, end_column = unpack_from(layout, record)
    if (end_row - first_row + 1) * (end_column - first_column + 1) > 2 * _WHOLE_SHEET:
        raise Unfolds(f"a sheet says that it reaches over {end_row:,} rows and {end_column:,} columns")


def _sst_lengths(data: bytes) -> list[int]:
    """The lengths of the texts that cells share; those that can still be read where the record is damaged."""
    pieces: list[bytes] = []
    for kind, record in _xls_records(data, 0):
        if kind == _SST or (kind == _CONTINUED and pieces):
            pieces.append(record)
        elif pieces:
            break
    lengths: list[int] = []
    if pieces and len(pieces[0]) >= 8:
        texts = _SharedTexts(pieces)
        try:
            for _ in range(unpack_from("<I", pieces[0], 4)[0]):
                lengths.append(texts.next_length())
        except IndexError:
            pass
    return lengths


class _SharedTexts(Struct):
    """Texts that follow each other through a record and those that continue it."""

    pieces: list[bytes]
    piece: int = 0
    at: int = 8

    def next_length(self) -> int:
        """The length of the next text, in characters. Raises IndexError after the last."""
        if self.at >= len(self.pieces[self.piece]):
            self.piece, self.at = self.piece + 1, 0
        length, flags = self._number(2), self._number(1)
        runs = self._number(2) if flags & 8 else 0
        more = self._number(4) if flags & 4 else 0
        self._skip_letters(length, wide=bool(flags & 1))
        self._skip(4 * runs + more)
        return length

    def _number(self, size: int) -> int:
        found = self.pieces[self.piece][self.at : self.at + size]
        if len(found) < size:
            raise IndexError
        self.at += size
        return int.from_bytes(found, "little")

    def _skip(self, size: int) -> None:
        while size > (left := len(self.pieces[self.piece]) - self.at):
            size -= left
            self.piece, self.at = self.piece + 1, 0
        self.at += size

    def _skip_letters(self, count: int, *, wide: bool) -> None:
        """Letters of one byte or two; a continued record says anew which."""
        while count > (fit := (len(self.pieces[self.piece]) - self.at) // (1 + wide)):
            count -= fit
            self.piece, self.at = self.piece + 1, 1
            wide = bool(self.pieces[self.piece][0] & 1)
        self.at += count * (1 + wide)
