"""An area's rate has an interval, Wilson's or for few people the exact one; gaps within it may be chance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from cli.running import carescale as run
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from tables.making import ADDITIONAL, areas, projected, rated

from carescale.analysis.intervals import rate_intervals


def interval(people: float, eligible: float, confidence: float = 0.95) -> tuple[float, float]:
    lower, upper = rate_intervals(np.array([people]), np.array([eligible]), confidence)
    return float(lower[0]), float(upper[0])


def test_wilsons_interval_is_the_one_worked_by_hand() -> None:
    """E. B. Wilson, 1927. For 20 of 100, z = 1.96: (0.2 + 0.0192 ± 1.96 √(0.0016 + 0.0000960)) ÷ 1.0384."""
    assert interval(20, 100) == pytest.approx((0.1334, 0.2888), abs=5e-5)


def test_the_exact_interval_of_nobody_is_the_one_worked_by_hand() -> None:
    """Clopper and Pearson, 1934. None of n: from 0 to 1 − 0.025^(1/n)."""
    assert interval(0, 50) == pytest.approx((0, 1 - 0.025 ** (1 / 50)))


def test_the_exact_interval_of_all_is_the_one_worked_by_hand() -> None:
    assert interval(3, 3) == pytest.approx((0.025 ** (1 / 3), 1))


@given(st.integers(1, 100_000), st.data(), st.sampled_from([0.8, 0.95, 0.998]))
def test_intervals_are_those_of_scipy_exact_below_five_and_wilsons_from_there(
    eligible: int, data: st.DataObject, confidence: float
) -> None:
    people = data.draw(st.one_of(st.integers(0, min(6, eligible)), st.integers(0, eligible)))
    expected = binomtest(people, eligible).proportion_ci(confidence, "exact" if people < 5 else "wilson")
    assert interval(people, eligible, confidence) == pytest.approx((expected.low, expected.high), rel=1e-6, abs=1e-12)


def test_four_and_five_people_have_intervals_of_different_kinds() -> None:
    exact, wilson = (binomtest(4, 100).proportion_ci(0.95, kind).low for kind in ("exact", "wilson"))
    assert interval(4, 100)[0] == pytest.approx(exact)
    assert interval(4, 100)[0] != pytest.approx(wilson)
    assert interval(5, 100)[0] == pytest.approx(binomtest(5, 100).proportion_ci(0.95, "wilson").low)


def test_counts_that_are_not_whole_are_rounded() -> None:
    assert interval(85.77, 682_422) == interval(86, 682_422)


@pytest.mark.parametrize(("people", "eligible"), [(math.nan, 10), (5, math.nan), (5, 0), (11, 10), (5, 0.3)])
def test_counts_that_make_no_rate_have_no_interval(people: float, eligible: float) -> None:
    assert all(math.isnan(end) for end in interval(people, eligible))


def test_a_wider_confidence_makes_a_wider_interval_around_the_rate() -> None:
    narrow, wide = interval(20, 100, 0.8), interval(20, 100, 0.998)
    assert wide[0] < narrow[0] < 0.2 < narrow[1] < wide[1]


# --- gaps ----------------------------------------------------------------------------------------------------------

# Against 2%: 15 of 1,000 (up to 2.46%) may be chance, 5 of 1,000 (up to 1.16%) is not; nor is 150 of 10,000 (1.76%).
GAPS = rated([200, 15, 5, 150, "[c]"], [10_000, 1000, 1000, 10_000, 1000])


def test_only_gaps_that_the_areas_own_interval_does_not_reach_across_are_beyond_chance() -> None:
    every = areas(GAPS)
    assert every.chance_gaps() == (3, 2)
    assert every[ADDITIONAL].tolist()[:4] == pytest.approx([0, 5, 15, 50])
    only = projected("place.yaml", significant_only=True)
    assert only[ADDITIONAL].tolist()[:4] == pytest.approx([0, 0, 15, 50])
    assert only.total(ADDITIONAL).value == pytest.approx(65)


def test_an_area_without_a_rate_stays_missing_when_only_gaps_beyond_chance_count() -> None:
    areas(GAPS)
    only = projected("place.yaml", significant_only=True)
    assert math.isnan(only[ADDITIONAL][4])
    assert only.total(ADDITIONAL).missing == 1


def test_confidence_decides_how_many_gaps_are_beyond_chance() -> None:
    areas(GAPS)
    found = [projected("place.yaml", f"confidence={level}").chance_gaps()[1] for level in ("50%", "95%", "99.99%")]
    assert found == [3, 2, 0]


def test_the_command_says_what_counting_only_those_changes() -> None:
    areas(GAPS)
    every, only = run("project", "place.yaml", "--full"), run("project", "place.yaml", "--full", "--significant-only")
    assert (every.code, only.code) == (0, 0)
    assert "2 of 3 gaps are beyond chance" in " ".join(every.out.split())
    assert "counting every gap: 70.0 more people" in " ".join(only.out.split())
    assert "counting only those: 65.0 more people" in " ".join(only.out.split())
