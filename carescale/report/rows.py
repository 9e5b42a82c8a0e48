"""Tidy rows for spreadsheets: one quantity a row, or one month a row, at full precision."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from carescale.analysis.projection import Projection, Result
from carescale.case import PORTFOLIO
from carescale.engine.plan import Bound
from carescale.numbers import to_decimal
from carescale.report.values import unit_words

COLUMNS = (
    "place", "scenario", "intervention", "cohort", "payer", "quantity", "value", "unit", "year", "status",
    "low", "high", "financial_year", "because",
)  # fmt: skip
MONTHLY_COLUMNS = (
    "place",
    "scenario",
    "intervention",
    "cohort",
    "payer",
    "quantity",
    "month",
    "value",
    "unit",
    "status",
)


def quantity_rows(projection: Projection) -> Iterator[Sequence[Any]]:
    """One row for each quantity that applies. `year` is the year of the figures behind it, and so its price base."""
    for result in projection:
        bound = projection.bound(result.key)
        if bound is None:
            continue
        where = _where(projection, bound)
        yield (
            *where, number(result.value), unit_words(result.unit), _years(projection, result), result.status,
            number(result.low), number(result.high), _dimension(bound, "year").replace("_", "/"),
            "; ".join(result.state.because),
        )  # fmt: skip


def monthly_rows(projection: Projection) -> Iterator[Sequence[Any]]:
    """One row for each month of each monthly quantity."""
    for key, series in projection.months().items():
        bound = projection.bound(key)
        assert bound is not None
        where, status = _where(projection, bound), bound.state.status
        for month, value in enumerate(series):
            yield (*where, month, number(value), unit_words(bound.formula.unit), str(status))


def _where(projection: Projection, bound: Bound) -> tuple[str, ...]:
    """Place, scenario, intervention, cohort, payer and quantity of a bound formula."""
    case = projection.case
    intervention, _, cohort = bound.entity.path.partition(".")
    payer = _dimension(bound, "payer")
    whole = intervention == PORTFOLIO
    return case.place, case.scenario.name, "" if whole else intervention, cohort, payer, bound.formula.name


def _dimension(bound: Bound, name: str) -> str:
    return next((value for dimension, value in bound.dimensions if dimension == name), "")


def _years(projection: Projection, result: Result) -> str:
    figures = projection.case.figures
    behind = projection.case.plan.behind([result.key])
    given = [figures[key] for key in behind if key in figures and not figures[key].assumption]
    return "; ".join(sorted({figure.year for figure in given if figure.year}))


def number(value: float | None) -> int | float | None:
    """A computed value without binary noise: whole ones as whole numbers; None for what lies beyond the horizon."""
    if value is None or math.isinf(value):
        return None
    exact = to_decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
