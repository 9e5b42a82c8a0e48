"""The same through LibreOffice, where it is installed: it opens the file and computes what the engine computed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from books import written
from recalculating import same

from carescale import load
from carescale.analysis.areas import project_areas
from carescale.report.workbook_areas import write_areas_workbook

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.mark.parametrize("name", ["birmingham", "west-midlands"])
def test_libreoffice_computes_what_the_engine_computed(name: str, tmp_path: Path) -> None:
    case = load(name, settings=["portfolio.horizon_months=24"])
    path = tmp_path / "book.xlsx"
    if case.areas is None:
        written(case, path)
    else:
        write_areas_workbook(project_areas(case)[0], path)
    formulas = openpyxl.load_workbook(path)
    formulas.save(tmp_path / "bare.xlsx")  # without the values that stand beside the formulas
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
    ]
    subprocess.run([*words, str(tmp_path / "bare.xlsx")], check=True, capture_output=True, timeout=120)
    computed = openpyxl.load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)
    expected = openpyxl.load_workbook(path, data_only=True)
    different = [
        f"{sheet.title}!{cell.coordinate} {cell.value}: {found} and not {wanted}"
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for found, wanted in [
            (computed[sheet.title][cell.coordinate].value, expected[sheet.title][cell.coordinate].value)
        ]
        if not same("" if found is None else found, "" if wanted is None else wanted)
    ]
    assert different == []
