"""Cash flow: Birmingham's 52 people month by month, worked by hand.

52 people save £1,334,000 a year, so £111,166.67 a month, after 7 months without a match and a straight ramp of 18: each
month of the ramp adds an eighteenth, £6,175.93. Set-up is 52/75 of £250,000, £173,333.33, at month 0.
"""

import math

import pytest
from alternatives import written

from carescale.analysis.projection import project
from carescale.inputs.loading import load

MONTHLY = 1_334_000 / 12
STEP = MONTHLY / 18
SET_UP = 52 / 75 * 250_000
SERIES = "monthly_net_saving", "cumulative_net_saving"


def months(name, *settings):
    key = f"shared_lives.{name}.council"
    return project(load("birmingham", settings=settings)).months([key])[key]


def test_a_month_brings_a_twelfth_of_the_year_as_far_as_the_ramp_has_come():
    avoided = written("monthly_saving", "intervention, payer")
    assert avoided(adjusted_saving=3_088_000.0, share_of_saving=0.5) == pytest.approx(128_666.67)
    spent = written("monthly_arrangement_cost", "intervention, payer")
    assert spent(1_754_000.0, 0.0, share_of_full_scale=0.5) == pytest.approx(73_083.33)
    net = written("monthly_net_saving", "intervention, payer")
    assert net(monthly_saving=128_666.67, monthly_running_cost=73_083.33) == pytest.approx(55_583.34)


@pytest.mark.parametrize(
    ("month", "value"), [(0, 0), (7, 0), (8, STEP), (9, 2 * STEP), (24, 17 * STEP), (25, MONTHLY), (60, MONTHLY)]
)
def test_nothing_comes_before_the_first_match_and_all_of_it_after_the_ramp(month, value):
    assert months("monthly_net_saving")[month] == pytest.approx(value)


@pytest.mark.parametrize(
    ("month", "value"),
    [
        (0, -SET_UP),
        (7, -SET_UP),
        (8, STEP - SET_UP),
        (14, 28 * STEP - SET_UP),  # 1 + 2 + … + 7 eighteenths: £407 short
        (15, 36 * STEP - SET_UP),
        (25, 171 * STEP - SET_UP),
        (60, 171 * STEP + 35 * MONTHLY - SET_UP),
    ],
)
def test_set_up_is_spent_at_month_0_and_savings_fall_at_month_ends(month, value):
    assert months("cumulative_net_saving")[month] == pytest.approx(value)


def test_the_money_is_back_in_month_15_and_not_in_month_14():
    cumulative = months("cumulative_net_saving")
    assert round(cumulative[14]) == -407
    assert round(cumulative[15]) == 49_000
    assert written("break_even_month", "intervention, payer")(cumulative) == 15


def test_there_are_61_month_ends_from_the_decision_to_the_fifth_year():
    assert [len(months(name)) for name in SERIES] == [61, 61]


@pytest.mark.parametrize("per", ["intervention, payer", "case, payer"])
def test_break_even_is_the_month_from_which_the_money_stays_back(per):
    break_even = written("break_even_month", per)
    assert break_even([-250.0, -1.0, 0.0, 1.0]) == 2
    assert break_even([-250.0, 1.0, -1.0, 2.0]) == 3
    assert break_even([-250.0, -200.0, -150.0]) == math.inf


@pytest.mark.parametrize("per", ["intervention, payer", "case, payer"])
def test_peak_funding_is_the_deepest_point_and_never_less_than_nothing(per):
    peak = written("peak_funding", per)
    assert peak([-250_000.0, -260_000.0, 5.0], 2.0, 60.0) == 260_000
    assert peak([0.0, 10.0], 0.0, 60.0) == 0


@pytest.mark.parametrize("per", ["intervention, payer", "case, payer"])
def test_what_is_never_back_has_no_peak_that_anybody_knows(per):
    assert written("peak_funding", per)([-250_000.0, -260_000.0, -5.0], math.inf, 2.0) == math.inf


def test_net_saving_by_the_horizon_is_before_set_up():
    assert written("net_saving_by_horizon", "intervention, payer")([100.0, 100.0, 50.0]) == 250
    horizon = project(load("birmingham"))["shared_lives.net_saving_by_horizon.council"].value
    assert horizon == pytest.approx(171 * STEP + 35 * MONTHLY)


def test_two_people_would_repay_the_planned_set_up_within_five_years():
    needed = written("break_even_people", "intervention, payer")
    assert needed(173_333.33, 0.0, left_by_people_at_horizon=4_946_916.67, additional_people=52.0) == 2
    assert needed(250.0, 0.0, left_by_people_at_horizon=500.0, additional_people=10.0) == 5
    assert needed(250.0, 200.0, left_by_people_at_horizon=500.0, additional_people=10.0) == 9


def test_no_number_of_people_repays_a_loss():
    loss = "shared_lives.learning_disability.published_saving_per_person.council=-£26,000"
    result = project(load("birmingham", settings=[loss]))["shared_lives.break_even_people.council"]
    assert (result.value, result.status) == (None, "not applicable")


def test_52_people_make_193_years_of_people_within_five_years():
    years = project(load("birmingham"))["shared_lives.saving_years_by_horizon.council"].value
    assert years == pytest.approx(52 * (171 / 18 + 35) / 12)
    assert round(years) == 193


def test_each_must_save_899_a_year_for_set_up_to_be_back_within_five():
    saving = written("break_even_saving_per_person", "intervention, payer")
    years = 52 * (171 / 18 + 35) / 12
    outlay = 173_333.33 + 1_754_000 / 52 * years
    assert round(saving(outlay, years, 0.0, arrangement_cost=1_754_000.0, people_bearing_saving=52.0)) == 899


def test_every_cost_is_part_of_the_outlay():
    outlay = written("outlay_by_horizon", "intervention, payer")
    assert outlay([10.0, 10.0], [100.0, 100.0], optimism_of_costs=0.0, set_up_cost=250.0) == 470
    assert outlay([10.0, 10.0], [100.0, 100.0], optimism_of_costs=0.1, set_up_cost=250.0) == pytest.approx(492)


PLACE = """
place: Testshire
year: 2026
source: scie-2017
start: 2026-09
plan:
  shared_lives:
    add:
      learning_disability: 51
      mental_health: 1
"""


@pytest.fixture
def saving_by_year(tmp_path):
    """Net saving in each financial year, for settings."""
    file = tmp_path / "testshire.yaml"
    file.write_text(PLACE, encoding="utf-8")

    def by_year(*settings, path="shared_lives"):
        case = load(file, settings=settings)
        years = case.model.dimensions["year"]
        return {year: project(case)[f"{path}.net_saving_in_year.council.{year}"].value for year in years}

    return by_year


@pytest.mark.parametrize("path", ["shared_lives", "portfolio"])
def test_from_september_seven_months_fall_in_the_first_financial_year_then_all_twelve(saving_by_year, path):
    years = saving_by_year("shared_lives.first_match_month=0", "shared_lives.ramp_months=0", path=path)
    assert list(years) == ["2026_27", "2027_28", "2028_29", "2029_30", "2030_31", "2031_32"]
    assert years["2026_27"] == pytest.approx(7 * MONTHLY)
    assert years["2027_28"] == years["2030_31"] == pytest.approx(1_334_000)
    assert years["2031_32"] == pytest.approx(5 * MONTHLY)  # the horizon of 60 months ends in August 2031


def test_with_the_lead_time_and_the_ramp_the_first_full_year_is_the_fourth(saving_by_year):
    years = saving_by_year()
    assert years["2026_27"] == 0
    assert years["2027_28"] == pytest.approx(78 * STEP)
    assert years["2028_29"] == pytest.approx(93 * STEP + 6 * MONTHLY)
    assert years["2029_30"] == pytest.approx(1_334_000)
    assert sum(years.values()) == pytest.approx(171 * STEP + 35 * MONTHLY)


@pytest.mark.parametrize(("start", "first", "months_in_it"), [("2026-04", "2026_27", 12), ("2027-01", "2026_27", 3)])
def test_the_financial_year_ends_in_march(tmp_path, start, first, months_in_it):
    file = tmp_path / "testshire.yaml"
    file.write_text(PLACE.replace("2026-09", start), encoding="utf-8")
    case = load(file, settings=["shared_lives.first_match_month=0", "shared_lives.ramp_months=0"])
    assert case.model.dimensions["year"][0] == first
    result = project(case)[f"shared_lives.net_saving_in_year.council.{first}"]
    assert result.value == pytest.approx(months_in_it * MONTHLY)
