"""Colours only on a terminal that wants them, pipes that close early, and windows of any width."""

import os
import pty
import signal
import subprocess

import pytest
from cli.running import ESCAPE, carescale, process, ran
from rich.cells import cell_len


def on_a_terminal(*words: str, **environment: str) -> str:
    """What a terminal receives."""
    ours, theirs = pty.openpty()
    started = process(*words, stdout=theirs, **environment)
    os.close(theirs)
    received = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    ran(started)
    assert started.returncode == 0
    return received.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # the other end is closed
        return b""


def test_a_terminal_gets_bold_headings_and_the_same_words_as_a_pipe() -> None:
    shown = on_a_terminal("project", "cornwall")
    assert "\x1b[1m" in shown
    words = [line.rstrip() for line in ESCAPE.sub("", shown).splitlines()]
    assert words == carescale("project", "cornwall").out.splitlines()


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_a_terminal_that_wants_no_colour_gets_no_escape_codes(environment: dict[str, str]) -> None:
    assert "\x1b" not in on_a_terminal("project", "cornwall", **environment)


def test_a_pipe_gets_no_escape_codes_unless_it_asks_for_them() -> None:
    assert "\x1b" not in ran(process("project", "cornwall")).out
    assert "\x1b[1m" in ran(process("project", "cornwall", FORCE_COLOR="1")).out
    assert "\x1b" not in ran(process("project", "cornwall", FORCE_COLOR="1", NO_COLOR="1")).out


@pytest.mark.parametrize("words", [("project", "birmingham"), ("list", "scenarios"), ("--help",)], ids=" ".join)
def test_a_reader_that_goes_away_ends_the_command_without_a_word(words: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    started = process(*words, stdout=writer)
    os.close(writer)
    result = ran(started)
    assert started.returncode == -signal.SIGPIPE
    assert "Traceback" not in result.err
    assert "Exception" not in result.err
    assert "Broken" not in result.err


def test_the_first_line_can_be_taken_with_head() -> None:
    started = process("list", "quantities", "birmingham")
    head = subprocess.run(["head", "-1"], stdin=started.stdout, capture_output=True, text=True, timeout=60)
    assert head.stdout.startswith("Quantity ")
    assert ran(started).err == "using the shipped example examples/birmingham.yaml; there is no birmingham here\n"


@pytest.mark.parametrize("columns", [1, 20, 40, 60])
def test_a_narrow_window_never_cuts_a_number(columns: int) -> None:
    wide = carescale("project", "england", "--full", columns=120).out
    narrow = carescale("project", "england", "--full", columns=columns).out
    for number in (
        "10,000",
        "32,770",
        "42,770",
        "4,821‡",
        "£117,000,000‡°",
        "£109,233,333‡°",
        "27 (23–48)‡°",
        "£24,270‡°",
    ):
        assert number in wide
        assert number in narrow


@pytest.mark.parametrize("columns", [80, 120, 400])
def test_no_line_is_wider_than_the_window_nor_than_is_pleasant_to_read(columns: int) -> None:
    lines = carescale("project", "birmingham", columns=columns).out.splitlines()
    assert max(map(cell_len, lines)) <= min(columns, 120)


def test_names_to_type_are_never_folded() -> None:
    listed = carescale("list", "quantities", columns=60).out
    assert "first_full_year_after_set_up " in listed
    assert "break_even_saving_per_person " in listed
