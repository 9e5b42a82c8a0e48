"""Numbers stand under each other: in a table every number ends where its heading ends, its marks after that."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from carescale import load, project
from carescale.report.blocks import MARKS, Table
from carescale.report.formats import text
from carescale.report.screens.project import project_screen
from carescale.report.writers import columns as lining_up
from carescale.report.writers.columns import lined_up
from carescale.report.writers.terminal import pieces, print_screen

LEEDS = str(Path(__file__).parent / "leeds.yaml")
PLACES = ["birmingham", "england", "cornwall", "kent", LEEDS]
SIGNS = "".join(mark for mark in MARKS if len(mark) == 1)
CELL = re.compile(r"(?<=  )\S+(?: \S+)*")  # of any column but the first: two blanks before it, one at most within
NUMBER = re.compile(r"[−£\d]|n/k|–$|in saving$|beyond ")


def tables(place: str, width: int = 120) -> list[Table]:
    """The tables of both screens, those that are too wide in pieces."""
    screen = project_screen(project(load(place)))
    assert screen.first
    shown = [piece for block in [*screen.first(), *screen.blocks()] for piece in pieces(block, width)]
    return [block for block in shown if isinstance(block, Table)]


def split(table: Table) -> tuple[list[str], list[str]]:
    """The lines of a table as it is printed: those of the headings and those of the rows."""
    printed = io.StringIO()
    print_screen([table], printed)
    lines = printed.getvalue().splitlines()
    start = table.rows[0].cells[0].split()[0]
    first = next(at for at, line in enumerate(lines) if at and line.lstrip().startswith(start))
    return lines[:first], lines[first:]


def ends(line: str) -> Iterator[tuple[int, str]]:
    """Where the cells after the first column end, their marks left aside."""
    return ((found.start() + len(found[0].rstrip(SIGNS)), found[0]) for found in CELL.finditer(line))


def numbers_in_and_out_of_line(place: str, width: int) -> tuple[list[str], list[str]]:
    """The numbers that end where a heading does, and those that do not."""
    aligned, astray = list[str](), list[str]()
    for table in tables(place, width):
        headings, rows = split(table)
        allowed = {end for line in headings for end, _ in ends(line)}
        for end, cell in (found for line in rows for found in ends(line) if NUMBER.match(found[1])):
            (aligned if end in allowed else astray).append(cell)
    return aligned, astray


@pytest.mark.parametrize("columns", ["60", "80", "120"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: Path(place).stem)
def test_every_number_ends_under_the_end_of_a_heading(
    place: str, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    aligned, astray = numbers_in_and_out_of_line(place, int(columns))
    assert astray == []
    assert len(aligned) >= 10


def test_numbers_that_are_not_aligned_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(lining_up, "_aligned", lambda heading, cells: [heading, *map(text, cells)])
    _, astray = numbers_in_and_out_of_line("birmingham", 80)
    assert {"£981,000†", "−£350,000", "15 (12–23)", "1,000"} <= set(astray)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: Path(place).stem)
def test_the_cells_of_a_column_of_numbers_are_equally_wide(place: str) -> None:
    for table in tables(place):
        cells = lined_up(table)
        for position, kind in enumerate(cells.kinds):
            widths = {len(line) for cell in cells.column(position) for line in cell.split("\n")}
            assert len(widths) == 1 or kind != "numbers", cells.headings[position]
