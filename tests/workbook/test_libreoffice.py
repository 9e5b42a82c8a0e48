"""The same through LibreOffice, where it is installed: it opens the file and computes what the engine computed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from books import case_of, written
from recalculating import CLOSE, same

from carescale import load
from carescale.analysis.areas import project_areas
from carescale.report.screens.areas import areas_screen

OFFICE = shutil.which("soffice") if shutil.which("localc") else None  # a Writer alone reads no workbook
PDF_TEXT = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed")


def _converted(path: Path, to: str) -> Path:
    """A workbook as LibreOffice writes it, computed anew."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    words = [str(OFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(path.parent / "out"), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return path.parent / "out" / f"{path.stem}.{to.partition(':')[0]}"


def _recalculated(path: Path) -> list[str]:
    """The cells of a workbook that LibreOffice computes otherwise than they were written."""
    formulas = openpyxl.load_workbook(path)
    formulas.save(path.parent / "bare.xlsx")  # without the values that stand beside the formulas
    out = _converted(path.parent / "bare.xlsx", "xlsx:Calc MS Excel 2007 XML")
    computed = openpyxl.load_workbook(out, data_only=True)
    expected = openpyxl.load_workbook(path, data_only=True)
    return [
        f"{sheet.title}!{cell.coordinate} {cell.value}: {found} and not {wanted}"
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for found, wanted in [
            (computed[sheet.title][cell.coordinate].value, expected[sheet.title][cell.coordinate].value)
        ]
        if not same("" if found is None else found, "" if wanted is None else wanted, _close(str(cell.value)))
    ]


def _close(formula: str) -> float:
    return 1e-7 if "IRR(" in formula or "rate_of_return" in formula else CLOSE


@pytest.mark.parametrize(
    ("name", "kind"), [("birmingham", "project"), ("birmingham", "appraise adjusted"), ("incubator", "appraise")]
)
def test_libreoffice_computes_what_the_engine_computed(name: str, kind: str, tmp_path: Path) -> None:
    case = case_of(name, kind, "portfolio.horizon_months=36")
    assert _recalculated(written(case, tmp_path / "book.xlsx")) == []


def test_libreoffice_computes_what_the_engine_computed_of_many_areas(tmp_path: Path) -> None:
    case = load("west-midlands", settings=["portfolio.horizon_months=24"])
    areas_screen(project_areas(case)[0]).book(tmp_path / "book.xlsx", "")
    assert _recalculated(tmp_path / "book.xlsx") == []


@pytest.mark.skipif(PDF_TEXT is None, reason="there is nothing to read a PDF with")
def test_libreoffice_shows_a_share_that_becomes_whole_without_decimals(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(case_of("incubator", "appraise"), tmp_path / "book.xlsx"))
    sheet, cell = book.defined_names["shared_lives.people_reached"].attr_text.replace("$", "").split("!")
    book[sheet][cell] = 132
    book.save(tmp_path / "changed.xlsx")
    pages = _converted(tmp_path / "changed.xlsx", "pdf")
    text = subprocess.run([str(PDF_TEXT), "-layout", str(pages), "-"], check=True, capture_output=True).stdout.decode()
    assert re.search(r"^People reached, against plan +50%$", text, re.MULTILINE)
    assert "delivery_against_plan=50%`" in text
