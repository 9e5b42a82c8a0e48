"""Cash, the prices of the base year and present value are one plan: held together by the published index alone.

Nothing here is a formula of carescale: the index is read from its file, years and discount factors are counted here.
"""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from carescale import load
from carescale.analysis.appraisal import appraise
from carescale.analysis.budget import Budget, budget
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.library import shipped

START, YEARS = date(2026, 9, 1), 2  # as far as the index reaches by financial years
HORIZON, PENNY = 7 + 12, 0.005
EXAMPLES = sorted(path for path in shipped("examples").iterdir() if path.suffix == ".yaml")
PLACES = [path.stem for path in EXAMPLES if "\ntable:" not in path.read_text(encoding="utf-8")]
INDEX = yaml.safe_load((shipped("scenarios") / "method" / "gdp-deflator.yaml").read_text(encoding="utf-8"))["index"]


def deflator(year: int) -> float:
    """April to March: nine months of one calendar year and three of the next."""
    return (9 * float(INDEX[year]) + 3 * float(INDEX[year + 1])) / 12


def financial_year(month: int) -> int:
    """Month 1 is September 2026; month 0 its first day."""
    at = START.month - 1 + max(month, 1) - 1
    year, of_year = START.year + at // 12, at % 12 + 1
    return year if of_year >= 4 else year - 1


@pytest.fixture(scope="module", params=PLACES)
def example(request: pytest.FixtureRequest) -> tuple[str, Budget]:
    return request.param, budget(load(request.param, cash_years=YEARS, start="2026-09"))


def flows(found: Budget, payer: str) -> list[float]:
    key = f"portfolio.cash_net.{payer}"
    return found.projection.months([key]).get(key, [])


def test_the_months_of_a_year_make_the_year_and_over_the_index_they_are_real(example: tuple[str, Budget]) -> None:
    _, found = example
    for payer in PAYERS:
        series = flows(found, payer)
        for name in found.years if series else ():
            year = int(name.split("_")[1])
            cash = sum(value for month, value in enumerate(series) if financial_year(month) == year)
            real = cash * deflator(2026) / deflator(year)
            assert found.projection.get("portfolio", "cash_net_of_year", payer, name).value == pytest.approx(
                cash, abs=PENNY
            )
            assert found.projection.get("portfolio", "real_net_of_year", payer, name).value == pytest.approx(
                real, abs=PENNY
            )


def test_most_examples_have_cash_to_reconcile() -> None:
    known = [name for name in PLACES if flows(budget(load(name, cash_years=YEARS, start="2026-09")), "council")]
    assert {"birmingham", "cornwall", "england", "incubator"} <= set(known)


def test_real_flows_discounted_are_the_present_value_of_the_appraisal(example: tuple[str, Budget]) -> None:
    name, found = example
    case = load(name, appraise=True, settings=[f"portfolio.horizon_months={HORIZON}"])
    appraisal = appraise(case, prices="2026/27").projection
    for payer in PAYERS:
        financed = appraisal.get("portfolio", "net_present_value_with_finance", payer)
        value = financed.value if financed.usable else appraisal.get("portfolio", "net_present_value", payer).value
        series = flows(found, payer)
        if value is not None and series:
            real = [cash * deflator(2026) / deflator(financial_year(month)) for month, cash in enumerate(series)]
            present = sum(flow / 1.035 ** -(-month // 12) for month, flow in enumerate(real))
            assert present == pytest.approx(value, abs=PENNY), payer


def test_the_changes_add_up_to_the_last_year_s_level(example: tuple[str, Budget]) -> None:
    _, found = example
    for payer in PAYERS:
        level = found.projection.get("portfolio", "cash_recurrent_of_year", payer, found.years[-1])
        if level.usable:
            changes = [found.projection.get("portfolio", "change_of_recurrent", payer, year) for year in found.years]
            assert sum(change.value or 0 for change in changes) == pytest.approx(level.value, abs=PENNY)
