"""`carescale solve` as it is typed: what it answers, in every form, and what it says when it cannot."""

from __future__ import annotations

import csv
import io
import json

import pytest
from cli.running import Ran, carescale, said

ADDED = "shared_lives.learning_disability.added_people"
RAMP = ("--for", "shared_lives.break_even_month.council", "--reach", "24", "--by", "shared_lives.ramp_months")
PEOPLE = ("--for", "shared_lives.net_saving.council", "--reach", "£1m", "--by", ADDED)
SHARE = "living_well.running_cost_share.council"
NEVER = ("--for", "living_well.net_saving.council", "--reach", "£1.2m", "--by", SHARE)


def solve(*words: str) -> Ran:
    return carescale("solve", "birmingham", *words, columns=200)


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        (RAMP, ["98 months or less", "break-even month (council) is month 24 or earlier"]),
        (PEOPLE, ["39 people or more", "£1,000,000 a year or more (exactly that at 38.2)"]),
        (NEVER, ["no value does", "the nearest is £1,181,000 at 0%: the figure cannot be lower"]),
        ((*NEVER[:3], "£0.5m", *NEVER[4:]), ["any value does", "is £500,000 a year or more whatever it is"]),
        ((*RAMP[:5], "living_well.ramp_months"), ["it does not matter here", "does not depend on it: 15"]),
        ((*RAMP, "--at-least"), ["88 months or more", "month 24 or later"]),
        (("--for", "shared_lives.additional_people", "--reach", "40", "--by", ADDED, "--at-most"),
         ["39 people or fewer", "40 people or fewer"]),
        ((*PEOPLE[:3], "£100m", *PEOPLE[4:]), ["3,846 people or more", "3,924 people in all, and 2,177 are eligible"]),
        ((*PEOPLE[:3], "-£5", *PEOPLE[4:]), ["any value does"]),
    ],
)  # fmt: skip
def test_the_answer_stands_first_with_the_target_below_it(words: tuple[str, ...], answers: list[str]) -> None:
    result = solve(*words)
    assert result.code == 0, result.err
    assert answers[0] in result.out.splitlines()[0]
    assert [answer for answer in answers if answer not in " ".join(result.out.split())] == []


def test_a_deduction_that_is_not_made_today_can_be_found_and_is_not_called_unknown() -> None:
    result = solve(*PEOPLE[:5], "shared_lives.deadweight")
    assert "10.81% or less" in result.out  # 334,000 of the 3,088,000 avoided is 10.82%
    assert "n/k" not in result.out
    assert "Today                 –  £1,334,000" in result.out


def test_settings_and_scenarios_change_the_answer_and_are_shown() -> None:
    result = solve(*PEOPLE, "--set", "shared_lives.mental_health.added_people=25")
    assert "31 people or more" in result.out  # 800,000 / 26,000 = 30.8
    assert "shared_lives.mental_health.added_people 1 person → 25 people" in result.out
    result = solve(
        "--scenario", "fixed-number", *PEOPLE[:4], "--by", "shared_lives.published_saving_per_person.council"
    )
    assert "could be several" in said(result)


def test_csv_has_a_row_for_each_range_and_one_where_there_is_none() -> None:
    for words, answer, ends in (
        (RAMP, "found", ("", "98")), (PEOPLE, "found", ("39", "")), (NEVER, "no value", ("", "")),
    ):  # fmt: skip
        (row,) = csv.DictReader(io.StringIO(solve(*words, "-f", "csv").out))
        assert (row["answer"], row["from"], row["to"]) == (answer, *ends)
        assert row["condition"] == ("at most" if words is RAMP else "at least")
    teeth = ("--for", "shared_lives.first_full_year_after_set_up.council", "--reach", "£1.6m", "--by", ADDED)
    rows = csv.DictReader(
        io.StringIO(solve(*teeth, "--set", "shared_lives.set_up_basis=whole blocks", "-f", "csv").out)
    )
    assert [(row["from"], row["to"]) for row in rows] == [("71", "74"), ("81", "")]


def test_json_has_the_answer_the_target_and_both_sides() -> None:
    document = json.loads(solve(*PEOPLE, "-f", "json").out)
    assert document["answer"] == "found"
    assert document["target"] == {"condition": "at least", "value": 1_000_000}
    (found,) = document["ranges"]
    assert (found["from"], found["to"]) == (39, None)
    assert [tried["quantity"]["value"] for tried in document["tried"]] == [996_000, 1_022_000]
    assert json.loads(solve(*NEVER, "-f", "json").out)["nearest"] == {
        "figure": 0, "quantity": {"value": 1_181_000, "status": "known"},
    }  # fmt: skip


@pytest.mark.parametrize("style", ["plain", "markdown", "html", "grid"])
def test_other_forms_say_the_same(style: str) -> None:
    assert "98 months or less" in solve(*RAMP, "-f", style).out


def test_a_mistake_is_said_with_the_option_it_was_made_in() -> None:
    for words, place in ((("--reach", "soon"), "--reach soon: "), (("--by", "nobody"), "--by nobody: "),
                         (("--for", "shared_lives.cumulative_net_saving.council"), "--for: ")):  # fmt: skip
        result = solve(*RAMP, *words)
        assert result.code == 2
        assert any(line.startswith(place) for line in said(result).splitlines())


def test_a_table_is_asked_one_area_at_a_time() -> None:
    asked = ("--for", "shared_lives.additional_people", "--reach", "100",
             "--by", "shared_lives.learning_disability.current_people")  # fmt: skip
    assert "--area" in said(carescale("solve", "west-midlands", *asked))
    assert "221 people or fewer" in carescale("solve", "west-midlands", "--area", "Birmingham", *asked).out
