"""Several plans in one live workbook: each computes what its own would, and a figure of one moves no other."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from changing import changed
from cli.running import carescale
from recalculating import Recalculated, differences

from carescale import load
from carescale.analysis.compare import compare
from carescale.analysis.projection import project
from carescale.case import Case
from carescale.report.formats import text
from carescale.report.screens.committee import options
from carescale.report.screens.compare import compare_screen
from carescale.report.screens.project import place_screens
from carescale.report.view import View

SCENARIOS = ("as-published", "fixed-number")
pytestmark = pytest.mark.xdist_group("plans side by side")  # one worker recalculates the book, once
OWN = "shared_lives.learning_disability.added_people"
SHARED = "shared_lives.ramp_months"


def _cases() -> list[Case]:
    return [load("birmingham", scenario=name, settings=["portfolio.horizon_months=12"]) for name in SCENARIOS]


def _written(cases: list[Case], path: Path) -> Path:
    write_book = place_screens(cases).book
    assert write_book
    write_book(path, "carescale")
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    return Recalculated.of(_written(_cases(), tmp_path_factory.mktemp("plans") / "book.xlsx"))


def test_every_cell_of_every_plan_recalculated_is_what_the_engine_computed(book: Recalculated) -> None:
    assert {"Summary", "Inputs", *(f"Results {name}" for name in SCENARIOS)} <= set(book.formulas.sheetnames)
    assert differences(book, book.path) == []


def test_what_decides_is_shown_for_each_plan_as_its_screen_shows_it(book: Recalculated) -> None:
    cases = _cases()
    expected = options([View(project(case)) for case in cases], [case.scenario.title for case in cases])
    rows = {row[0].value: row for row in book.formulas["Summary"].iter_rows(min_row=6, max_row=14)}
    for row in expected.rows:
        name, *wanted = [text(cell).replace("n/k", "not known") for cell in row.cells]
        assert [book.shown(f"'Summary'!{cell.coordinate}") for cell in rows[name][1:3]] == wanted, name


@pytest.mark.parametrize("key", [OWN, SHARED])
def test_a_figure_of_one_plan_moves_that_plan_and_one_that_all_share_moves_all(
    key: str, book: Recalculated, tmp_path: Path
) -> None:
    cases, is_own = _cases(), key == OWN
    name, moved = (f"fixed_number.{key}", cases[1:]) if is_own else (key, cases)
    before = float(cases[1].figures[key].value or 0)
    others = [changed(case, key, 1.6) if case in moved else case for case in cases]
    after = float(others[1].figures[key].value or 0)
    try:
        book.change(name, after)
        assert differences(book, _written(others, tmp_path / "other.xlsx"), *_sheets(book)) == []
        still = differences(book, book.path, *_sheets(book, SCENARIOS[0]))
        assert bool(still) is not is_own
        assert differences(book, book.path, *_sheets(book, SCENARIOS[1]))
    finally:
        book.change(name, before)


def _sheets(book: Recalculated, *plans: str) -> list[str]:
    """The sheets whose numbers follow the inputs."""
    kinds = ("Results", "Months", "Charts", "Claims")
    return [name for name in book.formulas.sheetnames if name.startswith(kinds) and name.endswith(plans or SCENARIOS)]


def test_a_shared_figure_has_one_cell_and_one_that_differs_a_cell_a_plan(book: Recalculated) -> None:
    assert SHARED in book.names
    assert not any(name.endswith(f".{SHARED}") for name in book.names)
    owners = {name.removesuffix(f".{OWN}") for name in book.names if name.endswith(f".{OWN}")}
    assert owners == {"as_published", "fixed_number"}
    titles = [row[0].value for row in book.formulas["Inputs"].iter_rows()]
    assert titles.index("What differs from plan to plan") < titles.index("The same in every plan")
    assert titles.count("Shared Lives: months from first match to full scale") == 1
    assert book.formulas["Inputs"][book.names[SHARED].split("!")[1]].protection.locked is False


def test_settings_and_files_are_plans_too_with_names_that_a_sheet_can_have(tmp_path: Path) -> None:
    odd = tmp_path / "our 'own' [plan] of a rather long name: 1.yaml"
    odd.write_text("scenario: Ours\nabout: a file of our own\n", encoding="utf-8")
    short = "portfolio.horizon_months=6"
    cases = [load("cornwall", scenario=str(odd), settings=[short, more]) for more in ("deadweight=0%", "deadweight=9%")]
    cases += [load("birmingham", scenario=str(odd), settings=[short])]
    write_book = compare_screen(compare(cases)).book
    assert write_book
    write_book(tmp_path / "book.xlsx", "carescale")
    found = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in found.sheetnames)
    assert len([name for name in found.sheetnames if name.startswith("Results ")]) == 3
    for defined in found.defined_names.values():
        sheet = defined.attr_text.rpartition("!")[0].strip("'")
        assert sheet in found.sheetnames


def test_project_and_compare_write_it(tmp_path: Path) -> None:
    words = ("--scenario", "as-published", "--scenario", "fixed-number", "-o", str(tmp_path / "two.xlsx"))
    for command in ("project", "compare"):
        assert carescale(command, "cornwall", *words).code == 0
        names = openpyxl.load_workbook(tmp_path / "two.xlsx", read_only=True).sheetnames
        assert names[:3] == ["Summary", "Inputs", "Summary as-published"]
