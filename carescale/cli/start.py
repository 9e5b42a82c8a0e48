"""The program, from its first line: what an interrupt does is settled before anything is imported that takes time."""

from __future__ import annotations

import gc
import os
import signal

OBJECTS = 200_000  # between looks for rings of objects that nothing holds; a run needs most of its own to the end


def start() -> None:
    """Run the command line, and end the process with its exit code."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # ignored where a shell runs it in the background
        signal.signal(signal.SIGINT, _interrupted)
    gc.set_threshold(OBJECTS)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it reads about every package installed
    from carescale.cli.streams import settle_streams

    settle_streams()
    from carescale.cli.main import run

    try:
        run()
    except SystemExit as end:  # all is done, told and flushed; an interrupt from here on would say otherwise
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os._exit(int(end.code or 0))  # at once: taking apart all that was loaded takes long and gives nobody anything


def _interrupted(number: int, frame: object) -> None:
    """End at once: an exception could be swallowed by an import or a library that is in the middle of something."""
    try:
        os.write(2, b"carescale: interrupted\n")
    finally:
        os._exit(128 + number)
