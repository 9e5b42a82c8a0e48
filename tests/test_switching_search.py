"""The search for where something holds: against trying every value, on lines, staircases, saws and what has no end."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carescale.analysis.search import Scale, Span, crossing, nearest_step, scale_of, spans_where, steps_to_try
from carescale.formulas import registry

PEOPLE = scale_of(registry.figures["added_people"])


def tried(values: list[bool]) -> list[Span]:
    """The spans of values that are true, by looking at each."""
    firsts = [i for i, value in enumerate(values) if value and (i == 0 or not values[i - 1])]
    lasts = [i for i, value in enumerate(values) if value and (i == len(values) - 1 or not values[i + 1])]
    return [Span(first, last) for first, last in zip(firsts, lasts, strict=True)]


@given(st.lists(st.booleans(), min_size=1, max_size=300))
def test_the_spans_are_those_found_by_trying_every_value(values: list[bool]) -> None:
    assert spans_where(lambda step: values[step], list(range(len(values)))) == tried(values)


@given(st.integers(min_value=1, max_value=10**9))
def test_an_end_anywhere_is_found_to_the_very_step(end: int) -> None:
    assert spans_where(lambda step: step >= end, steps_to_try(PEOPLE, None)) == [Span(end, PEOPLE.high)]
    assert spans_where(lambda step: step <= end, steps_to_try(PEOPLE, None)) == [Span(0, end)]


def test_the_teeth_of_a_saw_near_an_end_are_found() -> None:
    def holds(step: int) -> bool:
        return step - 60 * math.ceil(step / 75) >= 1_000

    spans = spans_where(holds, steps_to_try(PEOPLE, None))
    assert spans[-1].last == PEOPLE.high
    around = range(4_000, 6_000)
    expected = tried([holds(step) for step in around])
    assert [span.first for span in spans] == [around[0] + span.first for span in expected]


@pytest.mark.parametrize(
    ("name", "grain", "low", "high", "open_ended"),
    [
        ("added_people", "1", 0, 10**10, True),
        ("ramp_months", "1", 0, 1_200, True),
        ("horizon_months", "1", 0, 1_200, False),
        ("running_cost_share", "0.0001", 0, 10_000, False),
        ("running_cost_per_person", "1", 0, 10**10, True),
        ("published_saving_per_person", "1", -(10**10), 10**10, True),
        ("carers_per_arrangement", "0.01", 0, 10**12, True),
    ],
)
def test_a_figure_is_tried_where_it_can_be(name: str, grain: str, low: int, high: int, open_ended: bool) -> None:
    assert scale_of(registry.figures[name]) == Scale(Decimal(grain), low, high, open_ended)


@pytest.mark.parametrize("kind", registry.figures.values(), ids=lambda kind: kind.name)
def test_every_figure_has_a_scale_with_both_its_ends_and_today_among_the_steps(kind: object) -> None:
    scale = scale_of(kind)  # type: ignore[arg-type]
    steps = steps_to_try(scale, scale.at(777))
    assert {scale.low, scale.high, 0, 1, *(step for step in (777, 778) if step <= scale.high)} <= set(steps)
    assert len(steps) < 2_500


def test_a_line_crosses_where_it_is_the_target_and_a_staircase_jumps_over() -> None:
    assert crossing(lambda x: 26_000 * x + 8_000, 1_000_000, 38, 39) == pytest.approx(992 / 26)
    assert crossing(lambda x: x * x, 2, 1, 2) == pytest.approx(math.sqrt(2))
    assert crossing(lambda x: 3.0 * x, 6, 2, 3) == 2
    assert crossing(lambda x: float(math.ceil(x / 10)), 2, 20, 21) is None
    assert crossing(lambda x: math.inf if x > 5 else x, 7, 5, 6) is None
    assert crossing(lambda x: math.inf if x >= 6 else x, 5.2, 5, 6) is None
    assert crossing(lambda x: -math.inf if x <= 5 else x, 5.7, 5, 6) is None
    assert crossing(lambda x: math.nan if x < 1 else x, 0.5, 0, 1) is None


def test_the_nearest_step_is_the_one_beside_today_where_many_fall_short_alike() -> None:
    steps = list(range(101))

    def short_by(step: int) -> float:
        return max(float(60 - step), 5.0)

    assert nearest_step(short_by, steps, 20) == (55, Span(55, 100))
    assert nearest_step(short_by, steps, 80) == (80, Span(55, 100))
    assert nearest_step(short_by, steps, None) == (55, Span(55, 100))
