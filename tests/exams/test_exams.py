"""Outside exams: each number that others published is what our own code prints for the same question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from exams.sitting import ANSWERS, HERE, exams, page, sit

EXAMS = exams()
MUST = {"exam", "publisher", "title", "year", "asks", "answered_by", "questions"}
MAY = {"note", "unverified"}
PAGE = HERE / "README.md"
MARK = "<!-- exams -->\n"


@pytest.mark.parametrize("name", EXAMS)
def test_our_numbers_print_as_the_published_ones(name: str) -> None:
    wrong = [f"{item.asked}: {item.published}, ours {item.ours}" for item in sit(EXAMS[name]) if not item.agrees]
    assert not wrong, "\n".join([f"{EXAMS[name]['publisher']}, {EXAMS[name]['title']}", *wrong])


@pytest.mark.parametrize("name", EXAMS)
def test_an_exam_names_its_publisher_and_asks_something(name: str) -> None:
    assert set(EXAMS[name]) >= MUST
    assert set(EXAMS[name]) <= MUST | MAY
    assert len(EXAMS[name]["questions"]) >= 1


def test_every_answer_is_asked_for() -> None:
    assert {exam["answered_by"] for exam in EXAMS.values()} == set(ANSWERS)


@pytest.mark.parametrize("name", EXAMS)
def test_a_published_number_with_another_last_digit_would_be_noticed(name: str) -> None:
    for item in sit(EXAMS[name]):
        end = len(item.published[0].rstrip("m%"))
        digit = item.published[0][end - 1]
        other = item.published[0][: end - 1] + str((int(digit) + 1) % 10) + item.published[0][end:]
        assert not replace(item, published=(other, *item.published[1:])).agrees


def test_their_table_stands_in_the_docs(regenerate: bool) -> None:
    before, _, after = PAGE.read_text(encoding="utf-8").partition(MARK)
    if regenerate:
        PAGE.write_text(f"{before}{MARK}\n{page()}", encoding="utf-8")
        after = f"\n{page()}"
    assert after == f"\n{page()}", "if the new table is right, run pytest with --regenerate"
