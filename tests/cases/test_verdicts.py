"""Each verdict on its own: small claims about published figures, and Birmingham's with one line changed."""

import math
from pathlib import Path

import pytest

from carescale.analysis.check import Checked, check
from carescale.analysis.claim_sums import ClaimSum, Sums
from carescale.analysis.enclosures import Enclosure
from carescale.inputs.loading import load

EXAMPLE = (Path(__file__).parents[2] / "examples" / "birmingham.yaml").read_text(encoding="utf-8")


@pytest.fixture
def judge(tmp_path):
    """The verdict on a claim about published figures a, b, c …"""

    def judged_claim(figures, *claim, that=""):
        names = [f"figure_{number}" for number in range(len(figures))]
        published = [f"  {name}: {figure}" for name, figure in zip(names, figures, strict=True)]
        terms = that or " + ".join(f"published.{name}" for name in names)
        lines = ["place: Testshire", "year: 2020", "source: nesta-2015", "published:", *published]
        lines += ["claims:", f"  - that: {terms}", *(f"    {line}" for line in claim)]
        file = tmp_path / "place.yaml"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return check(load(file)).judged[0]

    return judged_claim


@pytest.mark.parametrize(
    ("figures", "claim", "verdict"),
    [
        (["£1.3m", "£1.3m"], ["is: £2.6m"], "reproduced"),
        (["£1.3m", "£1.3m"], ["is: £2.7m"], "within rounding"),  # 1.25 to 1.35, twice: 2.5 to 2.7
        (["£1.3m", "£1.3m"], ["is: £2.8m"], "contradicted"),
        (["£1,300,000", "£1,300,000"], ["is: £2.7m"], "contradicted"),  # written in full, so exact
        (["£4.2m", "£490,000"], ["is: £4.6m"], "within rounding"),
        (["£4.2m", "£490,000"], ["is: £4.6m", "rounding: truncate"], "reproduced by a rule"),
        (["£4.2m", "£490,000"], ["is: £4.7m", "rounding: truncate"], "reproduced"),
        (["£319,350", "£200,000"], ["is: £500,000"], "contradicted"),
        (["£319,350", "£200,000"], ["is: £500,000", "nearest: £100k"], "reproduced by a rule"),
        (["10,000", "32,770"], ["over: 42,769"], "reproduced"),
        (["10,000", "32,770"], ["over: 42,770"], "contradicted"),
        (["10,000", "32,770"], ["at_least: 42,770"], "reproduced"),
        (["10,000", "32,770"], ["at_least: 42,771"], "contradicted"),
        (["10,000", "32,770"], ["at_most: 42,770"], "reproduced"),
        (["10,000", "32,770"], ["at_most: 42,769"], "contradicted"),
        (["10,000", "32,770"], ["between: 42,770 to 50,000"], "reproduced"),
        (["10,000", "32,770"], ["between: 40,000 to 42,769"], "contradicted"),
        (["£1,300,000", "£50,000"], ["is: £1.3m"], "contradicted"),  # exactly a half, which prints as £1.4m
        (["£52m"], ["over: £50m"], "not determined"),  # a given figure is not derived from anything
        (["£1.3m"] * 12, ["is: £16.0m"], "within rounding"),
        (["£1.3m"] * 20, ["is: £26.9m"], "within rounding"),  # 1.25 to 1.35, twenty times: 25 to 27
        (["£1.3m"] * 20, ["is: £27.1m"], "contradicted"),
        # at most: 2.5 to 2.7 is what the inputs leave open, and a published £2.4m may have been up to 2.45
        (["£1.3m", "£1.3m"], ["at_most: £2.6m"], "reproduced"),
        (["£1.3m", "£1.3m"], ["at_most: £2.5m"], "within rounding"),
        (["£1.3m", "£1.3m"], ["at_most: £2.4m"], "contradicted"),
        # what the inputs leave open starts, or ends, on the very number that was published in full
        (["£1.3m", "£1.3m"], ["is: £2,500,000"], "within rounding"),
        (["£1.3m", "£1.3m"], ["is: £2,499,999"], "contradicted"),
        (["£1.3m", "£1.3m"], ["is: £2,700,000"], "within rounding"),
        (["£1.3m", "£1.3m"], ["is: £2,700,001"], "contradicted"),
        (["£1.3m", "£1.3m"], ["at_most: £2,500,000"], "within rounding"),
        (["£1.3m", "£1.3m"], ["at_most: £2,499,999"], "contradicted"),
        (["£1.3m", "£1.3m"], ["at_least: £2,700,000"], "within rounding"),
        (["£1.3m", "£1.3m"], ["at_least: £2,700,001"], "contradicted"),
        (["£1.3m", "£1.3m"], ["over: £2,700,000"], "contradicted"),
        (["£1.3m", "£1.3m"], ["between: £2,000,000 to £2,500,000"], "within rounding"),
        (["£1.3m", "£1.3m"], ["between: £2,000,000 to £2,499,999"], "contradicted"),
        (["£1.3m", "£1.3m"], ["between: £2,700,000 to £3,000,000"], "within rounding"),
        (["£1.3m", "£1.3m"], ["between: £2,700,001 to £3,000,000"], "contradicted"),
        (["0.1", "0.2"], ["over: 0.3"], "within rounding"),  # 0.05 to 0.15, and 0.15 to 0.25
        # binary noise: 0.1 + 0.2 is 0.30000000000000004, and 0.1 + 0.7 is 0.7999999999999999
        (["0.1", "0.2"], ["at_most: 0.3"], "reproduced"),
        (["0.1", "0.2"], ["between: 0.1 to 0.3"], "reproduced"),
        (["0.1", "0.7"], ["at_least: 0.8"], "reproduced"),
        (["0.1", "0.7"], ["between: 0.8 to 0.9"], "reproduced"),
    ],
    ids=lambda part: part if isinstance(part, str) else " + ".join(part) if len(part) < 3 else f"{len(part)} figures",
)
def test_the_first_verdict_that_fits_is_given(judge, figures, claim, verdict):
    assert judge(figures, *claim).verdict == verdict


def test_what_is_taken_away_has_its_rounding_too(judge):
    difference = "published.figure_0 - published.figure_1"
    assert judge(["£2m", "£1m"], "is: £1.7m", that=difference).verdict == "within rounding"  # 0 to 2
    assert judge(["£2m", "£1m"], "is: £2.2m", that=difference).verdict == "contradicted"


def test_a_sum_that_no_rounding_moves_has_none_to_lean_on(judge):
    nothing = "published.figure_0 - published.figure_0"
    assert judge(["£1.3m"], "is: £0", that=nothing).verdict == "reproduced"
    for claim in ("is: £1", "over: £0", "at_least: £1"):
        flat = judge(["£1.3m"], claim, that=nothing)
        assert (flat.verdict, flat.why, flat.nearest) == ("contradicted", "", 0)


def test_another_verdict_than_the_expected_one_fails_the_check(judge):
    assert judge(["1", "1"], "is: 2", "expect: reproduced").as_expected
    assert not judge(["1", "1"], "is: 2", "expect: contradicted").as_expected
    assert not judge(["1", "1"], "is: 3", "expect: reproduced").as_expected


def test_a_claim_that_expects_nothing_gets_its_verdict_and_a_strict_check_fails_on_contradicted_ones(judge):
    item = judge(["1", "1"], "is: 3")
    assert (item.verdict, item.as_expected) == ("contradicted", True)
    expected = judge(["1", "1"], "is: 3", "expect: contradicted")
    assert Checked(file="a.yaml", judged=(item,)).passed
    assert not Checked(file="a.yaml", judged=(item,), strict=True).passed
    assert Checked(file="a.yaml", judged=(expected,), strict=True).passed


@pytest.fixture
def judge_birmingham(tmp_path):
    """The verdict on Birmingham's claim about a quantity, after a change in the text of its file."""

    def judged_claim(that, before, after):
        assert EXAMPLE.count(before) == 1
        file = tmp_path / "birmingham.yaml"
        file.write_text(EXAMPLE.replace(before, after), encoding="utf-8")
        return next(item for item in check(load(file)).judged if item.claim.text == that)

    return judged_claim


def test_a_claim_does_not_lean_on_an_assumption_that_it_does_not_rest_on(judge_birmingham):
    that = "shared_lives.additional_people"
    item = judge_birmingham(that, f"that: {that}\n", f"that: {that}\n    assuming: shared_lives.ramp_months\n")
    assert item.verdict == "reproduced"
    assert item.why == "it does not rest on shared_lives.ramp_months, which the file names"


def test_only_the_very_claim_that_an_input_was_solved_from_is_calibrated(judge_birmingham):
    that = "hospital_discharge.long_term.gross_saving.council"
    written = f"that: {that}\n    is: £4.2m"
    assert judge_birmingham(that, written, written).verdict == "calibrated"
    assert judge_birmingham(that, written, written.replace("4.2", "5.2")).verdict == "contradicted"


@pytest.fixture
def checked_plan(tmp_path):
    """A small plan of two interventions, checked against claims."""

    def checked(figures, *claims, ramp_months=18):
        lines = ["place: Testshire", "year: 2020", "source: scie-2017", "plan:", "  shared_lives:", "    add:"]
        lines += ["      learning_disability: 10", "  living_well:", "    add: 100", "figures:", "  living_well:"]
        lines += ["    set_up_lump_sum: £9,000", f"    ramp_months: {ramp_months}", "  shared_lives:"]
        lines += [f"    {line}" for line in (f"ramp_months: {ramp_months}", *figures)]
        lines += ["claims:", *(f"  - that: {that}\n    {claim}" for that, claim in claims)]
        (tmp_path / "place.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return check(load(tmp_path / "place.yaml"))

    return checked


BACK = "shared_lives.break_even_month.council"
BOTH = f"living_well.break_even_month.council - {BACK}"


def test_a_month_beyond_the_horizon_is_over_any_month_and_no_difference_is_taken_with_it(checked_plan):
    claims = [(BACK, claim) for claim in ("over: 60", "at_least: 60", "at_most: 60", "between: 1 to 60", "is: 60")]
    judged = checked_plan([], *claims, (BOTH, "is: 0"), ramp_months=1200).judged
    assert [item.verdict for item in judged] == [
        "reproduced", "reproduced", "contradicted", "contradicted", "contradicted", "not determined",
    ]  # fmt: skip
    assert judged[-1].why == f"{BACK} beyond the horizon, and no sum is made with that"


def test_a_difference_of_months_has_no_number_where_both_move_beyond_the_horizon(checked_plan):
    found = checked_plan([], (BOTH, "is: -7"))
    (item,) = found.judged
    assert (item.verdict, item.computed) == ("reproduced", -7)
    difference = ClaimSum(Sums(found.case), item.claim)
    never = {"living_well.set_up_lump_sum": 9e9}
    assert difference.value(never) == math.inf
    assert difference.value({"shared_lives.set_up_cost_per_block": 9e9}) == -math.inf
    assert math.isnan(difference.value({**never, "shared_lives.set_up_cost_per_block": 9e9}))
    assert tuple(Enclosure(difference).extent({}).bounds) == (-7, -7)


def test_an_input_of_nought_is_unchecked_unless_a_claim_would_notice_it(checked_plan):
    noughts = ["first_match_month: 0", "learning_disability:", "  current_people: 0"]
    first_match, people = "shared_lives.first_match_month", "shared_lives.learning_disability.current_people"
    added = checked_plan(noughts, ("shared_lives.learning_disability.additional_people", "is: 10"))
    assert {first_match, people} <= set(added.unchecked)
    in_all = checked_plan(noughts, ("2 * shared_lives.learning_disability.total_people", "is: 20"))
    assert first_match in in_all.unchecked
    assert people not in in_all.unchecked
    month = checked_plan(noughts, (BACK, "over: 1"))
    assert first_match not in month.unchecked


def test_the_horizon_is_one_of_the_figures_behind_a_break_even_month():
    plan = load("birmingham").plan
    for name in ("break_even_month", "net_saving_by_horizon"):
        assert "portfolio.horizon_months" in plan.behind([f"shared_lives.{name}.council"])
