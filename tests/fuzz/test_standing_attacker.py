"""Two thousand inputs over every command and reader: an answer, or problems in words; never a crash, or a file half-written.

What is found is kept in tests/fuzz/found/, by its seed, and told with the command that runs it again; `make fuzz` runs 20,000.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.running import process, ran
from fuzz.attack import in_a_process, told_all
from fuzz.children import Judged
from fuzz.inputs import READERS, make
from fuzz.judging import put_files, wrong
from fuzz.lines import COMMANDS, VALUES, options

PARTS, IN_A_PART = 2, 1_000
IN_PROCESSES_OF_THEIR_OWN = 20


@pytest.mark.parametrize("part", range(PARTS))
def test_every_input_is_answered_or_refused_in_words(part: int) -> None:
    judged = [Judged(**json.loads(line)) for line in in_a_process(part * IN_A_PART, IN_A_PART).splitlines()]
    assert len(judged) == IN_A_PART
    assert not told_all(judged), told_all(judged)
    assert sum(one.past for one in judged) >= IN_A_PART / 2, "most are refused before any sum: that tries too little"
    assert {one.reader for one in judged} == set(READERS)


@pytest.mark.parametrize("seed", range(0, 200, 200 // IN_PROCESSES_OF_THEIR_OWN))
def test_the_real_command_answers_alike(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = make(seed)
    put_files(given, tmp_path)
    monkeypatch.chdir(tmp_path)
    found = ran(process(*(word.encode("utf-8", "replace") for word in given.words)))
    assert not [*wrong(given, found, tmp_path)]


def test_every_command_and_every_option_is_attacked() -> None:
    for command in COMMANDS:
        for option in options(command):
            assert option.is_flag or option.opts[0] in {*VALUES, "--output"}, (
                f"{command} {option.opts[0]}: give it values"
            )
    tried = {make(seed).command for seed in range(1_000)}
    assert tried == set(COMMANDS)


def test_an_input_is_the_same_whenever_it_is_made() -> None:
    assert [make(seed) for seed in range(50)] == [make(seed) for seed in range(50)]
