"""What stands in a month: a twelfth of a year where everyone is there, and nothing before it begins."""

import pytest


def test_a_month_at_full_scale_avoids_a_twelfth_of_the_200_000_of_a_year_and_the_first_half_year_nothing(months):
    avoided = months("monthly_cost_avoided.council")
    assert avoided[60] == pytest.approx(200_000 / 12)
    assert avoided[:7] == [0] * 7
    assert avoided[12] == pytest.approx(200_000 / 12 / 2)  # half of those who will be there have come


def test_every_cost_of_a_month_grows_by_what_optimism_leaves_out(months, projected):
    given = ("cost_evidence_grade=3",)  # a tenth, by the unit cost database's guide
    assert months("monthly_optimism_on_cost.council", *given)[60] == pytest.approx(0.1 * 100_000 / 12)


def test_peak_funding_is_known_where_break_even_comes_in_the_last_month_looked_at(projected):
    month = projected()["homeshare.break_even_month.council"].value
    last = projected(f"horizon_months={month:.0f}")
    assert last["homeshare.peak_funding.council"].status == "known"
    short = projected(f"horizon_months={month - 1:.0f}")
    assert short["homeshare.peak_funding.council"].status == "beyond the horizon"


def test_a_plan_that_is_back_has_lost_nothing(projected):
    assert projected()["homeshare.lost_by_horizon.council"].value == 0


def test_the_200_000_that_a_year_avoids_stand_in_each_year_at_full_scale_and_in_the_second_what_came_by_then(projected):
    """Nobody is there before month 7; full scale is month 18: of the second year's months the shares are 7 to 12
    twelfths, and six times the whole.
    """
    found = projected()
    years = found.case.model.dimensions["period"]
    avoided = [found[f"portfolio.cost_avoided_of_year.council.{year}"].value for year in years]
    assert avoided[3:5] == pytest.approx([200_000, 200_000])
    assert avoided[2] == pytest.approx(200_000 / 12 * ((7 + 8 + 9 + 10 + 11 + 12) / 12 + 6))
    assert len(avoided) == 6  # month 0 is a year of its own
