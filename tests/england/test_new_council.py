"""`new --council` starts a file with what is published of a council, and `project` runs on it at once."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from cli.running import carescale, said
from england.test_tables import NEEDS_WORKBOOK, as_printed, cell_of
from england.workbook import OUTCOMES, WORKBOOK, write_workbook

from carescale.analysis.projection import project
from carescale.inputs.loading import load

FOUR = ("--with", "shared_lives", "--with", "hospital_discharge", "--with", "reablement", "--with", "living_well")
COUNCILS = (
    "Leeds", "Birmingham", "Cornwall", "Kent", "Camden", "Rutland", "Hackney", "Swindon", "Durham", "Wigan",
    "Hull", "Cumberland", "Somerset", "Isles of Scilly",
)  # fmt: skip
BOUND = "shared_lives.learning_disability.local_saving_upper_bound.council"


def start(council: str, *words: str) -> None:
    result = carescale("new", "here.yaml", "--council", council, *words)
    assert result.code == 0, said(result)


@pytest.mark.parametrize("council", COUNCILS)
def test_two_commands_go_from_a_name_to_a_projection(council: str) -> None:
    start(council, *FOUR)
    projected = carescale("project", "here.yaml")
    assert (projected.code, projected.err) == (0, "")
    assert " · E0" in projected.out or " · E1" in projected.out
    assert "as published" in projected.out


@NEEDS_WORKBOOK
@pytest.mark.parametrize("council", COUNCILS)
def test_every_prefilled_figure_is_that_of_its_cell(council: str) -> None:
    start(council, *FOUR)
    case = load("here.yaml")
    compared = 0
    for figure in case.figures.values():
        if figure.position.file != "here.yaml" or figure.citation is None or not figure.citation.where:
            continue
        workbook = OUTCOMES if figure.citation.source.key == "dhsc-2025" else WORKBOOK
        unit = {"GBP/person/week": "GBP/week", "GBP/year": "GBP"}.get(figure.unit, "person")
        parts = [as_printed(cell_of(workbook, where), unit) for where in figure.citation.where.split(" + ")]
        assert figure.value == sum(map(Decimal, parts)), figure.name
        compared += 1
    assert compared >= {"Hackney": 2, "Cumberland": 2}.get(council, 6)


def test_leeds_upper_bound_stands_beside_the_26000_and_is_not_what_the_plan_counts() -> None:
    start("leeds city council")
    projection = project(load("here.yaml"))
    by_hand = 1406.11 * 52 - 34_000 * 85.64 / 73.48
    assert projection[BOUND].value == pytest.approx(by_hand)
    assert round(by_hand) == 33_491
    assert projection["shared_lives.learning_disability.saving_per_person.council"].value == 26_000
    text = " ".join(carescale("project", "here.yaml", "--full").out.split())
    assert "a care home costs £1,406.11 a week here (2021-22), which makes at most £33,491 a person a year" in text
    assert "beside the £26,000 that is counted. An upper bound: care homes only" in text


def test_contributions_are_taken_off_where_a_council_knows_its_own() -> None:
    start("Leeds")
    own = {"--set": "shared_lives.learning_disability.weekly_contribution_now.council=£100"}
    told = project(load("here.yaml", settings=list(own.values())))
    assert told[BOUND].value == pytest.approx((1406.11 - 100) * 52 - 34_000 * 85.64 / 73.48)


def test_the_share_of_the_budget_is_told_on_local_figures() -> None:
    start("Leeds", "--with", "shared_lives", "--with", "hospital_discharge")
    text = " ".join(carescale("project", "here.yaml", "--full").out.split())
    assert "net saving (council) of £301,796,000 for adult social care: Shared Lives 0.36%" in text
    assert round(1800 * 0.0234 * 26_000 / 301_796_000, 4) == 0.0036


def test_a_share_of_eligible_people_is_added_with_its_reason() -> None:
    start("Leeds")
    assert project(load("here.yaml"))["shared_lives.additional_people"].value == pytest.approx(1800 * 0.0234)
    assert "51 more of Birmingham's 2,177 people" in " ".join(carescale("project", "here.yaml", "--full").out.split())


def test_what_a_council_did_not_return_is_unknown_with_the_reason_and_the_cell() -> None:
    start("Hackney")
    text = Path("here.yaml").read_text(encoding="utf-8")
    assert 'adult_social_care_budget: {unknown: "no return (T1 H' in text
    assert 'eligible_people: {value: "668", where: "Table_2e(1) E' in text, "the latest year has one"
    assert "£0" not in text


def test_a_unit_cost_of_nought_is_nobody_and_not_a_saving() -> None:
    start("Isles of Scilly")
    assert "nobody is placed, and 0 is printed (T53 N166)" in Path("here.yaml").read_text(encoding="utf-8")
    assert not project(load("here.yaml"))[BOUND].usable


def test_a_council_that_changed_its_code_has_its_old_figures_and_one_of_a_split_says_why_not() -> None:
    start("E10000027")
    text = Path("here.yaml").read_text(encoding="utf-8")
    assert "code: E06000066" in text
    assert "# Somerset (E10000027) became Somerset (E06000066) on 2023-04-01" in text
    assert 'eligible_people: {value: "1,355"' in text
    Path("here.yaml").unlink()
    start("Cumberland")
    text = Path("here.yaml").read_text(encoding="utf-8")
    assert 'eligible_people: {value: "667", where: "Table_2e(1) E175", source: dhsc-2025, year: 2024-25}' in text
    assert "nothing of 2021-22 is of these boundaries (from Cumbria E10000006, 2023)" in text


def test_a_newer_table_of_ones_own_is_taken_with_its_own_source() -> None:
    write_workbook(Path("asc_2022-23.xlsx"), "2022-23", cells={("ld_clients_18_64", "E10000016"): 2100})
    said(carescale("update-england", "asc_2022-23.xlsx", "--output", "newer.csv"))
    start("Kent", "--tables", "newer.csv")
    case = load("here.yaml")
    figure = case.figures["learning_disability.eligible_people"]
    assert (figure.value, figure.year) == (2100, "2022-23")
    assert figure.citation is not None
    assert str(figure.citation.source) == (
        "NHS Digital, Adult Social Care Activity and Finance Report, England, 2022-23, 2023"
    )


@pytest.mark.parametrize(
    ("words", "said_"),
    [
        (["--council", "Kingston"], "Kingston upon Hull (E06000010), Kingston upon Thames (E09000021)"),
        (["--council", "Brmingham"], "did you mean: Birmingham (E08000025)"),
        (["--council", "Zzz"], "no area is called `Zzz`"),
        (["--council", "Leeds", "--tables", "none.csv"], "none.csv: there is no such table"),
        (["--tables", "none.csv"], "it is not said whose figures to take"),
        (["--council", "Leeds", "--kind", "intervention"], "an intervention is nobody's in particular"),
        (["--council", "Leeds", "--with", "shared_live"], "did you mean `shared_lives`?"),
    ],
)
def test_what_cannot_be_started_is_said_and_nothing_is_written(words: list[str], said_: str) -> None:
    result = carescale("new", "here.yaml", *words)
    assert result.code == 2
    assert said_ in said(result)
    assert not Path("here.yaml").exists()


def test_the_councils_are_listed_with_their_codes() -> None:
    listed = carescale("list", "councils", "--format", "csv").out
    assert "E08000035,Leeds,Yorkshire and The Humber,\n" in listed.replace("\r", "")
    assert 'E06000066,Somerset,South West,"was Somerset E10000027, 2023"' in listed
    assert len(re.findall(r"^E\d{8},", listed, re.MULTILINE)) == 154  # 153 of today, and Cumbria
