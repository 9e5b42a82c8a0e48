"""When it is back: set-up, the pace, the break-even month, the most that must be found; and what it would take."""

from __future__ import annotations

from carescale.engine.model import Entity, Status
from carescale.formulas.vocabulary import PAYERS
from carescale.report import blocks
from carescale.report.blocks import NOTHING, Cell, Table
from carescale.report.screens.fields import Asked, Field, Fields, columns, only, quantity, row, together
from carescale.report.view import View


def _waiting(view: View, payer: str) -> list[Entity]:
    """Interventions for which a payer has set-up to pay; all of them for the council, which decides."""

    def pays(entity: Entity) -> bool:
        saving, once = (view.projection.get(entity, name, payer) for name in ("net_saving", "set_up_cost"))
        return payer == "council" or (saving.usable and once.value != 0)

    return [entity for entity in view.case.interventions if pays(entity)]


def _first_match(view: View, entity: Entity, payer: str) -> Cell:
    """The month of the first match; none where the ramp is a share for each year, or for the plan as a whole."""
    if entity.level == "case":
        return ""
    full_scale = view.projection.get(entity, "full_scale_month")
    return NOTHING if full_scale.state.status == Status.NOT_APPLICABLE else view.nearest(entity, "first_match_month")


def _full_scale(view: View, entity: Entity, payer: str) -> Cell:
    """When everyone planned is there: as the ramp has it, or later where only so many can start in a month."""
    if entity.level == "case":
        return ""
    planned, kept = (view.get(entity, name) for name in ("full_scale_month", "month_ramp_is_kept"))
    held = not kept.absent and (planned.number is None or (kept.number or 0) > planned.number)
    return kept if held else planned


def _comes_back(view: View, entity: Entity, payer: str) -> bool:
    return not view.projection.get(entity, "break_even_month", payer).beyond_horizon


def lost(view: View, entity: Entity, payer: str) -> Cell:
    """What is not back at the horizon, where it breaks even by no month until then."""
    return NOTHING if _comes_back(view, entity, payer) else view.get(entity, "lost_by_horizon", payer)


BREAK_EVEN: Fields = (
    Field("Set-up", quantity("set_up_cost")),
    Field("First\nmatch", _first_match),
    Field("Full\nscale", _full_scale),
    Field("Breaks\neven", quantity("break_even_month")),
    Field("Peak\nfunding", quantity("peak_funding")),
    Field("Not back at\nthe horizon", lost),
)


def break_even(view: View) -> Table | None:
    """For each payer: what is spent once, the pace, when it is back, and the most that must be found."""
    rows = []
    for payer in PAYERS:
        waiting = _waiting(view, payer)
        rows += [only(PAYERS[payer], BREAK_EVEN, "section")] if waiting else []
        rows += [row(view, entity, BREAK_EVEN, "part", payer) for entity in waiting]
        rows += [together(view, BREAK_EVEN, payer)] if len(waiting) > 1 else []
    return blocks.table(columns("Break-even, in months", BREAK_EVEN), rows, "break-even")


def _people_planned(view: View, entity: Entity, payer: str) -> Cell:
    by_year = view.get(entity, "additional_people_a_year")
    return view.get(entity, "additional_people") if by_year.absent else by_year


def _needed_of(at_a_time: str, a_year: str) -> Asked:
    """A number of people, at a time or a year; none, where people do not bring in what is paid for them."""

    def cell(view: View, entity: Entity, payer: str) -> Cell:
        found = view.get(entity, at_a_time, payer)
        if found.absent == NOTHING and a_year:
            found = view.get(entity, a_year, payer)
        left = view.projection.get(entity, "left_by_people_at_horizon", payer).value
        if found.absent == NOTHING and left is not None and left <= 0:
            return "none does"
        return "any" if found.number == 0 else found

    return cell


def _saving_needed(view: View, entity: Entity, payer: str) -> Cell:
    found = view.get(entity, "break_even_saving_per_person", payer)
    return view.get(entity, "break_even_saving_per_episode", payer) if found.absent == NOTHING else found


NEEDED: Fields = (
    Field("People\nneeded", _needed_of("break_even_people", "break_even_people_a_year")),
    Field("with set-up\nfor so many", _needed_of("break_even_people_and_set_up", "")),
    Field("People\nplanned", _people_planned),
    Field("Saving each\nneeded", _saving_needed),
    Field("Saving each\nplanned", quantity("average_saving_per_person")),
)


_OF_NEED = (
    "break_even_people", "break_even_people_a_year", "break_even_saving_per_person", "break_even_saving_per_episode",
)  # fmt: skip


def needed(view: View) -> Table | None:
    """The people, and the saving of each, that would repay the set-up by the horizon, beside those planned."""
    rows = []
    for payer in PAYERS:
        there = _needing(view, payer)
        rows += [only(PAYERS[payer], NEEDED, "section")] if there else []
        rows += [row(view, entity, NEEDED, "part", payer) for entity in there]
    return blocks.table(columns(_back_by(view), NEEDED), rows, "needed")


def _back_by(view: View) -> str:
    """The heading; coordinators who are paid are those of the plan, however many people it would take."""
    paid = any(
        view.projection.get(entity, "coordinator_pay", payer).value
        for payer in PAYERS
        for entity in _needing(view, payer)
    )
    back = f"To have all back by month {view.case.horizon}"
    return f"{back},\nwith the coordinators planned" if paid else back


def is_anything_needed(view: View) -> bool:
    """Whether that table has a row; told without working out what is needed."""
    return any(_needing(view, payer) for payer in PAYERS)


def _needing(view: View, payer: str) -> list[Entity]:
    """Interventions that wait for their money, and of which it is known how many people or how much it would take."""
    plan = view.case.plan

    def is_known(entity: Entity) -> bool:
        return any(plan.need(f"{entity.path}.{name}.{payer}").usable for name in _OF_NEED)

    return [entity for entity in _waiting(view, payer) if is_known(entity)]
