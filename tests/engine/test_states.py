"""States: known, unknown, not applicable or partial, settled before any arithmetic. Unknown is never zero."""

import math

import pytest
from toy import evaluate, new_registry, plan_of

from carescale.engine.evaluate import compile_plan
from carescale.engine.model import Status
from carescale.engine.verbs import complete, less, more, summed


def taken(takings):
    return takings


def spent(costs):
    return costs


def kept(taken, spent):
    return less(taken, spent)


def turned_over(taken, spent):
    return more(taken, spent)


def strictly_kept(taken, spent):
    return taken - spent


def all_taken(taken):
    return summed(taken)


def share(taken, all_taken):
    return taken / complete(all_taken)


def market_taken(all_taken):
    return summed(all_taken)


def market(numbers, unknown=(), stalls=3):
    registry = new_registry(takings="GBP", costs="GBP")
    for function in (taken, spent, kept, turned_over, strictly_kept):
        registry.formula(function.__name__, unit="GBP", per="stall")(function)
    registry.formula("All taken", unit="GBP", per="shop")(all_taken)
    registry.formula("Share", unit="", per="stall")(share)
    registry.formula("Market", unit="GBP", per="case")(market_taken)
    return plan_of(registry, numbers, stalls=stalls, unknown=unknown)


THREE = {"shop.a.takings": 4.2, "shop.b.takings": 0.49, "shop.c.takings": 1.0}


def test_a_sum_over_known_parts_is_known():
    plan = market(THREE)
    assert plan.need("shop.all_taken").status == Status.KNOWN
    assert evaluate(plan, "shop.all_taken") == pytest.approx(5.69)


def test_a_sum_over_some_unknown_parts_is_partial_and_names_what_it_left_out():
    plan = market({"shop.a.takings": 4.2}, ("shop.b.takings", "shop.c.takings"))
    state = plan.need("shop.all_taken")
    assert (state.status, state.because) == (Status.PARTIAL, ("shop.b.taken", "shop.c.taken"))
    assert evaluate(plan, "shop.all_taken") == pytest.approx(4.2)


def test_a_sum_of_a_partial_sum_is_partial_and_names_the_same_parts():
    plan = market({"shop.a.takings": 4.2}, ("shop.b.takings",), stalls=2)
    assert plan.need("market.market_taken").because == ("shop.b.taken",)
    assert evaluate(plan, "market.market_taken") == pytest.approx(4.2)


def test_a_sum_over_unknown_parts_alone_is_unknown_and_not_zero():
    plan = market({}, ("shop.a.takings", "shop.b.takings"), stalls=2)
    state = plan.need("shop.all_taken")
    assert (state.status, state.because) == (Status.UNKNOWN, ("shop.a.takings", "shop.b.takings"))
    assert "shop.all_taken" not in compile_plan(plan, ["shop.all_taken"]).slots


def test_a_figure_that_nobody_gave_is_unknown():
    plan = market({})
    assert plan.need("shop.a.taken").because == ("shop.a.takings",)
    assert plan.need("shop.a.taken").status == Status.UNKNOWN


def test_an_optional_figure_that_nobody_gave_is_not_applicable_and_nor_is_what_needs_it():
    registry = new_registry(takings="GBP")
    registry.figure("rent", "Rent", unit="GBP", per="stall", optional=True)

    def paid(rent):
        return rent

    def left(takings, rent):
        return less(takings, rent)

    registry.formula("Paid", unit="GBP", per="stall")(paid)
    registry.formula("Left", unit="GBP", per="stall")(left)
    plan = plan_of(registry, {"shop.a.takings": 5.0})
    assert plan.need("shop.a.paid").status == Status.NOT_APPLICABLE
    assert plan.need("shop.a.left").status == Status.KNOWN
    assert evaluate(plan, "shop.a.left") == 5


def test_parts_that_do_not_apply_are_no_part_of_a_sum():
    registry = new_registry(takings="GBP")
    registry.formula("Taken", unit="GBP", per="stall", when={"open": "yes"})(taken)
    registry.formula("All", unit="GBP", per="shop")(all_taken)
    plan = plan_of(registry, THREE, stalls=3, choices={"shop.b.open": "yes"})
    assert plan.need("shop.all_taken").status == Status.KNOWN
    assert evaluate(plan, "shop.all_taken") == pytest.approx(0.49)
    closed = plan_of(registry, THREE, stalls=3)
    assert closed.need("shop.all_taken").status == Status.NOT_APPLICABLE


@pytest.mark.parametrize(("name", "value"), [("kept", 4.2), ("turned_over", 4.2)])
def test_less_and_more_do_without_an_unknown_second_and_say_so(name, value):
    plan = market({"shop.a.takings": 4.2}, ("shop.a.costs",), stalls=1)
    state = plan.need(f"shop.a.{name}")
    assert (state.status, state.because) == (Status.PARTIAL, ("shop.a.spent",))
    assert evaluate(plan, f"shop.a.{name}") == value


def test_less_and_more_are_the_plain_sums_where_both_are_known():
    plan = market({"shop.a.takings": 4.0, "shop.a.costs": 1.5}, stalls=1)
    assert plan.need("shop.a.kept").status == Status.KNOWN
    assert evaluate(plan, "shop.a.kept") == 2.5
    assert evaluate(plan, "shop.a.turned_over") == 5.5


@pytest.mark.parametrize("name", ["kept", "turned_over"])
def test_less_and_more_of_an_unknown_amount_are_unknown(name):
    plan = market({"shop.a.costs": 1.0}, ("shop.a.takings",), stalls=1)
    state = plan.need(f"shop.a.{name}")
    assert (state.status, state.because) == (Status.UNKNOWN, ("shop.a.takings",))


def test_a_plain_difference_needs_both():
    plan = market({"shop.a.takings": 4.2}, ("shop.a.costs",), stalls=1)
    assert plan.need("shop.a.strictly_kept").status == Status.UNKNOWN


def test_a_partial_sum_is_not_complete():
    known = market(THREE)
    assert evaluate(known, "shop.c.share") == pytest.approx(1 / 5.69)
    partial = market({"shop.a.takings": 4.2}, ("shop.b.takings",), stalls=2)
    state = partial.need("shop.a.share")
    assert (state.status, state.because) == (Status.UNKNOWN, ("shop.b.takings",))


def test_a_number_that_stands_for_a_quantity_replaces_its_formula():
    plan = market({**THREE, "shop.b.taken": 100.0})
    assert evaluate(plan, "shop.all_taken") == pytest.approx(105.2)


def test_a_division_by_nothing_is_not_a_number_which_the_projection_reports():
    plan = market({"shop.a.takings": 0.0}, stalls=1)
    assert math.isnan(evaluate(plan, "shop.a.share"))


def test_a_key_that_nothing_has_is_a_key_error():
    plan = market(THREE)
    for key in ("shop.a.profits", "stall", "shop.z.taken"):
        with pytest.raises(KeyError):
            plan.need(key)
