"""Running one input, and what is wrong with what came of it."""

from __future__ import annotations

import json
import os
import re
import resource
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from cli.running import Ran
from cli.running import carescale as run
from fuzz.inputs import Input
from fuzz.lines import COMMANDS, options

import carescale.inputs.loading as loading

SECONDS = 5  # of the processor, for one input
MEGABYTES = 500  # of memory, at the most
LONGEST_TALK = 40_000  # characters on standard error
MAY_FAIL_A_CHECK = ("check",)  # the commands that end with code 1
CRASHED = ("Traceback (most recent call last)", "carescale failed:")
NO_NUMBER = re.compile(r"(?<![\w.-])(nan|inf|-inf|NaN|Infinity|None|undefined)(?![\w.-])")
_OPTION, _NAMES = re.compile(r"(?<![\w-])--[a-z][a-z-]+"), re.compile(r"carescale ([a-z-]+)")
_OF_ALL = {"--help", "--debug", "--version"}
_SPARED = dict.fromkeys(map(ord, "\n\u200c\u200d"))  # joiners are parts of words and emoji


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What came of an input: its code, whether it got past loading, what it took, and the faults found."""

    seed: int
    command: str
    reader: str
    line: str
    code: int
    past: bool
    seconds: float
    megabytes: int
    faults: tuple[str, ...]


def judge(given: Input, folder: Path) -> Judged:
    """Run an input in this process, in an empty folder, and look at all that it did."""
    put_files(given, folder)
    before, loaded = os.getcwd(), mock.Mock(wraps=loading.load)
    returned: list[object] = []

    def load(*arguments: object, **named: object) -> object:
        returned.append(found := loaded(*arguments, **named))
        return found

    started = time.process_time()
    try:
        os.chdir(folder)
        with mock.patch.object(loading, "load", load):
            ran, faults = run(*given.words, stdin=given.stdin), []
    except BaseException as error:  # nothing at all may come out of the command line
        ran, faults = Ran(-1, "", ""), [f"traceback: {type(error).__name__}: {error}"[:500]]
    finally:
        os.chdir(before)
    seconds, megabytes = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    faults += [*wrong(given, ran, folder)]
    faults += [f"over {SECONDS} s: {seconds:.1f}"] * (seconds > SECONDS) + [f"over {MEGABYTES} MB: {megabytes}"] * (
        megabytes > MEGABYTES
    )
    return Judged(seed=given.seed, command=given.command, reader=given.reader, line=" ".join(map(repr, given.words)), code=ran.code, past=bool(returned) or ran.code in (0, 1),
                  seconds=seconds, megabytes=megabytes, faults=tuple(faults))  # fmt: skip


def put_files(given: Input, folder: Path) -> None:
    for name, data in given.files.items():
        (folder / name).write_bytes(data)


def wrong(given: Input, ran: Ran, folder: Path) -> Iterator[str]:
    """Everything that is wrong with what was said and written, in words."""
    if any(mark in ran.err + ran.out for mark in CRASHED):
        yield f"traceback: {ran.err[-600:]}"
    if ran.code not in (0, 1, 2) or (ran.code == 1 and given.command not in MAY_FAIL_A_CHECK):
        yield f"exit code {ran.code}"
    if ran.code == 2 and not ran.err.strip():
        yield "refused without a word"
    if len(ran.err) > LONGEST_TALK:
        yield f"{len(ran.err)} characters of talk"
    spared = {"csv": "\r", "tsv": "\r\t"}.get(next((word for word in given.words if word in ("csv", "tsv")), ""), "")
    for name, text in (
        ("standard output", ran.out.replace("\r\n", "\n") if spared else ran.out),
        ("standard error", ran.err),
    ):
        if sign := control(text, spared=spared.strip("\r")):
            yield f"control character {sign!r} on {name}"
    yield from _hints(given, ran)
    yield from _numbers(given, ran)
    yield from _files(given, ran, folder)


def control(text: str, spared: str = "") -> str:
    """The first sign that a terminal would obey; empty where there is none."""
    if text.translate(_SPARED).isprintable():
        return ""
    return next(
        (sign for sign in text.translate(_SPARED) if not sign.isprintable() and sign not in f" \u00a0{spared}"), ""
    )


def _hints(given: Input, ran: Ran) -> Iterator[str]:
    """Options that a refusal tells of, and that neither the command has nor one that the refusal names."""
    if ran.code != 2 or given.command not in COMMANDS:
        return
    named = {given.command, *(set(_NAMES.findall(ran.err)) & set(COMMANDS))}
    known = {
        name for command in named for option in options(command) for name in (*option.opts, *option.secondary_opts)
    }
    written = " ".join([*given.words, *(data.decode("utf-8", "replace") for data in given.files.values())])
    for hint in sorted(set(_OPTION.findall(ran.err)) - known - _OF_ALL):
        if hint not in written:
            yield f"{hint} is told of, which {given.command} does not have: {ran.err[-300:]}"


def _numbers(given: Input, ran: Ran) -> Iterator[str]:
    """What a program prints where it has no number, unless it stands in the input or is asked for."""
    packed = any(name.endswith((".xlsx", ".ods")) for name in given.files)  # whose words cannot be looked for
    found = None if packed or "html" in given.words else NO_NUMBER.search(ran.out)
    if found and not any(
        found[0].lower().encode() in data.lower()
        for data in (*given.files.values(), given.stdin, " ".join(given.words).encode("utf-8", "replace"))
    ):
        yield f"{found[0]!r} is printed: {ran.out[max(0, found.start() - 60) : found.end() + 40]!r}"
    if ran.code == 0 and ("json" in given.words) and "-o" not in given.words and "--output" not in given.words:
        yield from _strict_json(ran.out, "standard output")


def _strict_json(text: str, where: str) -> Iterator[str]:
    def refuse(word: str) -> None:
        raise ValueError(f"{word} is no JSON")

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError as error:
        yield f"{where}: {error}"


def _files(given: Input, ran: Ran, folder: Path) -> Iterator[str]:
    """Whether what was there is as it was, and what is new is whole and was asked for."""
    for name, data in given.files.items():
        if not (folder / name).is_file() or (folder / name).read_bytes() != data:
            yield f"{name} was changed"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name in given.files:
            continue
        if path.name.startswith("."):
            yield f"left over: {name}"
        elif not any(name in word for word in given.words) and not name.endswith(".source.yaml"):
            yield f"nobody asked for {name}"
        elif path.is_file():
            yield from _whole(path, other="-f" in given.words or "--format" in given.words)


def _whole(path: Path, *, other: bool) -> Iterator[str]:
    data = path.read_bytes()
    if not data:
        yield f"{path.name} is empty"
    elif (path.suffix in (".xlsx", ".docx") and (not zipfile.is_zipfile(path) or zipfile.ZipFile(path).testzip())) or (
        path.suffix in (".html", ".svg")
        and not other
        and not data.rstrip().endswith((b"</html>", b"</svg>", b"</table>", b"</p>", b"</pre>"))
    ):
        yield f"{path.name} is half-written"
    elif path.suffix == ".json":
        yield from _strict_json(data.decode(), path.name)
