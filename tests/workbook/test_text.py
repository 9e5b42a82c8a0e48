"""Whatever a council is called, its workbook opens clean and holds the name as text."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from books import written
from recalculating import Recalculated, differences

from carescale import load
from carescale.report.workbook.text import LONGEST_TEXT, cell_text, excel_name

NAMES = [
    '=HYPERLINK("http://example.org","x")', "@SUM(1)", "+1+1", "-2", "[red]", "{=1}", "_x0041_", "'quoted",
    "https://example.org/a b",
    "👩 council 🏠", "مرحبا", "Ynys Môn", "a\x1bb", "\u202eevil", "<b>&amp;", "line\nbreak",
]  # fmt: skip
PLACE = """
place: {name}
year: 2015
title: {name}
plan:
  living_well:
    add: {{value: 325, assumption: {note}}}
claims:
  - that: living_well.gross_saving.council
    is: £400,001
    note: {name}
"""


def _quoted(text: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def _book(name: str, note: str, folder: Path) -> Path:
    (folder / "odd.yaml").write_text(PLACE.format(name=_quoted(name), note=_quoted(note)), encoding="utf-8")
    case = load(str(folder / "odd.yaml"), settings=["portfolio.horizon_months=12"])
    return written(case, folder / "book.xlsx")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_and_never_a_formula(name: str, tmp_path: Path) -> None:
    path = _book(name, name, tmp_path)
    for part in zipfile.ZipFile(path).namelist():
        if part.endswith((".xml", ".rels")):
            ElementTree.fromstring(zipfile.ZipFile(path).read(part))
    sheet = openpyxl.load_workbook(path)["About"]
    place = next(row[1] for row in sheet.iter_rows() if row[0].value == "Place")
    assert place.data_type in ("s", "inlineStr")
    assert openpyxl.utils.escape.unescape(place.value) == cell_text(name)


def test_a_place_with_a_hostile_name_recalculates(tmp_path: Path) -> None:
    book = Recalculated.of(_book(NAMES[0], NAMES[0], tmp_path))
    assert differences(book, book.path) == []


@pytest.mark.parametrize("letter", ["n", "👩"])
def test_a_note_that_is_too_long_for_a_cell_is_cut_and_says_so(letter: str, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_book("Leeds", letter * 40_000, tmp_path))["Inputs"]
    (note,) = [
        c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and letter * 100 in c.value
    ]
    assert len(note.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert "cut here" in note


def test_names_in_formulas_are_unlike_each_other_and_such_as_excel_takes() -> None:
    taken: set[str] = set()
    names = [excel_name(key, taken) for key in ("a.b", "A.B", "1st.x", "a b", "a_b", "x" * 300, "x" * 301, "ä.b")]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 255 and not name[0].isdigit() for name in names)
