"""The screen of `project`: reach, savings, break-even, and what a careful reader needs beside them.

What decides comes first, `--full` shows every table. A column more is a field more, which every output then has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.projection import Projection, project
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity
from carescale.formulas.vocabulary import PAYERS
from carescale.problems import Problems
from carescale.report import blocks
from carescale.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Headline,
    Line,
    Notes,
    Row,
    Screen,
    Table,
    Value,
    joined,
)
from carescale.report.screens import notes, records
from carescale.report.screens.break_even import break_even, is_anything_needed, lost, needed
from carescale.report.screens.fields import (
    Field,
    Fields,
    called,
    columns,
    given,
    only,
    quantity,
    rate,
    row,
    spread,
    together,
)
from carescale.report.screens.files import as_book, as_page
from carescale.report.screens.headline import headline, subtitle
from carescale.report.screens.local import local_costs, shares_of_budget
from carescale.report.screens.own import worked_out_here
from carescale.report.screens.savings import overlap_and_total, savings
from carescale.report.screens.sure import how_sure, quantity_records, sure_view, with_intervals
from carescale.report.screens.worst_best import OF_THE_PLAN, worst_best
from carescale.report.screens.years import years_tables
from carescale.report.view import View


def place_screens(
    cases: Sequence[Case], budgeted: Callable[[], Case] | None = None, *, monthly: bool = False, chart: bool = False,
    sure: bool = False,
) -> Screen:  # fmt: skip
    """What comes of a place under one or more scenarios; with intervals where it is to be `sure`. `budgeted` is the
    first loaded to be budgeted, whose money by financial year stands in its report.
    """
    places = [PlaceScreen(_view(project(case), sure=sure), chart) for case in cases]
    screens = joined([_place_screen(place, monthly=monthly) for place in places])
    book = (lambda path, command: _write_plans(places, path, command)) if len(places) > 1 else screens.book
    return replace(screens, book=book, report=lambda: places[0].report([place.view for place in places], budgeted))


def _write_plans(places: Sequence[PlaceScreen], path: Path, command: str) -> None:
    """One live workbook of several plans."""
    from carescale.analysis.compare import compare
    from carescale.report.screens.compare import write_plans

    compared = compare([place.view.case for place in places])
    write_plans(compared, path, command, [place.blocks for place in places])


def project_screen(projection: Projection, *, monthly: bool = False, chart: bool = False, sure: bool = False) -> Screen:
    """Everything that `project` says of one place; below its tables when the money is back, where that is asked for."""
    return _place_screen(PlaceScreen(_view(projection, sure=sure), chart), monthly=monthly)


def _view(projection: Projection, *, sure: bool) -> View:
    return sure_view(projection) if sure else View(projection)


def _place_screen(place: PlaceScreen, *, monthly: bool) -> Screen:
    projection, found = place.view.projection, place.view.sure
    plain = PlaceScreen(View(projection))  # a page works out ranges anew, from worst to best
    return Screen(
        blocks=lambda: place.blocks,
        first=place.first,
        records=quantity_records(projection, found, monthly=monthly),
        document=lambda: records.projection_json(projection, monthly=monthly, sure=found),
        book=as_book(place.view, lambda: place.blocks),
        page=as_page(plain.view, lambda: plain.blocks),
    )


# What the first screen shows, and what the tables show: worked out together; anything else once it is asked for.
FIRST = frozenset({
    "additional_people", "additional_people_a_year", "adjusted_saving", "break_even_month", "coordinator_pay",
    "cost_incurred", "lost_by_horizon", "month_ramp_is_kept", "most_people_held", "net_saving", "peak_funding",
    "people_now", "rate_now", "rate_then", "saving_per_pound", "saving_share_of_budget", "set_up_cost",
    "share_with_carers", "share_with_volunteers", "studied_return", "total_overlap", "total_people",
})  # fmt: skip
SHOWN = FIRST | frozenset({
    "additional_carers", "additional_coordinators", "additional_volunteers", "average_saving_per_person",
    "break_even_people", "break_even_people_a_year", "break_even_people_and_set_up", "break_even_saving_per_episode",
    "break_even_saving_per_person", "change_in_events", "cost_avoided", "covered_spend", "full_scale_month",
    "left_by_people_at_horizon", "local_saving_upper_bound", "net_saving_in_year", "people_bearing_saving",
    "people_with_outcome", "planned_additional_people", "replacement_carers_a_year", "replacements_a_year",
    "saving_per_person", "taken_off_savings",
})  # fmt: skip


class PlaceScreen(Struct, frozen=True, dict=True):
    """The blocks of one place, worked out when they are asked for."""

    view: View
    chart: bool = False

    @cached_property
    def charts(self) -> list[Block]:
        """When the money is back, where it is asked for. Raises Problems where that is not known."""
        if not self.chart:
            return []
        from carescale.report.pictures import draw

        return [draw(self.view, "cumulative", option="--chart")]

    @cached_property
    def tables(self) -> list[Block]:
        """Every table, in the order of the story."""
        self.view.ask(SHOWN)
        return blocks.there(*(table for part in PARTS if part.is_there(self.view) for table in part.tables(self.view)))

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything, with the notes on it."""
        if not self.view.case.interventions:
            return _nothing(self.view.case)
        shown = [headline(self.view), self._under(), *self.tables, *self.charts]
        return [*shown, *blocks.there(blocks.legend(shown), self._notes(), self._sources())]

    def first(self) -> list[Block]:
        """What decides: who is reached, what is saved and when it is back, by payer, and the gravest cautions."""
        view = self.view
        if not view.case.interventions:
            return self.blocks
        view.ask(FIRST)
        tables = blocks.there(_reached(view), *(_answers(view, payer) for payer in PAYERS), worked_out_here(view))
        shown = [headline(view), self._under(), *tables, *self.charts]
        careful = notes.cautions(view.case, tables, self._first_notes(), between=shares_of_budget(view, brief=True))
        more = [*(part.name for part in PARTS if part.is_there(view)), "notes", "sources"]
        return [*shown, *blocks.there(blocks.legend(shown), careful, notes.more([Line((), name) for name in more]))]

    def report(self, views: Sequence[View] = (), budgeted: Callable[[], Case] | None = None) -> list[Block]:
        """A report for a committee, of this plan; or of several as options, of which this leads."""
        view = self.view
        if not view.case.interventions:
            return self.blocks
        from carescale.report.screens.committee import committee

        answers = blocks.there(_reached(view), *(_answers(view, payer) for payer in PAYERS))
        careful = self._notes()
        cash = _by_financial_year(budgeted) if budgeted else []
        years = cash or blocks.there(*years_tables(view))
        return committee(views or [view], answers, self.tables, years, careful, cash=bool(cash))

    def _under(self) -> Line:
        """The place and the scenario; and what made the draws, where there are some."""
        line = subtitle(self.view.case)
        return line if self.view.intervals is None else Line((*line.said, "\n", how_sure(self.view.sure)))

    def _notes(self) -> Notes | None:
        view = self.view
        items = [*_warnings(view), *notes.left_out(view), *notes.unused_items(view.case), *notes.caution_item(view)]
        items += [
            *notes.without_doubt(view),
            *notes.without_people(view),
            *notes.not_counted(view),
            *local_costs(view),
            *shares_of_budget(view),
        ]
        found = notes.note_items(view.case, blocks.keys_in(self.tables))
        items += [item for item in found if view.intervals is None or item[0] != notes.WORST_BEST]
        return blocks.notes("Read with care", items, "notes")

    def _first_notes(self) -> Iterator[tuple[str, str]]:
        yield from _warnings(self.view)
        yield from notes.unused_items(self.view.case)
        yield from notes.partly_known(self.view)
        yield from notes.caution_item(self.view)
        yield from notes.without_doubt(self.view)
        yield from notes.assumed_reach(self.view.case)
        yield from notes.without_people(self.view)
        yield from local_costs(self.view, brief=True)

    def _sources(self) -> Block | None:
        return notes.sources_block(self.view.case, blocks.keys_in(self.tables))


def _nothing(case: Case) -> list[Block]:
    said = "name an intervention under `plan:`; `carescale list interventions` has them"
    return [Headline((f"{case.place} → nothing is planned",)), Line((said,))]


def _warnings(view: View) -> Iterator[tuple[str, str]]:
    yield from notes.too_many(view.projection)
    yield from notes.limits_met(view)
    yield from notes.held_back(view)
    yield from notes.paid_twice(view)
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
    Field("Helped\na year", quantity("additional_people_a_year")),
    Field("Now", quantity("people_now")),
    Field("Planned", _planned),
    Field("More", quantity("additional_people")),
    Field("In all", quantity("total_people")),
    Field("Of them\nsave", _who_save),
    Field("Eligible", _eligible),
    Field("Rate\nnow", rate("rate_now")),
    Field("Rate\nthen", rate("rate_then")),
)


def _reach(view: View) -> Table | None:
    rows = [found for entity in view.case.interventions for found in _reach_rows(view, entity)]
    if len([one for one in rows if one.kind == "plain"]) > 1:
        rows.append(together(view, REACH))
    return blocks.table(columns("Reach: people", REACH), rows, "reach")


def _reach_rows(view: View, intervention: Entity) -> list[Row]:
    cohorts = _cohorts(view, intervention)
    if not cohorts:
        return []
    whole = row(view, intervention, REACH) if len(cohorts) > 1 else only(intervention.title, REACH, "plain")
    return [whole, *(row(view, part, REACH, "part") for part in cohorts)]


def _cohorts(view: View, intervention: Entity) -> list[Entity]:
    return [part for part in view.case.parts(intervention) if part.level == "cohort"]


_STAFF: Mapping[str, str] = {
    "Starters a year\nfor leavers": "replacements_a_year",
    "Coordinators": "additional_coordinators",
    "Carers": "additional_carers",
    "Carers a year\nfor leavers": "replacement_carers_a_year",
    "Volunteers": "additional_volunteers",
}
STAFF: Fields = tuple(Field(heading, quantity(name)) for heading, name in _STAFF.items())


def _staff(view: View) -> Table | None:
    rows = [row(view, entity, STAFF) for entity in view.case.interventions]
    some = [found for found in rows if any(isinstance(cell, Value) and cell.absent != NOTHING for cell in found.cells)]
    return blocks.table(columns("Staff to find", STAFF), some, "staff")


def _spend_lines(view: View, intervention: Entity) -> list[Entity]:
    return [part for part in view.case.parts(intervention) if part.level == "spend_line"]


SPEND: Fields = (
    Field("Spend", given("spend")),
    Field("Reached", quantity("covered_spend")),
    Field("Falls by\n(council)", lambda view, line, payer: view.nearest(line, "spend_reduction", "council")),
)


def _spend(view: View) -> Table | None:
    rows = []
    for entity in view.case.interventions:
        lines = _spend_lines(view, entity)
        rows += [only(entity.title, SPEND, "plain")] if lines else []
        rows += [row(view, line, SPEND, "part") for line in lines]
    return blocks.table(columns("Spend a year", SPEND), rows, "spend")


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
        return rate(name)(view, cohorts[0], payer) if len(cohorts) == 1 else NOTHING

    return Field(name.replace("_", "\n").capitalize(), cell)


REACHED: Fields = (
    Field("Helped\na year", quantity("additional_people_a_year")),
    Field("Now", quantity("people_now")),
    Field("More", quantity("additional_people")),
    Field("In all", quantity("total_people")),
    _of_the_only_cohort("rate_now"),
    _of_the_only_cohort("rate_then"),
)


def _reached(view: View) -> Table | None:
    some = [entity for entity in view.case.interventions if _cohorts(view, entity)]
    rows = [row(view, entity, REACHED) for entity in some]
    return blocks.table(columns("People", REACHED), [*rows, *([together(view, REACHED)] if len(some) > 1 else [])])


_NET_A_YEAR, _KNOWN_A_YEAR = "Net saving\na year", "Saving less\nknown costs"


ANSWERS: Fields = (
    Field(_NET_A_YEAR, quantity("net_saving")),
    Field("Worst–best", spread("net_saving"), live=False),
    Field("Breaks even\nin month", quantity("break_even_month")),
    Field("Funding\nneeded", quantity("peak_funding")),
    Field("Not back at\nthe horizon", lost),
)


def _answers(view: View, payer: str) -> Table | None:
    """What a payer saves, when it is back and what must be found, by intervention."""
    if not view.in_all("net_saving", payer).usable and payer != "council":
        return None
    before = view.before_costs(PORTFOLIO, payer)
    fields, net = (called(ANSWERS, _NET_A_YEAR, _KNOWN_A_YEAR), _KNOWN_A_YEAR) if before else (ANSWERS, _NET_A_YEAR)
    fields = with_intervals(view, fields)
    rows = [row(view, entity, fields, payer=payer) for entity in view.case.interventions]
    return blocks.table(columns(PAYERS[payer], fields), [*rows, *overlap_and_total(view, fields, payer, net)])


def _by_financial_year(budgeted: Callable[[], Case]) -> list[Block]:
    """The schedules of a budget, in cash by financial year; none where the index of prices does not reach its years,
    which `carescale budget` says and a report can do without.
    """
    from carescale.analysis.budget import budget
    from carescale.report.screens.budget import budget_screen

    try:
        screen = budget_screen(budget(budgeted(), "", None))
    except Problems:
        return []
    return [block for block in screen.blocks() if isinstance(block, Table)]


# --- the parts ------------------------------------------------------------------------------------------------------


class Part(Struct, frozen=True):
    """Tables that can be asked for by name; whether there are any is known without working one out."""

    name: str
    tables: Callable[[View], Sequence[Block | None]]
    is_there: Callable[[View], bool] = lambda view: True


def _one(table: Callable[[View], Table | None]) -> Callable[[View], Sequence[Block | None]]:
    return lambda view: [table(view)]


PARTS: Sequence[Part] = (
    Part("reach", _one(_reach), lambda view: any(_cohorts(view, one) for one in view.case.interventions)),
    Part("staff", _one(_staff), lambda view: view.has_any(_STAFF.values())),
    Part("spend", _one(_spend), lambda view: any(_spend_lines(view, one) for one in view.case.interventions)),
    Part("savings", _one(savings)),
    Part("break-even", _one(break_even), lambda view: bool(view.case.interventions)),
    Part("needed", _one(needed), is_anything_needed),
    Part("worst-best", _one(lambda view: worst_best(view, OF_THE_PLAN)), lambda view: view.has_ranges),
    Part("outcomes", _one(_outcomes), lambda view: any(view.case.outcomes(one) for one in view.case.interventions)),
    Part("years", years_tables, lambda view: bool(view.case.model.dimensions["year"])),
    Part("formulas", _one(worked_out_here), lambda view: bool(view.case.model.own)),
)
