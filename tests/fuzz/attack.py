"""Attack every command and reader with inputs of its own making, and say what is found.

    python tests/fuzz/attack.py [COUNT] [FIRST SEED]     20,000 unless told
    python tests/fuzz/attack.py --only SEED              one input again, in this process

An input that does harm is kept in tests/fuzz/found/ with its files. Ends with code 1 where there is any.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import run

TESTS = Path(__file__).parents[1]
FOUND = Path(__file__).parent / "found"
if __name__ == "__main__":
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # threads are lost in a fork
    sys.path[0] = str(TESTS)  # not this folder, whose modules are named by it


def main(arguments: Sequence[str]) -> int:
    match list(arguments):
        case ["--only", seed]:
            return again(int(seed))
        case ["--part", first, count]:
            return part(int(first), int(count))
        case [*numbers]:
            count, first = (*map(int, numbers), *(20_000, 0)[len(numbers) :])
            return whole(count, first)


def again(seed: int) -> int:
    """Run one input here, where a debugger can look on."""
    from cli.running import carescale
    from fuzz.inputs import make
    from fuzz.judging import judge, put_files

    given = make(seed)
    print(given.words)
    for name, data in given.files.items():
        print(f"--- {name}\n{data.decode('utf-8', 'backslashreplace')[:5_000]}")
    with tempfile.TemporaryDirectory() as folder:
        judged = judge(given, Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        put_files(given, Path(folder))
        os.chdir(folder)
        os.environ["CARESCALE_DEBUG"] = "1"
        ran = carescale(*given.words, stdin=given.stdin)
        os.chdir(TESTS)
    print(f"--- output\n{ran.out[:5_000]}\n--- talk\n{ran.err[:5_000]}\n--- {judged}")
    return bool(judged.faults)


def part(first: int, count: int) -> int:
    """A run of seeds in children of this process; a line of JSON for each."""
    from dataclasses import asdict

    from fuzz.children import attack, preload

    preload()
    for judged in attack(range(first, first + count), FOUND):
        print(json.dumps(asdict(judged)), flush=True)
    return 0


def whole(count: int, first: int) -> int:
    """All of them, a part for each processor, and a table of what came of it."""
    from fuzz.children import Judged

    workers = os.cpu_count() or 1
    sizes = [len(range(at, count, workers)) for at in range(workers)]
    firsts = [first + sum(sizes[:at]) for at in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        texts = list(pool.map(in_a_process, firsts, sizes))
    judged = [Judged(**json.loads(line)) for text in texts for line in text.splitlines()]
    print(table(judged))
    print(told_all(judged))
    return bool(told_all(judged) or len(judged) < count)


def told_all(judged: Sequence) -> str:
    """What is wrong with any of them, each with the command that runs it again."""
    from fuzz.children import told

    return "\n".join(told(one) for one in judged if one.faults)


def in_a_process(first: int, count: int) -> str:
    done = run(
        [sys.executable, __file__, "--part", str(first), str(count)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stderr[-3_000:], file=sys.stderr)
    return done.stdout


def table(judged: Sequence) -> str:
    """How many inputs by command and by reader, how many got past loading, what they took, what was wrong."""
    lines = [f"{'':18}{'inputs':>8}{'past loading':>14}{'slowest s':>11}{'faults':>8}"]
    for kind in ("command", "reader"):
        for name in sorted({getattr(one, kind) for one in judged}):
            lines.append(_row(name, [one for one in judged if getattr(one, kind) == name]))
        lines.append("")
    lines.append(_row("all", judged))
    lines.append(
        f"exit codes {dict(sorted(Counter(one.code for one in judged).items()))}, at most {max((one.megabytes for one in judged), default=0)} MB"
    )
    return "\n".join(lines)


def _row(name: str, some: Sequence) -> str:
    past, faults = sum(one.past for one in some), sum(bool(one.faults) for one in some)
    return f"{name:18}{len(some):8,}{past:8,}{past / max(1, len(some)):6.0%}{max((one.seconds for one in some), default=0):11.1f}{faults:8,}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
