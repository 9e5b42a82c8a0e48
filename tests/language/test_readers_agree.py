"""One sum, many readers: its value, the Excel formula recalculated, and the numbers of its words say the same."""

from __future__ import annotations

import logging
import math

import openpyxl
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from carescale.engine.excel import in_excel
from carescale.engine.folding import value_of
from carescale.engine.scalars import FLOATS
from carescale.engine.tree import Operation
from carescale.engine.words import in_words
from carescale.inputs.language.parser import read_sum
from carescale.inputs.language.sums import Misread, nodes
from carescale.inputs.language.writer import write_sum

logging.getLogger("pycel").setLevel(logging.CRITICAL)

CLOSE = 1e-12
NUMBERS = st.one_of(
    st.integers(1, 99_999).map("{:,}".format),
    st.integers(1, 99).map("{}%".format),
    st.integers(1, 9999).map(lambda number: f"£{number / 100:.2f}"),
    st.sampled_from(["£1.85m", "2.3m", "0.0033", "£13k"]),
)
SUMS = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("MAX({}; {})".format, inner, inner),
        st.builds("MIN({}; {})".format, inner, inner),
        st.builds("ABS({})".format, inner),
        st.builds("IF({} < {}; {}; {})".format, inner, inner, inner, inner),
        st.builds("AVERAGE({}; {})".format, inner, inner),
    ),
    max_leaves=8,
)
INFIX = st.recursive(
    NUMBERS, lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner), max_leaves=8
)


def tree_of(text):
    try:
        return read_sum(text).tree
    except Misread:
        assume(False)


def value(tree):
    found = value_of(tree, FLOATS, dict.__getitem__)
    assume(math.isfinite(found) and (found == 0 or 1e-9 < abs(found) < 1e15))
    return found


def same(one, other):
    return one == other or abs(one - other) <= CLOSE * max(abs(one), abs(other))


@settings(max_examples=80, deadline=None)
@given(SUMS)
def test_excel_recalculated_gives_the_value(text):
    from pycel import ExcelCompiler

    tree = tree_of(text)
    expected = value(tree)
    assume(not _is_close_call(tree))
    book = openpyxl.Workbook()
    book.active["A1"] = f"={in_excel(tree, None)}"
    assert same(ExcelCompiler(excel=book).evaluate("Sheet!A1"), expected)


@settings(max_examples=200, deadline=None)
@given(INFIX)
def test_the_numbers_of_the_words_make_the_value(text):
    tree = tree_of(text)
    assert same(value(read_sum(in_words(tree, str)).tree), value(tree))


@settings(max_examples=300, deadline=None)
@given(SUMS)
def test_what_is_written_is_read_back_with_the_same_value(text):
    tree = tree_of(text)
    assert same(value(read_sum(write_sum(tree)).tree), value(tree))


def _is_close_call(tree) -> bool:
    """Whether a comparison hangs on the last digits, which two programs may have differently."""
    compared = [node for node in nodes(tree) if isinstance(node, Operation) and node.verb == "less_than"]
    pairs = [[value_of(part, FLOATS, dict.__getitem__) for part in node.arguments] for node in compared]
    return any(one != other and math.isclose(one, other, rel_tol=1e-9) for one, other in pairs)
