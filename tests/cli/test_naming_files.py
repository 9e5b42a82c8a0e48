"""Which file a name means: one that is there, an example that ships, or standard input."""

from pathlib import Path

import pytest
from cli.running import carescale, changed_example, said

from carescale.inputs.library import shipped


@pytest.mark.parametrize("written", ["birmingham", "birmingham.yaml", "birmingham.yml", "Birmingham"])
def test_a_bare_name_falls_back_on_the_example_and_says_so(written: str) -> None:
    result = carescale("project", written)
    assert result.code == 0
    assert "Birmingham City Council" in result.out
    assert said(result) == f"using the shipped example examples/birmingham.yaml; there is no {written} here\n"


@pytest.mark.parametrize("written", ["./birmingham.yaml", "figures/birmingham.yaml", "examples/birmingham", "../kent"])
def test_a_path_with_a_folder_in_it_must_be_there(written: str) -> None:
    result = carescale("project", written)
    assert result.code == 2
    assert f"{written}: there is no such file" in said(result)


def test_a_file_that_is_there_wins_over_the_example_of_its_name(tmp_path: Path) -> None:
    Path(changed_example("cornwall", tmp_path, ("place: Cornwall", "place: Our Cornwall"))).rename("cornwall.yaml")
    result = carescale("project", "cornwall.yaml")
    assert "Our Cornwall · 2015" in result.out
    assert said(result) == ""


def test_a_dash_reads_standard_input() -> None:
    text = (shipped("examples") / "cornwall.yaml").read_text(encoding="utf-8")
    result = carescale("project", "-", stdin=text)
    assert result.code == 0
    assert said(result) == ""
    named = carescale("project", "cornwall")
    assert result.out == named.out


def test_a_problem_on_standard_input_has_its_line_and_column() -> None:
    result = carescale("project", "-", stdin="place: Leeds\nplans:\n  all: 1\n")
    assert result.code == 2
    assert "standard input:2:1: " in said(result)


def test_the_file_of_a_scenario_may_be_ones_own(tmp_path: Path) -> None:
    Path("bold.yaml").write_text(
        "scenario: Twice as bold\nabout: More.\nyear: 2016\nsource: scie-2017\nplan:\n  living_well:\n    add: 650\n"
    )
    result = carescale("project", "cornwall", "--scenario", "bold.yaml")
    assert result.out.startswith("Twice as bold → 650 people")


def test_what_is_set_on_the_command_line_is_shown_in_the_result() -> None:
    result = carescale("project", "cornwall", "--set", "living_well.added_people=500", "--months", "24", columns=120)
    assert "Changed: living_well.older_people.added_people 325 people → 500 people; " in result.out
    assert "portfolio.horizon_months 60 months → 24" in result.out
    assert "→ 500 people" in result.out
