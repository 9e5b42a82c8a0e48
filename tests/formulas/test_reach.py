"""Reach: people, rates and staff, against what was published for Birmingham, England and Cornwall."""

import pytest
from alternatives import written


def target(rule):
    return written("target_people", "cohort", target=rule)


def additional(rule):
    return written("planned_additional_people", "cohort", target=rule)


def test_people_now_are_those_in_the_arrangement_over_all_cohorts():
    assert written("people_now", "cohort")(current_people=78.0) == 78
    assert written("people_now", "intervention")(people_now=[78.0, 10.0]) == 88


def test_a_plan_may_name_people_in_all():
    assert target("people")(planned_people=129.0) == 129


def test_a_rate_of_5_93_per_cent_of_2177_people_is_129():
    assert round(target("rate")(target_rate=0.0593, rate_base=2177.0)) == 129


def test_a_rate_of_2_39_per_cent_of_461_people_is_11():
    assert round(target("rate")(target_rate=0.0239, rate_base=461.0)) == 11


def test_all_means_everyone_who_is_supported():
    assert target("all")(eligible_people=2177.0) == 2177


@pytest.mark.parametrize("rule", ["people", "rate", "all"])
def test_51_more_people_take_78_to_129(rule):
    assert additional(rule)(target_people=129.0, current_people=78.0) == 51


@pytest.mark.parametrize("rule", ["people", "rate", "all"])
def test_an_area_already_past_its_target_stays_where_it_is(rule):
    assert additional(rule)(target_people=22.0, current_people=78.0) == 0


def test_adding_51_people_needs_no_count_of_people_today():
    assert additional("add")(added_people=51.0) == 51


def test_fifty_one_people_and_one_are_52():
    assert written("additional_people", "intervention")(additional_people=[51.0, 1.0]) == 52


def test_over_the_interventions_a_person_helped_by_two_counts_twice():
    assert written("additional_people", "case")(additional_people=[52.0, 1000.0]) == 1052


def test_england_reaches_42770_people_with_32770_more():
    assert written("total_people", "cohort")(current_people=10_000.0, additional_people=32_770.0) == 42_770


@pytest.mark.parametrize("level", ["intervention", "case"])
def test_people_in_all_are_added_over_the_parts(level):
    assert written("total_people", level)(total_people=[129.0, 11.0]) == 140


def test_78_of_2177_are_3_58_per_cent_and_129_are_5_93():
    assert round(written("rate_now", "cohort")(current_people=78.0, rate_base=2177.0), 4) == 0.0358
    assert round(written("rate_then", "cohort")(total_people=129.0, rate_base=2177.0), 4) == 0.0593


def test_11_of_461_are_2_39_per_cent():
    assert round(written("rate_then", "cohort")(total_people=11.0, rate_base=461.0), 4) == 0.0239


def test_177_arrangements_for_173_people_are_more_than_one_each():
    arrangements = written("additional_arrangements", "cohort")
    assert round(arrangements(additional_people=173.0, arrangements_per_person=177 / 173)) == 177
    assert arrangements(additional_people=51.0, arrangements_per_person=1.0) == 51


def test_arrangements_are_added_over_the_cohorts():
    assert written("additional_arrangements", "intervention")(additional_arrangements=[50.0, 25.0]) == 75


def test_a_carer_for_every_two_arrangements_makes_25_and_a_half_for_51():
    assert written("carers_needed", "cohort")(additional_arrangements=51.0, carers_per_arrangement=0.5) == 25.5


def test_carers_are_rounded_up_once_after_they_are_added():
    carers = written("additional_carers", "intervention", staffing="carers")
    assert carers(carers_needed=[25.5, 0.5]) == 26
    assert carers(carers_needed=[25.5, 0.6]) == 27


def test_one_coordinator_for_25_carers_makes_three_for_52():
    coordinators = written("additional_coordinators", "intervention", staffing="carers")
    assert coordinators(additional_carers=52.0, carers_per_coordinator=25.0) == 3
    assert coordinators(additional_carers=75.0, carers_per_coordinator=25.0) == 3
    assert coordinators(additional_carers=76.0, carers_per_coordinator=25.0) == 4


def test_a_thousand_people_need_84_volunteers_and_15_coordinators():
    volunteers = written("additional_volunteers", "intervention", staffing="team")
    coordinators = written("additional_coordinators", "intervention", staffing="team")
    assert volunteers(additional_people=1000.0, team_volunteers=67.0, team_people=800.0) == 84
    assert coordinators(additional_people=1000.0, team_coordinators=12.0, team_people=800.0) == 15


def test_the_published_team_of_67_and_12_supports_its_800_people():
    volunteers = written("additional_volunteers", "intervention", staffing="team")
    coordinators = written("additional_coordinators", "intervention", staffing="team")
    assert volunteers(additional_people=800.0, team_volunteers=67.0, team_people=800.0) == 67
    assert coordinators(additional_people=800.0, team_coordinators=12.0, team_people=800.0) == 12


def test_375_people_at_67_for_25_need_1005_volunteers_and_not_1006():
    volunteers = written("additional_volunteers", "intervention", staffing="team")
    assert volunteers(additional_people=375.0, team_volunteers=67.0, team_people=25.0) == 1005
