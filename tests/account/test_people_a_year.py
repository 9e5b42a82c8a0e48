"""People helped in a year: support that ends, counted once for each who had it, never added to people at a time."""

import pytest

from carescale.analysis.projection import project
from carescale.inputs.loading import load
from carescale.problems import Problems

PLACE = "place: Testshire\nyear: 2026\nsource: scie-2017\nplan:\n  reablement:\n    add: 1,200\n"
SAVED = ("reablement.older_people.saving_per_episode.council=£3,000", "reablement.first_match_month=0", "ramp_months=0")


@pytest.fixture
def place(tmp_path):
    def of(text=PLACE):
        file = tmp_path / "place.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return of


def test_1200_people_a_year_for_1_4_months_each_are_140_at_a_time(place):
    projection = project(load(place()))
    assert projection["reablement.additional_people_a_year"].value == 1_200
    assert projection["reablement.additional_people"].value == pytest.approx(140)


def test_each_costs_its_2088_once_and_saves_over_the_year_after(place):
    projection = project(load(place(), settings=SAVED))
    assert projection["reablement.running_cost.council"].value == 1_200 * 2_088
    assert projection["reablement.net_saving.council"].value == 1_200 * (3_000 - 2_088)
    saving, cost = (
        projection.months([f"reablement.{name}.council"])[f"reablement.{name}.council"]
        for name in ("monthly_saving", "monthly_running_cost")
    )
    assert cost[1] == 100 * 2_088
    assert saving[1:13] == pytest.approx([100 * 250 * month for month in range(1, 13)])
    assert saving[13:] == pytest.approx([100 * 3_000] * 48)


def test_a_known_cost_counts_where_nobody_knows_what_is_saved(place):
    projection = project(load(place()))
    net = projection["portfolio.net_saving.council"]
    assert (net.value, net.status) == (-1_200 * 2_088, "partial")
    assert net.state.because == ("reablement.adjusted_saving.council",)
    assert projection["portfolio.net_saving.nhs"].status == "unknown"  # it pays nothing, and what it saves is unknown


@pytest.mark.parametrize("rule", ["people: 1,200", "rate: 5%"])
def test_other_rules_of_a_plan_do_not_suit_and_are_refused(place, rule):
    with pytest.raises(Problems, match="counts the people it helps in a year"):
        load(place(PLACE.replace("add: 1,200", rule)))


def test_a_plan_for_all_is_refused(place):
    with pytest.raises(Problems, match="counts the people it helps in a year"):
        load(place(PLACE.replace("  reablement:\n    add: 1,200", "  reablement: all")))
