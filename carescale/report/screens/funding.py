"""Social investment on the screen of `appraise`: drawn, repaid, owed, and who bears it where growth is slow."""

from __future__ import annotations

from collections.abc import Iterator

from carescale.analysis.appraisal import DELIVERY, Appraisal
from carescale.analysis.projection import Projection
from carescale.engine.model import Entity, Status
from carescale.formulas.finance import paid_less
from carescale.formulas.vocabulary import PAYERS
from carescale.report import blocks
from carescale.report.blocks import Block, Column, Line, Row, Said, Table, Value
from carescale.report.formats import RATIO, written
from carescale.report.view import View
from carescale.report.words import payer_name

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
    ("Weeks of care, against plan", "delivery_seen_by_weeks"),
    ("Lent beyond the set-up cost", "lent_beyond_set_up"),
)
_YEAR = 12
SLOW_SCENARIO = "incubator-pace"
_BORNE = "The premium is paid only for arrangement-weeks that are lived, so the investor bears slow growth"


def funding_blocks(view: View, appraisal: Appraisal) -> Iterator[Block | None]:
    """For each intervention with funding: what was seen of it, what comes of it, and who bears the risk."""
    for entity in appraisal.funded():
        fits = appraisal.fits(entity)
        plans = [(Column("This plan"), view)]
        plans += [(Column(fit.heading, live=False), View(fit.projection)) for fit in fits]
        yield _seen(view, entity)
        yield _outcome(plans, entity)
        yield from _with_finance(view, entity)
        yield _balances(plans, entity, appraisal.case.horizon)
        risk = _risk([one.projection for _, one in plans[:2]], entity)
        yield Line(
            (_said(view, entity, risk, several=len(fits) > 1),), "funding", _elsewhere(view, entity) if fits else None
        )


def _seen(view: View, entity: Entity) -> Table | None:
    found = [(label, view.get(entity, name)) for label, name in _SEEN]
    rows = [Row((label, value)) for label, value in found if not value.absent]
    return blocks.table([Column(f"{entity.title}: social investment", "words"), Column("As given")], rows, "as-given")


def _outcome(plans: list[tuple[Column, View]], entity: Entity) -> Table | None:
    rows = [Row((label, *(_cell(view, entity, name) for _, view in plans))) for label, name in _ROWS]
    heading = Column(f"By month {plans[0][1].case.horizon}", "words")
    return blocks.table([heading, *(column for column, _ in plans)], rows, "funding")


def _cell(view: View, entity: Entity, name: str) -> Value:
    return view.get(entity, name, unit=RATIO if name == "money_multiple" else "")


def _balances(plans: list[tuple[Column, View]], entity: Entity, horizon: int) -> Table | None:
    """The balance at each year's end; every month of it is in `project FILE --monthly`."""
    key = f"{entity.path}.balance"
    if not plans[0][1].case.plan.need(key).usable:
        return None
    months = sorted({*range(0, horizon + 1, _YEAR), horizon})
    balances = [view.in_months(key, months) for _, view in plans]
    rows = [Row((f"Month {month}", *cells)) for month, *cells in zip(months, *balances, strict=True)]
    heading = Column("Balance outstanding", "words")
    return blocks.table([heading, *(column for column, _ in plans)], rows, "balance")


_FINANCED = (
    ("Net present value", "net_present_value", "net_present_value_with_finance", ""),
    ("Benefit-cost ratio", "benefit_cost_ratio", "benefit_cost_ratio_with_finance", RATIO),
    ("Peak funding", "peak_funding", "peak_funding_with_finance", ""),
    ("Break-even month", "break_even_month", "break_even_month_with_finance", ""),
)


def _with_finance(view: View, entity: Entity) -> Iterator[Table | None]:
    """The account of each payer who pays for the funding, without the funder in it and with."""
    for payer in PAYERS:
        paid = view.projection.get(entity, "present_value_of_finance", payer)
        if not paid.usable or not paid.value:
            continue
        rows = [
            Row((label, view.get(entity, without, payer, unit=unit), view.get(entity, within, payer, unit=unit)))
            for label, without, within, unit in _FINANCED
        ]
        unknown = paid.state.status == Status.PARTIAL
        heading = "With finance,\nbefore its cost\nnot known" if unknown else "With\nfinance"
        shown = [Column(f"{entity.title} ({payer_name(payer)})", "words"), Column("Without\nfinance"), Column(heading)]
        yield blocks.table(shown, rows, "finance")


def _said(view: View, entity: Entity, risk: str, *, several: bool) -> str:
    """Who bears it; that two numbers choose between no paces; and how far the premium is a bound."""
    parts = [risk]
    if several:
        parts.append("Two published numbers cannot choose between these paces.")
    key = view.projection.nearest(entity, "growth_premium").key
    premium = view.case.figures.get(key)
    if premium and premium.number and premium.detail.note:
        parts.append(f"Premium {premium.number.text}: {premium.detail.note}.")
    return " ".join(parts)


def _risk(projections: list[Projection], entity: Entity) -> str:
    """Who bears it, from the numbers: the premium is paid for weeks that are lived, and for no others."""
    first = projections[0]
    text, left = _BORNE, projections[-1].get(entity, "balance_left")
    if not left.usable:
        return f"{text}."
    if len(projections) > 1:
        before, after = (one.get(entity, "total_repaid").value or 0 for one in projections)
        text += f": {written(paid_less(before, after), 'GBP')} less is paid by month {first.case.horizon}"
    if left.value:
        return f"{text}, and {written(left.value, 'GBP')} is still owed then."
    return f"{text}; what is owed is repaid within the horizon all the same."


def _elsewhere(view: View, entity: Entity) -> Said:
    """Where a workbook, which holds one plan, says that the plan at the pace that was seen is to be had."""
    pace = view(view.projection.get(entity, "delivery_seen"), marks=False)
    return (
        f"{_BORNE}.\nAt the pace that was seen it is another workbook: `--set {entity.path}.{DELIVERY}=", pace,
        f"` writes it, and so does a scenario with a pace of its own, such as `--scenario {SLOW_SCENARIO}`.",
    )  # fmt: skip
