"""What a number is worth finding out, and which figure causes the doubt: against published values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from carescale.uncertainty.influence import influences
from carescale.uncertainty.normal import normal_quantiles
from carescale.uncertainty.points import design, points
from carescale.uncertainty.summaries import chance, percentile, quantile, student, summarised
from carescale.uncertainty.together import together
from carescale.uncertainty.worth import value_of_knowing_all, values_of_knowing


def ishigami(drawn: Mapping[str, Any]) -> Any:
    a, b, c = (np.pi * (2 * drawn[key] - 1) for key in "abc")
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def test_ishigamis_function_has_its_published_indices() -> None:
    found = influences("abc", design(4_096, 1), ishigami)
    alone = {key: influence.alone.value for key, influence in found.items() if influence.alone}
    in_all = {key: influence.in_all.value for key, influence in found.items() if influence.in_all}
    assert alone == pytest.approx({"a": 0.3139, "b": 0.4424, "c": 0}, abs=0.03)
    assert in_all == pytest.approx({"a": 0.5576, "b": 0.4424, "c": 0.2437}, abs=0.03)


def test_no_index_is_negative_and_what_cannot_be_told_is_not_shown() -> None:
    def spiky(drawn: Mapping[str, Any]) -> Any:
        return drawn["a"] ** 400 * drawn["b"] ** 400 * 1e6

    for influence in influences("ab", design(1_024), spiky).values():
        assert influence.in_all is None
    for influence in influences("abcd", design(1_024), lambda drawn: drawn["a"]).values():
        assert influence.alone is not None
        assert influence.alone.value >= 0


def test_an_output_that_nothing_moves_has_no_influences() -> None:
    found = influences("a", design(1_024), lambda drawn: drawn["a"] * 0)
    assert found["a"].alone is found["a"].in_all is None


def test_choosing_the_difference_of_two_normals_or_nothing_has_its_known_values() -> None:
    made = design(16_384, 4)
    first = 1 + normal_quantiles(points(made, "p1"))
    second = 2 * normal_quantiles(points(made, "p2"))
    benefits = np.stack([first - second, np.zeros_like(first)])
    everything = value_of_knowing_all(benefits)
    assert everything == pytest.approx(0.4798, rel=0.02)
    found = values_of_knowing(benefits, {"first": first, "second": second, "noise": points(made, "noise")})
    assert found["first"] == pytest.approx(0.0833, rel=0.02)
    assert found["second"] == pytest.approx(0.3956, rel=0.02)
    assert found["noise"] < everything / 1_000


def test_a_figure_that_moves_with_another_tells_of_it_too() -> None:
    made = design(16_384, 4)
    normals = {key: normal_quantiles(points(made, key)) for key in "ab"}
    mixed = together("ab", {("a", "b"): 0.8}).mixed(normals)
    benefits = np.stack([mixed["a"], np.zeros_like(mixed["a"])])
    found = values_of_knowing(benefits, mixed, [("a", "b")])
    assert found["b"] == pytest.approx(0.8135 * 0.3989, rel=0.05)  # 2 sin(0.8π/6) of φ(0), all of which a is worth
    assert found["a"] == pytest.approx(0.3989, rel=0.02)


def test_where_one_option_is_always_best_nothing_is_worth_finding_out() -> None:
    drawn = points(design(1_024), "a")
    benefits = np.stack([drawn + 1, drawn * 0])
    assert value_of_knowing_all(benefits) == pytest.approx(0)
    assert values_of_knowing(benefits, {"a": drawn}) == pytest.approx({"a": 0})


def test_percentiles_are_excels_and_a_chance_is_between_nothing_and_one() -> None:
    values = np.arange(1_024.0)
    assert quantile(values, 0.05, 16).value == pytest.approx(0.05 * 1_023)
    assert chance(values >= 0, 16).value == 1
    assert chance(values < 0, 16).value == 0


def test_students_t_agrees_with_the_tables() -> None:
    assert [student(freedom) for freedom in (15, 20, 30)] == pytest.approx([2.131, 2.086, 2.042], abs=5e-4)


def test_the_error_printed_covers_the_truth_as_often_as_it_says() -> None:
    true = {"low": -1.6448536, "median": 0.0, "high": 1.6448536, "above_zero": 0.5}
    covered = dict.fromkeys(true, 0)
    for seed in range(200):
        made = design(1_024, seed)
        total = sum(normal_quantiles(points(made, key)) for key in "abcd") / 2
        found = summarised(total, made.slices)
        for name, value in true.items():
            part = getattr(found, name)
            covered[name] += abs(part.value - value) <= part.error
    assert all(182 <= count <= 198 for count in covered.values()), covered


def test_percentiles_are_numpys_own_to_the_bit():
    values = np.array([points(design(), "a")[:16], points(design(), "b")[:16]]) * 1e6 - 4e5
    ordered = np.sort(values, axis=-1)
    for share in (0.0, 0.05, 0.5, 0.77, 1.0):
        assert percentile(ordered, share).tolist() == np.quantile(values, share, axis=-1).tolist()
        found = percentile(ordered, share, whole=True).tolist()
        assert found == np.quantile(values, share, axis=-1, method="inverted_cdf").tolist()
