"""Random formulas over the plain verbs: the printed Excel formula, recalculated, gives the engine's value."""

from __future__ import annotations

import logging
import math

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pycel import ExcelCompiler
from recalculating import same

from carescale.engine import scalars
from carescale.engine.excel import EXCEL, in_excel
from carescale.engine.scalars import FLOATS, SCANS
from carescale.engine.tree import Constant, Expression, Name, Operation, UnknownVerb

PLACES = {"a": "A1", "b": "B1", "c": "C1"}
NUMBERS = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 2.0, -2.0, 12.0, 375.0]), st.integers(-4000, 4000).map(lambda n: n / 8)
)
ARITY = {"negate": 1, "round_up": 1, "complete": 1, "where": 3}
TWO = ("add", "subtract", "multiply", "divide", "less_than", "at_most", "minimum", "maximum", "less", "more", "power")
logging.getLogger("pycel").setLevel(logging.CRITICAL)


class Here:
    """Three cells, all known."""

    def cell(self, name):
        return PLACES[name]

    def may_be_text(self, name):
        return False


def _grown(smaller):
    one_or_three = [st.tuples(st.just(verb), *[smaller] * arity) for verb, arity in ARITY.items()]
    return st.one_of(*one_or_three, st.tuples(st.sampled_from(TWO), smaller, smaller))


SHAPES = st.recursive(st.one_of(st.sampled_from("abc"), NUMBERS), _grown, max_leaves=9)


def tree_of(shape) -> Expression:
    if isinstance(shape, tuple):
        return Operation(shape[0], tuple(map(tree_of, shape[1:])))
    return Name(shape) if isinstance(shape, str) else Constant(shape)


def value_of(tree: Expression, point) -> float:
    """By the engine's table; what no number can stand for, or what floats hardly hold, ends the example."""
    if isinstance(tree, Constant):
        return tree.value
    if isinstance(tree, Name):
        return point[tree.name]
    values = [value_of(part, point) for part in tree.arguments]
    if tree.verb == "power":
        assume(abs(values[1]) <= 4 and values[0] != 0)
        assume(not _is_negated(tree.arguments[0]))
    if tree.verb in ("less_than", "at_most"):
        assume(values[0] == values[1] or not same(*values))  # else rounding decides
    value = FLOATS[tree.verb](*values)
    if tree.verb == "round_up":
        assume(abs(values[0]) < 1e8 and (not 1e-10 < abs(values[0] - round(values[0])) < 1e-6))
    assume(math.isfinite(value) and (value == 0 or 1e-12 < abs(value) < 1e12))
    return value


def _is_negated(tree: Expression) -> bool:
    """pycel takes (-A1)^B1 for -(A1^B1), which Excel does not; the printed brackets are tested below."""
    return (isinstance(tree, Operation) and tree.verb == "negate") or (isinstance(tree, Constant) and tree.value < 0)


def recalculated(formula: str, point) -> object:
    book = openpyxl.Workbook()
    for name, cell in PLACES.items():
        book.active[cell] = point[name]
    book.active["D1"] = f"={formula}"
    return ExcelCompiler(excel=book).evaluate("Sheet!D1")


@settings(max_examples=150, deadline=None)
@given(SHAPES, NUMBERS, NUMBERS, NUMBERS)
def test_the_printed_formula_recalculated_gives_the_engines_value(shape, a, b, c):
    tree, point = tree_of(shape), {"a": a, "b": b, "c": c}
    expected = value_of(tree, point)
    formula = in_excel(tree, Here())
    assert same(recalculated(formula, point), expected), formula


@pytest.mark.parametrize(
    ("tree", "formula"),
    [
        (-(Name("a") ** 2), "-(A1^2)"),  # in Excel −A1^2 is the square of −A1
        ((-Name("a")) ** 2, "(-A1)^2"),
        (-(Name("a") * Name("b")), "-(A1*B1)"),
        (Name("a") ** (Name("b") ** 2), "A1^(B1^2)"),
        (Name("a") - (Name("b") - Name("c")), "A1-(B1-C1)"),
        (Name("a") * (Name("b") + 1), "A1*(B1+1)"),
        (Operation("multiply", (Operation("summed", (Name("a"), Name("b"))), Name("c"))), "(A1+B1)*C1"),
        (Operation("multiply", (Name("a"), Constant(-2.0))), "A1*(-2)"),
        (Operation("where", (Name("a") < Name("b"), Name("a"), Name("b"))), "IF(A1<B1,A1,B1)"),
        ((Name("a") < Name("b")) * 2, "IF(A1<B1,1,0)*2"),
        (Operation("round_up", (Name("a") / 3,)), "-INT(1E-09*ABS(A1/3)-A1/3)"),
    ],
)
def test_formulas_are_printed_with_the_brackets_they_need(tree: Expression, formula: str) -> None:
    assert in_excel(tree, Here()) == formula


@pytest.mark.parametrize("value", [375 * 67 / 25, 2.0000000001, 2.1, -2.5, 0.0, 1005.0000001, 3.0, -3.0])
def test_rounding_up_ignores_the_same_noise(value: float) -> None:
    formula = in_excel(Operation("round_up", (Name("a"),)), Here())
    assert recalculated(formula, {"a": value, "b": 0, "c": 0}) == scalars.apply("round_up", value)


def test_every_verb_has_a_row_and_another_raises() -> None:
    assert set(EXCEL) == set(FLOATS) | set(SCANS)
    with pytest.raises(UnknownVerb):
        in_excel(Operation("guess", (Name("a"),)), Here())
