"""Points hang on seed and key alone, and lie evenly."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from carescale.uncertainty.points import DRAWS, Design, design, point, points

KEYS = [f"figure_{letter}" for letter in "abcdefghijkl"]
SMALL = Design(seed=1, slices=16, size=64)


def test_each_slice_has_one_point_in_each_of_its_cells_and_all_have_one_in_each_finer_cell() -> None:
    found = points(SMALL, "spend").reshape(16, 64)
    for part in found:
        assert sorted(np.floor(part * 64)) == list(range(64))
    assert sorted(np.floor(found.ravel() * 1024)) == list(range(1024))


@pytest.mark.parametrize("draws", [0, 1_024, 10_000, 16_384, 100_000, 1_000_000])
def test_a_design_has_at_least_the_draws_asked_for_and_little_more(draws: int) -> None:
    made = design(draws)
    assert made.draws >= draws
    assert made.draws <= max(1_024, draws * 17 / 16)
    assert 16 <= made.slices <= 31


@pytest.mark.parametrize("made", [SMALL, design(DRAWS, 7), Design(3, 20, 512)])
def test_plain_python_makes_the_same_bits(made: Design) -> None:
    array = points(made, "shared_lives.ramp_months")
    assert all(point(made, "shared_lives.ramp_months", place) == array[place] for place in range(0, made.draws, 37))


PINNED = [0.8770780623411234, 0.5152006209348734, 0.8598661482786234]


def test_these_are_the_points_on_every_machine_and_version() -> None:
    assert [point(Design(0), "spend", place) for place in range(3)] == PINNED


def test_another_seed_or_key_gives_other_points() -> None:
    first = points(SMALL, "spend")
    assert not np.array_equal(first, points(Design(2, 16, 64), "spend"))
    assert not np.array_equal(first, points(SMALL, "spend "))


def test_no_two_of_many_keys_move_together() -> None:
    made = design(DRAWS, 5)
    found = {key: points(made, key) for key in KEYS}
    furthest = max(abs(np.corrcoef(found[a], found[b])[0, 1]) for a, b in combinations(KEYS, 2))
    assert furthest < 4 / np.sqrt(DRAWS)  # 66 pairs of independent numbers: beyond 4 deviations once in 240 runs


def test_pairs_fill_the_square_as_chance_would_and_not_in_lines() -> None:
    made = design(DRAWS, 5)
    found = {key: points(made, key) for key in KEYS}
    for a, b in combinations(KEYS, 2):
        cells, _, _ = np.histogram2d(found[a], found[b], bins=16, range=[[0, 1], [0, 1]])
        expected = DRAWS / 256
        assert ((cells - expected) ** 2 / expected).sum() < 225 + 5 * np.sqrt(2 * 225)
