"""Time: the financial years that months fall in, where the plan has a start, and the years of a budget or appraisal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from carescale.case import HORIZON_KEY, PORTFOLIO
from carescale.figures import Figure
from carescale.numbers import Printed
from carescale.problems import NOWHERE

_APRIL = 4
_YEAR = 12


def financial_years(start: str, horizon: int) -> tuple[tuple[str, ...], dict[str, float]]:
    """The financial years from `start` (2026-09; "" for none) to the horizon, and the first and last month of each.

    Month 1 is the month of the start, month 0 its first day, when set-up is spent. Keys read `2026_27`.
    """
    if not start:
        return (), {}
    year, month = (int(part) for part in start.split("-"))
    first_april = year if month >= _APRIL else year - 1
    months_until_april = (_APRIL - month) % _YEAR or _YEAR
    names, numbers, first, last = [], {}, 0, months_until_april
    while first <= horizon:
        name = f"{first_april}_{(first_april + 1) % 100:02d}"
        names.append(name)
        numbers[f"{PORTFOLIO}.first_month_of_year.{name}"] = float(first)
        numbers[f"{PORTFOLIO}.last_month_of_year.{name}"] = float(min(last, horizon))
        first, last, first_april = last + 1, last + _YEAR, first_april + 1
    return tuple(names), numbers


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMBERED = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2}.*)?")
_NAMED = re.compile(r"(?:\d{1,2}[ -])?([A-Za-z]{3,9})\.?[ -]?'?(\d{4}|\d{2})")
_COUNTED = re.compile(r"(?:month )?(\d{1,3})")


def month_since(start: str, written: str) -> int | None:
    """The months since the decision of a month as people write it (2027-04, 2027-04-30, April 2027, Apr-27, or 8);
    the month of `start` is 1. None for what is none, and for a calendar month where there is no start.
    """
    if found := _COUNTED.fullmatch(written):
        return int(found[1])
    if found := _NUMBERED.fullmatch(written):
        year, month = int(found[1]), int(found[2])
    elif found := _NAMED.fullmatch(written):
        short = [name[: len(found[1])].lower() for name in _MONTHS]
        month = short.index(found[1].lower()) + 1 if found[1].lower() in short else 0
        year = int(found[2]) + (2000 if len(found[2]) == 2 else 0)
    else:
        return None
    if not start or not 1 <= month <= _YEAR:
        return None
    first_year, first_month = (int(part) for part in start.split("-"))
    return (year - first_year) * _YEAR + month - first_month + 1


def calendar_month(start: str, month: int) -> str:
    """A month since the decision by its name: February 2028; month 18 where there is no start."""
    if not start:
        return f"month {month}"
    year, first = (int(part) for part in start.split("-"))
    years, place = divmod(first + month - 2, _YEAR)
    return f"{_MONTHS[place]} {year + years}"


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
