"""Streams that are closed, full or gone, and bytes that are no text: told plainly, and never as a failed check."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from cli.running import PROGRAM, Ran, changed_example, process, ran

WRONG = ("is: £130,000", "is: £130,001")
FULL = Path("/dev/full")
SPEAKING = [
    ("project", "birmingham"), ("project", "birmingham", "--format", "csv"), ("check", "birmingham"), ("schema",),
    ("list", "sources"), ("--help",), ("project", "--help"), ("--version",), ("--show-completion", "bash"),
]  # fmt: skip


def without(closed: Sequence[int], *words: str) -> Ran:
    """A command some of whose streams were closed by whoever started it, as `>&-` does."""
    closing = f"import os; [os.close(number) for number in {list(closed)}]\n"
    return ran(process(*words, program=f"{closing}import sys; os.execv(sys.executable, {_again(words)})"))


def _again(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *words]


def into(words: Sequence[str], stream: str, path: Path) -> Ran:
    """A command with one of its streams going to a file."""
    with open(path, "wb") as file:
        return ran(process(*words, **{stream: file.fileno()}))  # type: ignore[arg-type]


@pytest.mark.parametrize("words", SPEAKING, ids=" ".join)
def test_a_result_that_standard_output_cannot_take_is_told_and_ends_with_code_2(words: tuple[str, ...]) -> None:
    result = without([1], *words)
    assert result.code == 2
    assert result.err.endswith("standard output: it cannot be written: it is closed\n")
    if FULL.exists():
        result = into(words, "stdout", FULL)
        assert result.code == 2
        assert result.err.endswith("standard output: it cannot be written: No space left on device\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("project", "birmingham"), 0), (("check", "cornwall"), 0), (("project", "nowhere.yaml"), 2),
        (("project", "--nonsense"), 2), ((), 2),
    ],
)  # fmt: skip
def test_talk_that_nobody_can_hear_changes_no_exit_code(words: tuple[str, ...], code: int) -> None:
    assert without([2], *words).code == code
    reader, writer = os.pipe()
    os.close(reader)
    assert ran(process(*words, stderr=writer)).code == code
    os.close(writer)
    if FULL.exists():
        assert into(words, "stderr", FULL).code == code


def test_a_check_that_fails_says_so_by_its_code_when_it_cannot_in_words(tmp_path: Path) -> None:
    assert without([2], "check", changed_example("cornwall", tmp_path, WRONG)).code == 1


def test_with_every_stream_closed_a_file_is_still_written() -> None:
    assert without([0, 1, 2], "project", "cornwall", "--output", "it.csv").code == 0
    assert Path("it.csv").read_text(encoding="utf-8").startswith("place,scenario,")


def test_a_dash_without_a_standard_input_is_told() -> None:
    result = without([0], "project", "-")
    assert (result.code, result.out) == (2, "")
    assert result.err == "standard input: there is none: it is closed\n  name a file, or pipe one in\n"
    assert ran(process("project", "-")).err.startswith("standard input:1:1: there is nothing in this file\n")


def test_a_check_whose_reader_goes_away_has_not_failed() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    started = process("check", "birmingham", stdout=writer)
    os.close(writer)
    assert ran(started).code == -signal.SIGPIPE


ODD = b"\xff"
ODD_WORDS = [
    (b"project", b"a%s.yaml"), (b"project", b"cornwall", b"--set", b"%s=1"),
    (b"project", b"cornwall", b"--set", b"living_well.added_people=3%s"),
    (b"project", b"cornwall", b"--scenario", b"%s"), (b"project", b"west-midlands", b"--area", b"%s"),
    (b"explain", b"cornwall", b"%s"), (b"show", b"%s"), (b"check", b"%s.yaml", b"--format", b"github"), (b"%s",),
    (b"solve", b"cornwall", b"--for", b"net_saving.nhs", b"--reach", b"%s", b"--by", b"added_people"),
    (b"new", b"m.yaml", b"--with", b"%s.yml"), (b"project", b"cornwall", b"--format", b"%s"),
    (b"project", b"cornwall", b"--output", b"%s"),
]  # fmt: skip


@pytest.mark.parametrize("words", ODD_WORDS, ids=str)
def test_bytes_that_are_no_text_are_answered_in_plain_words(words: tuple[bytes, ...]) -> None:
    result = ran(process(*(word.replace(b"%s", ODD) for word in words)))
    assert result.code == 2
    assert "carescale failed" not in result.err
    assert "Traceback" not in result.err


@pytest.mark.skipif(sys.platform != "linux", reason="not every system has such names")
@pytest.mark.parametrize("name", [b"n\xff.yaml", b"\x1b[2J.yml", "\u202ex.yml".encode()], ids=str)
@pytest.mark.parametrize("kind", [b"place", b"intervention"])
def test_a_file_of_any_name_is_started_named_safely_and_loads(name: bytes, kind: bytes) -> None:
    started = ran(process(b"new", name, b"--kind", kind))
    assert started.code == 0, started.err
    assert all(letter.isprintable() for letter in started.err.rstrip("\n"))
    shown = ran(process(b"project" if kind == b"place" else b"show", name))
    assert (shown.code, shown.err) == (0, "")
    assert all(letter.isprintable() or letter == "\n" for letter in shown.out)


def test_a_reader_that_goes_away_while_a_file_is_written_takes_nothing_from_it() -> None:
    started = process("check", "cornwall", "--output", "it.json", stderr=subprocess.PIPE)
    assert started.stderr is not None
    started.stderr.close()
    assert started.wait(timeout=60) == 0
    assert Path("it.json").read_text(encoding="utf-8").startswith("{")
