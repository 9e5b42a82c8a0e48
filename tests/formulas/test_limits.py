"""Limits: a plan reaches no further than the carers and volunteers who can be found, and says so."""

import pytest
from alternatives import written
from cli.running import command

from carescale.analysis.projection import project
from carescale.inputs.loading import load


def limited(*settings):
    return project(load("birmingham", settings=settings))


def test_26_carers_reach_half_of_birminghams_52_people():
    projection = limited("shared_lives.carers_available=26")
    assert projection["shared_lives.additional_people"].value == 26
    assert projection["shared_lives.learning_disability.additional_people"].value == 25.5
    assert projection["shared_lives.gross_saving.council"].value == 1_334_000 / 2
    assert projection["shared_lives.set_up_cost.council"].value == pytest.approx(250_000 / 75 * 26)


def test_more_carers_than_the_plan_takes_change_nothing():
    with_limit, without = limited("shared_lives.carers_available=500"), limited()
    for key in ("shared_lives.additional_people", "shared_lives.set_up_cost.council", "shared_lives.additional_carers"):
        assert with_limit[key].value == without[key].value


def test_no_carers_reach_nobody():
    assert limited("shared_lives.carers_available=0")["shared_lives.additional_people"].value == 0


def test_67_volunteers_reach_the_800_people_of_one_team():
    assert limited("living_well.volunteers_available=67")["living_well.additional_people"].value == pytest.approx(800)
    share = written("share_with_volunteers", "intervention")
    assert share(volunteers_available=67.0, volunteers_for_plan=83.75) == pytest.approx(0.8)


def test_slow_delivery_comes_on_top_of_too_few_carers():
    both = limited("shared_lives.carers_available=26", "shared_lives.delivery_against_plan=50%")
    assert both["shared_lives.additional_people"].value == 13
    assert both["shared_lives.set_up_cost.council"].value == pytest.approx(250_000 / 75 * 26)


def test_the_screen_says_that_the_plan_is_cut_short_and_by_what():
    out = " ".join(command("carescale project birmingham --set shared_lives.carers_available=26 --full").out.split())
    assert "Cut short Shared Lives: 26 carers can be found and the whole plan takes 52, so 50% of it is reached" in out
    assert "Planned" in out
    assert (
        "whole plan takes"
        not in command("carescale project birmingham --set shared_lives.carers_available=52 --full").out
    )


@pytest.mark.parametrize(
    "setting",
    [
        "living_well.carers_available=50",
        "hospital_discharge.carers_available=50",
        "hospital_discharge.volunteers_available=50",
    ],
)
def test_a_limit_on_what_a_plan_does_not_need_empties_no_total(setting):
    key = "portfolio.net_saving.council"
    assert limited(setting)[key].value == limited()[key].value
