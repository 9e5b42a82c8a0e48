"""What a sum can be, while its inputs move between their ends: never less than what sampling finds, and reached."""

from __future__ import annotations

import math
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from carescale.engine.extent import Result, extent
from carescale.engine.folding import value_of
from carescale.engine.intervals import INTERVALS, Interval, interval
from carescale.engine.scalars import FLOATS
from carescale.engine.straight import LINE, ways
from carescale.inputs.language.parser import read_sum

BOX = {"a": Interval(1.95, 2.05), "b": Interval(0.5, 1.5), "c": Interval(2.0, 4.0)}


def extent_of(text, box=BOX):
    tree = read_sum(text).tree
    found = ways(tree, lambda name: {name: LINE})
    return extent(
        Result(
            at=lambda point: value_of(tree, FLOATS, point.__getitem__),
            over=lambda inside: interval(value_of(tree, INTERVALS, inside.__getitem__)),
            one_way=[key for key in box if key not in found or found[key].is_one_way],
            jumps=any(way.jumps for way in found.values()),
        ),
        box,
    )


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a + b", 2.45, 3.55),
        ("a - a", 0, 0),
        ("a / (a + b)", 1.95 / 3.45, 2.05 / 2.55),  # a fraction of straight lines: corners
        ("(a - b) * (c - 1)", 0.45 * 1, 1.55 * 3),
        ("a * b - a * c", 2.05 * (0.5 - 4), 1.95 * (1.5 - 2)),
        ("MAX(0; b - 1) * c", 0, 2),
        ("ABS(b - 1)", 0, 0.5),
        ("ROUND(c / 3)", 1, 1),
        ("IF(b < 3; a; c)", 1.95, 2.05),
        ("c ^ 2", 4, 16),
    ],
)
def test_the_ends_are_exact_where_inputs_enter_by_straight_lines_or_once(text, low, high):
    found = extent_of(text)
    assert found.is_exact
    assert tuple(found.bounds) == pytest.approx((low, high), rel=1e-10)


def test_elsewhere_the_ends_are_enclosed_more_and_more_tightly():
    found = extent_of("b * (2 - b)")  # highest at 1, in the middle
    assert found.bounds.high == pytest.approx(1, abs=0.02)
    assert found.bounds.high >= 1 - 1e-9
    assert found.bounds.low == pytest.approx(0.75, abs=0.02)


def test_what_is_not_proved_is_neither_yes_nor_no():
    found = extent_of("b * (2 - b)")
    assert found.can_be(0.8, 0.9) is True
    assert found.can_be(2, 3) is False
    barely = (found.seen.high + found.bounds.high) / 2
    assert found.is_exact or found.can_be(barely, 3) is None


def test_a_pole_has_no_bounds():
    assert extent_of("1 / (b - 1)").can_be(1e12, 1e13) is None


SUMS = st.recursive(
    st.sampled_from(["a", "b", "c", "2", "0.5"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("MAX({}; {})".format, inner, inner),
        st.builds("IF({} < {}; {}; {})".format, inner, inner, inner, inner),
        st.builds("ROUND({}; 1)".format, inner),
    ),
    max_leaves=7,
)


@settings(max_examples=120, deadline=None)
@given(SUMS, st.integers(0, 10**6))
def test_no_value_inside_lies_outside(text, seed):
    found = extent_of(text)
    assume(math.isfinite(found.bounds.low + found.bounds.high))
    tree, random = read_sum(text).tree, Random(seed)
    slack = 1e-9 * max(1, abs(found.bounds.low), abs(found.bounds.high))
    for _ in range(60):
        point = {key: random.choice([*ends, random.uniform(*ends)]) for key, ends in BOX.items()}
        value = value_of(tree, FLOATS, point.__getitem__)
        assert math.isnan(value) or found.bounds.low - slack <= value <= found.bounds.high + slack, point
