"""Phasing: nothing before the first match, then a ramp to full scale, straight, S-shaped or year by year."""

import pytest
from alternatives import written

straight = written("planned_share", "intervention", ramp="straight")
s_shaped = written("planned_share", "intervention", ramp="s_shaped")
by_year = written("planned_share", "intervention", ramp="yearly_shares")
YEARS = [0.2, 0.6, 0.8, 0.9, 1.0]


def progress(month, first=7.0, ramp=18.0):
    return written("ramp_progress", "intervention", ramp="straight")(float(month), first, ramp)


@pytest.mark.parametrize(
    ("month", "share"),
    [(0, 0), (6, 0), (7, 0), (8, 1 / 18), (16, 0.5), (24, 17 / 18), (25, 1), (26, 1), (60, 1)],
)
def test_a_straight_ramp_of_18_months_from_month_7_is_over_in_month_25(month, share):
    assert straight(progress(month)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("month", "share"), [(0, 0), (7, 0), (11.5, 0.15625), (16, 0.5), (20.5, 0.84375), (25, 1), (60, 1)]
)
def test_an_s_shaped_ramp_is_slow_then_fast_then_slow(month, share):
    assert s_shaped(progress(month)) == pytest.approx(share)


def test_both_ramps_agree_at_the_start_the_middle_and_the_end_only():
    assert [straight(progress(month)) - s_shaped(progress(month)) for month in (7, 16, 25)] == [0, 0, 0]
    assert s_shaped(progress(10)) < straight(progress(10))
    assert s_shaped(progress(22)) > straight(progress(22))


def test_a_ramp_of_no_months_is_over_at_the_next_months_end():
    assert [progress(month, first=0.0, ramp=0.0) for month in range(4)] == [0, 1, 1, 1]
    assert [progress(month, first=2.0, ramp=0.0) for month in range(5)] == [0, 0, 0, 1, 1]


def test_a_ramp_of_one_month_is_as_steep_as_a_ramp_can_be():
    assert [progress(month, first=0.0, ramp=1.0) for month in range(3)] == [0, 1, 1]


@pytest.mark.parametrize(
    ("month", "share"),
    [(0, 0), (1, 0.2), (12, 0.2), (13, 0.6), (24, 0.6), (25, 0.8), (37, 0.9), (48, 0.9), (49, 1), (60, 1), (61, 1)],
)
def test_yearly_shares_hold_for_their_year_and_the_last_one_from_then_on(month, share):
    assert by_year(float(month), *YEARS) == share


def test_full_scale_is_reached_in_month_25():
    for ramp in ("straight", "s_shaped"):
        assert written("full_scale_month", "intervention", ramp=ramp)(7.0, 18.0) == 25


def test_half_way_up_the_ramp_26_of_52_people_are_reached():
    assert written("people_in_month", "intervention")(additional_people=52.0, share_of_full_scale=0.5) == 26
