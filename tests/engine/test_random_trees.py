"""Random formulas over every plain verb: what floats make of one point, arrays make of many at once."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import OVER_AREAS, value_of

from carescale.engine.arrays import ARRAYS
from carescale.engine.scalars import FLOATS
from carescale.engine.tree import Constant
from carescale.engine.verbs import (
    added,
    complete,
    less,
    maximum,
    minimum,
    more,
    net,
    power,
    round_away,
    round_half_up,
    round_up,
    size,
    truncate,
    where,
)

NUMBERS = st.one_of(st.sampled_from([0.0, 1.0, -1.0, 12.0, 375.0, 0.1]), st.floats(-1e6, 1e6, allow_subnormal=False))
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=2, max_size=4)

ONE = {
    "negate": lambda x: -x,
    "round_up": round_up,
    "complete": complete,
    "size": size,
    "round_half_up": lambda x: round_half_up(x, 1),
    "round_away": lambda x: round_away(x, 1),
    "truncate": lambda x: truncate(x, 1),
}
TWO = {
    "add": lambda x, y: x + y,
    "subtract": lambda x, y: x - y,
    "multiply": lambda x, y: x * y,
    "divide": lambda x, y: x / y,
    "less_than": lambda x, y: x < y,
    "at_most": lambda x, y: x <= y,
    "minimum": minimum,
    "maximum": maximum,
    "less": less,
    "more": more,
    "added": added,
    "net": net,
    "power": power,
}
THREE = {"where": where}
GROWN = {**ONE, **TWO, **THREE}


def _bigger(smaller):
    return st.one_of(
        st.tuples(st.sampled_from(sorted(ONE)), smaller),
        st.tuples(st.sampled_from(sorted(TWO)), smaller, smaller),
        st.tuples(st.sampled_from(sorted(THREE)), smaller, smaller, smaller),
    )


SHAPES = st.recursive(st.one_of(st.sampled_from("abc"), NUMBERS), _bigger, max_leaves=12)


def grow(shape, leaves):
    """A shape as an expression over its leaves."""
    if isinstance(shape, tuple):
        return GROWN[shape[0]](*(grow(part, leaves) for part in shape[1:]))
    return leaves[shape] if isinstance(shape, str) else Constant(shape)


def formula_of(shape):
    """The formula that a person would have written."""

    def random_formula(a, b, c):
        return grow(shape, {"a": a, "b": b, "c": c})

    return random_formula


def test_the_random_formulas_use_every_verb_but_those_over_parts_and_areas():
    assert set(GROWN) == set(FLOATS) - {"summed"} - OVER_AREAS


@settings(max_examples=300, deadline=None)
@given(SHAPES, POINTS)
def test_arrays_give_at_every_point_what_floats_give_there(shape, points):
    function = formula_of(shape)
    expected = [value_of(function, dict(zip("abc", point, strict=True))) for point in points]
    columns = dict(zip("abc", np.array(points).T, strict=True))
    with np.errstate(all="ignore"):
        found = np.broadcast_to(value_of(function, columns, verbs=ARRAYS), len(points))
    noise = 1e-9 if "power" in str(shape) else 0.0  # numpy's powers differ from Python's in the last bit
    for one, many in zip(expected, found, strict=True):
        close = math.isclose(one, many, rel_tol=noise, abs_tol=noise)
        assert one == many or close or (math.isnan(one) and math.isnan(many))


@settings(max_examples=100, deadline=None)
@given(SHAPES, NUMBERS, NUMBERS, NUMBERS)
def test_the_traced_formula_gives_what_the_plain_function_gives(shape, a, b, c):
    plain = grow_plain(shape, {"a": a, "b": b, "c": c})
    traced = value_of(formula_of(shape), {"a": a, "b": b, "c": c})
    assert plain == traced or (math.isnan(plain) and math.isnan(traced))


def grow_plain(shape, leaves):
    """The same shape worked out at once, with Python's own numbers."""
    if isinstance(shape, tuple):
        verb, *parts = shape
        numbers = [float(grow_plain(part, leaves)) for part in parts]
        return math.nan if verb == "divide" and numbers[1] == 0 else GROWN[verb](*numbers)
    return leaves[shape] if isinstance(shape, str) else shape
