"""Files that are written: the format by ending or by --format, whole or not at all, and nothing else touched."""

import json
import os
from pathlib import Path

import pytest
from cli.running import PROGRAM, Ran, carescale, changed_example, process, ran, said

from carescale.inputs.library import shipped
from carescale.report.writers.whole_file import write_whole

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


@pytest.mark.parametrize("ending", ["csv", "md", "docx", "xlsx", "html"])
def test_what_is_written_is_named_on_standard_error(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"report.{ending}"
    assert project_to(path).err.splitlines()[1:] == [f"wrote {path}"]  # after whose example it is


def test_a_file_that_a_command_tells_of_itself_is_named_once(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert carescale("new", str(path)).err.count("wrote ") == 1


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


READING = [
    ("project", "our-cornwall.yaml", "--format", "csv"), ("check", "our-cornwall.yaml", "--format", "json"),
    ("list", "quantities", "our-cornwall.yaml"), ("explain", "our-cornwall.yaml", "living_well.net_saving.nhs"),
    ("compare", "cornwall", "our-cornwall.yaml"),
]  # fmt: skip


@pytest.mark.parametrize("words", READING, ids=" ".join)
@pytest.mark.parametrize("name", ["our-cornwall.yaml", "link.txt", "hard.txt"])
def test_a_file_that_was_read_is_never_written_over(tmp_path: Path, words: tuple[str, ...], name: str) -> None:
    changed_example("cornwall", tmp_path)
    Path("link.txt").symlink_to("our-cornwall.yaml")
    Path("hard.txt").hardlink_to("our-cornwall.yaml")
    before = Path("our-cornwall.yaml").read_bytes()
    result = carescale(*words, "--output", name, *(() if "--format" in words else ("--format", "plain")))
    assert result.code == 2
    assert f"{name}: it is one of the files that were read" in said(result)
    assert Path("our-cornwall.yaml").read_bytes() == before


@pytest.mark.parametrize("command", ["project", "budget", "appraise", "check", "simulate"])
def test_a_table_of_what_happened_that_a_file_names_is_never_written_over_though_it_is_not_read(command: str) -> None:
    for example in ("northtown.yaml", "northtown-actuals.csv"):
        Path(example).write_bytes((shipped("examples") / example).read_bytes())
    before = Path("northtown-actuals.csv").read_bytes()
    assert carescale(command, "northtown.yaml", "-o", "northtown-actuals.csv").code == 2
    assert Path("northtown-actuals.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["west-midlands.csv", "west-midlands.yaml", "bold.yaml"])
def test_neither_a_table_nor_a_scenario_that_was_read_is_written_over(name: str) -> None:
    for example in ("west-midlands.csv", "west-midlands.yaml"):
        Path(example).write_bytes((shipped("examples") / example).read_bytes())
    Path("bold.yaml").write_bytes((shipped("scenarios/scaling") / "as-published.yaml").read_bytes())
    before = Path(name).read_bytes()
    words = ("project", "west-midlands.yaml", "--scenario", "bold.yaml", "--format", "csv")
    assert carescale(*words, "--output", name).code == 2
    assert Path(name).read_bytes() == before
    assert carescale(*words, "--output", "other.csv").code == 0


def test_an_index_of_prices_without_a_year_is_refused_and_not_written_over() -> None:
    Path("index.yaml").write_text("ours")
    result = carescale("appraise", "cornwall", "--deflator", "index.yaml", "--output", "index.yaml", "--format", "csv")
    assert "--deflator: an index is for putting money into the prices of a year" in said(result)
    assert Path("index.yaml").read_text() == "ours"


def test_a_file_that_is_read_only_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "cornwall.csv"
    path.write_text("final")
    path.chmod(0o444)
    assert f"{path}: it cannot be written: it is read-only" in said(project_to(path))
    assert path.read_text() == "final"


@pytest.mark.skipif(os.name == "nt", reason="groups are for systems that have them")
def test_the_group_of_a_file_that_is_replaced_is_kept(tmp_path: Path) -> None:
    group = next((group for group in (*os.getgroups(), 1234) if group != os.getgid()), None)
    path = tmp_path / "cornwall.csv"
    path.write_text("old")
    try:
        os.chown(path, -1, group)
    except OSError:
        pytest.skip("there is no other group to give it to")
    path.chmod(0o660)
    project_to(path)
    assert (path.stat().st_gid, path.stat().st_mode & 0o777) == (group, 0o660)


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path: Path) -> None:
    longest = os.pathconf(tmp_path, "PC_NAME_MAX")
    path = tmp_path / ("n" * (longest - 4) + ".csv")
    assert project_to(path).code == 0
    assert left_in(tmp_path) == {path.name}
    assert "File name too long" in said(project_to(tmp_path / ("n" * longest + ".csv")))


# Nothing is compiled to a file under the limit: Python 3.11 would leave half of one, on which every later run fails.
FULL_DISK = (
    "import resource, sys; sys.dont_write_bytecode = True; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))\n"
)
DISKS = [(ending, size) for ending in ("csv", "json", "xlsx", "parquet") for size in (100, 4_000)]


@pytest.mark.skipif(os.name == "nt", reason="there are no such limits")
@pytest.mark.parametrize(("ending", "size"), DISKS)
@pytest.mark.parametrize("example", ["birmingham", "west-midlands"])
def test_a_disk_that_is_full_is_a_plain_message(tmp_path: Path, ending: str, size: int, example: str) -> None:
    if example == "birmingham" and ending == "parquet":
        pytest.skip("Parquet is for tables")
    words = ("project", example, "--output", f"it.{ending}")
    result = ran(process(*words, program=FULL_DISK.format(size) + PROGRAM))
    if result.code:
        assert result.code == 2
        told = f"it.{ending}: it cannot be written: File too large"
        assert [line.removesuffix(" (os error 27)") for line in result.err.splitlines()[1:]] == [told]
        assert left_in(tmp_path) == set()
    else:
        assert Path(f"it.{ending}").stat().st_size <= size


KILLED = """
import os, signal
from carescale.report.writers import whole_file
whole_file._like = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_a_killed_run_left_is_taken_away_by_the_next_one_in_that_folder(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"it.{ending}"
    assert ran(process("project", "cornwall", "--output", str(path), program=KILLED + PROGRAM)).code == -9
    assert len(left_in(tmp_path)) == 1
    assert not path.exists()
    assert project_to(tmp_path / "other.csv").code == 0
    assert left_in(tmp_path) == {"other.csv"}


def test_what_a_killed_run_left_before_it_took_its_lock_goes_too(tmp_path: Path) -> None:
    (tmp_path / ".carescale-early").mkdir()
    assert project_to(tmp_path / "it.csv").code == 0
    assert left_in(tmp_path) == {"it.csv"}


def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    def write(file: Path) -> None:
        assert project_to(tmp_path / "other.csv").code == 0
        assert file.parent.is_dir()
        file.write_text("whole")

    write_whole(tmp_path / "it.txt", write)
    assert left_in(tmp_path) == {"it.txt", "other.csv"}
    assert (tmp_path / "it.txt").read_text() == "whole"


def test_a_workbook_keeps_nothing_anywhere_else_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    (tmp_path / "results").mkdir()
    assert project_to(tmp_path / "results" / "it.xlsx").code == 0
