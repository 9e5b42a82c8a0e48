"""A claim written wrong does not hide the verdicts on the others; a published number that no claim takes is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.running import carescale, changed_example

from carescale.inputs.loading import load
from carescale.problems import Problems

FIRST = "that: fewer_days * bed_day\n    is: £58,801,432"


@pytest.fixture
def refused(tmp_path: Path) -> str:
    """The press release with a claim that adds days to pounds, and a number that nothing takes."""
    wrong = (FIRST, FIRST.replace("*", "+"))
    return changed_example("press-release", tmp_path, wrong, ("published:", "published:\n  lost_days: 400 bed-days"))


def test_the_other_verdicts_are_printed_and_the_check_could_not_run(refused: str) -> None:
    ran = carescale("check", refused)
    assert ran.code == 2
    said = " ".join(ran.out.split())
    assert "4 claims: 1 reproduced by a rule, 1 contradicted, 2 reproduced; all as the file expects; 1 refused" in said
    assert "bed-days and £ per bed-day cannot be put together" in ran.err


def test_as_data_what_is_refused_stands_beside_what_is_judged(refused: str) -> None:
    (found,) = json.loads(carescale("check", refused, "-f", "json").out)["files"]
    assert not found["passed"]
    assert len(found["claims"]) == 4
    assert [one["code"] for one in found["found"]] == ["bad-sum"]


def test_for_anything_but_a_check_a_wrong_claim_is_a_wrong_file(refused: str) -> None:
    with pytest.raises(Problems, match="cannot be put together"):
        load(refused)


def test_what_else_is_wrong_in_a_file_still_stops_its_check(tmp_path: Path) -> None:
    wrong = changed_example("press-release", tmp_path, (FIRST, FIRST.replace("*", "+")), ("£91.10 per", "£91..10 per"))
    ran = carescale("check", wrong)
    assert (ran.code, ran.out) == (2, "")
    assert "91..10" in ran.err


def test_a_published_number_that_no_claim_takes_is_named(tmp_path: Path) -> None:
    more = changed_example("press-release", tmp_path, ("published:", "published:\n  lost_days: 400 bed-days"))
    assert "no claim takes: Lost days" in carescale("check", more).out
    assert "no claim takes" not in carescale("check", "press-release").out


def test_where_a_claim_is_refused_nothing_is_said_to_be_taken_by_none(refused: str) -> None:
    """The claim that cannot be read may be the one that takes it."""
    assert "no claim takes" not in carescale("check", refused).out
