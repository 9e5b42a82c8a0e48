"""Files that are written: the format by ending or by --format, whole or not at all, and nothing else touched."""

import json
import os
from pathlib import Path

import pytest
from cli.running import Ran, carescale, said

STARTS = {
    "csv": "place,scenario,",
    "tsv": "place\tscenario\t",
    "json": '{\n  "format": "carescale.projection/1"',
    "md": "**Living Well for the first 325 people → ",
    "txt": "Living Well for the first 325 people → ",
    "html": "<!DOCTYPE html>",
}


def project_to(path: Path, *words: str) -> Ran:
    return carescale("project", "cornwall", "--output", str(path), *words)


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("ending", STARTS)
def test_the_ending_of_a_file_says_its_format(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"cornwall.{ending}"
    result = project_to(path)
    assert (result.code, result.out) == (0, "")
    assert path.read_text(encoding="utf-8").startswith(STARTS[ending])


def test_an_ending_in_capitals_is_the_same(tmp_path: Path) -> None:
    project_to(tmp_path / "CORNWALL.CSV")
    assert (tmp_path / "CORNWALL.CSV").read_text(encoding="utf-8").startswith(STARTS["csv"])


def test_a_check_goes_to_an_xml_file_as_junit(tmp_path: Path) -> None:
    carescale("check", "cornwall", "--output", str(tmp_path / "checks.xml"))
    assert "<testsuites>" in (tmp_path / "checks.xml").read_text(encoding="utf-8")


def test_the_format_option_wins_over_the_ending(tmp_path: Path) -> None:
    project_to(tmp_path / "cornwall.txt", "--format", "csv")
    assert (tmp_path / "cornwall.txt").read_text(encoding="utf-8").startswith(STARTS["csv"])


def test_the_screen_in_a_file_is_plain_text(tmp_path: Path) -> None:
    project_to(tmp_path / "a.txt", "--format", "table")
    project_to(tmp_path / "b.txt", "--format", "plain")
    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "b.txt").read_bytes()


@pytest.mark.parametrize("style", ["csv", "json", "plain", "markdown", "html", "grid"])
def test_a_file_holds_what_standard_output_would(tmp_path: Path, style: str) -> None:
    project_to(tmp_path / "file", "--format", style)
    assert (tmp_path / "file").read_bytes().decode() == carescale("project", "cornwall", "--format", style).out


@pytest.mark.parametrize("words", [("explain", "cornwall", "living_well.net_saving.nhs"), ("list", "sources")])
def test_every_command_writes_json_to_a_file(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert carescale(*words, "--output", "it.json").code == 0
    assert json.loads(Path("it.json").read_text(encoding="utf-8"))


def test_a_file_that_is_there_is_replaced_and_its_permissions_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "cornwall.csv"
    path.write_text("old")
    path.chmod(0o640)
    project_to(path)
    assert path.read_text(encoding="utf-8").startswith(STARTS["csv"])
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_the_file_it_names_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    project_to(tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8").startswith(STARTS["csv"])


def test_a_pipe_in_the_folder_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert project_to(tmp_path / "pipe", "--format", "plain").code == 0
    assert os.read(reader, 1_000_000).decode().startswith(STARTS["txt"])
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def half_written(self: Path, text: str, **options: object) -> int:
    """A disk that is full after ten letters."""
    with open(self, "w", encoding="utf-8") as file:
        file.write(text[:10])
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("method", "broken"), [("write_text", half_written), ("replace", lambda *_: os.stat(""))])
@pytest.mark.parametrize("before", ["what was there before", None])
def test_where_writing_fails_the_old_file_stays_and_no_part_of_the_new_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, broken: object, before: str | None
) -> None:
    path = tmp_path / "cornwall.csv"
    if before is not None:
        path.write_text(before)
    with monkeypatch.context() as patched:
        patched.setattr(Path, method, broken)
        result = project_to(path)
    assert result.code == 2
    assert f"{path}: it cannot be written: No s" in said(result)
    assert left_in(tmp_path) == ({"cornwall.csv"} if before else set())
    assert before is None or path.read_text() == before


def test_where_writing_is_interrupted_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Path, text: str, **options: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", interrupted)
        assert project_to(tmp_path / "cornwall.csv").code == 130
    assert left_in(tmp_path) == set()


@pytest.mark.parametrize("where", ["nowhere/cornwall.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_to_is_named_as_it_was_typed(where: str) -> None:
    Path("folder.csv").mkdir()
    result = carescale("project", "cornwall", "--output", where)
    assert result.code == 2
    assert f"{where}: it cannot be written: " in said(result)
    assert left_in(Path()) == {"folder.csv"}


def test_nothing_is_written_where_the_place_file_is_broken(tmp_path: Path) -> None:
    Path("broken.yaml").write_text("place: Leeds\nplan: {living_wel: {add: 5}}\n")
    result = carescale("project", "broken.yaml", "--output", "out.csv")
    assert result.code == 2
    assert "there is no intervention `living_wel`" in said(result)
    assert left_in(tmp_path) == {"broken.yaml"}
