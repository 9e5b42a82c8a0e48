"""carescale as a library: four names to import, results that cannot be changed, and types for those who check them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import carescale
from carescale import Problems, check, load, project

NET_SAVING = "shared_lives.net_saving.council"


def test_the_names_that_are_promised_are_there_and_no_others() -> None:
    assert {name for name in carescale.__all__ if getattr(carescale, name)} >= {"load", "project", "check", "Problems"}
    with pytest.raises(AttributeError, match="nonsense"):
        carescale.nonsense  # noqa: B018


def test_a_place_is_loaded_and_projected_in_one_line() -> None:
    assert project(load("birmingham"))[NET_SAVING].value == 1_334_000


def test_a_path_a_text_a_scenario_and_settings_are_taken(tmp_path: Path) -> None:
    text = "place: Leeds\nyear: 2025\nsource: scie-2017\nplan:\n  living_well:\n    add: 100\n"
    (tmp_path / "leeds.yaml").write_text(text)
    for path in (tmp_path / "leeds.yaml", str(tmp_path / "leeds.yaml")):
        case = load(path, scenario="fixed-number", settings=["living_well.added_people=200"])
        assert case.scenario.name == "fixed-number"
        assert project(case)["living_well.additional_people"].value == 200
        assert project(case)["shared_lives.additional_people"].value == 75


def test_a_projection_is_asked_by_key_and_walked_in_story_order() -> None:
    projection = project(load("cornwall"))
    keys = [result.key for result in projection]
    assert keys.index("living_well.additional_people") < keys.index("living_well.net_saving.nhs")
    assert keys.index("living_well.net_saving.nhs") < keys.index("living_well.break_even_month.nhs")
    with pytest.raises(KeyError, match=r"living_well\.nonsense"):
        projection["living_well.nonsense"]


def test_a_check_says_of_each_claim_what_became_of_it() -> None:
    checked = check(load("cornwall"))
    assert checked.passed
    assert [item.verdict for item in checked.judged] == ["reproduced by a rule", "reproduced by a rule", "reproduced"]


def test_what_is_wrong_comes_as_values_with_places(tmp_path: Path) -> None:
    path = tmp_path / "leeds.yaml"
    path.write_text("place: Leeds\nplans:\n  living_well: all\n")
    with pytest.raises(Problems) as raised:
        load(path)
    problem = raised.value.problems[0]
    assert (problem.code, problem.position) == ("unknown-key", (str(path), 2, 1))


def test_cases_results_and_verdicts_cannot_be_changed() -> None:
    case = load("birmingham")
    result = project(case)[NET_SAVING]
    checked = check(case)
    overlap, judged = case.figures["portfolio.overlap.council"], checked.judged[0]
    for thing, name in (
        (case, "place"), (case.scenario, "name"), (overlap, "year"), (result, "value"), (result.state, "status"),
        (checked, "judged"), (judged, "verdict"), (judged.claim, "text"),
    ):  # fmt: skip
        assert hasattr(thing, name)
        with pytest.raises(AttributeError):
            setattr(thing, name, None)


def test_projecting_twice_gives_the_same_and_leaves_the_case_alone() -> None:
    case = load("birmingham")
    before = dict(case.figures)
    first, second = list(project(case)), list(project(case))
    assert first == second
    assert case.figures == before


def test_asking_in_any_order_gives_the_same() -> None:
    case = load("birmingham")
    story = {result.key: result for result in project(case)}
    backwards = project(case)
    assert {key: backwards[key] for key in reversed(story)} == story


def test_the_package_says_that_it_is_typed_and_a_type_checker_believes_it(tmp_path: Path) -> None:
    package = Path(carescale.__file__).parent
    assert (package / "py.typed").is_file()
    (tmp_path / "use.py").write_text(
        "from carescale import load, project\n"
        f'value: float | None = project(load("kent"))["{NET_SAVING}"].value\n'
        "wrong: str = project(load('kent'))\n"
    )
    words = ["-m", "mypy", "--strict", "--no-error-summary", "--follow-imports=silent", "use.py"]
    found = subprocess.run(
        [sys.executable, *words], cwd=tmp_path, capture_output=True, text=True, timeout=120,
        env={"MYPYPATH": str(package.parent), "PATH": ""},
    )  # fmt: skip
    (line,) = found.stdout.splitlines()
    assert line.startswith("use.py:3: error: Incompatible types in assignment")
    assert '"Projection"' in line
