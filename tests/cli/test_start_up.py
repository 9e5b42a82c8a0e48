"""A command imports only what it needs; help imports next to nothing."""

import json
import subprocess
import sys

import pytest
from cli.test_help import COMMANDS

LOOK = """
import json, sys
from carescale.cli.main import run
sys.argv[0] = "carescale"
for words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    try:
        run()
    except SystemExit as stopped:
        assert not stopped.code, (words, stopped.code)
sys.stderr.write("\\nmodules: " + json.dumps(sorted(sys.modules)))
"""


def modules_after(*lines: list[str]) -> set[str]:
    """The modules that are loaded once commands have run one after another in a fresh interpreter."""
    ran = subprocess.run([sys.executable, "-c", LOOK, json.dumps(lines)], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout
    return set(json.loads(ran.stderr.rpartition("modules: ")[2]))


@pytest.fixture(scope="module")
def after_help() -> set[str]:
    return modules_after(["--help"], *[[name, "--help"] for name in COMMANDS])


@pytest.mark.parametrize("library", ["numpy", "xlsxwriter", "yaml", "tabulate", "carescale.engine"])
def test_help_imports_no_library_that_only_the_sums_and_files_need(after_help: set[str], library: str) -> None:
    assert library not in after_help


def test_help_imports_only_the_command_line_of_carescale(after_help: set[str]) -> None:
    ours = {name for name in after_help if name.startswith("carescale.")}
    assert "carescale.cli.main" in ours
    assert all(name.startswith("carescale.cli") for name in ours)


@pytest.fixture(scope="module")
def after_project() -> set[str]:
    return modules_after(["project", "birmingham"])


@pytest.mark.parametrize("library", ["numpy", "xlsxwriter", "tabulate"])
def test_a_projection_on_the_screen_imports_neither_arrays_nor_writers(after_project: set[str], library: str) -> None:
    assert library not in after_project


def test_what_a_projection_does_import_is_seen(after_project: set[str]) -> None:
    assert {"carescale.engine.scalars", "yaml", "rich.table"} <= after_project
