"""Appraisal: factors of the published schedule, present values beside a library's, and one price base."""

from decimal import Decimal

import numpy_financial
import pytest
from alternatives import written

from carescale.analysis.appraisal import appraise
from carescale.analysis.explain import explain
from carescale.analysis.projection import project
from carescale.formulas.appraisal import rebased
from carescale.inputs.loading import load
from carescale.inputs.prices import in_prices_of, read_deflator
from carescale.problems import Problems
from carescale.report.screens.appraise import appraise_screen
from carescale.report.screens.explain import explain_screen
from carescale.report.writers.text import write_text

SCHEDULE = {
    "discount_rate": 0.035,
    "discount_rate_until": 30.0,
    "later_discount_rate": 0.03,
    "later_discount_rate_until": 75.0,
    "third_discount_rate": 0.025,
    "third_discount_rate_until": 125.0,
    "fourth_discount_rate": 0.02,
    "fourth_discount_rate_until": 200.0,
    "fifth_discount_rate": 0.015,
    "fifth_discount_rate_until": 300.0,
    "last_discount_rate": 0.01,
}
PUBLISHED = {0: "1.0000", 1: "0.9662", 2: "0.9335", 3: "0.9019", 5: "0.8420", 10: "0.7089", 20: "0.5026",
             30: "0.3563", 31: "0.3459", 50: "0.1973", 75: "0.0942", 76: "0.0919"}  # fmt: skip
factor = written("discount_factor", "case", appraisal="discounted")
SET_UP = "living_well.set_up_lump_sum=£50,000"


@pytest.mark.parametrize(("year", "printed"), PUBLISHED.items())
def test_the_factors_are_those_of_the_published_schedule(year, printed):
    assert f"{factor(appraisal_year=float(year), **SCHEDULE):.4f}" == printed


TEN_DIGITS = {1: 0.9661835749, 10: 0.7089188137, 30: 0.3562784106, 31: 0.3459013695, 75: 0.0942137726}


@pytest.mark.parametrize(("year", "printed"), TEN_DIGITS.items())
def test_the_factors_are_the_published_ones_to_ten_digits(year, printed):
    assert round(factor(appraisal_year=float(year), **SCHEDULE), 10) == printed


LAST_YEARS = {30: 1.035, 75: 1.03, 125: 1.025, 200: 1.02, 300: 1.015, 400: 1.01}


def test_the_factors_are_the_compounded_rates_to_a_trillionth():
    worth = 1.0
    for year in range(401):
        assert factor(appraisal_year=float(year), **SCHEDULE) == pytest.approx(worth, rel=1e-12)
        worth /= next(growth for last, growth in LAST_YEARS.items() if year < last or last == 400)


@pytest.mark.parametrize(("month", "year"), [(0, 0), (1, 1), (12, 1), (13, 2), (24, 2), (1_200, 100)])
def test_months_1_to_12_are_year_1(month, year):
    assert written("appraisal_year", "case", appraisal="discounted")(month=float(month)) == year


@pytest.mark.parametrize("payer", ["council", "nhs"])
def test_a_net_present_value_is_that_of_a_library(payer):
    projection = project(load("cornwall", settings=[SET_UP], appraise=True))
    years = projection.case.model.dimensions["period"]
    flows = [projection[f"portfolio.net_of_year.{payer}.{year}"].value for year in years]
    value = projection[f"portfolio.net_present_value.{payer}"].value
    assert value == pytest.approx(numpy_financial.npv(0.035, flows), rel=1e-12)
    discounted = [projection[f"portfolio.discounted_net_of_year.{payer}.{year}"].value for year in years]
    assert sum(discounted) == pytest.approx(value, rel=1e-12)
    assert projection[f"portfolio.net_so_far.{payer}.{years[-1]}"].value == pytest.approx(sum(flows), rel=1e-12)


def test_a_ratio_is_of_present_values_and_net_is_their_difference():
    projection = project(load("cornwall", settings=[SET_UP], appraise=True))
    savings, costs, net, ratio = (
        projection[f"living_well.{name}.nhs"].value
        for name in ("present_value_of_savings", "present_value_of_costs", "net_present_value", "benefit_cost_ratio")
    )
    assert net == pytest.approx(savings - costs)
    assert ratio == pytest.approx(savings / costs)


def test_nothing_is_discounted_and_no_payers_are_added_unless_it_is_asked_for():
    plain = project(load("cornwall", settings=[SET_UP]))
    assert plain["portfolio.net_present_value.nhs"].status == "not applicable"
    asked = project(load("cornwall", settings=[SET_UP], appraise=True))
    assert asked["portfolio.net_present_value"].status == "not applicable"
    fiscal = project(load("cornwall", settings=[SET_UP], appraise=True, together=("council", "nhs")))
    parts = [fiscal[f"portfolio.net_present_value.{payer}"].value for payer in ("council", "nhs")]
    assert fiscal["portfolio.net_present_value"].value == pytest.approx(sum(parts))


def test_the_ratio_of_payers_added_is_of_their_savings_added_to_their_costs_added():
    asked = project(load("cornwall", settings=[SET_UP], appraise=True, together=("council", "nhs")))
    savings, costs = (
        sum(asked[f"portfolio.present_value_of_{side}.{payer}"].value for payer in ("council", "nhs"))
        for side in ("savings", "costs")
    )
    ratio = asked["portfolio.benefit_cost_ratio"].value
    assert ratio == pytest.approx(savings / costs)
    assert round(ratio, 2) == 6.31
    assert round(asked["portfolio.benefit_cost_ratio.council"].value, 2) == 5.37


def test_a_ratio_is_explained_without_a_word_about_what_is_complete():
    asked = project(load("cornwall", settings=[SET_UP], appraise=True))
    key = "portfolio.benefit_cost_ratio.nhs"
    said = write_text(explain_screen(asked, explain(asked, key, 1)).blocks(), "plain")
    assert "= present value of savings ÷ present value of costs\n" in said
    assert "complete" not in said


def test_with_a_start_the_years_are_april_to_march_and_add_up_to_the_net_present_value(tmp_path):
    """From September 2026 months 1 to 7 fall in 2026/27; 1,000 people save the NHS £1,598 each, over a ramp of a year
    from month 3: 10/12 of a month at full scale by then. Running cost falls alike, and half the set-up at month 0.
    """
    plan = "plan:\n  living_well:\n    add: 1,000\nfigures:\n  living_well:\n    set_up_lump_sum: £50,000\n"
    place = tmp_path / "testshire.yaml"
    place.write_text(f"place: Testshire\nyear: 2026\nsource: scie-2017\nstart: 2026-09\n{plan}", encoding="utf-8")
    asked = project(load(place, appraise=True))
    years = asked.case.model.dimensions["period"]
    assert years == tuple(f"in_20{year}_{year + 1}" for year in range(26, 32))
    first, last = years[0], years[-1]

    def nhs(name, year):
        return asked[f"portfolio.{name}.nhs.{year}"].value

    assert nhs("saving_of_year", first) == pytest.approx(1_598_000 / 12 * 10 / 12)
    assert nhs("cost_of_year", first) == pytest.approx(25_000 + 200_000 / 12 * 10 / 12)
    assert nhs("saving_of_year", last) == pytest.approx(1_598_000 * 5 / 12)
    assert asked[f"portfolio.people_at_year_end.{first}"].value == pytest.approx(1_000 * 4 / 12)
    value = asked["portfolio.net_present_value.nhs"].value
    assert sum(nhs("discounted_net_of_year", year) for year in years) == pytest.approx(value)
    screen = write_text(appraise_screen(appraise(load(place, appraise=True))).blocks(), "plain")
    assert [line.split()[0] for line in screen.splitlines() if line.startswith("20")] == 2 * [
        "2026/27", "2027/28", "2028/29", "2029/30", "2030/31", "2031/32",
    ]  # fmt: skip


def test_what_is_not_known_is_left_out_of_costs_by_name_and_then_there_is_no_net():
    projection = project(load("cornwall", appraise=True))
    assert projection["living_well.present_value_of_costs.nhs"].status == "partial"
    net = projection["living_well.net_present_value.nhs"]
    assert (net.status, net.state.because) == ("partial", ("living_well.set_up_spent.nhs",))
    assert projection["living_well.benefit_cost_ratio.nhs"].status == "unknown"


def test_a_year_s_end_counts_the_people_of_its_last_month():
    projection = project(load("cornwall", settings=["portfolio.horizon_months=18"], appraise=True))
    people = [projection[f"portfolio.people_at_year_end.{year}"].value for year in ("year_0", "year_1", "year_2")]
    assert people == pytest.approx([0, 325 * 9 / 12, 325])


def test_26_000_of_2013_is_35_384_of_2024():
    assert round(rebased(26_000.0, 73.48, 100.0)) == 35_384
    case = in_prices_of(load("birmingham"), "2024", read_deflator())
    figure = case.figures["shared_lives.learning_disability.published_saving_per_person.council"]
    assert (figure.number.text, figure.year) == ("£35,384", "2024")
    assert figure.detail.note.startswith("£26,000 in prices of 2013, put into those of 2024")


def test_a_range_of_another_source_is_in_that_source_s_prices():
    case = in_prices_of(load("birmingham"), "2024", read_deflator())
    detail = case.figures["shared_lives.learning_disability.published_saving_per_person.council"].detail
    assert (detail.low.value, detail.high.value) == (Decimal(12_000), Decimal(26_000))


def test_what_is_no_money_stays_as_it_is_and_so_does_the_case_itself():
    before = load("birmingham")
    after = in_prices_of(before, "2024", read_deflator())
    people = "shared_lives.learning_disability.current_people"
    assert after.figures[people] is before.figures[people]
    assert round(project(before)["shared_lives.net_saving.council"].value) == 1_334_000


def test_in_prices_of_their_own_year_figures_do_not_change():
    case = in_prices_of(load("cornwall"), "2015", read_deflator())
    assert project(case)["living_well.gross_saving.nhs"].value == pytest.approx(519_350)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("2015/16", "75.4775"),
        ("2010-11", "69.5475"),
        ("2024", "100"),
        ("2024/25", "100.85"),
        ("", None),
        ("1999", None),
    ],
)
def test_a_financial_year_is_nine_months_of_its_first_year_and_three_of_the_next(text, index):
    found = read_deflator().at(text)
    assert found == (Decimal(index) if index else None)


def test_2025_26_is_a_price_base_and_is_said_to_be_a_forecast():
    deflator = read_deflator()
    assert not deflator.is_forecast("2024")
    assert deflator.is_forecast("2024/25")
    assert deflator.is_forecast("2025/26")
    case = in_prices_of(load("birmingham"), "2025/26", deflator)
    figure = case.figures["shared_lives.learning_disability.published_saving_per_person.council"]
    assert figure.number.text == "£36,799"  # 26,000 × 104.0 ÷ 73.48
    assert (figure.detail.high.text, figure.year) == ("£27,040", "2025/26")  # in the prices of 2024, another source's


def test_a_year_without_an_index_is_refused():
    with pytest.raises(Problems, match="has no number for 1999"):
        in_prices_of(load("cornwall"), "1999", read_deflator())


def test_an_index_of_ones_own_is_used_and_checked(tmp_path):
    own = tmp_path / "own.yaml"
    head = "method: Ours\nsource: gdp-deflator\nyear: 2025\nindex:\n"
    own.write_text(f"{head}  2015: 50\n  2030: 100\n", encoding="utf-8")
    case = in_prices_of(load("cornwall"), "2030", read_deflator(own))
    assert project(case)["living_well.gross_saving.nhs"].value == pytest.approx(2 * 519_350)
    own.write_text(f"{head}  soon: 50\n", encoding="utf-8")
    with pytest.raises(Problems, match="a year and a number above zero"):
        read_deflator(own)


def test_the_lines_of_an_appraisal_add_up_with_the_overlap():
    appraised = project(load("birmingham", appraise=True))

    def value(key):
        return appraised[key].value

    parts = [
        f"{path}.present_value_of_savings.council" for path in ("shared_lives", "living_well", "hospital_discharge")
    ]
    together = sum(map(value, parts)) - value("portfolio.present_value_of_overlap.council")
    assert together == pytest.approx(value("portfolio.present_value_of_savings.council"))
    assert value("portfolio.saving_of_year.council.year_3") == pytest.approx(7_205_000 + 1_754_000 - 350_000)
