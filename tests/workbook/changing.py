"""Inputs that are changed at random, in a workbook and in the case behind it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from recalculating import Recalculated

from carescale.case import Case
from carescale.numbers import Printed
from carescale.report.workbook.sheets import structural


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
