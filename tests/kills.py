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
from pathlib import Path

PROGRAM = [sys.executable, "-c", "import sys; sys.argv[0] = 'carescale'; from carescale.cli.start import start; start()"]
COMMANDS = {
    "project": ("birmingham", ("csv", "tsv", "json", "md", "txt", "html", "xlsx")),
    "project --monthly": ("birmingham", ("csv", "json")),
    "project of areas": ("west-midlands", ("csv", "tsv", "json", "md", "txt", "html", "xlsx", "parquet")),
    "appraise": ("birmingham", ("csv", "json", "xlsx", "html")),
    "check": ("birmingham", ("csv", "json", "xml", "md")),
    "schema": ("place", ("json",)),
}
BEFORE = b"what was there before\n"
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


def killed(words: list[str], after: float, number: signal.Signals) -> bool:
    """Run a command and send it a signal after a while; whether it was still running."""
    started = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    alive = started.poll() is None
    started.send_signal(number)
    started.wait()
    return alive


def main(kills: int, seed: int) -> int:
    """Kill, look, run once more, look again."""
    rng = random.Random(seed)
    kinds = [(name, example, ending) for name, (example, endings) in COMMANDS.items() for ending in endings]
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        whole, seconds = {}, {}
        for kind in kinds:
            path = Path(folder) / f"whole.{kind[2]}"
            begun = time.perf_counter()
            subprocess.run(line(*kind[:2], path), check=True, stderr=subprocess.DEVNULL)
            whole[kind], seconds[kind] = path.read_bytes(), time.perf_counter() - begun
            path.unlink()
        for position in range(kills):
            kind = kinds[position % len(kinds)]
            number = SIGNALS[position % len(SIGNALS)]
            path = Path(folder) / f"out.{kind[2]}"
            if there := rng.random() < 0.5:
                path.write_bytes(BEFORE)
            after = rng.uniform(0.4, 1.05) * seconds[kind]  # the earlier part is imports, and touches no file
            found["killed while running"] += killed(line(*kind[:2], path), after, number)
            if path.exists():
                old = there and path.read_bytes() == BEFORE
                found["as before" if old else "whole" if same(path, whole[kind]) else "HALF-WRITTEN"] += 1
            else:
                found["LOST" if there else "as before"] += 1
            left = [one.name for one in Path(folder).iterdir() if one != path]
            found["left behind until the next run"] += bool(left)
            subprocess.run(line(*kind[:2], path), check=True, stderr=subprocess.DEVNULL)
            found["not whole after the next run"] += not same(path, whole[kind])
            found["LEFT OVER AFTER THE NEXT RUN"] += any(one != path for one in Path(folder).iterdir())
            path.unlink()
    print(f"{kills} kills of {len(kinds)} kinds of output, seed {seed}")
    for what in ("HALF-WRITTEN", "LOST", "LEFT OVER AFTER THE NEXT RUN"):
        found[what] += 0
    for what, count in sorted(found.items()):
        print(f"{count:5}  {what}")
    bad = ("HALF-WRITTEN", "LOST", "LEFT OVER AFTER THE NEXT RUN", "not whole after the next run")
    return int(any(found[what] for what in bad))


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(given[0] if given else 200, given[1] if given[1:] else 1))
