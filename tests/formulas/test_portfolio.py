"""Portfolio: interventions together for one payer, less what would be counted twice."""

import pytest
from alternatives import written

from carescale.analysis.projection import project
from carescale.inputs.loading import load


@pytest.mark.parametrize("name", ["gross_saving", "running_cost"])
def test_each_payers_pounds_are_added_over_the_interventions(name):
    assert written(name, "case, payer")([1_334_000.0, 1_181_000.0, 4_690_000.0]) == 7_205_000


def test_birminghams_three_interventions_save_7_005_000_before_overlap_and_6_655_000_after():
    before = written("net_saving_before_overlap", "case, payer")([1_334_000.0, 981_000.0, 4_690_000.0])
    assert before == 7_005_000
    assert written("net_saving", "case, payer")(net_saving_before_overlap=before, overlap=350_000.0) == 6_655_000


def test_the_published_parts_make_6_55m():
    before = written("net_saving_before_overlap", "case, payer")([1.0, 1.3, 4.6])
    assert written("net_saving", "case, payer")(before, 0.35) == pytest.approx(6.55)


def test_an_overlap_of_0_35m_in_6_9m_is_5_1_per_cent():
    share = written("overlap_share", "case, payer", given="overlap")
    assert round(share(overlap=350_000.0, net_saving_before_overlap=6_900_000.0), 3) == 0.051


def test_the_overlap_is_taken_off_each_month_in_proportion():
    monthly = written("monthly_net_saving", "case, payer", given="overlap")
    assert monthly(monthly_net_saving=[100.0, 300.0], overlap_share=0.05) == pytest.approx(380)
    without = written("monthly_net_saving", "case, payer", absent="overlap")
    assert without(monthly_net_saving=[100.0, 300.0]) == 400


def test_the_overlap_phases_in_with_the_savings_it_corrects():
    parts = ["shared_lives", "living_well", "hospital_discharge"]
    keys = [f"{path}.monthly_net_saving.council" for path in [*parts, "portfolio"]]
    *each, together = project(load("birmingham")).months(keys).values()
    before = [sum(month) for month in zip(*each, strict=True)]
    assert before[0] == together[0] == 0
    assert before[-1] == pytest.approx(7_005_000 / 12)
    assert together[-1] == pytest.approx(6_655_000 / 12)
    shares = [1 - after / full for full, after in zip(before[1:], together[1:], strict=True)]
    assert shares == pytest.approx([350_000 / 7_005_000] * 60)


def test_a_portfolio_of_one_intervention_breaks_even_with_it():
    england = project(load("england"))
    for name in ("break_even_month", "peak_funding"):
        assert england[f"portfolio.{name}.council"].value == england[f"shared_lives.{name}.council"].value > 0


def test_a_portfolio_with_an_unknown_set_up_cost_has_no_break_even_month():
    result = project(load("birmingham"))["portfolio.break_even_month.council"]
    assert (result.value, result.status) == (None, "unknown")
    assert result.state.because == ("living_well.set_up_cost.council", "hospital_discharge.set_up_cost.council")


def test_the_pounds_of_council_and_nhs_are_never_added():
    quantities = [key for key in load("birmingham").plan.quantities() if key.startswith("portfolio.net_saving")]
    assert quantities
    assert all(key.rsplit(".", 1)[1] in ("council", "nhs", "society") for key in quantities)
