"""Notes on a council's own money: what care costs here beside the published saving, and savings beside its budget."""

from __future__ import annotations

from collections.abc import Iterator

from carescale.analysis.projection import Result
from carescale.case import PORTFOLIO
from carescale.engine.model import Entity
from carescale.numbers import money
from carescale.report.values import Shower, payer_name


def local_costs(show: Shower) -> Iterator[tuple[str, str]]:
    """What the care that is replaced costs here: at most so much saved a person, beside what the plan counts."""
    for entity in show.case.interventions:
        for cohort in (part for part in show.case.parts(entity) if part.level == "cohort"):
            bound = show.projection.get(cohort, "local_saving_upper_bound", "council")
            if bound.usable and show.case.model.choice(cohort, "saving_basis") != "weekly_costs":
                yield "Local cost", _local_cost(show, cohort, bound)


def _local_cost(show: Shower, cohort: Entity, bound: Result) -> str:
    weekly = show.projection.nearest(cohort, "weekly_cost_now", "council").value or 0
    year = show.case.figures[show.case.plan.figure_key("weekly_cost_now", cohort, (("payer", "council"),))].year
    counted = show.projection.get(cohort, "saving_per_person", "council")
    beside = f", beside the {show(counted)} that the plan counts" if counted.usable else ""
    return (
        f"{cohort.title}: a care home costs {money(weekly, 2)} a week here ({year}), which makes at most "
        f"{show(bound)} a person a year{beside}. An upper bound: care homes only, and those who live in one often need "
        "more than others"
    )


def shares_of_budget(show: Shower) -> Iterator[tuple[str, str]]:
    """What each payer's savings are of the council's budget for adult social care, where that is given."""
    shares = []
    for entity in show.case.interventions:
        share = show.projection.get(entity, "saving_share_of_budget", "council")
        if share.usable:
            shares.append(f"{entity.title} {show(share)}")
    if shares:
        budget = show.projection[f"{PORTFOLIO}.adult_social_care_budget"]
        yield (
            "Budget",
            f"net saving ({payer_name('council')}) of {show(budget)} for adult social care: {'; '.join(shares)}",
        )
