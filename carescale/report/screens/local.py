"""Notes on a council's own money: what care costs here beside the published saving, and savings beside its budget."""

from __future__ import annotations

from collections.abc import Iterator

from carescale.analysis.projection import Result
from carescale.case import PORTFOLIO
from carescale.engine.model import Entity, Status
from carescale.numbers import money
from carescale.report.formats import text
from carescale.report.view import View
from carescale.report.words import payer_name


def local_costs(view: View, *, brief: bool = False) -> Iterator[tuple[str, str]]:
    """What the care that is replaced costs here: at most so much saved a person, beside what the plan counts."""
    for entity in view.case.interventions:
        for cohort in (part for part in view.case.parts(entity) if part.level == "cohort"):
            bound = view.projection.get(cohort, "local_saving_upper_bound", "council")
            if bound.usable and view.case.model.choice(cohort, "saving_basis") != "weekly_costs":
                yield "Local cost", _briefly(view, cohort, bound) if brief else _local_cost(view, cohort, bound)


def _beside(view: View, cohort: Entity) -> str:
    """What the plan counts, where that is known."""
    counted = view.projection.get(cohort, "saving_per_person", "council")
    return f", beside the {text(view(counted, marks=False))} that is counted" if counted.usable else ""


def _briefly(view: View, cohort: Entity, bound: Result) -> str:
    counted = view.projection.get(cohort, "saving_per_person", "council")
    beside = f"; {text(view(counted, marks=False))} is counted" if counted.usable else ""
    return f"at most {text(view(bound, marks=False))} a person, care homes here{beside}"


def _local_cost(view: View, cohort: Entity, bound: Result) -> str:
    """The bound and what it is made of; that nothing is taken off for what people pay, where that is not published."""
    weekly = view.projection.nearest(cohort, "weekly_cost_now", "council").value or 0
    year = view.case.figures[view.case.plan.figure_key("weekly_cost_now", cohort, (("payer", "council"),))].year
    gross = " and nothing taken off for what people pay" if bound.state.status == Status.PARTIAL else ""
    return (
        f"{cohort.title}: a care home costs {money(weekly, 2)} a week here ({year}), which makes at most "
        f"{text(view(bound, marks=False))} a person a year{_beside(view, cohort)}. An upper bound: care homes "
        f"only{gross}, and those who live in one often need more than others"
    )


def shares_of_budget(view: View, *, brief: bool = False) -> Iterator[tuple[str, str]]:
    """What each payer's savings are of the council's budget for adult social care, where that is given."""
    shares = []
    for entity in view.case.interventions:
        share = view.projection.get(entity, "saving_share_of_budget", "council")
        if share.usable:
            shares.append(f"{entity.title} {text(view(share, marks=False))}")
    if shares:
        budget = view.projection[f"{PORTFOLIO}.adult_social_care_budget"]
        said = (
            f"net saving ({payer_name('council')}) of {text(view(budget))} for adult social care: {'; '.join(shares)}"
        )
        yield "Budget", f"{'; '.join(shares)} of {text(view(budget))}" if brief else said
