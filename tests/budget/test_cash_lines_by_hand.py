"""Each line of a month in cash, on numbers for which the sum is done in the head."""

import pytest

from carescale.formulas import budget


def test_of_1_000_saved_a_month_and_a_rise_of_a_tenth_a_quarter_that_is_growth_avoided_is_no_cash():
    given = {"monthly_saving": 1_000, "saving_index": 1.1, "growth_avoided_share": 0.25}
    assert budget.cash_saving(**given) == pytest.approx(825)
    assert budget.growth_avoided(**given) == pytest.approx(275)


def test_12_000_a_year_that_is_no_cash_frees_550_a_month_where_half_have_come_and_fees_rose_by_a_tenth():
    assert budget.capacity_freed(not_cashable=12_000, share_who_save=0.5, saving_index=1.1) == pytest.approx(550)


def test_a_cost_of_1_000_a_month_with_a_tenth_of_optimism_and_a_rise_of_5_per_cent_is_1_155():
    tenth = {"optimism_of_costs": 0.1}
    programme = {"monthly_programme_cost": 600, "monthly_support_cost": 400}
    assert budget.cash_running(**programme, **tenth, running_index=1.05) == pytest.approx(1_155)
    assert budget.cash_arrangements(monthly_arrangement_cost=1_000, **tenth, fee_index=1.05) == pytest.approx(1_155)
    assert budget.cash_staff(monthly_coordinator_pay=1_000, **tenth, pay_index=1.05) == pytest.approx(1_155)
    assert budget.cash_double_running(monthly_double_running=1_000, **tenth, saving_index=1.05) == pytest.approx(1_155)


def test_set_up_overlap_and_what_a_funder_pays_rise_with_their_index_alone():
    assert budget.cash_set_up(set_up_spent=1_000, price_index=1.05) == pytest.approx(1_050)
    assert budget.cash_overlap(monthly_overlap=1_000, saving_index=1.05) == pytest.approx(1_050)
    assert budget.cash_finance(finance_effect=1_000, price_index=1.05) == pytest.approx(1_050)
    assert budget.real_net(cash_net=1_050, price_index=1.05) == pytest.approx(1_000)


def test_1_000_saved_less_300_recurrent_and_200_once_with_50_of_a_funder_is_550():
    assert budget.cash_recurrent_cost(cash_running=100, cash_arrangements=150, cash_staff=50) == 300
    assert budget.cash_recurrent(cash_saving=1_000, cash_recurrent_cost=300) == 700
    assert budget.cash_one_off(cash_set_up=120, cash_double_running=80) == 200
    assert budget.cash_net(cash_recurrent=700, cash_one_off=200, cash_finance=50) == 550
    assert budget.cash_saving__case(cash_saving_before_overlap=1_000, cash_overlap=100) == 900


def test_fees_4_points_beyond_prices_widen_what_was_bought_at_500_less_100_by_16():
    """£540 saved at an index of 1.08, all fees, is £500 of the base year; £108 of arrangements are £100."""
    asked = {"cash_saving": 540, "saving_index": 1.08, "cash_arrangements": 108, "fee_index": 1.08, "price_index": 1.04}
    assert budget.beyond_prices_fees(fee_share_of_saving=1, **asked) == pytest.approx(400 * 0.04)
    assert budget.beyond_prices_fees(fee_share_of_saving=0.5, **asked) == pytest.approx(150 * 0.04)


def test_pay_4_points_beyond_prices_leaves_12_less_of_a_running_cost_half_pay_and_of_coordinators():
    """£432 of running cost at 1.08 are £400, of which £200 pay; £108 of coordinators are £100: 4% of £300."""
    beyond = budget.beyond_prices_pay(
        cash_running=432, running_index=1.08, pay_share_of_running_cost=0.5, cash_staff=108, pay_index=1.08,
        price_index=1.04,
    )  # fmt: skip
    assert beyond == pytest.approx(-12)


def test_demand_that_grows_by_a_tenth_a_year_moves_a_twentieth_after_six_months():
    assert budget.demand_on_saving(month=6, cash_saving=1_000, demand_growth=0.1) == pytest.approx(50)
    cost = budget.demand_on_cost(
        month=6, monthly_support_cost=500, optimism_of_costs=0.1, running_index=1.2, cash_arrangements=340,
        demand_growth=0.1,
    )  # fmt: skip
    assert cost == pytest.approx(50)  # 500 × 1.1 × 1.2 and 340 are 1,000


def test_an_index_from_80_to_84_has_risen_by_a_twentieth():
    assert budget.growth_of(index_then=80, index_now=84) == pytest.approx(0.05)
