"""Whatever hypothesis thinks of loads and can be projected and checked, or every problem in it is told with its place.

The standing attacker, in tests/fuzz/, has the whole command line; here every problem is looked at.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import ODD_NUMBERS, ODD_TEXTS

from carescale.analysis.check import check
from carescale.analysis.projection import project
from carescale.inputs.library import shipped
from carescale.inputs.loading import load
from carescale.problems import KINDS, Problems

SECONDS = 5  # of the processor, for one file; the slowest takes a tenth of one
LONGEST_MESSAGE = 600
LONGEST_PROBLEM = 1_500  # with its excerpt and hints


def texts(folder: str) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(shipped(folder).glob("*.yaml"))}


# Places of one area: a table of many is evaluated otherwise.
EXAMPLES = {name: text for name, text in texts("examples").items() if "place:" in text and "\ntable:" not in text}
INTERVENTIONS = texts("scenarios/interventions")
SCENARIOS = texts("scenarios/scaling")
FILES = [*EXAMPLES.items(), *INTERVENTIONS.items(), *SCENARIOS.items()]
USED_BY = {
    "living_well": "cornwall", "shared_lives": "england", "hospital_discharge": "kent",
    "employment_enterprises": "cornwall", "extra_care": "cornwall",  # which cohorts it goes to would have to be said
}  # fmt: skip
OTHERWISE = "place: A\nyear: 2016\nsource: scie-2017\nplan: {{{name}: {{add: 5}}}}\n"


@pytest.fixture
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> None:
    Path(name).write_bytes(text.encode("utf-8", "surrogatepass"))


def put_in_place(name: str, text: str) -> str:
    """Write a broken file where it takes part in a case: the place, its own intervention, or a scenario of it."""
    if name in INTERVENTIONS:
        write(f"{name}.yaml", text)
        place = EXAMPLES[USED_BY[name]] if name in USED_BY else OTHERWISE.format(name=name)
        write("place.yaml", f"{place}\nuse: {name}.yaml\n")
    elif name in SCENARIOS:
        write("scenario.yaml", text)
        write("place.yaml", EXAMPLES["england"])
        return "scenario.yaml"
    else:
        write("place.yaml", text)
    return "as-published"


def outcome(scenario: str = "as-published") -> str:
    """`ran`, or `refused` with problems that a person can act on; anything else is an error of ours."""
    started = time.process_time()
    try:
        case = load("place.yaml", scenario=scenario)
    except Problems as found:
        assert time.process_time() - started < SECONDS
        assert_told_well(found)
        return "refused"
    projection = project(case)
    assert all(result.title and result.key for result in projection)
    assert all(len(series) == case.horizon + 1 for series in projection.months().values())
    assert len(check(case).judged) == len(case.claims)
    assert time.process_time() - started < SECONDS
    return "ran"


def assert_told_well(found: Problems) -> None:
    assert found.problems
    for problem in found.problems:
        told = str(problem)
        assert problem.code in KINDS
        assert problem.position.file.endswith(".yaml"), told
        assert problem.position.line > 0, told
        assert 0 < len(problem.message) <= LONGEST_MESSAGE, told[:2_000]
        assert len(told) <= LONGEST_PROBLEM, told[:2_000]
        assert told.translate(dict.fromkeys(map(ord, "\n\u200c\u200d"))).isprintable(), repr(told)


@pytest.mark.usefixtures("_in_an_empty_folder")
@pytest.mark.parametrize("name", [name for name, _ in FILES])
def test_the_files_that_mutations_start_from_all_run(name: str) -> None:
    assert outcome(put_in_place(name, dict(FILES)[name])) == "ran"


# --- what hypothesis thinks of -----------------------------------------------------------------------------------

FEW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ODD = st.one_of(
    st.sampled_from([*ODD_NUMBERS, *ODD_TEXTS]), st.text(max_size=20), st.integers(), st.floats(), st.none()
)
WORDS = st.sampled_from([
    "place", "year", "source", "plan", "figures", "claims", "choices", "published", "sources", "use",
    "start", "living_well", "older_people", "add", "people", "rate", "value", "unknown", "solve", "equals",
    "assumption", "council", "nhs", "that", "is", "between", "learning_disability", "eligible_people",
    "current_people", "ramp", "yearly_shares", "overlap", "horizon_months", "ramp_months",
    "running_cost_share", "published_saving_per_person", "title", "range", "code",
])  # fmt: skip
TREES = st.recursive(
    st.one_of(ODD, WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=25,
)


@FEW
@given(text=st.text(max_size=200))
def test_any_text_at_all_is_refused_in_words(text: str, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        write("place.yaml", text)
        assert outcome() == "refused"


@FEW
@given(data=st.binary(max_size=100))
def test_any_bytes_at_all_are_refused_in_words(data: bytes, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        Path("place.yaml").write_bytes(data)
        assert outcome() == "refused"


@FEW
@given(tree=st.dictionaries(WORDS, TREES, max_size=6))
def test_any_blocks_made_of_the_words_of_a_place_are_refused_in_words_unless_they_name_a_place(
    tree: dict[str, object], tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        write("place.yaml", yaml.safe_dump(tree, allow_unicode=True))
        found = outcome()  # in which the problems, or the projection, are looked at
        assert found == "refused" or "place" in tree


@FEW
@given(number=ODD, name=st.sampled_from(["add", "people", "rate", "share", "value", "range"]))
def test_any_whole_number_in_a_plan_runs_and_what_has_no_digit_is_refused_in_words(
    number: object, name: str, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        rule = (
            {name: number} if name not in ("value", "range") else {"add": {"value": 5, name: number, "assumption": "a"}}
        )
        write(
            "place.yaml",
            yaml.safe_dump(
                {"place": "a", "year": 2016, "source": "scie-2017", "plan": {"living_well": rule}}, allow_unicode=True
            ),
        )
        found = outcome()
        if isinstance(number, int) and number < 10**12 and name in ("add", "people"):
            assert found == ("ran" if number >= 0 else "refused")
        elif isinstance(number, str) and not any(letter.isnumeric() for letter in number):
            assert found == "refused"


@pytest.mark.usefixtures("_in_an_empty_folder")
def test_what_makes_a_number_overflow_is_no_crash() -> None:
    """The largest number that reads, wherever one stands, and nothing where something is divided by."""
    outcomes: Counter[str] = Counter()
    for number in ("9" * 36 + "bn", "0"):
        for text in EXAMPLES.values():
            for line in {
                line for line in text.split("\n") if line.strip().startswith(("add:", "is:", "eligible_people:"))
            }:
                key, _, value = line.partition(":")
                written = re.sub(r"[0-9][0-9,.]*(bn|m|k)?", number, value, count=1)  # its unit stays
                write("place.yaml", text.replace(line, f"{key}:{written}"))
                outcomes[outcome()] += 1
    assert outcomes["ran"] > 5 * outcomes["refused"] > 0, outcomes


@pytest.mark.usefixtures("_in_an_empty_folder")
def test_a_published_figure_may_have_the_name_of_another_and_say_its_unit() -> None:
    write("place.yaml", "place: a\npublished: {spend: {value: 5, unit: people, year: 2016, source: scie-2017}}\n")
    assert load("place.yaml").figures["published.spend"].unit == "person"
