"""Workbooks made byte by byte: in every form that a reader takes, with one more cell wherever it is wanted."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from struct import pack
from typing import Any

from tables.making import CELLS, write_ods

Cell = Callable[[int, int, Any], str]  # a cell of XML by row and column, counted from 1, and what stands there
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def letters(column: int) -> str:
    """The letters of a column counted from 1."""
    text = ""
    while column:
        column, letter = divmod(column - 1, 26)
        text = chr(ord("A") + letter) + text
    return text


def cell(row: int, column: int, value: Any) -> str:
    """A cell as spreadsheets write it."""
    return f'<c r="{letters(column)}{row}" {_content(value)}</c>'


def cell_in_single_quotes(row: int, column: int, value: Any) -> str:
    """Its reference last, in single quotes, after a line break."""
    content = _content(value)
    kind, _, rest = content.partition(">")
    return f"<c s='0' {kind}\n r = '{letters(column)}{row}' >{rest}</c>"


def cell_without_reference(row: int, column: int, value: Any) -> str:
    """A cell that stands where it does because others stand before it."""
    return f"<c {_content(value)}</c>"


def _content(value: Any) -> str:
    if isinstance(value, str):
        return f't="inlineStr"><is><t>{value}</t></is>'
    return f"><v>{value}</v>"


def write_odd_xlsx(
    file: str,
    *,
    write: Cell = cell,
    far: str = "",
    part: str = "xl/worksheets/sheet1.xml",
    prefix: str = "",
    parts: Mapping[str, str] | None = None,
    numbered: bool = True,
) -> str:
    """An XLSX with the usual table, rows of XML below it (`far`), and more parts."""
    rows = "".join(_row(number, row, write, numbered=numbered) for number, row in enumerate(CELLS, 1))
    sheet = f"<worksheet xmlns='{_MAIN}'><sheetData>{rows}{far}</sheetData></worksheet>"
    if prefix:
        sheet = sheet.replace("</", f"<\\{prefix}:").replace("<", f"<{prefix}:").replace(f"<{prefix}:\\", "</")
        sheet = sheet.replace("xmlns=", f"xmlns:{prefix}=")
    links = f"<Relationship Id='r1' Type='{_LINKS}/worksheet' Target='/{part}'/>"
    sheets = "<sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets>"
    book = f"<workbook xmlns='{_MAIN}' xmlns:r='{_LINKS}'>{sheets}</workbook>"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _root("xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships xmlns='{_PACKAGE}'>{links}</Relationships>")
        archive.writestr(part, sheet)
        for name, text in (parts or {}).items():
            archive.writestr(name, text)
    return file


def _root(book: str) -> str:
    link = f"<Relationship Id='r0' Type='{_LINKS}/officeDocument' Target='{book}'/>"
    return f"<Relationships xmlns='{_PACKAGE}'>{link}</Relationships>"


def _row(number: int, row: Any, write: Cell, *, numbered: bool) -> str:
    cells = "".join(write(number, column, value) for column, value in enumerate(row, 1))
    return f"<row r='{number}'>{cells}</row>" if numbered else f"<row>{cells}</row>"


def shared_texts(*texts: str) -> dict[str, str]:
    """The part in which cells share their texts."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return {"xl/sharedStrings.xml": f"<sst xmlns='{_MAIN}'>{items}</sst>"}


def write_odd_ods(file: str, far: str) -> str:
    """An OpenDocument spreadsheet with the usual table and rows of XML below it."""
    return write_ods({"a": CELLS}, file, far)


# --- binary ----------------------------------------------------------------------------------------------------------


def _wide(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def _xlsb_record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(data), b""
    while size > 0x7F:
        size, length = size >> 7, length + bytes([size & 0x7F | 0x80])
    return head + length + bytes([size]) + data


def _xlsb_cell(column: int, value: Any) -> bytes:
    at = pack("<II", column - 1, 0)
    return _xlsb_record(6, at + _wide(value)) if isinstance(value, str) else _xlsb_record(5, at + pack("<d", value))


def write_xlsb(file: str, *more: tuple[int, int, Any], shared: str = "", shown: int = 0) -> str:
    """An XLSB with the usual table, and below it more cells, and one text that so many cells share."""
    table = [(number, column, value) for number, row in enumerate(CELLS, 1) for column, value in enumerate(row, 1)]
    rows = b"".join(
        _xlsb_record(0, pack("<I", row - 1) + bytes(20)) + _xlsb_cell(column, value)
        for row, column, value in [*table, *more]
    )
    rows += b"".join(
        _xlsb_record(0, pack("<I", 10 + i) + bytes(20)) + _xlsb_record(7, pack("<III", 0, 0, 0)) for i in range(shown)
    )
    text = _xlsb_record(0x9F, pack("<II", 1, 1)) + _xlsb_record(0x13, b"\0" + _wide(shared)) + _xlsb_record(0xA0)
    sheet = _xlsb_record(0x81) + _xlsb_record(0x94, bytes(16)) + _xlsb_record(0x91) + rows + _xlsb_record(0x92)
    named = _xlsb_record(0x9C, pack("<II", 0, 1) + _wide("r1") + _wide("a"))
    book = _xlsb_record(0x83) + _xlsb_record(0x8F) + named + _xlsb_record(0x90) + _xlsb_record(0x84)
    links = f"<Relationship Id='r1' Type='{_LINKS}/worksheet' Target='worksheets/sheet1.bin'/>"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _root("xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", f"<Relationships xmlns='{_PACKAGE}'>{links}</Relationships>")
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr("xl/sharedStrings.bin", text)
    return file


def _xls_record(kind: int, data: bytes = b"") -> bytes:
    return pack("<HH", kind, len(data)) + data


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    at = pack("<HHH", row - 1, column - 1, 0)
    if isinstance(value, str):
        return _xls_record(0x204, at + pack("<HB", len(value), 0) + value.encode("latin-1"))
    return _xls_record(0x203, at + pack("<d", value))


def _xls_texts(text: str) -> bytes:
    """One text of letters of one byte, and the records that continue it."""
    first, rest = text[:8_000], text[8_000:]
    records = _xls_record(0xFC, pack("<IIHB", 1, 1, len(text), 0) + first.encode())
    while rest:
        part, rest = rest[:8_000], rest[8_000:]
        records += _xls_record(0x3C, b"\0" + part.encode())
    return records


def write_xls(file: str, *more: tuple[int, int, Any], shared: str = "", shown: int = 0) -> str:
    """An XLS with the usual table, and below it more cells, and one text that so many cells share."""
    table = [(number, column, value) for number, row in enumerate(CELLS, 1) for column, value in enumerate(row, 1)]
    cells = b"".join(_xls_cell(*each) for each in [*table, *more])
    cells += b"".join(_xls_record(0xFD, pack("<HHHI", 10 + i, 0, 0, 0)) for i in range(shown))
    texts = _xls_texts(shared)
    begin = _xls_record(0x809, pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    named = pack("<BB", 0, 0) + pack("<BB", 1, 0) + b"a"
    start = len(begin) + len(_xls_record(0x85, bytes(4) + named)) + len(texts) + 4
    sheet = _xls_record(0x809, pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + _xls_record(0x0A)
    book = begin + _xls_record(0x85, pack("<I", start) + named) + texts + _xls_record(0x0A) + sheet
    with open(file, "wb") as output:
        output.write(_compound(book))
    return file


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream, `Workbook`: header, table of sectors, folder, stream."""
    sectors = max(8, -(-len(stream) // 512))  # a shorter stream would be kept elsewhere
    chain = [*range(3, sectors + 2), 0xFFFFFFFE]
    table = [0xFFFFFFFD, 0xFFFFFFFE, *chain]
    version = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    counts = (0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head = pack("<8s16xHHHHH6x9I", *version, *counts)
    head += pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, sectors * 512)
    return head + fat + folder + bytes(256) + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    letters_of = (name + "\0").encode("utf-16-le")
    none = 0xFFFFFFFF
    return pack("<64sHBBIII36xIQ", letters_of, len(letters_of), kind, 1, none, none, child, start, size)
