"""Numbers stand under each other: in a table every number ends where its heading ends, its marks after that."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from carescale import load, project
from carescale.report.blocks import MARKS, Table
from carescale.report.project_screen import project_screen
from carescale.report.terminal import print_screen

LEEDS = str(Path(__file__).parent / "leeds.yaml")
PLACES = ["birmingham", "england", "cornwall", "kent", LEEDS]
CELL = re.compile(r"(?<=  )\S+(?: \S+)*")  # of a number's column: two blanks stand before it, and only one within it
NUMBER = re.compile(r"[\d£−]|n/k|–$|in saving")


def lines_of(table: Table) -> list[str]:
    """A table as it is printed."""
    printed = io.StringIO()
    print_screen([table], printed)
    return printed.getvalue().splitlines()


def ends(line: str, first: int) -> list[int]:
    """Where the cells after the first column end, their marks left aside."""
    return [match.start() + len(match[0].rstrip(MARKS)) for match in CELL.finditer(line) if match.start() >= first]


def split(table: Table) -> tuple[list[str], list[str]]:
    """The lines of the headings and those of the rows."""
    lines = lines_of(table)
    start = table.rows[0].cells[0].split()[0]
    first = next(at for at, line in enumerate(lines) if at and line.lstrip().startswith(start))
    return lines[:first], lines[first:]


def tables(place: str) -> list[Table]:
    return [block for block in project_screen(project(load(place))) if isinstance(block, Table)]


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: Path(place).stem)
def test_every_number_ends_under_the_end_of_a_heading(
    place: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    seen = 0
    for table in tables(place):
        headings, rows = split(table)
        first = min(cell.start() for line in headings[-1:] for cell in CELL.finditer(line))
        allowed = {end for line in headings for end in ends(line, first - 40)}
        for line in rows:
            found = ends(line, first - 8)
            assert set(found) <= allowed, "\n".join([*headings, line])
            seen += len(found)
    assert seen >= 8


@pytest.mark.parametrize("place", PLACES, ids=lambda place: Path(place).stem)
def test_the_cells_of_a_column_of_numbers_are_equally_wide(place: str) -> None:
    for table in tables(place):
        for position in set(range(len(table.headings))) - set(table.words):
            lines = [
                line
                for row in (table.headings, *(row.cells for row in table.rows))
                for line in row[position].split("\n")
            ]
            assert len({len(line) for line in lines}) == 1, lines


def test_a_number_out_of_line_would_be_noticed() -> None:
    with contextlib.suppress(StopIteration):
        assert ends("  Learning disability   51   129†", 20) != ends("  Learning disability   51  129†", 20)
