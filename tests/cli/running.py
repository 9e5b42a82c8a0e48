"""Runs the command line as a person would and keeps what came out: in this process, or in one of its own."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from carescale.cli.main import run
from carescale.inputs.reading import forget_read

PROGRAM = "import sys; sys.argv[0] = 'carescale'; from carescale.cli.start import start; start()"
# What the surroundings of a test run might say about the terminal, or about this program, is left out.
_LEFT_OUT = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "CARESCALE_DEBUG")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Ran:
    """The exit code, and what stood on standard output and standard error."""

    code: int
    out: str
    err: str


def carescale(*words: str, columns: int = 80, stdin: str | bytes = "") -> Ran:
    """Run a command in this process; nothing is a terminal."""
    out, err, given = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(3))
    given.buffer.write(stdin.encode() if isinstance(stdin, str) else stdin)
    given.seek(0)
    forget_read()
    with (
        mock.patch.dict(os.environ, _environment(columns), clear=True),
        mock.patch.multiple(sys, argv=["carescale", *words], stdin=given, stdout=out, stderr=err),
    ):
        code = _code_of_run()
    return Ran(code, _text(out), _text(err))


def command(line: str, *, columns: int = 80) -> Ran:
    """Run a line as it stands in a text: `carescale list interventions`."""
    program, *words = shlex.split(line)
    assert program == "carescale", f"{line} is no command of carescale"
    return carescale(*words, columns=columns)


def process(
    *words: str | bytes,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
    program: str = PROGRAM,
    close_fds: bool = True,
    **environment: str,
) -> subprocess.Popen[bytes]:
    """Start a command in a process of its own, or another program with it."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        env={**_environment(80), "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        close_fds=close_fds,
    )


def ran(started: subprocess.Popen[bytes]) -> Ran:
    """Wait for a process."""
    out, err = started.communicate(timeout=60)
    return Ran(started.returncode, (out or b"").decode(), (err or b"").decode())


def said(result: Ran) -> str:
    """What was said on standard error, checked to be for people: no traceback."""
    assert "Traceback" not in result.err
    return result.err


def changed_example(name: str, folder: Path, *changes: tuple[str, str]) -> str:
    """The path of a copy of an example that ships, with some of its text changed."""
    from carescale.inputs.library import shipped

    text = (shipped("examples") / f"{name}.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, f"{name} no longer says {before}"
        text = text.replace(before, after, 1)
    path = folder / f"our-{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def _environment(columns: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, "COLUMNS": str(columns), "TERM": "xterm-256color"}


def _code_of_run() -> int:
    try:
        run()
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
    return 0


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined]
