"""`carescale project --output birmingham.xlsx`, and what it refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
from cli.running import carescale

SHEETS = ["Summary", "Charts", "Inputs", "Results", "Months", "Claims", "Sources", "About"]


def test_the_command_writes_every_sheet_and_says_what_it_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "our.xlsx"
    result = carescale("project", "cornwall", "--set", "portfolio.horizon_months=12", "--output", str(path))
    assert (result.code, result.out) == (0, "")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(max_col=2) if row[0].value}
    assert about["Command"].startswith("carescale project cornwall --set portfolio.horizon_months=12")
    assert "portfolio.horizon_months" in about["Changed input"]


def test_an_appraisal_is_written_with_every_sheet_and_its_discount_rates_among_the_inputs(tmp_path: Path) -> None:
    path = tmp_path / "our.xlsx"
    result = carescale("appraise", "incubator", "--months", "36", "--output", str(path))
    assert (result.code, result.out) == (0, "")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == SHEETS
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(max_col=2) if row[0].value}
    assert about["Command"].startswith("carescale appraise incubator --months 36")
    sheet, cell = book.defined_names["portfolio.discount_rate"].attr_text.replace("$", "").split("!")
    assert (sheet, book[sheet][cell].value, book[sheet][cell].protection.locked) == ("Inputs", 0.035, False)
    sheet, cell = book.defined_names["shared_lives.monthly_rate_of_return"].attr_text.replace("$", "").split("!")
    assert sheet == "Results"
    assert book[sheet][cell].value.startswith("=IFERROR(IRR(Months!")


def test_a_workbook_needs_a_file() -> None:
    for command in ("project", "appraise"):
        result = carescale(command, "cornwall", "--format", "xlsx")
        assert (result.code, "a workbook needs a file" in result.err) == (2, True)


def test_the_library_that_writes_workbooks_is_loaded_for_nothing_else() -> None:
    program = (
        "import sys; from carescale import load, project; from carescale.report.screens.projected import projected\n"
    )
    program += "from carescale.report.writers.output import Output, write; from pathlib import Path\n"
    program += (
        "write(projected([load('cornwall')]), Output('csv', Path('/dev/null'))); print('xlsxwriter' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "False"
