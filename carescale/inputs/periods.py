"""The periods of an appraisal: its years, or the financial years where the plan has a start."""

from __future__ import annotations

from carescale.case import PORTFOLIO
from carescale.inputs.calendar import financial_years

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


def _numbered(months: dict[str, tuple[float, float]]) -> tuple[tuple[str, ...], dict[str, float]]:
    numbers = {
        f"{PORTFOLIO}.{end}_month_of_period.{name}": month
        for name, ends in months.items()
        for end, month in zip(_ENDS, ends, strict=True)
    }
    return tuple(months), numbers
