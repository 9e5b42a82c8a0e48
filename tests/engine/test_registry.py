"""The register: names, rings and units are checked before anything is evaluated, with the file and line of a fault."""

import re

import pytest
from toy import evaluate, new_registry, plan_of

from carescale.engine.registry import FormulaError
from carescale.engine.tree import constant
from carescale.engine.verbs import maximum, round_up, summed
from carescale.formulas import registry as care

FIGURES = {"customers": "person", "takings": "GBP/year", "price": "GBP/person/year"}


def registered(function, unit="", per="stall", **when):
    registry = new_registry(**FIGURES)
    registry.formula(function.__name__, unit=unit, per=per, **when)(function)
    return registry


def turnover(custommers, price):
    return custommers * price


def test_an_unknown_name_is_refused_with_file_and_line_and_the_nearest_name():
    with pytest.raises(FormulaError) as refusal:
        registered(turnover).check()
    line = turnover.__code__.co_firstlineno
    assert re.search(rf"test_registry\.py:{line}: turnover takes `custommers`", str(refusal.value))
    assert "did you mean customers?" in str(refusal.value)


def test_a_ring_of_formulas_is_refused_and_shown():
    def chicken(egg):
        return egg

    def egg(chicken):
        return chicken

    registry = registered(chicken)
    registry.formula("Egg", unit="", per="stall")(egg)
    with pytest.raises(FormulaError, match=r"a ring of formulas: .*chicken \(stall\) → egg \(stall\) → chicken"):
        registry.check()


def test_a_formula_may_sum_what_has_its_own_name_one_level_finer():
    def till(takings):
        return takings

    def shop_till(till):
        return summed(till)

    shop_till.__name__ = "till"
    registry = registered(till, unit="GBP/year")
    registry.formula("Till", unit="GBP/year", per="shop")(shop_till)
    plan = plan_of(registry, {"shop.a.takings": 51.0, "shop.b.takings": 1.0}, stalls=2)
    assert evaluate(plan, "shop.till") == 52


def test_a_figure_and_a_formula_cannot_share_a_name():
    def takings(customers, price):
        return customers * price

    with pytest.raises(FormulaError, match="both a figure and a formula: takings"):
        registered(takings).check()


def people_and_pounds(customers, takings):
    return customers + takings


def bare_twelfth(takings):
    return takings / 12


def larger_of_people_and_pounds(customers, takings):
    return maximum(customers, takings)


def people_more_than_five(customers):
    return customers < 5


@pytest.mark.parametrize(
    ("function", "unit", "why"),
    [
        (people_and_pounds, "person", "it puts together person and GBP/year"),
        (bare_twelfth, "GBP/month", "says GBP/month"),
        (larger_of_people_and_pounds, "person", "it puts together person and GBP/year"),
        (people_more_than_five, "", "it puts together person and a pure number"),
    ],
)
def test_a_sum_that_means_nothing_is_refused_with_file_and_line(function, unit, why):
    with pytest.raises(FormulaError) as refusal:
        registered(function, unit).check_units()
    assert why in str(refusal.value)
    assert f"test_registry.py:{function.__code__.co_firstlineno}: {function.__name__}" in str(refusal.value)


def test_twelve_months_a_year_make_pounds_a_month_of_pounds_a_year():
    months = constant(12, "month/year", "12 months")

    def twelfth(takings):
        return takings / months

    registered(twelfth, "GBP/month").check_units()


def test_rounding_up_ignores_the_noise_of_binary_fractions():
    assert round_up(375 * 67 / 25) == 1005
    assert round_up(375 * (67 / 25)) == 1005
    assert round_up(1005 + 1e-7) == 1005
    assert round_up(1005.01) == 1006
    assert round_up(83.75) == 84
    assert round_up(-0.5) == 0


def by_people(customers, price):
    return customers * price


def by_till(takings):
    return takings


def alternatives():
    registry = new_registry(**FIGURES)
    for function, way in ((by_people, "people"), (by_till, "till")):
        function.__name__ = "turnover"
        registry.formula("Turnover", unit="GBP/year", per="stall", when={"way": way})(function)
    return registry


@pytest.mark.parametrize(("way", "value"), [("people", 60.0), ("till", 100.0)])
def test_of_alternatives_the_chosen_one_applies(way, value):
    numbers = {"shop.a.customers": 20.0, "shop.a.price": 3.0, "shop.a.takings": 100.0}
    plan = plan_of(alternatives(), numbers, choices={"shop.way": way})
    assert evaluate(plan, "shop.a.turnover") == value


def test_the_choice_nearest_to_the_stall_wins():
    numbers = {"shop.a.customers": 20.0, "shop.a.price": 3.0, "shop.a.takings": 100.0}
    plan = plan_of(alternatives(), numbers, choices={"market.way": "people", "shop.a.way": "till"})
    assert evaluate(plan, "shop.a.turnover") == 100


def test_without_a_choice_no_alternative_applies():
    plan = plan_of(alternatives(), {})
    assert plan.need("shop.a.turnover").status == "not applicable"


def test_two_alternatives_that_both_apply_are_a_fault():
    registry = alternatives()
    registry.formula("Turnover", unit="GBP/year", per="stall", when={"way": ("till", "both")})(by_till)
    with pytest.raises(FormulaError, match="two alternatives apply"):
        plan_of(registry, {"shop.a.takings": 1.0}, choices={"shop.way": "till"}).need("shop.a.turnover")


def test_the_formulas_of_care_are_wired_and_their_units_fit():
    care.check()
    care.check()
    care.check_units()


@pytest.mark.parametrize("formula", list(care.all_formulas()), ids=lambda formula: f"{formula.name} ({formula.per})")
def test_every_formula_says_what_it_means(formula):
    assert len(formula.doc) > 10
    assert formula.doc.endswith(".")
    assert formula.title[0].isupper()
