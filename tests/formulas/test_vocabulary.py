"""What a file may leave out, what may be below nothing, and how far a figure may go."""

import math

from carescale.formulas import registry
from carescale.formulas.vocabulary import SHARES_BY_YEAR

FIGURES = registry.figures.values()
CAN_DO_WITHOUT = """
carers_available volunteers_available outcome_change outcome_share study_cost study_return study_benefit
price_index_then price_index_now coordinator_cost void_share double_running_months leavers_a_year stay_months
starts_a_month saving_lasts_months overlap pair_overlap delivery_against_plan deadweight displacement
saving_evidence_grade cost_evidence_grade cashable_share cashable_lag_months drop_off growth_avoided_share demand_growth
funding_per_scheme schemes draw_down_months growth_premium management_fee premium_months people_reached weeks_of_care
seen_by_month first_month_of_report last_month_of_report first_month_of_spend last_month_reported people_at_report
starts_at_report spend_at_report people_now_there starts_counted months_counted months_of_evidence dispersion_of_starts
deviate_of_pace leavers_counted person_months_counted deviate_of_leaving
"""


def test_limits_adjustments_lending_studies_and_reports_do_not_apply_where_nobody_gives_them_all_else_is_unknown():
    assert {kind.name for kind in FIGURES if kind.optional} == set(CAN_DO_WITHOUT.split())


def test_a_saving_a_change_a_rise_and_a_deviate_may_be_below_nothing_no_number_of_people_and_no_cost():
    assert {kind.name for kind in FIGURES if kind.signed} == {
        "published_saving_per_person", "saving_per_episode", "outcome_change", "demand_growth", "pay_uplift",
        "fee_uplift", "price_uplift", "rise_until_start", "deviate_of_pace", "deviate_of_leaving",
    }  # fmt: skip


def test_evidence_has_six_grades_and_nobody_looks_further_ahead_than_a_hundred_years():
    most = {kind.name: kind.most for kind in FIGURES if kind.most != math.inf}
    assert most == {"saving_evidence_grade": 6, "cost_evidence_grade": 6, "horizon_months": 100 * 12}


def test_growth_may_be_told_for_each_of_five_years():
    assert tuple(f"share_in_year_{year}" for year in (1, 2, 3, 4, 5)) == SHARES_BY_YEAR
