"""Worst to best: what each result comes to when every range stands at the end that is bad, or good, for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from carescale.analysis.projection import Result
from carescale.case import PORTFOLIO
from carescale.engine.model import Entity
from carescale.formulas.vocabulary import PAYERS
from carescale.report import blocks
from carescale.report.blocks import Cell, Column, Row, Table, Value
from carescale.report.formats import RATIO
from carescale.report.screens.fields import only
from carescale.report.view import View
from carescale.report.words import lower_first

OF_THE_PLAN = (
    "additional_people", "additional_people_a_year", "net_saving", "set_up_cost", "break_even_month", "peak_funding",
)  # fmt: skip
OF_AN_APPRAISAL = (
    "present_value_of_savings", "present_value_of_costs", "net_present_value", "benefit_cost_ratio", "return_on_set_up",
)  # fmt: skip

_RATIOS = ("benefit_cost_ratio", "return_on_set_up")
_BEFORE_COSTS: Mapping[str, tuple[str, str]] = {
    "net_saving": ("cost_incurred", "saving less known costs"),
    "net_present_value": ("present_value_of_costs", "present value less known costs"),
}


def worst_best(view: View, names: Sequence[str]) -> Table | None:
    """The results of some names that a range moves, by payer; nothing where there is none.

    It is of the plan as filed: a workbook, whose inputs change, leaves it out.
    """
    rows = []
    for payer in ("", *PAYERS):
        found = [row for entity in _entities(view) for row in _rows(view, entity, names, payer)]
        rows += [only(PAYERS[payer], (), "section")] if payer and found else []
        rows += found
    wide = [Row((row.cells[0], *(row.cells[1:] or ("", "", ""))), row.kind) for row in rows]
    columns = (Column(heading, live=False) for heading in ("Worst", "As given", "Best"))
    return blocks.table([Column("Worst–best, no probability", "words"), *columns], wide, "worst-best")


def _entities(view: View) -> list[Entity]:
    planned = list(view.case.interventions)
    return [*planned, view.case.model.entities[PORTFOLIO]] if len(planned) > 1 else planned


def _rows(view: View, entity: Entity, names: Sequence[str], payer: str) -> Iterator[Row]:
    for name in names:
        try:
            result = view.projection.get(entity, name, *((payer,) if payer else ()))
        except KeyError:  # not of this level, or not by payer
            continue
        if result.low is not None and result.usable:
            whose = "Together" if entity.path == PORTFOLIO else entity.title
            unit = RATIO if name in _RATIOS else result.unit
            given = replace(view(result, unit), low=None, high=None)
            cells = (_end(view, result.worst, unit), given, _end(view, result.best, unit))
            yield Row((f"{whose}: {_called(view, entity, payer, result)}", *cells), "part" if payer else "plain")


def _called(view: View, entity: Entity, payer: str, result: Result) -> str:
    """The title of a result; what leaves out a cost that is not known is never called net."""
    for name, (cost, instead) in _BEFORE_COSTS.items():
        if f".{name}" in result.key and view.before_costs(entity, payer, cost):
            return instead
    return lower_first(result.title)


def _end(view: View, number: float | None, unit: str) -> Cell:
    return Value(unit=unit, number=number, horizon=view.case.horizon, beyond="" if unit == "month" else "not back")
