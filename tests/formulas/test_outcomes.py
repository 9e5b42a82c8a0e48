"""Outcomes that are not money: counted where the number before is known, and never made into pounds."""

import pytest
from alternatives import written

from carescale.analysis.projection import project
from carescale.inputs.loading import load


def test_27_per_cent_fewer_of_900_attendances_of_1000_people_are_243_fewer():
    change = written("change_in_events", "outcome")
    assert change(additional_people=1_000.0, outcome_baseline=0.9, outcome_change=-0.27) == pytest.approx(-243)


def test_a_fifth_of_cornwalls_325_people_are_65_volunteers():
    share = written("people_with_outcome", "outcome")
    assert share(additional_people=325.0, outcome_share=0.2) == 65
    assert project(load("cornwall"))["living_well.volunteering.people_with_outcome"].value == 65


def test_a_change_in_attendances_is_not_counted_where_nobody_counted_them_before():
    result = project(load("cornwall"))["living_well.accident_and_emergency.change_in_events"]
    assert (result.value, result.status) == (None, "unknown")
    assert result.state.because == ("living_well.accident_and_emergency.outcome_baseline",)


def test_with_a_count_of_before_it_is():
    case = load("cornwall", settings=["living_well.accident_and_emergency.outcome_baseline=2"])
    result = project(case)["living_well.accident_and_emergency.change_in_events"]
    assert result.value == pytest.approx(325 * 2 * -0.27)


def test_no_outcome_is_ever_part_of_a_saving():
    plain = project(load("cornwall"))
    counted = project(load("cornwall", settings=["living_well.accident_and_emergency.outcome_baseline=2"]))
    for payer in ("council", "nhs"):
        assert counted[f"portfolio.net_saving.{payer}"] == plain[f"portfolio.net_saving.{payer}"]
