"""Kill the program at random moments of every kind of --output: no file half-written, nothing left by the next run.

    python tests/kills.py [KILLS] [SEED]

Not part of `make test`: it takes some minutes. It prints what it found and ends with code 1 if that is not nothing.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PROGRAM = [
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'carescale'; from carescale.cli.start import start; start()",
]
COMMANDS = {
    "project": ("birmingham", ("csv", "tsv", "json", "md", "txt", "html", "xlsx")),
    "project --monthly": ("birmingham", ("csv", "json")),
    "project of areas": ("west-midlands", ("csv", "tsv", "json", "md", "txt", "html", "xlsx", "parquet")),
    "appraise": ("birmingham", ("csv", "json", "xlsx", "html")),
    "budget --start 2026-09": ("birmingham", ("csv", "json", "xlsx", "html")),
    "check": ("birmingham", ("csv", "json", "xml", "md")),
    "schema": ("place", ("json",)),
}
BEFORE = b"what was there before\n"
BAD = ("HALF-WRITTEN", "LOST", "NOT WHOLE AFTER THE NEXT RUN", "LEFT OVER AFTER THE NEXT RUN")
Kind = tuple[str, str, str]
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def line(command: str, example: str, path: Path) -> list[str]:
    """A command line that writes an example to a file."""
    words = command.removesuffix(" of areas").split()
    return [*PROGRAM, words[0], example, *words[1:], "--output", str(path)]


def same(path: Path, whole: bytes) -> bool:
    """Whether a file holds what a run that was left alone wrote; a workbook carries its command and the time."""
    found = path.read_bytes()
    if path.suffix != ".xlsx":
        return found == whole
    import zipfile

    return zipfile.is_zipfile(path) and zipfile.ZipFile(path).testzip() is None and abs(len(found) - len(whole)) < 200


def killed(words: list[str], folder: Path, rng: random.Random, longest: float, number: signal.Signals) -> bool:
    """Run a command and kill it at any moment, or, as often, within some milliseconds of its first trace in the folder;
    whether it was still running.
    """
    before = set(folder.iterdir())
    started = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if rng.random() < 0.5:
        time.sleep(rng.uniform(0, longest))
    else:
        while started.poll() is None and set(folder.iterdir()) == before:
            time.sleep(0.0002)
        time.sleep(rng.uniform(0, 0.03))
    alive = started.poll() is None
    started.send_signal(number)
    started.wait()
    return alive


def run_alone(kind: Kind, path: Path) -> float:
    """Let a run end; how many seconds it took."""
    begun = time.perf_counter()
    subprocess.run(line(*kind[:2], path), check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def after_a_kill(path: Path, there: bool, whole: bytes) -> Iterator[str]:
    """What a killed run left of the file and beside it."""
    if not path.exists():
        yield "LOST" if there else "as before"
    elif there and path.read_bytes() == BEFORE:
        yield "as before"
    else:
        yield "whole" if same(path, whole) else "HALF-WRITTEN"
    if any(one != path for one in path.parent.iterdir()):
        yield "left behind until the next run"


def after_the_next_run(path: Path, whole: bytes) -> Iterator[str]:
    """What is wrong once another run has ended."""
    if not same(path, whole):
        yield "NOT WHOLE AFTER THE NEXT RUN"
    if any(one != path for one in path.parent.iterdir()):
        yield "LEFT OVER AFTER THE NEXT RUN"


def main(kills: int, seed: int) -> int:
    """Kill, look, run once more, look again."""
    rng = random.Random(seed)
    kinds = [(name, example, ending) for name, (example, endings) in COMMANDS.items() for ending in endings]
    found = Counter(dict.fromkeys(BAD, 0))
    with tempfile.TemporaryDirectory() as folder:
        whole, seconds = {}, {}
        for kind in kinds:
            path = Path(folder) / f"out.{kind[2]}"
            seconds[kind], whole[kind] = run_alone(kind, path), path.read_bytes()
            path.unlink()
        for position in range(kills):
            kind, number = kinds[position % len(kinds)], rng.choice(SIGNALS)
            path = Path(folder) / f"out.{kind[2]}"
            if there := rng.random() < 0.5:
                path.write_bytes(BEFORE)
            found["killed while running"] += killed(line(*kind[:2], path), path.parent, rng, seconds[kind], number)
            found.update(after_a_kill(path, there, whole[kind]))
            run_alone(kind, path)
            found.update(after_the_next_run(path, whole[kind]))
            path.unlink()
    counts = "".join(f"{count:5}  {what}\n" for what, count in sorted(found.items()))
    sys.stdout.write(f"{kills} kills of {len(kinds)} kinds of output, seed {seed}\n{counts}")
    return int(any(found[what] for what in BAD))


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(given[0] if given else 200, given[1] if given[1:] else 1))
