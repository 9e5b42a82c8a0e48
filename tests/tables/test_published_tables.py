"""The tables as they are published: the one with marks gives what the tidy one gives, and so does the workbook."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from tables.making import ADDITIONAL, ELIGIBLE, PEOPLE, RATE, SHARED, areas

from carescale.area_table import AreaTable, Column, TableMap
from carescale.formulas.vocabulary import registry
from carescale.inputs.tables.areas import read_areas

TIDY, PUBLISHED = "england-2021-22.csv", "england-2021-22-as-published.csv"
WORKBOOK = "asc_activity_finance_2021-22.xlsx"
pytestmark = pytest.mark.skipif(not (SHARED / TIDY).is_file(), reason="the published tables are not here")

REASONS = {"[c]": "fewer than 5", "[x]": "no return", "": "blank"}
MISSING = 'missing: {"[c]": fewer than 5, "[x]": no return}'
# A unit cost of 0 that one council's return has, and that the tidy table leaves out.
SCILLY = "E06000053"
NOUGHTS = {f"weekly_cost_{name}" for name in ("residential_ld_18_64", "residential_mh_18_64", "nursing_65_plus")}
NOT_NUMBERS = ("code", "la_code", "name", "type", "region_code", "region")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (SHARED / PUBLISHED).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def every_column(file: str) -> AreaTable:
    """The table with every column of numbers as a figure of its own."""
    with (SHARED / file).open(encoding="utf-8") as lines:
        headings = next(csv.reader(lines))
    spend = registry.figures["spend"]
    columns = tuple(
        Column(key=name, kind=spend, heading=name, year="2021-22") for name in headings if name not in NOT_NUMBERS
    )
    marks = {mark: reason for mark, reason in REASONS.items() if mark}
    return read_areas(
        TableMap(path=SHARED / file, code="code", name="name", region="region", missing=marks, columns=columns)
    )


def test_all_152_councils_are_there_with_names_that_have_commas(rows: list[dict[str, str]]) -> None:
    table = every_column(PUBLISHED)
    assert len(table) == len(rows) == 152
    assert "Kingston upon Hull, City of" in list(table.names)
    assert list(table.codes) == [row["code"] for row in rows]


def test_the_table_as_published_gives_exactly_the_numbers_of_the_tidy_one() -> None:
    tidy, published = every_column(TIDY), every_column(PUBLISHED)
    assert list(tidy.codes) == list(published.codes)
    assert len(tidy.figures) == 33
    same = np.array([code != SCILLY for code in tidy.codes])
    for key, values in tidy.figures.items():
        compared = same if key in NOUGHTS else np.ones_like(same)
        assert np.array_equal(values[compared], published.figures[key][compared], equal_nan=True), key
        assert np.isnan(values[~compared]).all()
        assert (published.figures[key][~compared] == 0).all(), "a nought that is printed is one"


def test_every_missing_number_as_published_is_counted_under_its_own_reason(rows: list[dict[str, str]]) -> None:
    table = every_column(PUBLISHED)
    for key in table.figures:
        expected = Counter(REASONS[row[key]] for row in rows if row[key] in REASONS)
        assert Counter(table.missing.get(key, {})) == expected, key
    assert table.missing["reablement_new_clients_18_64"] == {"fewer than 5": 3, "no return": 1}
    assert table.missing["spend_ld_18_64"] == {"no return": 2}


def test_the_tidy_table_calls_the_same_numbers_blank_and_none_of_them_nought() -> None:
    table, published = every_column(TIDY), every_column(PUBLISHED)
    for key, reasons in published.missing.items():
        blank = sum(reasons.values()) + (key in NOUGHTS)
        assert table.missing[key] == {"blank": blank}, key
        assert np.isnan(table.figures[key]).sum() == blank


COLUMNS = [
    ("ld_clients_18_64", "population_18_64"),
    ("reablement_new_clients_65_plus", "clients_65_plus"),
    ("reablement_new_clients_18_64", "population_18_64"),
    ("spend_ld_18_64", "asc_gross_current_expenditure"),
    ("spend_residential_65_plus", "asc_gross_current_expenditure"),
]


@pytest.mark.parametrize("benchmark", ["best", "top_decile", "top_quartile", "median", "best_5"])
@pytest.mark.parametrize(("people", "eligible"), COLUMNS)
def test_both_tables_project_to_exactly_the_same_results(people: str, eligible: str, benchmark: str) -> None:
    found = []
    for file in (TIDY, PUBLISHED):
        shutil.copy(SHARED / file, ".")
        projected = areas(
            file=file, people=f"column: {people}", eligible=f"column: {eligible}", benchmark=benchmark,
            table=f"{MISSING}\nregion: region",
        )  # fmt: skip
        total = projected.total(ADDITIONAL)
        assert total.missing == len(projected.table) - total.known > 0
        found.append((projected[ADDITIONAL], projected[RATE], np.array([total.value, float(projected.benchmark)])))
    for tidy, published in zip(*found, strict=True):
        assert np.array_equal(tidy, published, equal_nan=True)
    assert found[0][2][0] > 0


def test_councils_that_made_no_return_are_missing_with_that_reason() -> None:
    shutil.copy(SHARED / PUBLISHED, ".")
    projected = areas(
        file=PUBLISHED, people="column: ld_clients_18_64", eligible="column: population_18_64", table=MISSING
    )
    names = [str(name) for name in projected.table.names]
    assert projected.missing_reason(names.index("Hackney")) == "no return"
    assert np.isnan(projected[ADDITIONAL][names.index("Hackney")])


# --- the workbook --------------------------------------------------------------------------------------------------

# Sheet, heading, and the tidy table's column of the same numbers.
SHEETS = [
    ("T37", "18 to 64 / Learning Disability Support", "ld_clients_18_64"),
    ("T37", "65 and over / Learning Disability Support", "ld_clients_65_plus"),
    ("T37", "18 to 64 / Mental Health Support", "mh_clients_18_64"),
    ("T37", "65 and over / Support with Memory and Cognition", "memory_clients_65_plus"),
    ("T36", "18 to 64 / Population", "population_18_64"),
    ("T36", "65 and over / Population", "population_65_plus"),
    ("T52", "Nursing / 2021-22 / 65 and Over", "weekly_cost_nursing_65_plus"),
    ("T52", "Residential / 2021-22 / 65 and Over", "weekly_cost_residential_65_plus"),
]


@pytest.fixture(scope="module")
def workbook() -> AreaTable:
    spend = registry.figures["spend"]
    columns = tuple(
        Column(key=name, kind=spend, heading=heading, sheet=sheet, year="2021-22") for sheet, heading, name in SHEETS
    )
    path = SHARED / WORKBOOK
    marks = {"[c]": "fewer than 5", "[x]": "no return"}
    return read_areas(
        TableMap(path=path, code="Geography code", name="LA name", region="Region name", missing=marks, columns=columns)
    )


def test_england_and_the_regions_of_the_workbook_are_no_areas(workbook: AreaTable) -> None:
    assert len(workbook) == 152
    assert workbook.left_out["rows that are no areas"] > 10


@pytest.mark.parametrize(("sheet", "heading", "name"), SHEETS)
def test_a_column_of_the_workbook_has_the_numbers_of_the_tidy_table(
    workbook: AreaTable, sheet: str, heading: str, name: str
) -> None:
    tidy = every_column(TIDY)
    left_out = {SCILLY} if name in NOUGHTS else set()
    expected = dict(zip(tidy.codes, tidy.figures[name], strict=True))
    found = dict(zip(workbook.codes, np.round(workbook.figures[name], 2), strict=True))
    assert set(found) == set(expected)
    wrong = {code for code in found if not np.array_equal(found[code], expected[code], equal_nan=True)}
    assert wrong == left_out


def test_missing_numbers_of_the_workbook_have_the_reasons_of_the_published_table(workbook: AreaTable) -> None:
    published = every_column(PUBLISHED)
    for _, _, name in SHEETS:
        assert workbook.missing.get(name, {}) == published.missing.get(name, {}), name


def test_the_workbook_projects_as_the_tidy_table_does() -> None:
    shutil.copy(SHARED / WORKBOOK, ".")
    shutil.copy(SHARED / TIDY, ".")
    straight = areas(
        file=WORKBOOK, code="Geography code", name="LA name", table=MISSING,
        people="sheet: T37, column: 18 to 64 / Learning Disability Support",
        eligible="sheet: T36, column: 18 to 64 / Population",
    )  # fmt: skip
    tidy = areas(file=TIDY, people="column: ld_clients_18_64", eligible="column: population_18_64")
    assert float(straight.benchmark) == float(tidy.benchmark)
    assert straight.total(ADDITIONAL).value == pytest.approx(tidy.total(ADDITIONAL).value, rel=1e-12)
    assert straight.total(ADDITIONAL).missing == tidy.total(ADDITIONAL).missing
    assert straight.table.headings[PEOPLE].endswith("Learning Disability Support")
    assert straight.table.headings[ELIGIBLE].endswith("Population")
    assert Path(WORKBOOK).is_file()
