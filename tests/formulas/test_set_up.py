"""Set-up: what is spent once, for a part of a block or for whole blocks, and who pays it."""

import pytest
from alternatives import written

BLOCK = {"arrangements_per_block": 75.0, "set_up_cost_per_block": 250_000.0}


def set_up(basis):
    return written("set_up_cost", "intervention", set_up_basis=basis)


def test_pro_rata_an_arrangement_costs_3333():
    assert round(set_up("pro_rata")(planned_arrangements=1.0, **BLOCK)) == 3_333


def test_pro_rata_52_arrangements_cost_52_seventy_fifths_of_250_000():
    cost = set_up("pro_rata")(planned_arrangements=52.0, **BLOCK)
    assert cost == pytest.approx(52 / 75 * 250_000)
    assert round(cost, -3) == 173_000


@pytest.mark.parametrize(("arrangements", "cost"), [(0, 0), (1, 250_000), (52, 250_000), (75, 250_000), (76, 500_000)])
def test_whole_blocks_are_paid_for_however_few_arrangements_the_last_one_holds(arrangements, cost):
    assert set_up("whole_blocks")(planned_arrangements=float(arrangements), **BLOCK) == cost


def test_a_full_block_costs_the_same_either_way_and_saves_1_5m_a_year():
    for basis in ("pro_rata", "whole_blocks"):
        assert set_up(basis)(planned_arrangements=75.0, **BLOCK) == 250_000
    gross = written("gross_saving", "cohort, payer")
    assert gross(50.0, 26_000.0) + gross(25.0, 8_000.0) == 1_500_000


def test_a_programme_may_cost_one_sum():
    assert set_up("lump_sum")(set_up_lump_sum=220_000.0) == 220_000


def test_each_payer_pays_a_share_and_the_case_adds_them_over_interventions():
    assert (
        written("set_up_cost", "intervention, payer")(set_up_cost=250_000.0, set_up_share=0.6, optimism_of_costs=0.0)
        == 150_000
    )
    assert written("set_up_cost", "case, payer")(set_up_cost=[150_000.0, 20_000.0]) == 170_000


def test_the_first_full_year_leaves_1_161_000_of_1_334_000_when_set_up_is_taken_off():
    left = written("first_full_year_after_set_up", "intervention, payer")
    assert round(left(net_saving=1_334_000.0, set_up_cost=52 / 75 * 250_000), -3) == 1_161_000
