"""Inputs that are changed at random, in a workbook and in the case behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from random import Random

from msgspec.structs import replace
from recalculating import Recalculated

from carescale.case import Case
from carescale.numbers import Printed
from carescale.report.workbook.sheets import structural

CHANGES = 10


def inputs_of(book: Recalculated) -> list[str]:
    """The figures that may be changed."""
    return [name for name, cell in book.names.items() if cell.startswith("Inputs!") and not structural(name)]


def changed(case: Case, key: str, factor: float) -> Case:
    """A case with one figure multiplied; a share stays one."""
    figure = case.figures[key]
    assert figure.value is not None
    value = Decimal(f"{float(figure.value) * factor:.6g}")
    value = min(value, Decimal(1)) if figure.unit == "" else value
    return case.with_figures({key: replace(figure, number=Printed(value, Decimal(0), str(value)))})


@contextmanager
def ten_changes(book: Recalculated, case: Case, chance: Random, inputs: list[str]) -> Iterator[Case]:
    """Ten inputs typed anew, one on top of the other, in the workbook and in the case that comes back.

    Whatever does not move with one of them differs at the end. The workbook is as it was, afterwards.
    """
    before = {}
    for _ in range(CHANGES):
        key = chance.choice(inputs)
        before.setdefault(key, float(case.figures[key].value or 0))
        case = changed(case, key, chance.uniform(0.3, 1.8))
        book.change(key, float(case.figures[key].value or 0))
    try:
        yield case
    finally:
        for key, value in before.items():
            book.change(key, value)
