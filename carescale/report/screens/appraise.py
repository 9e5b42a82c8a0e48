"""The screen of `appraise`: present values by payer, the lines between gross and net, the years, and the method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from msgspec import Struct

from carescale.analysis.appraisal import RATES, Appraisal
from carescale.analysis.evidence import notes as evidence_notes
from carescale.analysis.telling import Switch, switching_values
from carescale.case import PORTFOLIO
from carescale.engine.model import Entity
from carescale.figures import Figure
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, PAYERS
from carescale.report import blocks
from carescale.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Headline,
    Line,
    Records,
    Row,
    Said,
    Screen,
    Table,
    Value,
)
from carescale.report.formats import COMPACT_MONEY, RATIO, THOUSANDS, number, text
from carescale.report.screens import notes
from carescale.report.screens.fields import Asked, Field, Fields, called, columns, interval, only, row
from carescale.report.screens.files import as_book, as_page
from carescale.report.screens.funding import funding_blocks
from carescale.report.screens.headline import listed, plan_title, subtitle
from carescale.report.screens.records import figure_json
from carescale.report.screens.sure import interval_cells
from carescale.report.screens.worst_best import OF_AN_APPRAISAL, worst_best
from carescale.report.view import View
from carescale.report.words import name_of, payer_name, unit_words

FORMATS = ("xlsx",)
FORMAT = "carescale.appraisal/1"
COLUMNS = (
    "place",
    "scenario",
    "key",
    "quantity",
    "period",
    "value",
    "unit",
    "status",
    "low",
    "high",
    "because",
    "worst",
    "best",
)
_LARGE = 1_000_000  # from here on a table of years is in thousands
_LARGE_BESIDE_MORE = 100_000  # the same where there is one column more
Items = Iterator[tuple[str, str]]


def appraise_screen(appraisal: Appraisal) -> Screen:
    """Everything that `appraise` says."""
    shown = AppraisalScreen(View(appraisal.projection, _intervals(appraisal)), appraisal)
    plain = AppraisalScreen(View(appraisal.projection), appraisal)  # a page works out ranges anew, from worst to best
    return Screen(
        blocks=lambda: shown.blocks,
        first=shown.first,
        records=Records(COLUMNS, lambda: appraisal_rows(appraisal)),
        document=lambda: appraisal_json(appraisal),
        book=as_book(shown.view, lambda: shown.blocks),
        page=as_page(plain.view, lambda: plain.blocks),
    )


def _intervals(appraisal: Appraisal) -> Mapping[str, Cell]:
    """The interval of each net present value, where figures behind it have ranges."""
    if not any(figure.detail.low for figure in appraisal.case.figures.values()):
        return {}
    from carescale.analysis.grounds import intervals_of

    return interval_cells(intervals_of(appraisal.case), "net_present_value")


class AppraisalScreen(Struct, frozen=True, dict=True):
    """The blocks of an appraisal, worked out when they are asked for."""

    view: View
    appraisal: Appraisal

    @cached_property
    def tables(self) -> list[Block]:
        """Every table, in order."""
        view, appraisal = self.view, self.appraisal
        view.ask_everything()
        years = (_years(view, appraisal, payer) for payer in _payers(view))
        ranges = worst_best(view, OF_AN_APPRAISAL)
        found = [_present_values(view, appraisal), ranges, *_switching(view), *_adjustments(view), *years]
        return blocks.there(*found, *funding_blocks(view, appraisal))

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything, with the method and the notes."""
        shown = [*self._above(), *self.tables]
        method = blocks.notes("Method", method_items(self.appraisal), "method")
        return [*shown, *blocks.there(blocks.legend(shown), method, self._notes(), self._sources())]

    def first(self) -> list[Block]:
        """What decides: present values, what comes of the funding, and the gravest cautions."""
        kept = [block for block in self.tables if block.part in ("switching", "funding")]
        tables = blocks.there(_present_values(self.view, self.appraisal, PRESENT), *kept)
        shown = [*self._above(), *tables]
        before = [*self._in_nine_of_ten(), *ratio_items(self.appraisal, blocks.keys_in(tables))]
        careful = notes.cautions(self.view.case, tables, before, most=4)
        named = [Line((), part) for part in ("method", "notes")]
        parts = notes.more([*self.tables, *named, *blocks.there(self._sources())])
        return [*shown, *blocks.there(blocks.legend(shown), Line((_in_short(self.appraisal),)), careful, parts)]

    def _in_nine_of_ten(self) -> Items:
        """Between what the net present values lie in 9 of 10 draws, where figures behind them have ranges."""
        cells = (self.view.intervals or {}).items()
        said = [f"{name_of(self.view.case, key)} {text(cell)}" for key, cell in cells if isinstance(cell, Value)]
        if said:
            yield "9 of 10 draws", "; ".join(said)

    def _above(self) -> list[Block]:
        return [_headline(self.view, self.appraisal), subtitle(self.view.case)]

    def _notes(self) -> Block | None:
        keys = blocks.keys_in(self.tables)
        items = [*ratio_items(self.appraisal, keys), *notes.note_items(self.view.case, keys)]
        return blocks.notes("Read with care", items, "notes")

    def _sources(self) -> Block | None:
        return notes.sources_block(self.view.case, blocks.keys_in(self.tables))


def _payers(view: View) -> list[str]:
    """The council, which decides, and any other payer with savings that are known."""
    return [payer for payer in PAYERS if payer == "council" or view.in_all("present_value_of_savings", payer).usable]


def _headline(view: View, appraisal: Appraisal) -> Headline:
    answers = [_answer(view, payer_name(payer), payer) for payer in _payers(view)]
    answers += [_answer(view, "together")] if appraisal.together else []
    return Headline((f"{plan_title(appraisal.case)} → ", *listed(answers)))


def _answer(view: View, name: str, *dimensions: str) -> Said:
    value = view.in_all("net_present_value", *dimensions)
    if value.value is None:
        return (f"net present value not known ({name})",)
    shown, payer = view(value, COMPACT_MONEY, marks=False), "".join(dimensions)
    if view.before_costs(PORTFOLIO, payer, "present_value_of_costs"):
        before = f" at present value before costs that are not known ({name})"
        return (shown, before, view.marks_of(value).replace("*", ""))
    if not view.in_all("present_value_of_savings", *dimensions).usable:
        return (shown, f" at present value before any saving ({name})", view.marks_of(value).replace("*", ""))
    return ("net present value ", shown, f" ({name})", view.marks_of(value))


# --- present values -------------------------------------------------------------------------------------------------


def _present(name: str, unit: str = "") -> Asked:
    """A quantity of a payer, or of all that are added."""
    return lambda view, entity, payer: view.get(entity, name, *((payer,) if payer else ()), unit=unit)


def _return_on_set_up(view: View, entity: Entity, payer: str) -> Cell:
    return view.get(entity, "return_on_set_up", payer, unit=RATIO) if payer else NOTHING


PRESENT: Fields = (
    Field("Savings", _present("present_value_of_savings")),
    Field("Costs", _present("present_value_of_costs")),
    Field("Net", _present("net_present_value")),
    Field("Benefit-\ncost ratio", _present("benefit_cost_ratio", RATIO)),
)
EVERY_PRESENT: Fields = (
    *PRESENT,
    Field("90% interval", interval("net_present_value"), live=False),
    Field("Return on\nset-up", _return_on_set_up),
)


def _present_values(view: View, appraisal: Appraisal, asked: Fields = EVERY_PRESENT) -> Table | None:
    rows, whole = [], view.case.model.entities[PORTFOLIO]
    before = any(view.before_costs(PORTFOLIO, payer, "present_value_of_costs") for payer in _payers(view))
    fields = called(asked, "Net", "Less known\ncosts") if before else asked
    for payer in _payers(view):
        rows.append(only(PAYERS[payer], fields, "section"))
        rows += [row(view, entity, fields, "part", payer) for entity in view.case.interventions]
        overlap = view.in_all("present_value_of_overlap", payer)
        if overlap.usable:
            rows.append(only("less overlap", fields, "part", {"Savings": view(overlap, taken_off=True)}))
        if len(view.case.interventions) > 1:
            rows.append(row(view, whole, fields, "total", payer, "Together"))
    if appraisal.together:
        names = " and ".join(payer_name(payer) for payer in appraisal.together)
        rows.append(row(view, whole, fields, "total", "", f"Added, as asked: {names}"))
    heading = f"Present values over {view.case.horizon} months"
    return blocks.table(columns(heading, fields), rows, "present-values")


# --- what would turn it ---


def _switching(view: View) -> Iterator[Table | None]:
    """The figures that need move least for the council's net present value to be nothing, where that is known."""
    whole = view.case.model.entities[PORTFOLIO]
    for entity in (whole, *view.case.interventions):
        result = view.projection.get(entity, "net_present_value", "council")
        if result.usable and not view.before_costs(entity, "council", "present_value_of_costs"):
            rows = [_switch_row(view, switch) for switch in switching_values(view.case, result.key)]
            title = "the plan" if entity is whole else entity.title
            heading = f"Where {title} (council) comes to nothing, discounted"
            shown = [Column(heading, "words"), Column("Today"), Column("Switches at"), Column("Change")]
            yield blocks.table(shown, rows, "switching")
            if entity is whole:
                return


def _switch_row(view: View, switch: Switch) -> Row:
    unit = view.case.figures[switch.figure].unit
    change = f"{'+' if switch.change > 0 else '−'}{abs(switch.change):.0%}"
    name = name_of(view.case, switch.figure)
    return Row((name, view(view.projection[switch.figure], marks=False), Value(unit=unit, number=switch.at), change))


# --- from gross to net ----------------------------------------------------------------------------------------------

_LINES = (  # each with whether it is taken off
    ("Cost avoided", "cost_avoided", False),
    ("less deadweight", "deadweight_loss", True),
    ("less displacement", "displacement_loss", True),
    ("less optimism", "optimism_off_savings", True),
    ("less what is not cashable", "not_cashable", True),
    ("Adjusted saving", "adjusted_saving", False),
    ("less cost of the arrangements", "arrangement_cost", True),
    ("less running cost", "running_cost", True),
    ("less empty places", "void_cost", True),
    ("less double running", "double_running_cost", True),
    ("less coordinators", "coordinator_pay", True),
    ("less optimism on costs", "optimism_on_running_cost", True),
    ("Net saving", "net_saving", False),
    ("Over all months: lost to the lag", "lag_loss_by_horizon", True),
    ("Over all months: lost to drop-off", "drop_off_loss_by_horizon", True),
    ("Once: optimism on set-up", "optimism_on_set_up", True),
)


_GIVEN = ("taken_off_savings", "optimism_on_running_cost", "lag_loss_by_horizon", "drop_off_loss_by_horizon")


def _adjustments(view: View) -> Iterator[Table | None]:
    """For each intervention with an adjustment, every line between gross and net, a year at full scale."""
    for entity in view.case.interventions:
        get = view.projection.get
        given = any(get(entity, name, payer).usable for name in _GIVEN for payer in PAYERS)
        payers = [payer for payer in _payers(view) if given and get(entity, "adjusted_saving", payer).usable]
        rows = [Row((label, *cells)) for label, cells in _lines(view, entity, payers)]
        heading = f"{entity.title}: gross to net, a year at full scale"
        shown = [Column(heading, "words"), *(Column(PAYERS[payer]) for payer in payers)]
        yield blocks.table(shown, rows, "adjustments") if payers else None


def _lines(view: View, entity: Entity, payers: Sequence[str]) -> Iterator[tuple[str, Said]]:
    for label, name, taken_off in _LINES:
        cells = tuple(view.get(entity, name, payer, taken_off=taken_off) for payer in payers)
        if any(cell.absent != NOTHING for cell in cells):
            yield label, cells


# --- the years ------------------------------------------------------------------------------------------------------


def _years(view: View, appraisal: Appraisal, payer: str) -> Table | None:
    """People, gross, cost, net, cumulative and discounted, a row a year; of months that are known."""
    names = [name for name, _ in _YEARS]
    found = {period: [view.in_all(name, payer, period).value or 0.0 for name in names] for period in appraisal.periods}
    largest = max((abs(value) for values in found.values() for value in values), default=0.0)
    same = all(gross == saving for gross, saving, *_ in found.values())
    kept = [(name, heading) for name, heading in _YEARS if not (same and name == "saving_of_year")]
    amounts = THOUSANDS if largest >= (_LARGE if same else _LARGE_BESIDE_MORE) else ""
    rows = [Row((period_name(period), *_year_cells(view, payer, period, kept, amounts))) for period in found]
    called = {"Net": "Less known\ncosts"} if view.before_costs(PORTFOLIO, payer, "monthly_cost") else {}
    shown = [called.get(heading, heading) for _, heading in kept]
    headings = [f"{PAYERS[payer]}{', £000' if amounts else ''}", "People", *shown]
    return blocks.table([Column(headings[0], "words"), *map(Column, headings[1:])], rows, "years")


_YEARS = (  # saving is what is avoided after adjustments and overlap, and left out where there are none
    ("cost_avoided_of_year", "Avoided"),
    ("saving_of_year", "Saving"),
    ("cost_of_year", "Cost"),
    ("net_of_year", "Net"),
    ("net_so_far", "Cumulative"),
    ("discounted_net_of_year", "Discounted"),
)


def _year_cells(view: View, payer: str, period: str, kept: Sequence[tuple[str, str]], amounts: str) -> Iterator[Cell]:
    yield view.get(PORTFOLIO, "people_at_year_end", period)
    for name, _ in kept:
        yield view.get(PORTFOLIO, name, payer, period, unit=amounts)


def period_name(period: str) -> str:
    """`year_3` as Year 3; `in_2026_27` as 2026/27."""
    if period.startswith("in_"):
        return period.removeprefix("in_").replace("_", "/")
    return period.replace("year_", "Year ")


# --- how it was done ------------------------------------------------------------------------------------------------


def _in_short(appraisal: Appraisal) -> str:
    base = f"in prices of {appraisal.base}" if appraisal.base else "in prices as printed"
    return f"Discounted at {_schedule(appraisal)}; {base}."


def method_items(appraisal: Appraisal) -> Items:
    """How it was done, and by which version of what."""
    yield "Discounting", f"{_schedule(appraisal)}; month 0 is year 0, months 1 to 12 are year 1"
    rate = appraisal.rates.get("discount_rate")
    if rate:
        yield "Rates from", _origin(rate)
    yield "Prices", _prices(appraisal)
    if appraisal.not_rebased:
        names = "; ".join(name_of(appraisal.case, key) for key in appraisal.not_rebased)
        yield "Not rebased", f"{names}: no year is given, and they are taken to be in prices of {appraisal.base}"
    yield from _rebasing(appraisal)
    yield "Payers", _whose(appraisal)


def _schedule(appraisal: Appraisal) -> str:
    printed = {name: figure.number.text for name, figure in appraisal.rates.items() if figure.number}
    if len(printed) < len(RATES):
        return "the schedule is not complete"
    ahead = -(-appraisal.case.horizon // MONTHS_PER_YEAR)
    said = []
    for rate, until in pairwise([*RATES, ""]):
        if until.endswith("_until"):
            said.append(f"{printed[rate]} to year {printed[until]}")
            if ahead <= float(printed[until]):
                return ", ".join(said)
    return ", ".join([*said, f"{printed[RATES[-1]]} after"])


def _origin(figure: Figure) -> str:
    return f"{figure.origin} [{figure.position.file}]"


def _prices(appraisal: Appraisal) -> str:
    if not appraisal.deflator:
        return "as printed, each figure in those of its own year; --prices 2024 puts them into one base"
    cited = appraisal.deflator.citation
    doubt = f"; {cited.source.unverified}" if cited and cited.source.unverified else ""
    ahead = f"; a forecast: {appraisal.deflator.forecast}" if appraisal.deflator.is_forecast(appraisal.base) else ""
    return f"of {appraisal.base}, by {appraisal.deflator.title} ({cited}{doubt}) [{appraisal.deflator.file}]{ahead}"


def _rebasing(appraisal: Appraisal) -> Items:
    """What a reader would otherwise take for a mistake."""
    details = [figure.detail for figure in appraisal.case.figures.values() if appraisal.base]
    if any(detail.solve for detail in details):
        yield "Solved first", "figures solved from a published result were solved in its printed prices, then rebased"
    if any(detail.range_citation for detail in details):
        yield "Ranges", "one with a source of its own is in that source's prices, so the value may be an end of it"


def _whose(appraisal: Appraisal) -> str:
    if appraisal.together:
        names = ", ".join(PAYERS[payer] for payer in appraisal.together)
        return f"{names} are added because it was asked for"
    return "each by itself; --together fiscal adds council and NHS, --together everyone wider society too"


def ratio_items(appraisal: Appraisal, shown: Iterable[str]) -> Items:
    """A ratio below 1 is called what it is; and one of a saving already net of its cost says so."""
    results = [appraisal.projection[key] for key in shown if ".benefit_cost_ratio" in key]
    for result in results:
        if result.value is not None and result.value < 1:
            yield "Below 1", f"{name_of(appraisal.case, result.key)} is below 1: it costs more than it saves"
    for entity in appraisal.case.interventions:
        deducted = appraisal.case.model.choice(entity, "running_cost_basis") == "already_deducted"
        both = any(appraisal.projection.get(entity, "arrangement_cost", payer).usable for payer in PAYERS)
        if deducted and not both and appraisal.projection.get(entity, "additional_people").usable:
            yield "Ratio", f"{entity.title}: only the net saving is known, so the ratio is to set-up alone"
        yield from _release(appraisal, entity.path)


def _release(appraisal: Appraisal, path: str) -> Items:
    """When the cashable part can be taken out of a budget."""
    for payer in PAYERS:
        found = appraisal.projection.nearest(appraisal.case.model.entities[path], "cashable_share", payer)
        figure = appraisal.case.figures.get(found.key)
        if figure and figure.number:
            said = figure.detail.note or "no condition for its release is given"
            yield "Cashable", f"{name_of(appraisal.case, found.key)} {figure.number.text}: {said}"


# --- as data --------------------------------------------------------------------------------------------------------


def appraisal_rows(appraisal: Appraisal) -> Iterator[Sequence[Any]]:
    """One row for each quantity of adjustments, appraisal and finance that applies."""
    case = appraisal.case
    for result in appraisal.results():
        last = result.key.rsplit(".", 1)[-1]
        yield (
            case.place, case.scenario.name, result.key, result.title, last if last in appraisal.periods else "",
            number(result.value), unit_words(result.unit), result.status, number(result.low), number(result.high),
            "; ".join(result.state.because), number(result.worst), number(result.best),
        )  # fmt: skip


def appraisal_json(appraisal: Appraisal) -> dict[str, Any]:
    """Everything of an appraisal: how it was done, its quantities, the figures behind them."""
    case, results = appraisal.case, appraisal.results()
    behind = case.plan.behind(result.key for result in results)
    return {
        "format": FORMAT,
        "place": {"name": case.place, "code": case.code or None, "year": case.year or None, "file": case.file},
        "scenario": {"name": case.scenario.name, "title": case.scenario.title},
        "method": dict(method_items(appraisal)),
        "price_base": appraisal.base or None,
        "together": list(appraisal.together),
        "quantities": [dict(zip(COLUMNS[2:], row[2:], strict=True)) for row in appraisal_rows(appraisal)],
        "figures": [figure_json(case.figures[key]) for key in behind if key in case.figures],
        "notes": [
            {"kind": note.kind, "about": list(note.keys), "text": note.text}
            for note in evidence_notes(case, [result.key for result in results])
        ],
    }
