"""Peers: an area may be measured against those of its region or group, named ones, or the most alike."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tables.making import ADDITIONAL, areas, only_problem, problems

HEAD = "code,name,region,people,eligible,density,age\n"
TEXT = HEAD + (
    "E08000001,Ash,North,10,1000,1,40\n"
    "E08000002,Beech,North,30,1000,2,50\n"
    "E08000003,Cedar,South,20,1000,30,41\n"
    "E08000004,Dogwood,South,60,1000,40,60\n"
    "E08000005,Elm,,5,1000,[c],60\n"
)
NOBODY = math.nan


def lines(peers: str, text: str = TEXT, benchmark: str = "best") -> list[float]:
    """The benchmark of each area, in people of a thousand."""
    projected = areas(text, table=f"peers: {peers}", benchmark=benchmark)
    return (np.broadcast_to(projected.benchmark, (len(projected.table),)) * 1000).tolist()


def close(found: list[float], expected: list[float]) -> bool:
    return found == pytest.approx(expected, nan_ok=True)


def test_peers_of_a_region_are_measured_within_it_and_one_without_a_region_has_none() -> None:
    assert close(lines("{same: region}"), [30, 30, 60, 60, NOBODY])


def test_an_area_without_peers_stays_missing_and_is_counted() -> None:
    projected = areas(TEXT, table="peers: {same: region}")
    assert close(projected[ADDITIONAL].tolist(), [20, 0, 40, 0, NOBODY])
    assert (projected.total(ADDITIONAL).value, projected.total(ADDITIONAL).missing) == (pytest.approx(60), 1)


def test_blanks_around_a_region_do_not_make_another_region() -> None:
    assert close(lines("{same: region}", TEXT.replace("Beech,North,", "Beech, North ,")), [30, 30, 60, 60, NOBODY])


def test_a_percentile_is_worked_among_the_peers() -> None:
    assert close(lines("{same: region}", benchmark="median"), [20, 20, 40, 40, NOBODY])


def test_the_mean_of_the_best_of_the_peers_is_worked_among_them() -> None:
    text = TEXT.replace(",South,", ",North,")
    assert close(lines("{same: region}", text, "best_3"), [110 / 3] * 4 + [NOBODY])


def test_named_peers_set_the_line_for_everyone_and_one_alone_is_a_named_authority() -> None:
    assert close(lines("{codes: [E08000001, E08000003]}"), [20] * 5)
    assert close(lines("{codes: [E08000002]}"), [30] * 5)
    projected = areas(TEXT, table="peers: {codes: [E08000002]}")
    assert close(projected[ADDITIONAL].tolist(), [20, 0, 10, 0, 25])


def test_a_peer_that_is_named_twice_counts_once() -> None:
    """10 and 20 people of a thousand: their median is 15, and so is the mean of the best two."""
    twice = "{codes: [E08000001, E08000003, E08000003]}"
    assert close(lines(twice, benchmark="median"), [15] * 5)
    assert close(lines(twice, benchmark="best_2"), [15] * 5)


def test_a_named_peer_that_is_no_area_of_the_table_is_told_with_the_nearest() -> None:
    with pytest.raises(Exception, match="no area has the code `E0800002`") as caught:
        lines("{codes: [E0800002]}")
    assert "E08000002" in str(caught.value)
    assert "areas.csv" in str(caught.value)


def test_the_nearest_are_those_most_alike_and_never_the_area_itself() -> None:
    projected = areas(TEXT, table="peers: {nearest: 1, by: {density: 1}}")
    assert projected.peers is not None
    assert projected.peers.tolist() == [[1], [0], [3], [2], [-1]]
    assert close(lines("{nearest: 1, by: {density: 1}}"), [30, 10, 60, 20, NOBODY])


def test_columns_are_standardised_before_areas_are_compared() -> None:
    """Unstandardised, Ash and Cedar, 29 apart in density and 1 in age, would not be nearest to each other."""
    text = TEXT.replace(",30,41", ",3,41").replace(",40,60", ",400,60")
    assert lines("{nearest: 1, by: {density: 1, age: 1}}", text)[:3:2] == pytest.approx([20, 10])
    spread = np.array([[1, 40], [2, 50], [3, 41], [400, 60]], dtype=float)
    points = (spread - spread.mean(axis=0)) / spread.std(axis=0)
    nearest = [min((np.linalg.norm(points[i] - points[j]), j) for j in range(4) if j != i)[1] for i in range(4)]
    projected = areas(text, table="peers: {nearest: 1, by: {density: 1, age: 1}}")
    assert projected.peers is not None
    assert projected.peers[:4, 0].tolist() == nearest


def test_weights_decide_which_column_matters() -> None:
    by_density = lines("{nearest: 1, by: {density: 1, age: 0}}")
    by_age = lines("{nearest: 1, by: {density: 0, age: 1}}")
    assert by_density[:4] == pytest.approx([30, 10, 60, 20])
    assert by_age[:4] == pytest.approx([20, 20, 10, 30])
    assert close(lines("{nearest: 1, by: {density: 100, age: 1}}"), by_density)


def test_a_column_that_is_the_same_everywhere_says_nothing() -> None:
    text = TEXT.replace(",40\n", ",50\n").replace(",41\n", ",50\n").replace(",60\n", ",50\n")
    assert close(lines("{nearest: 1, by: {density: 1, age: 1}}", text), [30, 10, 60, 20, NOBODY])


def test_more_peers_than_there_are_others_are_all_the_others_and_no_area_without_the_column() -> None:
    projected = areas(TEXT, table="peers: {nearest: 10, by: {density: 1}}")
    assert projected.peers is not None
    found = [sorted(position for position in row if position >= 0) for row in projected.peers.tolist()]
    assert found == [[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2], []]


def test_peers_that_are_too_small_do_not_set_the_line() -> None:
    assert close(lines("{same: region}", TEXT.replace("60,1000", "6,99")), [30, 30, 20, 20, NOBODY])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("peers", ["{same: region}", "{nearest: 2, by: {density: 1}}"])
def test_a_column_with_nothing_in_it_gives_nobody_peers_and_no_warning(peers: str) -> None:
    text = HEAD + "E08000001,Ash,,10,1000,,40\nE08000002,Beech,,30,1000,[x],50\n"
    assert close(lines(peers, text), [NOBODY, NOBODY])


@pytest.mark.parametrize(
    ("peers", "message"),
    [
        ("{}", "it is not said who the peers are"),
        ("{nearest: 2}", "it is not said who the peers are"),
        ("{by: {age: 1}}", "it is not said who the peers are"),
        ("{nearest: two, by: {age: 1}}", "`two` is not a number"),
        ("{nearest: 0, by: {age: 1}}", "`0` cannot be"),
        ("{nearest: -1, by: {age: 1}}", "`-1` cannot be"),
        ("{nearest: 1.5, by: {age: 1}}", "`1.5` peers are asked for"),
        ("{nearest: 1, by: {age: -1}}", "`-1` cannot be"),
        ("{nearest: 1, by: {age: much}}", "`much` is not a number"),
    ],
)
def test_peers_that_cannot_be_found_are_told_with_what_to_write(peers: str, message: str) -> None:
    with pytest.raises(Exception, match=message) as caught:
        lines(peers)
    assert str(caught.value).count("\n") == 1, "a hint stands under the problem"


def test_a_column_of_words_cannot_be_near_in() -> None:
    found = problems(TEXT, table="peers: {nearest: 1, by: {name: 1}}")
    assert [str(problem.position) for problem in found] == [f"areas.csv:{row}:2" for row in range(2, 7)]
    assert {problem.code for problem in found} == {"not-a-number"}


@pytest.mark.parametrize("peers", ["{same: regoin}", "{nearest: 1, by: {aeg: 1}}"])
def test_a_column_of_peers_that_is_not_there_is_told_with_the_nearest(peers: str) -> None:
    problem = only_problem(TEXT, table=f"peers: {peers}")
    assert problem.code == "unknown-name"
    assert "did you mean" in problem.hint
