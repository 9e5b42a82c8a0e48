"""Quantities of one's own: formulas in files, sums on the command line and in columns of a table."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from cli.running import carescale

from carescale.analysis.projection import project
from carescale.inputs.library import shipped
from carescale.inputs.loading import load
from carescale.problems import Problems

BIRMINGHAM = (shipped("examples") / "birmingham.yaml").read_text(encoding="utf-8")
FORMULAS = """
formulas:
  twice: 2 * cost_of_each
  cost_of_each: {is: living_well.running_cost / living_well.additional_people, title: Cost of each, note: staff alone}
  a_week: {is: shared_lives.net_saving.council, unit: £ per week}
  assessments: 480
  unpublished: living_well.gross_saving.society / 2
"""


@pytest.fixture
def _with_formulas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ours.yaml").write_text(BIRMINGHAM + FORMULAS, encoding="utf-8")


@pytest.mark.usefixtures("_with_formulas")
def test_a_formula_is_a_quantity_in_any_order_and_in_its_own_unit() -> None:
    projection = project(load("ours.yaml"))
    cost, twice, week = (projection[f"formulas.{name}"] for name in ("cost_of_each", "twice", "a_week"))
    assert (cost.value, cost.unit, cost.title) == (400, "GBP/person/year", "Cost of each")
    assert twice.value == 800
    assert (week.value, week.unit) == (pytest.approx(1_334_000 / 52), "GBP/week")
    unknown = projection["formulas.unpublished"]
    assert (unknown.value, unknown.status) == (None, "unknown")
    assert "living_well.older_people.published_saving_per_person.society" in unknown.state.because


@pytest.mark.usefixtures("_with_formulas")
def test_it_is_shown_explained_listed_solved_compared_and_written() -> None:
    screen = carescale("project", "ours.yaml", columns=80).out
    assert "Worked out here" in screen
    assert "Cost of each £400 £ per person per year" in " ".join(screen.split())
    explained = carescale("explain", "ours.yaml", "cost_of_each").out
    assert "staff alone" in explained
    assert "= £400,000 ÷ 1,000" in explained
    assert "formulas.cost_of_each" in carescale("list", "quantities", "ours.yaml").out
    assert "cost_of_each,400," in carescale("project", "ours.yaml", "--format", "csv").out
    assert '"formulas.cost_of_each"' in carescale("project", "ours.yaml", "--format", "json").out
    words = ("--for", "twice", "--reach", "£500", "--by", "living_well.running_cost_per_person")
    assert "£250" in carescale("solve", "ours.yaml", *words).out
    Path("other.yaml").write_text((BIRMINGHAM + FORMULAS).replace("add: 1,000", "add: 500"), encoding="utf-8")
    changed = (BIRMINGHAM + FORMULAS).replace("assessments: 480", "assessments: 960")
    Path("other.yaml").write_text(changed, encoding="utf-8")
    assert "Assessments" in carescale("compare", "ours.yaml", "other.yaml", "--full").out


@pytest.mark.usefixtures("_with_formulas")
def test_it_is_a_live_cell_of_the_workbook() -> None:
    assert carescale("project", "ours.yaml", "--output", "ours.xlsx").code == 0
    rows = openpyxl.load_workbook("ours.xlsx")["Results"].iter_rows(values_only=True)
    formulas = {row[0]: row[1] for row in rows}
    assert formulas["Cost of each"] == "=living_well.running_cost/living_well.additional_people"
    assert formulas["Twice"] == "=2*formulas.cost_of_each"


@pytest.mark.usefixtures("_with_formulas")
def test_an_intervention_and_a_scenario_may_write_formulas_too() -> None:
    scenario = "scenario: Ours\nabout: with a sum\nformulas:\n  half: shared_lives.additional_people / 2\n"
    Path("ours-too.yaml").write_text(scenario, encoding="utf-8")
    own = (shipped("scenarios/interventions") / "living_well.yaml").read_text(encoding="utf-8")
    Path("living_well.yaml").write_text(
        own + "\nformulas:\n  each: running_cost / additional_people\n", encoding="utf-8"
    )
    Path("ours.yaml").write_text(BIRMINGHAM + FORMULAS + "use: living_well.yaml\n", encoding="utf-8")
    projection = project(load("ours.yaml", scenario="ours-too.yaml"))
    assert projection["formulas.half"].value == 26
    assert projection["formulas.each"].value == 400


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("ring: other + 1\n  other: ring * 2", "goes round in a ring"),
        ("net_saving: 3", "is the name of something else"),
        ("shared_lives_live_in: 3", "is the name of something else"),
        ("two words: 3", "cannot be the name of a formula"),
        ("month: shared_lives.cumulative_net_saving.council", "has a value for each month"),
        ("bad: {is: living_well.running_cost, unit: £ per person}", "its sum makes £ per year"),
        ("bad: {is: living_well.running_cost + 3 people}", "cannot be put together"),
        ("bad: living_well.running_costs", "there is no quantity or figure `living_well.running_costs`"),
        ("bad: {sum: 3}", "`sum` is not a key of a formula"),
        ("bad: {is: 3, unit: 5}", "is not a unit"),
    ],
)
def test_a_formula_that_cannot_be_is_refused(formula: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(f"{BIRMINGHAM}\nformulas:\n  {formula}\n", encoding="utf-8")
    with pytest.raises(Problems) as refused:
        load(file)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("setting", "key", "value"),
    [
        ("living_well.add=1,000 * 110%", "living_well.additional_people", 1_100),
        ("shared_lives.ramp_months=shared_lives.ramp_months + 6 months", "shared_lives.full_scale_month", 31),
        ("shared_lives.set_up_cost_per_block=£250,000 / 2", "shared_lives.set_up_cost_per_block", 125_000),
    ],
)
def test_a_setting_may_be_a_sum(setting: str, key: str, value: float) -> None:
    assert project(load("birmingham", settings=[setting]))[key].value == pytest.approx(value)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("living_well.add=(1,000 people + £7)", "people and pounds cannot be put together"),
        ("shared_lives.ramp_months=18 months / 0", "it would divide by nothing"),
        ("shared_lives.ramp_months=shared_lives.ramp_month + 6", "there is no quantity or figure"),
    ],
)
def test_a_setting_that_is_no_sum_is_refused(setting: str, told: str) -> None:
    with pytest.raises(Problems) as refused:
        load("birmingham", settings=[setting])
    assert told in str(refused.value)


def test_a_column_may_be_a_sum_over_the_tables_columns(tmp_path: Path) -> None:
    text = (shipped("examples") / "west-midlands.yaml").read_text(encoding="utf-8")
    before, after = text.split("      column: weeks\n", 1)
    shutil.copy(shipped("examples") / "west-midlands.csv", tmp_path)
    file = tmp_path / "west-midlands.yaml"
    file.write_text(before + "      is: weeks / 52\n" + after.split("\n", 1)[1], encoding="utf-8")
    key = "shared_lives.learning_disability.current_people"
    ours, theirs = (load(one).areas.figures[key] for one in (file, "west-midlands"))
    assert ((ours == theirs) | ((ours != ours) & (theirs != theirs))).all()
    file.write_text(before + "      is: weks / 52\n" + after.split("\n", 1)[1], encoding="utf-8")
    with pytest.raises(Problems, match="no column is headed `weks`"):
        load(file)
