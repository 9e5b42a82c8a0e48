"""All councils with several interventions: the totals are an independent sum's, each row is that council by itself."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest
from cli.running import carescale, said

from carescale.analysis.one_area import one_area
from carescale.analysis.projection import project
from carescale.analysis.together import AreasTogether
from carescale.inputs.library import shipped
from carescale.inputs.loading import load
from carescale.report.screens.together import column_name

EXAMPLE = "england-councils"


@pytest.fixture(scope="module")
def england() -> AreasTogether:
    return AreasTogether(load(EXAMPLE))


@pytest.fixture(scope="module")
def by_hand() -> pl.DataFrame:
    """The same sums in polars, straight from the table that ships: nothing of the engine is in them."""
    path = shipped("scenarios") / "england" / "2021-22.csv"
    table = pl.read_csv(path, infer_schema=False)
    numbers = table.select(
        "code",
        *(
            pl.col(name).cast(pl.Float64, strict=False).alias(name)
            for name in (
                "ld_clients_18_64", "spend_nursing_65_plus", "spend_residential_65_plus",
                "spend_other_short_term_65_plus", "reablement_new_clients_65_plus", "population_65_plus",
            )
        ),
    )  # fmt: skip
    short = pl.when(pl.col("spend_other_short_term_65_plus") >= 0).then(pl.col("spend_other_short_term_65_plus"))
    now, people = pl.col("reablement_new_clients_65_plus"), pl.col("population_65_plus")
    line = numbers.filter(people >= 100).select((now / people).quantile(0.75, "linear")).item()
    return numbers.select(
        "code",
        shared_lives=pl.col("ld_clients_18_64") * 0.0234,
        hospital=(pl.col("spend_nursing_65_plus") + pl.col("spend_residential_65_plus")).fill_null(0) * 0.13
        + short.fill_null(0) * 0.13,
        reablement=(line * people - now).clip(0),
    )


def test_national_totals_are_those_of_an_independent_sum(england: AreasTogether, by_hand: pl.DataFrame) -> None:
    sums = by_hand.select(pl.col("shared_lives", "hospital", "reablement").sum()).row(0, named=True)
    expected = {
        "shared_lives.additional_people": sums["shared_lives"],
        "shared_lives.net_saving.council": sums["shared_lives"] * 26_000,
        "hospital_discharge.net_saving.council": sums["hospital"],
        "reablement.additional_people_a_year": sums["reablement"],
        "reablement.additional_people": sums["reablement"] * 1.4 / 12,
        "reablement.cost_incurred.council": sums["reablement"] * 2_088,
        "portfolio.additional_people": sums["shared_lives"] + sums["reablement"] * 1.4 / 12,
        "portfolio.net_saving.council": sums["shared_lives"] * 26_000 + sums["hospital"] - sums["reablement"] * 2_088,
    }
    for key, value in expected.items():
        assert england.total(key).value == pytest.approx(value, rel=1e-9), key


COUNCILS = (
    "Leeds",
    "Birmingham",
    "Cambridgeshire",
    "Swindon",
    "Wiltshire",
    "Hackney",
    "Isles of Scilly",
    "E10000016",
    "Herefordshire",
)


@pytest.mark.parametrize("council", COUNCILS)
def test_the_row_of_a_council_is_that_council_by_itself(england: AreasTogether, council: str) -> None:
    alone = one_area(england.case, council)
    projection = project(alone)
    at = list(england.table.codes).index(alone.code)
    for key in england.keys:
        by_itself, row = projection[key].value, england[key][at]
        assert (by_itself is None) == np.isnan(row), key
        if by_itself is not None:
            assert row == pytest.approx(by_itself, rel=1e-9), key


def test_every_council_is_in_the_file_and_what_it_lacks_is_said_with_the_reason(england: AreasTogether) -> None:
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(carescale("project", EXAMPLE, "-f", "csv").out))}
    assert len(rows) == 152
    assert rows["Leeds"]["status"] == "partial"  # as the screen says of the total: before costs that are not known
    assert "hospital_discharge.cost_incurred.council: not known" in rows["Leeds"]["missing"]
    saved = float(rows["Leeds"]["net_saving_council"]) + float(rows["Leeds"]["reablement_cost_incurred_council"])
    assert saved == pytest.approx(1_095_120 + 0.13 * (60_290_000 + 10_856_000))
    assert rows["Wiltshire"]["status"] == "partial"
    assert rows["Wiltshire"]["missing"].startswith("hospital_discharge.short_term.spend: printed below zero; ")
    assert rows["Hackney"]["status"] == "unknown"
    assert rows["Hackney"]["net_saving_council"] == ""
    total = sum(float(row["net_saving_council"] or 0) for row in rows.values())
    assert total == pytest.approx(england.total("portfolio.net_saving.council").value)


def rows_of(out: str) -> list[str]:
    """The rows of the table: an area, or all together, with five numbers."""
    return [line for line in out.splitlines() if re.search(r"( +(−?[\d,]+\*?|n/k)){5}$", line)]


def test_the_screen_lists_twenty_one_total_and_who_is_not_known() -> None:
    out = carescale("project", EXAMPLE).out
    rows = rows_of(out)
    assert len(rows) == 21
    assert rows[0].split() == ["Essex", "184", "2,053", "17,975", "−1,886", "18,142"]
    assert rows[-1].split() == ["Together", "15,694*", "75,505*", "700,461*", "−228,900*", "547,067*"]
    assert "131 more areas with less: --all lists them. Not known: Hackney." in out
    assert "Shared Lives: how many there are now, by area" in out
    assert "before any saving of Reablement; before costs" in out
    assert "£547m saved a year before costs that are not known" in " ".join(out.split())
    assert len(out.splitlines()) <= 45
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "rows"), [(("--top", "5"), 6), (("--all",), 152)]
)  # and all together; Hackney is not known
def test_as_many_councils_are_listed_as_are_asked_for(words: tuple[str, ...], rows: int) -> None:
    assert len(rows_of(carescale("project", EXAMPLE, *words).out)) == rows


def test_the_same_is_written_as_json_and_parquet() -> None:
    document = json.loads(carescale("project", EXAMPLE, "-f", "json").out)
    assert document["totals"]["net_saving_council"]["areas"] == 151
    assert len(document["areas"]) == 152
    carescale("project", EXAMPLE, "-o", "councils.parquet")
    frame = pl.read_parquet("councils.parquet")
    assert frame["net_saving_council"].sum() == pytest.approx(document["totals"]["net_saving_council"]["total"])
    assert {column_name(key) for key in ("shared_lives.net_saving.council",)} <= set(frame.columns)


def test_a_workbook_holds_every_council_and_what_it_lacks_with_the_reason(england: AreasTogether) -> None:
    assert carescale("project", EXAMPLE, "-o", "councils.xlsx").code == 0
    book = openpyxl.load_workbook("councils.xlsx", data_only=True)
    assert book.sheetnames == ["Summary", "Areas", "Inputs", "Results", "Sources", "About"]
    headings, together, *rows = (row for row in book["Areas"].iter_rows(min_row=3, values_only=True))
    column = headings.index("Net saving (council)")
    assert len(rows) == 152
    assert together[column] == pytest.approx(england.total("portfolio.net_saving.council").value)
    hackney = next(row for row in rows if row[1] == "Hackney")
    assert (hackney[headings.index("Learning disability support: eligible people")], hackney[column]) == (
        "no return",
        "not known",
    )


def test_overlap_is_taken_off_as_it_is_given() -> None:
    text = (shipped("examples") / f"{EXAMPLE}.yaml").read_text(encoding="utf-8")
    overlap = "  overlap:\n    council: {value: £10, assumption: a test}\n"
    Path("here.yaml").write_text(text + overlap, encoding="utf-8")
    plain, less = AreasTogether(load(EXAMPLE)), AreasTogether(load("here.yaml"))
    key = "portfolio.net_saving.council"
    known = plain.total(key).known
    assert plain.total(key).value - less.total(key).value == pytest.approx(10 * known)


def test_one_of_them_has_a_screen_of_its_own_with_the_local_upper_bound() -> None:
    result = carescale("project", EXAMPLE, "--area", "Leeds")
    assert result.code == 0, said(result)
    assert "at most £33,491 a person, care homes here; £26,000 is counted\n" in result.out
