"""A projection as a workbook with live formulas."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct
from xlsxwriter import Workbook

from carescale.analysis.check import Judged
from carescale.analysis.grounds import Intervals
from carescale.analysis.projection import Projection
from carescale.case import Case
from carescale.figures import Figure
from carescale.report.blocks import MARKS, Block
from carescale.report.workbook.charts import write_charts
from carescale.report.workbook.claims import judged_claims, write_claims
from carescale.report.workbook.draws import write_draws
from carescale.report.workbook.layout import Layout
from carescale.report.workbook.sheet import Sheet, Styles
from carescale.report.workbook.sheets import Addresses, write_inputs, write_months, write_results, write_sources
from carescale.report.workbook.summary import Summary
from carescale.report.workbook.text import cell_text

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


INPUT_WIDTHS = (60, 16, 18, 10, 12, 12, 44, 44, 44, 60)


def write_workbook(
    projection: Projection, path: Path, command: str, shown: Sequence[Block], sure: Intervals | None = None
) -> None:
    """Write one place's workbook: every derived cell a formula, with its computed value beside it. Its Summary is a
    screen over the same projection; with draws, they have a sheet of values, which do not follow the inputs.
    """
    plan = PlanInBook.of(Layout(projection), shown, sure)
    with open_book(path, projection.case) as book:
        styles = Styles(book)
        plan.write_shown(book, styles)
        addresses = write_inputs(Sheet(book, styles, "Inputs", INPUT_WIDTHS, wide=True), plan.layout)
        addresses |= plan.write_behind(book, styles)
        write_sources(Sheet(book, styles, "Sources", (44, 60, 10, 60, 40), wide=True), plan.figures)
        write_about(Sheet(book, styles, "About", (28, 90)), projection.case, command)
        define_names(book, plan.layout, addresses)


class PlanInBook(Struct, frozen=True):
    """What a workbook holds of one plan: its Summary and charts, and behind them its results, months and claims."""

    layout: Layout
    summary: Summary
    judged: Sequence[Judged]
    sure: Intervals | None = None

    @classmethod
    def of(cls, layout: Layout, shown: Sequence[Block], sure: Intervals | None = None) -> PlanInBook:
        """With every cell placed that its sheets will show."""
        return cls(layout, Summary.of([layout], shown), judged_claims(layout), sure)

    @property
    def figures(self) -> list[Figure]:
        """The given figures that its formulas read."""
        figures = self.layout.projection.case.figures
        return [figures[key] for key in self.layout.inputs if key in figures]

    def write_shown(self, book: Workbook, styles: Styles) -> None:
        """The sheets that a reader looks at first."""
        name = self.layout.sheet
        self.summary.write(Sheet(book, styles, name("Summary"), (44, *[15] * 8), wide=True))
        write_charts(Sheet(book, styles, name("Charts"), (30, *[12] * 6)), self.layout)

    def write_behind(self, book: Workbook, styles: Styles) -> Addresses:
        """The sheets that the first rest on; where each quantity stands."""
        name, layout, claims = self.layout.sheet, self.layout, (50, 12, 14, 14, 16, 22, 22, 50, 50, 44)
        found = write_results(Sheet(book, styles, name("Results"), (60, 18, 18, 20, 60, 60), wide=True), layout)
        months = (8, *[18] * len(layout.columns))
        found |= write_months(Sheet(book, styles, name("Months"), months, wide=True), layout)
        write_claims(Sheet(book, styles, name("Claims"), claims, wide=True), layout, self.judged)
        if self.sure:
            write_draws(Sheet(book, styles, name("Draws"), (60, *[16] * 8), wide=True), self.sure)
        return found


@contextmanager
def open_book(path: Path, case: Case) -> Iterator[Workbook]:
    """A new workbook that is computed anew when it is opened. It is packed in memory and written in one piece at the
    end, so that a disk that is full is the system's own error; what rows wait in stands beside it meanwhile.
    """
    packed = io.BytesIO()
    book = Workbook(packed, {**OPTIONS, "tmpdir": str(path.parent)})
    try:
        book.set_properties({"title": cell_text(case.place)[:255], "comments": "written by carescale"})
        book.set_calc_mode("auto")
        yield book
        book.close()
    finally:
        book.fileclosed = True  # one that failed is not tried again when it is forgotten
    path.write_bytes(packed.getbuffer())


def define_names(book: Workbook, layout: Layout, addresses: dict[str, str]) -> None:
    """The name of every quantity that stands somewhere."""
    for key, address in addresses.items():
        if key in layout.names or ":" in address:
            book.define_name(layout.name(key), f"={address}")


def write_about(sheet: Sheet, case: Case, command: str, more: Iterable[tuple[str, str]] = ()) -> None:
    """Version, command, date, what was changed, and what the marks mean."""
    write_about_all(sheet, [case], command, more)


def write_about_all(sheet: Sheet, cases: Sequence[Case], command: str, more: Iterable[tuple[str, str]] = ()) -> None:
    """The same of several plans in one workbook."""
    sheet.texts(["About this workbook"], "title")
    rows = [
        *(row for case in cases for row in _about(case)),
        ("Written by", f"carescale {version('carescale')}"),
        ("Command", command),
        ("Date", datetime.date.today().isoformat()),
        (
            "What stays fixed",
            "the horizon, the kind of ramp, target rules and the other choices below the inputs",
        ),
        ("What is unknown", "says “not known” and is left out of sums; a figure typed over it is not picked up"),
        *more,
        *((f"Mark {mark}", meaning) for mark, meaning in MARKS.items() if len(mark) == 1),
    ]
    for label, text in rows:
        sheet.text(0, label, "section")
        sheet.text(1, text, "wrapped")
        sheet.row += 1


def _about(case: Case) -> Iterator[tuple[str, str]]:
    yield "Place", case.place
    yield "Scenario", f"{case.scenario.title}: {case.scenario.about}"
    yield "File", case.file
    for change in case.changes:
        yield "Changed input", f"{change.key}: {change.before or 'not set'} → {change.after}"
    if not case.changes:
        yield "Changed input", "none"
