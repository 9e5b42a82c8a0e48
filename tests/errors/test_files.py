"""Files that cannot be read at all, and options that cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from carescale.inputs.loading import load
from carescale.problems import Problem, Problems
from carescale.report.writers.output import write_file

GOOD = "place: Westshire\nyear: 2024/25\nsource: scie-2017\nplan:\n  living_well:\n    add: 100\n"
PLAN_OF_ITS_OWN = "place: Westshire\nyear: 2024/25\nsource: scie-2017\nplan:\n  befriending: all\n"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    monkeypatch.chdir(folder)


def only_problem(path: str, **options: object) -> Problem:
    with pytest.raises(Problems) as caught:
        load(path, **options)  # type: ignore[arg-type]
    assert len(caught.value.problems) == 1, str(caught.value)
    return caught.value.problems[0]


def write(name: str, content: str | bytes) -> str:
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def test_the_good_file_that_the_others_are_made_from_loads() -> None:
    assert load(write("place.yaml", GOOD)).place == "Westshire"


# --- files that are not there, or are no files ------------------------------------------------------------------


def test_a_missing_file_is_told_with_the_nearest_example() -> None:
    problem = only_problem("birmingam.yaml")
    assert problem.code == "missing-file"
    assert str(problem).startswith("birmingam.yaml: there is no such file\n  did you mean `birmingham`?")


def test_a_folder_is_told_to_be_one() -> None:
    Path("area.yaml").mkdir()
    assert str(only_problem("area.yaml")) == "area.yaml: this is a folder, not a file\n  name a file in it"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_a_pipe_is_refused_and_not_waited_for() -> None:
    os.mkfifo("pipe.yaml")
    assert only_problem("pipe.yaml").code == "not-a-file"


@pytest.mark.parametrize(
    ("name", "code"),
    [("x" * 5_000 + ".yaml", "unreadable"), ("a\0b.yaml", "missing-file")],
    ids=["too long", "with a NUL"],
)
def test_a_name_that_no_file_can_have_is_told_in_one_short_problem(name: str, code: str) -> None:
    problem = only_problem(name)
    assert problem.code == code
    assert "\0" not in str(problem)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_that_the_system_will_not_open_is_unreadable() -> None:
    Path(write("closed.yaml", GOOD)).chmod(0)
    assert only_problem("closed.yaml").code == "unreadable"


def test_a_file_of_no_bytes_is_empty() -> None:
    assert only_problem(write("place.yaml", "")).code == "empty"


def test_a_file_of_fifty_megabytes_is_refused_without_being_read_whole() -> None:
    with Path("huge.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert str(only_problem("huge.yaml")) == "huge.yaml: it is larger than 2,000,000 bytes, which no place needs"


# --- encodings ---------------------------------------------------------------------------------------------------


def test_a_file_saved_by_an_old_windows_program_is_told_at_its_first_pound_sign() -> None:
    problem = only_problem(write("place.yaml", (GOOD + "title: saves £1m\n").encode("cp1252")))
    assert str(problem) == (
        "place.yaml:7:14: it is not UTF-8 text: byte 0xa3 stands here\n"
        "  |\n"
        "7 | title: saves £1m\n"
        "  |              ^\n"
        "  = save it as UTF-8: in Excel choose “CSV UTF-8”, in Notepad the encoding “UTF-8”"
    )


@pytest.mark.parametrize(
    ("encoding", "code"), [("utf-16", "unreadable"), ("utf-16-le", "not-yaml"), ("utf-16-be", "not-yaml")]
)
def test_utf_16_is_refused_with_the_hint_to_save_as_utf_8(encoding: str, code: str) -> None:
    problem = only_problem(write("place.yaml", GOOD.encode(encoding)))
    assert problem.code == code
    assert "UTF-8" in problem.hint
    assert str(problem).replace("\n", "").isprintable()


@pytest.mark.parametrize("change", ["\ufeff{}", "{}"], ids=["byte order mark", "plain"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["Unix", "Windows"])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(change: str, ending: str) -> None:
    path = write("place.yaml", change.format(GOOD).replace("\n", ending))
    figure = load(path).figures["living_well.older_people.added_people"]
    assert (figure.number and figure.number.text, figure.position.line) == ("100", 6)


# --- files that a file names -------------------------------------------------------------------------------------


def outside(tmp_path: Path) -> Path:
    path = tmp_path / "befriending.yaml"
    path.write_text("intervention: Befriending\narea: living at home\nabout: b\n", encoding="utf-8")
    return path


def test_use_does_not_climb_out_of_the_folder(tmp_path: Path) -> None:
    outside(tmp_path)
    assert only_problem(write("place.yaml", PLAN_OF_ITS_OWN + "use: ../befriending.yaml\n")).code == "outside-folder"


def test_use_does_not_take_a_whole_path_even_into_the_folder() -> None:
    inside = Path(write("befriending.yaml", "intervention: Befriending\narea: living at home\nabout: b\n")).resolve()
    assert only_problem(write("place.yaml", PLAN_OF_ITS_OWN + f"use: {inside}\n")).code == "outside-folder"


def test_use_does_not_follow_a_link_out_of_the_folder(tmp_path: Path) -> None:
    Path("befriending.yaml").symlink_to(outside(tmp_path))
    assert only_problem(write("place.yaml", PLAN_OF_ITS_OWN + "use: befriending.yaml\n")).code == "outside-folder"


def test_use_takes_a_file_below_the_folder_and_its_problems_name_it_as_written() -> None:
    Path("own").mkdir()
    write("own/befriending.yaml", "intervention: Befriending\narea: living at home\nabout: b\nabuot: c\n")
    assert str(only_problem(write("place.yaml", PLAN_OF_ITS_OWN + "use: own/befriending.yaml\n"))).startswith(
        "own/befriending.yaml:4:1: `abuot` is not a key of an intervention file"
    )


@pytest.mark.parametrize("written", ["x" * 5_000 + ".yaml", '"a\\0b.yaml"', ".", "own", '""'])
def test_use_of_what_is_no_file_is_told_at_its_line(written: str) -> None:
    Path("own").mkdir()
    problem = only_problem(write("place.yaml", GOOD + f"use: {written}\n"))
    assert (problem.code, problem.position.line) == ("missing-file", 7)


# --- scenarios and settings --------------------------------------------------------------------------------------


def test_an_unknown_scenario_is_told_with_the_known_ones() -> None:
    problem = only_problem(write("place.yaml", GOOD), scenario="fixed-numbers")
    assert (problem.code, str(problem.position)) == ("unknown-name", "--scenario")
    assert problem.hint.startswith("did you mean `fixed-number`?")


def test_a_scenario_file_that_is_missing_is_told_by_its_name() -> None:
    assert str(only_problem(write("place.yaml", GOOD), scenario="mine.yaml")) == "mine.yaml: there is no such file"


def test_a_problem_in_a_scenario_file_is_told_at_its_line() -> None:
    write("mine.yaml", "scenario: Mine\nabout: a try\nplan:\n  shared_live:\n    add: 3\n")
    problem = only_problem(write("place.yaml", GOOD), scenario="mine.yaml")
    assert str(problem).startswith("mine.yaml:4:3: there is no intervention `shared_live`")


def test_a_figure_solved_from_what_a_scenario_does_not_plan_is_unknown_and_no_mistake() -> None:
    figure = load("england", scenario="fixed-number").figures["shared_lives.everyone.share_bearing_saving"]
    assert figure.value is None
    assert figure.unknown == (
        "it is solved from shared_lives.everyone.gross_saving.council, which does not apply in this plan"
    )


@pytest.mark.parametrize(
    ("setting", "code", "message"),
    [
        ("living_well", "bad-option", "`living_well` is not path=value"),
        ("=5", "bad-option", "`=5` is not path=value"),
        ("living_well.ad_people=5", "unknown-name", "nothing is called `living_well.ad_people`"),
        ("set_up_share=5%", "unknown-name", "`set_up_share` could be several"),
        ("added_people=five", "not-a-number", "`five` is not a number"),
        ("added_people=-5", "out-of-range", "`-5` for `added_people`: it cannot be negative"),
        ("added_people=£5", "wrong-unit", "`£5` for `added_people`: a number of people is expected, not pounds"),
        ("living_well.ramp=sideways", "unknown-name", "`ramp` cannot be `sideways`"),
        ("added_people=", "not-a-number", "there is no number here"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_by_the_option(setting: str, code: str, message: str) -> None:
    problem = only_problem(write("place.yaml", GOOD), settings=[setting])
    assert (problem.code, problem.message, str(problem.position)) == (code, message, f"--set {setting}")
    assert problem.hint


def test_settings_and_the_file_are_told_of_together() -> None:
    with pytest.raises(Problems) as caught:
        load(write("place.yaml", GOOD + "title: [a]\n"), settings=["added_people=five"])
    assert [problem.code for problem in caught.value.problems] == ["not-a-number", "wrong-kind"]


# --- outputs -----------------------------------------------------------------------------------------------------


def only_problem_of_writing(path: Path) -> Problem:
    with pytest.raises(Problems) as caught:
        write_file(path, lambda temporary: temporary.write_text("a,b\n", encoding="utf-8"))
    return caught.value.problems[0]


def test_an_output_into_a_folder_that_is_not_there_cannot_be_written() -> None:
    path = Path("no") / "such" / "folder.csv"
    assert str(only_problem_of_writing(path)) == f"{path}: it cannot be written: No such file or directory"


def test_an_output_in_place_of_a_folder_cannot_be_written_and_leaves_nothing_behind() -> None:
    Path("results").mkdir()
    problem = only_problem_of_writing(Path("results"))
    assert (problem.code, str(problem.position)) == ("cannot-write", "results")
    assert [path.name for path in Path().iterdir()] == ["results"]
