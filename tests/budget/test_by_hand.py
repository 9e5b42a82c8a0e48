"""Birmingham from September 2026, pay at 4%, fees at 5%, prices at 2%: a table that anyone can redo with a pencil.

52 more people at full scale: £3,088,000 a year is no longer paid for placements (51 × £60,000 + 1 × £28,000) and
£1,754,000 is paid for Shared Lives (51 × £34,000 + 1 × £20,000). September is month 1, so March 2027 is month 7, which
is when the first match is made; each month after that an eighteenth more are there. 2027/28 is months 8 to 19, in which
1 + 2 + … + 12 = 78 eighteenths of a month are had, 4⅓ months; 2028/29 is months 20 to 31, with 13 + … + 18 = 93
eighteenths and six whole months, 11⅙ months. Fees have risen once by April 2027, twice by April 2028.
"""

from __future__ import annotations

import pytest

from carescale import load
from carescale.analysis.budget import budget

UPLIFTS = ("pay_uplift=4%", "fee_uplift=5%", "price_uplift=2%")
YEARS = ("in_2026_27", "in_2027_28", "in_2028_29", "in_2029_30", "in_2030_31")
AVOIDED, ARRANGEMENTS, SET_UP = 3_088_000 / 12, 1_754_000 / 12, 52 / 75 * 250_000
MONTHS = (0, 78 / 18, 93 / 18 + 6, 12, 12)


def test_fees_at_five_per_cent_move_what_is_avoided_and_what_carers_are_paid(birmingham, of) -> None:
    found = budget(birmingham(*UPLIFTS), "printed")
    assert found.years == YEARS
    fees = (1, 1.05, 1.05**2, 1.05**3, 1.05**4)
    saved = [AVOIDED * months * fee for months, fee in zip(MONTHS, fees, strict=True)]
    paid = [ARRANGEMENTS * months * fee for months, fee in zip(MONTHS, fees, strict=True)]
    assert of(found, "cash_saving_of_year") == pytest.approx(saved)
    assert of(found, "cash_arrangements_of_year") == pytest.approx(paid)
    assert round(saved[1]) == 1_170_867
    assert round(paid[1]) == 665_058
    assert of(found, "cash_net_of_year")[0] == pytest.approx(-SET_UP)


def test_the_savings_lines_are_half_a_million_then_0_9_million_and_add_up_to_the_last_level(birmingham, of) -> None:
    found = budget(birmingham(*UPLIFTS), "printed")
    changes, levels = of(found, "change_of_recurrent"), of(found, "cash_recurrent_of_year")
    assert [round(change) for change in changes] == [0, 505_808, 862_792, 175_671, 77_214]
    assert sum(changes) == pytest.approx(levels[-1])
    assert of(found, "full_year_effect")[1] == pytest.approx((3_088_000 - 1_754_000) * 12 / 18 * 1.05)
    assert sum(of(found, "change_of_net")) == pytest.approx(of(found, "cash_net_of_year")[-1])


def test_without_uplifts_in_constant_prices_it_is_the_account(birmingham, of) -> None:
    found = budget(birmingham("pay_uplift=0%", "fee_uplift=0%", "price_uplift=0%"), "printed")
    assert of(found, "cash_recurrent_of_year") == pytest.approx([1_334_000 / 12 * months for months in MONTHS])
    assert of(found, "real_net_of_year") == pytest.approx(of(found, "cash_net_of_year"))


def test_fees_above_prices_widen_the_saving_by_the_gap_between_them(birmingham, of) -> None:
    found = budget(birmingham(*UPLIFTS), "printed")
    gap = 1_334_000 / 12 * MONTHS[1] * (1.05 - 1.02)
    assert of(found, "beyond_prices_fees_of_year")[1] == pytest.approx(gap)
    assert round(gap) == 14_452


def test_pay_moves_coordinators_and_the_part_of_a_running_cost_that_is_pay(birmingham, of) -> None:
    ours = ("shared_lives.coordinator_cost=£45,000", "shared_lives.running_cost_share.council=100%")
    settings = (*ours, "living_well.pay_share_of_running_cost=80%", *UPLIFTS)
    found = budget(birmingham(*settings), "printed")
    staff = of(found, "cash_staff_of_year")
    assert staff[0] == pytest.approx(3 * 45_000 / 12 * 7)  # three for 52 carers, paid from September
    assert staff[1] == pytest.approx(3 * 45_000 * 1.04)
    running = of(found, "cash_running_of_year", entity="living_well")
    assert running[4] == pytest.approx(200_000 * (0.8 * 1.04**4 + 0.2 * 1.02**4))
    more = budget(birmingham(*ours, "pay_uplift=5%", *UPLIFTS[1:]), "printed")
    assert of(more, "cash_staff_of_year")[1] - staff[1] == pytest.approx(3 * 45_000 * 0.01)


def test_uplifts_by_year_and_the_last_one_given_holds(birmingham, of) -> None:
    given = ("fee_uplift.2027/28=6%", "fee_uplift.2028/29=3%", "pay_uplift=0%", "price_uplift=0%")
    found = budget(birmingham(*given), "printed")
    fees = [1, 1.06, 1.06 * 1.03, 1.06 * 1.03**2, 1.06 * 1.03**3]
    expected = [ARRANGEMENTS * months * fee for months, fee in zip(MONTHS, fees, strict=True)]
    assert of(found, "cash_arrangements_of_year") == pytest.approx(expected)


def test_a_budget_ends_in_march_however_long_the_file_looks_ahead(birmingham, of) -> None:
    assert birmingham("portfolio.horizon_months=24", years=3).horizon == 7 + 24
    assert load("birmingham", cash_years=2, start="2026-04").horizon == 24
