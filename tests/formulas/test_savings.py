"""Savings: pounds a year, gross, less running cost, net, for each payer, against the published sums."""

import pytest
from alternatives import written

gross = written("gross_saving", "cohort, payer")
ALL_PAYERS = [(0.5, 981_000, 1_398_000), (0.0, 1_181_000, 1_198_000), (1.0, 781_000, 1_598_000)]


def per_person(basis):
    return written("saving_per_person", "cohort, payer", saving_basis=basis)


def test_fifty_one_people_save_the_council_1_326_000():
    assert gross(people_bearing_saving=51.0, saving_per_person=26_000.0) == 1_326_000


def test_one_person_saves_8000_and_52_people_1_334_000():
    assert gross(people_bearing_saving=1.0, saving_per_person=8_000.0) == 8_000
    assert written("gross_saving", "intervention, payer")(gross_saving=[1_326_000.0, 8_000.0]) == 1_334_000


def test_the_88_people_of_today_save_2_108_000():
    today = written("current_saving", "cohort, payer")
    learning = today(current_people=78.0, share_bearing_saving=1.0, saving_per_person=26_000.0)
    mental = today(current_people=10.0, share_bearing_saving=1.0, saving_per_person=8_000.0)
    assert written("current_saving", "intervention, payer")(current_saving=[learning, mental]) == 2_108_000
    assert today(current_people=78.0, share_bearing_saving=0.5, saving_per_person=26_000.0) == 1_014_000


def test_cornwalls_325_people_save_383_825_and_519_350():
    assert gross(people_bearing_saving=325.0, saving_per_person=1_181.0) == 383_825
    assert gross(people_bearing_saving=325.0, saving_per_person=1_598.0) == 519_350


def test_cornwalls_programme_costs_130_000_and_birminghams_400_000():
    cost = written("running_cost", "cohort", running_cost_basis="per_person")
    assert cost(additional_people=325.0, running_cost_per_person=400.0) == 130_000
    assert cost(additional_people=1000.0, running_cost_per_person=400.0) == 400_000


@pytest.mark.parametrize(("share", "council", "nhs"), ALL_PAYERS)
@pytest.mark.parametrize("level", ["cohort", "intervention"])
def test_who_pays_the_400_000_decides_what_council_and_nhs_save_net(level, share, council, nhs):
    paid = written("running_cost", f"{level}, payer", running_cost_basis="per_person")
    net = written("net_saving", f"{level}, payer", running_cost_basis="per_person")
    assert net(adjusted_saving=1_181_000.0, cost_incurred=paid(400_000.0, share)) == council
    assert net(adjusted_saving=1_598_000.0, cost_incurred=paid(400_000.0, 1 - share)) == nhs


def test_a_cost_shared_pro_rata_to_benefit_leaves_1_011_000_and_1_368_000():
    paid = written("running_cost", "intervention, payer")
    net = written("net_saving", "intervention, payer")
    share = 1181 / (1181 + 1598)
    assert round(net(1_181_000.0, paid(400_000.0, share)), -3) == 1_011_000
    assert round(net(1_598_000.0, paid(400_000.0, 1 - share)), -3) == 1_368_000


def test_running_cost_is_added_over_cohorts_or_given_for_the_programme():
    added = written("running_cost", "intervention", running_cost_basis="per_person")
    lump = written("running_cost", "intervention", running_cost_basis="lump_sum")
    assert added(running_cost=[300_000.0, 100_000.0]) == 400_000
    assert lump(annual_running_cost=250_000.0) == 250_000


def test_only_the_share_who_replace_a_costlier_placement_save():
    bearing = written("people_bearing_saving", "cohort")
    england = bearing(additional_people=32_770.0, share_bearing_saving=0.147)
    assert round(england) == 4_817
    assert written("people_bearing_saving", "intervention")(people_bearing_saving=[51.0, 1.0]) == 52


def test_4500_people_at_26_000_are_englands_117m():
    assert gross(people_bearing_saving=4_500.0, saving_per_person=26_000.0) == 117_000_000


def test_the_saving_is_the_difference_of_two_yearly_costs():
    difference = written("annual_cost_difference", "cohort, payer")
    assert difference(annual_cost_now=60_000.0, annual_cost_new=34_000.0) == 26_000
    assert difference(annual_cost_now=28_000.0, annual_cost_new=20_000.0) == 8_000
    assert per_person("annual_costs")(annual_cost_difference=26_000.0) == 26_000
    assert per_person("published")(published_saving_per_person=26_000.0) == 26_000


def test_local_weekly_costs_are_net_of_what_the_person_contributes():
    cost = written("arrangement_cost_per_person", "cohort, payer", saving_basis="weekly_costs")
    new = cost(weekly_cost_new=600.0, weekly_contribution_new=80.0, weeks_per_year=52.0)
    saving = per_person("weekly_costs")(
        weekly_cost_now=1_500.0, weekly_contribution_now=100.0, arrangement_cost_per_person=new, weeks_per_year=52.0
    )
    assert saving == (1_400 - 520) * 52 == 45_760


def test_a_lower_contribution_in_the_new_arrangement_raises_its_cost():
    cost = written("arrangement_cost_per_person", "cohort, payer", saving_basis="weekly_costs")
    assert cost(600.0, 60.0, 52.0) - cost(600.0, 100.0, 52.0) == 40 * 52


def test_what_is_avoided_and_what_is_incurred_are_two_sides_of_a_saving_published_net():
    arrangements = written("arrangement_cost", "cohort, payer")(51.0, arrangement_cost_per_person=34_000.0)
    avoided = written("cost_avoided", "cohort, payer")(51 * 26_000.0, arrangements)
    assert (avoided, arrangements) == (51 * 60_000, 51 * 34_000)


def test_at_the_mix_of_2013_a_person_saves_24_270_on_average():
    weighted = written("weighted_saving", "strand, payer")
    learning = weighted(people_in_mix=7_710.0, published_saving_per_person=26_000.0)
    mental = weighted(people_in_mix=820.0, published_saving_per_person=8_000.0)
    assert (learning, mental) == (200_460_000, 6_560_000)
    average = per_person("mix")(weighted_saving=[learning, mental], people_in_mix=[7_710.0, 820.0])
    assert round(average) == 24_270
    assert round(117_000_000 / average) == 4_821  # about 4,820 people save England's £117m


def test_13_per_cent_of_32_3m_is_kents_4_2m():
    line = written("gross_saving", "spend_line, payer")
    assert line(covered_spend=4_200_000 / 0.13, spend_reduction=0.13) == pytest.approx(4_200_000)
    assert round(4_200_000 / 0.13, -5) == 32_300_000
    assert written("gross_saving", "intervention, payer")(gross_saving=[4_200_000.0, 490_000.0]) == 4_690_000


def test_a_plan_covers_all_of_a_spend_or_a_share_of_it():
    assert written("covered_spend", "spend_line", target="all")(spend=32_300_000.0) == 32_300_000
    assert written("covered_spend", "spend_line", target="share")(32_300_000.0, 0.25) == 8_075_000
    assert written("covered_spend", "intervention")(covered_spend=[30.0, 4.0]) == 34


def test_a_saving_already_net_of_running_cost_has_none_taken_off():
    net = written("net_saving", "cohort, payer", running_cost_basis="already_deducted")
    assert net(adjusted_saving=51 * 60_000.0, cost_incurred=51 * 34_000.0) == 1_326_000


def test_one_to_two_per_cent_of_the_budget_implies_172m_to_344m():
    share = written("saving_share_of_budget", "intervention, payer")
    both = {"current_saving": 2_108_000.0, "net_saving": 1_334_000.0}
    assert round(share(**both, adult_social_care_budget=344_200_000.0), 4) == 0.01
    assert round(share(**both, adult_social_care_budget=172_100_000.0), 4) == 0.02
