"""The screen of `budget` for a table: what all areas come to by financial year, and one row an area and year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carescale.analysis.budget import Budget, year_name
from carescale.case import PORTFOLIO
from carescale.formulas.vocabulary import PAYERS
from carescale.numbers import DIGITS
from carescale.report import blocks
from carescale.report.blocks import Block, Cell, Column, Headline, Line, Records, Row, Said, Screen, Table, Value
from carescale.report.formats import COMPACT_MONEY
from carescale.report.screens.budget import in_short, method_items
from carescale.report.screens.headline import listed, plan_title, subtitle
from carescale.report.words import payer_name

if TYPE_CHECKING:
    import polars

_FIRST_ROWS, _MOST_ROWS = 15, 400
_AMOUNTS = {
    "cash_saved": "cash_saving_of_year",
    "running_cost": "cash_running_of_year",
    "arrangements": "cash_arrangements_of_year",
    "coordinators": "cash_staff_of_year",
    "recurrent_saving": "cash_recurrent_of_year",
    "savings_line": "change_of_recurrent",
    "full_year_effect": "full_year_effect",
    "set_up": "cash_set_up_of_year",
    "net_cash": "cash_net_of_year",
    "cash_so_far": "cash_so_far",
    "net_in_base_year_prices": "real_net_of_year",
}


def budget_areas_screen(budget: Budget) -> Screen:
    """Everything that `budget` says of a table of areas."""
    return Screen(
        blocks=lambda: _blocks(budget, _MOST_ROWS),
        first=lambda: _blocks(budget, _FIRST_ROWS),
        records=Records((), frame=lambda: budget_frame(budget)),
        report=lambda: _blocks(budget, _MOST_ROWS),
        book=lambda path, command: _write_book(budget, path, command),
    )


def _write_book(budget: Budget, path: Path, command: str) -> None:
    from carescale.report.workbook.frame import write_frame_workbook

    write_frame_workbook(budget.case, "Cash by area and year", budget_frame(budget), path, command)


def _blocks(budget: Budget, rows: int) -> list[Block]:
    payers = budget.payers
    method = blocks.notes("Method", method_items(budget), "method") if rows > _FIRST_ROWS else None
    said = f"{in_short(budget)} One row an area, payer and year: -o budget.csv"
    tables = (table for payer in payers for table in (_together(budget, payer), _areas(budget, payer, rows)))
    return [_headline(budget), subtitle(budget.case), *blocks.there(*tables), Line((said,)), *blocks.there(method)]


def _headline(budget: Budget) -> Headline:
    last = budget.years[-1]
    answers: list[Said] = []
    for payer in budget.payers:
        total = budget.projection.total(f"{PORTFOLIO}.cash_recurrent_of_year.{payer}.{last}")
        over = f" over {total.known} areas" + (f"; {total.missing} not known" if total.missing else "")
        value = Value(unit=COMPACT_MONEY, number=total.value)
        answers.append((value, f" in cash in {year_name(last)} ({payer_name(payer)}{over})"))
    return Headline((f"{plan_title(budget.case)} → ", *listed(answers)))


_TOGETHER = (
    ("Recurrent saving", "cash_recurrent_of_year"),
    ("Savings line: change", "change_of_recurrent"),
    ("Net cash", "cash_net_of_year"),
)


def _columns(budget: Budget, heading: str) -> list[Column]:
    return [Column(heading, "words"), *(Column(year_name(year)) for year in budget.years)]


def _together(budget: Budget, payer: str) -> Table | None:
    """What the areas that are known come to."""
    rows = []
    for label, name in _TOGETHER:
        keys = [f"{PORTFOLIO}.{name}.{payer}.{year}" for year in budget.years]
        totals = [budget.projection.total(key).value for key in keys]
        rows.append(Row((label, *(Value(unit="GBP", number=total) for total in totals))))
    return blocks.table(_columns(budget, f"{PAYERS[payer]}, cash, all areas, £"), rows, "together", keep_empty=True)


def _areas(budget: Budget, payer: str, most: int) -> Table | None:
    """The savings line of each area, in the table's order; of a long table the first of them."""
    areas = budget.case.areas
    assert areas is not None
    values = [_array(budget, "change_of_recurrent", payer, year) for year in budget.years]
    shown = min(len(areas), most)
    rows = [Row((str(areas.names[at]), *(_amount(series[at]) for series in values))) for at in range(shown)]
    left = len(areas) - shown
    rows += [Row((f"and {left} more", *("" for _ in values)))] if left else []
    return blocks.table(_columns(budget, f"{PAYERS[payer]}, savings line, £"), rows, "areas", keep_empty=True)


def _amount(value: float) -> Cell:
    return Value(unit="GBP", number=float(value)) if value == value else Value(absent=blocks.NOT_KNOWN)


def _array(budget: Budget, name: str, payer: str, year: str) -> Any:
    """The values of a quantity, one for each area; NaN where it is not known."""
    import numpy as np

    assert budget.projection.axis is not None
    value = budget.projection.get(PORTFOLIO, name, payer, year).value
    return np.broadcast_to(np.nan if value is None else value, (budget.projection.axis.count,))


def budget_frame(budget: Budget) -> polars.DataFrame:
    """One row for each area, payer and financial year; what is not known is blank."""
    import polars
    from polars import selectors

    areas = budget.case.areas
    assert areas is not None
    frames = []
    for payer, year in _payers_and_years(budget):
        columns: dict[str, Any] = {
            "place": polars.repeat(budget.case.place, len(areas), eager=True),
            "scenario": polars.repeat(budget.case.scenario.name, len(areas), eager=True),
            "code": areas.codes,
            "name": areas.names,
            "payer": polars.repeat(payer, len(areas), eager=True),
            "financial_year": polars.repeat(year_name(year), len(areas), eager=True),
        }
        columns |= {heading: _array(budget, name, payer, year) for heading, name in _AMOUNTS.items()}
        columns["prices"] = polars.repeat(f"cash, from prices of {budget.base}", len(areas), eager=True)
        frames.append(polars.DataFrame({name: polars.Series(name, values) for name, values in columns.items()}))
    frame = polars.concat(frames).fill_nan(None)
    return frame.with_columns(selectors.float().round_sig_figs(DIGITS)).sort("code", "payer", maintain_order=True)


def _payers_and_years(budget: Budget) -> Iterator[tuple[str, str]]:
    payers: Sequence[str] = budget.payers
    return ((payer, year) for payer in payers for year in budget.years)
