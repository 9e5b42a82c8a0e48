"""The appraisal summary table: options side by side in the Green Book's words, a column an option."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from msgspec.structs import replace

from carescale.analysis.compare import Compared
from carescale.analysis.evidence import notes
from carescale.analysis.grounds import MONTH, VALUE
from carescale.analysis.telling import switching_values
from carescale.case import PORTFOLIO
from carescale.formulas.vocabulary import PAYERS
from carescale.report.blocks import NOTHING, Cell, Column, Row, Table, table
from carescale.report.chances import chance_text
from carescale.report.formats import RATIO, written
from carescale.report.view import View
from carescale.report.words import name_of, place_of

if TYPE_CHECKING:
    from carescale.analysis.grounds import Intervals

_HEADING = 14  # letters of a column's heading before it goes on below
Asked = Callable[[View, str], Cell]


def summary(compared: Compared, views: Sequence[View]) -> Table | None:
    """Present values by payer, ratio, peak, break-even, people, what would turn it and how sure it is; of cases that
    were loaded to be appraised.
    """
    if any(not view.case.model.dimensions.get("period") for view in views):
        return None
    for view in views:
        view.ask_everything()
    rows = [Row(("More people", *(_people(view) for view in views)))]
    for payer in PAYERS:
        if any(view.in_all("present_value_of_savings", payer).usable for view in views):
            rows += [*_of_payer(views, payer), *_chances(compared, payer)]
    rows += [Row(("Would turn it", *map(_turning, views)))] if any(map(_turning, views)) else []
    rows.append(Row(("Weakest evidence", *map(_evidence, views))))
    rows += [Row(("Main risks", *map(_risks, views)))] if any(_risks(view) != NOTHING for view in views) else []
    rows += [Row(("Limits", *map(_limits, views)))] if any(_limits(view) != NOTHING for view in views) else []
    return table(_columns(compared, "Appraisal summary"), rows, "summary", keep_empty=True)


def _people(view: View) -> Cell:
    return view.get(PORTFOLIO, "additional_people")


def _present(name: str, unit: str = "") -> Asked:
    return lambda view, payer: view.get(PORTFOLIO, name, payer, unit=unit)


_ROWS: Sequence[tuple[str, Asked]] = (
    ("Present value, savings", _present("present_value_of_savings")),
    ("Present value, costs", _present("present_value_of_costs")),
    ("Net present value", _present("net_present_value")),
    ("  worst–best", lambda view, payer: view.range_of(PORTFOLIO, "net_present_value", payer) or NOTHING),
    ("Benefit-cost ratio", _present("benefit_cost_ratio", RATIO)),
    ("Break-even month", _present("break_even_month")),
    ("Peak funding", _present("peak_funding")),
)


def _of_payer(views: Sequence[View], payer: str) -> Iterator[Row]:
    before = any(view.before_costs(PORTFOLIO, payer, "present_value_of_costs") for view in views)
    yield Row((PAYERS[payer], *("" for _ in views)), "section")
    for label, asked in _ROWS:
        called = "PV less known costs" if before and label == "Net present value" else label
        yield Row((called, *(asked(view, payer) for view in views)), "part")


def _chances(compared: Compared, payer: str) -> Iterator[Row]:
    """The chance that the net present value is above nothing, and that the money is back; where draws are there."""
    for label, name, asked in _CHANCES:
        cells = [_chance(sure, payer, name, asked) for sure in compared.sure]
        if any(cell != NOTHING for cell in cells):
            yield Row((label, *cells), "part")


def _worth_it(sure: Intervals, key: str) -> Cell:
    found = sure.summary(key)
    return chance_text(found.above_zero) if found else NOTHING


def _is_back(sure: Intervals, key: str) -> Cell:
    chances = sure.simulation.chances_by_month(key)
    return chance_text(chances[-1]) if chances else NOTHING


_CHANCES: Sequence[tuple[str, str, Callable[[Intervals, str], Cell]]] = (
    ("Chance of more than nothing", VALUE, _worth_it),
    ("Chance that it is back at all", MONTH, _is_back),
)


def _chance(sure: Intervals | None, payer: str, name: str, asked: Callable[[Intervals, str], Cell]) -> Cell:
    """Of the plan as a whole, or of its only intervention; or why there is none."""
    if sure is None:
        return "no ranges"
    of_payer = [entity for entity, _, whose in sure.known(name) if whose == payer]
    if not of_payer or not sure.simulation.case.plan.need(f"{PORTFOLIO}.{name}.{payer}").usable:
        return NOTHING
    key = f"{of_payer[-1].path}.{name}.{payer}"
    return fill(sure.grounds[key].why_not, _HEADING) or asked(sure, key)


def outcomes(compared: Compared, views: Sequence[View]) -> Table | None:
    """What changes for people and is not money: how many people, or events a year; else as it was found."""
    titles: dict[str, str] = {}
    for view in views:
        for intervention in view.case.interventions:
            titles |= {one.path: f"{one.title} ({intervention.title})" for one in view.case.outcomes(intervention)}
    rows = [Row((title, *(_outcome(view, path) for view in views))) for path, title in titles.items()]
    return table(_columns(compared, "Outcomes that are not money, a year"), rows, "outcomes", keep_empty=True)


def _columns(compared: Compared, heading: str) -> list[Column]:
    return [Column(heading, "words"), *(Column(fill(name, _HEADING)) for name in compared.names)]


def _outcome(view: View, path: str) -> Cell:
    entity = view.case.model.entities.get(path)
    if entity is None or not view.case.model.counts(entity):
        return NOTHING
    people, events = (view.get(entity, name) for name in ("people_with_outcome", "change_in_events"))
    if not people.absent:
        return replace(people, within="{} people")
    return replace(view.nearest(entity, "outcome_change"), within="{} found") if events.absent else events


def _risks(view: View) -> str:
    """The gravest of what is known against the savings, and of which interventions."""
    keys = [f"{PORTFOLIO}.net_saving.{payer}" for payer in PAYERS]
    found: dict[str, dict[str, None]] = {}
    for note in notes(view.case, keys):
        if note.kind in _RISKS:
            whose = found.setdefault(_RISKS[note.kind], {})
            about = note.keys[-1:] if note.kind == "overlap" else note.keys  # the two are named together at the end
            whose |= {place_of(view.case, key.partition(".")[0]): None for key in about}
    said = [f"{kind}: {', '.join(filter(None, whose))}" for kind, whose in found.items()][:_MOST_RISKS]
    return fill("; ".join(said) or NOTHING, _HEADING)


_RISKS = {"contradicted": "contradicted", "calibrated": "solved from the result", "overlap": "overlap not known"}
_MOST_RISKS = 2


def _turning(view: View) -> str:
    """The figure that need move least for the council's net present value to be nothing, where every cost is known."""
    key = f"{PORTFOLIO}.net_present_value.council"
    if view.before_costs(PORTFOLIO, "council", "present_value_of_costs"):
        return ""
    first = next(iter(switching_values(view.case, key)), None)
    if first is None:
        return ""
    figure = view.case.figures[first.figure]
    return fill(f"{name_of(view.case, first.figure)} {written(first.at, figure.unit)}", _HEADING)


def _evidence(view: View) -> str:
    """The worst grade of evidence behind the savings, 1 the strongest and 6 the weakest."""
    keys = [f"{PORTFOLIO}.net_saving.{payer}" for payer in PAYERS]
    figures = (view.case.figures.get(key) for key in view.case.plan.behind(keys, counted=True))
    grades = [figure.detail.evidence.grade for figure in figures if figure and figure.detail.evidence]
    return f"grade {max(grades)} of 6" if grades else "not graded"


def _limits(view: View) -> str:
    planned = [entity.path for entity in view.case.interventions if entity.path in view.case.limits]
    return fill("; ".join(view.case.limits[path] for path in planned) or NOTHING, _HEADING)
