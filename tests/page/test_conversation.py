"""A conversation about a plan: SCIE's eight headings, each with what somebody said or a blank that is named."""

from __future__ import annotations

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from browsing import opened, page_file
from cli.running import carescale, said
from playwright.sync_api import Browser

from carescale.analysis.projection import project
from carescale.inputs.loading import load
from carescale.report.blocks import Heading, Line, Table
from carescale.report.formats import sentence, text
from carescale.report.screens.conversation import BLANK, conversation, rests_on
from carescale.report.view import View

EXAMPLE = "birmingham-conversation"
HEADINGS = [
    "1. What we want",
    "2. What will make a difference: five areas of change",
    "3. What we do now, and what it costs",
    "4. What works, and what should change",
    "5. What is honest about money",
    "6. What gets more, and what could be reduced",
    "7. How to reply",
    "8. What was said, and what was decided",
]


def said_under(place: str, heading: str) -> list[str]:
    """What stands under one of the eight headings, as text."""
    found: list[str] = []
    here = False
    for block in conversation(View(project(load(place)))):
        if isinstance(block, Heading) and block.part != "sub":
            here = block.text == heading
        elif here and isinstance(block, Line):
            found.append(sentence(block.said))
        elif here and isinstance(block, Table):
            found += [" | ".join(text(cell) for cell in row.cells) for row in block.rows]
        elif here and isinstance(block, Heading):
            found.append(block.text)
    return found


def test_the_eight_headings_stand_in_the_order_of_the_template() -> None:
    found = conversation(View(project(load(EXAMPLE))))
    assert [block.text for block in found if isinstance(block, Heading) and block.part != "sub"] == HEADINGS


def test_each_heading_has_something_said_with_its_source_or_a_blank_that_is_named() -> None:
    for heading in HEADINGS:
        lines = said_under(EXAMPLE, heading)
        assert any(line.startswith(("Source: ", "Blank – ")) for line in lines), heading


def test_the_five_areas_of_change_have_the_plans_interventions_under_them() -> None:
    lines = said_under(EXAMPLE, HEADINGS[1])
    at = lines.index("Support and somewhere to live")
    assert lines[at + 1].startswith("Shared Lives: A carer, approved and trained")
    assert lines[at + 1].endswith("Planned: 52 more people.")
    discharge = lines[lines.index("Independence after hospital") + 1]
    assert discharge.endswith("Planned: for all long-term placements and all short-term placements.")
    assert lines[lines.index("Helping people to meaningful days, or to work") + 1] == "Nothing in this plan."


def test_what_is_done_now_what_it_costs_and_what_grows_and_shrinks_are_numbers_of_the_plan() -> None:
    now, change = said_under(EXAMPLE, HEADINGS[2]), said_under(EXAMPLE, HEADINGS[5])
    assert "Shared Lives: learning disability, live-in | 78 | 2,177 | £60,000 | £34,000" in now
    assert any(line.startswith("Shared Lives | 52 | £173,333 | £1,754,000") for line in change)
    assert any(line.startswith("The cost of placements (Hospital discharge) | £4,690,000") for line in change)


def test_what_nobody_wrote_is_a_blank_and_so_is_what_is_not_known_with_the_reason() -> None:
    lines = said_under(EXAMPLE, HEADINGS[4])
    assert lines[-1].startswith("Blank – how much money there is likely to be: SCIE's paper does not say")


def test_what_the_headline_is_made_of_stands_by_what_it_rests_on_and_says_where_it_is_the_best_case() -> None:
    lines = [sentence(block.said) for block in rests_on(View(project(load(EXAMPLE)))) if isinstance(block, Line)]
    assert lines[1].endswith("worked backwards from it (‡): Hospital discharge £4,690,000*‡ (council).")
    assert lines[2].endswith("(†): Living Well £981,000† (council); Living Well £1,398,000† (NHS).")
    assert "Shared Lives £1,334,000 (council), which is its best case" in lines[3]
    assert lines[3].endswith("its worst is £620,000.")
    assert lines[4].startswith("Without what bears one of these marks: £1.3m of £6.7m a year (council); none of £1.4m")
    assert lines[5].endswith("how many people that is about is not known.")
    assert lines[6].endswith("£350,000 (council).")


def test_a_spend_that_is_solved_is_not_said_to_be_what_is_spent_now() -> None:
    now = said_under(EXAMPLE, HEADINGS[2])
    assert not any("£32,307,692" in line for line in now)
    assert any(line.startswith("Blank – what is spent now (Hospital discharge: long-term placements") for line in now)


def test_a_new_file_has_the_conversation_with_all_its_blanks(tmp_path: Path) -> None:
    path = tmp_path / "leeds.yaml"
    assert carescale("new", str(path), "--conversation").code == 0
    blocks = conversation(View(project(load(path))))
    blanks = [sentence(block.said) for block in blocks if isinstance(block, Line) and block.part == BLANK]
    assert len(blanks) == 11
    assert "Blank – what staff say: to be asked." in blanks
    wrong = carescale("new", str(tmp_path / "x.yaml"), "--kind", "intervention", "--conversation")
    assert "an intervention is nobody's in particular" in said(wrong)


def test_the_page_of_a_conversation_is_live_and_everyone_can_use_it(browser: Browser, tmp_path: Path) -> None:
    found = opened(browser, page_file(EXAMPLE, tmp_path))
    page = found.page
    assert page.locator("main.talk h2").all_text_contents()[:8] == HEADINGS
    page.get_by_role("link", name="How to reply").click()
    assert page.evaluate("document.activeElement.textContent") == "7. How to reply"
    assert "#" not in page.url
    found.at("#shared_lives.learning_disability.added_people=20")
    more = page.locator("tr", has_text="Shared Lives").filter(has_text="£").first
    assert re.search(r"\b21 people\b|\b21\b", page.locator("section", has_text="6. What gets more").inner_text())
    assert more.is_visible()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    told = Axe().run(page, context={"exclude": [["svg text"]]}).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in told] == []
    page.emulate_media(media="print")  # on paper its parts follow each other; the figures' sources are in the notes
    assert not page.locator(".change").is_visible()
    assert page.get_by_role("heading", name="7. How to reply").is_visible()
    assert not found.faults
    found.page.context.close()
