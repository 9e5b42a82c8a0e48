"""The wheel carries all that the program needs: built, installed in a place of its own, run from an empty folder."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
WHERE = """
import carescale
from carescale.inputs.library import shipped
print(carescale.__file__, shipped("scenarios"), shipped("examples"), sep="\\n")
"""


def run(*words: str | Path, cwd: Path) -> str:
    """Run a program and give back what it prints."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    ran = subprocess.run([*map(str, words)], cwd=cwd, env=kept, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(*PIP, "wheel", ROOT, "--no-deps", "--wheel-dir", folder, cwd=folder)
    (built,) = folder.glob("carescale-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that holds the wheel; its dependencies are borrowed from the running one."""
    environment = tmp_path_factory.mktemp("installed")
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=environment).strip())
    (own / "borrowed.pth").write_text("\n".join({sysconfig.get_path("purelib"), *site.getsitepackages()}) + "\n")
    run(*PIP, "--python", python, "install", "--no-deps", "--no-index", "--ignore-installed", wheel, cwd=environment)
    return environment / "bin"


def test_the_wheel_carries_the_library_the_examples_and_the_mark_of_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("scenarios", "examples"):
        files = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert files
        assert {f"carescale/{path.as_posix()}" for path in files} <= names
    assert "carescale/py.typed" in names
    assert not [name for name in names if "tests/" in name or name.startswith(("scenarios", "examples"))]


def test_the_library_comes_from_inside_the_wheel(installed: Path, tmp_path: Path) -> None:
    package, scenarios, examples = run(installed / "python", "-c", WHERE, cwd=tmp_path).split()
    home = Path(package).parent
    assert home.is_relative_to(installed.parent)
    assert (Path(scenarios), Path(examples)) == (home / "scenarios", home / "examples")


def test_the_installed_program_projects_and_lists_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    projected = run(installed / "carescale", "project", "birmingham", cwd=tmp_path)
    assert "Birmingham City Council · E08000025 · 2015/16" in projected
    assert "£1,334,000" in projected
    assert "shared_lives " in run(installed / "carescale", "list", "interventions", cwd=tmp_path)
    run(installed / "carescale", "new", "leeds.yaml", cwd=tmp_path)
    assert "Leeds · 2024/25" in run(installed / "carescale", "project", "leeds.yaml", cwd=tmp_path)
