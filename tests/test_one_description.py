"""One description serves every output: a column is added once, bars stand where they should, every card is data too."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from cli.running import carescale

from carescale import load, project
from carescale.report.blocks import Notes, Table, keys_in, parts_of
from carescale.report.screens import project as screens
from carescale.report.screens.fields import Field, quantity
from carescale.report.screens.projected import projected
from carescale.report.writers.columns import lined_up
from carescale.report.writers.output import Output, write
from carescale.report.writers.terminal import print_screen

SHOWN = {
    "an intervention": "shared_lives",
    "a scenario": "catch-up-with-a-rate",
    "a source": "scie-2017",
    "an example": "birmingham",
    "a quantity": "net_saving",
    "a figure": "published_saving_per_person",
    "a choice": "set_up_basis",
}


@pytest.fixture
def another_column(monkeypatch: pytest.MonkeyPatch) -> str:
    """A column that somebody adds to the reach table: one field."""
    monkeypatch.setattr(
        screens, "REACH", (*screens.REACH, Field("Planned\nfirst", quantity("planned_additional_people")))
    )
    return "Planned first"


@pytest.mark.parametrize("style", ["table", "plain", "markdown", "html", "grid"])
def test_a_field_added_to_the_reach_table_is_a_column_of_every_output(
    style: str, another_column: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    write(projected([load("birmingham")]), Output(style, full=True))
    said = re.sub(r"<br>|\s+", " ", capsys.readouterr().out)
    assert all(word in said for word in another_column.split())


def test_a_field_added_to_the_reach_table_is_a_live_column_of_the_workbook(another_column: str, tmp_path: Path) -> None:
    write(projected([load("birmingham")]), Output("xlsx", tmp_path / "book.xlsx"))
    rows = list(openpyxl.load_workbook(tmp_path / "book.xlsx")["Summary"].iter_rows())
    (heading,) = [cell for row in rows for cell in row if cell.value == another_column]
    below = [row[heading.column - 1].value for row in rows[heading.row : heading.row + 3]]
    assert any("planned_additional_people" in str(value) for value in below)


def test_the_notes_are_of_the_quantities_that_the_tables_show() -> None:
    screen = screens.project_screen(project(load("birmingham")))
    keys = keys_in(screen.blocks())
    assert "shared_lives.net_saving.council" in keys
    assert not [key for key in keys if key.endswith("net_saving_by_horizon.council")]
    assert parts_of(screen.blocks())[-2:] == ["notes", "sources"]


def first_of(place: str) -> list[object]:
    screen = screens.project_screen(project(load(place)))
    assert screen.first
    return list(screen.first())


@pytest.mark.parametrize("place", ["birmingham", "england", "cornwall", "kent", "rotherham"])
def test_the_first_screen_has_at_most_five_cautions_each_on_one_line(place: str) -> None:
    (careful,) = [block for block in first_of(place) if isinstance(block, Notes)]
    assert 1 <= len(careful.items) <= 5
    printed = io.StringIO()
    print_screen([careful], printed)
    assert len(printed.getvalue().splitlines()) == 1 + len(careful.items)


def test_what_the_first_screen_says_of_a_number_the_full_one_says_too() -> None:
    screen = screens.project_screen(project(load("birmingham")))
    full = {
        cell for block in screen.blocks() if isinstance(block, Table) for row in lined_up(block).rows for cell in row
    }
    plain = {cell.strip() for cell in full}
    first = [block for block in first_of("birmingham") if isinstance(block, Table)]
    cells = {cell.strip() for block in first for row in lined_up(block).rows for cell in row[1:]}
    assert cells <= plain


def bars_in(text: str) -> Iterator[int]:
    """Where the line through each bar stands."""
    for line in text.splitlines():
        if "│" in line and ("█" in line or "  " in line) and "benchmark" not in line:
            yield line.index("│")


@pytest.mark.parametrize("style", ["table", "plain", "markdown"])
def test_the_line_of_the_benchmark_stands_under_itself_through_every_bar(style: str) -> None:
    text = carescale("project", "west-midlands", "--show", "rates", "-f", style).out
    places = list(bars_in(text))
    assert len(places) == 9
    assert len(set(places)) == 1


def test_in_markdown_bars_stand_in_a_block_that_keeps_blanks_and_as_a_picture_they_are_drawn() -> None:
    markdown = carescale("project", "west-midlands", "-f", "markdown").out
    assert re.search(r"```text\n(.*\n)+?Telford and Wrekin  █+│ 47.06\n", markdown)
    picture = carescale("chart", "west-midlands", "-f", "svg").out
    assert picture.count("<svg") == 1
    assert "benchmark 47.06</text>" in picture


@pytest.mark.parametrize("name", SHOWN.values(), ids=SHOWN)
def test_whatever_is_shown_is_written_as_data_too(name: str) -> None:
    shown = carescale("show", name, "-f", "json")
    assert shown.code == 0
    assert json.loads(shown.out)
    rows = list(csv.reader(io.StringIO(carescale("show", name, "-f", "csv").out)))
    assert len(rows) >= 2
    assert {len(row) for row in rows} == {len(rows[0])}


def test_the_card_of_an_intervention_as_json_has_its_figures_with_their_sources() -> None:
    card = json.loads(carescale("show", "shared_lives", "-f", "json").out)
    assert card["format"] == "carescale.card/1"
    saving = next(
        f for f in card["figures"] if f["key"].endswith("learning_disability.published_saving_per_person.council")
    )
    assert (saving["printed"], saving["value"], saving["source"]["key"]) == ("£26,000", 26_000, "social-finance-2013")


def test_an_explanation_is_written_as_rows_down_to_its_sources() -> None:
    out = carescale("explain", "cornwall", "living_well.net_saving.nhs", "-f", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[0]["key"] == "living_well.net_saving.nhs"
    assert any("Social Care Institute for Excellence" in row["origin"] for row in rows)


def test_a_part_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    result = carescale("project", "kent", "--show", "note")
    assert result.code == 2
    assert "this screen has no part `note`" in result.err
    assert "notes" in result.err
    assert carescale("project", "kent", "--show", "notes", "-f", "csv").code == 2


def test_all_areas_are_listed_when_they_are_asked_for_and_refused_for_one_place() -> None:
    assert "Coventry" not in carescale("project", "west-midlands").out
    assert "Coventry" in carescale("project", "west-midlands", "--all").out
    assert carescale("project", "kent", "--all").code == 2


@pytest.mark.parametrize("columns", range(40, 121, 8))
def test_no_word_of_a_sentence_is_broken_at_any_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    screen = screens.project_screen(project(load("birmingham")))
    words = {
        word
        for block in screen.blocks()
        if isinstance(block, Notes)
        for item in block.items
        for word in item[1].split()
    }
    printed = io.StringIO()
    print_screen([block for block in screen.blocks() if isinstance(block, Notes)], printed)
    shown = set(printed.getvalue().split())
    assert {word for word in words if len(word) < 20} <= shown
