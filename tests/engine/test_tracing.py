"""Tracing: a formula is called once with stand-ins. Whatever would need their values is refused, by name."""

import math

import numpy as np
import pytest

from carescale.engine.tree import Constant, FormulaError, Name, Operation, constant, names, trace
from carescale.engine.verbs import maximum, minimum, round_up, running_total, summed, total, where


def traced(function):
    return trace("heads (care.py:7)", function, ["people"])


def if_people(people):
    return people if people else 0


def if_enough_people(people):
    return 1 if people > 5 else 0


def either(people):
    return people > 5 or people < 2


def built_in_max(people):
    return max(people, 0)


def as_float(people):
    return float(people)


def as_int(people):
    return int(people)


def how_many(people):
    return len(people)


def one_by_one(people):
    return sum(people)


def rounded(people):
    return round(people)


def next_whole(people):
    return math.ceil(people)


def equal(people):
    return where(people == 5, 1, 0)


def not_equal(people):
    return where(people != 5, 1, 0)


@pytest.mark.parametrize(
    "function",
    [
        if_people,
        if_enough_people,
        either,
        built_in_max,
        as_float,
        as_int,
        how_many,
        one_by_one,
        rounded,
        next_whole,
        equal,
        not_equal,
    ],
)
def test_a_formula_that_asks_for_a_value_is_refused_by_name_and_pointed_to_where(function):
    with pytest.raises(FormulaError) as refusal:
        traced(function)
    assert "heads (care.py:7)" in str(refusal.value)
    assert "where()" in str(refusal.value)


def array_first(people):
    return np.array([1.0, 2.0]) * people


def array_last(people):
    return people - np.array([1.0, 2.0])


def array_of_people(people):
    return np.asarray(people)


def numpy_where(people):
    return np.where(people > 5, 1, 0)


def numpy_maximum(people):
    return np.maximum(people, 0)


@pytest.mark.parametrize("function", [array_first, array_last, array_of_people, numpy_where])
def test_numpy_cannot_absorb_a_formula(function):
    with pytest.raises(FormulaError, match=r"heads \(care\.py:7\)"):
        traced(function)


def test_numpys_maximum_is_refused_by_the_name_of_the_formula_too():
    with pytest.raises(FormulaError, match=r"heads \(care\.py:7\)"):
        traced(numpy_maximum)


def a_list(people):
    return [people]


def a_word(people):
    return people + "5"


def a_truth(people):
    return people + True


def nothing(people):
    return None


@pytest.mark.parametrize("function", [a_list, a_word, a_truth, nothing])
def test_a_formula_is_made_of_numbers_alone(function):
    with pytest.raises(FormulaError, match="heads"):
        traced(function)


def test_only_a_name_can_be_summed_over_parts():
    with pytest.raises(FormulaError, match="takes a name"):
        traced(lambda people: summed(people * 2))


def test_the_tree_is_the_formula_as_it_was_written():
    tree = traced(lambda people: 2 * people - 1)
    assert isinstance(tree, Operation)
    assert tree.verb == "subtract"
    product, one = tree.arguments
    assert product.verb == "multiply"
    assert [type(part) for part in product.arguments] == [Constant, Name]
    assert one.value == 1


@pytest.mark.parametrize(
    ("function", "verb", "first_is_people"),
    [
        (lambda people: people < 5, "less_than", True),
        (lambda people: people <= 5, "at_most", True),
        (lambda people: people > 5, "less_than", False),
        (lambda people: people >= 5, "at_most", False),
    ],
)
def test_more_than_is_less_than_with_its_sides_changed(function, verb, first_is_people):
    tree = traced(function)
    assert tree.verb == verb
    assert isinstance(tree.arguments[0], Name) is first_is_people


def test_a_named_constant_keeps_its_unit_and_its_words():
    dozen = constant(12, "month/year", "12 months")
    tree = traced(lambda people: people / dozen)
    twelve = tree.arguments[1]
    assert (twelve.value, twelve.unit, twelve.label) == (12, "month/year", "12 months")
    assert dozen / 4 == 3  # and is a plain number in a test


def test_every_name_is_found_with_what_stands_around_it():
    tree = trace("f", lambda a, b, c: summed(a) + total(running_total(b)) - c, ["a", "b", "c"])
    assert list(names(tree)) == [("a", "summed"), ("b", "running_total"), ("c", "")]


def test_a_formula_stays_a_plain_function_of_numbers():
    assert maximum(51 - 78, 0) == 0
    assert minimum(3.0, 2.0) == 2
    assert where(51 > 10, 1, 2) == 1
    assert round_up(83.75) == 84
    assert summed([51, 1]) == 52
    assert total([1.0, 2.0, 3.0]) == 6
    assert running_total([1.0, 2.0, 3.0]) == [1, 3, 6]
