"""Birmingham in cash from September 2026, for every test of a budget."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from carescale import load
from carescale.analysis.budget import Budget
from carescale.case import Case


@pytest.fixture
def birmingham() -> Callable[..., Case]:
    """Load it with settings, for so many financial years."""

    def loaded(*settings: str, years: int = 5) -> Case:
        return load("birmingham", cash_years=years, start="2026-09", settings=settings)

    return loaded


@pytest.fixture
def of() -> Callable[..., list[float]]:
    """The values of a quantity by year; every one must be known."""

    def values(found: Budget, name: str, payer: str = "council", entity: str = "shared_lives") -> list[float]:
        by_year = [found.projection.get(entity, name, payer, year).value for year in found.years]
        assert all(value is not None for value in by_year)
        return by_year

    return values
