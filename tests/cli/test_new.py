"""`new` starts a file that loads as it is, and `schema` prints what an editor checks it with."""

import json
import re
from pathlib import Path

import pytest
from cli.running import carescale, said

from carescale.inputs.library import shipped_names


def test_a_new_file_loads_projects_and_is_named_for_its_place() -> None:
    assert carescale("new", "north-somerset.yaml").code == 0
    result = carescale("project", "north-somerset.yaml")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Grow Shared Lives → ")
    assert "North Somerset · 2024/25" in result.out
    assert carescale("check", "north-somerset.yaml").code == 0


@pytest.mark.parametrize(
    "name", ['it\'s "odd": #1 [x].yaml', "مرحبا.yaml", "noending", "1984.yaml", "no.yaml", ".yaml"]
)
def test_a_new_file_loads_whatever_its_name(name: str) -> None:
    assert carescale("new", name).code == 0
    result = carescale("project", name)
    assert result.code == 0, result.err


def test_a_new_file_starts_with_the_line_that_tells_an_editor_its_schema() -> None:
    carescale("new", "leeds.yaml")
    first, second, *_ = Path("leeds.yaml").read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=place.schema.json"
    assert carescale(*second[second.index("schema") : second.index(" lets")].split()).code == 0
    assert json.loads(Path("place.schema.json").read_text(encoding="utf-8"))["title"] == "PlaceFile"


def test_new_says_what_to_type_next_and_that_runs() -> None:
    told = said(carescale("new", "leeds.yaml"))
    assert told == "wrote leeds.yaml; next: carescale project leeds.yaml\n"
    assert carescale(*told.rpartition("carescale ")[2].split()).code == 0


@pytest.mark.parametrize("name", shipped_names("scenarios/interventions"))
def test_every_intervention_can_be_started_with_and_its_commented_lines_load_too(name: str) -> None:
    assert carescale("new", "leeds.yaml", "--with", name).code == 0
    result = carescale("project", "leeds.yaml")
    assert (result.code, result.err) == (0, "")
    text = Path("leeds.yaml").read_text(encoding="utf-8")
    figures = text[text.index("plan:") : text.index("# Your own weekly costs")]
    uncommented = re.sub(r"(?m)^( *)# ( *[a-z_]+:( \{| +#))", r"\1\2", figures)
    Path("leeds.yaml").write_text(text.replace(figures, uncommented), encoding="utf-8")
    result = carescale("project", "leeds.yaml")
    assert (result.code, result.err) == (0, "")


def test_several_interventions_can_be_started_with_at_once() -> None:
    assert carescale("new", "leeds.yaml", "--with", "shared_lives", "--with", "living-well").code == 0
    assert carescale("project", "leeds.yaml").out.startswith("Grow Shared Lives and Living Well → ")


def test_an_intervention_nobody_knows_is_not_started_with() -> None:
    result = carescale("new", "leeds.yaml", "--with", "shared_live")
    assert result.code == 2
    assert "did you mean `shared_lives`?" in said(result)
    assert not Path("leeds.yaml").exists()


def test_an_intervention_of_ones_own_is_started_shown_and_planned() -> None:
    assert said(carescale("new", "befriending.yaml", "--kind", "intervention")).endswith(
        "carescale show befriending.yaml\n"
    )
    assert carescale("show", "befriending.yaml").out.startswith("Befriending (befriending)")
    Path("leeds.yaml").write_text(
        "place: Leeds\nuse: befriending.yaml\nplan:\n  befriending: {add: {value: 100, assumption: a test}}\n",
        encoding="utf-8",
    )
    result = carescale("project", "leeds.yaml")
    assert (result.code, result.err) == (0, "")


def test_a_place_is_started_with_an_intervention_of_ones_own() -> None:
    carescale("new", "my-befriending.yaml", "--kind", "intervention")
    assert carescale("new", "leeds.yaml", "--with", "my-befriending.yaml", "--with", "reablement").code == 0
    result = carescale("project", "leeds.yaml")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Grow My Befriending and Reablement → ")


def test_new_never_overwrites() -> None:
    Path("leeds.yaml").write_text("mine")
    result = carescale("new", "leeds.yaml")
    assert result.code == 2
    assert "leeds.yaml: there is a file of that name already" in said(result)
    assert Path("leeds.yaml").read_text() == "mine"


@pytest.mark.parametrize("kind", ["place", "intervention", "scenario"])
def test_a_schema_is_printed_as_json(kind: str) -> None:
    printed = json.loads(carescale("schema", kind).out)
    assert printed["$schema"].startswith("https://json-schema.org/")
    assert printed["additionalProperties"] is False


@pytest.mark.parametrize("again", ["shared_lives", "shared-lives"])
def test_an_intervention_that_is_named_twice_is_planned_once(again: str) -> None:
    assert carescale("new", "leeds.yaml", "--with", "shared_lives", "--with", again).code == 0
    result = carescale("project", "leeds.yaml")
    assert (result.code, result.err) == (0, "")


def test_ones_own_intervention_that_is_named_twice_is_planned_once() -> None:
    carescale("new", "ours.yaml", "--kind", "intervention")
    assert carescale("new", "leeds.yaml", "--with", "ours.yaml", "--with", "./ours.yaml").code == 0
    assert carescale("project", "leeds.yaml").code == 0


def test_two_interventions_of_one_name_are_not_started_with() -> None:
    carescale("new", "living_well.yaml", "--kind", "intervention")
    result = carescale("new", "leeds.yaml", "--with", "living_well", "--with", "living_well.yaml")
    assert result.code == 2
    assert said(result).startswith("--with: `living_well` and `living_well.yaml` would both be called `living_well`")
    assert not Path("leeds.yaml").exists()
