"""Inputs in forked children of a process that has everything loaded, each with its limits of time and memory."""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import resource
import signal
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fuzz.inputs import Input, make
from fuzz.judging import MEGABYTES, SECONDS, Judged, judge, put_files

IN_A_CHILD = 100  # inputs that one child takes, one after the other
WAITING = 60  # seconds of the clock, after which an input that does nothing is ended; others may share the machine
WARM = (
    "project birmingham", "check cornwall", "calc 1+1", "list interventions", "show shared_lives",
    "explain cornwall portfolio.net_saving.council", "schema", "project birmingham -f json", "chart cornwall", "simulate cornwall --draws 1024", "appraise cornwall",
    "budget cornwall --start 2026-09", "compare cornwall birmingham", "solve cornwall --for net_saving.nhs --reach £1m --by added_people",
)  # fmt: skip


def preload() -> None:
    """Import all there is, and read the library; nothing that starts threads, which a fork would lose."""
    from cli.running import carescale

    import carescale as package

    for module in pkgutil.walk_packages(package.__path__, "carescale."):
        importlib.import_module(module.name)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for line in WARM:
            carescale(*line.split())
    gc.freeze()


def attack(seeds: Sequence[int], keep: Path) -> Iterator[Judged]:
    """Judge the inputs of these seeds. What is wrong is kept in a folder of its own, from which it can be run again."""
    waiting = list(seeds)
    while waiting:
        judged = list(_in_a_child(waiting[:IN_A_CHILD], keep))
        yield from judged
        waiting = waiting[len(judged) :]


def _in_a_child(seeds: Sequence[int], keep: Path) -> Iterator[Judged]:
    """The judgements of one child, up to and with the input that ended it. The child alone makes the inputs."""
    with tempfile.NamedTemporaryFile("r") as told:
        child = os.fork()
        if not child:
            _work(seeds, told.name, keep)
        _, status = os.waitpid(child, 0)
        begun, *done = _judged([json.loads(line) for line in told])
    yield from done
    if begun:
        end = (
            signal.Signals(os.WTERMSIG(status)).name
            if os.WIFSIGNALED(status)
            else f"exit code {os.WEXITSTATUS(status)}"
        )
        yield Judged(**{**begun, "faults": (f"its process was ended by {end}",)})


def _judged(lines: Sequence[dict[str, Any]]) -> list[Any]:
    """What was begun and not ended, and what was judged: every input has a line before it and one after it."""
    done = [Judged(**{**line, "faults": tuple(line["faults"])}) for line in lines[1::2]]
    return [lines[-1] if len(lines) % 2 else None, *done]


def _work(seeds: Sequence[int], told: str, keep: Path) -> None:
    """In a child: judge each input, and write down what came of it before the next begins."""
    try:
        _limit_memory()
        with open(told, "w") as lines:
            for seed in seeds:
                _limit_time()
                given = make(seed)
                print(json.dumps(asdict(begun(given))), file=lines, flush=True)
                with tempfile.TemporaryDirectory(prefix="attack-") as folder:
                    judged = judge(given, Path(folder))
                if judged.faults:
                    keep_it(given, judged, keep)
                print(json.dumps(asdict(judged)), file=lines, flush=True)
        os._exit(0)
    finally:
        os._exit(3)


def begun(given: Input) -> Judged:
    """What is known of an input that its process does not come back from."""
    return Judged(seed=given.seed, command=given.command, reader=given.reader, line=" ".join(map(repr, given.words)), code=-1,
                  past=True, seconds=0, megabytes=0, faults=())  # fmt: skip


def _limit_memory() -> None:
    """Of addresses, which libraries reserve without using, much; what is used is looked at when all is done."""
    with open("/proc/self/statm") as pages:
        reserved = int(pages.read().split()[0]) * resource.getpagesize()
    most = reserved + 4 * MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _limit_time() -> None:
    """Some seconds of the processor more than have been used, and the clock for what waits for nothing."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 4 * SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(WAITING)


def keep_it(given: Input, judged: Judged, keep: Path) -> None:
    """Write an input down with what is wrong with it."""
    folder = keep / str(judged.seed)
    folder.mkdir(parents=True, exist_ok=True)
    put_files(given, folder)
    if given.stdin:
        (folder / "stdin").write_bytes(given.stdin)
    (folder / "what-is-wrong.txt").write_text(told(judged), encoding="utf-8", errors="backslashreplace")


def told(judged: Judged) -> str:
    """What is wrong with an input, and how to run it again."""
    faults = "\n  ".join(judged.faults)
    return f"seed {judged.seed} ({judged.reader}): carescale {judged.line[:300]}\n  {faults}\n  again: python tests/fuzz/attack.py --only {judged.seed}\n"
