"""Benchmarks are worked over the areas that are large enough, and only areas below the line move."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables.making import ADDITIONAL, BENCHMARK, COHORT, ELIGIBLE, RATE, areas, only_problem, projected, rated

TOTAL, FLOOR = f"{COHORT}.total_people", f"{COHORT}.minimum_eligible"
ELEVEN = rated([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100])  # rates of 0%, 1%, … 10%


@pytest.mark.parametrize(
    ("benchmark", "rate"),
    [
        ("best", 0.1), ("top_decile", 0.09), ("top_quartile", 0.075), ("median", 0.05),
        ("mean_of_best", 0.08), ("best_3", 0.09), ("best 3", 0.09), ("best_1", 0.1), ("best_99", 0.05),
    ],
)  # fmt: skip
def test_a_benchmark_of_eleven_even_rates_is_what_one_works_out_by_hand(benchmark: str, rate: float) -> None:
    assert float(areas(ELEVEN, benchmark=benchmark).benchmark) == pytest.approx(rate, rel=1e-12)


def percentile_inc(values: list[float], share: float) -> float:
    """As Microsoft describes PERCENTILE.INC: between the values at ranks around share × (n − 1) + 1."""
    ordered = sorted(values)
    rank = share * (len(ordered) - 1)
    below = math.floor(rank)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (rank - below) * (ordered[above] - ordered[below])


def test_percentiles_are_those_of_a_spreadsheet_worked_by_hand() -> None:
    """PERCENTILE.INC of {1, 2, 4, 8} at 0.75 is 5, at 0.9 is 6.8, and the median 3."""
    text = rated([1, 2, 4, 8])
    rates = [float(areas(text, benchmark=name).benchmark) for name in ("top_quartile", "top_decile", "median")]
    assert rates == pytest.approx([0.005, 0.0068, 0.003], rel=1e-12)


SHARES = {"top_decile": 0.9, "top_quartile": 0.75, "median": 0.5, "best": 1.0}
FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
COUNTS = st.lists(st.integers(0, 1000), min_size=1, max_size=30)


@FEW
@given(counts=COUNTS, name=st.sampled_from(sorted(SHARES)))
def test_percentiles_are_those_of_numpy_and_of_a_spreadsheet(counts: list[int], name: str) -> None:
    rates = [count / 1000 for count in counts]
    found = float(areas(rated(counts), benchmark=name).benchmark)
    assert found == pytest.approx(np.percentile(rates, 100 * SHARES[name]), rel=1e-12)
    assert found == pytest.approx(percentile_inc(rates, SHARES[name]), rel=1e-12)


@FEW
@given(
    counts=st.lists(st.tuples(st.integers(0, 900), st.integers(900, 90_000)), min_size=1, max_size=20),
    name=st.sampled_from([*SHARES, "mean_of_best", "best_3"]),
)
def test_nobody_above_the_benchmark_moves_and_everyone_below_ends_on_it(
    counts: list[tuple[int, int]], name: str
) -> None:
    found = areas(rated(*zip(*counts, strict=True)), benchmark=name)
    rates, line, more = found[RATE], float(found.benchmark), found[ADDITIONAL]
    assert (more >= 0).all()
    assert (more[rates > line * (1 + 1e-12)] == 0).all()
    then = found[TOTAL] / found.table.figures[ELIGIBLE]
    assert then == pytest.approx(np.maximum(rates, line), rel=1e-9, abs=1e-15)


@FEW
@given(counts=COUNTS)
def test_totals_fall_as_the_benchmark_falls(counts: list[int]) -> None:
    first = areas(rated(counts))
    named = [first.with_benchmark(name) for name in ("best", "top_decile", "top_quartile", "median")]
    lines = [float(one.benchmark) for one in named]
    totals = [one.total(ADDITIONAL).value for one in named]
    assert lines == sorted(lines, reverse=True)
    assert totals == pytest.approx(sorted(totals, reverse=True), rel=1e-9, abs=1e-9)


def test_an_area_past_the_benchmark_stays_where_it_is() -> None:
    found = areas(rated([10, 20, 90]), benchmark="median")
    assert found[ADDITIONAL].tolist() == pytest.approx([10, 0, 0])
    assert found[TOTAL].tolist() == pytest.approx([20, 20, 90])


# --- who may set the line ------------------------------------------------------------------------------------------

SMALL = rated([10, 20, 9], [1000, 1000, 99])


def test_an_area_with_few_eligible_people_does_not_set_the_line_but_is_measured() -> None:
    found = areas(SMALL)
    assert found.benchmark == 0.02
    assert found.too_small() == 1
    assert found[RATE][2] == pytest.approx(9 / 99)
    assert found[ADDITIONAL].tolist() == pytest.approx([10, 0, 0])


def test_an_area_with_just_enough_eligible_people_sets_the_line() -> None:
    found = areas(rated([10, 20, 9], [1000, 1000, 100]))
    assert (float(found.benchmark), found.too_small()) == (0.09, 0)


@pytest.mark.parametrize(("floor", "rate"), [("50", 9 / 99), ("99", 9 / 99), ("100", 0.02), ("1,001", math.nan)])
def test_how_many_are_enough_can_be_set(floor: str, rate: float) -> None:
    areas(SMALL)
    found = projected("place.yaml", f"minimum_eligible={floor}")
    assert float(found.benchmark) == pytest.approx(rate, nan_ok=True)
    if math.isnan(rate):
        assert found.total(ADDITIONAL).missing == 3


def test_a_missing_area_neither_counts_in_a_benchmark_nor_is_caught_up_for() -> None:
    found = areas(rated([10, "[c]", 20, "", 30], [1000, 1000, 1000, 1000, "[x]"]), benchmark="median")
    assert found.benchmark == pytest.approx(0.015)
    total = found.total(ADDITIONAL)
    assert (total.value, total.known, total.missing) == (pytest.approx(5), 2, 3)
    assert [found.missing_reason(i) for i in (1, 3, 4)] == ["suppressed, too few", "blank", "not available"]


def test_an_area_with_nobody_eligible_has_no_rate() -> None:
    found = areas(rated([0, 20], [0, 1000]))
    assert math.isnan(found[RATE][0])
    assert found.benchmark == 0.02


def test_a_table_with_no_rate_at_all_has_no_benchmark_and_no_sum() -> None:
    found = areas(rated(["[c]", "[c]"]))
    assert math.isnan(found.benchmark)
    assert (found.total(ADDITIONAL).known, found.total(ADDITIONAL).missing) == (0, 2)


def test_every_area_alike_leaves_nothing_to_catch_up() -> None:
    for name in SHARES:
        assert areas(rated([5, 5, 5]), benchmark=name).total(ADDITIONAL).value == 0


@pytest.mark.parametrize("benchmark", ["bestest", "best_-1", "3", "13%", "[best]", "best_2.5"])
def test_a_benchmark_that_there_is_not_is_told_at_its_line(benchmark: str) -> None:
    problem = only_problem(ELEVEN, benchmark=benchmark)
    assert problem.position.file == "place.yaml"
    assert problem.position.line > 0


def test_the_mean_of_the_best_none_is_no_benchmark() -> None:
    assert only_problem(ELEVEN, benchmark="best_0").position.file == "place.yaml"


def test_a_column_in_other_units_is_brought_to_people() -> None:
    weeks, thousands = "column: people, divided_by: 52", 'column: eligible, times: "1,000"'
    found = areas(rated([520, 1040], [1, 1]), people=weeks, eligible=thousands)
    assert found[BENCHMARK] == pytest.approx(0.02)
    assert found.table.figures[ELIGIBLE].tolist() == [1000, 1000]


def test_a_named_rate_is_a_benchmark_too() -> None:
    areas(ELEVEN)
    found = projected("place.yaml", f"{COHORT}.target=rate", f"{COHORT}.target_rate=5%")
    assert found[ADDITIONAL].tolist() == pytest.approx([50, 40, 30, 20, 10, 0, 0, 0, 0, 0, 0])
