"""The tables that ship are the publications': every number is that of its cell, and nothing missing is zero."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cli.running import carescale, said
from england.workbook import OUTCOMES, SHARED, WORKBOOK, write_workbook

from carescale.inputs.england.councils import council_table
from carescale.inputs.england.publication import cell_at
from carescale.inputs.england.successors import after, before, successions
from carescale.inputs.library import shipped

ENGLAND = shipped("scenarios") / "england"
NEEDS_WORKBOOK = pytest.mark.skipif(not WORKBOOK.is_file(), reason="the published workbook is not here")
ROUNDED = {"GBP": Decimal("1"), "GBP/week": Decimal("0.01"), "score": Decimal("0.1"), "per cent": Decimal("0.1")}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def sheet_of(path: Path, name: str) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def cell_of(path: Path, where: str) -> Any:
    """What stands in a cell of a published workbook, such as T37 L64."""
    table, cell = where.rsplit(" ", 1)
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - 64
    return sheet_of(path, table)[int(row) - 1][position - 1]


def as_printed(value: Any, unit: str) -> str:
    """The number of a cell as the table keeps it: thousands in pounds, rounded as the unit is."""
    try:
        number = Decimal(str(value)) * (1000 if unit == "GBP" else 1)
    except InvalidOperation:
        return str(value).strip()
    if unit == "GBP/week" and number == 0:
        return "[0]"
    return f"{number.quantize(ROUNDED.get(unit, Decimal(1)), ROUND_HALF_UP):f}"


def test_leeds_has_1800_people_with_a_learning_disability_in_t37_l64() -> None:
    table = council_table()
    leeds = next(one for one in table.councils if one.name == "Leeds")
    figure = table.figure(leeds, ["ld_clients_18_64"])
    assert (leeds.code, figure.value, figure.where, figure.year) == ("E08000035", 1800, "T37 L64", "2021-22")
    assert table.figure(leeds, ["population_18_64"]).year == "mid-2020"
    homes = table.figure(leeds, ["spend_nursing_65_plus", "spend_residential_65_plus"])
    assert (homes.value, homes.where) == (22_623_000 + 37_667_000, "T44 F63 + T44 G63")


@NEEDS_WORKBOOK
@pytest.mark.parametrize(("table", "workbook"), [("2021-22", WORKBOOK), ("2024-25", OUTCOMES)])
def test_every_number_that_ships_is_that_of_its_cell(table: str, workbook: Path) -> None:
    shipped_table = council_table(ENGLAND / f"{table}.csv")
    compared = 0
    for row, councils in zip(rows_of(ENGLAND / f"{table}.csv"), shipped_table.councils, strict=True):
        for name, column in shipped_table.about.columns.items():
            cell = cell_at(column.cells, councils.row)
            if not cell:
                assert row[name] == "[n]"
                continue
            assert row[name] == as_printed(cell_of(workbook, f"{column.table} {cell}"), column.unit), (row, name)
            compared += 1
    assert compared > {"2021-22": 15_000, "2024-25": 3_800}[table]


@NEEDS_WORKBOOK
def test_the_cells_are_in_the_rows_of_their_council() -> None:
    table = council_table()
    for council in table.councils:
        column = table.about.columns["ld_clients_18_64"]
        row = cell_at(column.cells, council.row).lstrip("L")
        assert cell_of(WORKBOOK, f"T37 A{row}") == council.code


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published tables are not here")
@pytest.mark.parametrize("year", ["2021-22", "2024-25"])
def test_the_tables_agree_with_tidy_ones_that_others_made(year: str) -> None:
    tidy = {row["code"]: row for row in rows_of(SHARED / f"england-{year}.csv")}
    ours = {row["code"]: row for row in rows_of(ENGLAND / f"{year}.csv")}
    assert set(tidy) == set(ours)
    shared = set(next(iter(tidy.values()))) & set(next(iter(ours.values()))) - {"name", "code"}
    assert len(shared) >= 14
    for code, row in tidy.items():
        for name in shared:
            found = ours[code][name]
            blank = found.startswith("[") or found == ""
            if name in ("type", "region"):
                assert found == row[name], (code, name)
            elif row[name]:
                assert float(found) == pytest.approx(float(row[name]), abs=1), (code, name)
            else:
                assert blank, (code, name, found)


@NEEDS_WORKBOOK
@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("2021-22", (WORKBOOK,)),
        ("2024-25", (OUTCOMES, "--reading", "dhsc-outcomes")),
        ("2019", (SHARED / "england-2021-22.csv", "--reading", "deprivation", "--year", "2019")),
    ],
)
def test_the_tables_are_what_the_command_makes(table: str, words: tuple[Any, ...]) -> None:
    said(carescale("update-england", *map(str, words), "--output", f"{table}.csv"))
    for ending in ("csv", "source.yaml"):
        assert Path(f"{table}.{ending}").read_bytes() == (ENGLAND / f"{table}.{ending}").read_bytes()


def test_the_tables_and_what_is_beside_them_are_smaller_than_300_kb() -> None:
    assert sum(path.stat().st_size for path in ENGLAND.iterdir()) < 300_000


def test_the_words_of_the_licence_stand_where_the_data_does() -> None:
    for path in (ENGLAND / "README.md", *ENGLAND.glob("*.source.yaml")):
        text = " ".join(path.read_text(encoding="utf-8").split())
        assert "Contains public sector information licensed under the" in text, path
        assert "Open Government Licence v3.0" in text


def test_hackney_sent_no_return_and_swindon_none_on_finance() -> None:
    rows = {row["name"]: row for row in rows_of(ENGLAND / "2021-22.csv")}
    assert rows["Hackney"]["ld_clients_18_64"] == rows["Hackney"]["spend_ld_18_64"] == "[x]"
    assert rows["Swindon"]["spend_ld_18_64"] == "[x]"
    assert rows["Swindon"]["ld_clients_18_64"] == "600"


# --- successors -------------------------------------------------------------------------------------------------------


def test_every_council_of_one_table_and_not_the_other_has_a_successor_with_a_date() -> None:
    old, new = ({row["code"] for row in rows_of(ENGLAND / f"{year}.csv")} for year in ("2021-22", "2024-25"))
    assert old - new == {"E10000006", "E10000023", "E10000027"}
    assert new - old == {one.new for code in old - new for one in after(code)}
    assert {one.date for code in new - old for one in before(code)} == {"2023-04-01"}


def test_cumbria_was_split_and_somerset_only_renamed() -> None:
    assert {one.how for one in after("E10000006")} == {"split"}
    assert [str(one) for one in before("E06000066")] == [
        "Somerset (E10000027) became Somerset (E06000066) on 2023-04-01"
    ]
    assert len(successions()) == len({(one.old, one.new) for one in successions()})


def test_new_councils_have_the_region_of_those_they_came_from() -> None:
    rows = {row["code"]: row for row in rows_of(ENGLAND / "2024-25.csv")}
    assert rows["E06000064"]["region"] == "North West"
    assert not [row for row in rows.values() if not row["region"]]


# --- next year's workbook ---------------------------------------------------------------------------------------------


def test_next_years_workbook_is_read_in_the_same_way() -> None:
    write_workbook(Path("asc_2022-23.xlsx"), "2022-23", cells={("ld_clients_18_64", "E08000035"): 1815})
    told = said(carescale("update-england", "asc_2022-23.xlsx", "--output", "england-2022-23.csv"))
    assert "wrote england-2022-23.csv: 2 councils, 102 columns, 2022-23; and england-2022-23.source.yaml" in told
    leeds = council_table(Path("england-2022-23.csv")).councils[0]
    figure = council_table(Path("england-2022-23.csv")).figure(leeds, ["ld_clients_18_64"])
    assert (figure.value, figure.year) == (1815, "2022-23")
    about = Path("england-2022-23.source.yaml").read_text(encoding="utf-8")
    assert "Adult Social Care Activity and Finance Report, England, 2022-23" in about
    assert 'year: "mid-2021"' in about


def test_a_column_that_the_workbook_no_longer_has_is_said_and_left_out() -> None:
    write_workbook(Path("asc_2022-23.xlsx"), "2022-23", without=("carers_supported",))
    result = carescale("update-england", "asc_2022-23.xlsx", "--output", "next.csv")
    assert result.code == 0
    assert "left out, for it is not in the workbook: carers_supported (carers supported in the year)" in said(result)
    assert "carers_supported" not in Path("next.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "more", "words"),
    [
        ("asc.xlsx", [], "the name of `asc.xlsx` has no year"),
        ("asc_2021-24.xlsx", [], "the name of `asc_2021-24.xlsx` has no year"),
        ("asc.xlsx", ["--year", "2021-22"], "there is no sheet `T1`"),
        ("asc_2022-23.xlsx", ["--reading", "ascof"], "there is no reading `ascof`"),
        ("nothing_2022-23.xlsx", [], "there is no such table"),
        ("asc_2022-23.xlsx", ["--output", "next.xlsx"], "the table is written as CSV"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_said_in_a_line_and_nothing_is_written(
    file: str, more: list[str], words: str
) -> None:
    if not file.startswith("nothing"):
        columns = read_columns()
        write_workbook(Path(file), "2022-23", without=columns[:80] if "--year" in more else ())
    result = carescale("update-england", file, "--output", "next.csv", *more)
    assert result.code == 2
    assert words in said(result)
    assert not Path("next.csv").exists()


def read_columns() -> tuple[str, ...]:
    from carescale.inputs.england.publication import read_reading
    from carescale.problems import NOWHERE

    return tuple(read_reading("nhs-asc-activity-finance", NOWHERE).columns)
