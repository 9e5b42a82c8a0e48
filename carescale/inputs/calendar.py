"""Financial years: which months of a plan fall between April and March, where the plan has a start."""

from __future__ import annotations

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
