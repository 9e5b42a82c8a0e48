"""With nothing rising, the lines of the budget are the account's, whatever the plan: no cost is lost, none is twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carescale import load
from carescale.analysis.budget import AS_PRINTED, budget

FLAT = ("pay_uplift=0%", "fee_uplift=0%", "price_uplift=0%")
RANDOM = {
    "shared_lives.coordinator_cost": st.sampled_from(["£30,000", "£45,000"]),
    "shared_lives.running_cost_share.council": st.just("100%"),
    "shared_lives.void_share": st.sampled_from(["0%", "5%"]),
    "shared_lives.double_running_months": st.sampled_from(["1 month", "3 months"]),
    "shared_lives.leavers_a_year": st.sampled_from(["0%", "10%"]),
    "cost_evidence_grade": st.sampled_from(["2", "4"]),
    "saving_evidence_grade": st.sampled_from(["1", "5"]),
    "portfolio.cashable_share.council": st.sampled_from(["50%", "100%"]),
    "portfolio.cashable_lag_months.council": st.sampled_from(["0 months", "5 months"]),
    "drop_off": st.sampled_from(["0%", "10%"]),
}


@settings(max_examples=15, deadline=None)
@given(st.fixed_dictionaries({}, optional=RANDOM))
def test_cash_at_constant_prices_is_the_flow_of_the_account(chosen: dict[str, str]) -> None:
    written = [f"{key}={value}" for key, value in chosen.items()]
    case = load("birmingham", cash_years=3, start="2026-09", settings=[*written, *FLAT])
    found = budget(case, AS_PRINTED).projection
    for payer in ("council", "nhs"):
        months = found.months([f"portfolio.cash_net.{payer}", f"portfolio.net_flow.{payer}"])
        assert months[f"portfolio.cash_net.{payer}"] == pytest.approx(months[f"portfolio.net_flow.{payer}"])
