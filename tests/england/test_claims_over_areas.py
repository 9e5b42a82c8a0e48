"""Claims on a table: on the total over its areas, and on one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import carescale

from carescale.analysis.check import check
from carescale.inputs.library import shipped
from carescale.inputs.loading import load


def verdicts(claims: str) -> list[tuple[str, str]]:
    """The verdict on each claim about every council, and why."""
    text = (shipped("examples") / "england-councils.yaml").read_text(encoding="utf-8")
    Path("here.yaml").write_text(f"{text}\nclaims:\n{claims}", encoding="utf-8")
    return [(judged.verdict, judged.why) for judged in check(load("here.yaml")).judged]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("that: shared_lives.net_saving.council\n    is: £75.5m", "reproduced"),  # 2,904 people, £26,000 each
        ("that: shared_lives.additional_people\n    is: 2,904", "reproduced"),
        ("that: portfolio.net_saving.council\n    is: £700m", "contradicted"),
        ("that: shared_lives.net_saving.council\n    over: £75m", "reproduced"),
        ("that: shared_lives.net_saving.nhs\n    is: £1m", "not determined"),
        ("that: shared_lives.net_saving.council\n    area: Leeds\n    is: £1.1m", "reproduced"),
        ("that: shared_lives.net_saving.council\n    area: Leeds\n    is: £2.1m", "contradicted"),
        ("that: shared_lives.net_saving.council\n    area: Hackney\n    is: £1.1m", "not determined"),
    ],
)
def test_a_claim_has_the_verdict_that_its_sum_deserves(claim: str, verdict: str) -> None:
    ((found, _),) = verdicts(f"  - {claim}\n    source: scie-2017\n")
    assert found == verdict or (verdict == "reproduced" and found == "within rounding")


def test_a_total_says_over_how_many_areas_it_is() -> None:
    ((_, why),) = verdicts("  - that: shared_lives.net_saving.council\n    is: £75.5m\n")
    assert "over 150 of 152 areas" in why


def test_a_claim_that_fails_fails_the_check() -> None:
    verdicts("  - that: portfolio.net_saving.council\n    is: £700m\n    expect: reproduced\n")
    assert carescale("check", "here.yaml").code == 1
