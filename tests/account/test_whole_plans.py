"""Random plans of three interventions and two payers, with staff, lump sums, empty places, leavers, overlap, funding.

What they cost is worked out apart, month by month, as somebody with a spreadsheet would.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from carescale import load, project, solve

HORIZON = 120
PAYERS = ("council", "nhs", "society")
OPTIMISM = {1: 0.0, 2: 0.05, 3: 0.10, 4: 0.15, 5: 0.25, 6: 0.40}

plans = st.fixed_dictionaries({
    "live_in": st.integers(1, 200), "health": st.integers(1, 50), "circle": st.integers(1, 3_000),
    "match": st.integers(0, 12), "ramp": st.integers(0, 30), "leavers": st.integers(0, 60), "void": st.integers(0, 20),
    "double": st.integers(0, 6), "coordinator": st.integers(20_000, 60_000), "programme": st.integers(0, 900_000),
    "set_up": st.integers(0, 500_000), "grade": st.integers(1, 6), "overlap": st.integers(0, 900_000),
    "deadweight": st.integers(0, 60), "cashable": st.integers(10, 100), "lent": st.integers(0, 400_000),
})  # fmt: skip
Plan = Mapping[str, int]


def settings_of(plan: Plan) -> list[str]:
    """Birmingham's plan with every cost that it has room for."""
    every = ("shared_lives", "living_well", "hospital_discharge")
    moves = ("shared_lives", "living_well")
    return [
        f"horizon_months={HORIZON}", f"overlap.council=£{plan['overlap']}",
        f"shared_lives.learning_disability.added_people={plan['live_in']}",
        f"shared_lives.mental_health.added_people={plan['health']}",
        f"living_well.added_people={plan['circle']}",
        f"hospital_discharge.annual_running_cost=£{plan['programme']}",
        f"shared_lives.funding_per_scheme=£{plan['lent']}", "shared_lives.schemes=1",
        "shared_lives.growth_premium=£35", "shared_lives.draw_down_months=0", "shared_lives.premium_months=60",
        *(f"shared_lives.running_cost_share.{payer}={100 * (payer == 'council')}%" for payer in PAYERS),
        *(f"{one}.set_up_lump_sum=£{plan['set_up']}" for one in every[1:]),
        *(f"{one}.first_match_month={plan['match']}" for one in every),
        *(f"{one}.ramp_months={plan['ramp']}" for one in every),
        *(f"{one}.cost_evidence_grade={plan['grade']}" for one in every),
        *(f"{one}.deadweight={plan['deadweight']}%" for one in every),
        *(f"{one}.cashable_share.council={plan['cashable']}%" for one in every),
        *(f"{one}.{name}" for one in moves for name in (
            f"leavers_a_year={plan['leavers']}%", f"void_share={plan['void']}%",
            f"double_running_months={plan['double']}", f"coordinator_cost=£{plan['coordinator']}",
        )),
    ]  # fmt: skip


def everything_paid(plan: Plan) -> float:
    """Every pound that the three cost by the horizon, whoever pays it."""
    ramp = [min(max((month - plan["match"]) / max(plan["ramp"], 1), 0), 1) for month in range(HORIZON + 1)]
    leaving = plan["leavers"] / 100 / 12
    started, so_far = [], 0.0
    for month, there in enumerate(ramp):
        so_far += there - (ramp[month - 1] if month else 0) + there * leaving
        started.append(so_far)
    doubled = sum(
        so_far - (started[month - plan["double"]] if month >= plan["double"] else 0)
        for month, so_far in enumerate(started)
    )
    years, empty = sum(ramp) / 12, 1 / (1 - plan["void"] / 100)
    people = plan["live_in"] + plan["health"]
    homes = (plan["live_in"] * 34_000 + plan["health"] * 20_000) * empty * years
    left_behind = (plan["live_in"] * 60_000 + plan["health"] * 28_000) * doubled / 12
    shared_lives = people / 75 * 250_000 + homes + left_behind
    shared_lives += math.ceil(people / 25) * plan["coordinator"] * HORIZON / 12
    living_well = (
        plan["set_up"] + plan["circle"] * 400 * empty * years + plan["circle"] * (1_181 + 1_598) * doubled / 12
    )
    living_well += math.ceil(plan["circle"] * 12 / 800 - 1e-9) * plan["coordinator"] * HORIZON / 12
    discharge = plan["set_up"] + plan["programme"] * HORIZON / 12
    return (shared_lives + living_well + discharge) * (1 + OPTIMISM[plan["grade"]])


@settings(max_examples=15, deadline=None)
@given(plans)
def test_no_cost_of_a_whole_plan_is_lost_between_payers_months_and_interventions(plan):
    projection = project(load("birmingham", settings=settings_of(plan)))
    apart = [f"{entity.path}.monthly_cost.{payer}" for entity in projection.case.interventions for payer in PAYERS]
    together = [f"portfolio.monthly_cost.{payer}" for payer in PAYERS]
    for keys in (apart, together):
        spent = sum(sum(series) for series in projection.months(keys).values())
        assert spent == pytest.approx(everything_paid(plan), rel=1e-9, abs=0.005)


@settings(max_examples=15, deadline=None)
@given(plans)
def test_a_year_after_full_scale_is_a_year_at_full_scale_to_the_penny_for_each_payer_and_together(plan):
    projection = project(load("birmingham", settings=settings_of(plan)))
    places = [*(entity.path for entity in projection.case.interventions), "portfolio"]
    for place in places:
        for payer in PAYERS:
            year = projection[f"{place}.net_saving.{payer}"]
            monthly = projection.months([f"{place}.monthly_net_saving.{payer}"])
            if year.usable:
                (series,) = monthly.values()
                assert sum(series[-12:]) == pytest.approx(year.value, rel=1e-11, abs=0.005), f"{place} {payer}"


@settings(max_examples=10, deadline=None)
@given(plans)
def test_money_of_a_whole_plan_is_conserved(plan):
    projection = project(load("birmingham", settings=settings_of(plan)))
    for payer in ("council", "nhs"):

        def of(name: str, place: str = "portfolio", payer: str = payer) -> float:
            return projection[f"{place}.{name}.{payer}"].value or 0.0

        lost = sum(
            of(name) for name in ("deadweight_loss", "displacement_loss", "optimism_off_savings", "not_cashable")
        )
        net = of("cost_avoided") - lost - of("cost_incurred") - of("total_overlap")
        assert of("net_saving") == pytest.approx(net, rel=1e-11, abs=0.005)
        for name in ("cost_avoided", "cost_incurred", "adjusted_saving", "set_up_cost"):
            parts = sum(of(name, entity.path) for entity in projection.case.interventions)
            assert of(name) == pytest.approx(parts, rel=1e-11, abs=0.005), name


@settings(max_examples=3, deadline=None, phases=[Phase.generate])  # each solves a dozen times
@given(plans)
def test_the_people_and_the_saving_needed_are_what_solve_finds(plan):
    """In a plan of several: of the Living Well scheme, whose set-up is one sum."""
    own = ("horizon", "living_well.coordinator")
    case = load("birmingham", settings=[one for one in settings_of(plan) if not one.startswith(own)])
    projection, reach = project(case), ("living_well.break_even_month.council", "60")
    people = projection["living_well.break_even_people.council"].value
    found = solve(case, *reach, "living_well.older_people.added_people")
    if people is None:
        assert not any(one.first or one.last is None for one in found.ranges)  # none but nobody at all
    else:
        assert (found.ranges[0].first or 0) == people
    saving = projection["living_well.break_even_saving_per_person.council"].value
    if saving <= 0:
        return  # whatever is saved, it is enough
    found = solve(case, *reach, "living_well.older_people.published_saving_per_person.council")
    assert (found.ranges[0].first or 0) == (
        pytest.approx(saving) if found.ranges[0].exactly else math.ceil(saving - 1e-6)
    )
