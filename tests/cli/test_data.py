"""CSV and JSON: the same numbers at full precision, unknowns blank, and names that other programs can rely on."""

import csv
import io
import json
import math
from typing import Any

import pytest
from cli.running import carescale

from carescale import load, project

ORDER = ["place", "scenario", "intervention", "cohort", "payer", "quantity", "value", "unit", "year", "status"]
STATUSES = {"known", "unknown", "partial", "beyond the horizon"}
PLACES = ["birmingham", "england", "cornwall", "kent"]


def rows_of(*words: str) -> list[dict[str, str]]:
    """The rows of a CSV on standard output."""
    out = carescale("project", *words, "--format", "csv").out
    return list(csv.DictReader(io.StringIO(out, newline="")))


def document_of(*words: str) -> Any:
    return json.loads(carescale(*words, "--format", "json").out)


def key_of(row: dict[str, str]) -> str:
    parts = [row["intervention"] or "portfolio", row["cohort"], row["quantity"], row["payer"], row["financial_year"]]
    return ".".join(part.replace("/", "_") for part in parts if part)


def test_the_columns_stand_in_the_order_that_was_agreed() -> None:
    assert list(rows_of("cornwall")[0])[: len(ORDER)] == ORDER


@pytest.mark.parametrize("place", PLACES)
def test_every_quantity_is_one_row_with_its_value_at_full_precision(place: str) -> None:
    rows = {key_of(row): row for row in rows_of(place)}
    results = {result.key: result for result in project(load(place))}
    assert list(rows) == list(results)
    for key, result in results.items():
        assert rows[key]["status"] == result.status
        if result.value is not None and not result.beyond_horizon:
            assert float(rows[key]["value"]) == pytest.approx(result.value, rel=1e-11), key


@pytest.mark.parametrize("place", PLACES)
def test_what_is_unknown_is_blank_says_so_and_says_why(place: str) -> None:
    rows = rows_of(place)
    assert {row["status"] for row in rows} <= STATUSES
    unknown = [row for row in rows if row["status"] == "unknown"]
    assert unknown
    assert all(row["value"] == "" and row["because"] for row in unknown)
    assert all(row["value"] != "" for row in rows if row["status"] in ("known", "partial"))


def test_a_month_beyond_the_horizon_is_blank_and_never_0() -> None:
    central, high = rows_of("england", "--months", "20"), rows_of("england", "--months", "30")
    (month,) = (row for row in central if key_of(row) == "shared_lives.break_even_month.council")
    assert (month["value"], month["status"]) == ("", "beyond the horizon")
    (month,) = (row for row in high if key_of(row) == "shared_lives.break_even_month.council")
    assert (month["value"], month["low"], month["high"], month["status"]) == ("27", "23", "", "known")
    (entry,) = (
        quantity
        for quantity in document_of("project", "england", "--months", "30")["quantities"]
        if quantity["key"] == "shared_lives.break_even_month.council"
    )
    assert (entry["value"], entry["low"], entry["high"]) == (27, 23, None)


def test_the_lines_of_a_csv_end_as_the_standard_says() -> None:
    out = carescale("project", "cornwall", "--format", "csv").out
    assert out.count("\r\n") == out.count("\n") > 50


def test_the_mark_for_old_spreadsheets_stands_first_and_only_when_asked_for() -> None:
    marked = carescale("project", "cornwall", "--format", "csv", "--bom").out
    plain = carescale("project", "cornwall", "--format", "csv").out
    assert marked == "\ufeff" + plain
    assert not plain.startswith("\ufeff")


def test_month_by_month_each_series_runs_from_month_0_to_the_horizon() -> None:
    rows = rows_of("cornwall", "--monthly", "--months", "24")
    assert [*rows[0]] == [*ORDER[:6], "month", "value", "unit", "status"]
    by_series: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in rows:
        by_series.setdefault(tuple(row[name] for name in ("intervention", "payer", "quantity")), []).append(row)
    assert ("living_well", "nhs", "monthly_net_saving") in by_series
    assert all([int(row["month"]) for row in series] == list(range(25)) for series in by_series.values())


def test_the_months_add_up_to_the_sum_that_is_projected() -> None:
    rows = [row for row in rows_of("cornwall", "--monthly") if row["intervention"] == "living_well"]
    monthly = [float(row["value"]) for row in rows if (row["payer"], row["quantity"]) == ("nhs", "monthly_net_saving")]
    yearly = project(load("cornwall"))["living_well.net_saving.nhs"].value
    assert yearly is not None
    assert len(monthly) == 61
    assert math.isclose(sum(monthly[-12:]), yearly)


@pytest.mark.parametrize(
    ("words", "version"),
    [
        (("project", "cornwall"), "carescale.projection/1"),
        (("check", "cornwall"), "carescale.check/1"),
        (("explain", "cornwall", "living_well.net_saving.nhs"), "carescale.explanation/1"),
    ],
    ids=" ".join,
)
def test_a_json_document_starts_with_the_version_of_its_form(words: tuple[str, ...], version: str) -> None:
    document = document_of(*words)
    assert next(iter(document.items())) == ("format", version)


def test_the_json_of_a_projection_holds_everything_that_a_reader_needs() -> None:
    document = document_of("project", "cornwall", "--monthly", "--set", "living_well.added_people=500")
    assert document["place"] == {"name": "Cornwall", "code": None, "year": "2015", "file": "examples/cornwall.yaml"}
    assert document["scenario"] == {"name": "as-published", "title": "As published"}
    assert document["changes"] == [
        {"key": "living_well.older_people.added_people", "before": "325 people", "after": "500 people"}
    ]
    assert document["headline"].startswith("Living Well for the first 325 people → 500 people")
    quantities = {entry["key"]: entry for entry in document["quantities"]}
    assert quantities["living_well.gross_saving.council"]["value"] == 590_500
    assert quantities["living_well.set_up_cost.council"] == {
        "key": "living_well.set_up_cost.council", "title": "Set-up cost", "value": None, "low": None, "high": None,
        "worst": None, "best": None, "unit": "GBP", "status": "unknown", "because": ["living_well.set_up_lump_sum"],
    }  # fmt: skip
    figures = {entry["key"]: entry for entry in document["figures"]}
    saving = figures["living_well.older_people.published_saving_per_person.council"]
    assert (saving["printed"], saving["value"], saving["source"]["key"]) == ("£1,181", 1181, "scie-2017")
    assert saving["place"].startswith("scenarios/interventions/living_well.yaml:")
    assert {note["kind"] for note in document["notes"]} >= {"contradicted", "assumed", "not known"}
    assert len(document["months"]["living_well.monthly_net_saving.council"]) == 61


def test_the_json_of_a_check_holds_each_claim_with_its_verdict() -> None:
    (file,) = document_of("check", "cornwall")["files"]
    assert (file["file"], file["passed"]) == ("examples/cornwall.yaml", True)
    claim = file["claims"][-1]
    assert (claim["line"], claim["claim"], claim["published"]) == (27, "living_well.running_cost", "£130,000")
    assert (claim["computed"], claim["verdict"], claim["as_expected"]) == (130_000, "reproduced", True)


@pytest.mark.parametrize("shelf", ["interventions", "scenarios", "quantities", "sources", "examples"])
def test_a_list_is_the_same_as_csv_as_json_and_on_the_screen(shelf: str) -> None:
    listed = document_of("list", shelf)
    out = carescale("list", shelf, "--format", "csv").out
    assert list(csv.DictReader(io.StringIO(out, newline=""))) == listed
    screen = carescale("list", shelf, columns=120).out
    assert len(listed) > 2
    assert all(next(iter(entry.values())) in screen for entry in listed)
