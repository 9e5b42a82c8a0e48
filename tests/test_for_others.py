"""What we hand to other repositories, the GitHub Action and the pre-commit hook, by running what they run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from carescale.inputs.library import shipped

ROOT = Path(__file__).parent.parent
ACTION: Any = yaml.safe_load((ROOT / ".github/actions/check/action.yml").read_text(encoding="utf-8"))
HOOKS: Any = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with figures in a folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "figures"
    folder.mkdir()
    for name in ("rotherham.yaml", "kent.yaml"):
        shutil.copy(shipped("examples") / name, folder)
    shutil.copy(shipped("scenarios/interventions") / "homeshare.yaml", folder)
    return folder


def run(script: str, **inputs: str) -> subprocess.CompletedProcess[str]:
    """A script as a runner has it: with bash, and the tool on its path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", script], env={**os.environ, "PATH": path, **inputs}, capture_output=True, text=True
    )


def check_as_the_action_does(**inputs: str) -> subprocess.CompletedProcess[str]:
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "check"]
    given = {name: entry["default"] for name, entry in ACTION["inputs"].items()} | inputs
    names = {name: text.strip("${ }").removeprefix("inputs.") for name, text in step["env"].items()}
    assert "${{" not in step["run"]  # an input put into a script could be run as a command
    return run(step["run"], **{name: given[wanted] for name, wanted in names.items()})


def test_the_action_passes_where_every_claim_is_as_its_file_expects() -> None:
    result = check_as_the_action_does()
    assert result.returncode == 0, result.stderr
    assert "::notice file=figures/rotherham.yaml::3 claims" in result.stdout
    assert "::error" not in result.stdout


def test_the_action_fails_on_the_line_of_a_claim_that_does_not_come_out(figures: Path) -> None:
    path = figures / "rotherham.yaml"
    text = path.read_text(encoding="utf-8").replace("expect: not determined", "expect: reproduced", 1)
    path.write_text(text, encoding="utf-8")
    result = check_as_the_action_does()
    assert result.returncode == 1
    assert "::error file=figures/rotherham.yaml,line=13," in result.stdout


def test_the_action_fails_on_the_line_of_a_mistake(figures: Path) -> None:
    path = figures / "kent.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("plan:", "paln:"), encoding="utf-8")
    result = check_as_the_action_does()
    assert result.returncode == 2
    assert "::error file=figures/kent.yaml,line=8," in result.stdout
    assert "did you mean `plan`?" in result.stdout


def test_the_action_installs_the_repository_that_it_stands_in() -> None:
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "install"]
    folder = step["run"].partition('"')[2].partition('"')[0]
    action = ROOT / ".github" / "actions" / "check"
    assert Path(folder.replace("$GITHUB_ACTION_PATH", str(action))).resolve() == ROOT


def test_the_hook_checks_the_files_that_are_committed(figures: Path) -> None:
    (hook,) = HOOKS
    assert hook["language"] == "python"
    files = " ".join(str(path.relative_to(figures.parent)) for path in sorted(figures.iterdir()))
    assert run(f"{hook['entry']} {files}").returncode == 0
    (figures / "kent.yaml").write_text("place: Kent\npaln: {}\n", encoding="utf-8")
    assert run(f"{hook['entry']} {files}").returncode == 2
