"""The Claims sheet: what was published, what the workbook makes of it, and the verdict of `carescale check`."""

from __future__ import annotations

from collections.abc import Sequence

from carescale.analysis.check import Judged, check
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
        for _, key in one.claim.terms:
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
    if all(layout.plan.need(key).usable for _, key in claim.terms):
        _computed(sheet, layout, one)
    else:
        sheet.text(4, "not determined", "right")
    source = str(claim.citation.source) if claim.citation else ""
    for column, text in ((5, one.verdict), (6, claim.expect), (7, one.why), (8, claim.note)):
        sheet.text(column, text, "wrapped")
    sheet.link(9, claim.citation.source.url if claim.citation else "", source)


def _computed(sheet: Sheet, layout: Layout, one: Judged) -> None:
    """The tool's own sum of the claim's terms."""
    terms = one.claim.terms
    text = "".join(f"{'+' if sign > 0 else '-'}{layout.name(key)}" for sign, key in terms).removeprefix("+")
    values = [layout.projection[key].value for _, key in terms]
    known = [value for value in values if value is not None]
    value = sum(sign * value for (sign, _), value in zip(terms, known, strict=False))
    shown: float | str = layout.value(terms[0][1]) if len(terms) == 1 else value
    sheet.shown(4, text, shown, look(one.unit, shown))
