"""The helpers beside these tests are imported by their own names; and the workbooks that several of them read."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "engine"))

from books import BOOKS, NAMES, case_of, written
from recalculating import Recalculated

from carescale.case import Case

EACH = [
    pytest.param(book, marks=pytest.mark.xdist_group(name), id=name) for book, name in zip(BOOKS, NAMES, strict=True)
]


@pytest.fixture(scope="session", params=EACH)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Recalculated]:
    """A case and its workbook, read once for all that is asked of it; who changes it puts it back."""
    case = case_of(*request.param, "portfolio.horizon_months=24")
    return case, Recalculated.of(written(case, tmp_path_factory.mktemp("book") / "book.xlsx"))
