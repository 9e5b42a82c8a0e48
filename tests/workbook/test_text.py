"""Whatever a council is called, its workbook opens clean and holds the name as text."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from books import written
from recalculating import Recalculated, differences

from carescale import load
from carescale.inputs.library import shipped
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


HOSTILE = [
    "a1",
    "xfd9",
    "r1c1",
    "R",
    "c",
    "TRUE",
    "=cmd|' x",
    "[b]'c",
    "²x",
    "ﬁ",
    "a\u0301b",
    "😀",
    "1st",
    ".x",
    "ｗｉｄｅ",
]


@pytest.mark.parametrize("key", HOSTILE)
def test_a_defined_name_is_such_as_excel_takes_whatever_a_key_is(key: str) -> None:
    for name in (excel_name(key, set()), excel_name(f"{key}.net_saving.council", set())):
        first = name.split(".")[0]
        assert re.fullmatch(r"[^\W\d²][\w.]*", name), name
        assert not re.fullmatch(r"(?i)[a-z]{1,3}\d+|r\d*|c\d*|r\d*c\d*|true|false", first), name
        assert all(letter.isalpha() or letter in "._0123456789" for letter in name)


INTERVENTION = "=Sheet1!A1"


def test_sheets_names_and_series_of_an_intervention_of_ones_own_are_text_whatever_it_is_called(tmp_path: Path) -> None:
    own = tmp_path / "a1.yaml"
    text = (shipped("scenarios/interventions") / "shared_lives.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("intervention: Shared Lives", f'intervention: "{INTERVENTION}"'), encoding="utf-8")
    plan = "place: Leeds\nuse: a1.yaml\nplan:\n  a1: {add: {learning_disability: {value: 51, assumption: a test}}}\n"
    (tmp_path / "place.yaml").write_text(plan)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = written(load(str(tmp_path / "place.yaml")), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(path)
    assert set(book.sheetnames) <= {"Summary", "Charts", "Inputs", "Results", "Months", "Claims", "Sources", "About"}
    assert "_a1.additional_people" in book.defined_names
    charts = [part for part in zipfile.ZipFile(path).namelist() if "charts/chart" in part]
    texts = "".join(zipfile.ZipFile(path).read(part).decode() for part in charts)
    assert f"<c:v>{INTERVENTION.replace('!', '! ')}" in texts
    assert "<c:f>Sheet1!" not in texts
    assert differences(Recalculated.of(path), path) == []


def test_names_in_formulas_are_unlike_each_other_and_such_as_excel_takes() -> None:
    taken: set[str] = set()
    names = [excel_name(key, taken) for key in ("a.b", "A.B", "1st.x", "a b", "a_b", "x" * 300, "x" * 301, "ä.b")]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 255 and not name[0].isdigit() for name in names)
