"""A file with thousands of mistakes: the first twenty are told, the others counted, and each costs no more time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from carescale.inputs.loading import load
from carescale.problems import Position, Problem, Problems, did_you_mean

HEAD = "place: x\nyear: 2020\nsource: scie-2017\nplan:\n  shared_lives: {add: {learning_disability: 10}}\n"


def lines(text: str, count: int) -> str:
    """So many lines, each with its number for the N."""
    return "".join(text.replace("N", str(number)) for number in range(count))


# A mistake made over and over: what stands before, and the line.
MANY = {
    "keys that mean nothing": ("", "keyN: 1\n"),
    "figures that nobody knows": ("figures:\n", "  figureN: 1\n"),
    "claims on nothing": ("claims:\n", "  - {that: shared_lives.savingN, is: 3}\n"),
    "sources that nobody declared": (
        "sources:\nAS MANYclaims:\n",
        "  - {that: shared_lives.net_saving.council, is: 3, source: sourN}\n",
    ),
    "commas in braces": ("figures:\n", "  groupN: {people: 1,000}\n"),
    "sources without a title": ("sources:\n", "  sourceN: {publisher: a, year: 2020}\n"),
    "tables of other shapes": ("claims:\n", "  - {that: shared_lives.net_saving.council, tha: 3}\n"),
}


def problems_of(what: str, count: int, folder: Path) -> Problems:
    before, line = MANY[what]
    before = before.replace("AS MANY", lines("  sourceN: {publisher: a, title: b, year: 2020}\n", count))
    (folder / "many.yaml").write_text(HEAD + before + lines(line, count), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        load("many.yaml")
    return caught.value


def steps_of(what: str, count: int, folder: Path) -> int:
    """How many lines of Python, and calls of it, reading takes: a clock that other work does not disturb."""
    steps = 0

    def count_one(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count_one)
    try:
        problems_of(what, count, folder)
    finally:
        sys.setprofile(None)
    return steps


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("what", MANY)
def test_twenty_problems_of_a_file_are_told_and_the_others_counted(what: str, tmp_path: Path) -> None:
    found = problems_of(what, 120, tmp_path)
    told = found.told()
    assert len(told) == 21
    assert told[-1] == f"many.yaml: and {len(found.problems) - 20:,} more"
    assert str(found) == "\n".join(told)


@pytest.mark.parametrize("what", MANY)
def test_twice_as_many_problems_take_twice_as_long(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the first that are told with hints, each problem costs what the one before it did."""
    monkeypatch.setattr("carescale.inputs.document._CROWD", 3)
    fewest, fewer, more = (steps_of(what, count, tmp_path) for count in (100, 200, 300))
    assert more - fewer < 1.4 * (fewer - fewest)


def test_problems_of_several_files_are_told_file_by_file() -> None:
    found = Problems(
        [Problem("no-year", f"{file} {line}", Position(f"{file}.yaml", line)) for file in "ab" for line in range(1, 31)]
    )
    assert [told for told in found.told() if "more" in told] == ["a.yaml: and 10 more", "b.yaml: and 10 more"]
    assert len(found.told()) == 42


def test_a_name_is_compared_with_a_thousand_at_most_those_that_start_alike_first() -> None:
    names = [f"area {i}" for i in range(50_000)] + ["Birmingham"]
    assert did_you_mean("Birmingam", names).startswith("did you mean `Birmingham`?")
