"""Which tests notice a change of the code: each touches some lines, and only those that touch a changed one are asked.

Everything is imported and collected once. One run, each test in a child of its own so that no cache hides anything,
writes down the lines each touches. A change inside a function is then put into a forked child as it stands; a change
of what runs while the package is imported, in a child that imports it anew. The first test that fails has noticed.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import hashlib
import importlib.machinery
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".mutants.json"
MEMORY = 6 * 2**30
ARGUMENTS = ["-p", "no:cacheprovider", "-s", "--assert=plain", "-n", "0"]
OFTEN = 200  # a function entered more often in one test is not watched any longer there
AT_IMPORT = "import"
hypothesis.settings.register_profile(
    "mutants", derandomize=True, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck)
)


# --- a change put into a running process -----------------------------------------------------------------------------


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _alone(code: CodeType) -> tuple[object, ...]:
    """A code without those inside it."""
    consts = [(type(one), repr(one)) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, consts


def _address(code: CodeType) -> tuple[object, ...]:
    return code.co_filename, code.co_qualname, tuple(code.co_positions())


def _entry(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


class Living:
    """The functions that live in this process, by their code; what they have worked out is forgotten."""

    def __init__(self) -> None:
        mine = [one for one in gc.get_objects() if isinstance(one, FunctionType | _lru_cache_wrapper)]
        self.functions: dict[tuple[object, ...], list[FunctionType]] = {}
        for one in mine:
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(ROOT / "carescale")):
                self.functions.setdefault(_address(one.__code__), []).append(one)
        self.caches = [one for one in mine if isinstance(one, _lru_cache_wrapper)]

    def put(self, path: Path, changed: ast.Module, at_import: set[tuple[object, ...]]) -> bool:
        """Put a changed file into the functions of this process; False where that would not be the whole change."""
        old = list(_codes(compile(path.read_text(encoding="utf-8"), str(path), "exec", dont_inherit=True)))
        new = list(_codes(compile(changed, str(path), "exec", dont_inherit=True)))
        if len(old) != len(new):
            return False
        pairs = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
        found = [(self.functions.get(_address(one), []), one, other) for one, other in pairs]
        inside = {id(code) for one, _ in pairs if self.functions.get(_address(one)) for code in _codes(one)}
        for functions, one, other in found:
            differs = _alone(one) != _alone(other)
            if differs and ((not functions and id(one) not in inside) or _entry(one) in at_import):
                return False
            for function in functions:
                function.__code__ = other
        self.forget()
        return True

    def forget(self) -> None:
        """So that formulas are traced again, and what was kept of calls is worked out anew."""
        from carescale.formulas import registry

        for formula in registry.all_formulas():
            formula.__dict__.pop("tree", None)
        registry.__dict__.pop("monthly_names", None)
        for cache in self.caches:
            with contextlib.suppress(TypeError):
                cache.cache_clear()


def forget_the_code() -> None:
    """So that the next import of the package, and of the tests, reads their files."""
    for name, module in list(sys.modules.items()):
        if isinstance(module, ModuleType) and str(getattr(module, "__file__", None) or "").startswith(str(ROOT)):
            path = str(module.__file__)
            if "/.venv/" not in path and name != __name__ and name != "__main__":
                del sys.modules[name]


def read_as_changed(path: Path, changed: ast.Module) -> None:
    """From now on an import of that file brings the change."""
    loader = importlib.machinery.SourceFileLoader
    plain = loader.get_code

    def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> Any:
        if Path(self.path) == path:
            return compile(changed, self.path, "exec", dont_inherit=True)
        return plain(self, fullname)

    loader.get_code = get_code  # type: ignore[method-assign]


# --- which lines are touched -----------------------------------------------------------------------------------------


def _traced(watched: frozenset[str], do: Callable[[], object]) -> dict[str, Any]:
    """The lines that are touched, by file, and what is entered, functions and bodies of classes alike."""
    touched: dict[str, set[int]] = {path: set() for path in watched}
    entered = Counter[CodeType]()

    def enter(frame: FrameType, event: str, argument: object) -> Any:
        lines = touched.get(frame.f_code.co_filename)
        entered[frame.f_code] += lines is not None
        if lines is None or entered[frame.f_code] > OFTEN:
            return None

        def step(frame: FrameType, event: str, argument: object) -> Any:
            if event == "line":
                lines.add(frame.f_lineno)
            return step

        return step

    sys.settrace(enter)
    try:
        do()
    finally:
        sys.settrace(None)
    lines = {path: sorted(lines) for path, lines in touched.items() if lines}
    return {"lines": lines, "entered": sorted({_entry(code) for code in entered if code.co_filename in watched})}


# --- tests -----------------------------------------------------------------------------------------------------------


class Asked:
    """A plugin that ends the process at the first test that fails, and leaves its name in a file."""

    def __init__(self, note: Path, seconds: dict[str, float]) -> None:
        self.note, self.seconds = note, seconds

    def pytest_runtest_logstart(self, nodeid: str, location: object) -> None:
        self.note.write_text(f"without end: {nodeid}", encoding="utf-8")
        usual = self.seconds.get(nodeid, 20)
        signal.setitimer(signal.ITIMER_PROF, 4 + 6 * usual)  # of the processor
        signal.setitimer(signal.ITIMER_REAL, 60 + 30 * usual)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.note.write_text(report.nodeid, encoding="utf-8")
            os._exit(1)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.note.write_text(f"at import: {report.nodeid}", encoding="utf-8")
            os._exit(1)


class Children:
    """Forked processes, each with a folder of its own, so many at once."""

    def __init__(self, at_once: int, config: pytest.Config) -> None:
        self.at_once, self.config = at_once, config
        self.running: dict[int, tuple[Path, Callable[[int, Path], None]]] = {}

    def start(self, do: Callable[[Path], None], ended: Callable[[int, Path], None]) -> None:
        """Do something in a child; afterwards, here, `ended` is told its exit code."""
        while len(self.running) >= self.at_once:
            self.wait()
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        if pid := os.fork():
            self.running[pid] = folder, ended
            return
        code = 3
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
            (folder / "tests").mkdir()
            self.config._tmp_path_factory._basetemp = folder / "tests"  # type: ignore[attr-defined]
            tempfile.tempdir = str(folder)
            do(folder)
            code = 0
        finally:
            os._exit(code)

    def wait(self) -> None:
        """Until one of them has ended."""
        pid, status = os.wait()
        folder, ended = self.running.pop(pid)
        ended(status, folder)
        shutil.rmtree(folder, ignore_errors=True)

    def wait_for_all(self) -> None:
        while self.running:
            self.wait()


def digest(*paths: Path) -> str:
    """Of what stands in files."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


class Kept:
    """What is known from runs before, in a file that is no part of the project."""

    def __init__(self) -> None:
        known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
        self.touched: dict[str, dict[str, Any]] = known.get("touched", {})
        self.noticed: dict[str, dict[str, str]] = known.get("noticed", {})

    def write(self) -> None:
        KEPT.write_text(json.dumps({"touched": self.touched, "noticed": self.noticed}), encoding="utf-8")


class Noticing:
    """A plugin: once the tests are collected, `hunt` is called instead of running them."""

    def __init__(
        self, watched: frozenset[str], at_once: int, patience: float, hunt: Callable[[Noticing], None]
    ) -> None:
        self.watched, self.at_once, self.patience, self.hunt, self.kept = watched, at_once, patience, hunt, Kept()
        self.last: dict[Path, list[str]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which lines each test touches, then hunt."""
        if session.testsfailed:
            raise session.Interrupted("there are tests that cannot be read")
        self.items = {item.nodeid: item for item in session.items}
        self.children = Children(self.at_once, session.config)
        self.living = Living()
        gc.freeze()
        package = digest(*sorted((ROOT / "carescale").rglob("*.py")))
        for name, item in self.items.items():
            state = package + digest(item.path)
            if self.kept.touched.get(name, {}).get("state") != state:
                self._learn(name, state, lambda item=item: self._run([item]))
        if self.kept.touched.get(AT_IMPORT, {}).get("state") != package:
            self._learn(AT_IMPORT, package, self._import)
        self.children.wait_for_all()
        self.kept.write()
        for name in self.items:
            if self.kept.touched[name]["failed"]:
                print(f"fails without any change, and is not asked: {name}")
        names = [name for name in self.items if not self.kept.touched[name]["failed"]]
        self.names = sorted(names, key=lambda name: self.kept.touched[name]["seconds"])
        self.seconds = {name: self.kept.touched[name]["seconds"] for name in names}
        self.state = package + digest(*sorted({self.items[name].path for name in names}))
        self.hunt(self)
        self.children.wait_for_all()
        self.kept.write()
        return True

    def _run(self, items: list[pytest.Item]) -> None:
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)

    def _import(self) -> None:
        import pkgutil

        forget_the_code()
        import carescale.formulas

        for module in pkgutil.walk_packages(carescale.__path__, "carescale."):
            importlib.import_module(module.name)

    def _learn(self, name: str, state: str, do: Callable[[], object]) -> None:
        def learn(folder: Path) -> None:
            self.children.config.pluginmanager.register(Asked(folder / "failed", {}))
            self.living.forget()
            started = time.process_time()
            answer = {"state": state, "failed": False, **_traced(self.watched, do)}
            answer["seconds"] = time.process_time() - started
            if name != AT_IMPORT:
                del answer["entered"]
            (folder / "touched.json").write_text(json.dumps(answer), encoding="utf-8")

        def ended(status: int, folder: Path) -> None:
            answer = folder / "touched.json"
            failed = {"state": state, "seconds": 0, "lines": {}, "failed": True}
            self.kept.touched[name] = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else failed
            if len(self.kept.touched) % 100 == 0:
                self.kept.write()

        self.children.start(learn, ended)

    def _in_order(self, path: Path, lines: set[int], near: tuple[str, ...], names: list[str]) -> list[str]:
        """Tests: those that noticed something before, that touch the lines, that bear the file's name, that are near,
        the quick ones first.
        """

        def rank(name: str) -> tuple[bool, ...]:
            return name not in touch, path.stem not in name, not name.startswith(near)

        touch = {name for name in names if lines & set(self.kept.touched[name]["lines"].get(str(path), ()))}
        known, last = set(names), [name for name in self.last.get(path, ())[-8:] if self.seconds[name] < 1]
        order = list(dict.fromkeys([*(name for name in last[::-1] if name in known), *sorted(names, key=rank)]))
        sums = accumulate(self.seconds[name] for name in order)
        return [name for name, so_far in zip(order, sums, strict=True) if so_far <= self.patience]

    def ask(
        self, key: str, path: Path, lines: set[int], near: tuple[str, ...], changed: Callable[[], ast.Module]
    ) -> None:
        """Whether a test notices a change, `near` ones asked first: `kept.noticed[key]["by"]` is its name, or ""."""
        touching = [n for n in self.names if lines & set(self.kept.touched[n]["lines"].get(str(path), ()))]
        at_import = {tuple(one) for one in self.kept.touched[AT_IMPORT]["entered"]}

        def child(folder: Path) -> None:
            tree, asked = changed(), Asked(folder / "noticed", self.seconds)
            if self.living.put(path, tree, at_import):
                self.children.config.pluginmanager.register(asked)
                self._run([self.items[name] for name in self._in_order(path, lines, near, touching)])
            else:
                self._anew(path, tree, asked, self._in_order(path, lines, near, self.names))

        def ended(status: int, folder: Path) -> None:
            note = folder / "noticed"
            by = note.read_text(encoding="utf-8") if status and note.exists() else ""
            self.kept.noticed[key] = {"by": by, "state": self.state}
            if by in self.seconds:
                self.last.setdefault(path, []).append(by)
            if len(self.kept.noticed) % 20 == 0:
                self.kept.write()

        self.children.start(child, ended)

    def _anew(self, path: Path, tree: ast.Module, asked: Asked, names: list[str]) -> None:
        """Import everything but the libraries again, changed, and run tests: a few first, then the others."""
        read_as_changed(path, tree)
        try:
            self._import()
        except Exception as why:
            asked.note.write_text(f"at import: {type(why).__name__}", encoding="utf-8")
            os._exit(1)
        os.chdir(ROOT)
        for some in filter(None, (names[:20], names[20:])):
            pytest.main([*ARGUMENTS, *some], plugins=[asked])
