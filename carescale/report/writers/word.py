"""Blocks as a Word document: heading styles, table headers that repeat, pictures with alternative text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Block, Drawing, Heading, Headline, Line, Notes, Outline, Row, Table
from carescale.report.formats import sentence, text
from carescale.report.writers.clean import printable
from carescale.report.writers.drawings import as_png, clean

if TYPE_CHECKING:
    from docx.document import Document

_MARGIN, _WIDTH = 2.0, 17.0  # centimetres of an A4 page
_PICTURE = 700  # pixels that a picture is drawn for


def write_word(blocks: Sequence[Block], path: Path) -> None:
    """The blocks as a file. Raises Problems where the library for it is not installed."""
    try:
        import docx
    except ImportError:
        hint = 'pip install "carescale[report]"'
        message = "a Word document needs one more library"
        raise Problems([Problem("bad-option", message, Position("--output"), hint)]) from None
    document = docx.Document()
    _set_up(document)
    for block in blocks:
        _write(document, block)
    title = next((sentence(block.said) for block in blocks if isinstance(block, Headline)), "")
    document.core_properties.title = printable(title)[:250]
    document.core_properties.author = ""
    document.core_properties.comments = "Written by carescale"
    document.save(str(path))


def _set_up(document: Document) -> None:
    """A4, margins, and a typeface that every council has."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)
    styles: Any = document.styles
    for name, size in (("Normal", 11), ("Title", 20), ("Heading 1", 15), ("Heading 2", 12)):
        font = styles[name].font
        font.name, font.size = "Arial", Pt(size)
        fonts = styles[name].element.rPr.rFonts
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
    language = styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "en-GB")


def _write(document: Document, block: Block) -> None:
    match block:
        case Headline():
            document.add_heading(printable(sentence(block.said)), 0)
        case Heading():
            document.add_heading(printable(block.text), 1)
        case Line():
            for line in sentence(block.said).split("\n"):
                document.add_paragraph(printable(line))
        case Notes():
            _notes(document, block)
        case Outline():
            for depth, said in block.lines:
                document.add_paragraph(printable(said), f"List Bullet{f' {min(depth, 2) + 1}' if depth else ''}")
        case Drawing():
            _drawing(document, block)
        case Table():
            _table(document, block)


def _notes(document: Document, block: Notes) -> None:
    """Under a heading of their own, each a point; numbered where they are."""
    if block.title:
        document.add_heading(printable(block.title), 2)
    for label, said in block.items:
        if label.isdigit():
            document.add_paragraph(f"[{label}] {printable(said)}")
        else:
            document.add_paragraph(printable(f"{label}: {said}" if label else said), "List Bullet")


def _drawing(document: Document, block: Drawing) -> None:
    """The picture with its sentence for those who cannot see it; without a painter, the sentence and the numbers."""
    from docx.shared import Cm

    from carescale.charts.png import NoPainter

    picture = clean(block.picture)
    try:
        image = as_png(block, _PICTURE)
    except NoPainter:
        document.add_heading(picture.says, 2)
        document.add_paragraph(f"{picture.told} {picture.source}")
        return
    shape = document.add_picture(io.BytesIO(image), width=Cm(_WIDTH))
    about = shape._inline.docPr
    about.set("descr", f"{picture.says}. {picture.told}")
    about.set("title", picture.says)


def _table(document: Document, block: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(block.columns))
    table.style = "Light Shading"
    _plain(table)
    _fill(table.rows[0].cells, [column.heading for column in block.columns], block, Row(()))
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in block.rows:
        cells = table.add_row()
        cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        _fill(cells.cells, list(map(text, row.cells)), block, row)
    widths = _widths(block)
    for column_, width in zip(table.columns, widths, strict=True):
        column_.width = Cm(width)
    for row_ in table.rows:
        for cell, column, width in zip(row_.cells, block.columns, widths, strict=True):
            cell.width = Cm(width)
            if column.kind == "numbers":
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _plain(table: Any) -> None:
    """No shaded bands and no bold first column: only the head, totals and headings among the rows stand out."""
    from docx.oxml.ns import qn

    table.autofit = False
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name, value in (("val", "0620"), ("noHBand", "1"), ("firstColumn", "0")):
        look.set(qn(f"w:{name}"), value)


def _widths(block: Table) -> list[float]:
    """How wide each column is, in centimetres: by its longest words, the names of rows with more room than numbers."""
    shown = [[column.heading, *(text(row.cells[at]) for row in block.rows)] for at, column in enumerate(block.columns)]
    longest = [max(len(line) for one in some for line in one.split("\n")) for some in shown]
    asked = [min(max(size, 8), 34 if column.kind == "words" else 16)
             for size, column in zip(longest, block.columns, strict=True)]  # fmt: skip
    return [_WIDTH * one / sum(asked) for one in asked]


def _fill(cells: Sequence[Any], texts: Sequence[str], block: Table, row: Row) -> None:
    from docx.shared import Cm, Pt

    for cell, said in zip(cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(" ".join(printable(said).split()))
        run.font.size = Pt(9)
        run.bold = not row.cells or row.kind in ("section", "total")
    if row.kind == "part":
        cells[0].paragraphs[0].paragraph_format.left_indent = Cm(0.4)
