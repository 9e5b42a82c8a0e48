"""A key that a plan makes is the one that its text is taken apart to, for every formula there is."""

from __future__ import annotations

from carescale.formulas import registry
from carescale.inputs.loading import load


def test_every_key_of_a_plan_is_what_its_text_says() -> None:
    in_cash = load("birmingham", cash_years=3, start="2026-09")
    for case in (load("birmingham"), load("incubator", appraise=True), in_cash):
        texts = list(case.plan.quantities())
        assert len(texts) > 500
        assert [registry.key(text) for text in texts] == [registry._taken_apart(text) for text in texts]
