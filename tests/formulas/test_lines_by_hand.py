"""Reach, savings, costs and phasing on numbers for which the sum is done in the head."""

import pytest
from alternatives import written

from carescale.formulas import costs, phasing, reach, savings

about = pytest.approx


# --- reach -----------------------------------------------------------------------------------------------------------


def test_60_people_of_100_at_a_target_of_a_tenth_of_1_000_add_40_and_130_add_none():
    assert reach.target_people__rate(target_rate=0.1, rate_base=1_000) == 100
    assert reach.planned_additional_people__to_target(target_people=100, current_people=60) == 40
    assert reach.planned_additional_people__to_target(target_people=100, current_people=130) == 0
    assert reach.planned_additional_people__add_share(added_share=0.02, eligible_people=2_000) == 40
    assert reach.planned_additional_people_a_year__add_share(added_share=0.02, eligible_people=2_000) == 40


def test_where_three_quarters_of_plans_are_kept_a_quarter_of_the_people_is_not_reached():
    assert reach.people_not_reached(people_with_staff=40, delivery_against_plan=0.75) == 10
    assert reach.people_a_year_not_reached(planned_additional_people_a_year=40, delivery_against_plan=0.75) == 10
    assert reach.additional_people__at_a_time(people_with_staff=40, people_not_reached=10) == 30
    assert reach.additional_people_a_year(planned_additional_people_a_year=40, people_a_year_not_reached=10) == 30


def test_1_200_a_year_for_a_month_and_a_half_each_are_150_at_a_time():
    assert reach.additional_people__a_year(additional_people_a_year=1_200, stay_months=1.5) == about(150)


def test_30_carers_of_40_needed_leave_a_quarter_of_the_people_without_and_50_leave_nobody():
    assert (
        reach.carers_for_plan(planned_additional_people=20, arrangements_per_person=1, carers_per_arrangement=2) == 40
    )
    assert reach.share_with_carers(carers_available=30, carers_for_plan=40) == 0.75
    assert reach.share_with_carers(carers_available=50, carers_for_plan=40) == 1
    assert reach.people_without_carers(planned_additional_people=20, share_with_carers=0.75) == 5
    assert reach.volunteers_for_plan(planned_additional_people=20, team_volunteers=10, team_people=5) == 40
    assert reach.share_with_volunteers(volunteers_available=30, volunteers_for_plan=40) == 0.75
    assert reach.people_without_volunteers(planned_additional_people=20, share_with_volunteers=0.75) == 5
    assert (
        reach.people_with_staff(planned_additional_people=20, people_without_carers=5, people_without_volunteers=3)
        == 12
    )


def test_60_of_1_200_are_5_per_cent_and_with_60_more_a_tenth():
    assert reach.rate_now__at_a_time(current_people=60, rate_base=1_200) == 0.05
    assert reach.rate_now__a_year(current_people_a_year=60, rate_base=1_200) == 0.05
    assert reach.total_people(current_people=60, additional_people=60) == 120
    assert reach.total_people_a_year(current_people_a_year=60, additional_people_a_year=60) == 120
    assert reach.rate_then__at_a_time(total_people=120, rate_base=1_200) == 0.1
    assert reach.rate_then__a_year(total_people_a_year=120, rate_base=1_200) == 0.1


def test_20_people_with_one_and_a_half_arrangements_and_two_carers_each_take_60_carers_and_3_coordinators():
    assert reach.planned_arrangements(people_with_staff=20, arrangements_per_person=1.5) == 30
    assert reach.additional_arrangements(additional_people=20, arrangements_per_person=1.5) == 30
    assert reach.carers_needed(additional_arrangements=30, carers_per_arrangement=2) == 60
    assert reach.additional_coordinators__carers(additional_carers=60, carers_per_coordinator=25) == 3


def test_a_team_of_2_coordinators_and_10_volunteers_for_50_people_is_5_and_23_for_112():
    team = {"team_people": 50}
    assert reach.additional_coordinators__team(additional_people=112, team_coordinators=2, **team) == 5
    assert reach.additional_volunteers__team(additional_people=112, team_volunteers=10, **team) == 23
    a_year = {"team_people_a_year": 50}
    assert reach.additional_coordinators__team_a_year(additional_people_a_year=112, team_coordinators=2, **a_year) == 5
    assert reach.additional_volunteers__team_a_year(additional_people_a_year=112, team_volunteers=10, **a_year) == 23


def test_a_plan_for_40_beside_60_of_90_is_for_10_more_than_there_are_and_of_100_for_none():
    assert reach.people_in_all(people_now=60, planned_additional_people=40) == 100
    assert reach.people_in_all(people_now=0, planned_additional_people=40) == 40
    assert reach.people_beyond(people_now=60, planned_additional_people=40, people_there_are=90) == 10
    assert reach.people_beyond(people_now=60, planned_additional_people=40, people_there_are=120) == 0


# --- savings ---------------------------------------------------------------------------------------------------------


def test_of_40_people_the_half_who_bear_it_save_2_000_each():
    assert savings.people_bearing_saving(additional_people=40, share_bearing_saving=0.5) == 20
    assert savings.people_a_year_bearing_saving(additional_people_a_year=40, share_bearing_saving=0.5) == 20
    assert savings.gross_saving__at_a_time(people_bearing_saving=20, saving_per_person=2_000) == 40_000
    assert savings.gross_saving__a_year(people_a_year_bearing_saving=20, saving_per_episode=2_000) == 40_000
    assert savings.average_saving_per_person(gross_saving=40_000, people_bearing_saving=20) == 2_000
    assert savings.current_saving(current_people=40, share_bearing_saving=0.5, saving_per_person=2_000) == 40_000
    assert savings.weighted_saving(people_in_mix=20, published_saving_per_person=2_000) == 40_000


def test_700_a_week_less_100_contributed_is_31_200_a_year_and_an_arrangement_of_400_less_50_is_18_200():
    new = written("arrangement_cost_per_person", "cohort, payer", saving_basis="weekly_costs")
    arrangement = new(weekly_cost_new=400, weekly_contribution_new=50, weeks_per_year=52)
    assert arrangement == 18_200
    now = {"weekly_cost_now": 700, "weekly_contribution_now": 100, "weeks_per_year": 52}
    saved = written("saving_per_person", "cohort, payer", saving_basis="weekly_costs")
    assert saved(**now, arrangement_cost_per_person=arrangement) == 13_000
    assert savings.annual_cost_difference(annual_cost_now=31_200, annual_cost_new=18_200) == 13_000
    index = {"price_index_then": 80, "price_index_now": 100}  # prices have risen by a quarter since
    assert savings.local_saving_upper_bound(**now, annual_cost_new=20_000, **index) == 31_200 - 25_000


def test_a_tenth_off_the_half_of_1_000_that_is_covered_is_50():
    assert savings.covered_spend__share(spend=1_000, covered_share=0.5) == 500
    assert savings.gross_saving__spend_line(covered_spend=500, spend_reduction=0.1) == 50
    assert savings.arrangement_cost(people_bearing_saving=20, arrangement_cost_per_person=500) == 10_000
    assert savings.cost_avoided(gross_saving=40_000, arrangement_cost=10_000) == 50_000


def test_each_adjustment_takes_its_share_of_what_the_one_before_has_left():
    """Of 1,000 a tenth would come anyway: 900. A tenth of that is lost elsewhere: 810. A tenth is hope: 729. A third of
    it is no cash.
    """
    assert savings.deadweight_loss(cost_avoided=1_000, deadweight=0.1) == about(100)
    assert savings.displacement_loss(cost_avoided=1_000, deadweight_loss=100, displacement=0.1) == about(90)
    lost = {"cost_avoided": 1_000, "deadweight_loss": 100, "displacement_loss": 90}
    assert savings.optimism_off_savings(**lost, optimism_of_savings=0.1) == about(81)
    assert savings.not_cashable(**lost, optimism_off_savings=81, cashable_share=2 / 3) == about(243)
    off = savings.taken_off_savings(
        deadweight_loss=100, displacement_loss=90, optimism_off_savings=81, not_cashable=243
    )
    assert savings.adjusted_saving(cost_avoided=1_000, taken_off_savings=off) == 486


@pytest.mark.parametrize(("grade", "correction"), [(1, 0), (2, 0.05), (3, 0.1), (4, 0.15), (5, 0.25), (6, 0.4)])
def test_each_grade_of_evidence_has_its_correction(grade, correction):
    corrections = (0, 0.05, 0.1, 0.15, 0.25, 0.4)
    assert savings.at_grade(grade, *corrections) == correction
    named = {f"optimism_at_grade_{number}": one for number, one in enumerate(corrections, 1)}
    assert savings.optimism_of_savings(saving_evidence_grade=grade, **named) == correction
    assert costs.optimism_of_costs(cost_evidence_grade=grade, **named) == correction


# --- costs -----------------------------------------------------------------------------------------------------------


def test_30_arrangements_in_blocks_of_20_at_1_000_are_1_500_pro_rata_and_2_000_in_whole_blocks():
    given = {"planned_arrangements": 30, "arrangements_per_block": 20, "set_up_cost_per_block": 1_000}
    assert costs.set_up_cost__pro_rata(**given) == 1_500
    assert costs.set_up_cost__whole_blocks(**given) == 2_000


def test_half_of_2_000_of_set_up_with_a_quarter_of_optimism_is_1_250_of_which_250_were_added():
    assert costs.set_up_cost__payer(set_up_cost=2_000, set_up_share=0.5, optimism_of_costs=0.25) == 1_250
    assert costs.optimism_on_set_up(set_up_cost=1_250, optimism_of_costs=0.25) == 250


def test_20_people_at_500_a_year_are_10_000_of_which_a_payer_of_two_fifths_pays_4_000():
    assert costs.running_cost__at_a_time(additional_people=20, running_cost_per_person=500) == 10_000
    assert costs.running_cost__a_year(additional_people_a_year=20, running_cost_per_episode=500) == 10_000
    assert costs.running_cost__payer(running_cost=10_000, running_cost_share=0.4) == 4_000
    assert costs.coordinator_pay(additional_coordinators=2, coordinator_cost=30_000, running_cost_share=0.4) == 24_000
    assert costs.saving_per_pound(gross_saving=40_000, running_cost=10_000) == 4


def test_where_a_fifth_of_places_stands_empty_one_is_paid_for_with_every_four_that_are_lived_in():
    assert costs.void_cost(arrangement_cost=3_000, support_cost=1_000, void_share=0.2) == about(1_000)


def test_a_tenth_who_leave_in_a_month_with_two_months_of_double_running_cost_a_fifth():
    assert costs.double_running_cost(cost_avoided=1_000, leaving_rate=0.1, double_running_months=2) == about(200)


def test_every_cost_of_a_year_is_added_and_a_tenth_of_optimism_on_top():
    parts = {"running_cost": 500, "arrangement_cost": 300, "void_cost": 100, "double_running_cost": 60}
    assert costs.cost_as_given__cohort(**parts) == 960
    assert costs.cost_as_given(**parts, coordinator_pay=40) == 1_000
    assert costs.optimism_on_running_cost(cost_as_given=1_000, optimism_of_costs=0.1) == 100
    assert costs.cost_incurred(cost_as_given=1_000, optimism_on_running_cost=100) == 1_100


# --- phasing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("month", "share"), [(8, 0), (9, 0), (12, 0.25), (21, 1), (22, 1)])
def test_from_a_match_in_month_9_a_ramp_of_a_year_is_a_quarter_up_in_month_12_and_full_in_month_21(month, share):
    assert phasing.match_month(coordinator_start_month=3, first_match_month=6) == 9
    assert phasing.full_scale_month(match_month=9, ramp_months=12) == 21
    assert phasing.ramp_progress(month=month, match_month=9, ramp_months=12) == share


@pytest.mark.parametrize(("progress", "share"), [(0, 0), (0.25, 10 / 64), (0.5, 0.5), (0.75, 54 / 64), (1, 1)])
def test_a_smooth_step_is_slow_fast_slow(progress, share):
    assert phasing.planned_share__s_shaped(ramp_progress=progress) == about(share)


def test_a_quarter_who_leave_in_a_year_and_support_of_four_months_are_a_48th_and_a_quarter_a_month():
    assert phasing.leaving_rate(leavers_a_year=0.25, stay_months=4) == about(1 / 48 + 1 / 4)
    assert phasing.leavers_in_month(people_in_month=40, leaving_rate=0.1) == 4
    assert phasing.most_people_held(starts_a_month=4, leaving_rate=0.1) == 40
    assert phasing.replacements_a_year(additional_people=40, leaving_rate=0.1) == 48
    assert phasing.replacement_carers_a_year(additional_carers=40, leaving_rate=0.1) == 48


def test_five_starts_a_month_are_an_eighth_of_40_people():
    assert phasing.share_that_can_start(starts_a_month=5, additional_people=40) == 0.125
    assert phasing.people_in_month(additional_people=40, share_of_full_scale=0.5) == 20
    assert phasing.share_of_full_scale(planned_share=0.75, share_held_back=0.25) == 0.5


@pytest.mark.parametrize(("month", "programme", "coordinators"), [(2, False, False), (3, True, False), (4, True, True)])
def test_a_programme_is_paid_from_its_first_month_coordinators_from_the_end_of_theirs(month, programme, coordinators):
    assert phasing.running_cost_begun(month=month, running_cost_from_month=3) == programme
    assert phasing.coordinators_begun(month=month, coordinator_start_month=3) == coordinators


def test_of_full_scale_less_a_quarter_not_yet_cash_and_a_quarter_dropped_off_half_is_had():
    assert phasing.share_of_saving(share_who_save=1, share_not_yet_cash=0.25, share_dropped_off=0.25) == 0.5
    assert phasing.share_who_save(share_of_full_scale=1, share_saving_over=0.25) == 0.75
