"""Changes the code one node at a time and asks the tests of facts whether they notice: `make mutants`.

    python tests/mutants.py [formulas|engine|numbers|verdicts ...] [--only FILE] [--sample N]

Each change runs in a forked child of a process that has imported everything but the code itself. What survives is
printed with its line; a change that changes nothing stands in `tests/mutants-equivalent.txt`, with the reason.
"""

from __future__ import annotations

import argparse
import ast
import importlib.machinery
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "carescale"
EQUIVALENT = ROOT / "tests" / "mutants-equivalent.txt"
SECONDS, AT_ONCE = 120, 2
LIBRARIES = (
    "pytest", "hypothesis", "numpy", "scipy.optimize", "scipy.stats", "yaml", "pydantic", "typer", "rich.table",
    "polars", "numpy_financial", "tabulate", "xlsxwriter", "openpyxl",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """Files that are changed, and the tests that should notice, the quickest first."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


_FACTS = ("tests/formulas", "tests/account", "tests/cases", "tests/budget", "tests/exams")
TARGETS: Mapping[str, Target] = {
    "formulas": Target(("formulas/*.py",), (*_FACTS, "tests/test_yearly_shares.py", "tests/test_solve.py")),
    "engine": Target(
        ("engine/*.py",), ("tests/engine", *_FACTS, "tests/workbook/test_excel_fold.py", "tests/language")
    ),
    "numbers": Target(("numbers.py", "measures.py"), ("tests/test_numbers.py", "tests/cases", "tests/test_claims.py")),
    "verdicts": Target(
        ("analysis/verdicts.py", "analysis/check.py", "analysis/leaning.py"),
        ("tests/cases", "tests/test_claims.py", "tests/language"),
    ),
}
_COMPARED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
             ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}  # fmt: skip
_WORKED_OUT = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
               ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}  # fmt: skip
_CALLED = {
    "minimum": "maximum", "maximum": "minimum", "min": "max", "max": "min", "any": "all", "all": "any",
    "less": "more", "more": "less", "ceiling": "floor", "floor": "ceiling",
}  # fmt: skip


# --- changes ---------------------------------------------------------------------------------------------------------


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], None]]]:
    """What can be changed of a node, in words, and the change."""
    match node:
        case ast.Compare(ops=[only]) if type(only) in _COMPARED:
            other = _COMPARED[type(only)]
            yield f"{type(only).__name__} → {other.__name__}", lambda: setattr(node, "ops", [other()])
        case ast.BinOp() if type(node.op) in _WORKED_OUT:
            other = _WORKED_OUT[type(node.op)]
            yield f"{type(node.op).__name__} → {other.__name__}", lambda: setattr(node, "op", other())
        case ast.BoolOp():
            other = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield f"{type(node.op).__name__} → {other.__name__}", lambda: setattr(node, "op", other())
        case ast.UnaryOp(op=ast.USub()):
            yield "minus dropped", lambda: setattr(node, "op", ast.UAdd())
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", lambda: setattr(node, "op", ast.UAdd())
        case ast.IfExp():
            yield "if always", lambda: setattr(node, "test", ast.Constant(True))
            yield "if never", lambda: setattr(node, "test", ast.Constant(False))
        case ast.Constant(value=bool()):
            yield f"{node.value} → {not node.value}", lambda: setattr(node, "value", not node.value)
        case ast.Constant(value=int() | float()):
            yield f"{node.value} → {node.value + 1}", lambda: setattr(node, "value", node.value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield f"{name} → {_CALLED[name]}", lambda: setattr(node.func, "id", _CALLED[name])


@dataclass(frozen=True)
class Mutant:
    """A file with one node changed, by its place among the nodes of the file."""

    path: Path
    position: int
    way: int
    line: int
    says: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(PACKAGE).as_posix()}: {self.source} [{self.says}]"

    def code(self) -> ast.Module:
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        node = list(ast.walk(tree))[self.position]
        list(_changes(node))[self.way][1]()
        return ast.fix_missing_locations(tree)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every change of a file, but in annotations and in what only says how an object is printed."""
    text = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.split("\n")
    passed_over = set(_passed_over(tree))
    for position, node in enumerate(ast.walk(tree)):
        if id(node) in passed_over or not hasattr(node, "lineno"):
            continue
        for way, (says, _) in enumerate(_changes(node)):
            yield Mutant(path, position, way, node.lineno, says, lines[node.lineno - 1].strip())


def _passed_over(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        hidden: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.args, *node.args.kwonlyargs]
            hidden = [node.returns, *(argument.annotation for argument in arguments)]
        elif isinstance(node, ast.AnnAssign):
            hidden = [node.annotation]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dataclass":
            hidden = [node]
        yield from (id(inner) for one in hidden if one for inner in ast.walk(one))


# --- tests -----------------------------------------------------------------------------------------------------------


def _child(mutant: Mutant | None, tests: tuple[str, ...]) -> None:
    """Run the tests over a change, in this process, and end it with pytest's exit code."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.environ["CI"] = "true"  # the same examples of hypothesis for every change
    if mutant:
        changed, loader = mutant, importlib.machinery.SourceFileLoader
        plain = loader.get_code

        def get_code(self: importlib.machinery.SourceFileLoader, fullname: str) -> object:
            if Path(self.path) == changed.path:
                return compile(changed.code(), self.path, "exec", dont_inherit=True)
            return plain(self, fullname)

        loader.get_code = get_code  # type: ignore[method-assign,assignment]
    import pytest

    quick = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain"]
    for one in tests:
        if code := int(pytest.main([*quick, one])):
            os._exit(code)
    os._exit(0)


def _survivors(mutants: list[Mutant | None], tests: tuple[str, ...]) -> Iterator[Mutant | None]:
    """Those changes that no test notices; None stands for no change at all."""
    running: dict[int, Mutant | None] = {}
    waiting = list(mutants)
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            mutant = waiting.pop()
            if not (pid := os.fork()):
                _child(mutant, tests)
            running[pid] = mutant
        pid, status = os.wait()
        if status == 0:
            yield running[pid]
        del running[pid]


def _equivalent() -> set[str]:
    lines = EQUIVALENT.read_text(encoding="utf-8").split("\n") if EQUIVALENT.exists() else []
    return {line.split("  # ")[0].strip() for line in lines if line and not line.startswith("#")}


def main() -> int:
    """Print the table; exit code 1 where more than 2% of the changes of a target survive."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    parser.add_argument("--only", default="", help="files whose path holds this")
    parser.add_argument("--sample", type=int, default=0, help="so many changes, chosen by a fixed seed")
    asked = parser.parse_args()
    os.chdir(ROOT)
    for name in LIBRARIES:
        __import__(name)
    equivalent, failed = _equivalent(), False
    for name in asked.targets:
        target = TARGETS[name]
        paths = [path for pattern in target.files for path in sorted(PACKAGE.glob(pattern)) if asked.only in str(path)]
        mutants = [mutant for path in paths for mutant in mutants_of(path) if mutant.name not in equivalent]
        if asked.sample:
            mutants = random.Random(0).sample(mutants, min(asked.sample, len(mutants)))
        started = time.monotonic()
        if list(_survivors([None], target.tests)) != [None]:
            print(f"{name}: the tests fail without any change")
            return 2
        survived = sorted((one for one in _survivors([*mutants], target.tests) if one), key=lambda one: one.name)
        share = 1 - len(survived) / max(1, len(mutants))
        failed |= share < 0.98
        took = time.monotonic() - started
        print(f"{name}: {len(mutants) - len(survived)} of {len(mutants)} killed, {share:.1%} ({took:.0f} s)")
        for path in paths:
            mine = [one for one in survived if one.path == path]
            total = sum(one.path == path for one in mutants)
            print(f"  {path.relative_to(PACKAGE).as_posix():34} {total - len(mine):4} of {total:4}")
            for one in mine:
                print(f"    line {one.line}: {one.source} [{one.says}]")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
