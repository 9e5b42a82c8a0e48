"""The report for a committee: in Word and in Markdown the same order, with what a reader and a screen reader need."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import pytest
from cli.running import carescale, changed_example
from docx.oxml.ns import qn

ORDER = [
    "Recommendation", "What would change", "Financial implications", "In pictures", "Risks, and what is not known",
    "The numbers in full", "Sources",
]  # fmt: skip


def word(folder: Path, *words: str) -> Any:
    path = folder / "report.docx"
    ran = carescale("project", *words, "-o", str(path))
    assert ran.code == 0, ran.err
    return docx.Document(str(path))


@pytest.fixture(scope="module")
def birmingham(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return word(tmp_path_factory.mktemp("report"), "birmingham")


def headings(document: Any, level: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == level]


def test_word_and_markdown_have_the_same_parts_in_the_same_order(birmingham: Any, tmp_path: Path) -> None:
    assert headings(birmingham, "Heading 1") == ORDER
    path = tmp_path / "report.md"
    assert carescale("project", "birmingham", "-o", str(path)).code == 0
    assert re.findall(r"^## (.*)$", path.read_text(encoding="utf-8"), re.M) == ORDER


def test_the_answer_is_the_title_and_the_recommendation_is_left_to_its_author(birmingham: Any) -> None:
    (title,) = headings(birmingham, "Title")
    assert title.startswith("Scale up three promising models, as SCIE proposed → 1,052 more people")
    assert "[To be written by the author of this report.]" in [one.text for one in birmingham.paragraphs]


def test_every_table_repeats_its_header_and_no_row_is_cut_in_two(birmingham: Any) -> None:
    assert len(birmingham.tables) >= 8
    for table in birmingham.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in others)


def test_pictures_have_their_sentence_as_alternative_text(birmingham: Any) -> None:
    told = [shape._inline.docPr.get("descr") for shape in birmingham.inline_shapes]
    assert len(told) == 2
    assert "it reaches zero in month 15 and stays above it" in told[0]


def test_risks_say_what_is_contradicted_assumed_and_unknown_and_sources_are_numbered(birmingham: Any) -> None:
    kinds = headings(birmingham, "Heading 2")
    for kind in ("Contradicted by later evidence †", "Not known", "Assumed"):
        assert kind in kinds
    numbered = [one.text for one in birmingham.paragraphs if re.match(r"\[\d+\] ", one.text)]
    assert [one.split()[0] for one in numbered] == [f"[{number}]" for number in range(1, len(numbered) + 1)]
    assert any("Investing in Shared Lives" in one and "Behind: " in one for one in numbered)


def test_scenarios_that_are_named_stand_side_by_side_as_options(tmp_path: Path) -> None:
    document = word(tmp_path, "birmingham", "--scenario", "as-published", "--scenario", "catch-up-with-a-rate")
    assert headings(document, "Heading 1")[1] == "Options"
    first = document.tables[0]
    assert len(first.columns) == 3
    assert [cell.text for cell in first.columns[0].cells][1] == "More people"


def test_a_plan_with_a_start_has_its_money_by_financial_year(tmp_path: Path) -> None:
    place = changed_example("birmingham", tmp_path, ("year: 2015/16", "year: 2015/16\nstart: 2026-09"))
    document = word(tmp_path, place)
    rows = [row.cells[0].text for table in document.tables for row in table.rows]
    assert "2026/27 (7 months)" in rows


def test_its_money_is_the_budgets_in_cash(tmp_path: Path) -> None:
    """The same numbers as `carescale budget` prints, and the sentence that says they are cash."""
    path = tmp_path / "report.md"
    assert carescale("project", "northtown", "-o", str(path)).code == 0
    text = path.read_text(encoding="utf-8").partition("## Financial implications")[2].partition("\n## ")[0]
    printed = carescale("budget", "northtown", "--full", columns=120).out
    net = next(line for line in printed.splitlines() if line.startswith("Net cash"))
    assert [cell.strip() for cell in next(one for one in text.splitlines() if "Net cash" in one).split("|")[2:-1]] == (
        net.split()[2:]
    )
    assert "Amounts are in cash by financial year" in text


def test_a_name_from_a_file_stands_as_text(tmp_path: Path) -> None:
    name = "<b>=cmd()</b> \\u0007"
    place = changed_example("birmingham", tmp_path, ("Birmingham City Council", f'"{name}"'))
    assert any("<b>=cmd()</b>" in one.text for one in word(tmp_path, place).paragraphs)
