"""The appraisal summary table: options side by side in the Green Book's words, a column an option."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import fill

from carescale.analysis.compare import Compared
from carescale.analysis.telling import switching_values
from carescale.case import PORTFOLIO
from carescale.formulas.vocabulary import PAYERS
from carescale.report.blocks import NOTHING, Cell, Column, Row, Table, table
from carescale.report.formats import RATIO, written
from carescale.report.view import View
from carescale.report.words import name_of

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
            rows += _of_payer(views, payer)
    rows += [Row(("Would turn it", *map(_turning, views)))] if any(map(_turning, views)) else []
    rows.append(Row(("Weakest evidence", *map(_evidence, views))))
    rows += [Row(("Limits", *map(_limits, views)))] if any(_limits(view) != NOTHING for view in views) else []
    shown = [Column("Appraisal summary", "words"), *(Column(fill(name, _HEADING)) for name in compared.names)]
    return table(shown, rows, "summary", keep_empty=True)


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
