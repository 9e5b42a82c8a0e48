"""Folds: values, words and units are tables with a row a verb. All tables have the same rows; none prints blank."""

import numpy as np
import pytest
from toy import OVER_AREAS, evaluate, new_registry, plan_of

from carescale.engine import verbs as verbs_module
from carescale.engine.arrays import ARRAYS
from carescale.engine.once import OWN_VERBS
from carescale.engine.scalars import FLOATS, SCANS
from carescale.engine.tree import AT_THE_END, OVER_TIME, Name, Operation, UnknownVerb, trace
from carescale.engine.units import UNITS, read_unit, unit_of, write_unit
from carescale.engine.verbs import where
from carescale.engine.words import PRECEDENCE, WORDS, in_words

EVERY_VERB = sorted({*FLOATS, *SCANS})


@pytest.mark.parametrize("verb", EVERY_VERB)
@pytest.mark.parametrize(("fold", "table"), [("units", UNITS), ("words", WORDS)])
def test_every_verb_has_a_row_in_every_fold(fold, table, verb):
    assert verb in table


@pytest.mark.parametrize("verb", sorted(FLOATS))
def test_every_plain_verb_has_a_row_for_arrays(verb):
    assert verb in ARRAYS


@pytest.mark.parametrize(("fold", "table"), [("units", UNITS), ("words", WORDS), ("arrays", ARRAYS)])
def test_no_fold_knows_a_verb_that_cannot_be_evaluated(fold, table):
    assert set(table) <= {*EVERY_VERB, *(OWN_VERBS if fold == "arrays" else ())}


def test_the_verbs_over_time_are_the_scans():
    assert set(SCANS) == OVER_TIME
    assert set(PRECEDENCE) <= set(EVERY_VERB)


@pytest.mark.parametrize("verb", EVERY_VERB)
def test_every_verb_can_be_written_in_a_formula(verb):
    operators = {"add", "subtract", "multiply", "divide", "negate", "less_than", "at_most"}
    assert verb in operators or callable(getattr(verbs_module, verb))


UNHEARD_OF = Operation("cube", (Name("people"),))


def test_words_for_an_unknown_verb_are_refused():
    with pytest.raises(UnknownVerb, match=r"words has no row for the verb `cube`"):
        in_words(UNHEARD_OF, lambda name: name)


def test_a_unit_for_an_unknown_verb_is_refused():
    with pytest.raises(UnknownVerb, match=r"units has no row for the verb `cube`"):
        unit_of(UNHEARD_OF, lambda name: ())


def cubed(people):
    return Operation("cube", (people,))


@pytest.mark.parametrize("verbs", [FLOATS, ARRAYS], ids=["floats", "arrays"])
def test_the_value_of_an_unknown_verb_is_refused(verbs):
    registry = new_registry(people="person")
    registry.formula("Cubed", unit="person", per="stall")(cubed)
    plan = plan_of(registry, {"shop.a.people": 2.0})
    with pytest.raises(UnknownVerb, match=r"evaluation has no row for the verb `cube`"):
        evaluate(plan, "shop.a.cubed", verbs=verbs)


SAMPLES = {
    "add": (2.0, 3.0),
    "subtract": (2.0, 3.0),
    "multiply": (2.0, 3.0),
    "divide": (2.0, 4.0),
    "power": (2.0, 3.0),
    "negate": (2.0,),
    "less_than": (2.0, 2.0),
    "at_most": (2.0, 2.0),
    "minimum": (2.0, 3.0),
    "maximum": (2.0, 3.0),
    "where": (0.0, 2.0, 3.0),
    "round_up": (2.2,),
    "round_half_up": (2.25, 1.0),
    "round_away": (2.21, 1.0),
    "truncate": (-2.29, 1.0),
    "size": (-2.0,),
    "less": (2.0, 3.0),
    "more": (2.0, 3.0),
    "added": (2.0, 3.0),
    "net": (2.0, 3.0),
    "complete": (2.0,),
    "summed": (2.0, 3.0, 4.0),
}
BY_HAND = {
    "add": 5,
    "subtract": -1,
    "multiply": 6,
    "divide": 0.5,
    "power": 8,
    "negate": -2,
    "less_than": 0,
    "at_most": 1,
    "minimum": 2,
    "maximum": 3,
    "where": 3,
    "round_up": 3,
    "round_half_up": 2.3,
    "round_away": 2.3,
    "truncate": -2.2,
    "size": 2,
    "less": -1,
    "more": 5,
    "added": 5,
    "net": -1,
    "complete": 2,
    "summed": 9,
}


@pytest.mark.parametrize("verb", sorted(set(FLOATS) - OVER_AREAS))
@pytest.mark.parametrize("table", [FLOATS, ARRAYS], ids=["floats", "arrays"])
def test_a_verb_is_the_same_sum_for_floats_and_for_arrays(table, verb):
    assert table[verb](*SAMPLES[verb]) == BY_HAND[verb]
    if table is ARRAYS:
        many = table[verb](*(np.full(3, number) for number in SAMPLES[verb]))
        assert list(many) == [BY_HAND[verb]] * 3


def words(function):
    arguments = list(function.__code__.co_varnames[: function.__code__.co_argcount])
    return in_words(trace("f", function, arguments), lambda name: name)


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (lambda a, b, c: a + b * c, "a + b × c"),
        (lambda a, b, c: (a + b) * c, "(a + b) × c"),
        (lambda a, b, c: a - (b - c), "a − (b − c)"),
        (lambda a, b, c: a - b - c, "a − b − c"),
        (lambda a, b, c: a - (b + c), "a − (b + c)"),
        (lambda a, b, c: a / (b * c), "a ÷ (b × c)"),
        (lambda a, b, c: a / b * c, "a ÷ b × c"),
        (lambda a, b: -(a + b), "−(a + b)"),
        (lambda a, b: -a * b, "(−a) × b"),
        (lambda a, b: a + b <= 12, "a + b ≤ 12"),
        (lambda a, b: (a < b) * a, "(a < b) × a"),
        (lambda a: a * 1000, "a × 1,000"),
        (lambda a, b: where(a <= b, a, b), "a if a ≤ b, otherwise b"),
        (lambda a, b: verbs_module.maximum(a - b, 0), "the larger of a − b and 0"),
        (lambda a, b: verbs_module.minimum(a, b) * 2, "(the smaller of a and b) × 2"),
        (lambda a, b: verbs_module.round_up(a / b), "a ÷ b, rounded up"),
        (lambda a, b: verbs_module.less(a, b) * 52, "(a − b) × 52"),
        (lambda a: verbs_module.round_up(verbs_module.summed(a)), "the sum of a, rounded up"),
        (lambda a: verbs_module.first_month(a), "first month from which a stays at or above zero"),
    ],
)
def test_words_have_brackets_where_reading_needs_them_and_nowhere_else(function, text):
    assert words(function) == text


def test_a_unit_is_read_and_written_back():
    for text in ("GBP/person/year", "person*year", "arrangement/block", "month", ""):
        assert write_unit(read_unit(text)) == text


def test_a_unit_cancels_against_itself():
    people, each = read_unit("person"), read_unit("GBP/person/year")
    product = unit_of(trace("f", lambda a, b: a * b, ["a", "b"]), {"a": people, "b": each}.get)
    assert write_unit(product) == "GBP/year"


def test_a_total_over_months_has_a_month_more_and_a_first_month_is_one():
    monthly = read_unit("GBP/month")
    assert write_unit(unit_of(trace("f", verbs_module.total, ["a"]), lambda _: monthly)) == "GBP"
    assert write_unit(unit_of(trace("f", verbs_module.lowest, ["a"]), lambda _: monthly)) == "GBP/month"
    assert write_unit(unit_of(trace("f", verbs_module.first_month, ["a"]), lambda _: monthly)) == "month"


def test_nothing_fits_beside_anything_but_a_verb_over_time_is_one_number_at_the_end():
    people = read_unit("person")
    assert unit_of(trace("f", lambda a: verbs_module.maximum(a, 0), ["a"]), lambda _: people) == people
    assert "running_total" not in AT_THE_END
