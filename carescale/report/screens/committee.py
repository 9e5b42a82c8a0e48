"""A report for a committee: what is decided first, then the options, the money, the risks, the pictures, the sources.

It is blocks, like every screen: Word and Markdown write the same ones. The recommendation is its author's to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from carescale.case import PORTFOLIO
from carescale.engine.model import Entity
from carescale.figures import Source
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, PAYERS
from carescale.report import blocks
from carescale.report.blocks import Block, Cell, Column, Heading, Line, Notes, Row, Table
from carescale.report.pictures import drawings
from carescale.report.screens import notes
from carescale.report.screens.conversation import grounds
from carescale.report.screens.headline import headline, plan_title, subtitle
from carescale.report.view import View
from carescale.report.words import name_of, payer_name, source_words

_TO_WRITE = "[To be written by the author of this report.]"
_CASH = (
    "Amounts are in cash by financial year, April to March, for the first of the options; pay, fees and prices rise as "
    "the last of these tables has it."
)
_RISKS = ("Warning", "Cut short", "Below 1", "Contradicted", "Calibrated", "Unverified", "Left out", "Not known",
          "Overlap", "Limit", "Range", "Low–high", "Assumed", "Prices")  # fmt: skip


def committee(views: Sequence[View], answers: Sequence[Block], full: Sequence[Block], years: Sequence[Block],
              careful: Notes | None, *, cash: bool = False) -> list[Block]:  # fmt: skip
    """The report of a plan, or of several as options of which the first leads. `answers` are the tables that decide,
    `full` every table, `years` those of money by financial year, which may be in `cash`, `careful` the notes on them.
    """
    view = views[0]
    money = [*(years or _by_year(view))]
    shown = [headline(view), subtitle(view.case), *answers, *money]
    report: list[Block] = [headline(view), subtitle(view.case), Heading("Recommendation"), Line((_TO_WRITE,))]
    report += [Heading("Options"), options(views, [plan_title(one.case) for one in views])] if len(views) > 1 else []
    report += [Heading("What would change"), *answers, *blocks.there(blocks.legend(shown)), *grounds(view)]
    report += [Heading("Financial implications"), *money, *([Line((_CASH,))] if cash else _prices(careful))]
    report += [Heading("In pictures"), *pictures] if (pictures := drawings(view)) else []
    report += [Heading("Risks, and what is not known"), *_risks(careful)]
    report += [Heading("The numbers in full"), *(block for block in full if block not in money)]
    return [*report, Heading("Sources"), *_sources(view, full)]


# --- options ----------------------------------------------------------------------------------------------------------


def options(views: Sequence[View], titles: Sequence[str], heading: str = "") -> Table:
    """Plans side by side: what decides, a column a plan."""
    columns = (Column(heading, "words"), *map(Column, titles))
    return Table(columns, tuple(Row((name, *cells)) for name, cells in _compared(views)), "options")


_OPTIONS: Mapping[str, str] = {
    "net_saving": "Net saving a year",
    "set_up_cost": "Set-up",
    "break_even_month": "Breaks even in month",
    "peak_funding": "Funding needed",
}


def _compared(views: Sequence[View]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    yield "More people", tuple(view(view.in_all("additional_people")) for view in views)
    for name, title in _OPTIONS.items():
        for payer in PAYERS:
            cells = tuple(view(view.in_all(name, payer)) for view in views)
            if payer == "council" or any(not cell.absent for cell in cells):
                yield f"{title} ({payer_name(payer)})", cells


# --- money by year ----------------------------------------------------------------------------------------------------


def _by_year(view: View) -> Iterator[Table]:
    """Net saving so far at the end of each year since the decision, where no start says which financial year it is."""
    year = int(MONTHS_PER_YEAR)
    ends = [*range(0, view.case.horizon, year), view.case.horizon]
    for payer in PAYERS:
        entities = [one for one in _those(view) if view.case.plan.need(_so_far(one, payer)).usable]
        if not entities:
            continue
        heading = f"Net saving so far, after set-up ({payer_name(payer)})"
        columns = (Column(heading, "words"), *(Column(_title(one)) for one in entities))
        months = [view.in_months(_so_far(one, payer), ends) for one in entities]
        rows = (Row((_end_of(month), *cells)) for month, *cells in zip(ends, *months, strict=True))
        yield Table(columns, tuple(rows), "so-far")


def _end_of(month: int) -> str:
    year, rest = divmod(month, int(MONTHS_PER_YEAR))
    if month == 0:
        return "At the decision"
    return f"Month {month}" if rest else f"After year {year}"


def _those(view: View) -> list[Entity]:
    whole = [view.case.model.entities[PORTFOLIO]] if len(view.case.interventions) > 1 else []
    return [*view.case.interventions, *whole]


def _title(entity: Entity) -> str:
    return "Together" if entity.level == "case" else entity.title


def _so_far(entity: Entity, payer: str) -> str:
    return f"{entity.path}.cumulative_net_saving.{payer}"


def _prices(careful: Notes | None) -> Iterator[Line]:
    said = [text for label, text in careful.items if label == "Prices"] if careful else []
    if said:
        yield Line((f"Amounts are in the prices of their sources: {'; '.join(said)}.",))


# --- risks and sources ------------------------------------------------------------------------------------------------


def _risks(careful: Notes | None) -> Iterator[Notes]:
    """The notes by their kind, gravest first."""
    items = careful.items if careful else ()
    kinds = dict.fromkeys([*_RISKS, *(label for label, _ in items)])
    for kind in kinds:
        found = tuple(("", text) for label, text in items if label == kind)
        if found:
            yield Notes(_MEANT.get(kind, kind), found, "risks")


_MEANT: Mapping[str, str] = {
    "Contradicted": "Contradicted by later evidence †",
    "Calibrated": "Worked back from a published result, so no evidence for it ‡",
    "Unverified": "Not read at first hand °",
    "Left out": "Left out of the totals *",
    "Limit": "What limits growth",
    "Prices": "Price bases",
}


def _sources(view: View, full: Sequence[Block]) -> Iterator[Notes]:
    """Every publication by number, and what rests on it."""
    case = view.case
    keys = [key for key in case.plan.behind(blocks.keys_in(full)) if key in case.figures]
    found: dict[str, tuple[Source, list[str]]] = {}
    for key in keys:
        for source in notes.cited(case.figures[key]):
            found.setdefault(source.key, (source, []))[1].append(name_of(case, key))
    if found:
        said = [f"{source_words(one)}. Behind: {'; '.join(dict.fromkeys(names))}." for one, names in found.values()]
        yield Notes("", tuple((str(number), text) for number, text in enumerate(said, 1)), "sources")
