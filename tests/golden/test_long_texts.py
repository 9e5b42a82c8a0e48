"""Names and notes of any length leave a screen that can be read."""

from __future__ import annotations

import io

import pytest

from carescale.report.blocks import Column, Headline, Line, Notes, Outline, Row, Table
from carescale.report.writers.lengths import cut, cut_blocks
from carescale.report.writers.terminal import print_screen
from carescale.report.writers.text import write_text

LONG = "Birmingham " * 9_000
SCREEN = [
    Headline((LONG,)), Line((LONG,)),
    Table((Column(LONG, "words"), Column("n")), (Row((LONG, "1")), Row(("Kent", "2")))),
    Notes("Notes", ((LONG, LONG),)), Outline(((0, LONG),)),
]  # fmt: skip


def test_a_text_that_fits_is_left_alone_and_one_that_does_not_ends_in_an_ellipsis() -> None:
    assert cut("Kent", 4) == "Kent"
    assert cut("Kent County", 6) == "Kent…"
    assert len(cut(LONG, 100)) <= 100


def test_names_and_notes_of_ninety_thousand_letters_are_cut_in_a_terminal() -> None:
    file = io.StringIO()
    print_screen(SCREEN, file)
    assert len(file.getvalue()) < 12_000
    assert "…" in file.getvalue()
    assert "Kent" in file.getvalue()


@pytest.mark.parametrize("style", ["plain", "markdown"])
def test_they_are_cut_in_text(style: str) -> None:
    text = write_text(SCREEN, style)
    assert len(text) < 12_000
    assert text.count("…") == 7  # headline, line, heading, name, label, note, outline


def test_what_is_short_is_as_it_was() -> None:
    columns = (Column("b", "words"), Column("c"))
    screen = [Headline(("a",)), Table(columns, (Row(("d", "1")),)), Notes("e", (("f", "g"),))]
    assert cut_blocks(screen) == screen
