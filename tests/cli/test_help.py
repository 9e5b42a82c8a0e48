"""`--help` shows an example of each command, and what it shows runs."""

import re
from pathlib import Path

import pytest
import shellingham
from cli.running import carescale, command, process, ran
from england.workbook import write_workbook

from carescale.cli.commands import COMMANDS

EXAMPLE = re.compile(r"^ *Example: (carescale .+?) *$", re.MULTILINE)


def example_of(*words: str) -> str:
    """The example in the help of a command."""
    found = EXAMPLE.findall(carescale(*words, "--help", columns=100).out)
    assert len(found) == 1, f"the help of {words} has {len(found)} examples"
    return found[0]


def test_the_commands_are_those_of_the_readme() -> None:
    assert set(COMMANDS) >= {"project", "explain", "check", "list", "show", "new", "schema"}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example_of_that_command_on_one_line(name: str) -> None:
    assert example_of(name).split()[1] == name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_in_the_help_runs_as_it_stands(name: str) -> None:
    if name == "update-england":
        write_workbook(Path("asc_activity_finance_2022-23.xlsx"), "2022-23")
    result = command(example_of(name))
    assert result.code == 0, result.err


def test_the_help_of_the_program_has_an_example_that_runs_and_names_every_command() -> None:
    help_text = carescale("--help").out
    assert command(example_of()).code == 0
    for name in COMMANDS:
        assert re.search(rf"^│ {name} ", help_text, re.MULTILINE), name


@pytest.mark.parametrize("name", COMMANDS)
def test_no_argument_or_option_is_left_without_a_word_about_it(name: str) -> None:
    help_text = carescale(name, "--help", columns=200).out
    entries = re.findall(r"^│ (?:\* +)?(\S.*?) *│$", help_text, re.MULTILINE)
    assert entries
    assert all(re.search(r" {2,}\S.*\w{3,}.*\.", entry) for entry in entries), entries


def test_without_a_command_the_help_is_shown() -> None:
    result = carescale()
    assert "Usage: carescale" in result.out + result.err
    assert result.code == 2


def test_the_version_is_the_installed_one() -> None:
    from importlib.metadata import version

    assert carescale("--version").out == f"carescale {version('carescale')}\n"


@pytest.fixture
def _no_shell_around(monkeypatch: pytest.MonkeyPatch) -> None:
    def detect(*_: object) -> None:
        raise shellingham.ShellDetectionFailure

    monkeypatch.setattr(shellingham, "detect_shell", detect)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.usefixtures("_no_shell_around")
def test_a_script_for_completion_is_printed_for_the_shell_that_is_named(shell: str) -> None:
    result = carescale("--show-completion", shell)
    assert (result.code, result.err) == (0, "")
    assert f"_CARESCALE_COMPLETE={MARKS.get(shell, f'complete_{shell}')}" in result.out.replace('"', "").replace(
        " ", ""
    )
    assert "carescale" in result.out.replace("_CARESCALE_COMPLETE", "")


MARKS = {"powershell": "complete_powershell"}


@pytest.mark.usefixtures("_no_shell_around")
def test_completion_is_set_up_for_the_shell_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "takes effect in the next terminal" in carescale("--install-completion", "bash").err
    assert "complete_bash" in (tmp_path / ".bash_completions" / "carescale.sh").read_text(encoding="utf-8")


def test_a_shell_that_is_not_named_or_not_known_is_asked_for() -> None:
    assert carescale("--show-completion").code == 2
    assert "'bash', 'zsh'" in carescale("--show-completion", "tcsh", columns=200).err


@pytest.mark.parametrize(
    ("typed", "completed"),
    [("carescale pro", "project"), ("carescale list sc", "scenarios"), ("carescale --ver", "--version")],
)
def test_what_is_typed_is_completed(typed: str, completed: str) -> None:
    asking = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    assert ran(process(_CARESCALE_COMPLETE="complete_bash", **asking)).out.split() == [completed]
