"""The schemas that editors complete from accept every file that ships, and refuse a key that means nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli.running import carescale
from jsonschema import Draft202012Validator

from carescale.inputs.library import shipped

FOLDERS = {"place": "examples", "intervention": "scenarios/interventions", "scenario": "scenarios/scaling"}
FILES = [(kind, path) for kind, folder in FOLDERS.items() for path in sorted(shipped(folder).glob("*.yaml"))]
FILES = [(kind, path) for kind, path in FILES if f"\n{kind}: " in f"\n{path.read_text(encoding='utf-8')}"]


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    """The schema of each kind of file, as the command prints it."""
    schemas = {kind: json.loads(carescale("schema", kind).out) for kind in FOLDERS}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    return {kind: Draft202012Validator(schema) for kind, schema in schemas.items()}


def as_an_editor_reads(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_there_are_files_of_every_kind() -> None:
    assert {kind for kind, _ in FILES} == set(FOLDERS)
    assert len(FILES) >= 10


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda value: getattr(value, "stem", value))
def test_a_file_that_ships_fits_its_schema(validators: dict[str, Draft202012Validator], kind: str, path: Path) -> None:
    assert [error.message for error in validators[kind].iter_errors(as_an_editor_reads(path))] == []


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda value: getattr(value, "stem", value))
def test_a_misspelt_key_does_not_fit(validators: dict[str, Draft202012Validator], kind: str, path: Path) -> None:
    written = as_an_editor_reads(path)
    for key in written:
        misspelt = {f"{name}x" if name == key else name: value for name, value in written.items()}
        assert any(f"'{key}x' was unexpected" in error.message for error in validators[kind].iter_errors(misspelt))


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "Leeds", "plan": {"shared_lives": {"ad": 5}}},
        {"place": "Leeds", "plan": {"shared_lives": 5}},
        {"place": "Leeds", "claims": {"that": "x"}},
        {"place": "Leeds", "figures": {"living_well": {"investment": {"valeu": 5}}}},
        {"place": ["Leeds"]},
        {"year": 2015},
        [],
    ],
    ids=str,
)
def test_a_place_that_would_not_load_does_not_fit(validators: dict[str, Draft202012Validator], wrong: Any) -> None:
    assert not validators["place"].is_valid(wrong)


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_file_of_one_kind_does_not_fit_the_schema_of_another(
    validators: dict[str, Draft202012Validator], kind: str
) -> None:
    others = [as_an_editor_reads(path) for other, path in FILES if other != kind]
    assert others
    assert not any(validators[kind].is_valid(other) for other in others)
