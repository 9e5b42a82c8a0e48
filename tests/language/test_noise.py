"""What a binary fraction lacks of a decimal one decides nothing: 3 × £1.10 is £3.30, no more and no less."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from cli.running import carescale

from carescale.analysis.check import Judged, check
from carescale.engine.arrays import ARRAYS
from carescale.engine.intervals import INTERVALS, Interval
from carescale.engine.scalars import FLOATS
from carescale.inputs.loading import load


@pytest.fixture
def judge(tmp_path: Path):
    """The verdict on one claim, given as its lines."""

    def judged(*lines: str) -> Judged:
        head = ["place: Testshire", "year: 2020", "source: nesta-2015", "claims:"]
        file = tmp_path / "place.yaml"
        file.write_text("\n".join([*head, f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]), encoding="utf-8")
        return check(load(file)).judged[0]

    return judged


@pytest.mark.parametrize(
    ("that", "verdict"),
    [
        ("0.1 * 3 > 0.3", "within rounding"),  # as printed it is not; 0.12 × 3 would be more than 0.3
        ("3 * £1.10 > £3.30", "within rounding"),
        ("0.1 * 3 <= 0.3", "reproduced"),
        ("3 * £1.10 <= £3.30", "reproduced"),
        ("33 / 10 * 3 > 99 / 10", "contradicted"),  # whole numbers: nothing is open
        ("33 / 10 * 3 >= 99 / 10", "reproduced"),
        ("301 > 300", "reproduced"),
    ],
)
def test_a_claim_that_compares_two_sums_is_not_certified_by_what_floats_lack(judge, that, verdict) -> None:
    assert judge(f"that: {that}").verdict == verdict


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("IF(3 * £1.10 > £3.30; 1; 0)", 0),
        ("IF(3 * £1.10 < £3.31; 1; 0)", 1),
        ("IF(0.1 * 3 <= 0.3; 1; 0)", 1),
        ("IF(-0.1 * 3 < -0.3; 1; 0)", 0),
        ("0.1*3 - 0.3", 0),
        ("0.3 + -0.1*3", 0),
        ("3 * £1.10 - £3.30", 0),
        ("SUM(0.1; 0.2; -0.3)", 0),
        ("CHANGE(0.3; 0.1 * 3)", 0),
        ("£1,000,000.01 - £1,000,000", 0.01),  # a penny of a million is a penny
    ],
)
def test_a_difference_that_is_nothing_beside_its_parts_is_nothing(text, value) -> None:
    assert json.loads(carescale("calc", text, "--format", "json").out)["value"] == pytest.approx(value, abs=1e-9)
    if not value:
        assert carescale("calc", text).out.splitlines()[0] in ("0", "£0")


SIDES = [0.0, 0.3, 0.1 * 3, -0.3, -0.1 * 3, 3.3, 3 * 1.1, 5.0, math.inf, -math.inf]


@pytest.mark.parametrize("verb", ["less_than", "at_most"])
def test_floats_arrays_and_intervals_compare_alike(verb) -> None:
    for one in SIDES:
        for two in SIDES:
            told = FLOATS[verb](one, two)
            assert told == (one < two if verb == "less_than" else one <= two) or math.isclose(one, two, rel_tol=1e-12)
            assert INTERVALS[verb](one, two) == Interval(told, told)
            ends = np.array([one]), np.array([two])
            assert ARRAYS[verb](*ends) == ARRAYS[verb](one, ends[1]) == ARRAYS[verb](ends[0], two) == told


def test_what_is_the_same_to_twelve_digits_is_neither_less_nor_more() -> None:
    assert FLOATS["less_than"](0.3, 0.1 * 3) == FLOATS["less_than"](0.1 * 3, 0.3) == 0
    assert FLOATS["at_most"](0.3, 0.1 * 3) == FLOATS["at_most"](0.1 * 3, 0.3) == 1
