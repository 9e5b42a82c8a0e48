"""The list of a place's quantities: keys that other commands take, what they are, their unit and their value."""

import csv
import io
import json

import pytest
from cli.running import carescale

from carescale.analysis.projection import project
from carescale.inputs.loading import load

EXAMPLES = ("birmingham", "england", "cornwall", "kent", "incubator", "west-midlands")


def rows_of(example: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(carescale("list", "quantities", example, "--format", "csv").out)))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_list_fits_80_columns_and_has_every_key_of_the_spreadsheet(example: str) -> None:
    lines = carescale("list", "quantities", example, columns=80).out.splitlines()
    assert max(map(len, lines)) <= 80
    keys, path = [], ""
    for line in lines[1:-2]:
        path = line if line.endswith(".") and " " not in line else path
        keys += [path + line.split()[0]] if line.startswith("  ") and line[2] != " " else []
    assert set(keys) == {row["key"] for row in rows_of(example)}


def test_a_row_has_key_title_unit_value_and_status() -> None:
    rows = {row.pop("key"): row for row in rows_of("birmingham")}
    assert rows["shared_lives.net_saving.council"] == {
        "title": "Net saving", "unit": "£ a year", "value": "1334000", "status": "known",
    }  # fmt: skip
    assert rows["living_well.people_now"] == {
        "title": "People now", "unit": "people", "value": "", "status": "unknown",
    }  # fmt: skip
    assert rows["shared_lives.people_in_month"]["value"] == ""  # it has a value for each month


def test_what_does_not_apply_is_not_listed_and_the_values_are_those_of_the_projection() -> None:
    found = {row["key"]: row["value"] for row in rows_of("cornwall")}
    results = {result.key: result for result in project(load("cornwall"))}
    assert set(results) <= set(found)
    assert all("shared_lives" not in key for key in found)
    assert float(found["living_well.gross_saving.nhs"]) == results["living_well.gross_saving.nhs"].value


def test_data_has_the_same_as_the_spreadsheet() -> None:
    entries = json.loads(carescale("list", "quantities", "cornwall", "--format", "json").out)
    assert [entry["key"] for entry in entries] == [row["key"] for row in rows_of("cornwall")]
    assert {type(entry["value"]) for entry in entries} <= {int, float, type(None)}


def test_the_quantities_of_a_table_have_a_value_for_each_area() -> None:
    assert "by area" in carescale("list", "quantities", "west-midlands").out


def test_a_place_that_plans_nothing_has_none() -> None:
    assert carescale("list", "quantities", "-", stdin="place: Westshire\n").out == "none: nothing is planned\n"
