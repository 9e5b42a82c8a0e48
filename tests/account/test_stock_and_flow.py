"""Who is there, who leaves, who starts: stock and flow, and what a saving that ends comes to."""

import pytest


def test_nobody_leaves_unless_somebody_says_so(projected):
    assert projected()["homeshare.leavers_in_month"].status == "not applicable"
    assert projected()["homeshare.replacements_a_year"].status == "not applicable"


def test_of_100_people_of_whom_a_quarter_leave_in_a_year_25_must_start_to_stay_100(projected, months):
    assert projected("leavers_a_year=25%")["homeshare.replacements_a_year"].value == pytest.approx(25)
    people, starters = (
        months("people_in_month", "leavers_a_year=25%"),
        months("starters_in_month", "leavers_a_year=25%"),
    )
    assert people[18:] == [100] * 43
    assert starters[19:] == pytest.approx([25 / 12] * 42)
    assert starters[7] == pytest.approx(100 / 12 * (1 + 0.25 / 12))


def test_nobody_is_lost_starters_less_leavers_are_who_is_there(months):
    given = ("leavers_a_year=40%", "starts_a_month=7")
    people, starters, leavers = (months(f"{name}_in_month", *given) for name in ("people", "starters", "leavers"))
    there = 0.0
    for month, number in enumerate(people):
        there += starters[month] - leavers[month]
        assert number == pytest.approx(there)


def test_support_of_six_weeks_is_begun_by_twice_as_many_in_three_months_as_are_there(projected):
    stays = projected("stay_months=1.5")
    assert stays["homeshare.replacements_a_year"].value == pytest.approx(100 * 12 / 1.5)


def test_five_starts_a_month_slow_the_ramp_and_the_month_of_full_scale_is_known(months, projected):
    people = months("people_in_month", "starts_a_month=5")
    assert people[7:10] == pytest.approx([5, 10, 15])
    assert people[26] == 100
    assert people[25] == pytest.approx(95)
    assert projected("starts_a_month=5")["homeshare.month_ramp_is_kept"].value == 26


def test_where_more_leave_than_can_start_full_scale_never_comes(projected):
    held = projected("starts_a_month=2", "leavers_a_year=48%")
    assert held["homeshare.most_people_held"].value == pytest.approx(50)
    assert held["homeshare.month_ramp_is_kept"].status == "beyond the horizon"


def test_a_saving_of_the_first_year_is_not_had_for_ever(months):
    saving = months("monthly_saving.council", "saving_lasts_months=12")
    assert max(saving) == pytest.approx(200_000 / 12)
    assert saving[30:] == [0] * 31
    assert sum(saving) == pytest.approx(100 * 2_000)


def test_with_leavers_replaced_the_savings_go_on_with_those_who_start(months):
    saving = months("monthly_saving.council", "saving_lasts_months=12", "leavers_a_year=50%")
    assert saving[-1] == pytest.approx(0.5 * 200_000 / 12)


def test_half_a_month_of_lag_is_half_of_each_of_two_months(months):
    on_time, late = (
        months("share_of_saving.council"),
        months("share_of_saving.council", "cashable_lag_months.council=2.5"),
    )
    assert late[12] == pytest.approx((on_time[10] + on_time[9]) / 2)


def test_coordinators_are_paid_before_the_first_match(projected, tmp_path):
    file = tmp_path / "place.yaml"
    file.write_text(
        "place: Testshire\nyear: 2026\nsource: scie-2017\nplan:\n  shared_lives:\n    add: {learning_disability: 51}\n"
        "figures:\n  shared_lives:\n    coordinator_cost: £45,000\n    coordinator_start_month: 2\n"
        "    running_cost_share: {council: 100%, nhs: 0%, society: 0%}\n",
        encoding="utf-8",
    )
    projection = projected(file=file)
    key = "shared_lives.monthly_running_cost.council"
    cost = projection.months([key])[key]
    assert projection["shared_lives.match_month"].value == 9
    assert cost[:3] == [0, 0, 0]
    assert cost[3:9] == [3 * 45_000 / 12] * 6
    assert projection["shared_lives.net_saving.council"].value == 51 * 26_000 - 3 * 45_000


@pytest.fixture
def movers(tmp_path):
    """Shared Lives for 50 people whose old placement costs £60,000 a year and the new one £34,000."""
    file = tmp_path / "place.yaml"
    file.write_text(
        "place: Testshire\nyear: 2026\nsource: scie-2017\nplan:\n  shared_lives:\n    add: {learning_disability: 50}\n",
        encoding="utf-8",
    )
    return file


def of_movers(projected, file, name, *settings):
    from carescale.analysis.projection import project
    from carescale.inputs.loading import load

    key = f"shared_lives.{name}.council"
    projection = project(load(file, settings=[f"shared_lives.{setting}" for setting in settings]))
    return projection.months([key])[key] if projection.is_monthly(key) else projection[key].value


def test_two_placements_are_paid_for_while_people_move(projected, movers):
    double = of_movers(projected, movers, "monthly_double_running", "double_running_months=3")
    assert sum(double) == pytest.approx(50 * 60_000 / 12 * 3)
    assert double[28:] == pytest.approx([0] * 33)


def test_of_100_places_five_that_stand_empty_are_paid_for(projected, movers):
    assert of_movers(projected, movers, "void_cost", "void_share=5%") == pytest.approx(50 * 34_000 * 5 / 95)


def test_a_range_on_the_net_moves_what_is_avoided_and_not_what_is_incurred(projected, movers):
    from carescale.analysis.projection import project
    from carescale.inputs.loading import load

    projection = project(load(movers))
    avoided, incurred = (projection[f"shared_lives.{name}.council"] for name in ("cost_avoided", "arrangement_cost"))
    assert (avoided.worst, avoided.value, avoided.best) == (50 * 46_000, 50 * 60_000, 50 * 60_000)
    assert (incurred.value, incurred.low) == (50 * 34_000, None)
