"""What an investor lends and is paid, on numbers for which the sum is done in the head."""

import math

import pytest
from alternatives import over_months

from carescale.formulas import finance

about = pytest.approx
YEAR_OF_48_WEEKS = {"weeks_per_year": 48}  # four weeks a month


def test_four_schemes_at_220_are_880_of_which_each_of_80_people_had_11_and_each_of_440_weeks_2():
    assert finance.funding(funding_per_scheme=220, schemes=4) == 880
    assert finance.funding_per_person(funding=880, people_reached=80) == 11
    assert finance.funding_per_week_of_care(funding=880, weeks_of_care=440) == 2


def test_220_at_35_a_week_take_7_weeks_to_repay_the_last_of_them_in_part():
    assert finance.weeks_to_repay_a_scheme(funding_per_scheme=220, growth_premium=35) == 7


def test_arrangements_planned_at_1_000_for_a_tenth_that_were_paid_with_400_a_person_are_a_quarter_of_the_plan():
    planned = {"set_up_cost_per_block": 1_000, "arrangements_per_block": 10, "arrangements_per_person": 1}
    assert finance.delivery_seen(**planned, funding_per_person=400) == 0.25
    assert finance.delivery_seen(**{**planned, "arrangements_per_person": 0.5}, funding_per_person=400) == 0.125


def test_20_weeks_lived_by_month_2_of_the_40_that_10_arrangements_would_have_had_are_a_half():
    """Four weeks a month for a quarter of them in month 1 and three quarters in month 2: 10 and 30 weeks."""
    given = {"planned_arrangements": 10, "planned_share": [0.0, 0.25, 0.75, 1.0], "seen_by_month": 2}
    seen = over_months(finance.delivery_seen_by_weeks, weeks_of_care=20, **given, **YEAR_OF_48_WEEKS)
    assert seen == about(0.5)


def test_weeks_are_counted_up_to_the_month_that_was_seen_and_that_month_with_it():
    counted = over_months(finance.weeks_by_month_seen, arrangement_weeks=[1.0, 10.0, 100.0, 1_000.0], seen_by_month=2)
    assert counted == 111


def test_half_of_20_arrangements_live_40_weeks_in_a_month_for_1_400_of_premium_and_80_of_fee():
    assert finance.arrangements_in_month(additional_arrangements=20, share_of_full_scale=0.5) == 10
    assert finance.arrangement_weeks(arrangements_in_month=10, **YEAR_OF_48_WEEKS) == 40
    assert finance.premium(arrangement_weeks=40, growth_premium=35) == 1_400
    assert finance.fee_in_month(arrangement_weeks=40, management_fee=2) == 80


@pytest.mark.parametrize(("months", "drawn"), [(2, [50, 50, 0]), (1, [100, 0, 0]), (0, [100, 0, 0])])
def test_100_is_drawn_in_equal_parts_from_month_0_and_at_once_where_there_are_no_months(months, drawn):
    assert [finance.drawn(month=month, funding=100, draw_down_months=months) for month in range(3)] == drawn


@pytest.mark.parametrize(("month", "after"), [(23, 0), (24, 0), (25, 7)])
def test_the_premium_of_month_24_is_the_last_of_a_contract_of_24_months(month, after):
    assert finance.premium_after_contract(month=month, premium=7, premium_months=24) == after
    assert finance.repaid(premium=7, premium_after_contract=after) == 7 - after


def test_drawn_60_and_40_and_repaid_30_a_month_is_owed_until_month_3():
    drawn, repaid = [60.0, 40.0, 0.0, 0.0, 0.0], [0.0, 30.0, 30.0, 50.0, 50.0]
    flow = over_months(finance.investor_flow, drawn=drawn, repaid=repaid)
    assert flow == [-60, -10, 30, 50, 50]
    so_far = over_months(finance.investor_flow_so_far, investor_flow=flow)
    assert so_far == [-60, -70, -40, 10, 60]
    assert over_months(finance.balance, investor_flow_so_far=so_far) == [60, 70, 40, 0, 0]
    assert over_months(finance.most_outstanding, investor_flow_so_far=so_far) == 70
    assert over_months(finance.month_repaid, investor_flow_so_far=so_far) == 3
    assert over_months(finance.month_repaid, investor_flow_so_far=so_far[:3]) == math.inf
    assert over_months(finance.total_drawn, drawn=drawn) == 100
    assert over_months(finance.total_repaid, repaid=repaid) == 160


def test_an_investor_who_never_lent_has_nothing_outstanding():
    assert over_months(finance.most_outstanding, investor_flow_so_far=[5.0, 10.0]) == 0
    assert finance.balance(investor_flow_so_far=5) == 0


def test_160_for_100_is_a_multiple_of_1_6_and_100_for_160_leaves_60():
    assert finance.money_multiple(total_repaid=160, total_drawn=100) == 1.6
    assert finance.balance_left(total_drawn=160, total_repaid=100) == 60
    assert finance.balance_left(total_drawn=100, total_repaid=160) == 0
    assert over_months(finance.total_paid, total_repaid=160, fee_in_month=[0.0, 1.0, 2.0]) == 163
    assert finance.paid_less(total_repaid=160, total_repaid_slower=100) == 60


def test_110_a_month_after_100_is_a_tenth_a_month_and_3_1384_times_that_a_year():
    assert over_months(finance.monthly_rate_of_return, investor_flow=[-100.0, 110.0]) == about(0.1)
    assert finance.rate_of_return(monthly_rate_of_return=0.1) == about(2.138428376721)


# --- the funder in the account ----------------------------------------------------------------------------------------


def test_of_a_set_up_of_100_a_funding_of_150_pays_a_payer_of_two_fifths_60_and_one_of_all_100():
    assert finance.funded_set_up(set_up_cost=100, funding=150, set_up_share=0.4) == 60
    assert finance.funded_set_up(set_up_cost=100, funding=150, set_up_share=1) == 100
    assert finance.lent_beyond_set_up(funding=150, set_up_cost=100) == 50
    assert finance.lent_beyond_set_up(funding=100, set_up_cost=150) == 0


def test_who_would_have_paid_two_fifths_of_setting_up_pays_two_fifths_of_premium_and_fee():
    assert finance.paid_for_funding(repaid=100, fee_in_month=50, set_up_share=0.4) == 60


def test_finance_brings_the_set_up_at_month_0_and_costs_premium_and_fee_after():
    effect = over_months(finance.finance_effect, funded_set_up=100, paid_for_funding=[0.0, 20.0, 30.0])
    assert effect == [100, -20, -30]
    flow = over_months(finance.net_flow_with_finance, net_flow=[-100.0, 10.0, 50.0], finance_effect=effect)
    assert flow == [0, -10, 20]
    so_far = over_months(
        finance.cumulative_with_finance, cumulative_net_saving=[-100.0, -90.0, -40.0], finance_effect=effect
    )
    assert so_far == [0, -10, 10]
    assert over_months(finance.break_even_month_with_finance, cumulative_with_finance=so_far) == 2


@pytest.mark.parametrize(("break_even", "peak"), [(1, 10), (2, 10), (3, math.inf), (math.inf, math.inf)])
def test_the_most_to_be_found_is_10_where_it_is_back_by_month_2_and_unknown_where_it_is_not(break_even, peak):
    given = {"cumulative_with_finance": [0.0, -10.0, 10.0], "horizon_months": 2}
    found = over_months(finance.peak_funding_with_finance, break_even_month_with_finance=break_even, **given)
    assert found == peak
    found = over_months(
        finance.peak_funding_with_finance,
        cumulative_with_finance=[5.0, 10.0],
        break_even_month_with_finance=0,
        horizon_months=2,
    )
    assert found == 0


def test_today_100_now_less_55_in_a_year_at_a_tenth_is_50_and_lifts_a_value_of_20_to_70():
    worth = over_months(finance.present_value_of_finance, finance_effect=[100.0, -55.0], discount_factor=[1.0, 1 / 1.1])
    assert worth == about(50)
    assert finance.net_present_value_with_finance(net_present_value=20, present_value_of_finance=50) == 70


def test_100_saved_for_costs_of_90_of_which_finance_brings_40_is_two_pounds_a_pound():
    found = finance.benefit_cost_ratio_with_finance(
        present_value_of_savings=100, present_value_of_costs=90, present_value_of_finance=40
    )
    assert found == 2
