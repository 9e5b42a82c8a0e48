"""What is saved in a year at full scale, for each payer: avoided, taken off, incurred, and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from carescale.case import PORTFOLIO
from carescale.engine.model import Entity
from carescale.formulas.vocabulary import PAYERS
from carescale.report import blocks
from carescale.report.blocks import NOTHING, Cell, Row, Table
from carescale.report.screens.fields import Field, Fields, called, columns, only, quantity, row, spread, together
from carescale.report.screens.sure import with_intervals
from carescale.report.view import View


def _incurred(view: View, entity: Entity, payer: str) -> Cell:
    """What is spent in a year, or that the saving is already net of it and the cost is not known."""
    cost, avoided = (view.get(entity, name, payer) for name in ("cost_incurred", "cost_avoided"))
    deducted = view.case.model.choice(entity, "running_cost_basis") == "already_deducted"
    return "in saving" if deducted and cost.absent == NOTHING and not avoided.absent else cost


_NET, _KNOWN = "Net", "Less known\ncosts"  # what leaves out a cost that is not known is never called net


SAVINGS: Fields = (
    Field("Cost\navoided", quantity("cost_avoided")),
    Field("Taken off", lambda view, entity, payer: view.get(entity, "taken_off_savings", payer, taken_off=True)),
    Field("Cost\nincurred", _incurred),
    Field(_NET, quantity("net_saving")),
    Field("Worst–best", spread("net_saving"), live=False),
)


def savings(view: View) -> Table | None:
    before = any(view.before_costs(PORTFOLIO, payer) for payer in PAYERS)
    fields = with_intervals(view, called(SAVINGS, _NET, _KNOWN) if before else SAVINGS)
    rows = [found for payer in PAYERS for found in _rows(view, fields, payer)]
    return blocks.table(columns("Savings a year at full scale", fields), rows, "savings")


def _rows(view: View, fields: Fields, payer: str) -> list[Row]:
    """One payer's savings; none where nothing is published of that payer."""
    if not view.in_all("net_saving", payer).usable and payer != "council":
        return []
    rows = [row(view, entity, fields, "part", payer) for entity in view.case.interventions]
    net = next(field.heading for field in fields if field.heading in (_NET, _KNOWN))
    return [only(PAYERS[payer], fields, "section"), *rows, *overlap_and_total(view, fields, payer, net)]


def overlap_and_total(view: View, fields: Fields, payer: str, net: str) -> Iterator[Row]:
    """What is taken off for overlap, and the total, where there is more than one intervention."""
    overlap = view.in_all("total_overlap", payer)
    if overlap.usable:
        yield only("less overlap", fields, "part", {net: view(overlap, taken_off=True)})
    if len(view.case.interventions) > 1:
        yield together(view, fields, payer)
