"""Homeshare, by hand: a scheme that costs £100,000 a year from its first month, and saves as people are matched.

£16,666.67 is saved in a month at full scale and £8,333.33 spent in every month; matches begin after month 6 and are
complete in month 18. By month 12 half are matched: £29,167 is saved, £100,000 and £50,000 are spent.
"""

import pytest
from cli.running import command
from hypothesis import given, settings
from hypothesis import strategies as st

from carescale.analysis.projection import project
from carescale.inputs.loading import load


def value(projection, name, payer=".council"):
    return projection[f"homeshare.{name}{payer}"].value


def test_the_money_is_back_in_month_29_to_the_penny(projected, months):
    assert value(projected(), "break_even_month") == 29
    assert round(months("cumulative_net_saving.council")[29], 2) == 0
    assert round(months("cumulative_net_saving.council")[28]) == -8_333


def test_120_833_must_be_found_until_then(projected):
    assert round(value(projected(), "peak_funding")) == 120_833


def test_the_cost_falls_from_the_end_of_month_1_and_set_up_at_month_0(months):
    cost = months("monthly_cost.council")
    assert cost[0] == 50_000
    assert cost[1:] == pytest.approx([100_000 / 12] * 60)


def test_each_pound_brings_back_1_43(projected):
    assert round(value(projected(), "benefit_cost_ratio"), 2) == 1.43


def test_69_people_are_needed_and_68_do_not_do(projected):
    assert value(projected(), "break_even_people") == 69
    for people, breaks_even in ((69, True), (68, False)):
        month = value(projected("older_people.added_people=" + str(people)), "break_even_month")
        assert (month <= 60) is breaks_even


def test_half_deadweight_and_grade_5_raise_what_each_must_save(projected):
    adjusted = projected("deadweight=50%", "saving_evidence_grade=5")
    assert value(adjusted, "break_even_saving_per_person") == pytest.approx(
        value(projected(), "break_even_saving_per_person") / (0.5 * 0.75)
    )
    needed = round(value(adjusted, "break_even_saving_per_person") + 1)
    saving = f"older_people.published_saving_per_person.council=£{needed}"
    assert value(projected("deadweight=50%", "saving_evidence_grade=5", saving), "break_even_month") <= 60


def test_a_cost_that_begins_later_is_paid_from_then(months):
    cost = months("monthly_cost.council", "running_cost_from_month=13")
    assert cost[1:13] == [0] * 12
    assert cost[13] == pytest.approx(100_000 / 12)


MONEY, PEOPLE, MONTHS, SHARES = st.integers(1, 10**6), st.integers(1, 500), st.integers(0, 20), st.integers(0, 100)


@settings(max_examples=40, deadline=None)
@given(MONEY, MONEY, st.integers(1, 50_000), PEOPLE, MONTHS, MONTHS, SHARES, SHARES, st.integers(1, 6))
def test_a_year_after_full_scale_is_a_year_at_full_scale(
    homeshare, cost, set_up, saving, people, first, ramp, deadweight, cashable, grade
):
    written = [
        f"annual_running_cost=£{cost}", f"set_up_lump_sum=£{set_up}", f"first_match_month={first}",
        f"older_people.published_saving_per_person.council=£{saving}", f"older_people.added_people={people}",
        f"ramp_months={ramp}", f"deadweight={deadweight}%", f"cashable_share.council={cashable}%",
        f"saving_evidence_grade={grade}", f"cost_evidence_grade={7 - grade}",
    ]  # fmt: skip
    projection = project(load(homeshare, settings=[f"homeshare.{setting}" for setting in written]))
    monthly = projection.months(["homeshare.monthly_net_saving.council"])["homeshare.monthly_net_saving.council"]
    assert sum(monthly[-12:]) == pytest.approx(value(projection, "net_saving"), abs=0.005, rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(MONEY, MONEY, st.integers(1, 50_000), PEOPLE, MONTHS, MONTHS, st.integers(0, 95), st.integers(0, 60))
def test_the_people_needed_are_those_that_the_same_sums_say(
    homeshare, cost, set_up, saving, people, first, ramp, deadweight, leavers
):
    fixed = [
        f"annual_running_cost=£{cost}", f"set_up_lump_sum=£{set_up}", f"first_match_month={first}",
        f"older_people.published_saving_per_person.council=£{saving}", f"ramp_months={ramp}",
        f"deadweight={deadweight}%", f"leavers_a_year={leavers}%", "saving_lasts_months=9",
    ]  # fmt: skip

    def at(number):
        settings = [f"homeshare.{setting}" for setting in (*fixed, f"older_people.added_people={number}")]
        return project(load(homeshare, settings=settings))

    def left(projection):
        key = "homeshare.cumulative_net_saving.council"
        return projection.months([key])[key][-1]

    needed = value(at(people), "break_even_people")
    if needed is None:  # no number of people does it
        assert left(at(10**9)) < 0
    else:
        assert left(at(f"{needed:.0f}")) >= -1e-6 * (cost + set_up)
        assert needed == 0 or left(at(f"{needed - 1:.0f}")) < 1e-6 * (cost + set_up)


DISCHARGE = ("hospital_discharge.annual_running_cost=£600,000", "hospital_discharge.first_match_month=6")


def test_hospital_discharge_pays_its_600_000_a_year_before_the_first_match():
    key = "hospital_discharge.monthly_cost.council"
    cost = project(load("birmingham", settings=DISCHARGE)).months([key])[key]
    assert sum(cost[1:13]) == pytest.approx(600_000)


def test_its_savings_are_back_in_month_12_and_317_431_must_be_found_until_then():
    """£50,000 is spent a month; £4.69m a year comes in twelve steps from month 7, of £32,569 a month each."""
    projection = project(load("birmingham", settings=[*DISCHARGE, "hospital_discharge.set_up_lump_sum=£0"]))
    so_far = [0.0]
    for month in range(1, 61):
        so_far.append(so_far[-1] + 4_690_000 / 12 * min(max(month - 6, 0) / 12, 1) - 50_000)
    assert (round(so_far[7]), round(so_far[11]), round(so_far[12])) == (-317_431, -61_458, 83_958)
    assert projection["hospital_discharge.break_even_month.council"].value == 12
    assert projection["hospital_discharge.peak_funding.council"].value == pytest.approx(-so_far[7])


def test_a_scheme_that_never_breaks_even_shows_what_is_not_back_and_no_peak(homeshare):
    """£550,000 is spent by month 60; £4,166.67 comes back for 48.5 months."""
    never = "homeshare.older_people.published_saving_per_person.council=£500"
    out = command(f"carescale project {homeshare} --set {never} --show break-even").out
    assert "beyond 60     £347,917" in out
    assert "Not back at" in out
    assert "Peak" not in out


@settings(max_examples=25, deadline=None)
@given(MONEY, MONEY, PEOPLE, MONTHS, MONTHS, st.integers(1, 6), st.booleans())
def test_a_cost_is_never_lost(homeshare, cost, set_up, people, first, ramp, grade, saving_known):
    """Five years of running cost from month 1, and set-up, with the grade's optimism: worked out apart."""
    optimism = {1: 0, 2: 5, 3: 10, 4: 15, 5: 25, 6: 40}[grade]
    written = [
        f"annual_running_cost=£{cost}", f"set_up_lump_sum=£{set_up}", f"first_match_month={first}",
        f"older_people.added_people={people}", f"ramp_months={ramp}", f"cost_evidence_grade={grade}",
        f"older_people.published_saving_per_person.council={'£2,000' if saving_known else 'unknown'}",
    ]  # fmt: skip
    projection = project(load(homeshare, settings=[f"homeshare.{setting}" for setting in written]))
    keys = [f"homeshare.monthly_cost.{payer}" for payer in ("council", "nhs", "society")]
    spent = sum(sum(filter(None, series)) for series in projection.months(keys).values())
    assert spent == pytest.approx((5 * cost + set_up) * (100 + optimism) / 100)


@settings(max_examples=25, deadline=None)
@given(MONEY, st.integers(1, 50_000), PEOPLE, st.integers(0, 95), st.integers(1, 100), st.integers(1, 6))
def test_money_is_conserved(homeshare, cost, saving, people, deadweight, cashable, grade):
    """What is avoided less every line taken off, and less what is spent, is what is shown as net."""
    written = [
        f"annual_running_cost=£{cost}", f"older_people.published_saving_per_person.council=£{saving}",
        f"older_people.added_people={people}", f"deadweight={deadweight}%", f"cashable_share.council={cashable}%",
        f"saving_evidence_grade={grade}",
    ]  # fmt: skip
    projection = project(load(homeshare, settings=[f"homeshare.{setting}" for setting in written]))
    optimism = {1: 0, 2: 5, 3: 10, 4: 15, 5: 25, 6: 40}[grade]
    avoided = people * saving * (100 - deadweight) / 100 * (100 - optimism) / 100 * cashable / 100
    assert value(projection, "net_saving") == pytest.approx(avoided - cost, abs=0.01)
