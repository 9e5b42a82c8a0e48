"""`compare` takes areas of a table, cases that are set beside the rest, and writes a workbook."""

from __future__ import annotations

import csv
import io

import openpyxl
from cli.running import carescale, said


def test_areas_stand_side_by_side_as_each_is_by_itself() -> None:
    rows = carescale("compare", "england-councils", "--area", "Leeds", "--area", "Kent", "-f", "csv").out
    found = {
        (row["key"], row["case"]): row["value"]
        for row in csv.DictReader(io.StringIO(rows))
        if row["direction"] == "out"
    }
    assert float(found["shared_lives.net_saving.council", "Leeds"]) == 1_095_120
    assert float(found["shared_lives.net_saving.council", "Kent"]) == 3_755 * 0.0234 * 26_000


def test_a_case_that_is_set_stands_beside_the_same_as_it_is() -> None:
    out = carescale("compare", "birmingham", "--case", "shared_lives.ramp_months=24").out
    assert out.startswith("as it is beside ramp months 24 months")
    assert "18 months" in out


def test_a_comparison_is_written_as_a_workbook_with_numbers() -> None:
    assert carescale("compare", "england-councils", "--area", "Leeds", "--area", "Kent", "-o", "two.xlsx").code == 0
    sheet = openpyxl.load_workbook("two.xlsx")["Comparison"]
    rows = {row[0].value: [cell.value for cell in row[1:3]] for row in sheet.iter_rows() if row[0].value}
    assert rows["Shared Lives: net saving (council)"] == [1_095_120, 3_755 * 0.0234 * 26_000]


def test_a_table_without_areas_named_is_not_compared() -> None:
    result = carescale("compare", "england-councils", "birmingham")
    assert result.code == 2
    assert "of a table it takes areas by name" in said(result)
