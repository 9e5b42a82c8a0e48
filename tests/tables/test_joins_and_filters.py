"""Several tables in one place, joined on codes, and rows chosen by filters: nothing vanishes without a word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from cli.running import carescale, said

from carescale.area_table import AreaTable
from carescale.inputs.loading import load
from carescale.problems import Problems

LD = "learning_disability.eligible_people"
NOW = "shared_lives.learning_disability.current_people"
OURS = "code,council,people\nE08000035,Leeds,120\nE06000066,Somerset,30\nE06000063,Cumberland,7\nE10000016,Kent,200\n"


def england(table: str, ours: str = OURS) -> AreaTable:
    """The table that ships, with more of its block, and a council's own table beside the file."""
    Path("ours.csv").write_text(ours, encoding="utf-8")
    Path("here.yaml").write_text(
        "place: England\nyear: 2021-22\nsource: hscic-2011\ntable:\n  reading: nhs-asc-activity-finance\n"
        + "".join(f"  {line}\n" for line in table.splitlines())
        + "plan:\n  shared_lives: {people: {learning_disability: {value: 1, assumption: a test}}}\n",
        encoding="utf-8",
    )
    found = load("here.yaml").areas
    assert found is not None
    return found


COLUMN = f"figures:\n  {NOW}: {{file: ours.csv, column: people}}"


def test_a_column_of_another_file_is_joined_on_codes_and_the_rest_is_named_with_its_people() -> None:
    table = england(COLUMN)
    values = dict(zip(table.codes, table.figures[NOW], strict=True))
    assert values["E08000035"] == 120
    assert values["E10000027"] == 30, "Somerset only changed its code"
    assert np.isnan(values["E10000006"]), "Cumbria is not Cumberland"
    (join,) = table.joins
    assert (join.title, join.matched, len(join.only_here)) == ("ours.csv", 3, 149)
    assert join.only_there == (("E06000063 (made from Cumbria)", 7.0),)
    assert join.renamed == ("Somerset (E10000027) became Somerset (E06000066) on 2023-04-01",)
    lost = sum(people or 0 for _, people in join.only_here)
    assert lost == np.nansum(table.figures[join.counted[0]]) - sum(
        dict(zip(table.codes, table.figures[join.counted[0]], strict=True))[code]
        for code in ("E08000035", "E10000027", "E10000016")
    )


def test_an_area_without_a_row_is_missing_for_that_reason() -> None:
    table = england(COLUMN)
    assert table.missing[NOW] == {"not in ours.csv": 149}


def test_a_sum_and_several_columns_of_another_table_are_joined_alike() -> None:
    """120 people and 5,200 weeks of care, which are 100 people; and 120 with 12 others, added up."""
    ours = "code,people,others,weeks\nE08000035,120,12,5200\nE10000016,200,20,520\n"
    columns = f"  {NOW}: {{is: people + weeks / 52, table: ours}}\n  {LD}: {{column: [people, others], table: ours}}"
    table = england(f"tables:\n  ours: {{file: ours.csv, code: code}}\nfigures:\n{columns}", ours)
    at = {code: position for position, code in enumerate(table.codes)}
    found = {key: [table.figures[key][at[code]] for code in ("E08000035", "E10000016")] for key in (NOW, LD)}
    assert found == {NOW: [220, 210], LD: [132, 220]}
    assert table.missing[NOW] == table.missing[LD] == {"not in ours.csv": 150}


def test_the_names_of_areas_that_are_only_there_are_read_where_it_is_said_where_they_stand() -> None:
    named = "tables:\n  ours: {file: ours.csv, code: code, name: council}\n"
    table = england(f"{named}figures:\n  {NOW}: {{table: ours, column: people}}")
    assert table.joins[0].only_there == (("Cumberland (made from Cumbria)", 7.0),) or table.joins[0].only_there == (
        ("Cumberland", 7.0),
    )


def test_a_table_that_ships_is_joined_by_its_reading_and_keeps_its_year_and_cells() -> None:
    table = england(
        "tables:\n  outcomes: {reading: dhsc-outcomes}\n"
        "figures:\n  older_people.eligible_people: {table: outcomes, column: clients_65_plus}"
    )
    column = next(column for column in table.map.columns if column.key == "older_people.eligible_people")
    assert column.year == "2024-25"
    assert column.citation is not None
    assert column.citation.source.key == "dhsc-2025"
    assert column.citation.where.startswith("Table_2e(2b) E")
    leeds = list(table.codes).index("E08000035")
    assert table.figures["older_people.eligible_people"][leeds] == 5618
    assert {name for name, _ in table.joins[0].only_there} == {
        "Cumberland (made from Cumbria)", "Westmorland and Furness (made from Cumbria)",
    }  # fmt: skip


def test_a_table_or_a_figure_from_two_places_nobody_knows_is_said() -> None:
    with pytest.raises(Problems, match="there is no table `uors`"):
        england(f"tables:\n  ours: {{file: ours.csv}}\nfigures:\n  {NOW}: {{table: uors, column: people}}")
    with pytest.raises(Problems, match=r"there is no file `none\.csv` beside this one"):
        england(f"figures:\n  {NOW}: {{file: none.csv, column: people}}")


def test_the_same_area_twice_in_a_joined_table_is_refused() -> None:
    with pytest.raises(Problems, match="the code `E08000035` is in the table twice"):
        england(COLUMN, ours=OURS + "E08000035,Leeds,121\n")


def test_read_and_project_say_how_the_tables_met() -> None:
    england(COLUMN)
    assert "ours.csv: 3 areas met, 149 only here, 1 only there" in carescale("project", "here.yaml").out
    for words in (("read", "here.yaml"), ("project", "here.yaml", "--full")):
        result = carescale(*words)
        assert result.code == 0, said(result)
        told = " ".join(result.out.split())
        assert "ours.csv on codes: 3 areas have a row in both" in told
        assert "only in ours.csv: E06000063 (made from Cumbria) – 7 people (Shared Lives: people in the" in told
        assert "Somerset (E10000027) became Somerset (E06000066) on 2023-04-01, and is taken for the same area" in told


# --- filters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "areas", "left_out"),
    [
        ("only: {region: North East}", 12, "areas without region North East, by the filter"),
        ("only: {region: north east}", 12, "areas without region north east, by the filter"),
        ("only: {region: [North East, London]}", 45, "areas without region North East or London, by the filter"),
        ("except: {region: London}", 119, "areas with region London, by the filter"),
        ("only: {population_18_64: over 500000}", 10, "areas without population_18_64 over 500000, by the filter"),
        ('except: {population_18_64: "< 10,000"}', 150, "areas with population_18_64 < 10,000, by the filter"),
        ("only: {type: county}\nexcept: {name: Kent}", 23, "areas with name Kent, by the filter"),
    ],
)
def test_a_filter_keeps_what_it_says_and_counts_the_rest(filters: str, areas: int, left_out: str) -> None:
    table = england(filters)
    assert len(table) == areas
    assert table.left_out[left_out] > 0
    assert len(table) + sum(count for reason, count in table.left_out.items() if "filter" in reason) == 152


def test_areas_that_a_filter_takes_are_not_said_to_be_missing_from_another_table() -> None:
    table = england(f"only: {{region: Yorkshire and The Humber}}\n{COLUMN}")
    assert table.joins[0].only_there == (("E06000063 (made from Cumbria)", 7.0),), "Kent is there, and filtered out"


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ("only: {region: Norht East}", "the filter `region Norht East` leaves no area\n  did you mean `North East`"),
        ("except: {name: Bristol}", "the filter `name Bristol` takes no area away\n  did you mean `Bristol, City of`"),
        ("only: {regoin: London}", r"no column is headed `regoin` \(only\)\n  did you mean `region`"),
    ],
)
def test_a_filter_that_does_nothing_or_takes_all_has_gone_wrong(filters: str, words: str) -> None:
    with pytest.raises(Problems, match=words):
        england(filters)
