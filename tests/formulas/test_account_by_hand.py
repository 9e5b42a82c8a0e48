"""The account, what it takes to have it back, and limits of reach, on numbers for which the sum is done in the head."""

import math
from pathlib import Path

import pytest
from alternatives import over_months
from engine.toy import value_of

from carescale import load, project
from carescale.formulas import account, needed, outcomes, phasing, reach, registry

about = pytest.approx


# --- the account ------------------------------------------------------------------------------------------------------


def test_100_a_year_after_a_set_up_of_30_leaves_70_and_with_20_saved_now_is_12_per_cent_of_1_000():
    assert account.first_full_year_after_set_up(net_saving=100, set_up_cost=30) == 70
    assert account.saving_share_of_budget(net_saving=100, current_saving=20, adult_social_care_budget=1_000) == 0.12


def test_set_up_is_spent_in_month_0_alone():
    assert over_months(account.set_up_spent, month=[0.0, 1.0, 2.0], set_up_cost=30) == [30, 0, 0]


def test_a_year_from_month_1_to_month_2_has_both_of_them_and_neither_the_one_before_nor_the_one_after():
    year = {"first_month_of_year": 1, "last_month_of_year": 2}
    months = [1.0, 10.0, 100.0, 1_000.0]
    assert over_months(account.net_saving_in_year, monthly_net_saving=months, **year) == 110


@pytest.mark.parametrize(("so_far", "peak"), [([-30.0, -50.0, 10.0], 50), ([0.5, 1.0, 2.0], 0)])
def test_the_most_to_be_found_is_the_lowest_point_and_nothing_where_there_is_none_below_0(so_far, peak):
    given = {"cumulative_net_saving": so_far, "break_even_month": 2, "horizon_months": 2}
    assert over_months(account.peak_funding, **given) == peak
    assert over_months(account.peak_funding, **{**given, "break_even_month": 3}) == math.inf


# --- what it takes ----------------------------------------------------------------------------------------------------


def test_three_months_of_100_with_a_fifth_of_optimism_are_360_that_are_paid_however_few_there_are():
    fixed = over_months(
        needed.fixed_cost_by_horizon, monthly_fixed_cost=[0.0, 100.0, 100.0, 100.0], optimism_of_costs=0.2
    )
    assert fixed == about(360)
    assert needed.left_by_people_at_horizon(net_saving_by_horizon=640, fixed_cost_by_horizon=360) == 1_000


def test_where_20_people_leave_1_000_a_set_up_of_140_and_360_of_fixed_cost_take_10_of_them():
    asked = {"set_up_cost": 140, "fixed_cost_by_horizon": 360, "left_by_people_at_horizon": 1_000}
    assert needed.break_even_people(**asked, additional_people=20) == 10
    assert needed.break_even_people_a_year(**asked, additional_people_a_year=20) == 10


def test_where_set_up_goes_with_the_people_360_of_fixed_cost_take_9_of_20_who_leave_800_after_theirs():
    with_set_up = needed.break_even_people_and_set_up__pro_rata
    asked = {"fixed_cost_by_horizon": 360, "additional_people": 20, "left_by_people_at_horizon": 1_000}
    assert with_set_up(set_up_cost=200, **asked) == 9
    assert with_set_up(set_up_cost=200, **{**asked, "fixed_cost_by_horizon": 0}) == 0


def test_blocks_of_10_of_20_people_leave_500_less_their_cost_of_240_so_that_2_repay_360():
    assert needed.people_per_block(arrangements_per_block=15, planned_arrangements=30, additional_people=20) == 10
    cost = needed.cost_of_block(set_up_cost_per_block=500, set_up_share=0.4, optimism_of_costs=0.2)
    assert cost == about(240)
    asked = {"left_by_people_at_horizon": 1_000, "additional_people": 20}
    blocks = {**asked, "people_per_block": 10, "cost_of_block": 240}
    assert needed.break_even_blocks(fixed_cost_by_horizon=360, **blocks) == 2
    assert needed.break_even_blocks(fixed_cost_by_horizon=0, **blocks) == 1
    people = needed.break_even_people_and_set_up__whole_blocks
    assert people(break_even_blocks=2, cost_of_block=240, fixed_cost_by_horizon=360, **asked) == 17  # 840 at 50 each


def test_adjustments_of_a_tenth_a_fifth_and_a_quarter_and_half_in_cash_keep_27_pence_of_a_pound():
    kept = needed.kept_share(deadweight=0.1, displacement=0.2, optimism_of_savings=0.25, cashable_share=0.5)
    assert kept == about(0.27)


def test_24_people_with_half_of_their_saving_for_two_months_and_a_quarter_of_it_kept_are_half_a_year():
    shares = {"share_of_saving": [0.0, 0.5, 0.5], "kept_share": 0.25}
    assert over_months(needed.saving_years_by_horizon, people_bearing_saving=24, **shares) == about(0.5)
    assert over_months(needed.savers_by_horizon, people_a_year_bearing_saving=24, **shares) == about(0.5)


def test_an_outlay_of_900_over_5_years_less_2_of_double_running_takes_300_and_less_40_of_the_arrangement_is_260():
    double = over_months(
        needed.double_years_by_horizon,
        people_bearing_saving=20,
        share_in_double_running=[0.5, 0.5],
        optimism_of_costs=0.2,
    )
    assert double == about(2)
    outlay = over_months(
        needed.outlay_by_horizon,
        monthly_fixed_cost=[0.0, 200.0],
        monthly_cost_of_people=[0.0, 300.0],
        optimism_of_costs=0.2,
        set_up_cost=300,
    )
    assert outlay == about(900)
    saving = needed.break_even_saving_per_person(
        outlay_by_horizon=outlay,
        saving_years_by_horizon=5,
        double_years_by_horizon=double,
        arrangement_cost=800,
        people_bearing_saving=20,
    )
    assert saving == about(260)
    assert needed.break_even_saving_per_episode(outlay_by_horizon=900, savers_by_horizon=3) == 300


# --- reach, phasing, outcomes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 4, 0.25), (8, 4, 1), (3, 0, 1)])
def test_how_far_a_part_goes_is_at_most_all_the_way_and_all_of_it_where_nothing_is_needed(part, whole, share):
    assert value_of(reach.share_of, {"part": part, "whole": whole}) == share


@pytest.mark.parametrize(("now", "in_all"), [(60, 100), (0.5, 40.5), (math.nan, 40)])
def test_40_more_than_are_there_now_and_40_where_nobody_knows_who_is(now, in_all):
    assert reach.people_in_all(people_now=now, planned_additional_people=40) == in_all


def test_people_in_all_are_not_known_where_those_of_one_intervention_are_not():
    in_all = project(load("birmingham"))["portfolio.total_people"]
    assert (in_all.usable, in_all.state.status.name) == (False, "UNKNOWN")


def test_where_nobody_is_to_come_all_of_them_can_start():
    assert value_of(phasing.share_that_can_start, {"starts_a_month": 5, "additional_people": 0}) == 1


def test_what_is_not_yet_cash_cannot_drop_off():
    """The half that is cash loses a tenth in the year: a twelfth of a year at a time."""
    dropped = over_months(phasing.share_dropped_off, share_who_save=[1.0] * 12, share_not_yet_cash=0.5, drop_off=0.1)
    assert dropped[-1] == about(0.05)


def test_552_that_came_back_at_half_a_pound_for_each_were_1_104():
    assert outcomes.implied_study_cost(study_benefit=552, study_return=0.5) == 1_104


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(1, 6))
def test_each_year_of_a_ramp_is_called_by_its_number(year):
    assert registry.figures[f"share_in_year_{year}"].title == f"Share of full scale in year {year}"


@pytest.mark.parametrize("name", ["cash_net", "real_net", "cash_staff"])
def test_the_sum_of_a_line_over_a_year_is_said_to_stand_where_its_line_does(name):
    path, _, line = registry.formulas[f"{name}_of_year", "case", ("payer", "period")][0].where.rpartition(":")
    assert f'_by_year("{name}"' in Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
