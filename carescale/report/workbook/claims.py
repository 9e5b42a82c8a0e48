"""The Claims sheet: what was published, what the workbook makes of it, and the verdict of `carescale check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec import Struct

from carescale.analysis.check import Judged, check
from carescale.engine.cells import Cells
from carescale.engine.excel import in_excel
from carescale.engine.folding import value_of
from carescale.engine.scalars import FLOATS_WITHOUT_NOISE
from carescale.engine.tree import Expression
from carescale.inputs.language.writer import write_sum
from carescale.report.workbook.formats import look
from carescale.report.workbook.layout import Layout
from carescale.report.workbook.sheet import Sheet

_HEADINGS = (
    "Claim",
    "Compared",
    "Published",
    "",
    "Computed here",
    "Verdict when written",
    "Expected",
    "Why",
    "Note",
    "Source",
)
_COMPARED = {"at_least": "at least", "at_most": "at most"}


def judged_claims(layout: Layout) -> Sequence[Judged]:
    """Every claim judged; the figures that they compare are placed among the inputs."""
    judged = check(layout.projection.case).judged
    for one in judged:
        for key in one.claim.keys:
            if layout.plan.need(key).usable:
                layout.place(key)
    return judged


def write_claims(sheet: Sheet, layout: Layout, judged: Sequence[Judged]) -> None:
    """One row a claim."""
    says = (
        "Computed values are live; verdicts are those of the day this file was written, for this plan: what was "
        "published need not come out where figures are changed, or put into the prices of another year.",
    )
    sheet.heading("Claims", says, _HEADINGS)
    for one in judged:
        _claim(sheet, layout, one)
        sheet.row += 1


def _claim(sheet: Sheet, layout: Layout, one: Judged) -> None:
    claim = one.claim
    sheet.text(0, claim.text, "wrapped")
    sheet.text(1, _COMPARED.get(claim.comparator, claim.comparator))
    for column, published in enumerate(claim.published, 2):
        sheet.text(column, published.text, "right")
    if claim.against is not None:
        sheet.text(2, write_sum(claim.against), "right")
    if all(layout.plan.need(key).usable for key in claim.keys):
        _computed(sheet, layout, one)
    else:
        sheet.text(4, "not determined", "right")
    source = str(claim.citation.source) if claim.citation else ""
    for column, text in ((5, one.verdict), (6, claim.expect), (7, one.why), (8, claim.note)):
        sheet.text(column, text, "wrapped")
    sheet.link(9, claim.citation.source.url if claim.citation else "", source)


def _computed(sheet: Sheet, layout: Layout, one: Judged) -> None:
    """The tool's own sum, over the cells of the quantities and figures in it."""
    claim = one.claim
    value = value_of(claim.tree, FLOATS_WITHOUT_NOISE, lambda key: layout.projection[key].value)
    shown: float | str = layout.value(claim.key) if claim.key else value
    sheet.shown(4, in_excel(claim.tree, cast("Cells", _Named(layout))), shown, look(one.unit, shown))


class _Named(Struct, frozen=True):
    """Cells by the names that the workbook has for them: all that a sum without months asks for."""

    layout: Layout

    def cell(self, name: str) -> str:
        """The name of a cell."""
        return self.layout.name(name)

    def may_be_text(self, name: str) -> bool:
        """Whether a cell may hold text: a month that lies beyond the horizon."""
        return self.layout.projection[name].unit == "month"

    def left_out(self, tree: Expression) -> bool:
        """Whether a part is left out; a sum of one's own needs all of its parts."""
        return False
