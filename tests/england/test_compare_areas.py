"""`compare` takes areas of a table, each setting beside the same without it, and writes a workbook."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
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


def test_each_setting_of_each_area_is_a_column_beside_the_area_as_it_is() -> None:
    words = ("--area", "Leeds", "--area", "Kent", "--set", "shared_lives.ramp_months=24", "-f", "csv")
    rows = csv.DictReader(io.StringIO(carescale("compare", "england-councils", *words).out))
    months = {row["case"]: row["value"] for row in rows if row["key"] == "shared_lives.ramp_months"}
    assert months == {
        "Leeds, as it is": "18 months",
        "Leeds, ramp months 24 months": "24",
        "Kent, as it is": "18 months",
        "Kent, ramp months 24 months": "24",
    }


def test_a_comparison_of_two_councils_is_written_as_a_live_workbook_with_its_numbers_beside() -> None:
    assert carescale("compare", "england-councils", "--area", "Leeds", "--area", "Kent", "-o", "two.xlsx").code == 0
    sheet = openpyxl.load_workbook("two.xlsx", data_only=True)["Summary"]
    rows = {row[0].value: [cell.value for cell in row[1:3]] for row in sheet.iter_rows() if row[0].value}
    assert rows["Shared Lives: net saving (council)"] == pytest.approx([1_095_120, 3_755 * 0.0234 * 26_000])


def test_a_table_without_areas_named_is_not_compared() -> None:
    result = carescale("compare", "england-councils", "birmingham")
    assert result.code == 2
    assert "of a table it takes areas by name" in said(result)
