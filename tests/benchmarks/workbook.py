"""The workbook of 153 areas over 120 months, against XlsxWriter writing the same cells by hand.

By hand means the same text, numbers, formulas and values, ready in memory, written row by row in constant memory.
Both run in this process, in turn; the table is read and projected before the clock starts.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from areas import MONTHS, PLACE
from msgspec.structs import replace
from xlsxwriter import Workbook

from carescale import load
from carescale.analysis.areas import AreaProjection, project_areas
from carescale.analysis.projection import Projection
from carescale.report.screens.areas import areas_screen
from carescale.report.workbook.book import OPTIONS

AREAS, ROUNDS, MOST = 153, 5, 1.5
Cells = dict[str, list[tuple[int, int, Any, Any]]]


def projected(folder: Path) -> AreaProjection:
    """Made-up areas, a few of them without a return."""
    chance = random.Random(1)
    rows = ["code,name,region,weeks,adults"]
    for number in range(AREAS):
        weeks = "" if number % 20 == 7 else f"{chance.randint(0, 9000)}"
        rows.append(f"E06{number:06},Area {number},North,{weeks},{chance.randint(20_000, 900_000)}")
    (folder / "areas.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "place.yaml").write_text(PLACE, encoding="utf-8")
    return project_areas(load(str(folder / "place.yaml"), settings=[f"portfolio.horizon_months={MONTHS}"]))[0]


def cells_of(path: Path) -> Cells:
    """Every cell of a workbook: its text or number, or its formula and the value beside it."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.value, values[sheet.title][cell.coordinate].value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in formulas
    }


def by_hand(cells: Cells, path: Path) -> None:
    """XlsxWriter and nothing else."""
    with Workbook(str(path), OPTIONS) as book:
        style = book.add_format({"num_format": "#,##0"})
        for title, filled in cells.items():
            sheet = book.add_worksheet(title)
            for row, column, content, value in filled:
                if isinstance(content, str) and content.startswith("="):
                    sheet.write_formula(row, column, content, style, value)
                elif isinstance(content, str):
                    sheet.write_string(row, column, content, style)
                else:
                    sheet.write_number(row, column, content, style)


def seconds(job: Callable[[], None]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def peak(job: Callable[[], None]) -> float:
    """Megabytes."""
    tracemalloc.start()
    job()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        areas = projected(folder)
        ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
        jobs = {
            "carescale": lambda: areas_screen(replace(areas, projection=Projection(areas.case))).book(ours, ""),
            "by hand": lambda: by_hand(cells, theirs),
        }
        jobs["carescale"]()
        cells = cells_of(ours)
        times = {what: [] for what in jobs}
        for _ in range(ROUNDS):
            for what, job in jobs.items():
                times[what].append(seconds(job))
        spent = {what: statistics.median(taken) for what, taken in times.items()}
        count = sum(map(len, cells.values()))
        print(f"{AREAS} areas × {MONTHS} months, {count:,} cells, {ours.stat().st_size / 1e6:.1f} MB")
        for what, job in jobs.items():
            print(f"  {what:10} {spent[what]:.2f} s, peak {peak(job):.0f} MB")
        print(f"  ratio {spent['carescale'] / spent['by hand']:.2f} (at most {MOST})")


if __name__ == "__main__":
    main()
