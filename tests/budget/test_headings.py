"""The savings line by the headings of the council's own budget, in the screen, the workbook and the Word table."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from cli.running import carescale, changed_example

from carescale import Problems, load
from carescale.analysis.budget import budget
from carescale.report.formats import text
from carescale.report.screens.budget import budget_screen

HEADINGS = """
start: 2026-09
service_headings:
  shared_lives: Placements
  hospital_discharge: Placements
"""


@pytest.fixture
def ours(tmp_path: Path) -> str:
    """Birmingham with two interventions under one heading, and one under none."""
    return str(changed_example("birmingham", tmp_path, ("\nplan:", f"{HEADINGS}\nplan:")))


def test_interventions_under_one_heading_are_added_and_the_others_are_said_to_have_none(ours: str) -> None:
    found = budget(load(ours, cash_years=5))
    assert list(found.headings) == ["Placements", "Under no heading yet"]
    last, both = found.years[-1], ("shared_lives", "hospital_discharge")
    parts = [found.projection.get(one, "cash_recurrent_of_year", "council", last).value for one in both]
    tables = [block for block in budget_screen(found).blocks() if block.part == "by-heading"]
    council = next(table for table in tables if "Council" in table.columns[0].heading)
    assert [row.cells[0] for row in council.rows] == ["Placements", "change", "Under no heading yet", "change"]
    level, change = (row.cells[1:] for row in council.rows[:2])
    assert level[-1].number == pytest.approx(sum(parts))
    assert sum(cell.number for cell in change) == pytest.approx(level[-1].number)
    assert text(level[-1]).endswith("*‡°")  # as weak as its parts


def test_without_headings_there_is_no_such_table() -> None:
    found = budget(load("birmingham", cash_years=2, start="2026-09"))
    assert not [block for block in budget_screen(found).blocks() if block.part == "by-heading"]


def test_a_heading_for_what_is_not_planned_is_refused_at_its_line(tmp_path: Path) -> None:
    wrong = HEADINGS.replace("hospital_discharge", "hospital_discharges")
    with pytest.raises(Problems) as raised:
        load(changed_example("birmingham", tmp_path, ("\nplan:", f"{wrong}\nplan:")), cash_years=2)
    (problem,) = raised.value.problems
    assert problem.message == "the plan has no intervention `hospital_discharges`"
    assert problem.position.line


def test_the_budget_is_a_table_for_word(ours: str, tmp_path: Path) -> None:
    assert carescale("budget", ours, "-o", str(tmp_path / "budget.docx")).code == 0
    table = docx.Document(str(tmp_path / "budget.docx")).tables[0]
    assert table.rows[0].cells[0].text.startswith("Council, cash")
    assert [cell.text for cell in table.rows[0].cells[1:]] == ["2026/27", "2027/28", "2028/29", "2029/30", "2030/31"]
    assert any(row.cells[0].text == "Savings line: change" for row in table.rows)


def test_many_areas_are_a_workbook_with_a_row_for_each_area_payer_and_year(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    assert carescale("budget", "west-midlands", "--start", "2026-09", "--years", "2", "-o", str(path)).code == 0
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    named = rows[1]
    council = [row for row in rows[2:] if row[named.index("payer")] == "council"]
    assert len(council) == 14 * 2
    birmingham = [row for row in council if row[named.index("name")] == "Birmingham"]
    assert [row[named.index("financial year")] for row in birmingham] == ["2026/27", "2027/28"]
    assert birmingham[1][named.index("savings line")] > 0
