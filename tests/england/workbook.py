"""A workbook in the layout of NHS Digital's, of a few councils, for tests where the published one is not at hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl

from carescale.inputs.england.publication import in_year, read_reading
from carescale.problems import NOWHERE

SHARED = Path(__file__).parents[3] / "shared" / "data"
WORKBOOK, OUTCOMES = SHARED / "asc_activity_finance_2021-22.xlsx", SHARED / "ascof_2024-25.ods"
COUNCILS = (("E08000035", "Leeds", "Yorkshire and The Humber"), ("E10000016", "Kent", "South East"))
LEADING = ("Geography code", "LA code", "LA name", "Region code", "Region name")


def write_workbook(
    path: Path, year: str, *, without: tuple[str, ...] = (), cells: Mapping[tuple[str, str], object] | None = None
) -> None:
    """Every column that the reading names is there with the number 10, but for some; `cells` says others, by column
    and code.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets: dict[str, list[tuple[str, list[str]]]] = {}
    for name, column in read_reading("nhs-asc-activity-finance", NOWHERE).columns.items():
        if name not in without:
            sheets.setdefault(column.sheet or "", []).append((name, in_year(column.column, year).split(" / ")))
    for sheet_name, columns in sheets.items():
        sheet = book.create_sheet(sheet_name)
        sheet.cell(4, 1, f"Table {sheet_name[1:]}")
        depth = max(len(parts) for _, parts in columns)
        for position, heading in enumerate(LEADING, 1):
            sheet.cell(7, position, heading)
        for position, (_, parts) in enumerate(columns, 6):
            for level, part in enumerate(parts):
                sheet.cell(7 + level, position, part)
        first = 7 + depth
        sheet.cell(first, 5, "England")
        for row, (code, council, region) in enumerate(COUNCILS, first + 1):
            for position, value in enumerate((code, "1", council, "E12", region), 1):
                sheet.cell(row, position, value)
            for position, (name, _) in enumerate(columns, 6):
                sheet.cell(row, position, (cells or {}).get((name, code), 10))
        sheet.cell(first + 4, 1, "Source: ONS, Mid year 2021 population estimates have been used.")
    book.save(path)
