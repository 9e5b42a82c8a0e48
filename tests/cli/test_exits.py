"""Exit codes and streams: 0 fine, 1 a check failed, 2 could not run; results on stdout, talk on stderr."""

from pathlib import Path

import pytest
from cli.running import carescale, changed_example, said

from carescale.report.screens import project as screens

NOTE = "using the shipped example examples/{1}.yaml; there is no {0} here\n"
WRONG = ("is: £130,000", "is: £130,001")
NET_SAVING = "shared_lives.net_saving.council"
MISTYPED = ("living_well:\n    add: 325", "living_wel:\n    add: 325")

COULD_NOT_RUN = {
    ("nonsense",): "No such command 'nonsense'.",
    ("project",): "Missing argument 'FILE'.",
    ("project", "nowhere.yaml"): "nowhere.yaml: there is no such file",
    ("project", "birmingham", "--nonsense"): "No such option: --nonsense",
    ("project", "birmingham", "--months", "many"): "Invalid value for '--months'",
    ("project", "birmingham", "--months", "99999"): "`99999` for `horizon_months`: it cannot be more than 1,200",
    ("project", "birmingham", "--set", "nonsense"): "--set nonsense: `nonsense` is not path=value",
    ("project", "birmingham", "--set", "living_well.added_people=many"): "`many` is not a number",
    ("project", "birmingham", "--scenario", "nonsense"): "--scenario: there is no scenario `nonsense`",
    ("project", "birmingham", "--format", "nonsense"): "--format: there is no format `nonsense`",
    ("project", "birmingham", "--monthly"): "--monthly: there is no month by month in table",
    ("project", "birmingham", "--bom", "--format", "json"): "--bom: it marks CSV, and this is json",
    ("project", "birmingham", "--output", "birmingham.nonsense"): "the ending of birmingham.nonsense does not say",
    ("project", "birmingham", "--output", "nowhere/birmingham.csv"): "nowhere/birmingham.csv: it cannot be written",
    ("explain", "birmingham", "nonsense"): "there is no quantity or figure `nonsense`",
    ("explain", "birmingham", NET_SAVING, "--depth", "-1"): "Invalid value for '--depth'",
    ("list", "nonsense"): "'nonsense' is not one of",
    ("list", "sources", "birmingham"): "list sources: only quantities and assumptions are listed of a place",
    ("show", "nonsense"): "show: nothing is called `nonsense`",
    ("new", "nowhere/leeds.yaml"): "nowhere/leeds.yaml: it cannot be written",
    ("schema", "nonsense"): "'nonsense' is not one of",
}


def test_results_stand_on_standard_output_and_talk_on_standard_error() -> None:
    result = carescale("project", "birmingham")
    assert result.code == 0
    assert result.out.startswith("Scale up three promising models")
    assert result.err == NOTE.format("birmingham", "birmingham")


def test_a_file_that_is_there_is_used_without_a_word(tmp_path: Path) -> None:
    result = carescale("project", changed_example("cornwall", tmp_path))
    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize("words", COULD_NOT_RUN, ids=" ".join)
def test_what_cannot_run_ends_with_code_2_the_reason_on_stderr_and_nothing_on_stdout(words: tuple[str, ...]) -> None:
    result = carescale(*words)
    assert result.code == 2
    assert result.out == ""
    assert COULD_NOT_RUN[words] in said(result)


def test_a_check_is_fine_where_every_verdict_is_the_expected_one() -> None:
    result = carescale("check", "birmingham", "england", "cornwall", "kent")
    assert (result.code, result.out.count("✗")) == (0, 0)


def test_a_check_ends_with_code_1_where_a_claim_does_not_come_out(tmp_path: Path) -> None:
    result = carescale("check", changed_example("cornwall", tmp_path, WRONG))
    assert result.code == 1
    assert "1 not as the file expects" in " ".join(result.out.split())
    assert "✗ 27" in result.out
    assert said(result) == "not everything is as it should be: see ✗\n"


def test_a_claim_that_fails_in_one_file_fails_the_check_of_several(tmp_path: Path) -> None:
    result = carescale("check", changed_example("cornwall", tmp_path, WRONG), "kent")
    assert (result.code, result.out.count("✗ 27")) == (1, 1)
    assert said(result).endswith("not everything is as it should be: see ✗\n")


def test_a_check_tells_every_problem_of_every_file_at_once_and_ends_with_code_2(tmp_path: Path) -> None:
    first = changed_example("cornwall", tmp_path, MISTYPED)
    second = changed_example("kent", tmp_path, ("year: 2016", "yeer: 2016"), ("spend:", "spent:"))
    result = carescale("check", first, second, "england", "nowhere.yaml")
    assert result.code == 2
    assert "examples/england.yaml · 4 claims" in result.out, "a file that can be read is checked all the same"
    for told in (f"{first}:8:3: ", f"{second}:4:1: ", f"{second}:14:7: ", "nowhere.yaml: there is no such file"):
        assert told in said(result)


def test_a_failure_of_our_own_is_one_line_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "project", lambda case: 1 / 0)
    result = carescale("project", "birmingham")
    assert result.code == 2
    assert "carescale failed: ZeroDivisionError: division by zero\n" in said(result)
    assert "--debug" in result.err


def test_debug_shows_the_traceback_with_the_same_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "project", lambda case: 1 / 0)
    result = carescale("--debug", "project", "birmingham")
    assert result.code == 2
    assert "Traceback (most recent call last)" in result.err


@pytest.mark.parametrize(
    ("written", "meant"), [("tabel", "table"), ("markdwon", "markdown"), ("jsn", "json"), ("fancy-grid", "fancy_grid")]
)
def test_a_mistyped_format_is_answered_with_the_one_that_was_meant(written: str, meant: str) -> None:
    assert f"did you mean `{meant}`" in said(carescale("project", "birmingham", "--format", written))


def test_a_format_like_no_other_is_answered_with_a_list_of_formats() -> None:
    answer = said(carescale("project", "birmingham", "--format", "zzz"))
    assert "there is no format `zzz`" in answer
    assert "csv" in answer


@pytest.mark.parametrize(
    "line",
    [
        ("appraise", "west-midlands"),
        ("explain", "west-midlands", "shared_lives.additional_people"),
        ("solve", "west-midlands", "--for", "additional_people", "--reach", "10", "--by", "shared_lives.ramp_months"),
    ],
)
def test_a_question_about_one_place_asks_which_area_of_a_table_is_meant(line: tuple[str, ...]) -> None:
    result = carescale(*line)
    assert (result.code, result.out) == (2, "")
    assert "this is a table of many areas" in result.err
    assert "--area E08000025" in result.err
