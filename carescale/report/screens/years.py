"""Net saving by April-March financial year, where the plan has a start."""

from __future__ import annotations

from carescale.case import PORTFOLIO
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, PAYERS
from carescale.report import blocks
from carescale.report.blocks import Row, Table
from carescale.report.view import View
from carescale.report.words import payer_name


def years_tables(view: View) -> list[Table | None]:
    """Net saving by financial year, for each payer, where the plan has a start."""
    return [_payer_years(view, payer) for payer in PAYERS] if view.case.model.dimensions["year"] else []


def _payer_years(view: View, payer: str) -> Table | None:
    known = [one for one in view.case.interventions if view.projection.get(one, "net_saving", payer).usable]
    entities = [*known, *([view.case.model.entities[PORTFOLIO]] if len(known) > 1 else [])]
    rows = [
        Row((_year_name(view, year), *(view.get(one, "net_saving_in_year", payer, year) for one in entities)))
        for year in view.case.model.dimensions["year"]
    ]
    titles = ["Together" if one.level == "case" else one.title for one in entities]
    before = any(view.before_costs(one, payer) for one in entities)
    called = "Saving less known costs" if before else "Net saving"
    heading = f"{called} by year, before set-up ({payer_name(payer)})"
    shown = [blocks.Column(heading, "words"), *map(blocks.Column, titles)]
    return blocks.table(shown, rows, "years") if entities else None


def _year_name(view: View, year: str) -> str:
    """A financial year; how many of its months the plan covers, where that is not all."""
    first, last = (int(view.case.model.numbers[f"{PORTFOLIO}.{end}_month_of_year.{year}"]) for end in ("first", "last"))
    months = last - max(first, 1) + 1
    name = year.replace("_", "/")
    return name if months == MONTHS_PER_YEAR else f"{name} ({months} month{'s' if months != 1 else ''})"
