"""The screen of `project`: headline, reach, savings, break-even, and what a careful reader needs beside them."""

from __future__ import annotations

from carescale.analysis.projection import Projection
from carescale.case import PORTFOLIO
from carescale.engine.model import Entity, Status
from carescale.formulas.vocabulary import MONTHS_PER_YEAR, PAYERS
from carescale.report.blocks import Block, Headline, Line, Notes, Row, Table, table
from carescale.report.break_even_screen import break_even_table, needed_table
from carescale.report.headline import headline, subtitle
from carescale.report.outcomes_screen import outcomes_table
from carescale.report.project_notes import costs_left_out, left_out, limits_met, note_items, returns_below_one, too_many
from carescale.report.values import NOTHING, Shower, payer_name

# What the tables below ask for one by one: evaluated together beforehand, since that is quicker.
_SHOWN = frozenset(
    {
        *("planned_additional_people", "change_in_events", "people_with_outcome", "saving_per_pound"),
        *("studied_return", "carers_for_plan", "volunteers_for_plan"),
        *("people_now", "additional_people", "total_people", "people_bearing_saving", "rate_now", "rate_then"),
        *("additional_coordinators", "additional_carers", "additional_volunteers", "covered_spend"),
        *("gross_saving", "running_cost", "net_saving", "net_saving_in_year", "set_up_cost", "full_scale_month"),
        *("break_even_month", "peak_funding", "break_even_people", "break_even_saving_per_person"),
        "average_saving_per_person",
    }
)


def project_screen(projection: Projection, show: Shower | None = None) -> list[Block]:
    """Everything that `project` shows, in order; `show` may put something else than text where a result stands."""
    if not projection.case.interventions:
        said = "name an intervention under `plan:`; `carescale list interventions` has them"
        return [Headline(f"{projection.case.place} → nothing is planned"), Line(said)]
    projection.ask(key for key in projection.case.plan.quantities() if not _SHOWN.isdisjoint(key.split(".")))
    show = show or Shower(projection)
    tables = [
        _reach(show),
        _staff(show),
        _spend(show),
        _savings(show),
        break_even_table(show),
        needed_table(show),
        outcomes_table(show),
        *_years(show),
    ]
    told = Shower(projection)  # notes are words, also where the tables hold something else than text
    notes = [
        *too_many(projection),
        *limits_met(told),
        *returns_below_one(told),
        *costs_left_out(told),
        *left_out(projection),
        *note_items(projection.case, show.shown),
    ]
    show.marks |= told.marks
    legend = show.legend()
    return [
        Headline(headline(show)),
        Line(subtitle(projection.case)),
        *(block for block in tables if block),
        *([Line(legend)] if legend else []),
        *([Notes("Read with care", tuple(notes))] if notes else []),
    ]


def _reach(show: Shower) -> Table | None:
    headings = (
        "Reach: people",
        "Now",
        "Planned",
        "More",
        "In all",
        "Of them\nsave",
        "Eligible",
        "Rate\nnow",
        "Rate\nthen",
    )
    rows = [row for entity in show.case.interventions for row in _reach_rows(show, entity)]
    if len([row for row in rows if row.kind == "plain"]) > 1:
        rows.append(Row(("Together", *_reach_cells(show, PORTFOLIO)), "total"))
    return table("", headings, rows)


def _reach_rows(show: Shower, intervention: Entity) -> list[Row]:
    cohorts = [part for part in show.case.parts(intervention) if part.level == "cohort"]
    if not cohorts:
        return []
    parts = [Row((part.title, *_reach_cells(show, part.path)), "part") for part in cohorts]
    cells = _reach_cells(show, intervention.path) if len(cohorts) > 1 else ("",) * 8
    return [Row((intervention.title, *cells)), *parts]


def _reach_cells(show: Shower, path: str) -> tuple[str, ...]:
    def cell(name: str) -> str:
        try:
            return show(show.projection.get(path, name))
        except KeyError:
            return NOTHING

    now, *people = (cell(name) for name in ("people_now", "additional_people", "total_people"))
    entity = show.case.model.entities[path]
    eligible = show(show.projection.nearest(entity, "eligible_people")) if entity.level == "cohort" else NOTHING
    return (now, _planned(show, path), *people, _who_save(show, path), eligible, cell("rate_now"), cell("rate_then"))


def _planned(show: Shower, path: str) -> str:
    """Those planned, where fewer are reached."""
    try:
        planned, more = (show.projection.get(path, name) for name in ("planned_additional_people", "additional_people"))
    except KeyError:
        return NOTHING
    return NOTHING if planned.value == more.value else show(planned)


def _who_save(show: Shower, path: str) -> str:
    """Those who bear the saving, where they are not everyone."""
    try:
        saving, more = (show.projection.get(path, name) for name in ("people_bearing_saving", "additional_people"))
    except KeyError:
        return NOTHING
    return NOTHING if saving.value == more.value else show(saving)


def _staff(show: Shower) -> Table | None:
    names = ("additional_coordinators", "additional_carers", "additional_volunteers")
    rows = []
    for entity in show.case.interventions:
        results = [show.projection.get(entity, name) for name in names]
        if any(result.state.status != Status.NOT_APPLICABLE for result in results):
            rows.append(Row((entity.title, *(show(result) for result in results))))
    return table("", ("Staff to find", "Coordinators", "Carers", "Volunteers"), rows)


def _spend(show: Shower) -> Table | None:
    rows = []
    for entity in show.case.interventions:
        lines = [part for part in show.case.parts(entity) if part.level == "spend_line"]
        if lines:
            rows.append(Row((entity.title, "", "", "")))
        for line in lines:
            spend, covered = show.projection.nearest(line, "spend"), show.projection.get(line, "covered_spend")
            cells = [show(spend), show(covered)]
            rows.append(
                Row((line.title, *cells, show(show.projection.nearest(line, "spend_reduction", "council"))), "part")
            )
    return table("", ("Spend a year", "Spend", "Reached", "Falls by\n(council)"), rows)


def _savings(show: Shower) -> Table | None:
    rows = [row for payer in PAYERS for row in _savings_rows(show, payer)]
    headings = ("Savings a year at full scale", "Gross", "Running cost", "Net", "Low–high")
    return table("", headings, rows) or None


def _savings_rows(show: Shower, payer: str) -> list[Row]:
    """One payer's savings; none where nothing is published of that payer."""
    project = show.projection
    if not project.get(PORTFOLIO, "net_saving", payer).usable and payer != "council":
        return []
    rows = [Row((PAYERS[payer], "", "", "", ""), "section")]
    rows += [
        Row((entity.title, *_saving_cells(show, entity.path, payer, deducted=_deducted(show, entity))), "part")
        for entity in show.case.interventions
    ]
    overlap = project.get(PORTFOLIO, "total_overlap", payer)
    if overlap.usable:
        rows.append(Row(("less overlap", "", "", show(overlap, taken_off=True), ""), "part"))
    if len(show.case.interventions) > 1:
        rows.append(Row(("Together", *_saving_cells(show, PORTFOLIO, payer, deducted=False)), "total"))
    return rows


def _saving_cells(show: Shower, path: str, payer: str, *, deducted: bool) -> tuple[str, ...]:
    gross, running, net = (
        show.projection.get(path, name, payer) for name in ("gross_saving", "running_cost", "net_saving")
    )
    if not gross.usable and not net.usable:
        cost = show(running) if running.value else NOTHING
        return show(gross), cost, show(net), ""
    return show(gross), "in saving" if deducted else show(running), show(net), show.range_of(net)


def _deducted(show: Shower, entity: Entity) -> bool:
    return show.case.model.choice(entity, "running_cost_basis") == "already_deducted"


def _years(show: Shower) -> list[Table | None]:
    """Net saving by financial year, for each payer, where the plan has a start."""
    return [_payer_years(show, payer) for payer in PAYERS] if show.case.model.dimensions["year"] else []


def _payer_years(show: Shower, payer: str) -> Table | None:
    get = show.projection.get
    columns = [entity for entity in show.case.interventions if get(entity, "net_saving", payer).usable]
    entities = [*columns, *([show.case.model.entities[PORTFOLIO]] if len(columns) > 1 else [])]
    rows = [
        Row((_year_name(show, year), *(show(get(entity, "net_saving_in_year", payer, year)) for entity in entities)))
        for year in show.case.model.dimensions["year"]
    ]
    titles = ["Together" if entity.level == "case" else entity.title for entity in entities]
    return table("", (f"Net saving by year, before set-up ({payer_name(payer)})", *titles), rows) if entities else None


def _year_name(show: Shower, year: str) -> str:
    """A financial year; how many of its months the plan covers, where that is not all."""
    first, last = (int(show.case.model.numbers[f"{PORTFOLIO}.{end}_month_of_year.{year}"]) for end in ("first", "last"))
    months = last - max(first, 1) + 1
    name = year.replace("_", "/")
    return name if months == MONTHS_PER_YEAR else f"{name} ({months} month{'s' if months != 1 else ''})"
