"""The workbook of many areas and several interventions, recalculated: what an area knows is live on its row."""

from __future__ import annotations

import pytest
from recalculating import Recalculated, differences

from carescale import load
from carescale.analysis.together import AreasTogether
from carescale.inputs.library import shipped
from carescale.report.screens.together import together_screen

# Councils of one region: Swindon lacks its spend, Wiltshire a part of it, the Isles of Scilly their people.
TABLE = "  reading: nhs-asc-activity-finance\n  only: {region: South West}\n"
BOTH = ("Cornwall", "Wiltshire")
SAVING = "shared_lives.learning_disability.published_saving_per_person.council"


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasTogether:
    text = (shipped("examples") / "england-councils.yaml").read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines(keepends=True) if "reading: nhs-asc" in line)
    file = tmp_path_factory.mktemp("region") / "region.yaml"
    file.write_text(text.replace(line, TABLE), encoding="utf-8")
    return AreasTogether(load(str(file)))


@pytest.fixture(scope="module")
def book(areas: AreasTogether, tmp_path_factory: pytest.TempPathFactory) -> Recalculated:
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    together_screen(areas.case).book(path, "")
    return Recalculated.of(path)


def cell(book: Recalculated, area: str, heading: str) -> str:
    """The address of an area's cell, under the first column of that heading."""
    sheet = book.formulas["Areas"]
    (row,) = (found[1].row for found in sheet.iter_rows(min_row=4) if found[1].value == area)
    column = next(found.column_letter for found in sheet[3] if found.value == heading)
    return f"'Areas'!{column}{row}"


def formula(book: Recalculated, address: str) -> str:
    return str(book.formulas["Areas"][address.split("!")[1]].value)


def test_every_cell_recalculated_is_what_the_engine_computed(book: Recalculated, areas: AreasTogether) -> None:
    assert len(areas.table) == 15
    assert len(list(book.cells("Areas"))) > 500
    assert differences(book, book.path, "Areas", "Results") == []


def test_the_total_is_a_sum_of_rows_and_that_of_the_engine(book: Recalculated, areas: AreasTogether) -> None:
    address = cell(book, "Together", "Net saving (council)")
    assert formula(book, address).startswith("=SUM(")
    assert book.computed(address) == pytest.approx(areas.total("portfolio.net_saving.council").value)


def test_a_part_that_an_area_lacks_is_left_out_of_its_row_alone(book: Recalculated) -> None:
    """Wiltshire's short-term spend is printed below zero: its discharge is of long-term placements only."""
    of = {area: formula(book, cell(book, area, "Hospital discharge: cost avoided (council)")) for area in BOTH}
    assert of["Cornwall"].count("+") == 1, "long-term and short-term"
    assert of["Wiltshire"].count("+") == 0


def test_more_people_of_a_council_are_followed_in_its_row_and_the_total(book: Recalculated) -> None:
    """Of 100 more people in Cornwall 2.34% are added, and save £26,000 each."""
    people = cell(book, "Cornwall", "Learning disability support: eligible people")
    savings = [cell(book, area, "Shared Lives: net saving (council)") for area in ("Cornwall", "Together", "Wiltshire")]
    before, had = [book.computed(address) for address in savings], book.computed(people)
    book.change(people, had + 100)
    more = [book.computed(address) - was for address, was in zip(savings, before, strict=True)]
    assert more == pytest.approx([100 * 0.0234 * 26_000] * 2 + [0])
    book.change(people, had)


def test_another_saving_a_person_is_followed_in_every_row(book: Recalculated) -> None:
    savings = [cell(book, area, "Shared Lives: net saving (council)") for area in ("Cornwall", "Together", "Wiltshire")]
    before = [book.computed(address) for address in savings]
    book.change(SAVING, 27_000)
    assert [book.computed(address) for address in savings] == pytest.approx([was * 27 / 26 for was in before])
