"""The screen of `project`: reach, savings, break-even, and what a careful reader needs beside them.

What decides comes first, `--full` shows every table. A column more is a field more, which every output then has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from carescale.analysis.projection import Projection, project
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity, Status
from carescale.formulas.vocabulary import PAYERS
from carescale.problems import Position, Problem, Problems
from carescale.report import blocks
from carescale.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Headline,
    Line,
    Notes,
    Records,
    Row,
    Screen,
    Table,
    Value,
    joined,
)
from carescale.report.pictures import draw
from carescale.report.screens import notes, records
from carescale.report.screens.committee import committee
from carescale.report.screens.fields import Field, Fields, columns, given, only, quantity, row, spread
from carescale.report.screens.files import as_book, as_page
from carescale.report.screens.headline import headline, subtitle
from carescale.report.screens.own import worked_out_here
from carescale.report.screens.years import years_tables
from carescale.report.view import View

FORMATS = ("parquet", "xlsx", "docx")


def projected(
    cases: Sequence[Case],
    *,
    monthly: bool = False,
    significant_only: bool = False,
    everyone: bool = False,
    chart: bool = False,
) -> Screen:
    """What comes of a place, or of many areas, under one or more scenarios. Raises Problems for what does not fit."""
    if cases[0].areas is None:
        _refuse("--significant-only", significant_only, "this is one place, and has no gaps to a benchmark")
        _refuse("--all", everyone, "this is one place, and has no areas to list")
        places = [PlaceScreen(View(project(case)), chart) for case in cases]
        screens = joined([_place_screen(place, monthly=monthly) for place in places])
        return replace(screens, report=lambda: places[0].report([place.view for place in places]))
    from carescale.analysis.areas import project_areas
    from carescale.report.screens.areas import areas_screen

    _refuse("--chart", chart, "a table of many areas has no months to draw; carescale chart draws its rates")
    _refuse("--monthly", monthly, "a table of many areas is not written month by month")
    projections = [found for case in cases for found in project_areas(case, significant_only=significant_only)]
    return joined([areas_screen(areas, everyone=everyone) for areas in projections])


def _refuse(option: str, given: bool, why: str) -> None:
    if given:
        raise Problems([Problem("bad-option", why, Position(option))])


def project_screen(projection: Projection, *, monthly: bool = False, chart: bool = False) -> Screen:
    """Everything that `project` says of one place; below its tables when the money is back, where that is asked for."""
    return _place_screen(PlaceScreen(View(projection), chart), monthly=monthly)


def _place_screen(place: PlaceScreen, *, monthly: bool) -> Screen:
    projection = place.view.projection
    rows = records.monthly_rows if monthly else records.quantity_rows
    return Screen(
        blocks=lambda: place.blocks,
        first=place.first,
        records=Records(records.MONTHLY_COLUMNS if monthly else records.COLUMNS, lambda: rows(projection)),
        document=lambda: records.projection_json(projection, monthly=monthly),
        book=as_book(place.view, lambda: place.blocks),
        page=as_page(place.view, lambda: place.blocks),
    )


@dataclass(frozen=True)
class PlaceScreen:
    """The blocks of one place, worked out when they are asked for."""

    view: View
    chart: bool = False

    @cached_property
    def charts(self) -> list[Block]:
        """When the money is back, where it is asked for. Raises Problems where that is not known."""
        return [draw(self.view, "cumulative")] if self.chart else []

    @cached_property
    def tables(self) -> list[Block]:
        """Every table, in the order of the story."""
        view = self.view
        view.ask_everything()
        found = [_reach(view), _staff(view), _spend(view), _savings(view), _break_even(view), _needed(view)]
        return blocks.there(*found, _outcomes(view), *years_tables(view), worked_out_here(view))

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything, with the notes on it."""
        if not self.view.case.interventions:
            return _nothing(self.view.case)
        shown = [headline(self.view), subtitle(self.view.case), *self.tables, *self.charts]
        return [*shown, *blocks.there(blocks.legend(shown), self._notes(), self._sources())]

    def first(self) -> list[Block]:
        """What decides: who is reached, what is saved and when it is back, by payer, and the gravest cautions."""
        view = self.view
        if not view.case.interventions:
            return self.blocks
        tables = blocks.there(_reached(view), *(_answers(view, payer) for payer in PAYERS), worked_out_here(view))
        shown = [headline(view), subtitle(view.case), *tables, *self.charts]
        careful = notes.cautions(view.case, tables, self._first_notes())
        parts = [*self.tables, Line((), "notes"), *blocks.there(self._sources())]
        return [*shown, *blocks.there(blocks.legend(shown), careful, notes.more(parts))]

    def report(self, views: Sequence[View] = ()) -> list[Block]:
        """A report for a committee, of this plan; or of several as options, of which this leads."""
        view = self.view
        if not view.case.interventions:
            return self.blocks
        answers = blocks.there(_reached(view), *(_answers(view, payer) for payer in PAYERS))
        careful = self._notes()
        return committee(views or [view], answers, self.tables, blocks.there(*years_tables(view)), careful)

    def _notes(self) -> Notes | None:
        view = self.view
        items = [*_warnings(view), *notes.costs_left_out(view), *notes.left_out(view.projection)]
        items += notes.note_items(view.case, blocks.keys_in(self.tables))
        return blocks.notes("Read with care", items, "notes")

    def _first_notes(self) -> Iterator[tuple[str, str]]:
        yield from _warnings(self.view)
        yield from notes.costs_left_out(self.view)
        yield from notes.partly_known(self.view)

    def _sources(self) -> Block | None:
        return notes.sources_block(self.view.case, blocks.keys_in(self.tables))


def _nothing(case: Case) -> list[Block]:
    said = "name an intervention under `plan:`; `carescale list interventions` has them"
    return [Headline((f"{case.place} → nothing is planned",)), Line((said,))]


def _warnings(view: View) -> Iterator[tuple[str, str]]:
    yield from notes.too_many(view.projection)
    yield from notes.limits_met(view)
    yield from notes.returns_below_one(view)


# --- reach ----------------------------------------------------------------------------------------------------------


def _planned(view: View, entity: Entity, payer: str) -> Cell:
    """Those planned, where fewer are reached."""
    return _where_another(view, entity, "planned_additional_people")


def _who_save(view: View, entity: Entity, payer: str) -> Cell:
    """Those who bear the saving, where they are not everyone."""
    return _where_another(view, entity, "people_bearing_saving")


def _where_another(view: View, entity: Entity, name: str) -> Cell:
    """A number of people, where it is not that of the people added."""
    found, more = view.get(entity, name), view.get(entity, "additional_people")
    return NOTHING if not found.key or not more.key or found.number == more.number else found


def _eligible(view: View, entity: Entity, payer: str) -> Cell:
    return view.nearest(entity, "eligible_people") if entity.level == "cohort" else NOTHING


REACH: Fields = (
    Field("Now", quantity("people_now")),
    Field("Planned", _planned),
    Field("More", quantity("additional_people")),
    Field("In all", quantity("total_people")),
    Field("Of them\nsave", _who_save),
    Field("Eligible", _eligible),
    Field("Rate\nnow", quantity("rate_now")),
    Field("Rate\nthen", quantity("rate_then")),
)


def _reach(view: View) -> Table | None:
    rows = [found for entity in view.case.interventions for found in _reach_rows(view, entity)]
    if len([one for one in rows if one.kind == "plain"]) > 1:
        rows.append(_together(view, REACH))
    return blocks.table(columns("Reach: people", REACH), rows, "reach")


def _reach_rows(view: View, intervention: Entity) -> list[Row]:
    cohorts = _cohorts(view, intervention)
    if not cohorts:
        return []
    whole = row(view, intervention, REACH) if len(cohorts) > 1 else only(intervention.title, REACH, "plain")
    return [whole, *(row(view, part, REACH, "part") for part in cohorts)]


def _cohorts(view: View, intervention: Entity) -> list[Entity]:
    return [part for part in view.case.parts(intervention) if part.level == "cohort"]


def _together(view: View, fields: Fields, payer: str = "") -> Row:
    return row(view, view.case.model.entities[PORTFOLIO], fields, "total", payer, "Together")


STAFF: Fields = (
    Field("Coordinators", quantity("additional_coordinators")),
    Field("Carers", quantity("additional_carers")),
    Field("Volunteers", quantity("additional_volunteers")),
)


def _staff(view: View) -> Table | None:
    rows = [row(view, entity, STAFF) for entity in view.case.interventions]
    some = [found for found in rows if any(isinstance(cell, Value) and cell.absent != NOTHING for cell in found.cells)]
    return blocks.table(columns("Staff to find", STAFF), some, "staff")


SPEND: Fields = (
    Field("Spend", given("spend")),
    Field("Reached", quantity("covered_spend")),
    Field("Falls by\n(council)", lambda view, line, payer: view.nearest(line, "spend_reduction", "council")),
)


def _spend(view: View) -> Table | None:
    rows = []
    for entity in view.case.interventions:
        lines = [part for part in view.case.parts(entity) if part.level == "spend_line"]
        rows += [only(entity.title, SPEND, "plain")] if lines else []
        rows += [row(view, line, SPEND, "part") for line in lines]
    return blocks.table(columns("Spend a year", SPEND), rows, "spend")


# --- savings --------------------------------------------------------------------------------------------------------


def _running_cost(view: View, entity: Entity, payer: str) -> Cell:
    """The running cost, or that the saving is already net of it; a known cost stands also where no saving is known."""
    cost, gross, net = (view.get(entity, name, payer) for name in ("running_cost", "gross_saving", "net_saving"))
    if gross.absent and net.absent:
        return cost if cost.number else NOTHING
    deducted = view.case.model.choice(entity, "running_cost_basis") == "already_deducted"
    return "in saving" if deducted else cost


SAVINGS: Fields = (
    Field("Gross", quantity("gross_saving")),
    Field("Running cost", _running_cost),
    Field("Net", quantity("net_saving")),
    Field("Low–high", spread("net_saving"), live=False),
)


def _savings(view: View) -> Table | None:
    rows = [found for payer in PAYERS for found in _savings_rows(view, payer)]
    return blocks.table(columns("Savings a year at full scale", SAVINGS), rows, "savings")


def _savings_rows(view: View, payer: str) -> list[Row]:
    """One payer's savings; none where nothing is published of that payer."""
    if not view.in_all("net_saving", payer).usable and payer != "council":
        return []
    rows = [row(view, entity, SAVINGS, "part", payer) for entity in view.case.interventions]
    return [only(PAYERS[payer], SAVINGS, "section"), *rows, *_sum(view, SAVINGS, payer, "Net")]


def _sum(view: View, fields: Fields, payer: str, net: str) -> Iterator[Row]:
    """What is taken off for overlap, and the total, where there is more than one intervention."""
    overlap = view.in_all("total_overlap", payer)
    if overlap.usable:
        yield only("less overlap", fields, "part", {net: view(overlap, taken_off=True)})
    if len(view.case.interventions) > 1:
        yield _together(view, fields, payer)


# --- break-even -----------------------------------------------------------------------------------------------------


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
    return "" if entity.level == "case" else view.get(entity, "full_scale_month")


BREAK_EVEN: Fields = (
    Field("Set-up", quantity("set_up_cost")),
    Field("First\nmatch", _first_match),
    Field("Full\nscale", _full_scale),
    Field("Breaks\neven", quantity("break_even_month")),
    Field("Peak\nfunding", quantity("peak_funding")),
)


def _break_even(view: View) -> Table | None:
    """For each payer: what is spent once, the pace, when it is back, and the most that must be found."""
    rows = []
    for payer in PAYERS:
        waiting = _waiting(view, payer)
        rows += [only(PAYERS[payer], BREAK_EVEN, "section")] if waiting else []
        rows += [row(view, entity, BREAK_EVEN, "part", payer) for entity in waiting]
        rows += [_together(view, BREAK_EVEN, payer)] if len(waiting) > 1 else []
    return blocks.table(columns("Break-even, in months", BREAK_EVEN), rows, "break-even")


def _people_planned(view: View, entity: Entity, payer: str) -> Cell:
    return view.get(entity, "additional_people")


NEEDED: Fields = (
    Field("People\nneeded", quantity("break_even_people")),
    Field("People\nplanned", _people_planned),
    Field("Saving each\nneeded", quantity("break_even_saving_per_person")),
    Field("Saving each\nplanned", quantity("average_saving_per_person")),
)


def _needed(view: View) -> Table | None:
    """The people, and the saving of each, that would repay the set-up by the horizon, beside those planned."""
    rows = []
    for payer in PAYERS:
        there = [entity for entity in _waiting(view, payer) if _is_needed(view, entity, payer)]
        rows += [only(PAYERS[payer], NEEDED, "section")] if there else []
        rows += [row(view, entity, NEEDED, "part", payer) for entity in there]
    return blocks.table(columns(f"To repay the planned set-up by month {view.case.horizon}", NEEDED), rows, "needed")


def _is_needed(view: View, entity: Entity, payer: str) -> bool:
    names = ("break_even_people", "break_even_saving_per_person")
    return any(view.projection.get(entity, name, payer).usable for name in names)


# --- outcomes that are not money, and the years ---------------------------------------------------------------------


def _found(view: View, outcome: Entity, payer: str) -> Cell:
    change = view.nearest(outcome, "outcome_change")
    return change if not change.absent else view.nearest(outcome, "outcome_share")


def _of_a_change(asked: Cell, view: View, outcome: Entity) -> Cell:
    return NOTHING if view.nearest(outcome, "outcome_change").absent else asked


def _of_a_share(view: View, outcome: Entity, payer: str) -> Cell:
    counted = view.nearest(outcome, "outcome_change").absent
    return view.get(outcome, "people_with_outcome") if counted else NOTHING


OUTCOMES: Fields = (
    Field("Found", _found),
    Field(
        "Before,\na person",
        lambda view, outcome, payer: _of_a_change(view.nearest(outcome, "outcome_baseline"), view, outcome),
    ),
    Field(
        "Here,\na year",
        lambda view, outcome, payer: _of_a_change(view.get(outcome, "change_in_events"), view, outcome),
    ),
    Field("Here,\npeople", _of_a_share),
)


def _outcomes(view: View) -> Table | None:
    """A row an outcome; counted here only where the number before is known, or where people are what is counted."""
    rows = []
    for intervention in view.case.interventions:
        outcomes = view.case.outcomes(intervention)
        rows += [only(intervention.title, OUTCOMES, "plain")] if outcomes else []
        rows += [row(view, outcome, OUTCOMES, "part") for outcome in outcomes]
    return blocks.table(columns("Outcomes that are\nnot money", OUTCOMES), rows, "outcomes")


# --- what comes first -----------------------------------------------------------------------------------------------


def _of_the_only_cohort(name: str) -> Field:
    """A rate stands for an intervention where it has one cohort."""

    def cell(view: View, entity: Entity, payer: str) -> Cell:
        cohorts = _cohorts(view, entity) if entity.level == "intervention" else []
        return view.get(cohorts[0], name) if len(cohorts) == 1 else NOTHING

    return Field(name.replace("_", "\n").capitalize(), cell)


REACHED: Fields = (
    Field("Now", quantity("people_now")),
    Field("More", quantity("additional_people")),
    Field("In all", quantity("total_people")),
    _of_the_only_cohort("rate_now"),
    _of_the_only_cohort("rate_then"),
)


def _reached(view: View) -> Table | None:
    some = [entity for entity in view.case.interventions if _cohorts(view, entity)]
    rows = [row(view, entity, REACHED) for entity in some]
    return blocks.table(columns("People", REACHED), [*rows, *([_together(view, REACHED)] if len(some) > 1 else [])])


ANSWERS: Fields = (
    Field("Net saving\na year", quantity("net_saving")),
    Field("Low–high", spread("net_saving"), live=False),
    Field("Breaks even\nin month", quantity("break_even_month")),
    Field("Funding\nneeded", quantity("peak_funding")),
)


def _answers(view: View, payer: str) -> Table | None:
    """What a payer saves, when it is back and what must be found, by intervention."""
    if not view.in_all("net_saving", payer).usable and payer != "council":
        return None
    rows = [row(view, entity, ANSWERS, payer=payer) for entity in view.case.interventions]
    return blocks.table(columns(PAYERS[payer], ANSWERS), [*rows, *_sum(view, ANSWERS, payer, "Net saving\na year")])
