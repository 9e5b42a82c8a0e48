"""One broken file for each mistake, and the message that someone who makes it reads.

After a change of wording: `pytest tests/errors --regenerate`, then read every changed golden as that person would.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from carescale.inputs.loading import load
from carescale.problems import KINDS, Problem, Problems

HERE = Path(__file__).parent
SPECIMENS = sorted(HERE.glob("*.yaml"))
# Kinds that no broken file can be kept for: they are about options, outputs, encodings and sizes, in test_files.py.
ELSEWHERE = {
    *("not-a-file", "unreadable", "too-large", "bad-option", "cannot-write"),
    *("no-evidence", "not-checked", "no-covers", "two-values", "unused-source"),  # of `check`, in test_library.py
}
HEADER = """# What carescale says of a broken file

Every kind of mistake, a file that makes it, and what the person who wrote that file reads. Made from the files in this
folder by `pytest tests/errors --regenerate`; a test holds it to them.
"""


@pytest.fixture(autouse=True)
def _in_the_gallery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)


def problems_of(specimen: Path) -> Problems:
    with pytest.raises(Problems) as caught:
        load(specimen.name)
    return caught.value


def message_of(specimen: Path) -> str:
    return "\n\n".join(str(problem) for problem in problems_of(specimen).problems) + "\n"


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.stem)
def test_a_broken_file_is_told_of_in_the_words_agreed(specimen: Path, regenerate: bool) -> None:
    golden = specimen.with_suffix(".txt")
    if regenerate:
        golden.write_text(message_of(specimen), encoding="utf-8")
    assert message_of(specimen) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.stem)
def test_every_problem_names_a_line_and_its_caret_stands_under_something(specimen: Path) -> None:
    for problem in problems_of(specimen).problems:
        if problem.position.file.endswith(".csv"):
            assert_names_a_row(problem)
            continue
        assert re.match(rf"[\w/-]+\.yaml:{problem.position.line}:{problem.position.column}: ", str(problem))
        line = Path(problem.position.file).read_text(encoding="utf-8").split("\n")[problem.position.line - 1]
        assert problem.excerpt == line or problem.code == "empty"
        assert problem.position.column - 1 + problem.width <= len(line) + 1


def assert_names_a_row(problem: Problem) -> None:
    """A problem of a table names a row of it, and a column where one is to blame."""
    with Path(problem.position.file).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert 1 <= problem.position.line <= len(rows)
    assert 0 <= problem.position.column <= len(rows[0])
    assert str(problem).startswith(f"{problem.position}: ")


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.stem)
def test_every_problem_says_what_to_do_or_what_was_expected(specimen: Path) -> None:
    for problem in problems_of(specimen).problems:
        assert problem.hint or " must be " in problem.message or "are a list" in problem.message


def test_every_kind_of_problem_that_a_file_can_cause_has_a_specimen() -> None:
    shown = {problem.code for specimen in SPECIMENS for problem in problems_of(specimen).problems}
    assert shown == set(KINDS) - ELSEWHERE


def test_every_golden_text_and_every_table_belongs_to_a_specimen() -> None:
    assert {path.stem for path in HERE.glob("*.txt")} == {path.stem for path in SPECIMENS}
    assert {path.stem for path in HERE.glob("*.csv")} <= {path.stem for path in SPECIMENS}


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_its_lines() -> None:
    problems = problems_of(HERE / "several-at-once.yaml").problems
    lines = [problem.position.line for problem in problems]
    assert lines == sorted(lines)
    assert len({problem.code for problem in problems}) >= 6


def test_a_mistake_is_not_followed_by_others_that_it_causes() -> None:
    for name in ("unknown-source", "use-missing", "comma-in-braces", "unknown-source-of-figure", "exploding-aliases"):
        assert len(problems_of(HERE / f"{name}.yaml").problems) == 1, name


def test_no_message_can_move_the_cursor_or_turn_the_reading_direction() -> None:
    for specimen in SPECIMENS:
        assert message_of(specimen).replace("\n", "").isprintable(), specimen.name


def test_the_page_of_the_gallery_is_made_from_it(regenerate: bool) -> None:
    page = HERE / "README.md"
    if regenerate:
        page.write_text(gallery_page(), encoding="utf-8")
    assert gallery_page() == page.read_text(encoding="utf-8")


def gallery_page() -> str:
    """The kinds of problem, and under each the files that cause it first and foremost, with their messages."""
    by_kind: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    for specimen in SPECIMENS:
        by_kind[problems_of(specimen).problems[0].code].append(specimen)
    return HEADER + "".join(_section(kind, specimens) for kind, specimens in by_kind.items())


def _section(kind: str, specimens: list[Path]) -> str:
    tested = "Shown in [test_files.py](test_files.py): it is not caused by what a file says.\n"
    elsewhere = tested if kind in ELSEWHERE else "No specimen yet.\n"
    shown = "\n".join(f"{_links(path)}\n\n```text\n{message_of(path)}```\n" for path in specimens)
    return f"\n## {kind}\n\n{KINDS[kind][0].upper()}{KINDS[kind][1:]}.\n\n{shown or elsewhere}"


def _links(specimen: Path) -> str:
    """The file, and the table beside it where there is one."""
    files = [specimen, specimen.with_suffix(".csv")]
    return ", ".join(f"[{path.name}]({path.name})" for path in files if path.exists())
