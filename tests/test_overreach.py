"""A plan for more people than there are is worked out, and a reader is told of it beside the number."""

from pathlib import Path

import pytest
from tables.making import HEADINGS, PLAIN, areas, place, projected

from carescale.analysis.overreach import areas_beyond, overreach
from carescale.analysis.projection import project
from carescale.inputs.loading import load
from carescale.report.screens.areas import area_notes
from carescale.report.screens.project import project_screen
from carescale.report.screens.records import projection_json
from carescale.report.writers.text import write_text

PLACE = """
place: Westshire
year: 2024/25
source: scie-2017
plan:
  living_well:
    add: {added}
figures:
  older_people: {{{figures}}}
"""


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def westshire(added: str, figures: str):
    Path("westshire.yaml").write_text(PLACE.format(added=added, figures=figures), encoding="utf-8")
    return project(load("westshire.yaml"))


def warned(projection) -> list[tuple[float, str, float]]:
    return [(found.people, found.limit, found.most) for found in overreach(projection)]


@pytest.mark.parametrize(
    ("added", "figures", "found"),
    [
        ("100", "eligible_people: 100", []),
        ("101", "eligible_people: 100", [(101, "eligible_people", 100)]),
        ("50", "eligible_people: 100, current_people: 50", []),
        ("51", "eligible_people: 100, current_people: 50", [(101, "eligible_people", 100)]),
        ("101", "adult_population: 100", [(101, "adult_population", 100)]),
        ("101", "eligible_people: 200, adult_population: 100", []),
        ("101", "", []),
    ],
)
def test_those_planned_with_those_of_today_are_held_against_those_eligible_or_else_all_adults(added, figures, found):
    assert warned(westshire(added, figures)) == found


def test_the_plan_counts_and_not_how_such_plans_are_kept():
    Path("westshire.yaml").write_text(PLACE.format(added="120", figures="eligible_people: 100"), encoding="utf-8")
    projection = project(load("westshire.yaml", settings=["living_well.delivery_against_plan=38%"]))
    assert warned(projection) == [(120, "eligible_people", 100)]


def test_the_screen_and_the_data_say_so_and_the_number_stands():
    projection = westshire("120", "eligible_people: 100, current_people: 0")
    said = "Living Well: the plan is for 120 people in all, and 100 are eligible"
    screen = write_text(project_screen(projection).blocks(), "plain")
    assert f"Warning: {said}" in screen
    assert "120 people" in screen.splitlines()[0]
    note = projection_json(projection)["notes"][0]
    assert note == {"kind": "warning", "about": ["living_well.older_people.planned_additional_people"], "text": said}


def areas_with(added: str):
    """Four councils that are to add as many people each; one has no number of today, one no number of eligible."""
    Path("areas.csv").write_text(
        f"{HEADINGS}E08000025,Birmingham,West Midlands,10,100\nE08000026,Coventry,West Midlands,45,100\n"
        "E08000027,Dudley,West Midlands,..,50\nE08000028,Sandwell,West Midlands,20,..\n",
        encoding="utf-8",
    )
    text = Path(place()).read_text(encoding="utf-8")
    Path("place.yaml").write_text(text.replace("catch_up:", "add:").replace(": best", f": {added}"), encoding="utf-8")
    return projected("place.yaml")


@pytest.mark.parametrize(("added", "count"), [("50", 0), ("56", 2), ("91", 3)])
def test_of_a_table_it_is_counted_in_how_many_areas(added, count):
    assert areas_beyond(areas_with(added)) == (count, "eligible_people")


def test_the_notes_of_a_table_say_in_how_many_areas_and_nothing_where_it_is_none():
    said = ("Warning", "in 2 areas of 4 the plan is for more people than are eligible")
    assert said in list(area_notes(areas_with("56")))
    assert "Warning" not in dict(area_notes(areas_with("50")))


def test_catching_up_with_the_best_is_never_too_many():
    assert areas_beyond(areas(PLAIN)) == (0, "eligible_people")
