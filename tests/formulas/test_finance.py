"""Social investment: what the Shared Lives Incubator's numbers come to, and who bears slow growth."""

import math

import numpy_financial
import pytest
from cli.running import carescale

from carescale.analysis.appraisal import appraise
from carescale.analysis.projection import project
from carescale.inputs.library import shipped
from carescale.inputs.loading import load
from carescale.report.blocks import Line, Table
from carescale.report.formats import sentence
from carescale.report.formats import text as written
from carescale.report.screens.appraise import appraise_screen

PATH = "shared_lives.{}"


@pytest.fixture(scope="module")
def incubator():
    return project(load("incubator"))


def value(projection, name):
    return projection[PATH.format(name)].value


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("funding", 880_000),
        ("funding_per_person", 8_800),
        ("funding_per_week_of_care", 88),
        ("weeks_to_repay_a_scheme", 6_286),
        ("set_up_cost", 880_000),
        ("total_drawn", 880_000),
    ],
)
def test_what_was_seen_of_four_schemes(incubator, name, number):
    assert value(incubator, name) == pytest.approx(number)


def test_growth_was_at_38_per_cent_of_plan(incubator):
    assert round(value(incubator, "delivery_seen"), 2) == 0.38
    assert round(8_800 / (250_000 / 75), 1) == 2.6


def test_month_by_month_what_is_owed_is_drawn_less_repaid(incubator):
    keys = [PATH.format(name) for name in ("drawn", "repaid", "balance")]
    drawn, repaid, balance = incubator.months(keys).values()
    assert drawn[:24] == pytest.approx([880_000 / 24] * 24)
    assert drawn[24:] == [0] * 61
    for month, owed in enumerate(balance):
        assert owed == pytest.approx(max(sum(drawn[: month + 1]) - sum(repaid[: month + 1]), 0), abs=1e-6)
    first = next(month for month, owed in enumerate(balance) if owed < 1e-6)
    assert value(incubator, "month_repaid") == first
    assert value(incubator, "total_repaid") == pytest.approx(sum(repaid))
    assert value(incubator, "money_multiple") == pytest.approx(sum(repaid) / 880_000)


def test_the_rate_of_return_is_that_of_a_library_and_compounded_to_a_year(incubator):
    (flows,) = incubator.months([PATH.format("investor_flow")]).values()
    monthly = numpy_financial.irr(flows)
    assert value(incubator, "monthly_rate_of_return") == pytest.approx(monthly, abs=1e-9)
    assert value(incubator, "rate_of_return") == pytest.approx((1 + monthly) ** 12 - 1, abs=1e-8)


def test_at_the_pace_seen_it_is_repaid_three_years_later(incubator):
    appraisal = appraise(load("incubator", appraise=True))
    (entity,) = appraisal.funded()
    slower, by_weeks, ramp = (fit.projection for fit in appraisal.fits(entity))
    pace = value(slower, "delivery_against_plan")
    assert round(pace, 2) == 0.38
    assert (round(value(slower, "money_multiple"), 2), value(slower, "month_repaid")) == (1.18, 74)
    assert round(value(by_weeks, "delivery_against_plan"), 2) == 0.27
    assert (round(value(by_weeks, "money_multiple"), 2), math.isinf(value(by_weeks, "month_repaid"))) == (0.84, True)
    assert value(ramp, "ramp_months") == 98
    assert (round(value(ramp, "money_multiple"), 2), value(ramp, "month_repaid")) == (1.39, 73)
    assert value(slower, "additional_people") == pytest.approx(100)
    assert value(slower, "total_drawn") == pytest.approx(880_000)
    assert value(slower, "total_repaid") == pytest.approx(pace * value(incubator, "total_repaid"))
    assert value(slower, "month_repaid") - value(incubator, "month_repaid") == 36


def test_where_growth_is_slower_still_it_is_never_repaid_and_the_investor_loses():
    slow = project(load("incubator", settings=["shared_lives.delivery_against_plan=10%"]))
    assert math.isinf(value(slow, "month_repaid"))
    assert value(slow, "money_multiple") < 1
    assert value(slow, "rate_of_return") < 0
    assert value(slow, "balance_left") == pytest.approx(880_000 - value(slow, "total_repaid"))


def test_the_premium_ends_with_the_contract():
    ended = project(load("incubator", settings=["shared_lives.premium_months=24"]))
    (repaid,) = ended.months([PATH.format("repaid")]).values()
    assert repaid[24] > 0
    assert repaid[25:] == [0] * 60


def test_the_fee_is_paid_beside_the_premium_and_repays_nothing(incubator):
    assert incubator[PATH.format("total_paid")].status == "partial"
    with_fee = project(load("incubator", settings=["shared_lives.management_fee=£70"]))
    assert value(with_fee, "total_repaid") == value(incubator, "total_repaid")
    assert value(with_fee, "total_paid") == pytest.approx(3 * value(incubator, "total_repaid"))


@pytest.mark.parametrize("months", ["0", "1"])
def test_funding_that_is_drawn_over_a_month_or_none_is_drawn_at_the_decision(months):
    at_once = project(load("incubator", settings=[f"shared_lives.draw_down_months={months}"]))
    (drawn,) = at_once.months([PATH.format("drawn")]).values()
    assert drawn == [880_000] + [0] * 84


def test_funding_without_premium_or_fee_is_drawn_and_nothing_is_said_of_repaying(tmp_path):
    text = (shipped("examples") / "incubator.yaml").read_text(encoding="utf-8").partition("\nclaims:")[0]
    before, _, after = text.partition("    growth_premium:\n")
    neither = before + "    draw_down_months:" + after.partition("    draw_down_months:")[2]
    (tmp_path / "our.yaml").write_text(neither, encoding="utf-8")
    projection = project(load(tmp_path / "our.yaml"))
    assert value(projection, "funding") == 880_000
    assert value(projection, "total_drawn") == pytest.approx(880_000)
    for name in ("total_repaid", "total_paid", "month_repaid", "money_multiple", "rate_of_return", "balance_left"):
        assert projection[PATH.format(name)].status == "not applicable", name
    assert carescale("appraise", str(tmp_path / "our.yaml")).code == 0


def test_a_plan_without_funding_has_none_of_this():
    assert project(load("birmingham"))["shared_lives.money_multiple"].status == "not applicable"


def test_where_no_premium_is_known_nothing_is_said_of_balances_or_losses(tmp_path):
    text = (shipped("examples") / "incubator.yaml").read_text(encoding="utf-8").partition("\nclaims:")[0]
    before, _, after = text.partition("    growth_premium:\n")
    unknown = (
        "    growth_premium: {unknown: not published}\n    management_fee" + after.partition("    management_fee")[2]
    )
    (tmp_path / "our.yaml").write_text(before + unknown, encoding="utf-8")
    screen = appraise_screen(appraise(load(str(tmp_path / "our.yaml"), appraise=True))).blocks()
    tables = {block.columns[0].heading: block for block in screen if isinstance(block, Table)}
    assert "Balance outstanding" not in tables
    repaid = next(row for row in tables["By month 84"].rows if row.cells[0] == "Repaid by premium")
    assert set(map(written, repaid.cells[1:])) == {"n/k"}
    said = next(said for block in screen if isinstance(block, Line) and "investor" in (said := sentence(block.said)))
    assert "slow growth. Two published numbers cannot choose between these paces." in said
