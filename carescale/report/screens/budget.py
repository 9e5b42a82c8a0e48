"""The screen of `budget`: cash by financial year for each payer, the savings line, and what of it is cash and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from carescale.analysis.budget import AS_PRINTED, UPLIFTS, Budget, forecast_from, year_name
from carescale.case import PORTFOLIO
from carescale.engine.model import Entity
from carescale.formulas.vocabulary import PAYERS
from carescale.report import blocks
from carescale.report.blocks import (
    MARKS,
    NOT_KNOWN,
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
from carescale.report.formats import COMPACT_MONEY, THOUSANDS, number
from carescale.report.screens import notes
from carescale.report.screens.headline import listed, plan_title, subtitle
from carescale.report.screens.records import figure_json
from carescale.report.view import View
from carescale.report.words import name_of, payer_name, unit_words

FORMATS = ("xlsx", "docx")
FORMAT = "carescale.budget/1"
COLUMNS = (
    "place", "scenario", "key", "quantity", "intervention", "payer", "financial_year", "value", "unit", "status",
    "because", "prices",
)  # fmt: skip
_LARGE = 1_000_000  # from here on a table of years is in thousands
_SAVING, _COST, _LEVEL, _APART = "part", "cost", "total", "apart"

# A row of a payer's table: its name, the quantity, and how it is shown. Rows that are nothing in every year are left
# out, unless they are a level.
_LINES = (
    ("Cash saved", "cash_saving_of_year", _SAVING),
    ("less running cost", "cash_running_of_year", _COST),
    ("less arrangements", "cash_arrangements_of_year", _COST),
    ("less coordinators", "cash_staff_of_year", _COST),
    ("Recurrent saving", "cash_recurrent_of_year", _LEVEL),
    ("Savings line: change", "change_of_recurrent", _LEVEL),
    ("Full-year effect", "full_year_effect", _SAVING),
    ("less set-up, once", "cash_set_up_of_year", _COST),
    ("less double running", "cash_double_running_of_year", _COST),
    ("finance", "cash_finance_of_year", _SAVING),
    ("Net cash", "cash_net_of_year", _LEVEL),
    ("Change of net cash", "change_of_net", _SAVING),
    ("Cash so far", "cash_so_far", _SAVING),
    ("Net, base-year prices", "real_net_of_year", _SAVING),
)
_FIRST = {"Cash saved", "less running cost", "less arrangements", "less coordinators", "Recurrent saving"}
_FIRST |= {"Savings line: change", "Full-year effect", "less set-up, once", "finance", "Net cash", "Cash so far"}
_BESIDE = (
    ("Fees beyond prices", "beyond_prices_fees_of_year", _SAVING),
    ("Pay beyond prices", "beyond_prices_pay_of_year", _SAVING),
)
_NOT_CASH = (
    ("Growth avoided", "growth_avoided_of_year", _SAVING),
    ("Capacity freed", "capacity_freed_of_year", _SAVING),
    ("Saving on more demand", "demand_on_saving_of_year", _SAVING),
    ("less cost of more demand", "demand_on_cost_of_year", _COST),
)
Lines = Sequence[tuple[str, str, str]]


def budget_screen(budget: Budget) -> Screen:
    """Everything that `budget` says of one place."""
    shown = BudgetScreen(View(budget.projection), budget)
    return Screen(
        blocks=lambda: shown.blocks,
        first=shown.first,
        records=Records(COLUMNS, lambda: budget_rows(budget)),
        document=lambda: budget_json(budget),
        book=lambda path, command: _write_book(budget, path, command, shown.blocks),
        report=lambda: shown.blocks,
    )


def _write_book(budget: Budget, path: Path, command: str, shown: Sequence[Block]) -> None:
    from carescale.report.workbook.book import write_workbook

    write_workbook(budget.projection, path, command, shown)


class BudgetScreen(Struct, frozen=True, dict=True):
    """The blocks of a budget, worked out when they are asked for."""

    view: View
    budget: Budget

    @cached_property
    def tables(self) -> list[Block]:
        """Every table, in order."""
        self.view.ask_everything()
        payers = self.budget.payers
        return blocks.there(
            *(self._cash(payer, _LINES) for payer in payers),
            *(self._by_intervention(payer) for payer in payers),
            *(self._by_heading(payer) for payer in payers),
            self._release(),
            *(self._lines(payer, "what is no cash", _NOT_CASH, "not-cash") for payer in payers),
            self._uplifts(),
            *(self._lines(payer, "what rises beyond prices", _BESIDE, "beyond-prices") for payer in payers),
        )

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything, with the method and the notes."""
        shown = [*self._above(), *self.tables]
        method = blocks.notes("Method", method_items(self.budget), "method")
        careful = blocks.notes("Read with care", notes.note_items(self.view.case, blocks.keys_in(self.tables)), "notes")
        return [*shown, *blocks.there(blocks.legend(shown), method, careful, self._sources())]

    def first(self) -> list[Block]:
        """What decides: the first payer's table, what is no cash, what it rests on; the others' are an option away."""
        first = [line for line in _LINES if line[0] in _FIRST]
        tables = [self._cash(payer, first) for payer in self.budget.payers[:1]]
        tables.append(self._lines("council", "what is no cash", _NOT_CASH, "not-cash"))
        shown = [*self._above(), *blocks.there(*tables)]
        careful = notes.cautions(self.view.case, shown, release_items(self.budget))
        named = [Line((), part) for part in ("method", "notes")]
        more = notes.more([*self.tables, *named, *blocks.there(self._sources())])
        return [*shown, *blocks.there(blocks.legend(shown), Line((in_short(self.budget),)), careful, more)]

    def _above(self) -> list[Block]:
        return [self._headline(), subtitle(self.view.case)]

    def _sources(self) -> Block | None:
        return notes.sources_block(self.view.case, blocks.keys_in(self.tables))

    def _headline(self) -> Headline:
        answers = [self._answer(payer) for payer in self.budget.payers]
        return Headline((f"{plan_title(self.view.case)} → ", *listed(answers)))

    def _answer(self, payer: str) -> Said:
        last = self.budget.years[-1]
        value = self.view.in_all("cash_recurrent_of_year", payer, last)
        if value.value is None:
            return (f"cash not known ({payer_name(payer)})",)
        before = " before costs that are not known" if self._before(PORTFOLIO, payer) else ""
        marks = self.view.marks_of(value).replace("*", "" if before else "*")
        amount = self.view(value, COMPACT_MONEY, marks=False)
        return (amount, f" in cash in {year_name(last)}{before} ({payer_name(payer)})", marks)

    def _before(self, entity: Entity | str, payer: str) -> bool:
        return self.view.before_costs(entity, payer, "monthly_cost")

    # --- tables by year ------------------------------------------------------------------------------------------

    def _cash(self, payer: str, lines: Lines) -> Table | None:
        """A payer's cash by financial year, a row a line."""
        called: dict[str, str] = {}
        if self._before(PORTFOLIO, payer):
            called = {"Recurrent saving": "Recurrent, known costs", "Net cash": "Net of known costs"}
        if not self.view.in_all("cash_saving_of_year", payer, self.budget.years[-1]).usable:
            called = {"Recurrent saving": "Recurrent, no saving", "Net cash": "Net before any saving"}
        named = [(called.get(label, label), name, kind) for label, name, kind in lines]
        return self._lines(payer, "cash", named, "cash")

    def _lines(self, payer: str, what: str, lines: Lines, part: str) -> Table | None:
        rows = [(label, self._cells(PORTFOLIO, name, payer, kind), kind) for label, name, kind in lines]
        kept = [(label, cells, kind) for label, cells, kind in rows if kind == _LEVEL or _says(cells)]
        amounts = self._amounts([cells for _, cells, _ in kept])
        body = [
            Row((label, *(_in(cell, amounts) for cell in cells)), "total" if kind == _LEVEL else "plain")
            for label, cells, kind in kept
        ]
        return self._table(f"{PAYERS[payer]}, {what}", amounts, body, part)

    def _by_intervention(self, payer: str) -> Table | None:
        """Recurrent saving, and under it the change, of each intervention."""
        entities = self.view.case.interventions
        rows: list[tuple[str, list[Cell], str]] = []
        for entity in entities:
            level = self._cells(entity, "cash_recurrent_of_year", payer, _SAVING)
            if _says(level):
                heading = f"{entity.title} (known)" if self._before(entity, payer) else entity.title
                rows.append((heading, level, "plain"))
                rows.append(("change", self._cells(entity, "change_of_recurrent", payer, _SAVING), "part"))
        overlap = self._cells(PORTFOLIO, "cash_overlap_of_year", payer, _COST)
        rows += [("less overlap", overlap, "plain")] if rows and _says(overlap) else []
        amounts = self._amounts([cells for _, cells, _ in rows])
        body = [Row((label, *(_in(cell, amounts) for cell in cells)), kind) for label, cells, kind in rows]
        return self._table(f"{PAYERS[payer]}, recurrent by intervention", amounts, body, "by-intervention")

    def _by_heading(self, payer: str) -> Table | None:
        """Recurrent saving, and under it the change, of each line of the council's budget that the file names."""
        rows: list[tuple[str, list[Cell], str]] = []
        for heading, entities in self.budget.headings.items():
            level = self._added(entities, "cash_recurrent_of_year", payer)
            if _says(level):
                rows.append((heading, level, "plain"))
                rows.append(("change", self._added(entities, "change_of_recurrent", payer), "part"))
        amounts = self._amounts([cells for _, cells, _ in rows])
        body = [Row((label, *(_in(cell, amounts) for cell in cells)), kind) for label, cells, kind in rows]
        return self._table(f"{PAYERS[payer]}, recurrent by service heading", amounts, body, "by-heading")

    def _added(self, entities: Sequence[Entity], name: str, payer: str) -> list[Cell]:
        """A quantity by year over some interventions, of those of which it is known."""
        if len(entities) == 1:
            return self._cells(entities[0], name, payer, _SAVING)
        return [self._total(entities, name, payer, year) for year in self.budget.years]

    def _total(self, entities: Sequence[Entity], name: str, payer: str, year: str) -> Cell:
        total = self.budget.added(entities, name, payer, year)
        parts = [self.view.get(entity, name, payer, year) for entity in entities]
        marks = {mark for part in parts if not part.absent for mark in part.marks}
        if total is None:
            return Value(absent=NOT_KNOWN)
        return Value(unit="GBP", number=total, marks="".join(mark for mark in MARKS if mark in marks))

    def _table(self, what: str, amounts: str, rows: Sequence[Row], part: str) -> Table | None:
        heading = f"{what}, {'£000' if amounts else '£'}"
        shown = [Column(heading, "words"), *(Column(year_name(year)) for year in self.budget.years)]
        return blocks.table(shown, rows, part, keep_empty=True)

    def _cells(self, entity: Entity | str, name: str, payer: str, kind: str) -> list[Cell]:
        return [
            self.view.get(entity, name, payer, year, taken_off=kind == _COST) for year in self.budget.years
        ]  # fmt: skip

    def _amounts(self, rows: Sequence[Sequence[Cell]]) -> str:
        numbers = [abs(cell.number) for cells in rows for cell in cells if not isinstance(cell, str) and cell.number]
        return THOUSANDS if max(numbers, default=0.0) >= _LARGE else ""

    def _uplifts(self) -> Table | None:
        """What pay, fees and prices rise by each April."""
        years = self.budget.years[1:]
        rows = [
            Row((f"{label.capitalize()} rise by", NOTHING, *(self._uplift(kind, year) for year in years)))
            for kind, label in UPLIFTS.items()
        ]
        shown = [Column("Each April", "words"), *(Column(year_name(year)) for year in self.budget.years)]
        return blocks.table(shown, rows, "uplifts", keep_empty=True)

    def _uplift(self, kind: str, year: str) -> Cell:
        figure = self.budget.uplift(kind, year)
        return self.view(self.view.projection[figure.name], marks=False) if figure else NOTHING

    # --- cash, growth avoided, capacity freed ------------------------------------------------------------------------

    def _release(self) -> Table | None:
        """For each intervention and payer: how much of the saving is cash, what else it is, when, and who decides."""
        last = self.budget.years[-1]
        rows = []
        for entity in self.view.case.interventions:
            for payer in self.budget.payers:
                names = ("cash_saving_of_year", "growth_avoided_of_year", "capacity_freed_of_year")
                cells = [self.view.get(entity, name, payer, last) for name in names]
                if _says(cells):
                    said = _condition(self.budget, entity, payer)
                    rows.append(Row((f"{entity.title} ({payer_name(payer)})", *cells, *said)))
        headings = [Column(f"Saved in {year_name(last)}", "words"), Column("Cash"), Column("Growth\navoided")]
        headings += [Column("Capacity\nfreed"), Column("Released when", "words"), Column("Decided by", "words")]
        return blocks.table(headings, rows, "release")


def _says(cells: Sequence[Cell]) -> bool:
    return any(not isinstance(cell, str) and not cell.absent and cell.number for cell in cells)


def _in(cell: Cell, amounts: str) -> Cell:
    from msgspec.structs import replace

    return cell if isinstance(cell, str) or cell.absent or not amounts else replace(cell, unit=amounts)


def _condition(budget: Budget, entity: Entity, payer: str) -> tuple[str, str]:
    """When a saving is released and who decides, as the file says it."""
    found = [figure.detail for one, whose, figure in budget.conditions() if one is entity and whose == payer]
    when = "; ".join(dict.fromkeys(detail.released_when for detail in found if detail.released_when))
    who = "; ".join(dict.fromkeys(detail.decided_by for detail in found if detail.decided_by))
    return when or "not said", who or "not said"


# --- how it was done ------------------------------------------------------------------------------------------------

Items = Iterator[tuple[str, str]]


def in_short(budget: Budget) -> str:
    """In whose prices the figures start and what they rise by, in a line."""
    return f"In cash: {_base(budget)}; {_rises(budget)}."


def _base(budget: Budget) -> str:
    if budget.base == AS_PRINTED:
        return "figures as printed, taken to be in prices of the first year"
    return f"figures put into prices of {budget.base} by the GDP deflator"


def _rises(budget: Budget) -> str:
    if not budget.by_deflator:
        return "then each April's rises"
    kinds = listed_words([UPLIFTS[kind] for kind in budget.by_deflator])
    forecast = forecast_from(budget)
    held = f", its last growth held from {year_name(budget.held)}" if budget.held else ""
    return f"{kinds} then rise as it does{f' (a forecast from {forecast}{held})' if forecast or held else ''}"


def listed_words(words: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def method_items(budget: Budget) -> Items:
    """How it was done, and by which version of what."""
    deflator = budget.deflator
    yield "Cash", f"{_base(budget)}; {_rises(budget)}; rises fall in April and hold until March"
    yield "Deflator", f"{deflator.title} ({deflator.citation}) [{deflator.file}]; {deflator.forecast}"
    yield "Month 0", f"{budget.case.start}: set-up is spent then; what a month brings falls at its end"
    yield (
        "Savings line",
        "the change of the recurrent saving from the year before; they add up to the last year's level",
    )
    yield (
        "Part and full year",
        "what falls in a year is its part-year effect; twelve times its March, the full-year effect",
    )
    yield "Base-year prices", "net cash over the index of prices; present values are `carescale appraise`"
    if budget.not_rebased:
        names = "; ".join(name_of(budget.case, key) for key in budget.not_rebased)
        yield "Not rebased", f"{names}: no year is given, and they are taken to be in prices of {budget.base}"


def release_items(budget: Budget) -> Items:
    """Savings of which nobody says how much is cash."""
    told = {(entity.path, payer) for entity, payer, _ in budget.conditions()}
    last = budget.years[-1]
    silent = [
        f"{entity.title} ({payer_name(payer)})"
        for payer in budget.payers
        for entity in budget.case.interventions
        if (entity.path, payer) not in told and budget.projection.get(entity, "cash_saving_of_year", payer, last).value
    ]
    if silent:
        yield "All as cash", f"no `cashable_share` is given for {listed_words(silent)}"


# --- as data --------------------------------------------------------------------------------------------------------


def budget_rows(budget: Budget) -> Iterator[Sequence[Any]]:
    """One row for each quantity of a year; `prices` says of which year."""
    case = budget.case
    for result in budget.results():
        bound = budget.projection.bound(result.key)
        assert bound is not None
        where = dict(bound.dimensions)
        year = year_name(where.get("period", ""))
        real = bound.formula.name.startswith("real")
        yield (
            case.place, case.scenario.name, result.key, result.title,
            "" if bound.entity.path == PORTFOLIO else bound.entity.path, where.get("payer", ""), year,
            number(result.value), unit_words(result.unit), result.status, "; ".join(result.state.because),
            budget.base if real else "cash",
        )  # fmt: skip


def budget_json(budget: Budget) -> dict[str, Any]:
    """Everything of a budget: how it was done, its quantities, the figures behind them."""
    case, results = budget.case, budget.results()
    behind = case.plan.behind(result.key for result in results)
    return {
        "format": FORMAT,
        "place": {"name": case.place, "code": case.code or None, "year": case.year or None, "file": case.file},
        "scenario": {"name": case.scenario.name, "title": case.scenario.title},
        "start": case.start,
        "price_base": budget.base,
        "method": dict(method_items(budget)),
        "quantities": [dict(zip(COLUMNS[2:], row[2:], strict=True)) for row in budget_rows(budget)],
        "figures": [figure_json(case.figures[key]) for key in behind if key in case.figures],
    }
