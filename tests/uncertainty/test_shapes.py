"""A range says what it covers, and the shape goes through its ends."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescale.uncertainty.normal import normal_quantiles
from carescale.uncertainty.points import design, points
from carescale.uncertainty.shapes import COVERS, LIMITS, Lies, Scale, shape_of


def shape(low: float, high: float, value: float, covers: str = "90%", **how: Any) -> Any:
    return shape_of(low, high, value, covers, **{"unit": "GBP", "signed": False, "most": math.inf, **how})


def test_one_to_ten_covering_ninety_per_cent_has_the_published_lognormal() -> None:
    found = shape(1, 10, 3)
    assert found.centre == pytest.approx(1.151293, abs=5e-7)
    assert found.below == found.above == pytest.approx(0.699936, abs=5e-7)
    assert math.exp(found.centre + found.below**2 / 2) == pytest.approx(4.040013, abs=5e-7)


def test_shared_lives_26_000_is_the_best_end_of_its_range_and_not_its_middle() -> None:
    found = shape(12_000, 26_000, 26_000, "two studies", unit="GBP/person/year")
    assert found.lies == Lies.HIGH_END
    assert found.median == pytest.approx(math.sqrt(12_000 * 26_000))  # £17,664
    assert found.median * 51 + 8_000 == pytest.approx(908_840, abs=1)


@pytest.mark.parametrize("covers", COVERS)
def test_so_many_of_all_values_lie_between_the_ends(covers: str) -> None:
    outside = (1 - COVERS[covers]) / 2
    for found in (
        shape(100, 300, 180, covers),
        shape(0.1, 0.4, 0.2, covers, unit=""),
        shape(-5, 9, 1, covers, signed=True),
    ):
        assert found.quantiles(outside) == pytest.approx(found.low)
        assert found.quantiles(1 - outside) == pytest.approx(found.high)


def test_a_value_off_the_middle_splits_the_shape_and_is_its_median() -> None:
    found = shape(100, 300, 280)
    assert found.lies == Lies.OFF
    assert found.median == pytest.approx(280)
    assert [found.quantiles(0.05), found.quantiles(0.95)] == pytest.approx([100, 300])
    assert found.below > found.above


def test_a_value_in_the_middle_half_leaves_the_shape_even_sided() -> None:
    found = shape(100, 400, 210)
    assert found.lies == Lies.MIDDLE
    assert found.median == pytest.approx(200)


def test_hard_limits_are_a_triangle_with_its_peak_at_the_value_given() -> None:
    found = shape(6, 10, 7, LIMITS)
    assert [float(found.quantiles(share)) for share in (0, 0.25, 1)] == pytest.approx([6, 7, 10])


def test_hard_limits_are_even_where_the_value_is_an_end() -> None:
    found = shape(6, 7, 7, LIMITS)
    assert float(found.quantiles(0.25)) == pytest.approx(6.25)
    assert found.lies == Lies.HIGH_END


def test_an_end_at_nothing_is_cut_off_there() -> None:
    found = shape(0, 10, 5)
    assert found.scale == Scale.PLAIN
    assert float(found.quantiles(0.01)) == 0
    assert float(found.quantiles(0.05)) == pytest.approx(0)
    assert float(shape(0.5, 1, 0.9, unit="").quantiles(0.999)) == 1


_numbers = st.just(0.0) | st.floats(1e-30, 1e9)  # what a file can write: a number has at most 40 characters


@given(st.tuples(_numbers, _numbers, _numbers).map(sorted), st.sampled_from([*COVERS, LIMITS]), st.booleans())
def test_nothing_is_ever_negative_and_no_share_above_one(ends: list[float], covers: str, is_share: bool) -> None:
    low, value, high = (end / 1e9 for end in ends) if is_share else ends
    if high - low < 1e-6 * max(1.0, high):
        return
    found = shape(low, high, value, covers, unit="" if is_share else "person")
    drawn = found.quantiles(points(design(1_024), "any"))
    assert (drawn >= 0).all()
    assert not is_share or (drawn <= 1).all()
    assert np.isfinite(drawn).all()


def test_in_a_million_draws_no_share_leaves_its_bounds_and_nobody_is_negative() -> None:
    drawn = points(design(1_000_000), "any")
    shares = shape(0.02, 0.97, 0.5, "80%", unit="").quantiles(drawn)
    assert 0 <= shares.min() < shares.max() <= 1
    assert shape(0.001, 1_000, 3, "80%", unit="person").quantiles(drawn).min() >= 0


def test_limits_and_shapes_stand_where_a_normal_does() -> None:
    normals = np.array([-2.0, -0.3, 0.0, 1.1])
    for covers in ("90%", LIMITS):
        found = shape(100, 300, 180, covers)
        assert found.at(normals) == pytest.approx(found.quantiles([NormalDist().cdf(normal) for normal in normals]))


def test_normal_quantiles_agree_with_those_of_the_standard_library() -> None:
    shares = np.concatenate([np.linspace(1e-9, 1 - 1e-9, 4_001), [1e-300, 1e-20, 0.975]])
    expected = [NormalDist().inv_cdf(share) for share in shares]
    assert normal_quantiles(shares) == pytest.approx(expected, rel=1e-14, abs=1e-14)
