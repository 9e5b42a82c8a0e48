"""Changes the code one node at a time and asks the tests of facts whether they notice: `make mutants`.

    python tests/mutants.py [formulas|numbers|verdicts|engine ...] [--only FILE] [--sample N] [--survivors]

What survives is printed with its line; a change that changes nothing stands in `tests/mutants-equivalent.txt`, with the
reason. What a run has found is kept in `.mutants.json`, so that one that was interrupted goes on where it ended.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import pytest
from noticing import ARGUMENTS, KEPT, Noticing

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "carescale"
EQUIVALENT = ROOT / "tests" / "mutants-equivalent.txt"


# Tests that say facts of the world; those that compare with what was printed before are no facts.
FACTS = (
    "tests/formulas", "tests/account", "tests/cases", "tests/budget", "tests/exams", "tests/engine", "tests/language",
    "tests/track", "tests/uncertainty", "tests/simulate", "tests/tables", "tests/workbook",
    "tests/page/test_page_numbers.py", "tests/test_numbers.py", "tests/test_claims.py",
    "tests/test_claims_without_a_number.py", "tests/test_solve.py", "tests/test_yearly_shares.py",
)  # fmt: skip
TARGETS: Mapping[str, tuple[str, ...]] = {
    "formulas": ("formulas/*.py",),
    "numbers": ("numbers.py", "measures.py"),
    "verdicts": ("analysis/verdicts.py", "analysis/check.py", "analysis/leaning.py"),
    "engine": ("engine/*.py",),
}
# The tests that are asked first, by the folder that is changed.
NEAR: Mapping[str, tuple[str, ...]] = {
    "formulas": (
        "tests/engine/test_registry.py",
        "tests/formulas",
        "tests/account",
        "tests/cases",
        "tests/budget",
        "tests/track",
        "tests/tables",
    ),
    "engine": ("tests/engine", "tests/language", "tests/workbook", "tests/formulas"),
    "carescale": ("tests/test_numbers.py", "tests/language/test_units.py"),
    "analysis": ("tests/cases", "tests/test_claims", "tests/language/test_published_sums.py"),
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
    """A file with one node changed, by its place among the nodes of the file; `lines` are those of its statement."""

    path: Path
    position: int
    way: int
    lines: frozenset[int]
    line: int
    name: str
    text: str = field(repr=False)

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.name}|{self.position}|{self.way}|{self.text}".encode()).hexdigest()[:16]

    def code(self) -> ast.Module:
        tree = ast.parse(self.text)
        node = list(ast.walk(tree))[self.position]
        list(_changes(node))[self.way][1]()
        return ast.fix_missing_locations(tree)


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every change of a file, but in annotations and in what only says how an object is made."""
    text = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.split("\n")
    passed_over, touched, seen = set(_passed_over(tree)), _lines_of_statements(tree), Counter[str]()
    for position, node in enumerate(ast.walk(tree)):
        if id(node) in passed_over or not hasattr(node, "lineno"):
            continue
        for way, (says, _) in enumerate(_changes(node)):
            name = f"{path.relative_to(PACKAGE).as_posix()}: {lines[node.lineno - 1].strip()} [{says}]"
            seen[name] += 1
            name += f" #{seen[name]}" if seen[name] > 1 else ""
            spread = frozenset(range(node.lineno, (node.end_lineno or 0) + 1))
            yield Mutant(path, position, way, touched[id(node)] | spread, node.lineno, name, text)


def _lines_of_statements(tree: ast.AST) -> dict[int, frozenset[int]]:
    """For each node the lines of the statement that it is in; of one with statements inside, its first line."""
    found: dict[int, frozenset[int]] = {}

    def visit(node: ast.AST, lines: frozenset[int]) -> None:
        if isinstance(node, ast.stmt):
            inside = hasattr(node, "body") or hasattr(node, "cases")
            lines = frozenset(range(node.lineno, node.lineno + 1 if inside else (node.end_lineno or 0) + 1))
        elif isinstance(node, ast.Lambda):
            lines = frozenset(range(node.lineno, (node.end_lineno or 0) + 1))
        found[id(node)] = lines
        for inner in ast.iter_child_nodes(node):
            visit(inner, lines)

    visit(tree, frozenset())
    return found


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


# --- hunting ---------------------------------------------------------------------------------------------------------


def _equivalent() -> set[str]:
    lines = EQUIVALENT.read_text(encoding="utf-8").split("\n") if EQUIVALENT.exists() else []
    return {line.split("  # ")[0].strip() for line in lines if line and not line.startswith("#")}


def _rows(name: str, mutants: list[Mutant], left: dict[str, bool], equivalent: set[str]) -> Iterator[str]:
    """The table of a target; `left` says of each change that was tried whether it survived."""
    for path in [*dict.fromkeys(mutant.path for mutant in mutants), None]:
        mine = [mutant for mutant in mutants if path in (None, mutant.path)]
        tried = [mutant for mutant in mine if mutant.name not in equivalent and mutant.key in left]
        survive = [mutant for mutant in tried if left[mutant.key]]
        same = sum(mutant.name in equivalent for mutant in mine)
        killed = len(tried) - len(survive)
        title = path.relative_to(PACKAGE).as_posix() if path else f"{name}, all"
        yield f"{title:30} {len(mine):5} {same:5} {killed:5} {len(survive):5} {killed / max(1, len(tried)):8.1%}"
        if path:
            yield from (f"    {mutant.line}: {mutant.name.partition(': ')[2]}" for mutant in survive)


def main() -> int:
    """Print the table; exit code 1 where more than 2% of the changes of a target survive."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    parser.add_argument("--only", default="", help="files whose path holds this")
    parser.add_argument("--sample", type=int, default=0, help="so many changes, chosen by a fixed seed")
    parser.add_argument("--at-once", type=int, default=os.cpu_count(), help="so many processes")
    parser.add_argument("--patience", type=float, default=90, help="seconds of tests, as traced, for one change")
    parser.add_argument("--afresh", action="store_true", help="forget what the runs before found")
    parser.add_argument("--survivors", action="store_true", help="try again only what survived before")
    asked = parser.parse_args()
    os.chdir(ROOT)
    equivalent = _equivalent()
    paths = {name: [one for pattern in TARGETS[name] for one in sorted(PACKAGE.glob(pattern)) if asked.only in str(one)]
             for name in asked.targets}  # fmt: skip
    mutants = {name: [mutant for path in paths[name] for mutant in mutants_of(path)] for name in asked.targets}
    if asked.sample:
        mutants = {name: random.Random(0).sample(some, min(asked.sample, len(some))) for name, some in mutants.items()}
    if asked.afresh:
        KEPT.unlink(missing_ok=True)

    def hunt(noticing: Noticing) -> None:
        known = noticing.kept.noticed
        for mutant in (one for some in mutants.values() for one in some if one.name not in equivalent):
            before = known.get(mutant.key)
            if (before is None and asked.survivors) or (before and (before["by"] or before["state"] == noticing.state)):
                continue
            noticing.ask(mutant.key, mutant.path, mutant.lines, NEAR[mutant.path.parent.name], mutant.code)

    watched = frozenset(str(path) for pattern in sum(TARGETS.values(), ()) for path in PACKAGE.glob(pattern))
    noticing = Noticing(watched, asked.at_once, asked.patience, hunt)
    hypothesis.settings.load_profile("mutants")
    pytest.main([*ARGUMENTS, *FACTS], plugins=[noticing])
    left = {key: not found["by"] for key, found in noticing.kept.noticed.items()}
    failed = False
    print(f"{'file':30} {'all':>5} {'equal':>5} {'kill':>5} {'left':>5} {'share':>8}")
    for name, some in mutants.items():
        print("\n".join(_rows(name, some, left, equivalent)))
        tried = [left[one.key] for one in some if one.key in left and one.name not in equivalent]
        failed |= sum(tried) > 0.02 * len(tried)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
