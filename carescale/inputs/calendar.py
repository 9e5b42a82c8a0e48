"""Financial years: which months of a plan fall between April and March, where the plan has a start."""

from __future__ import annotations

import re

from carescale.case import PORTFOLIO

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
