"""Indices, years and full-year effects of the account in cash, month by month on numbers for the head."""

import pytest
from formulas.alternatives import over_months

from carescale.formulas import budget, registry

about = pytest.approx
INDICES = [("pay_index", "pay_rise"), ("fee_index", "fee_rise"), ("price_index", "price_rise")]
RISES = [("pay_rise", "pay_uplift"), ("fee_rise", "fee_uplift"), ("price_rise", "price_uplift")]
LAST_YEAR = {"first_month_of_year_before": 1, "last_month_of_year_before": 3}


@pytest.mark.parametrize(("rise", "uplift"), RISES)
@pytest.mark.parametrize(("month", "falls"), [(8, 0), (9, 0.05), (10, 0)])
def test_a_rise_of_a_year_that_begins_in_month_9_falls_in_that_month_alone(rise, uplift, month, falls):
    assert getattr(budget, rise)(month=month, first_month_of_period=9, **{uplift: 0.05}) == falls


@pytest.mark.parametrize(("index", "rise"), INDICES)
def test_an_index_starts_with_the_rise_until_then_and_keeps_each_rise_from_its_month_on(index, rise):
    found = over_months(getattr(budget, index), rise_until_start=0.5, **{rise: [0.0, 0.0, 0.1, 0.0, 1.0]})
    assert found == about([1.5, 1.5, 1.65, 1.65, 3.3])


def test_a_saving_three_quarters_fees_of_1_2_and_a_quarter_prices_of_1_04_stands_at_1_16():
    assert budget.saving_index(fee_index=1.2, price_index=1.04, fee_share_of_saving=0.75) == about(1.16)
    assert budget.running_index(pay_index=1.2, price_index=1.04, pay_share_of_running_cost=0.75) == about(1.16)


def test_a_year_is_the_sum_of_the_months_that_fall_in_it():
    in_the_year = registry.formulas["cash_net_of_year", "case", ("payer", "period")][0].function
    asked = {"falls_in_period": [0.0, 1.0, 1.0, 0.0], "series": [1.0, 10.0, 100.0, 1_000.0]}
    assert over_months(in_the_year, **asked) == 110


@pytest.mark.parametrize(("month", "so_far"), [(0, 1), (2, 111), (3, 1_111)])
def test_cash_so_far_is_that_of_each_month_up_to_the_last_of_the_year(month, so_far):
    cash = [1.0, 10.0, 100.0, 1_000.0]
    assert over_months(budget.cash_so_far, cash_net=cash, last_month_of_period=month) == so_far


def test_5_000_this_year_after_1_110_in_months_1_to_3_is_3_890_more():
    months = [1.0, 10.0, 100.0, 1_000.0, 10_000.0]
    recurrent = over_months(
        budget.change_of_recurrent, cash_recurrent=months, cash_recurrent_of_year=5_000, **LAST_YEAR
    )
    net = over_months(budget.change_of_net, cash_net=months, cash_net_of_year=5_000, **LAST_YEAR)
    assert (recurrent, net) == (3_890, 3_890)


def test_100_in_the_last_month_of_a_year_are_1_200_for_a_full_one():
    months = [1.0, 10.0, 100.0, 1_000.0]
    assert over_months(budget.full_year_effect, cash_recurrent=months, last_month_of_period=2) == 1_200
