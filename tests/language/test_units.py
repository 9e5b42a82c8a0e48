"""Units are carried through a sum, and another unit of any of its terms is noticed."""

from __future__ import annotations

import pytest

from carescale.analysis.check import check
from carescale.engine.tree import Name
from carescale.inputs.claims import _in_the_published_unit
from carescale.inputs.language.names import Names
from carescale.inputs.language.parser import read_sum
from carescale.inputs.language.sums import Misread, Sum, literals, nodes
from carescale.inputs.language.units import with_units
from carescale.inputs.library import shipped_names
from carescale.inputs.loading import load
from carescale.measures import read_measure, write_measure
from carescale.problems import Problems

OTHER = ("person", "GBP", "bed-day", "GBP/person", "carer/person")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("£ per person per year", "GBP/person/year"),
        ("bed days", "bed-day"),
        ("bed-days", "bed-day"),
        ("QALYs", "QALY"),
        ("£ per QALY", "GBP/QALY"),
        ("£ a week", "GBP/week"),
        ("matches", "match"),
        ("families", "family"),
        ("people", "person"),
        ("share", ""),
        ("", ""),
    ],
)
def test_a_unit_is_one_thing_however_it_is_written(text, unit):
    assert read_measure(text) == unit
    assert read_measure(write_measure(unit)) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("£20 a week * 52 weeks", "GBP"),
        ("£20 a week * 1 year", "GBP"),
        ("2 months * £3 per day", "GBP"),
        ("£67.25 / 0.0033 QALY", "GBP/QALY"),
        ("12 people / 4 people per carer", "carer"),
        ("480 * (17% - 3%)", ""),
        ("MAX(0; 300 people - 20 people)", "person"),
        ("(1 + 10%) ^ (3 years / 1 year)", ""),
    ],
)
def test_the_unit_of_a_sum(text, unit):
    assert with_units(read_sum(text), lambda name: "")[1] == unit


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("300 people + £7", "+"),
        ("£5 - 10%", "-"),
        ("MAX(£1; 3 people)", "MAX"),
        ("2 people < £3", "<"),
        ("2 ^ 3 days", "^"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_operator(text, operator):
    with pytest.raises(Misread) as refused:
        with_units(read_sum(text), lambda name: "")
    assert text[slice(*refused.value.span)] == operator


def changed_units():
    """Each term of each sum of the examples, with each of some other units."""
    for name in shipped_names("examples"):
        case = load(name)
        for claim in case.claims:
            terms = [node for node in nodes(claim.tree) if isinstance(node, Name)] + literals(claim.tree)
            yield from ((case, claim, term, other) for term in terms if len(terms) > 1 for other in OTHER)


def is_caught(case, claim, term, other) -> bool:
    names = Names(case.plan)
    mine = names.unit(term.name) if isinstance(term, Name) else term.unit
    if mine == other:
        return True
    changed = term.name if isinstance(term, Name) else ""
    try:
        read, unit = with_units(Sum(claim.text, claim.tree), lambda key: other if key == changed else names.unit(key))
    except Misread:
        return True
    return claim.published and _in_the_published_unit(read.tree, unit, claim.published[-1]) is None


def test_another_unit_of_any_term_of_the_examples_is_caught():
    changes = [(case, claim, term, other) for case, claim, term, other in changed_units() if isinstance(term, Name)]
    assert len(changes) > 60
    missed = [
        (claim.text, term.name, other)
        for case, claim, term, other in changes
        if not is_caught(case, claim, term, other)
    ]
    assert len(missed) <= len(changes) / 100, missed


def test_a_published_number_of_another_unit_is_no_verdict(tmp_path):
    lines = [
        "place: A",
        "year: 2020",
        "source: scie-2017",
        "claims:",
        "  - that: 2 people * £3 per person",
        "    is: 6 people",
    ]
    (tmp_path / "a.yaml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(Problems, match="pounds are expected, not people"):
        check(load(tmp_path / "a.yaml"))
