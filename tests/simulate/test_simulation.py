"""What draws say of a place, held against the same sums by hand."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from carescale import load, simulate
from carescale.analysis.grounds import grounds
from carescale.analysis.simulate import Simulation
from carescale.analysis.tornado import tornado
from carescale.analysis.worth import one_or_other, plan_or_nothing

SAVING = "shared_lives.learning_disability.published_saving_per_person.council"
NET, BACK, VALUE = (f"shared_lives.{name}.council" for name in ("net_saving", "break_even_month", "net_present_value"))
PLACE = """place: Testshire
year: 2025
source: scie-2017
plan:
  shared_lives: {add: {learning_disability: 50, mental_health: 10}}
figures:
  shared_lives:
    learning_disability:
      published_saving_per_person:
        council: {value: "£10,000", range: "£5,000 to £20,000", covers: 90%, evidence: {design: own claim}}
    mental_health:
      published_saving_per_person:
        council: {value: "£10,000", range: "£5,000 to £20,000", covers: 90%, evidence: {design: own claim}}
"""
LINE = '        council: {value: "£10,000", range: "£5,000 to £20,000", covers: 90%, evidence: {design: own claim}}\n'
LEARNING, MENTAL = (
    f"shared_lives.{group}.published_saving_per_person.council" for group in ("learning_disability", "mental_health")
)


@pytest.fixture(scope="module")
def birmingham() -> Simulation:
    return simulate(load("birmingham"))


def simulated(tmp_path: Path, text: str = PLACE, **options: int) -> Simulation:
    path = tmp_path / "testshire.yaml"
    path.write_text(text, encoding="utf-8")
    return simulate(load(path), **options)


def test_shared_lives_median_is_908_840_where_the_paper_has_1_334_000(birmingham: Simulation) -> None:
    found = birmingham.summary(NET)
    assert found is not None
    assert birmingham.given[NET].value == 1_334_000
    by_hand = 51 * math.sqrt(12_000 * 26_000) + 8_000
    assert by_hand == pytest.approx(908_840, abs=1)
    assert found.median.value == pytest.approx(by_hand, rel=0.0012)
    width = math.log(26_000 / 12_000) / 2 / 1.2815515655 * 1.6448536270  # of the range of two studies: 80%
    for end, sign in ((found.low, -1), (found.high, 1)):
        true = 51 * math.sqrt(12_000 * 26_000) * math.exp(sign * width) + 8_000
        assert end.value == pytest.approx(true, rel=0.0035)


def test_every_draw_is_what_the_engine_makes_of_its_figures(birmingham: Simulation) -> None:
    for draw in (0, 5_000, 16_383):
        figures = {key: float(values[draw]) for key, values in birmingham.drawn_figures.items()}
        one = birmingham.along({key: np.array([value]) for key, value in figures.items()})
        for key in (NET, BACK, VALUE):
            assert birmingham[key].value[draw] == pytest.approx(float(one[key].value[0]))
        assert birmingham[NET].value[draw] == pytest.approx(51 * figures[SAVING] + 8_000)


def test_the_chance_of_being_back_is_the_share_of_draws_that_are(birmingham: Simulation) -> None:
    drawn = {key.split(".")[1]: values for key, values in birmingham.drawn_figures.items()}
    saving = 51 * birmingham.drawn_figures[SAVING] + 8_000
    month, balance = np.full(birmingham.draws, np.inf), np.full(birmingham.draws, -250_000 / 75 * 52)
    for number in range(1, 61):
        balance += saving / 12 * np.clip((number - drawn["first_match_month"]) / drawn["ramp_months"], 0, 1)
        month = np.where((balance >= 0) & np.isinf(month), number, month)
    chances = birmingham.chances_by_month(BACK)
    assert chances is not None
    assert len(chances) == 61
    for number in (12, 15, 18, 24, 60):
        assert chances[number].value == pytest.approx(float((month <= number).mean()))
    assert all(before.value <= after.value for before, after in pairwise(chances))


def test_the_numbers_of_a_simulation_cannot_be_changed(birmingham: Simulation) -> None:
    for key in (NET, "living_well.net_saving.council", SAVING):
        value = birmingham[key].value
        assert value.shape == (birmingham.draws,)
        with pytest.raises(ValueError, match="read-only"):
            value[0] = 1.0


def test_what_is_unknown_has_no_draws(birmingham: Simulation) -> None:
    assert birmingham["portfolio.break_even_month.council"].value is None
    assert birmingham.summary("portfolio.break_even_month.council") is None
    assert birmingham.chances_by_month("portfolio.break_even_month.council") is None
    with pytest.raises(KeyError):
        birmingham["shared_lives.net_savings.council"]


def test_an_interval_stands_on_ranges_and_not_on_what_is_calibrated_or_contradicted(birmingham: Simulation) -> None:
    case = birmingham.case
    asked = [(one, "net_saving", "council") for one in (*case.interventions, case.model.entities["portfolio"])]
    found = {key.split(".")[0]: one for key, one in grounds(birmingham, asked).items()}
    assert {name: one.why_not for name, one in found.items()} == {
        "shared_lives": "",
        "living_well": "contradicted",
        "hospital_discharge": "calibrated",
        "portfolio": "mostly calibrated",
    }
    assert (len(found["shared_lives"].ranged), len(found["shared_lives"].moving)) == (1, 5)


def test_a_share_of_two_savings_and_the_other_make_one_in_every_draw(tmp_path: Path) -> None:
    """A figure is drawn once, wherever it is used."""
    made = simulated(tmp_path)
    one, other, both = (
        made[f"shared_lives.{part}gross_saving.council"].value
        for part in ("learning_disability.", "mental_health.", "")
    )
    assert one / both + other / both == pytest.approx(np.ones(made.draws))
    assert one == pytest.approx(50 * made[LEARNING].value)


def test_one_more_figure_with_a_range_moves_no_other_draw_by_a_bit(tmp_path: Path) -> None:
    before = simulated(tmp_path).drawn_figures
    more = "    ramp_months: {value: 18 months, range: 12 to 30 months, covers: 80%, assumption: a test}\n"
    after = simulated(tmp_path, PLACE.replace("  shared_lives:\n    learning", f"  shared_lives:\n{more}    learning"))
    assert "shared_lives.ramp_months" in after.drawn_figures
    shared = before.keys() - {"shared_lives.ramp_months"}  # whose range is another now
    assert len(shared) == 3
    for key in shared:
        assert before[key].tobytes() == after.drawn_figures[key].tobytes()


def test_a_figure_written_once_for_two_places_is_drawn_once(tmp_path: Path) -> None:
    aliased = PLACE.replace("council: {value", "council: &one {value", 1)
    aliased = aliased.replace(LINE, "        council: *one\n")
    assert aliased.count("*one") == 1
    drawn = simulated(tmp_path, aliased).drawn_figures
    assert drawn[LEARNING].tobytes() == drawn[MENTAL].tobytes()
    apart = simulated(tmp_path).drawn_figures
    assert apart[MENTAL].tobytes() == drawn[LEARNING].tobytes()  # by the shorter of its paths
    assert abs(np.corrcoef(apart[LEARNING], apart[MENTAL])[0, 1]) < 0.02


@pytest.mark.parametrize("spearman", [0.8, 0.3, -0.5])
def test_figures_that_move_together_do_so_as_far_as_a_file_says(tmp_path: Path, spearman: float) -> None:
    said = f"move_together: {{figures: [{LEARNING}, {MENTAL}], spearman: {spearman}}}\n"
    drawn = simulated(tmp_path, PLACE + said).drawn_figures
    ranks = [np.argsort(np.argsort(drawn[key])) for key in (LEARNING, MENTAL)]
    assert np.corrcoef(*ranks)[0, 1] == pytest.approx(spearman, abs=0.01)
    assert drawn[LEARNING].tobytes() == simulated(tmp_path).drawn_figures[LEARNING].tobytes()


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first, again, other = (simulated(tmp_path, draws=2_048, seed=seed) for seed in (7, 7, 8))
    assert first.draws == 2_048
    assert first[NET].value.tobytes() == again[NET].value.tobytes()
    assert first[NET].value.tobytes() != other[NET].value.tobytes()
    assert first.digest == again.digest == other.digest


def test_a_tornado_has_every_figure_with_a_range_once(birmingham: Simulation) -> None:
    for key in (NET, BACK, VALUE):
        found = tornado(birmingham, key)
        assert found is not None
        named = [swing.key for swing in found.swings] + list(found.without_effect)
        assert sorted(named) == sorted(birmingham.figures)
        widths = [swing.width for swing in found.swings]
        assert widths == sorted(widths, reverse=True)
    by_saving = tornado(birmingham, NET)
    assert by_saving is not None
    (swing,) = by_saving.swings
    assert (swing.low, swing.high) == pytest.approx((12_000, 26_000))
    assert (swing.at_low, swing.at_high) == pytest.approx((51 * 12_000 + 8_000, 51 * 26_000 + 8_000))
    assert by_saving.without_effect == ("shared_lives.first_match_month", "shared_lives.ramp_months")


def test_the_switching_value_is_where_the_result_is_nothing(tmp_path: Path) -> None:
    lossy = PLACE.replace("£5,000 to £20,000", "−£5,000 to £20,000").replace(
        "  shared_lives:\n    learning",
        '  shared_lives:\n    set_up_lump_sum: {value: "£900,000", assumption: a test}\n    learning',
    )
    made = simulated(tmp_path, lossy + "choices: {shared_lives: {set_up_basis: lump_sum}}\n")
    found = tornado(made, VALUE)
    assert found is not None
    swing = next(one for one in found.swings if one.key == LEARNING)
    assert swing.switches_at is not None
    there = made.along({LEARNING: np.array([swing.switches_at])})[VALUE].value
    assert float(np.ravel(there)[0]) == pytest.approx(0, abs=abs(swing.at_high) * 0.001)


def test_a_plan_that_may_lose_money_is_worth_a_study_and_one_that_cannot_is_not(
    tmp_path: Path, birmingham: Simulation
) -> None:
    safe = plan_or_nothing(birmingham, VALUE)
    assert safe is not None
    assert (safe.knowing_all, safe.regret) == (0, 0)
    assert safe.options[safe.best] == "doing the plan"
    text = PLACE.replace("£5,000 to £20,000", "−£10,000 to £20,000")
    made = simulated(tmp_path, text)
    risky = plan_or_nothing(made, VALUE)
    assert risky is not None
    values = made[VALUE].value
    assert risky.knowing_all == pytest.approx(np.maximum(values, 0).mean() - max(values.mean(), 0))
    assert risky.regret == pytest.approx(float((values < 0).mean()))
    assert next(iter(risky.knowing)) == LEARNING
    assert 0.9 * risky.knowing_all < risky.knowing[LEARNING] <= risky.knowing_all
    assert risky.knowing["shared_lives.first_match_month"] < 0.001 * risky.knowing_all


def test_of_two_scenarios_the_better_is_chosen_over_the_same_draws(birmingham: Simulation) -> None:
    slow = simulate(load("birmingham", scenario="incubator-pace"))
    for key, values in slow.drawn_figures.items():
        assert values.tobytes() == birmingham.drawn_figures[key].tobytes()
    found = one_or_other(slow, birmingham, VALUE)
    assert found is not None
    assert found.options[found.best] == "“As published”"
    assert found.knowing_all == 0


def test_a_range_that_does_not_say_what_it_covers_is_read_as_two_studies(tmp_path: Path) -> None:
    made = simulated(tmp_path, PLACE.replace(", covers: 90%", ""))
    assert {made.figures[key].covers for key in (LEARNING, MENTAL)} == {"two studies"}
    share = float((made[LEARNING].value < 5_000).mean())
    assert share == pytest.approx(0.10, abs=0.001)


def test_whole_blocks_stay_whole_in_every_draw(tmp_path: Path) -> None:
    text = PLACE.replace(
        "learning_disability: 50, mental_health: 10",
        "learning_disability: {value: 50, range: 40 to 120, covers: limits, assumption: a test}, mental_health: 10",
    )
    made = simulated(tmp_path, text + "choices: {shared_lives: {set_up_basis: whole_blocks}}\n")
    blocks = made["shared_lives.set_up_cost.council"].value / 250_000
    assert set(blocks) == {1.0, 2.0}
    people = made["shared_lives.learning_disability.additional_people"].value
    assert people.min() >= 40
    assert people.max() <= 120
