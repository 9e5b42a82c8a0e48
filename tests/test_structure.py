"""The map of the code holds: imports run one way, and only the rooms meant to print do."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "carescale"
# From left to right; a room imports what stands to its left, or itself.
ROOMS = (
    ("problems", "measures", "numbers", "figures"),
    ("engine", "charts", "uncertainty"),
    ("formulas",),
    ("area_table", "actuals", "conversation", "case"),
    ("inputs",),
    ("analysis",),
    ("report",),
    ("cli",),
)
RANK = {room: rank for rank, rooms in enumerate(ROOMS) for room in rooms}
BESIDE = {
    "problems": set[str](),
    "measures": set[str](),
    "numbers": {"measures"},
    "figures": {"problems", "numbers"},
    "conversation": {"figures"},
    "case": {"area_table", "actuals", "conversation"},
    "actuals": {"problems"},
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
LONGEST, LONGEST_FUNCTION, MEDIAN_FUNCTION = 450, 40, 8  # lines


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it, with its full dotted name."""
    folder = ("carescale", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(folder[: len(folder) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module or "")))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    words = (name.split(".") for name in imported(path))
    return {parts[1] for parts in words if parts[0] == "carescale" and len(parts) > 1 and parts[1] in RANK}


def importers_of(library: str) -> set[str]:
    return {name_of(path) for path in FILES if library in {name.split(".")[0] for name in imported(path)}}


def test_every_file_stands_in_a_room_of_the_map() -> None:
    assert {room_of(path) for path in FILES if name_of(path) != "__main__.py"} <= set(RANK)
    assert all((PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file() for room in RANK)


@pytest.mark.parametrize("path", [path for path in FILES if name_of(path) != "__main__.py"], ids=name_of)
def test_a_file_imports_only_what_stands_to_its_left(path: Path) -> None:
    room = room_of(path)
    allowed = {other for other in RANK if RANK[other] < RANK[room]} | {room} | BESIDE.get(room, set())
    assert rooms_imported(path) <= allowed


def test_the_imports_are_found_at_all() -> None:
    assert rooms_imported(PACKAGE / "inputs" / "loading.py") >= {"problems", "figures", "engine", "formulas", "inputs"}


def test_only_the_terminal_writer_and_the_command_line_know_rich() -> None:
    users = importers_of("rich")
    assert {name for name in users if not name.startswith("cli/")} <= {"report/writers/terminal.py"}


def test_only_the_command_line_knows_typer() -> None:
    assert all(name.startswith("cli/") for name in importers_of("typer"))


def test_only_the_inputs_read_yaml_and_check_with_pydantic() -> None:
    for library in ("yaml", "pydantic"):
        assert importers_of(library)
        assert all(name.startswith("inputs/") for name in importers_of(library))


def test_nothing_but_report_and_command_line_prints() -> None:
    printing = {
        name_of(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert all(name.startswith(("report/", "cli/")) for name in printing)


def test_a_file_can_be_read_at_a_sitting() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert max(lengths.values()) <= LONGEST


def function_lengths(path: Path) -> Iterator[int]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield (node.end_lineno or 0) - node.lineno + 1


def test_functions_are_short() -> None:
    lengths = [length for path in FILES for length in function_lengths(path)]
    assert max(lengths) <= LONGEST_FUNCTION
    assert statistics.median(lengths) < MEDIAN_FUNCTION


def test_writers_know_blocks_and_nothing_of_care() -> None:
    rooms = {"engine", "formulas", "analysis"}
    for path in FILES:
        if name_of(path).startswith("report/writers/"):
            assert not rooms_imported(path) & rooms, name_of(path)
            assert not [name for name in imported(path) if name.startswith("carescale.report.screens")]


def test_only_workbooks_know_the_library_that_writes_them() -> None:
    assert all(name.startswith("report/workbook/") for name in importers_of("xlsxwriter"))
