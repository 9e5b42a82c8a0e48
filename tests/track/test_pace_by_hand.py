"""Pace, months by report and what is there by now, on numbers for which the sum is done in the head."""

import pytest
from formulas.alternatives import over_months

from carescale.formulas import pace

about = pytest.approx
MONTHS = [1.0, 10.0, 100.0, 1_000.0]


def test_the_end_of_an_interval_for_a_count_of_7_at_two_deviates_and_double_the_spread():
    """Spread 2 × 2² / 2 = 4; 7 + 4 ± 2 × √(2 × 7 + 4 × 2 / 2 = 18)."""
    assert pace.seen(7, 2, 2) == about(11 + 2 * 18**0.5)
    assert pace.seen(7, 2, -2) == about(11 - 2 * 18**0.5)


def test_30_starts_in_4_months_after_10_in_4_are_the_square_root_of_10_deviates_more():
    """7.5 a month after 2.5, at 5 a month in all: 5 / √(1 × 5 × (1/4 + 1/4))."""
    assert pace.change_of_pace(10, 30, 4, 4, 1) == about(10**0.5)
    assert pace.change_of_pace(10, 30, 4, 4, 4) == about(10**0.5 / 2)


def test_30_who_left_in_20_months_of_people_are_all_of_them_and_5_a_quarter():
    assert pace.leaving_rate(leavers_counted=30, person_months_counted=20, deviate_of_leaving=0) == 1
    assert pace.leaving_rate(leavers_counted=5, person_months_counted=20, deviate_of_leaving=0) == 0.25


@pytest.mark.parametrize(("month", "there"), [(1, 0), (2, 8), (3, 8), (4, 0)])
def test_a_report_of_months_2_and_3_is_of_these_months_and_no_other(month, there):
    report = {"month": month, "first_month_of_report": 2, "last_month_of_report": 3}
    assert pace.people_reported(people_at_report=8, **report) == there
    assert pace.starts_reported(starts_at_report=8, **report) == there


def test_more_than_planned_stay_as_counted_and_from_then_on_nobody_more_comes():
    """12 of 10 counted in month 1; a start a month and nobody leaves."""
    share = over_months(
        pace.planned_share__as_seen,
        last_month_reported=1,
        people_reported=[6.0, 12.0, 0.0, 0.0],
        people_now_there=12,
        additional_people=10,
        pace_of_starts=1,
        leaving_rate=0,
    )
    assert share == about([0.6, 1.2, 1.2, 1.2])


def test_half_of_10_and_a_start_a_month_are_full_after_five_and_never_more():
    share = over_months(
        pace.planned_share__as_seen,
        last_month_reported=0,
        people_reported=[5.0] + [0.0] * 7,
        people_now_there=5,
        additional_people=10,
        pace_of_starts=1,
        leaving_rate=0,
    )
    assert share == about([0.5, 0.6, 0.7, 0.8, 0.9, 1, 1, 1])


def test_of_120_a_year_a_month_with_5_is_a_half_and_a_pace_of_12_is_no_more_than_all():
    asked = {"last_month_reported": 1, "additional_people_a_year": 120}
    share = over_months(
        pace.planned_share__as_seen_a_year, starts_reported=[5.0, 20.0, 0.0, 0.0], pace_of_starts=12, **asked
    )
    assert share == [0.5, 2, 1, 1]


@pytest.mark.parametrize(("last", "so_far"), [(0, 1), (2, 111)])
def test_what_has_come_by_now_has_the_month_that_was_reported_last(last, so_far):
    assert over_months(pace.started_by_now, starters_in_month=MONTHS, last_month_reported=last) == so_far
    assert over_months(pace.left_by_now, leavers_in_month=MONTHS, last_month_reported=last) == so_far
    assert over_months(pace.people_by_now, people_in_month=MONTHS, last_month_reported=last) == MONTHS[last]


def test_120_a_year_at_a_half_a_half_and_all_are_20_by_month_2():
    started = over_months(
        pace.started_by_now__a_year,
        additional_people_a_year=120,
        share_of_full_scale=[0.5, 0.5, 1.0, 1.0],
        last_month_reported=2,
    )
    assert started == 20


def test_the_plan_s_starts_of_two_months_after_a_match_in_month_1_are_those_up_to_month_3():
    started = over_months(
        pace.started_by_month_counted, starters_in_month=[*MONTHS, 10_000.0], match_month=1, months_counted=2
    )
    assert started == 1_111
