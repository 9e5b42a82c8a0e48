"""The pace and its interval: sums that anyone can redo, and how often the interval holds a truth that was made."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.track import FEWEST, REPORTS, TRUTHS, Truth, forecast, months_of, reports, told
from cli.running import carescale

from carescale import load, simulate
from carescale.actuals import Report
from carescale.analysis.pace import Leaving, Pace, ReferenceClass, pace_of, too_early
from carescale.problems import NOWHERE


def test_the_month_of_the_first_match_is_left_out_since_it_was_chosen_for_its_start() -> None:
    rows = months_of(reports(Truth("2 a month", 2.0), 24, seed=3))
    pace = pace_of(rows)
    assert pace is not None
    assert pace.first_match not in pace.by_month
    assert pace.months == 24 - pace.first_match
    assert pace.seen == pytest.approx(sum(pace.by_month.values()) / pace.months)


def test_twelve_starts_in_twelve_even_months_lie_between_a_count_of_7_5_and_one_of_19_1() -> None:
    pace = Pace(first_match=1, by_month=dict.fromkeys(range(2, 14), 1.0))
    low, high = (12 * end for end in pace.interval)
    # from the ends the 12 that were seen are 1.645 standard deviations away, which are roots of the ends
    assert (12 - low) / low**0.5 == pytest.approx(1.645, abs=0.001)
    assert (high - 12) / high**0.5 == pytest.approx(1.645, abs=0.001)
    assert (round(low, 1), round(high, 1)) == (7.5, 19.2)


def test_months_that_scatter_four_times_as_much_as_chance_make_the_interval_twice_as_wide_and_more() -> None:
    even = Pace(first_match=0, by_month=dict.fromkeys(range(1, 25), 2.0))
    lumpy = Pace(first_match=0, by_month={month: 6.0 if month % 3 == 0 else 0.0 for month in range(1, 25)})
    assert even.seen == lumpy.seen == 2
    assert even.dispersion == 1
    assert lumpy.dispersion == pytest.approx((8 * 16 + 16 * 4) / 2 / 23)
    wide = [pace.interval[1] - pace.interval[0] for pace in (even, lumpy)]
    assert wide[1] > 2 * wide[0]


def test_nobody_who_left_in_100_months_of_people_may_still_be_up_to_one_in_forty_a_month() -> None:
    low, high = Leaving(0.0, 100.0).interval
    assert low == 0
    assert high == pytest.approx(1.645**2 / 100, abs=1e-4)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.name)
def test_the_interval_holds_the_true_pace_in_84_to_96_of_100_plans(truth: Truth) -> None:
    assert 0.84 <= told(truth, REPORTS[2]).held <= 0.96


def test_it_is_too_early_to_say_before_ten_starts_and_half_a_year_after_the_first_match() -> None:
    slow, fast = Truth("1 a month", 1.0), Truth("6 a month", 6.0)
    assert told(fast, [12], 30).early == 1  # enough starts, not enough months
    assert told(slow, [14], 30).early > 0.8  # enough months, not enough starts
    assert told(slow, [36], 30).early == 0
    rows = months_of(reports(fast, 9, seed=1))
    said = too_early(pace_of(rows), rows, FEWEST)
    assert said.endswith("2 of 6 months after the first match")
    nobody = months_of(reports(fast, 3, seed=1))
    assert too_early(pace_of(nobody), nobody, FEWEST) == "nobody has started"


def test_forecasts_of_full_scale_narrow_from_report_to_report_and_hold_what_comes() -> None:
    case = load("northtown", tracked=True, settings=("horizon_months=120",))
    found = {month: [forecast(case, TRUTHS[2], month, seed) for seed in range(3)] for month in (16, 20, 24)}
    wide = {month: sum(high - low for low, _, high, _ in several) for month, several in found.items()}
    assert wide[16] > wide[20] > wide[24]
    held = [low <= came <= high for several in found.values() for low, _, high, came in several]
    assert sum(held) >= 8  # of 9, where 8 are hoped for


def test_a_pace_that_doubles_is_said_to_have_changed_and_an_even_one_is_not() -> None:
    doubled = Pace(first_match=0, by_month={month: 1.0 if month <= 12 else 4.0 for month in range(1, 25)})
    even = Pace(first_match=0, by_month={month: float(1 + month % 2) for month in range(1, 25)})
    assert doubled.change > 1
    assert abs(even.change) < 1


def test_simulate_draws_the_pace_of_a_new_scheme_from_those_of_the_others(tmp_path: Path) -> None:
    schemes = {"Ash": 1, "Birch": 2, "Cedar": 2, "Dale": 3}
    rows = [f"{month},{name},{pace * month},{pace},0" for name, pace in schemes.items() for month in range(1, 14)]
    (tmp_path / "t.csv").write_text("\n".join(["month,scheme,people,starts,leavers", *rows]), encoding="utf-8")
    scenario = str(tmp_path / "ours.yaml")
    assert carescale("track", "northtown", "--actuals", str(tmp_path / "t.csv"), "-o", scenario).code == 0
    made = simulate(load("northtown", scenario=scenario), draws=1_024)
    assert made.case.scenario.title == "At the pace of 4 schemes of Northtown (made up)"
    drawn = made.summary("shared_lives.starts_a_month")
    assert drawn is not None
    # the middle is the geometric mean of 1, 2, 2 and 3, and a fifth scheme lies within a factor of 3.3 of it
    assert drawn.median.value == pytest.approx(12**0.25, rel=0.02)
    assert drawn.high.value / drawn.median.value == pytest.approx(3.26, rel=0.05)


def test_four_schemes_are_the_range_of_a_fifth_and_two_are_no_more_than_their_own_paces() -> None:
    four = ReferenceClass((0.5, 1.0, 1.0, 2.0))
    assert four.middle == pytest.approx(1.0)
    low, high = four.range or (0, 0)
    # the logarithms have a standard deviation of √(2 ln²2 ⁄ 3); t at 95% with 3 is 2.353; a fifth is √1.25 as far
    assert high == pytest.approx(2 ** (2.353 * (2 / 3) ** 0.5 * 1.25**0.5), rel=1e-3)
    assert low == pytest.approx(1 / high)
    assert four.covers == "90%"
    two = ReferenceClass((2.0, 0.5))
    assert two.range == (0.5, 2.0)
    assert two.covers == "two studies"
    assert ReferenceClass((1.0,)).range is None


def test_months_after_everyone_has_come_say_nothing_of_the_pace() -> None:
    """A start a month from month 8 on until there are 24, who then stay: 1.0 a month, not 24 over all the months."""
    there = [min(24, max(0, month - 7)) for month in range(61)]
    rows = months_of([
        Report(month=month, intervention="a", people=float(there[month]), starts=float(there[month] - there[month - 1]),
               position=NOWHERE)
        for month in range(1, 61)
    ])  # fmt: skip
    paces = [pace_of(rows, everyone) for everyone in (24, None)]
    assert [round(pace.seen, 3) for pace in paces if pace] == [1.0, round(23 / 52, 3)]
