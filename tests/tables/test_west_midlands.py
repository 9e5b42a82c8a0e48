"""The example of the West Midlands says what was published: Telford and Wrekin is best, Birmingham far behind it."""

from __future__ import annotations

import csv
import io
import json
import re

import numpy as np
import pytest
from cli.running import carescale as run
from tables.making import ADDITIONAL, COHORT, PEOPLE, RATE, projected

from carescale.analysis.areas import AreaProjection
from carescale.analysis.one_area import one_area
from carescale.analysis.projection import project
from carescale.inputs.loading import load
from carescale.report.formats import number

# Weeks of 2010-11 and adults aged 18 to 64, as in the table; the others made no return.
RETURNED = {
    "Birmingham": (4460, 682_422), "Sandwell": (415, 192_038), "Shropshire": (1555, 179_406),
    "Solihull": (105, 120_973), "Stoke-on-Trent": (95, 153_203), "Telford and Wrekin": (2545, 104_003),
    "Warwickshire": (0, 328_907), "Wolverhampton": (170, 153_551), "Worcestershire": (3370, 338_141),
}  # fmt: skip
ADULTS = "learning_disability.adult_population"
MISSING = {"Coventry", "Dudley", "Herefordshire, County of", "Staffordshire", "Walsall"}


@pytest.fixture
def areas() -> AreaProjection:
    return projected("west-midlands")


def of(areas: AreaProjection, key: str, name: str) -> float:
    return float(areas[key][list(areas.table.names).index(name)])


def test_nine_of_fourteen_areas_have_a_rate_and_five_made_no_return(areas: AreaProjection) -> None:
    known = {str(name) for name, rate in zip(areas.table.names, areas[RATE], strict=True) if rate == rate}
    assert known == set(RETURNED)
    assert set(areas.table.names) - known == MISSING
    assert areas.table.missing == {PEOPLE: {"not returned": 5}}


@pytest.mark.parametrize("name", RETURNED)
def test_people_are_weeks_over_52_and_the_rate_is_of_adults_18_to_64(areas: AreaProjection, name: str) -> None:
    weeks, adults = RETURNED[name]
    position = list(areas.table.names).index(name)
    assert areas.table.figures[PEOPLE][position] == pytest.approx(weeks / 52)
    assert areas.table.figures[ADULTS][position] == adults
    assert of(areas, RATE, name) == pytest.approx(weeks / 52 / adults)


def test_telford_and_wrekin_is_best_at_47_06_per_100_000(areas: AreaProjection) -> None:
    assert round(float(areas.benchmark) * 100_000, 2) == 47.06
    assert of(areas, RATE, "Telford and Wrekin") == areas.benchmark == np.nanmax(areas[RATE])


def test_birmingham_has_85_8_people_at_12_57_per_100_000_and_is_235_4_behind(areas: AreaProjection) -> None:
    assert round(of(areas, f"{COHORT}.people_now", "Birmingham"), 1) == 85.8
    assert round(of(areas, RATE, "Birmingham") * 100_000, 2) == 12.57
    assert round(of(areas, ADDITIONAL, "Birmingham"), 1) == 235.4


def test_the_total_is_of_the_nine_and_the_five_are_counted_as_missing(areas: AreaProjection) -> None:
    best = 2545 / 52 / 104_003
    expected = sum(best * adults - weeks / 52 for weeks, adults in RETURNED.values())
    total = areas.total(ADDITIONAL)
    assert (total.value, total.known, total.missing) == (pytest.approx(expected), 9, 5)


@pytest.mark.parametrize(("name", "share"), [("median", 50), ("top_quartile", 75), ("top_decile", 90), ("best", 100)])
def test_every_benchmark_is_the_percentile_of_the_nine_rates(areas: AreaProjection, name: str, share: int) -> None:
    rates = [weeks / 52 / adults for weeks, adults in RETURNED.values()]
    assert float(areas.with_benchmark(name).benchmark) == pytest.approx(np.percentile(rates, share), rel=1e-12)


def test_the_screen_has_best_top_quartile_and_median_beside_each_other() -> None:
    screen = run("project", "west-midlands", "--full", columns=120).out
    table = screen.partition("Catching up with")[2].partition("Read with care")[0]
    lines = [re.split(r"\s{2,}", line.strip()) for line in table.splitlines()]
    found = {line[0]: line[1:] for line in lines if len(line) == 4}
    assert found["the best area"][:2] == ["47.06", "815.5*"]
    assert found["the top quartile (inclusive)"][:2] == ["16.67", "171.0*"]
    assert found["the median (inclusive)"][:2] == ["4.16", "24.3*"]


def test_the_screen_shows_birmingham_and_who_is_best_and_who_is_missing_why() -> None:
    screen = run("project", "west-midlands", "--full", columns=120).out
    assert re.search(r"Birmingham +85\.8 +12\.57 +34\.49 +235\.4 ", screen)
    assert re.search(r"Telford and Wrekin +48\.9 +47\.06 +0\.00 +0\.0 ", screen)
    assert "9 of 14 areas have a rate; 5 not returned" in screen
    for name in MISSING:
        assert re.search(rf"{name} +n/k +n/k +n/k +n/k", screen)


def test_the_screen_warns_that_a_small_area_alone_sets_the_line() -> None:
    screen = " ".join(run("project", "west-midlands", "--full").out.split())
    told = "Telford and Wrekin alone sets the benchmark, whose rate is of only 104,003 people; far outside the rest; "
    assert f"{told}47.06 against 19.17 of the next" in screen


def test_a_spreadsheet_has_a_row_an_area_with_blanks_and_a_reason_for_the_missing() -> None:
    rows = list(csv.DictReader(io.StringIO(run("project", "west-midlands", "--format", "csv").out)))
    assert [row["name"] for row in rows if not row["additional_people"]] == sorted(MISSING)
    assert {row["status"] for row in rows if row["name"] in MISSING} == {"not returned"}
    assert {row["status"] for row in rows if row["name"] in RETURNED} == {"known"}
    birmingham = next(row for row in rows if row["name"] == "Birmingham")
    assert round(float(birmingham["additional_people"]), 1) == 235.4
    assert birmingham["code"] == "E08000025"


def test_a_spreadsheet_of_areas_has_no_binary_noise_and_whole_numbers_as_whole() -> None:
    rows = list(csv.DictReader(io.StringIO(run("project", "west-midlands", "--format", "csv").out)))
    birmingham = next(row for row in rows if row["name"] == "Birmingham")
    written = [
        birmingham[name] for name in ("rate_base", "people_now", "net_saving_council", "break_even_month_council")
    ]
    assert written == ["682422", "85.7692307692", "6119586.02156", "14"]
    for cell in (cell for row in rows for cell in row.values() if re.fullmatch(r"-?[\d.]+", cell)):
        assert float(cell) == number(float(cell))


def test_data_has_the_total_and_how_many_are_missing() -> None:
    data = json.loads(run("project", "west-midlands", "--format", "json").out)
    total = data["additional_people"]
    assert (round(total["total"], 1), total["areas"], total["missing"]) == (815.5, 9, 5)
    assert len(data["areas"]) == 14


def test_the_area_that_sets_the_benchmark_has_by_itself_nobody_more_to_reach() -> None:
    """Not a hundred-thousand-millionth of a person, for whom a carer and a coordinator would be found."""
    alone = project(one_area(load("west-midlands"), "Telford and Wrekin"))
    assert alone["shared_lives.additional_people"].value == 0
    assert alone["shared_lives.additional_carers"].value == 0
    assert alone["shared_lives.break_even_month.council"].value == 0
