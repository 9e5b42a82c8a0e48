"""When the money is back, and what it would take: the break-even tables on the screen of `project`."""

from __future__ import annotations

from carescale.case import PORTFOLIO
from carescale.engine.model import Entity, Status
from carescale.formulas.vocabulary import PAYERS
from carescale.report.blocks import Row, Table, table
from carescale.report.values import NOTHING, Shower


def _waiting(show: Shower, payer: str) -> list[Entity]:
    """Interventions for which a payer has set-up to pay; all of them for the council, which decides."""

    def pays(entity: Entity) -> bool:
        saving, once = (show.projection.get(entity, name, payer) for name in ("net_saving", "set_up_cost"))
        return payer == "council" or (saving.usable and once.value != 0)

    return [entity for entity in show.case.interventions if pays(entity)]


def break_even_table(show: Shower) -> Table | None:
    """For each payer: what is spent once, the pace, when it is back, and the most that must be found."""
    rows = []
    for payer in PAYERS:
        waiting = _waiting(show, payer)
        parts = [Row((entity.title, *_break_even_cells(show, entity, payer)), "part") for entity in waiting]
        rows += [Row((PAYERS[payer], *[""] * 5), "section"), *parts] if parts else []
        if len(waiting) > 1:
            cells = [show(show.projection.get(PORTFOLIO, name, payer)) for name in _BACK]
            rows.append(Row(("Together", cells[0], "", "", *cells[1:]), "total"))
    headings = ("Break-even, in months", "Set-up", "First\nmatch", "Full\nscale", "Breaks\neven", "Peak\nfunding")
    return table("", headings, rows)


_BACK = ("set_up_cost", "break_even_month", "peak_funding")


def _break_even_cells(show: Shower, entity: Entity, payer: str) -> tuple[str, ...]:
    set_up, month, peak = (show(show.projection.get(entity, name, payer)) for name in _BACK)
    return set_up, *_pace(show, entity), month, peak


def _pace(show: Shower, entity: Entity) -> tuple[str, str]:
    """The first match and full scale; neither where the ramp is a share for each year."""
    full_scale = show.projection.get(entity, "full_scale_month")
    if full_scale.state.status == Status.NOT_APPLICABLE:
        return NOTHING, NOTHING
    return show(show.projection.nearest(entity, "first_match_month")), show(full_scale)


def needed_table(show: Shower) -> Table | None:
    """The people, and the saving of each, that would repay the set-up by the horizon, beside those planned."""
    rows = []
    for payer in PAYERS:
        parts = [row for entity in _waiting(show, payer) for row in _needed_rows(show, entity, payer)]
        rows += [Row((PAYERS[payer], *[""] * 4), "section"), *parts] if parts else []
    headings = (
        f"To repay the planned set-up by month {show.case.horizon}",
        "People\nneeded", "People\nplanned", "Saving each\nneeded", "Saving each\nplanned",
    )  # fmt: skip
    return table("", headings, rows)


def _needed_rows(show: Shower, entity: Entity, payer: str) -> list[Row]:
    get = show.projection.get
    people = (get(entity, "break_even_people", payer), get(entity, "additional_people"))
    saving = (get(entity, "break_even_saving_per_person", payer), get(entity, "average_saving_per_person", payer))
    if not people[0].usable and not saving[0].usable:
        return []
    return [Row((entity.title, *(show(result) for result in (*people, *saving))), "part")]
