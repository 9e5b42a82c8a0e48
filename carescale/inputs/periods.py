"""The periods of an appraisal or a budget: its years, or the financial years where the plan has a start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from carescale.case import HORIZON_KEY, PORTFOLIO
from carescale.figures import Figure
from carescale.inputs.calendar import financial_years
from carescale.numbers import Printed
from carescale.problems import NOWHERE

_YEAR = 12


def appraisal_periods(start: str, horizon: int) -> tuple[tuple[str, ...], dict[str, float]]:
    """Their names, and the first and last month of each: `year_0` is month 0, `year_1` months 1 to 12; with a start,
    `in_2026_27` and so on.
    """
    if start:
        names, numbers = financial_years(start, horizon)
        ends = {name: tuple(numbers[f"{PORTFOLIO}.{end}_month_of_year.{name}"] for end in _ENDS) for name in names}
        return _numbered({f"in_{name}": (first, last) for name, (first, last) in ends.items()})
    years = range(1, -(-horizon // _YEAR) + 1)
    months = {f"year_{year}": (_YEAR * (year - 1) + 1.0, float(min(_YEAR * year, horizon))) for year in years}
    return _numbered({"year_0": (0.0, 0.0), **months})


_ENDS = ("first", "last")
_FINANCIAL_YEAR = re.compile(r"(\d{4})[/–-](?:\d{2})?(\d{2})")


def period_of(year: str) -> str:
    """The name of a financial year, `in_2027_28` of 2027/28; "" where it is none."""
    found = _FINANCIAL_YEAR.fullmatch(year)
    follows = found and (int(found[1]) + 1) % 100 == int(found[2])
    return f"in_{found[1]}_{found[2]}" if found and follows else ""


def _numbered(months: dict[str, tuple[float, float]]) -> tuple[tuple[str, ...], dict[str, float]]:
    numbers = {
        f"{PORTFOLIO}.{end}_month_of_period.{name}": month
        for name, ends in months.items()
        for end, month in zip(_ENDS, ends, strict=True)
    }
    return tuple(months), numbers


def years_before(periods: Sequence[str], ends: dict[str, float]) -> dict[str, float]:
    """The first and last month of the period before each; before the first there is none."""
    found = {}
    for before, period in zip(("", *periods), periods, strict=False):
        for end in _ENDS:
            month = ends[f"{PORTFOLIO}.{end}_month_of_period.{before}"] if before else -1.0
            found[f"{PORTFOLIO}.{end}_month_of_year_before.{period}"] = month
    return found


def horizon_of(start: str, years: int) -> Figure:
    """The horizon of a budget: March of so many financial years, that of the start the first."""
    names, numbers = financial_years(start, _YEAR * years)
    last = int(numbers[f"{PORTFOLIO}.last_month_of_year.{names[0]}"]) + _YEAR * (years - 1)
    return Figure(
        name=HORIZON_KEY, number=Printed(Decimal(last), Decimal(0), f"{last} months"), unit="month", year="",
        citation=None, assumption=f"a budget ends in March: {years} financial years", position=NOWHERE,
    )  # fmt: skip
