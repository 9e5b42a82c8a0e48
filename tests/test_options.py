"""Options side by side: each setting is a column, a scenario says what it is, and one table sums the appraisal up."""

from pathlib import Path

from cli.running import carescale

from carescale.analysis.appraisal import appraise
from carescale.analysis.compare import compare, each_setting
from carescale.inputs.loading import load
from carescale.report.blocks import Table, Value
from carescale.report.screens.compare import compare_screen

DO_MINIMUM = """scenario: Keep what there is
about: Nobody more is reached.
option: do minimum
plan:
  shared_lives: {add: {learning_disability: {value: 1, assumption: one in the pipeline}}}
"""


def summary_of(cases) -> Table:
    (table,) = (block for block in compare_screen(compare(cases)).blocks() if block.part == "summary")
    return table


def test_each_setting_of_one_plan_is_a_column_beside_the_plan_as_it_is() -> None:
    assert each_setting(["a=1", "b=2"]) == [[], ["a=1"], ["b=2"]]
    shown = carescale("compare", "cornwall", "--set", "living_well.added_people=500", "--set", "deadweight=20%")
    assert shown.code == 0
    assert "as it is beside added people 500 people beside deadweight 20%" in shown.out


def test_the_summary_has_the_present_values_of_the_appraisal() -> None:
    settings = ["portfolio.cashable_share.council=80%"]
    cases = [load("birmingham", appraise=True, settings=given) for given in ([], settings)]
    table = summary_of(cases)
    row = next(row for row in table.rows if row.cells[0] == "Present value, savings")
    own = [appraise(case).projection["portfolio.present_value_of_savings.council"].value for case in cases]
    assert [cell.number for cell in row.cells[1:] if isinstance(cell, Value)] == own


def test_a_scenario_that_says_what_it_is_heads_its_column_with_that(tmp_path: Path) -> None:
    (tmp_path / "least.yaml").write_text(DO_MINIMUM, encoding="utf-8")
    names = ["as-published", str(tmp_path / "least.yaml")]
    cases = [load("birmingham", scenario=name, appraise=True) for name in names]
    assert compare(cases).names[1] == "Do minimum: Keep what there is"


def test_a_word_that_is_no_option_is_refused_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "least.yaml").write_text(DO_MINIMUM.replace("do minimum", "nothing"), encoding="utf-8")
    refused = carescale(
        "compare", "birmingham", "--scenario", "as-published", "--scenario", str(tmp_path / "least.yaml")
    )
    assert refused.code == 2
    assert "do minimum" in refused.err
