"""Social investment on the screen of `appraise`: drawn, repaid, owed, and who bears it where growth is slow."""

from __future__ import annotations

from collections.abc import Iterator

from carescale.analysis.appraisal import DELIVERY, Appraisal
from carescale.analysis.projection import Projection
from carescale.engine.model import Entity
from carescale.formulas.finance import paid_less
from carescale.numbers import percent
from carescale.report.blocks import Block, Line, Row, Table, table
from carescale.report.values import RATIO, Shower
from carescale.report.values import show as show_value

_ROWS = (
    ("More people in arrangements", "additional_people"),
    ("Drawn", "total_drawn"),
    ("Repaid by premium", "total_repaid"),
    ("Most outstanding", "most_outstanding"),
    ("Balance at the horizon", "balance_left"),
    ("Month repaid", "month_repaid"),
    ("Total paid, with the fee", "total_paid"),
    ("Money multiple", "money_multiple"),
    ("Rate of return a year (IRR)", "rate_of_return"),
)
_SEEN = (
    ("Funding", "funding"),
    ("Funding a person reached", "funding_per_person"),
    ("Funding a week of care", "funding_per_week_of_care"),
    ("Arrangement-weeks to repay a scheme", "weeks_to_repay_a_scheme"),
    ("People reached, against plan", "delivery_seen"),
)
_YEAR = 12
SLOW_SCENARIO = "incubator-pace"
_BORNE = "The premium is paid only for arrangement-weeks that are lived, so the investor bears slow growth"


def funding_blocks(show: Shower, appraisal: Appraisal) -> Iterator[Block | None]:
    """For each intervention with funding: what was seen of it, what comes of it, and who bears the risk."""
    for entity in appraisal.funded():
        slower = appraisal.slower(entity)
        columns = [("This plan", show)]
        if slower and show.shows_other_plans:
            columns.append((f"At {percent(slower[1], 0)}\nof plan", Shower(slower[0])))
        yield _seen(show, entity)
        yield _outcome(columns, entity)
        yield _balances(columns, entity, appraisal.case.horizon)
        if show.shows_other_plans:
            yield Line(_risk([one.projection for _, one in columns], entity))
        else:
            yield Line(f"{_BORNE}.")
            yield Line(_elsewhere(show, entity)) if slower else None
        for _, one in columns[1:]:
            show.marks |= one.marks
            show.shown |= one.shown


def _seen(show: Shower, entity: Entity) -> Table | None:
    found = [(label, show.projection.get(entity, name)) for label, name in _SEEN]
    rows = [Row((label, show(result))) for label, result in found if result.usable]
    return table("", (f"{entity.title}: social investment", "As given"), rows)


def _outcome(columns: list[tuple[str, Shower]], entity: Entity) -> Table | None:
    rows = [Row((label, *(_cell(show, entity, name) for _, show in columns))) for label, name in _ROWS]
    horizon = columns[0][1].case.horizon
    return table("", (f"By month {horizon}", *(heading for heading, _ in columns)), rows)


def _cell(show: Shower, entity: Entity, name: str) -> str:
    result = show.projection.get(entity, name)
    return show(result, RATIO if name == "money_multiple" else "")


def _balances(columns: list[tuple[str, Shower]], entity: Entity, horizon: int) -> Table | None:
    """The balance at each year's end; every month of it is in `project FILE --monthly`."""
    key = f"{entity.path}.balance"
    if not columns[0][1].case.plan.need(key).usable:
        return None
    months = sorted({*range(0, horizon + 1, _YEAR), horizon})
    balances = [show.in_months(key, months) for _, show in columns]
    rows = [Row((f"Month {month}", *cells)) for month, *cells in zip(months, *balances, strict=True)]
    return table("", ("Balance outstanding", *(heading for heading, _ in columns)), rows)


def _risk(projections: list[Projection], entity: Entity) -> str:
    """Who bears it, from the numbers: the premium is paid for weeks that are lived, and for no others."""
    first = projections[0]
    text, left = _BORNE, projections[-1].get(entity, "balance_left")
    if not left.usable:
        return f"{text}."
    if len(projections) > 1:
        before, after = (one.get(entity, "total_repaid").value or 0 for one in projections)
        text += f": {show_value(paid_less(before, after), 'GBP')} less is paid by month {first.case.horizon}"
    if left.value:
        return f"{text}, and {show_value(left.value, 'GBP')} is still owed then."
    return f"{text}; what is owed is repaid within the horizon all the same."


def _elsewhere(show: Shower, entity: Entity) -> str:
    """Where the plan at the pace that was seen is to be had, when it cannot stand beside this one."""
    pace = show.bare(show.projection.get(entity, "delivery_seen"))
    return (
        f"At the pace that was seen it is another workbook: `--set {entity.path}.{DELIVERY}={pace}` writes it, and so "
        f"does a scenario with a pace of its own, such as `--scenario {SLOW_SCENARIO}`."
    )
