"""What the README and the guides say can be typed can be typed: commands run, snippets load, screens are real ones."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cli.running import carescale as run
from cli.running import changed_example, command
from england.workbook import write_workbook

import carescale.formulas.savings
from carescale import check, load, project
from carescale.analysis.one_area import one_area
from carescale.inputs.library import shipped

HOME = Path(__file__).parent.parent
README, PLACES, LIBRARY = (HOME / name for name in ("README.md", "examples/README.md", "scenarios/README.md"))
PAGES = {page: page.read_text(encoding="utf-8") for page in (README, PLACES, LIBRARY)}
TEXT = PAGES[README]
MOST_LINES = 200  # of the README, beside its one screen
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SCREEN = re.compile(r"(?<=<!-- screen: project england -->\n)```console\n\$ (?P<line>[^\n]*)\n.*?^```\n", re.M | re.S)
HEADER = "place: Leeds\nyear: 2024/25\nsource: scie-2017\n"


def fences(page: Path, language: str) -> list[str]:
    return [found["body"] for found in FENCE.finditer(PAGES[page]) if found["language"] == language]


def commands() -> Iterator[str]:
    """Every command with its arguments: in the text, after a prompt, or in a workflow."""
    for text in PAGES.values():
        plain = FENCE.sub("", text)
        yield from (line for line in re.findall(r"`(carescale [^`]+)`", plain) if len(line.split()) > 2)
        yield from re.findall(r"^(?:\$ |- run: )(carescale .*?)(?: +#.*)?$", text, re.MULTILINE)


def spread(line: str) -> str:
    """A line with its patterns spread into the files they mean, as a shell would."""
    words = shlex.split(line)
    spread_out = (sorted(map(str, Path().glob(word))) or [word] if "*" in word else [word] for word in words)
    return shlex.join(word for found in spread_out for word in found)


@pytest.fixture(autouse=True)
def _in_a_folder_with_a_reader_s_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped("examples"), tmp_path / "figures")


def the_readers_files() -> None:
    """What the guides have a reader write."""
    Path("befriending.yaml").write_text(fences(LIBRARY, "yaml")[0], encoding="utf-8")
    Path("twice-as-slow.yaml").write_text(fences(LIBRARY, "yaml")[2], encoding="utf-8")


def a_region_s_schemes() -> None:
    """Four schemes that start one, two or three people each month, and the scenario that is made of them."""
    schemes = {"Ash": 1, "Birch": 2, "Cedar": 2, "Dale": 3}
    rows = [f"{month},{name},{pace * month},{pace},0" for name, pace in schemes.items() for month in range(1, 14)]
    Path("northtown-actuals.csv").write_text("\n".join(["month,scheme,people,starts,leavers", *rows]), encoding="utf-8")
    shutil.copy(shipped("examples") / "northtown.yaml", "region.yaml")
    assert run("track", "region.yaml", "-o", "ours.yaml").code == 0


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_a_command_of_the_readme_runs(line: str) -> None:
    if line.endswith((" befriending.yaml", " twice-as-slow.yaml")) and not line.startswith("carescale new befriending"):
        the_readers_files()
    if line.endswith(" --report report.docx"):
        assert run("track", "northtown", "-o", "report.docx").code == 0
    if line.startswith("carescale update-england"):
        write_workbook(Path("asc_activity_finance_2022-23.xlsx"), "2022-23")
    if line.endswith(" ours.yaml"):
        a_region_s_schemes()
    if " leeds.yaml" in line and not line.startswith("carescale new"):
        Path("leeds.yaml").write_text(fences(PLACES, "yaml")[0], encoding="utf-8")
    result = command(spread(line))
    assert result.code == 0, result.err


def test_the_commands_of_the_readme_are_found() -> None:
    found = set(commands())
    assert {"carescale project england", "carescale show living_well", "carescale new leeds.yaml"} <= found
    assert "carescale check figures/*.yaml --format junit" in found
    assert {line.split()[1] for line in found} == {
        *("project", "appraise", "budget", "track", "explain", "check", "calc", "compare", "chart", "read"),
        *("simulate", "solve", "update-england"),
        *("list", "show", "new", "schema"),
    }


def test_the_additions_that_the_readme_names_run() -> None:
    assert "(add `--monthly`, `--bom`)" in TEXT
    assert command("carescale project birmingham.yaml --output birmingham.csv --monthly --bom").code == 0


def test_the_screen_of_the_readme_is_the_real_one(regenerate: bool) -> None:
    (found,) = SCREEN.finditer(TEXT)
    block = f"```console\n$ {found['line']}\n{command(found['line'], columns=80).out}```\n"
    if regenerate:
        README.write_text(TEXT[: found.start()] + block + TEXT[found.end() :], encoding="utf-8")
    else:
        assert found[0] == block, "if the new screen is right, run pytest with --regenerate"
    assert "England · E92000001" in block


KINDS = {
    README: [],
    PLACES: [
        *("place", "place", "place", "claims", "formulas", "# .github", "# .pre-commit-config", "figures"),
        *("# birmingham", "# northtown", "conversation"),
    ],
    LIBRARY: ["# befriending", "use", "# twice-as-slow"],
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_there_is_a_test_for_every_snippet(page: Path) -> None:
    first = re.compile(r"(place|use|claims|formulas|figures|conversation|# \.?[\w-]+)")
    kinds = [first.match(body) for body in fences(page, "yaml")]
    assert [kind[0] if kind else None for kind in kinds] == KINDS[page]
    assert len(fences(page, "python")) == (2 if page == README else 0)
    assert {found["language"] for found in FENCE.finditer(PAGES[page])} <= {"yaml", "python", "console", "csv"}


def test_what_the_guide_says_of_a_budget_is_read(tmp_path: Path) -> None:
    block = fences(PLACES, "yaml")[8].partition("figures:\n")[2]
    own, shared_lives = block.split("  shared_lives:\n")
    path = changed_example(
        "birmingham",
        tmp_path,
        ("figures:\n", f"figures:\n{own}"),
        (
            "  shared_lives:\n    learning_disability:\n      current",
            f"  shared_lives:\n{shared_lives}    learning_disability:\n      current",
        ),
    )
    figures = load(path, cash_years=5, start="2026-09").figures
    assert figures["shared_lives.cashable_share.council"].detail.decided_by == "the Director of Commissioning"
    assert figures["portfolio.fee_uplift.in_2028_29"].value is not None


def test_what_the_guide_says_of_a_plan_under_watch_is_read(tmp_path: Path) -> None:
    (tmp_path / "northtown-actuals.csv").write_text(fences(PLACES, "csv")[0], encoding="utf-8")
    written = (shipped("examples") / "northtown.yaml").read_text(encoding="utf-8").partition("\nactuals:")[0]
    block = fences(PLACES, "yaml")[9].partition("start: 2026-09\n")[2]
    (tmp_path / "northtown.yaml").write_text(f"{written}\n{block}", encoding="utf-8")
    actuals = load(tmp_path / "northtown.yaml", tracked=True).actuals
    assert actuals is not None
    assert actuals.of("shared_lives").known("people") == {9: 1, 10: 2, 11: 2}
    assert actuals.source == "the Shared Lives team's monitoring sheet"


def test_the_readme_is_short() -> None:
    assert len(SCREEN.sub("", TEXT).splitlines()) <= MOST_LINES


def test_the_map_of_the_code_names_the_files_where_things_are() -> None:
    package = HOME / "carescale"
    table = dict(re.findall(r"^\| (where [^|]+\?) \| `([\w/]+\.py)`", TEXT, re.M))
    assert "def net_saving(" in (package / table["where is net saving computed?"]).read_text(encoding="utf-8")
    assert "REACH: Fields" in (package / table["where is the reach table drawn?"]).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:report|formulas|writers)/[\w/]+\.py)`", TEXT):
        assert (package / path).exists() or (package / "report" / path).exists(), path


def test_the_scenario_of_the_guide_slows_the_plan_and_takes_a_fifth_off_what_is_avoided() -> None:
    the_readers_files()
    slow, plan = load("birmingham", scenario="twice-as-slow.yaml"), load("birmingham")
    key = "shared_lives.full_scale_month"
    assert project(slow)[key].value - project(plan)[key].value == 18
    key = "shared_lives.net_saving.council"
    assert project(slow)[key].value == pytest.approx(0.8 * 3_088_000 - 1_754_000)


def test_the_press_release_of_the_guide_is_checked_as_it_says() -> None:
    Path("ours.yaml").write_text(fences(PLACES, "yaml")[2], encoding="utf-8")
    told = run("check", "ours.yaml", columns=96).out
    assert fences(PLACES, "console")[0].strip("\n") in told


def test_the_range_of_the_guide_loads_with_what_it_covers() -> None:
    text = fences(PLACES, "yaml")[0].partition("figures:")[0] + fences(PLACES, "yaml")[7]
    Path("ours.yaml").write_text(text, encoding="utf-8")
    detail = load("ours.yaml").figures["shared_lives.ramp_months"].detail
    assert detail.covers == "80%"
    assert detail.range_assumption.startswith("the two schemes nearest to us")


def test_the_formulas_of_the_guide_are_worked_out() -> None:
    text = (shipped("examples") / "birmingham.yaml").read_text(encoding="utf-8")
    Path("ours.yaml").write_text(text + fences(PLACES, "yaml")[4], encoding="utf-8")
    projection = project(load("ours.yaml"))
    assert projection["formulas.cost_of_each"].value == 400
    assert projection["formulas.a_week"].value == pytest.approx(1_334_000 / 52)


def test_the_place_file_of_the_readme_loads_and_projects() -> None:
    Path("leeds.yaml").write_text(fences(PLACES, "yaml")[0], encoding="utf-8")
    projection = project(load("leeds.yaml"))
    assert projection["shared_lives.learning_disability.total_people"].value == 80
    assert projection.case.title == "Grow Shared Lives"


def test_the_table_of_the_readme_is_read_with_birmingham_235_people_short_of_the_best() -> None:
    shutil.copy(shipped("examples") / "west-midlands.csv", ".")
    Path("west-midlands.yaml").write_text(fences(PLACES, "yaml")[1], encoding="utf-8")
    birmingham = one_area(load("./west-midlands.yaml"), "Birmingham")
    assert round(project(birmingham)["shared_lives.additional_people"].value, 1) == 235.4


def test_the_intervention_of_the_readme_is_shown_checked_and_planned_as_it_says() -> None:
    the_readers_files()
    Path("leeds.yaml").write_text(HEADER + fences(LIBRARY, "yaml")[1], encoding="utf-8")
    projection = project(load("leeds.yaml"))
    assert projection["befriending.running_cost"].value == 40 * 80
    assert projection["befriending.gross_saving.society"].value == 40 * 35
    assert run("show", "befriending.yaml").out.startswith("Befriending (befriending)")
    assert run("check", "befriending.yaml").out == "befriending.yaml · nothing found\n"


def test_the_claims_of_the_readme_hold_of_birmingham(tmp_path: Path) -> None:
    before = (shipped("examples") / "birmingham.yaml").read_text(encoding="utf-8").partition("\nclaims:\n")
    assert before[1]
    path = changed_example("birmingham", tmp_path, (before[1] + before[2], "\n" + fences(PLACES, "yaml")[3]))
    checked = check(load(path))
    assert len(checked.judged) == 2
    assert checked.passed


def test_the_workflow_of_the_readme_uses_the_action_of_this_repository_with_inputs_that_it_has() -> None:
    step = yaml.safe_load(fences(PLACES, "yaml")[5])["jobs"]["figures"]["steps"][-1]
    path = step["uses"].partition("@")[0].removeprefix("OWNER/carescale/")
    action = yaml.safe_load((HOME / path / "action.yml").read_text(encoding="utf-8"))
    assert set(step["with"]) <= set(action["inputs"])


def test_the_hook_of_the_readme_is_one_that_this_repository_has() -> None:
    (repository,) = yaml.safe_load(fences(PLACES, "yaml")[6])["repos"]
    hooks = yaml.safe_load((HOME / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in repository["hooks"]} == {hook["id"] for hook in hooks}


def test_the_formula_of_the_readme_is_the_one_of_the_code_without_its_types() -> None:
    code = Path(carescale.formulas.savings.__file__).read_text(encoding="utf-8")
    assert fences(README, "python")[0] in re.sub(r": Number\b| -> Number\b", "", code)


def test_the_library_use_of_the_readme_runs_and_gives_what_it_says() -> None:
    snippet = fences(README, "python")[1]
    names: dict[str, Any] = {}
    exec(snippet, names)
    lines = [line.partition("  # ") for line in snippet.splitlines() if "  # " in line and " = " not in line]
    assert len(lines) == 4
    for expression, _, said in lines:
        assert repr(eval(expression, names)) == said


def test_the_formats_that_the_readme_names_are_written() -> None:
    (named,) = re.findall(r"`--format` takes ([\w, ]+?) and the other formats", " ".join(TEXT.split()))
    formats = named.split(", ")
    assert len(formats) >= 5
    for style in formats:
        assert run("project", "cornwall", "--format", style).code == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    for path in re.findall(r"\]\((?!https?:)([^)#]+)\)", PAGES[page]):
        assert (page.parent / path).exists(), path


def test_the_conversation_of_the_guide_loads_once_its_sources_are_named() -> None:
    place, talk = fences(PLACES, "yaml")[0], fences(PLACES, "yaml")[-1]
    named = re.findall(r"our-(?:inspection|survey)", talk)
    sources = "".join(f"  {key}: {{publisher: Leeds, title: {key}, year: 2025}}\n" for key in dict.fromkeys(named))
    Path("leeds.yaml").write_text(place.replace("sources:\n", f"sources:\n{sources}") + talk, encoding="utf-8")
    found = load("leeds.yaml").conversation
    assert found is not None
    assert [one.says for one in found.parts["decided"]] == ["Shared Lives grows first."]
    assert str(found.by) == "2027-01-31"
