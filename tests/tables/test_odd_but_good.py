"""Tables and plans that are odd and good: a plan that rests on no column, a figure that no column gives, many areas."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Ran, changed_example
from cli.running import carescale as run
from tables.making import areas, place, rated

_POPULATION = """    learning_disability.adult_population:
      column: adults_18_64
      year: 2015
      source: ons-2015
      note: adults aged 18 to 64 in mid-2015, while the weeks are those of 2010-11
"""
_PEOPLE = """    shared_lives.learning_disability.current_people:
      column: weeks
      divided_by: 52                # weeks of “adult placement”, respite included, as people the year round
      where: adult placement weeks, adults with a learning disability
      note: the return was voluntary; weeks include respite
"""


def fine(*words: str) -> Ran:
    result = run(*words)
    assert result.code == 0, result.err
    assert result.err == "" or result.err.startswith("using the shipped example")
    return result


def test_a_plan_that_rests_on_no_column_is_the_same_for_every_area() -> None:
    """50 people with a learning disability and 25 with mental ill health in each of 14 areas are 1,050, whether or not
    an area made a return.
    """
    out = fine("project", "west-midlands", "--scenario", "fixed-number").out
    assert out.startswith("A fixed number of people → 1,050 more people, £21m saved a year (council)")
    (coventry, *_) = (line for line in out.splitlines() if line.startswith("Coventry"))
    assert coventry.split() == ["Coventry", "75.0", "£1,500,000"]


@pytest.mark.parametrize("style", ["json", "csv", "markdown", "html"])
def test_every_scenario_is_projected_over_a_table_in_every_format(style: str) -> None:
    fine("project", "west-midlands", "--scenario", "all", "--format", style)


@pytest.fixture(params=[_POPULATION, _PEOPLE], ids=["no population", "no people now"])
def without_a_column(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    from carescale.inputs.library import shipped

    table = (shipped("examples") / "west-midlands.csv").read_text(encoding="utf-8")
    (tmp_path / "west-midlands.csv").write_text(table, encoding="utf-8")
    return changed_example("west-midlands", tmp_path, (request.param, ""))


@pytest.mark.parametrize("options", [[], ["--significant-only"], ["--format", "json"], ["--format", "csv"]])
def test_a_table_without_one_of_its_columns_is_projected_as_not_known(
    without_a_column: str, options: list[str]
) -> None:
    out = fine("project", without_a_column, *options).out
    assert "n/k more people" in out or options[:1] == ["--format"]


@pytest.mark.parametrize("area", ["Birmingham", "Dudley"])
def test_one_area_of_a_table_without_one_of_its_columns_is_projected_as_not_known(
    without_a_column: str, area: str
) -> None:
    assert "people not known" in " ".join(fine("project", without_a_column, "--area", area).out.split())


def test_a_workbook_is_written_of_a_table_without_one_of_its_columns(without_a_column: str, tmp_path: Path) -> None:
    assert run("project", without_a_column, "--output", str(tmp_path / "out.xlsx")).code == 0


def test_of_a_table_larger_than_a_country_the_first_twenty_are_shown_and_the_rest_counted() -> None:
    areas(rated([i % 997 for i in range(30_000)]))
    out = fine("project", place(), "--full").out
    assert sum(line.startswith("Area ") for line in out.splitlines()) == 21  # twenty, and the headings
    assert "and 29,980 more areas below these" in out
    assert "30,000 of 30,000 areas have a rate" in out


def test_of_a_table_as_large_as_a_country_every_area_is_shown() -> None:
    areas(rated([i % 97 for i in range(317)]))
    assert sum(line.startswith("Area ") for line in fine("project", place(), "--full").out.splitlines()) == 318
