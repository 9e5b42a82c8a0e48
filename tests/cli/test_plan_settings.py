"""A line of the plan on the command line: any intervention of the library can be tried on any place."""

import pytest
from running import command

from carescale.analysis.projection import project
from carescale.inputs.loading import load


def test_an_intervention_that_is_not_planned_is_planned_by_a_setting():
    projection = project(load("cornwall", settings=["shared_lives.learning_disability.add=51"]))
    assert projection["shared_lives.gross_saving.council"].value == 51 * 26_000
    assert projection["living_well.additional_people"].value == 325


def test_a_setting_replaces_the_rule_of_a_cohort_and_leaves_the_others():
    projection = project(load("birmingham", settings=["shared_lives.learning_disability.people=100"]))
    assert projection["shared_lives.learning_disability.additional_people"].value == 22
    assert projection["shared_lives.mental_health.additional_people"].value == 1


def test_the_screen_says_what_was_planned_on_the_command_line():
    out = command("carescale project cornwall --set shared_lives.dementia.add=10", columns=120).out
    assert "Changed: shared_lives.dementia not planned → add 10" in out


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("befriending.add=10", "there is no intervention `befriending`"),
        ("shared_lives.add=10", "shared_lives has several cohorts"),
        ("shared_lives.learning.add=10", "has no cohort or spend line `learning`"),
        ("living_well.add=many", "`many` is not a number"),
        ("living_well.add=", "there is no number here"),
        ("hospital_discharge.long_term.add=10", "`add` does not suit `long_term`"),
        ("living_well.catch_up=best", "`catch_up` needs a table of areas"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_plain_words(setting, says):
    result = command(f"carescale project cornwall --set {setting}")
    assert result.code == 2
    assert says in result.err
    assert result.out == ""
