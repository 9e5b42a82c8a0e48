"""Verbs over areas: what an area may be measured against. A missing value is not zero, and never wins."""

import math

import numpy as np
import pytest

from carescale.engine.arrays import ARRAYS
from carescale.engine.verbs import best, mean_of_best, quantile

MISSING = math.nan
# People a hundred thousand adults: weeks of 2010-11 ÷ 52 ÷ adults of 2015; five councils of fourteen returned nothing.
ADULTS = [682_422, 221_059, 185_356, 108_106, 192_038, 179_406, 120_973, 514_309, 153_203, 104_003, 161_838, 328_907]
WEEKS = [4_460, MISSING, MISSING, MISSING, 415, 1_555, 105, MISSING, 95, 2_545, MISSING, 0]
RATES = np.array([*WEEKS, 170, 3_370]) / 52 / np.array([*ADULTS, 153_551, 338_141]) * 100_000
EVERYWHERE = np.ones(14)
NOT_TELFORD = np.where(np.arange(14) == 9, 0.0, 1.0)


def test_the_best_rate_of_the_west_midlands_is_telfords_the_smallest_denominator():
    assert ARRAYS["best"](RATES, EVERYWHERE) == pytest.approx(2_545 / 52 / 104_003 * 100_000)
    assert round(float(ARRAYS["best"](RATES, EVERYWHERE)), 1) == 47.1


def test_without_telford_the_best_is_worcestershires_19_2():
    assert round(float(ARRAYS["best"](RATES, NOT_TELFORD)), 1) == 19.2


def test_a_quantile_is_the_inclusive_one_and_passes_over_missing_values():
    values = np.array([1.0, 2.0, MISSING, 3.0, 4.0, 5.0])
    among = np.ones(6)
    assert ARRAYS["quantile"](values, among, 0.5) == 3
    assert ARRAYS["quantile"](values, among, 0.75) == 4
    assert ARRAYS["quantile"](values, among, 0.9) == pytest.approx(4.6)
    assert ARRAYS["quantile"](values, np.array([1.0, 1, 1, 1, 1, 0]), 0.5) == 2.5


def test_a_zero_is_a_value_and_counts():
    assert ARRAYS["quantile"](np.array([0.0, 2.0, MISSING]), np.ones(3), 0.5) == 1


def test_the_mean_of_the_best_two_of_five_is_4_and_a_half():
    values = np.array([1.0, 5.0, 2.0, MISSING, 4.0])
    assert ARRAYS["mean_of_best"](values, np.ones(5), 2) == 4.5
    assert ARRAYS["mean_of_best"](values, np.ones(5), 10) == 3  # fewer than ten returned anything


@pytest.mark.parametrize(("verb", "more"), [("best", ()), ("quantile", (0.5,)), ("mean_of_best", (2,))])
def test_where_nothing_is_left_to_measure_against_the_benchmark_is_missing(verb, more):
    assert math.isnan(ARRAYS[verb](np.array([MISSING, MISSING]), np.ones(2), *more))
    assert math.isnan(ARRAYS[verb](np.array([1.0, 2.0]), np.zeros(2), *more))


def test_an_area_alone_is_its_own_benchmark_and_one_that_is_too_small_has_none():
    assert best(0.0593, 1.0) == quantile(0.0593, 1.0, 0.9) == mean_of_best(0.0593, 1.0, 5) == 0.0593
    for line in (best(0.0593, 0.0), quantile(0.0593, 0.0, 0.9), mean_of_best(0.0593, 0.0, 5)):
        assert math.isnan(line)


def test_375_people_need_1005_volunteers_and_not_1006_in_every_area():
    """67 volunteers for 25 people; a third of a hundredth of a person more needs one more."""
    people = np.array([375.0, 375 * (1 + 1e-12), 375.0033])
    assert ARRAYS["round_up"](people * 67 / 25).tolist() == [1_005, 1_005, 1_006]


def test_dividing_by_a_nought_that_all_areas_share_gives_none_of_them_a_number():
    for top in (np.array([1.0, 2.0]), np.array([1, 2])):
        for bottom in (0.0, np.array([0.0, 0.0]), np.float64(0)):
            assert np.isnan(ARRAYS["divide"](top, bottom)).all()
    assert ARRAYS["divide"](np.array([1.0, 2.0]), np.array([0.0, 4.0]))[1] == 0.5
