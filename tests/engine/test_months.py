"""Verbs over time: months are walked in order, from month 0 at the decision to the horizon."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import new_registry, plan_of

from carescale.analysis.projection import project
from carescale.engine.arrays import ARRAYS
from carescale.engine.evaluate import FormulaError, compile_plan
from carescale.engine.scalars import FLOATS
from carescale.engine.verbs import first_month, lowest, running_total, total, where
from carescale.inputs.loading import load

SCALES = np.array([1.0, 0.5, 2.0, 1.1, 0.9])


@pytest.mark.parametrize(
    ("series", "month"),
    [
        ([-2.0, -1.0, 0.0, 1.0], 2),
        ([0.0, 0.0], 0),
        ([-5.0, 1.0, -1.0, 2.0], 3),  # it touches zero in month 1 and does not stay
        ([-5.0, 1.0, 2.0, -1.0], math.inf),
        ([-3.0, -2.0, -1.0], math.inf),
        ([-1000.0, -1e-8, 5.0], 1),  # a hundred-millionth of a penny short of £1,000 is noise
        ([-1000.0, -0.01, 5.0], 2),  # a penny short is short
    ],
)
def test_the_first_month_is_that_from_which_it_stays(series, month):
    assert first_month(series) == month


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_after_the_first_month_it_is_never_below_zero_and_just_before_it_is(series):
    month = first_month(series)
    noise = 1e-9 * max(abs(value) for value in series)
    if math.isinf(month):
        assert series[-1] < 0
    else:
        assert all(value >= -noise for value in series[int(month) :])
        assert month == 0 or series[int(month) - 1] < 0


def test_lowest_and_total_look_at_every_month():
    assert lowest([3.0, -7.0, 2.0]) == -7
    assert total([3.0, -7.0, 2.0]) == -2


def profit(month, takings):
    return where(month < 1, -takings * 3, takings)


def profit_so_far(profit):
    return running_total(profit)


def pays_back(profit_so_far):
    return first_month(profit_so_far)


def depth(profit_so_far):
    return lowest(profit_so_far)


def everything(profit):
    return total(profit)


def shop(takings):
    registry = new_registry(takings="GBP")
    for function in (profit, profit_so_far, pays_back, depth, everything):
        registry.formula(function.__name__, unit="", per="stall")(function)
    return plan_of(registry, {"shop.a.takings": takings})


@pytest.mark.parametrize("verbs", [FLOATS, ARRAYS], ids=["floats", "arrays"])
def test_months_are_walked_from_0_to_the_horizon(verbs):
    plan = shop(10.0)
    keys = [f"shop.a.{name}" for name in ("profit_so_far", "pays_back", "depth", "everything")]
    values = compile_plan(plan, keys, verbs).run(plan.model.numbers, 5, keys[:1])
    assert values["shop.a.profit_so_far"] == [-30, -20, -10, 0, 10, 20]
    assert values["shop.a.pays_back"] == 3
    assert values["shop.a.depth"] == -30
    assert values["shop.a.everything"] == 20


def test_a_program_may_run_again_with_other_numbers_and_another_horizon():
    plan = shop(10.0)
    program = compile_plan(plan, ["shop.a.pays_back", "shop.a.everything"])
    first = program.run({"shop.a.takings": 10.0}, 5)
    assert program.run({"shop.a.takings": 10.0}, 2)["shop.a.pays_back"] == math.inf
    assert program.run({"shop.a.takings": 1.0}, 5)["shop.a.everything"] == 2
    assert program.run({"shop.a.takings": 10.0}, 5) == first


def test_a_month_cannot_depend_on_what_only_the_horizon_knows():
    registry = new_registry(takings="GBP")

    def early(profit, everything):
        return profit + everything

    def too_early(early):
        return total(early)

    for function in (profit, everything, early, too_early):
        registry.formula(function.__name__, unit="", per="stall")(function)
    plan = plan_of(registry, {"shop.a.takings": 10.0})
    with pytest.raises(FormulaError, match="a month cannot depend on what is known only after the months"):
        compile_plan(plan, ["shop.a.too_early"])


def scaled(case, scale):
    """Every figure of the case but the calendar's, times a number or an array."""
    given_numbers = {key: float(figure.value) for key, figure in case.figures.items() if figure.value is not None}
    return {key: value * scale for key, value in {**given_numbers, **case.model.numbers}.items()}


@pytest.mark.parametrize("example", ["birmingham", "england", "cornwall"])
def test_a_whole_case_is_the_same_in_floats_and_in_five_scaled_copies_at_once(example):
    case = load(example, settings=["shared_lives.set_up_basis=whole_blocks"] if example == "birmingham" else [])
    keys = [result.key for result in project(case) if result.usable]
    assert len(keys) > 20
    floats = compile_plan(case.plan, keys, FLOATS)
    arrays = compile_plan(case.plan, keys, ARRAYS).run(scaled(case, SCALES), case.horizon)
    for place, scale in enumerate(SCALES):
        one = floats.run(scaled(case, float(scale)), case.horizon)
        many = {key: float(np.broadcast_to(arrays[key], SCALES.shape)[place]) for key in keys}
        assert many == pytest.approx({key: one[key] for key in keys}, rel=1e-9, nan_ok=True)


def test_every_month_of_a_case_is_the_same_in_floats_and_in_arrays():
    case = load("birmingham")
    key = "shared_lives.cumulative_net_saving.council"
    floats = compile_plan(case.plan, [key]).run(scaled(case, 1.0), case.horizon, [key])[key]
    arrays = compile_plan(case.plan, [key], ARRAYS).run(scaled(case, SCALES), case.horizon, [key])[key]
    assert [float(month[0]) for month in arrays] == pytest.approx(floats)
    assert len(floats) == 61
    assert floats == pytest.approx(project(case).months([key])[key])
