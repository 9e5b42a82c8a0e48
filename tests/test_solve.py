"""Switching values, each worked by hand, and held to what the case says when it is projected with them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from carescale import Problems, load, project, solve
from carescale.analysis.ends import is_kept_low
from carescale.analysis.switching import HIGHEST, LOWEST, NO_CHANGE, Range, Solution
from carescale.case import Case

NET_SAVING = "shared_lives.net_saving.council"
BREAK_EVEN = "shared_lives.break_even_month.council"
ADDED = "shared_lives.learning_disability.added_people"
A_YEAR = 51 * 26_000 + 8_000  # Birmingham's net saving from Shared Lives at full scale
SET_UP = 52 / 75 * 250_000  # and what it costs to set up


@pytest.fixture(scope="module")
def birmingham() -> Case:
    return load("birmingham")


def only(solution: Solution) -> Range:
    """The one range of a solution that was found."""
    assert solution.status == "found"
    (found,) = solution.ranges
    return found


def cumulative(month: int, *, first_match: int = 7, ramp: int = 18) -> float:
    """The net saving of Birmingham's Shared Lives up to a month, before set-up, added up month by month."""
    return sum(min(max(m - first_match, 0) / ramp, 1) * A_YEAR / 12 for m in range(month + 1))


def test_39_more_people_with_a_learning_disability_save_a_million_and_38_do_not(birmingham: Case) -> None:
    found = only(solve(birmingham, NET_SAVING, "£1m", ADDED))
    assert (found.first, found.last) == (39, None)
    assert found.exactly == pytest.approx((1_000_000 - 8_000) / 26_000, rel=1e-12)  # 38.15


def test_a_ramp_of_98_months_still_breaks_even_by_month_24_and_one_of_99_does_not(birmingham: Case) -> None:
    assert cumulative(24, ramp=98) >= SET_UP > cumulative(24, ramp=99)
    assert only(solve(birmingham, BREAK_EVEN, "24 months", "shared_lives.ramp_months")) == Range(None, 98, None)


def test_the_first_match_can_come_in_month_16_at_the_latest(birmingham: Case) -> None:
    assert cumulative(24, first_match=16) >= SET_UP > cumulative(24, first_match=17)
    found = only(solve(birmingham, BREAK_EVEN, "24", "shared_lives.first_match_month"))
    assert found == Range(None, 16, None)


def test_the_set_up_that_can_be_afforded_is_what_is_saved_by_then(birmingham: Case) -> None:
    a_block = A_YEAR / 12 * sum(range(1, 18)) / 18 * 75 / 52
    assert cumulative(24) * 75 / 52 == pytest.approx(a_block)
    assert only(solve(birmingham, BREAK_EVEN, "24", "set_up_cost_per_block")) == Range(None, int(a_block), None)
    assert int(a_block) == 1_362_860


def test_what_each_person_would_have_to_save_is_found_where_the_saving_is_unknown(tmp_path: Path) -> None:
    path = tmp_path / "leeds.yaml"
    path.write_text(
        "place: Leeds\nyear: 2025\nsource: scie-2017\nplan:\n  shared_lives:\n    add:\n      dementia: 20\n"
    )
    saving = "shared_lives.dementia.published_saving_per_person.council"
    solution = solve(load(path), NET_SAVING, "£100,000", saving)
    assert only(solution) == Range(5_000, None, 5_000)
    assert solution.today is None
    assert solution.quantity.status == "unknown"
    assert [(tried.value, tried.result.value) for tried in solution.tries] == [(4_999, 99_980), (5_000, 100_000)]


def test_the_overlap_at_which_the_total_is_six_point_six_million(birmingham: Case) -> None:
    overlap = A_YEAR + 981_000 + 4_690_000 - 6_600_000
    assert only(solve(birmingham, "portfolio.net_saving.council", "£6.6m", "overlap")) == Range(None, overlap, overlap)
    assert overlap == 405_000


def test_no_share_of_the_running_cost_makes_more_than_the_gross_saving(birmingham: Case) -> None:
    share = "living_well.running_cost_share.council"
    solution = solve(birmingham, "living_well.net_saving.council", "£1.2m", share)
    assert (solution.status, solution.ranges, solution.tries, solution.why) == ("no value", (), (), LOWEST)
    assert solution.nearest is not None
    assert (solution.nearest.value, solution.nearest.result.value) == (0, 1_181_000)


def test_a_cost_that_is_too_low_for_its_target_is_nearest_at_the_whole_of_a_share(birmingham: Case) -> None:
    share = "living_well.running_cost_share.nhs"
    solution = solve(birmingham, "living_well.running_cost.nhs", "£500,000", share, at_most=False)
    assert (solution.status, solution.why) == ("no value", HIGHEST)
    assert solution.nearest is not None
    assert (solution.nearest.value, solution.nearest.result.value) == (1, 400_000)


def test_where_more_changes_nothing_any_longer_the_fewest_that_come_nearest_are_named(birmingham: Case) -> None:
    solution = solve(birmingham, BREAK_EVEN, "10", ADDED)
    assert (solution.status, solution.why) == ("no value", NO_CHANGE)
    assert solution.nearest is not None
    fewest = int(solution.nearest.value)
    months = [project(load("birmingham", settings=[f"{ADDED}={n}"]))[BREAK_EVEN].value for n in (fewest - 1, fewest)]
    assert months == [15, 14]


def test_any_value_does_where_the_target_is_always_reached(birmingham: Case) -> None:
    solution = solve(birmingham, "living_well.net_saving.council", "£0.5m", "living_well.running_cost_share.council")
    assert (solution.status, solution.ranges) == ("any value", (Range(None, None, None),))


@pytest.mark.parametrize(
    "figure", ["living_well.ramp_months", "shared_lives.ramp_months", "shared_lives.mental_health.current_people"]
)
def test_a_figure_that_is_not_behind_the_quantity_has_no_effect(birmingham: Case, figure: str) -> None:
    solution = solve(birmingham, NET_SAVING, "£1m", figure)
    assert (solution.status, solution.ranges, solution.nearest) == ("no effect", (), None)


def test_a_figure_whose_effect_is_solved_away_has_none(birmingham: Case) -> None:
    spend = "hospital_discharge.long_term.spend"
    figure = "hospital_discharge.long_term.spend_reduction.council"
    solution = solve(birmingham, "hospital_discharge.net_saving.council", "£5m", figure)
    assert (solution.status, solution.solved_again) == ("no effect", (spend,))
    assert solve(birmingham, spend, "£42m", figure).today == 0.13


def test_a_figure_solved_from_a_published_result_follows_the_one_that_moves(birmingham: Case) -> None:
    figure = "hospital_discharge.long_term.spend_reduction.council"
    solution = solve(birmingham, "hospital_discharge.covered_spend", "£42m", figure)
    found = only(solution)
    assert found.last == pytest.approx(0.1098)  # 4.2 / (42 − 0.49 / 13%) = 10.99%, and at least £42m needs less
    assert solution.solved_again == ("hospital_discharge.long_term.spend",)


def test_rounded_up_staff_hold_up_to_the_last_person_that_they_can_support(birmingham: Case) -> None:
    found = only(solve(birmingham, "shared_lives.additional_coordinators", "2", ADDED))
    assert found == Range(None, 49, None)  # with the one mental-health carer 50, and 25 to a coordinator


def test_whole_blocks_make_a_window_and_then_hold_for_good() -> None:
    case = load("birmingham", settings=["shared_lives.set_up_basis=whole blocks"])
    solution = solve(case, "shared_lives.first_full_year_after_set_up.council", "£1.6m", ADDED)
    assert [(found.first, found.last) for found in solution.ranges] == [(71, 74), (81, None)]
    for people, blocks, reached in ((70, 1, False), (71, 1, True), (74, 1, True), (75, 2, False), (81, 2, True)):
        assert (people * 26_000 + 8_000 - blocks * 250_000 >= 1_600_000) is reached


def test_a_rate_of_nobody_has_no_value_and_is_not_called_a_limit(birmingham: Case) -> None:
    found = only(solve(birmingham, "shared_lives.learning_disability.rate_then", "5%", "learning_disability.eligible"
                       "_people"))  # fmt: skip
    assert found == Range(None, 129 / 0.05, 2_580)


def test_a_figure_given_for_everyone_can_be_moved_for_one_cohort_alone(birmingham: Case) -> None:
    solution = solve(birmingham, NET_SAVING, "£1m", "shared_lives.learning_disability.share_bearing_saving")
    assert solution.today == 1
    assert only(solution).first == pytest.approx(0.7482)  # 992,000 of 1,326,000 is 74.81%, and a little more


def test_the_months_looked_ahead_can_be_found_too(birmingham: Case) -> None:
    found = only(solve(birmingham, "shared_lives.net_saving_by_horizon.council", "£1m", "horizon_months"))
    assert found.first is not None
    assert cumulative(int(found.first)) >= 1_000_000 > cumulative(int(found.first) - 1)


def test_how_far_to_look_ahead_can_be_asked_for_a_month_beyond_the_horizon() -> None:
    """With a ramp of 400 months set-up is back in month 42: 35 × 36 ÷ 2 ÷ 400 of £111,167 a month is £175,088."""
    case = load("birmingham", settings=["shared_lives.ramp_months=400"])
    assert cumulative(42, ramp=400) >= SET_UP > cumulative(41, ramp=400)
    for reach in ("60 months", "72 months"):  # 60 are looked ahead
        solution = solve(case, BREAK_EVEN, reach, "horizon_months")
        assert only(solution) == Range(42, None, None)
        assert [tried.result.beyond_horizon for tried in solution.tries] == [True, False]


def test_one_area_of_a_table_can_be_asked() -> None:
    from carescale.analysis.one_area import one_area

    case = one_area(load("west-midlands"), "Birmingham")
    now = "shared_lives.learning_disability.current_people"
    solution = solve(case, "shared_lives.additional_people", "100", now)
    assert solution.today == pytest.approx(4_460 / 52)
    assert only(solution).last == 221  # 100 short of the 321.2 of the best area's rate


ASKED = [
    (NET_SAVING, "£1m", ADDED),
    (BREAK_EVEN, "24", "shared_lives.ramp_months"),
    (BREAK_EVEN, "24", "set_up_cost_per_block"),
    ("shared_lives.peak_funding.council", "£150,000", "set_up_cost_per_block"),
    ("portfolio.net_saving.council", "£6.6m", "overlap"),
    ("living_well.net_saving.nhs", "£1.3m", "living_well.running_cost_share.nhs"),
    ("hospital_discharge.covered_spend", "£42m", "hospital_discharge.long_term.spend_reduction.council"),
    ("living_well.gross_saving.society", "£1m", "living_well.older_people.published_saving_per_person.society"),
    ("living_well.additional_volunteers", "100", "living_well.older_people.added_people"),
]


@pytest.mark.parametrize(("quantity", "reach", "figure"), ASKED)
def test_both_sides_are_what_setting_the_figure_gives(birmingham: Case, quantity: str, reach: str, figure: str) -> None:
    solution = solve(birmingham, quantity, reach, figure)
    assert [solution.reaches(tried.result) for tried in solution.tries] in ([True, False], [False, True])
    for tried in solution.tries:
        case = load("birmingham", settings=[f"{solution.figure}={tried.value:.10g}"])
        assert project(case)[quantity].value == tried.result.value


# What is counted in whole months or people has the same value over a stretch of figures.
STEPWISE = (BREAK_EVEN, "living_well.additional_volunteers")


@pytest.mark.parametrize(("quantity", "reach", "figure"), [asked for asked in ASKED if asked[0] not in STEPWISE])
def test_solving_for_a_projected_value_gives_the_figure_back(
    birmingham: Case, quantity: str, reach: str, figure: str
) -> None:
    tried = solve(birmingham, quantity, reach, figure).tries[0]
    again = solve(birmingham, quantity, f"{tried.result.value:f}", figure).ranges[0]
    ends = [end for end in (again.first, again.last) if end is not None]
    step = 1 if tried.value > 1 else 0.0001
    assert any(abs(end - tried.value) <= step + 1e-12 for end in ends)


@pytest.mark.parametrize(("quantity", "reach", "figure"), [asked for asked in ASKED if asked[0] in STEPWISE])
def test_solving_for_a_projected_step_gives_a_stretch_that_holds_the_figure(
    birmingham: Case, quantity: str, reach: str, figure: str
) -> None:
    tried = solve(birmingham, quantity, reach, figure).tries[0]
    again = only(solve(birmingham, quantity, f"{tried.result.value:f}", figure))
    assert (again.first or 0) <= tried.value <= (again.last or math.inf)


def test_the_other_side_can_be_asked_for(birmingham: Case) -> None:
    assert only(solve(birmingham, NET_SAVING, "£1m", ADDED, at_most=True)).last == 38
    assert cumulative(23, ramp=87) >= SET_UP > cumulative(23, ramp=88)
    assert only(solve(birmingham, BREAK_EVEN, "24", "shared_lives.ramp_months", at_most=False)).first == 88


def test_the_case_is_left_alone(birmingham: Case) -> None:
    before = dict(birmingham.figures)
    solve(birmingham, NET_SAVING, "£1m", ADDED)
    assert birmingham.figures == before


@pytest.mark.parametrize(
    ("key", "unit", "low"),
    [
        (BREAK_EVEN, "month", True),
        ("shared_lives.peak_funding.council", "GBP", True),
        ("shared_lives.set_up_cost", "GBP", True),
        ("shared_lives.outlay_by_horizon.council", "GBP", True),
        ("living_well.running_cost.nhs", "GBP/year", True),
        ("shared_lives.break_even_saving_per_person.council", "GBP/person/year", True),
        ("shared_lives.additional_carers", "carer", True),
        ("shared_lives.deadweight_loss.council", "GBP/year", True),
        ("shared_lives.total_paid", "GBP", True),
        ("shared_lives.lost_by_horizon.council", "GBP", True),
        ("shared_lives.coordinator_pay.council", "GBP/year", True),
        ("shared_lives.taken_off_savings.council", "GBP/year", True),
        ("portfolio.present_value_of_overlap.council", "GBP", True),
        ("shared_lives.present_value_of_set_up.council", "GBP", True),
        ("shared_lives.benefit_cost_ratio.council", "", False),
        ("shared_lives.return_on_set_up.council", "", False),
        ("shared_lives.first_full_year_after_set_up.council", "GBP", False),
        ("shared_lives.beyond_prices_pay.council", "GBP/month", False),
        (NET_SAVING, "GBP/year", False),
        ("portfolio.net_saving_before_overlap.council", "GBP/year", False),
        ("shared_lives.learning_disability.annual_cost_difference.council", "GBP/person/year", False),
        ("shared_lives.additional_people", "person", False),
        ("shared_lives.learning_disability.rate_then", "", False),
    ],
)
def test_months_staff_and_costs_are_kept_low_and_the_rest_is_wanted(key: str, unit: str, low: bool) -> None:
    assert is_kept_low(key, unit) is low


@pytest.mark.parametrize(
    ("quantity", "reach", "figure", "code", "says"),
    [
        (NET_SAVING, "24 months", ADDED, "wrong-unit", "pounds a year is expected, not months"),
        (NET_SAVING, "lots", ADDED, "not-a-number", "`lots` is not a number"),
        (BREAK_EVEN, "£24", ADDED, "wrong-unit", "a number of months is expected, not pounds"),
        (BREAK_EVEN, "72", ADDED, "out-of-range", "only 60 months are looked ahead"),
        (NET_SAVING, "£1m", "ramp_months", "unknown-name", "could be several"),
        (NET_SAVING, "£1m", "shared_lives.rump_months", "unknown-name", "did you mean `shared_lives.ramp_months`"),
        (NET_SAVING, "£1m", "shared_lives.ramp", "bad-option", "is a choice between words"),
        ("shared_lives.net_savings.council", "£1m", ADDED, "unknown-name", "there is no quantity"),
        ("shared_lives.cumulative_net_saving.council", "£1m", ADDED, "bad-option", "is a series of months"),
        ("living_well.break_even_month.council", "24", "living_well.ramp_months", "unsolvable", "set_up_lump_sum"),
        ("shared_lives.overlap_share.nhs", "5%", ADDED, "unknown-name", ""),
        ("shared_lives.running_cost", "£5", ADDED, "unsolvable", "does not apply in this plan"),
    ],
)
def test_what_cannot_be_asked_is_said_plainly(
    birmingham: Case, quantity: str, reach: str, figure: str, code: str, says: str
) -> None:
    with pytest.raises(Problems) as raised:
        solve(birmingham, quantity, reach, figure)
    (problem,) = raised.value.problems
    assert problem.code == code
    assert says in str(problem)


def test_a_table_of_many_areas_has_to_be_asked_one_by_one() -> None:
    with pytest.raises(Problems, match="choose one of them, such as --area"):
        solve(load("west-midlands"), NET_SAVING, "£1m", ADDED)
