"""Adjustments: off unless given; each line a share of what the lines before it have left."""

import pytest
from alternatives import written

from carescale.analysis.projection import project
from carescale.inputs.loading import load
from carescale.problems import Problems

ALL = {
    "deadweight": "20%",
    "displacement": "5%",
    "saving_evidence_grade": "4",
    "cost_evidence_grade": "3",
    "cashable_share.nhs": "60%",
}
PATH = "living_well.{}.nhs"


def cornwall(**settings):
    given = [f"portfolio.{name}={value}" for name, value in settings.items()]
    return project(load("cornwall", settings=["living_well.set_up_lump_sum=£50,000", *given], appraise=True))


def value(projection, name):
    return projection[PATH.format(name)].value


def test_each_line_is_a_share_of_what_is_left():
    projection = cornwall(**ALL)
    gross = 325 * 1_598
    assert value(projection, "deadweight_loss") == pytest.approx(0.2 * gross)
    assert value(projection, "displacement_loss") == pytest.approx(0.05 * 0.8 * gross)
    assert value(projection, "optimism_off_savings") == pytest.approx(0.15 * 0.95 * 0.8 * gross)
    assert value(projection, "not_cashable") == pytest.approx(0.4 * 0.85 * 0.95 * 0.8 * gross)
    assert value(projection, "adjusted_saving") == pytest.approx(0.6 * 0.85 * 0.95 * 0.8 * gross)
    assert value(projection, "optimism_on_running_cost") == pytest.approx(0.1 * 65_000)
    assert value(projection, "net_saving") == pytest.approx(0.6 * 0.85 * 0.95 * 0.8 * gross - 1.1 * 65_000)
    assert value(projection, "set_up_cost") == pytest.approx(1.1 * 25_000)
    assert value(projection, "optimism_on_set_up") == pytest.approx(0.1 * 25_000)


@pytest.mark.parametrize("left_out", ALL)
def test_any_of_them_may_be_left_out_and_is_then_no_line(left_out):
    shares = {"deadweight": 0.8, "displacement": 0.95, "saving_evidence_grade": 0.85, "cashable_share.nhs": 0.6}
    expected = 325 * 1_598
    for name, kept in shares.items():
        expected *= 1 if name == left_out else kept
    given = {name: share for name, share in ALL.items() if name != left_out}
    assert value(cornwall(**given), "adjusted_saving") == pytest.approx(expected)


def test_without_any_there_are_no_lines_and_net_is_what_it_was():
    projection = cornwall()
    for line in ("deadweight_loss", "displacement_loss", "optimism_off_savings", "not_cashable"):
        assert projection[PATH.format(line)].status == "not applicable"
    assert value(projection, "adjusted_saving") == value(projection, "cost_avoided") == 325 * 1_598
    assert value(projection, "net_saving") == 325 * 1_598 - 65_000


def test_what_a_cohort_saves_is_adjusted_as_its_intervention_is():
    projection = cornwall(**ALL)
    cohort = projection["living_well.older_people.net_saving.nhs"].value
    assert cohort == pytest.approx(value(projection, "net_saving"))


def test_an_adjustment_that_is_not_known_leaves_a_partial_saving():
    projection = cornwall(deadweight="unknown")
    assert projection[PATH.format("adjusted_saving")].status == "partial"


@pytest.mark.parametrize("grade", range(1, 7))
def test_the_bias_goes_by_the_grade(grade):
    grades = {f"optimism_at_grade_{one}": one / 100 for one in range(1, 7)}
    for side in ("saving", "cost"):
        bias = written(f"optimism_of_{side}s", "intervention")
        assert bias(**{f"{side}_evidence_grade": float(grade)}, **grades) == grade / 100


def test_a_tenth_has_dropped_off_a_year_after_all_of_it_was_there():
    at_once = ["living_well.first_match_month=0", "living_well.ramp_months=0", "portfolio.drop_off=10%"]
    key = PATH.format("share_dropped_off")
    lost = project(load("cornwall", settings=at_once)).months([key])[key]
    assert lost[12] == pytest.approx(0.1)
    assert lost[24] == pytest.approx(1 - 0.9**2)


def test_savings_fade_and_the_running_cost_goes_on():
    settings = {"drop_off": "100%"}
    gone = cornwall(**settings).months([PATH.format("monthly_net_saving")])[PATH.format("monthly_net_saving")]
    assert gone[-1] == pytest.approx(-65_000 / 12)


@pytest.mark.parametrize("ramp", ["straight", "s_shaped", "yearly_shares"])
def test_a_lag_of_six_months_brings_the_same_savings_six_months_later(ramp):
    shape = {f"share_in_year_{year}": f"{min(year * 40, 100)}%" for year in range(1, 6)} if ramp[0] == "y" else {}
    choice = {"ramp": ramp, **shape}
    before, after = (
        project(load("cornwall", settings=[f"living_well.{k}={v}" for k, v in some.items()], appraise=True))
        for some in (choice, {**choice, "cashable_lag_months.nhs": "6"})
    )
    key = PATH.format("monthly_saving")
    on_time, late = before.months([key])[key], after.months([key])[key]
    assert late[6:] == pytest.approx(on_time[:-6])
    assert late[:6] == [0] * 6
    lost = value(after, "lag_loss_by_horizon")
    assert lost == pytest.approx(sum(on_time) - sum(late))


def test_each_of_five_yearly_shares_comes_a_lag_of_six_months_later():
    """Shares of 10%, 30%, 50%, 70% and 90%: in month 54 the fourth is still being released, from month 55 the fifth."""
    shares = {f"share_in_year_{year}": f"{20 * year - 10}%" for year in range(1, 6)}
    given = {"ramp": "yearly_shares", **shares, "cashable_lag_months.nhs": "6"}
    settings = [f"living_well.{name}={text}" for name, text in given.items()]
    case = load("cornwall", settings=[*settings, "portfolio.horizon_months=84"], appraise=True)
    key = PATH.format("monthly_saving")
    monthly = project(case).months([key])[key]
    at_full_scale = 325 * 1_598 / 12
    expected = {6: 0, 7: 0.1, 18: 0.1, 19: 0.3, 31: 0.5, 43: 0.7, 54: 0.7, 55: 0.9, 84: 0.9}
    assert {month: monthly[month] / at_full_scale for month in expected} == pytest.approx(expected)


def test_evidence_of_grade_6_has_the_largest_bias_and_there_is_no_grade_7():
    sixth = cornwall(saving_evidence_grade="6")
    assert sixth["living_well.optimism_of_savings"].value == 0.4
    assert value(sixth, "adjusted_saving") == pytest.approx(0.6 * 325 * 1_598)
    assert cornwall(cost_evidence_grade="6")["living_well.optimism_of_costs"].value == 0.4
    with pytest.raises(Problems, match="`7` for `saving_evidence_grade`: it cannot be more than 6"):
        cornwall(saving_evidence_grade="7")
    with pytest.raises(Problems, match=r"nothing is called `portfolio\.optimism_at_grade_7`"):
        cornwall(optimism_at_grade_7="50%")


def test_at_38_per_cent_of_plan_fewer_people_are_reached_and_set_up_is_spent_as_planned():
    plan, pace = (project(load("birmingham", scenario=name)) for name in ("as-published", "incubator-pace"))
    assert pace["shared_lives.additional_people"].value == pytest.approx(0.38 * 52)
    for name in ("shared_lives.set_up_cost", "living_well.net_saving.council"):
        assert pace[name].value == pytest.approx(plan[name].value)
    assert pace["shared_lives.net_saving.council"].value == pytest.approx(0.38 * 1_334_000)


@pytest.mark.parametrize("example", ["kent", "cornwall", "england", "incubator"])
def test_the_pace_can_be_put_on_every_example(example):
    assert load(example, scenario="incubator-pace").scenario.title == "At the Incubator's pace"
