"""What is the same several times is written once, and means the same as written out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from cli.running import carescale

from carescale import load, project
from carescale.analysis.catalogue import read_card
from carescale.formulas.vocabulary import CHOICES, DEFAULT_CHOICES, PAYERS
from carescale.inputs.library import shipped
from carescale.inputs.reading import parse_document

HEAD = """intervention: Befriending
area: staying well
about: A volunteer visits.
source: knapp-2010
year: 2010
"""
COSTS = "  running_cost_per_person: £80\n  set_up_lump_sum: £4,000\n"
COHORT = """cohorts:
  older_people:
    title: Older people who are lonely
    group: older_people
    figures:
      published_saving_per_person:
"""
SAVING = "        council: {value: £300, evidence: {design: forecast}}\n"


def written(figures: str, saving: str = SAVING, choices: str = "") -> dict[str, tuple[object, str, str, str]]:
    """The figures of an intervention file, each with what it says of itself."""
    text = f"{HEAD}{choices}figures:\n{COSTS}{figures}{COHORT}{saving}"
    card = read_card("befriending", parse_document(text, "befriending.yaml"))
    return {
        key.removeprefix("befriending."): (figure.value, figure.year, figure.origin, figure.unknown)
        for key, figure in card.figures.items()
    }


def shares(name: str, reason: str, **parts: int) -> str:
    lines = [f"    {payer}: {{value: {parts.get(payer, 0)}%, assumption: {reason}}}\n" for payer in PAYERS]
    return f"  {name}:\n{''.join(lines)}"


def test_paid_by_means_all_of_both_costs_for_one_payer_and_none_for_the_others() -> None:
    long = shares("running_cost_share", "its own", council=100) + shares("set_up_share", "its own", council=100)
    assert written("  paid_by: {payer: council, assumption: its own}\n") == written(long)


def test_a_bare_name_is_marked_as_an_assumption_whatever_the_source_of_the_file() -> None:
    figures = written("  paid_by: nhs\n")
    for name in ("running_cost_share", "set_up_share"):
        value, year, origin, _ = figures[f"{name}.nhs"]
        assert (value, year) == (1, "")
        assert origin == "assumption: the file names the payer and gives no source for it"
        assert [figures[f"{name}.{payer}"][0] for payer in ("council", "society")] == [0, 0]


def test_paid_by_may_name_its_source() -> None:
    _, year, origin, _ = written("  paid_by: {payer: nhs, source: scie-2017, year: 2016, where: page 4}\n")[
        "set_up_share.nhs"
    ]
    assert year == "2016"
    assert origin.startswith("Social Care Institute for Excellence")
    assert origin.endswith("(page 4)")


@pytest.mark.parametrize("paid_by_first", [True, False])
def test_a_cost_that_is_split_stands_in_the_long_form_beside_paid_by_the_other(paid_by_first: bool) -> None:
    split = shares("running_cost_share", "halves", council=50, nhs=50)
    short = "  paid_by: council\n"
    figures = written(short + split if paid_by_first else split + short)
    assert [figures[f"running_cost_share.{payer}"][0] for payer in PAYERS] == [Decimal("0.5"), Decimal("0.5"), 0]
    assert [figures[f"set_up_share.{payer}"][0] for payer in PAYERS] == [1, 0, 0]


def test_paid_by_gives_no_running_cost_where_the_saving_is_already_net_of_it() -> None:
    figures = written("  paid_by: council\n", choices="choices: {running_cost_basis: already deducted}\n")
    assert "set_up_share.council" in figures
    assert not [key for key in figures if key.startswith("running_cost_share")]


def test_once_those_named_bear_all_of_a_cost_the_others_bear_none() -> None:
    halves = "".join(f"    {payer}: {{value: 50%, assumption: halves}}\n" for payer in ("council", "nhs"))
    assert written(f"  running_cost_share:\n{halves}")["running_cost_share.society"] == (
        0,
        "",
        "assumption: halves",
        "",
    )


def test_where_those_named_bear_a_part_it_is_not_known_who_bears_the_rest() -> None:
    figures = written("  running_cost_share:\n    council: {value: 60%, assumption: most of it}\n")
    assert [key for key in figures if key.startswith("running_cost_share")] == ["running_cost_share.council"]


def test_what_is_unknown_for_every_payer_is_said_once() -> None:
    once = f"{COHORT.rstrip()} {{unknown: nobody has asked}}\n"
    thrice = COHORT + "".join(f"        {payer}: {{unknown: nobody has asked}}\n" for payer in PAYERS)
    cards = [
        read_card("befriending", parse_document(f"{HEAD}figures:\n{COSTS}{text}", "befriending.yaml"))
        for text in (once, thrice)
    ]
    said = [{key: figure.unknown for key, figure in card.figures.items() if figure.unknown} for card in cards]
    assert said[0] == said[1]
    assert len(said[0]) == len(PAYERS)


def test_a_saving_for_no_payer_in_particular_is_still_refused(tmp_path: Path) -> None:
    (tmp_path / "befriending.yaml").write_text(f"{HEAD}{COHORT.rstrip()} £300\n", encoding="utf-8")
    shown = carescale("show", str(tmp_path / "befriending.yaml"))
    assert shown.code == 2
    assert "`published_saving_per_person` does not say for which payer" in shown.err


@pytest.fixture
def _befriending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = f"{HEAD}figures:\n{COSTS}  paid_by: council\n{COHORT}{SAVING}"
    Path("befriending.yaml").write_text(text, encoding="utf-8")
    place = "place: Leeds\nyear: 2024\nsource: scie-2017\nuse: befriending.yaml\nplan:\n  befriending:\n    add: 10\n"
    Path("leeds.yaml").write_text(place, encoding="utf-8")


@pytest.mark.usefixtures("_befriending")
def test_a_payer_that_is_not_named_has_a_saving_that_is_not_known_and_never_zero() -> None:
    projection = project(load("leeds.yaml"))
    assert projection["befriending.net_saving.council"].value == 10 * (300 - 80)
    assert projection["befriending.gross_saving.nhs"].value is None
    assert projection["befriending.gross_saving.nhs"].state.because == (
        "befriending.older_people.published_saving_per_person.nhs",
    )


@pytest.mark.usefixtures("_befriending")
def test_the_card_names_the_choices_that_the_file_did_not_make_and_the_payers_it_says_nothing_of() -> None:
    card = " ".join(carescale("show", "befriending.yaml").out.split())
    for choice, value in DEFAULT_CHOICES.items():
        assert CHOICES[choice][value] in card
    assert "Published saving a person NHS, wider society: no figure is given" in card


@pytest.mark.parametrize("choice", DEFAULT_CHOICES)
def test_the_default_of_a_choice_is_told_where_the_choice_is_explained(choice: str) -> None:
    shown = " ".join(carescale("show", choice).out.split())
    assert f"{CHOICES[choice][DEFAULT_CHOICES[choice]]} (where an intervention does not choose)" in shown


def test_the_example_of_the_guide_fits_twenty_lines() -> None:
    guide = (shipped("scenarios") / "README.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n# befriending.yaml\n")[1].split("```")[0]
    assert len(example.splitlines()) < 20
