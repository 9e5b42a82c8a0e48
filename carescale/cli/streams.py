"""Standard output and standard error, whatever the shell has made of them: closed, full, broken or odd.

What cannot be told on standard error is lost, and changes nothing. What cannot be written to standard output is a
problem, and told; only a reader that has seen enough, such as `head`, ends the program without a word.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def settle_streams() -> None:
    """Put streams that keep to this in the place of the process's own."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)  # so that no file that is opened takes its number
    sys.stdout = _text(_Results(_number(sys.stdout), "w", closefd=False))
    sys.stderr = _text(_Talk(_number(sys.stderr), "w", closefd=False))


def tell(text: str) -> None:
    """Say a line on standard error; what a person or a file wrote in it is shown, never obeyed."""
    from carescale.problems import printable

    sys.stderr.write("\n".join(printable(line) for line in text.split("\n")) + "\n")


def _number(stream: TextIO | None) -> int:
    """The number of a stream; for one that is closed, of something that nothing can be written to."""
    return os.open(os.devnull, os.O_RDONLY) if stream is None else stream.fileno()


def _text(raw: io.FileIO) -> TextIO:
    """Text over bytes, sent line by line to a terminal; a byte of a file's name that is no text is a question mark."""
    eager = raw.isatty() or isinstance(raw, _Talk)
    return io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "replace", line_buffering=eager)


class _Talk(io.FileIO):
    """Standard error."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


class _Results(io.FileIO):
    """Standard output. Once it has failed it takes everything and writes nothing: the failure has been told."""

    failed = False

    def write(self, data: ReadableBuffer, /) -> int:
        if self.failed:
            return memoryview(data).nbytes
        try:
            return super().write(data)
        except BrokenPipeError:
            _end_for_want_of_a_reader()
            raise
        except OSError as error:
            from carescale.problems import Position, Problem, Problems

            self.failed = True
            reason = "it is closed" if error.errno == errno.EBADF else error.strerror
            message = f"it cannot be written: {reason}"
            raise Problems([Problem("cannot-write", message, Position("standard output"))]) from None


def _end_for_want_of_a_reader() -> None:
    """End as programs end whose reader has gone: by the signal, or where there is none by a code of failure."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGPIPE)
    os._exit(2)
