"""Many areas as a file: Parquet has the rows of the CSV, each column in its own type; and one area by its name."""

from __future__ import annotations

from pathlib import Path

import polars
import pytest
from cli.running import carescale, said
from tables.making import PLAIN, areas, place, projected

from carescale import Problems, load
from carescale.analysis.one_area import one_area


def test_parquet_has_the_rows_of_the_csv_and_numbers_as_numbers() -> None:
    for file in ("areas.parquet", "areas.csv"):
        assert carescale("project", "west-midlands", "--output", file).code == 0
    stored, printed = polars.read_parquet("areas.parquet"), polars.read_csv("areas.csv", infer_schema=False)
    assert stored.columns == printed.columns
    assert (len(stored), len(printed)) == (14, 14)
    texts = {"place", "scenario", "cohort", "code", "name", "region", "status"}
    assert {name for name, kind in stored.schema.items() if kind == polars.String} == texts
    for name in texts:
        assert stored[name].to_list() == [text or "" for text in printed[name]], name
    for name in set(stored.columns) - texts:
        assert stored[name].to_list() == pytest.approx(printed[name].cast(polars.Float64).to_list()), name


def test_what_is_missing_is_null_in_parquet_and_never_nought() -> None:
    Path("areas.csv").write_text(PLAIN.replace(",10,", ",[c],"), encoding="utf-8")
    assert carescale("project", place(), "--output", "out.parquet").code == 0
    stored = polars.read_parquet("out.parquet").row(0, named=True)
    assert (stored["name"], stored["people_now"], stored["rate_now"]) == ("Birmingham", None, None)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("west-midlands", "--format", "parquet"), "--output: Parquet needs a file\n  -o areas.parquet"),
        (("cornwall", "--output", "cornwall.parquet"), "Parquet is for tables of many areas"),
    ],
)
def test_parquet_is_refused_where_there_is_no_file_or_no_table(words: tuple[str, ...], says: str) -> None:
    result = carescale("project", *words)
    assert (result.code, result.out) == (2, "")
    assert says in said(result)
    assert list(Path().iterdir()) == []


# --- one area ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["E08000026", "Coventry", " coventry ", "COVENTRY"])
def test_an_area_is_found_by_its_code_or_its_name_however_it_is_written(name: str) -> None:
    areas(PLAIN)
    case = one_area(load("place.yaml"), name)
    assert (case.place, case.code) == ("Coventry", "E08000026")


def test_an_area_that_is_not_there_is_told_with_the_nearest_and_else_with_those_there_are() -> None:
    areas(PLAIN)
    near, far = (carescale("project", "place.yaml", "--area", name) for name in ("Coventy", "Xyz"))
    assert (near.code, near.out) == (far.code, far.out) == (2, "")
    assert said(near) == "--area: no area is called `Coventy`\n  did you mean: Coventry (E08000026)\n"
    assert said(far) == "--area: no area is called `Xyz`\n  Areas: Birmingham, Coventry, Dudley\n"


def test_two_areas_of_one_name_are_told_apart_by_their_codes() -> None:
    areas(PLAIN.replace("Dudley", "Coventry"))
    with pytest.raises(Problems) as caught:
        one_area(load("place.yaml"), "Coventry")
    (problem,) = caught.value.problems
    assert problem.message == "several areas are called `Coventry`"
    assert problem.hint == "give the code or the whole name: Coventry (E08000026), Coventry (E08000027)"
    assert one_area(load("place.yaml"), "E08000027").place == "Coventry"


def test_an_area_that_is_too_small_to_set_the_line_is_still_measured_against_it() -> None:
    areas(PLAIN)
    found = projected("place.yaml", "shared_lives.learning_disability.minimum_eligible=1500")
    assert found.too_small() == 2
    assert float(found.benchmark) == 40 / 2000
