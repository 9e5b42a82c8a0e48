"""Side by side: every case keeps its column, nothing is said twice, and choices are in words."""

from pathlib import Path

import docx
import openpyxl
import pytest
from cli.running import carescale

from carescale.analysis.compare import compare
from carescale.inputs.loading import load
from carescale.report.blocks import Table
from carescale.report.formats import text
from carescale.report.screens.compare import compare_rows, compare_screen

PLACE = "place: {name}\nyear: 2024/25\nsource: scie-2017\nplan: {{{plan}}}\n{more}\n"


@pytest.fixture
def tables(tmp_path: Path):
    """The tables of places, each a name, a plan and more of its file: rows of cells by the first heading."""

    def of(*places: tuple[str, str, str]) -> dict[str, dict[str, tuple[str, ...]]]:
        paths = [tmp_path / f"{name}.yaml" for name, _, _ in places]
        for path, (name, plan, more) in zip(paths, places, strict=True):
            path.write_text(PLACE.format(name=name, plan=plan, more=more), encoding="utf-8")
        screen = compare_screen(compare([load(path) for path in paths]))
        found = [block for block in screen.blocks() if isinstance(block, Table)]
        for block in found:
            assert len({row.cells[0] for row in block.rows}) == len(block.rows), "a label stands for two rows"
            assert len(block.columns) == 1 + len(places)
        return {
            block.columns[0].heading: {row.cells[0]: tuple(map(text, row.cells[1:])) for row in block.rows}
            for block in found
        }

    return of


def stripped(cells: tuple[str, ...]) -> list[str]:
    return [cell.strip() for cell in cells]


def test_a_cohort_and_its_intervention_are_one_row_where_there_is_no_other_cohort(tables) -> None:
    found = tables(("Leeds", "living_well: {add: 100}", ""), ("York", "living_well: {add: 50}", ""))
    assert stripped(found["Coming out"]["Living Well: additional people"]) == ["100", "50"]
    assert stripped(found["Going in"]["Living Well: people to add"]) == ["100", "50"]


def test_places_with_different_cohorts_name_them(tables) -> None:
    plan = "shared_lives: {{add: {{{}}}}}".format
    found = tables(("Leeds", plan("mental_health: 20"), ""), ("York", plan("learning_disability: 30"), ""))
    coming = {name: stripped(cells) for name, cells in found["Coming out"].items()}
    assert coming["Shared Lives: additional people"] == ["20", "30"]
    assert coming["Shared Lives, mental health, live-in: additional people"] == ["20", "–"]
    assert coming["Shared Lives, learning disability, live-in: additional people"] == ["–", "30"]
    assert stripped(found["Chosen"]["Shared Lives, mental health, live-in: target"]) == [
        "so many more people",
        "not chosen",
    ]


def test_choices_are_shown_in_words_and_a_figure_that_one_lacks_as_not_given(tables) -> None:
    choice = "choices: {living_well: {ramp: s-shaped}}"
    overlap = "figures: {overlap: {council: {value: '£1,000', assumption: a guess}}}"
    plan = "living_well: {add: 100}"
    found = tables(("Leeds", plan, choice), ("York", plan, overlap))
    assert found["Chosen"]["Living Well: ramp"] == ("slow, fast, slow", "an equal step each month")
    assert stripped(found["Going in"]["Overlap between interventions (council)"]) == ["not given", "£1,000"]


def test_a_place_that_plans_nothing_keeps_its_column(tables) -> None:
    found = tables(("Leeds", "living_well: {add: 100}", ""), ("York", "", ""))
    assert stripped(found["Coming out"]["Living Well: additional people"]) == ["100", "–"]


def test_the_rows_for_a_spreadsheet_keep_every_quantity_by_its_key() -> None:
    cases = [load("cornwall", settings=[f"living_well.added_people={people}"]) for people in (300, 325)]
    keys = {row[1] for row in compare_rows(compare(cases, everything=True))}
    assert {"living_well.additional_people", "living_well.older_people.additional_people"} <= keys


def test_with_draws_an_option_has_the_chance_that_it_is_worth_more_than_nothing() -> None:
    cases = [load("northtown", appraise=True, settings=settings) for settings in ((), ("deadweight=20%",))]
    summary = next(block for block in compare_screen(compare(cases, sure=True)).blocks() if block.part == "summary")
    rows = {row.cells[0]: tuple(map(text, row.cells[1:])) for row in summary.rows}
    assert rows["Chance of more than nothing"] == (">99%", "97%")
    assert rows["Chance that it is back at all"] == (">99%", "98%")
    without = next(block for block in compare_screen(compare(cases)).blocks() if block.part == "summary")
    assert "Chance of more than nothing" not in {row.cells[0] for row in without.rows}


def test_what_rests_on_the_result_itself_has_no_chance_and_is_the_main_risk() -> None:
    cases = [load("birmingham", appraise=True, scenario=name) for name in ("as-published", "incubator-pace")]
    summary = next(block for block in compare_screen(compare(cases, sure=True)).blocks() if block.part == "summary")
    rows = [(row.cells[0], " ".join(text(row.cells[1]).split())) for row in summary.rows]
    chances = [said for label, said in rows if label == "Chance of more than nothing"]
    assert chances == ["mostly calibrated", "contradicted"]  # of the council, and of the NHS
    assert dict(rows)["Main risks"].startswith("contradicted: Living Well; solved from the result: Hospital discharge")


def test_outcomes_that_are_not_money_stand_side_by_side() -> None:
    cases = [load("cornwall", appraise=True, settings=[f"living_well.added_people={people}"]) for people in (300, 325)]
    found = next(block for block in compare_screen(compare(cases)).blocks() if block.part == "outcomes")
    rows = {row.cells[0]: tuple(map(text, row.cells[1:])) for row in found.rows}
    assert rows["People who come to volunteer (Living Well)"] == ("60 people", "65 people")
    assert rows["A&E attendances (Living Well)"] == ("−27% found†", "−27% found†")


@pytest.mark.parametrize("style", ["html", "docx", "xlsx"])
def test_options_are_a_page_a_word_table_and_a_workbook(style: str, tmp_path: Path) -> None:
    path = tmp_path / f"options.{style}"
    line = ("compare", "northtown", "--set", "deadweight=20%", "-o", str(path))
    assert carescale(*line).code == 0
    if style == "html":
        found = path.read_text(encoding="utf-8")
    elif style == "docx":
        found = " ".join(cell.text for table in docx.Document(str(path)).tables for cell in table._cells)
    else:
        sheet = openpyxl.load_workbook(path).worksheets[0]
        found = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert all(said in found for said in ("Appraisal summary", "Weakest evidence", "deadweight 20%"))
