"""How large the sheets of a workbook would be in memory, by what their cells say, before a reader allocates it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any
from xml.parsers import expat

from carescale.inputs.tables.workbook_counters import Extent, OpenDocument, Sheet, Strings, Texts, Unfolds
from carescale.inputs.tables.workbook_records import check_xlsb_sheet, xlsb_lengths

MOST_UNPACKED = 300_000_000  # bytes
_CHUNK = 1 << 20


def check_archive(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook that unfolds into more than any table. Raises Unfolds, and ExpatError where it is damaged."""
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise Unfolds(f"it unfolds into {unpacked:,} bytes")
    parts = archive.infolist()  # not by name: there may be two of one
    strings = [part for part in parts if _says(archive, part, b"</sst", b":sst")]  # by what they are: names are free
    found = (_string_lengths(archive, part) for part in strings)
    lengths = [max(each) for each in zip_longest(*found, fillvalue=0)]
    for part in parts:
        if part.filename == "content.xml":
            _parse(archive, part, OpenDocument())
        elif _says(archive, part, b"sheetData"):
            _check_sheet(archive, part, lengths)
    if any(part.filename.lower().endswith("workbook.bin") for part in parts):
        _check_binary(archive)


def _check_binary(archive: zipfile.ZipFile) -> None:
    """The sheets of an XLSB; a part may have any name."""
    found = (xlsb_lengths(archive.read(part)) for part in archive.infolist())
    lengths = [max(each) for each in zip_longest(*found, fillvalue=0)]
    for part in archive.infolist():
        check_xlsb_sheet(archive.read(part), lengths)


def _check_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, lengths: list[int]) -> None:
    """A sheet of an XLSX. Its texts are counted one by one only where they might be too many."""
    sheet = Sheet()
    _parse(archive, part, sheet)
    own = part.file_size if sheet.has_texts else 0
    if own + sheet.shown * max(lengths, default=0) > Extent.most_text:
        _parse(archive, part, Texts(lengths))


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _says(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *words: bytes) -> bool:
    """Whether a part has one of some words in it."""
    before = b""
    for chunk in _chunks(archive, part):
        if any(word in before + chunk for word in words):
            return True
        before = chunk[-16:]
    return False


def _parse(archive: zipfile.ZipFile, part: zipfile.ZipInfo, counter: Any) -> None:
    """Let a counter see every element of a part, and its texts where it wants them."""
    parser = expat.ParserCreate("utf-8")  # as the reader takes it, whatever the part says of itself
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = counter.start
    if isinstance(counter, OpenDocument | Texts | Strings):
        parser.buffer_text = True
        parser.EndElementHandler = counter.end
        parser.CharacterDataHandler = counter.say
    for chunk in _chunks(archive, part):
        parser.Parse(chunk)
    parser.Parse(b"", True)


def _string_lengths(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[int]:
    strings = Strings()
    _parse(archive, part, strings)
    return strings.lengths


def _refuse(*_: object) -> None:
    raise Unfolds("it declares a type of document, as no workbook does")
