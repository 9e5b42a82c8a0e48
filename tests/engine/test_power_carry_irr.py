"""Raising to a power, carrying part of last month into this one, and the rate of return: for floats and arrays."""

import math

import numpy as np
import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import evaluate, new_registry, plan_of

from carescale.engine.arrays import ARRAYS
from carescale.engine.evaluate import compile_plan
from carescale.engine.rate_of_return import rate_of_return
from carescale.engine.scalars import FLOATS
from carescale.engine.tree import FormulaError, trace
from carescale.engine.units import unit_of
from carescale.engine.verbs import carry, irr, power, where
from carescale.engine.words import in_words


def kept_so_far(keep, month):
    return carry(keep, where(month < 1, 8, 1))


def flow(month, lent, back):
    return where(month < 1, -lent, back)


def returned(flow):
    return irr(flow)


def plan():
    registry = new_registry(keep="", lent="", back="")
    for function in (kept_so_far, flow, returned):
        registry.formula(function.__name__, unit="", per="stall")(function)
    return registry


def test_half_of_last_month_and_one_new():
    assert carry(0.5, [8.0, 1.0, 1.0, 1.0]) == [8, 5, 3.5, 2.75]
    numbers = {"shop.a.keep": 0.5}
    program = compile_plan(plan_of(plan(), numbers), ["shop.a.kept_so_far"])
    assert program.run(numbers, 3, ["shop.a.kept_so_far"])["shop.a.kept_so_far"] == [8, 5, 3.5, 2.75]


def test_many_are_carried_at_once():
    numbers = {"shop.a.keep": np.array([0.0, 0.5, 1.0])}
    program = compile_plan(plan_of(plan(), numbers), ["shop.a.kept_so_far"], verbs=ARRAYS)
    months = program.run(numbers, 2, ["shop.a.kept_so_far"])["shop.a.kept_so_far"]
    assert months[-1].tolist() == [1, 3.5, 10]


def test_the_rate_of_return_is_one_number_at_the_end_for_one_and_for_many():
    numbers = {"shop.a.lent": 100.0, "shop.a.back": 60.0}
    assert evaluate(plan_of(plan(), numbers), "shop.a.returned", 2) == pytest.approx(0.130662386291808)
    many = {"shop.a.lent": np.array([100.0, 100.0]), "shop.a.back": np.array([60.0, 50.0])}
    found = evaluate(plan_of(plan(), many), "shop.a.returned", 2, verbs=ARRAYS)
    assert found == pytest.approx([0.130662386291808, 0.0], abs=1e-12)


@settings(deadline=None)
@given(st.lists(st.floats(0.5, 50), min_size=2, max_size=60), st.floats(10, 1_000))
def test_a_loan_repaid_has_the_rate_that_a_library_finds(repayments, lent):
    flows = [-lent, *repayments]
    rate = rate_of_return(flows)
    worth = math.fsum(flow / (1 + rate) ** month for month, flow in enumerate(flows))
    assert abs(worth) <= 1e-7 * max(lent, sum(abs(f) / (1 + rate) ** m for m, f in enumerate(flows)))
    found = numpy_financial.irr(flows)
    if not math.isnan(found) and abs(numpy_financial.npv(found, flows)) < 1e-9:
        assert rate == pytest.approx(found, abs=1e-7)


@pytest.mark.parametrize("flows", [[], [-5.0], [-5.0, -1.0], [0.0, 0.0], [-1.0, 6.0, -11.0, 6.0], [-1.0, math.nan]])
def test_where_there_is_no_one_rate_there_is_none(flows):
    assert math.isnan(rate_of_return(flows))


def test_a_long_series_does_not_overflow():
    assert rate_of_return([-880.0] + [10.0] * 1_200) == pytest.approx(10 / 880, rel=1e-4)
    assert rate_of_return([-880.0] + [0.01] * 1_200) < 0


def test_drawing_twice_before_all_is_repaid_still_has_one_rate():
    flows = [-100.0, 20.0, -30.0, 80.0, 80.0]
    assert rate_of_return(flows) == pytest.approx(numpy_financial.irr(flows), abs=1e-9)


@pytest.mark.parametrize("verbs", [FLOATS, ARRAYS], ids=["floats", "arrays"])
def test_a_power_that_is_no_number_is_not_one(verbs):
    assert verbs["power"](1.035, -2.0) == pytest.approx(1.035**-2)
    for base, exponent in ((-1.0, 0.5), (0.0, -1.0), (1e300, 2.0)):
        assert math.isnan(verbs["power"](base, exponent))


def test_the_sign_for_a_power_is_the_verb():
    assert power(2.0, 3.0) == 8
    assert in_words(trace("f", lambda a, b: (1 + a) ** b * 2, ["a", "b"]), lambda name: name) == "(1 + a) ^ b × 2"


def test_only_pure_numbers_are_raised_and_carried_with():
    pounds = {"a": (("GBP", 1),), "b": ()}
    with pytest.raises(FormulaError):
        unit_of(trace("f", lambda a, b: a**b, ["a", "b"]), pounds.get)
    assert unit_of(trace("f", lambda a, b: carry(b, a), ["a", "b"]), pounds.get) == (("GBP", 1),)
    with pytest.raises(FormulaError):
        unit_of(trace("f", lambda a: carry(a, a), ["a"]), pounds.get)
