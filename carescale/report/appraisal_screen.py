"""The screen of `appraise`: present values by payer, the lines between gross and net, and the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carescale.analysis.appraisal import Appraisal
from carescale.analysis.projection import Result
from carescale.case import PORTFOLIO
from carescale.engine.model import Entity, Status
from carescale.formulas.vocabulary import PAYERS
from carescale.numbers import compact_money
from carescale.report.appraisal_notes import method_items, ratio_items
from carescale.report.blocks import Block, Headline, Line, Notes, Row, Table, table
from carescale.report.funding_screen import funding_blocks
from carescale.report.headline import plan_title, subtitle
from carescale.report.project_notes import note_items
from carescale.report.values import NOTHING, RATIO, THOUSANDS, Shower, payer_name

_PRESENT = ("present_value_of_savings", "present_value_of_costs", "net_present_value")
_LARGE = 1_000_000  # from here on a table of years is in thousands
_LARGE_BESIDE_MORE = 100_000  # the same where there is one column more


def appraisal_screen(appraisal: Appraisal, show: Shower | None = None) -> list[Block]:
    """Everything that `appraise` shows, in order; `show` may put something else than text where a result stands."""
    show = show or Shower(appraisal.projection)
    tables: list[Block | None] = [
        _present_values(show, appraisal),
        *_adjustments(show),
        *(_years(show, appraisal, payer) for payer in _payers(show)),
        *funding_blocks(show, appraisal),
    ]
    found = [block for block in tables if block]
    legend = show.legend()
    notes = [*ratio_items(appraisal, show.shown), *note_items(appraisal.case, show.shown)]
    return [
        Headline(_headline(show, appraisal)),
        Line(subtitle(appraisal.case)),
        *found,
        *([Line(legend)] if legend else []),
        Notes("Method", tuple(method_items(appraisal))),
        *([Notes("Read with care", tuple(notes))] if notes else []),
    ]


def _payers(show: Shower) -> list[str]:
    """The council, which decides, and any other payer with savings that are known."""
    get = show.projection.get
    return [payer for payer in PAYERS if payer == "council" or get(PORTFOLIO, _PRESENT[0], payer).usable]


def _headline(show: Shower, appraisal: Appraisal) -> str:
    wholes: list[tuple[str, tuple[str, ...]]] = [(payer_name(payer), (payer,)) for payer in _payers(show)]
    wholes += [("together", ())] if appraisal.together else []
    answers = [_answer(show, name, dimensions) for name, dimensions in wholes]
    return f"{plan_title(appraisal.case)} → {', '.join(answers)}"


def _answer(show: Shower, name: str, dimensions: tuple[str, ...]) -> str:
    value = show.projection.get(PORTFOLIO, _PRESENT[2], *dimensions)
    if value.value is None:
        return f"net present value not known ({name})"
    return f"net present value {compact_money(value.value)} ({name}){show.marks_of(value)}"


def _present_values(show: Shower, appraisal: Appraisal) -> Table | None:
    entities = [*show.case.interventions]
    rows = []
    for payer in _payers(show):
        rows.append(Row((PAYERS[payer], *[""] * 4), "section"))
        rows += [Row((entity.title, *_present_cells(show, entity.path, payer)), "part") for entity in entities]
        overlap = show.projection.get(PORTFOLIO, "present_value_of_overlap", payer)
        if overlap.usable:
            rows.append(Row(("less overlap", show(overlap, taken_off=True), "", "", ""), "part"))
        if len(entities) > 1:
            rows.append(Row(("Together", *_present_cells(show, PORTFOLIO, payer)), "total"))
    if appraisal.together:
        names = " and ".join(payer_name(payer) for payer in appraisal.together)
        rows.append(Row((f"Added, as asked: {names}", *_present_cells(show, PORTFOLIO)), "total"))
    headings = (f"Present values over {show.case.horizon} months", "Savings", "Costs", "Net", "Benefit-\ncost ratio")
    return table("", headings, rows)


def _present_cells(show: Shower, path: str, *dimensions: str) -> tuple[str, ...]:
    values = (show.projection.get(path, name, *dimensions) for name in _PRESENT)
    return *(show(value) for value in values), show(show.projection.get(path, "benefit_cost_ratio", *dimensions), RATIO)


# --- from gross to net ----------------------------------------------------------------------------------------------

_LINES = (  # each with whether it is taken off
    ("Gross saving", "gross_saving", False),
    ("less deadweight", "deadweight_loss", True),
    ("less displacement", "displacement_loss", True),
    ("less optimism", "optimism_off_savings", True),
    ("less what is not cashable", "not_cashable", True),
    ("Adjusted saving", "adjusted_saving", False),
    ("less running cost", "running_cost", True),
    ("less optimism on running cost", "optimism_on_running_cost", True),
    ("Net saving", "net_saving", False),
    ("Over all months: lost to the lag", "lag_loss_by_horizon", True),
    ("Over all months: lost to drop-off", "drop_off_loss_by_horizon", True),
    ("Once: optimism on set-up", "optimism_on_set_up", True),
)


def _adjustments(show: Shower) -> Iterator[Table | None]:
    """For each intervention with an adjustment, every line between gross and net, a year at full scale."""
    for entity in show.case.interventions:
        get = show.projection.get
        payers = [payer for payer in _payers(show) if get(entity, "adjusted_saving", payer).usable]
        rows = [Row((label, *cells)) for label, cells in _lines(show, entity, payers)]
        heading = f"{entity.title}: gross to net, a year at full scale"
        yield table("", (heading, *(PAYERS[payer] for payer in payers)), rows) if payers else None


def _lines(show: Shower, entity: Entity, payers: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for label, name, taken_off in _LINES:
        found = [show.projection.get(entity, name, payer) for payer in payers]
        cells = tuple(
            NOTHING if one.state.status == Status.NOT_APPLICABLE else show(one, taken_off=taken_off) for one in found
        )
        if any(cell != NOTHING for cell in cells):
            yield label, cells


# --- the years ------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "gross_saving_of_year",
    "saving_of_year",
    "cost_of_year",
    "net_of_year",
    "net_so_far",
    "discounted_net_of_year",
)


def _years(show: Shower, appraisal: Appraisal, payer: str) -> Table | None:
    """People, gross, cost, net, cumulative and discounted, a row a year; of months that are known."""
    results = {
        period: [show.projection.get(PORTFOLIO, name, payer, period) for name in _COLUMNS]
        for period in appraisal.periods
    }
    largest = max((abs(value.value or 0) for row in results.values() for value in row), default=0)
    same = all(gross.value == saving.value for gross, saving, *_ in results.values())
    amounts = THOUSANDS if largest >= (_LARGE if same else _LARGE_BESIDE_MORE) else ""
    rows = [
        Row((period_name(period), show(_people(show, period)), *(show(value, amounts) for value in row)))
        for period, row in ((period, [row[0], *row[1 + same :]]) for period, row in results.items())
    ]
    whose = f"{PAYERS[payer]}{', £000' if amounts else ''}"
    saved = () if same else ("Saving",)  # after adjustments and overlap, where there are any
    return table("", (whose, "People", "Gross", *saved, "Cost", "Net", "Cumulative", "Discounted"), rows)


def _people(show: Shower, period: str) -> Result:
    return show.projection.get(PORTFOLIO, "people_at_year_end", period)


def period_name(period: str) -> str:
    """`year_3` as Year 3; `in_2026_27` as 2026/27."""
    if period.startswith("in_"):
        return period.removeprefix("in_").replace("_", "/")
    return period.replace("year_", "Year ")
