"""Sums of the formulas that a reader can do in the head, each with the number on either side of where it turns."""

import pytest
from alternatives import written
from tables.making import areas, rated

from carescale.formulas.benchmark import is_below


def catching_up(name, per, **chosen):
    return written(name, per, target="catch_up", **chosen)


# --- benchmarks ------------------------------------------------------------------------------------------------------


def test_an_area_at_3_per_cent_is_2_points_behind_5_and_one_at_7_is_not_behind():
    gap = written("rate_gap", "cohort")
    assert gap(benchmark_rate=0.05, rate_now=0.03) == pytest.approx(0.02)
    assert gap(benchmark_rate=0.05, rate_now=0.07) == 0


def test_at_5_per_cent_of_2_000_an_area_of_60_people_adds_40_and_one_of_130_none():
    assert catching_up("target_people", "cohort")(benchmark_rate=0.05, rate_base=2_000) == 100
    more = catching_up("planned_additional_people", "cohort", gaps="all")
    assert more(target_people=100, current_people=60) == 40
    assert more(target_people=100, current_people=130) == 0


@pytest.mark.parametrize(("upper", "counts"), [(0.04, True), (0.05, False), (0.06, False)])
def test_a_gap_counts_only_where_the_interval_ends_below_the_benchmark(upper, counts):
    at_a_time = catching_up("planned_additional_people", "cohort", gaps="beyond_chance")
    in_a_year = catching_up("planned_additional_people_a_year", "cohort", gaps="beyond_chance", counted="people_a_year")
    rates = {"upper_rate": upper, "benchmark_rate": 0.05}
    assert at_a_time(target_people=100, current_people=60, **rates) == 40 * counts
    assert at_a_time(target_people=100, current_people=130, **rates) == 0
    assert in_a_year(target_people=100, current_people_a_year=60, **rates) == 40 * counts
    assert in_a_year(target_people=100, current_people_a_year=130, **rates) == 0


def test_people_helped_in_a_year_are_caught_up_in_the_same_way():
    more = catching_up("planned_additional_people_a_year", "cohort", gaps="all", counted="people_a_year")
    assert more(target_people=300, current_people_a_year=250) == 50
    assert more(target_people=300, current_people_a_year=400) == 0


def test_a_rate_on_the_benchmark_is_not_below_it():
    assert [is_below(rate, 0.05) for rate in (0.04, 0.05, 0.06)] == [True, False, False]


def test_of_five_rates_the_lowest_is_in_the_fourth_quarter_and_one_on_a_quartile_in_the_quarter_above(in_a_folder):
    assert areas(rated([10, 20, 30, 40, 50])).quartiles == [4, 3, 2, 1, 1]


def test_a_rate_is_far_outside_where_it_is_more_than_one_and_a_half_times_the_middle_half_above_it(in_a_folder):
    """The middle half of 10, 20, 30, 40 and the last is from 20 to 40: 70 is on the fence, 71 beyond it."""
    assert areas(rated([10, 20, 30, 40, 71])).next_to(4) == (0.04, True)
    assert areas(rated([10, 20, 30, 40, 70])).next_to(4) == (0.04, False)


@pytest.fixture
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


# --- appraisal and budget --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("month", "falls"), [(12, 0), (13, 1), (24, 1), (25, 0)])
def test_months_13_to_24_fall_in_the_second_year(month, falls):
    inside = written("falls_in_period", "case, period", appraisal="discounted")
    assert inside(month=month, first_month_of_period=13, last_month_of_period=24) == falls


@pytest.mark.parametrize(("month", "rise"), [(6, 0), (7, 0.03), (8, 0)])
def test_pay_fees_and_prices_rise_in_the_first_month_of_a_financial_year_alone(month, rise):
    for line in ("pay", "fee", "price"):
        rises = written(f"{line}_rise", "case, period", appraisal="cash")
        assert rises(month=month, first_month_of_period=7, **{f"{line}_uplift": 0.03}) == rise


def test_what_left_after_every_cost_is_for_each_pound_of_set_up():
    """£300 saved; £100 spent, of which £40 for set-up: £240 are left for those £40."""
    returns = written("return_on_set_up", "intervention, payer", appraisal="discounted")
    assert returns(present_value_of_savings=300, present_value_of_costs=100, present_value_of_set_up=40) == 6


def test_three_quarters_fees_at_8_per_cent_and_a_quarter_prices_at_4_have_risen_by_7():
    saving = written("saving_index", "intervention, payer", appraisal="cash")
    assert saving(fee_index=1.08, price_index=1.04, fee_share_of_saving=0.75) == pytest.approx(1.07)
    running = written("running_index", "intervention", appraisal="cash")
    assert running(pay_index=1.08, price_index=1.04, pay_share_of_running_cost=0.75) == pytest.approx(1.07)
