"""Whatever is in a table, it is read and projected, or every problem in it is told of plainly."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import ODD_NUMBERS, ODD_TEXTS
from tables.making import projected

from carescale.inputs.library import shipped
from carescale.problems import KINDS, Problems
from carescale.report.screens.areas import areas_screen
from carescale.report.screens.areas_data import area_frame

TABLE = (shipped("examples") / "west-midlands.csv").read_bytes()
PLACE = (shipped("examples") / "west-midlands.yaml").read_text(encoding="utf-8")
CHUNKS, IN_A_CHUNK = 2, 60
SECONDS = 3
CELLS = (*ODD_NUMBERS, *ODD_TEXTS, '"', '""', '"a', "a,b", "\n", "\r", ";", "[c]", "..", "E08000025", "code", "weeks",
         "=1+1", "'", "#REF!", "(5)", "5%", "-0.0", "1e15", "1e308", "E92000001")  # fmt: skip
SIGNS = (b'"', b"\n", b"\r", b",", b";", b"\t", b"\x00", b"\xff", b"\xef\xbb\xbf")


def swap_cells(data: bytes, random: Random) -> bytes:
    lines = [line.split(b",") for line in data.split(b"\n")]
    for _ in range(random.choice((1, 2, 5))):
        first, second = random.choice(lines), random.choice(lines)
        i, j = random.randrange(len(first)), random.randrange(len(second))
        first[i], second[j] = second[j], first[i]
    return b"\n".join(b",".join(line) for line in lines)


def put_a_cell(data: bytes, random: Random) -> bytes:
    lines = [line.split(b",") for line in data.split(b"\n")]
    for _ in range(random.choice((1, 1, 4))):
        line = random.choice(lines)
        line[random.randrange(len(line))] = random.choice(CELLS).encode("utf-8", "surrogatepass")
    return b"\n".join(b",".join(line) for line in lines)


def cut_rows(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    first = random.randrange(len(lines))
    return b"\n".join(lines[:first] + lines[first + random.choice((1, 1, 3, 20)) :])


def repeat_rows(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return b"\n".join(lines)


def odd_bytes(data: bytes, random: Random) -> bytes:
    broken = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 10))):
        broken[random.randrange(len(broken))] = random.randrange(256)
    return bytes(broken)


def odd_signs(data: bytes, random: Random) -> bytes:
    where = random.randrange(len(data) + 1)
    return data[:where] + random.choice(SIGNS) + data[where:]


def cut_off(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


WAYS = (swap_cells, put_a_cell, put_a_cell, cut_rows, repeat_rows, odd_bytes, odd_signs, odd_signs, cut_off)


def mutate(random: Random) -> bytes:
    data = TABLE
    for _ in range(random.choice((1, 1, 2, 3))):
        data = random.choice(WAYS)(data, random) if data else TABLE
    return data


def outcome(data: bytes) -> str:
    """`read`, or `refused` with problems that a person can act on; anything else is an error of ours."""
    Path("west-midlands.csv").write_bytes(data)
    Path("place.yaml").write_text(PLACE, encoding="utf-8")
    started = time.process_time()
    try:
        areas = projected("place.yaml")
        assert len(areas_screen(areas).blocks()) > 4
        assert areas_screen(areas).first()
        assert len(area_frame(areas)) == len(areas.table)
    except Problems as found:
        assert_told_well(found)
        return "refused"
    finally:
        assert time.process_time() - started < SECONDS
    return "read"


def assert_told_well(found: Problems) -> None:
    assert found.problems
    for problem in found.problems:
        assert problem.code in KINDS
        assert problem.position.file == "west-midlands.csv", str(problem)
        assert problem.hint, str(problem)
        assert len(str(problem)) < 1_000
        assert str(problem).replace("\n", "").isprintable(), repr(str(problem))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_mutated_table_is_read_and_projected_or_refused_in_words(chunk: int) -> None:
    outcomes: Counter[str] = Counter()
    for seed in range(chunk * IN_A_CHUNK, (chunk + 1) * IN_A_CHUNK):
        data = mutate(Random(seed))
        try:
            outcomes[outcome(data)] += 1
        except Exception as error:
            error.add_note(f"seed {seed}: {data!r}")
            raise
    assert min(outcomes["read"], outcomes["refused"]) > IN_A_CHUNK // 10, outcomes


def test_the_table_that_mutations_start_from_is_read() -> None:
    assert outcome(TABLE) == "read"


FEW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(data=st.binary(max_size=200))
def test_any_bytes_at_all_are_refused_in_words(data: bytes) -> None:
    assert outcome(data) == "refused"


@FEW
@given(cells=st.lists(st.lists(st.sampled_from(CELLS), max_size=6), max_size=8))
def test_any_cells_under_the_headings_are_refused_in_words_unless_one_is_the_code_of_an_area(
    cells: list[list[str]],
) -> None:
    text = "code,council,region,adults_18_64,weeks\n" + "".join(",".join(row) + "\n" for row in cells)
    found = outcome(text.encode("utf-8", "surrogatepass"))  # in which the problems, or what was read, are looked at
    assert found == "refused" or "E08000025" in text
