"""Ctrl-C, at whatever moment it comes, is one line and code 130, and leaves nothing behind."""

import os
import signal
from pathlib import Path

import pytest
from cli.running import PROGRAM, process, ran

LINE = "carescale: interrupted\n"
# An interrupt that comes as a module begins to be imported. What is raised in the middle of an import may be swallowed.
ON_IMPORT = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
"""
# One that comes when the result is written and not yet moved to its place.
ON_WRITING = """
import os, signal
from carescale.report.writers import whole_file
whole_file._like = lambda *_: os.kill(os.getpid(), signal.SIGINT)
"""
# One that comes where a library takes any exception for its own, as the garbage collector does.
SWALLOWED = """
import os, signal
class Gone:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
from carescale.inputs import loading
before = loading.open_place
loading.open_place = lambda path: (Gone(), before(path))[1]
"""
MODULES = [
    ("carescale.cli.main", "project birmingham"), ("typer", "--help"), ("rich.table", "project birmingham"),
    ("yaml", "project birmingham"), ("pydantic", "check birmingham"), ("polars", "project west-midlands"),
    ("numpy", "project west-midlands"), ("xlsxwriter", "project birmingham -o it.xlsx"),
    ("tabulate", "list sources -f grid"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "line"), MODULES)
def test_an_interrupt_in_the_middle_of_an_import_is_one_line(name: str, line: str) -> None:
    result = ran(process(*line.split(), program=ON_IMPORT.format(name=name) + PROGRAM))
    assert (result.code, result.out) == (130, "")
    assert result.err.endswith(LINE)
    assert "Traceback" not in result.err
    assert len(result.err.splitlines()) <= 2  # the other says which example is used


@pytest.mark.parametrize("ending", ["csv", "xlsx", "md"])
@pytest.mark.parametrize("before", [None, "what was there before"])
def test_an_interrupt_while_a_file_is_written_leaves_nothing_of_it(
    tmp_path: Path, ending: str, before: str | None
) -> None:
    path = tmp_path / f"it.{ending}"
    if before:
        path.write_text(before)
    result = ran(process("project", "west-midlands", "--output", str(path), program=ON_WRITING + PROGRAM))
    assert result.code == 130
    assert result.err.endswith(LINE)
    assert list(tmp_path.iterdir()) == ([path] if before else [])
    assert before is None or path.read_text() == before


def test_an_interrupt_that_a_library_would_swallow_ends_the_program() -> None:
    result = ran(process("project", "birmingham", program=SWALLOWED + PROGRAM))
    assert (result.code, result.out) == (130, "")
    assert result.err.endswith(LINE)
    assert "ignored" not in result.err


# One that comes once the program has begun to read.
ON_WAITING = """
import os, signal, sys, threading, time
def interrupt():
    while "carescale.inputs.reading" not in sys.modules:
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=interrupt, daemon=True).start()
"""


def test_an_interrupt_of_a_program_that_waits_for_its_input_is_one_line() -> None:
    reader, writer = os.pipe()
    os.set_inheritable(reader, True)
    program = f"import os; os.dup2({reader}, 0)\n" + ON_WAITING + PROGRAM
    started = process("project", "-", program=program, close_fds=False)
    os.close(reader)
    result = ran(started)
    os.close(writer)
    assert (result.code, result.err) == (130, LINE)


def test_what_ignores_interrupts_in_the_background_goes_on() -> None:
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    result = ran(process("project", "birmingham", program=ignoring + ON_IMPORT.format(name="yaml") + PROGRAM))
    assert result.code == 0
    assert result.out


def test_a_program_that_has_done_its_work_ends_as_it_did() -> None:
    late = "import atexit, os, signal; atexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
    assert ran(process("project", "birmingham", program=late + PROGRAM)).code == 0
    assert signal.SIGINT == 2  # so that 130 is 128 and the number of the signal
