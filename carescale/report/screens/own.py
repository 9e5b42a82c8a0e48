"""Quantities of one's own: what the files write as formulas, on the screen of `project`."""

from __future__ import annotations

from carescale.analysis.projection import NUMBER
from carescale.measures import write_measure
from carescale.report import blocks
from carescale.report.blocks import Column, Row, Table
from carescale.report.view import View


def worked_out_here(view: View) -> Table | None:
    """The quantities of one's own, that the files write as formulas."""
    results = [view.projection[key] for key in view.case.model.own]
    rows = [Row((result.title, view(result), _words(result.unit))) for result in results]
    shown = [Column("Worked out here", "words"), Column("Value"), Column("", "words")]
    return blocks.table(shown, rows, "formulas")


def _words(unit: str) -> str:
    """A unit beside a value that says neither pounds nor per cent for itself."""
    return "" if unit in (NUMBER, "GBP") else write_measure(unit)
