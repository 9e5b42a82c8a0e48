"""Plans for more people than there are: they are worked out as they are written, and a reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from carescale.analysis.projection import Projection
from carescale.engine.model import Entity
from carescale.engine.plan import Plan
from carescale.formulas.reach import people_beyond, people_in_all

if TYPE_CHECKING:
    from carescale.analysis.areas import AreaProjection

_LIMITS = ("eligible_people", "adult_population")  # the narrowest that is known is held against the plan
_PLANNED = "planned_additional_people"
_NOISE = 1e-9


class Overreach(Struct, frozen=True):
    """A cohort with more people in all, as planned, than there are; `limit` is the figure that says how many."""

    cohort: Entity
    people: float
    limit: str
    most: float

    @property
    def key(self) -> str:
        """The quantity that the plan is about."""
        return f"{self.cohort.path}.{_PLANNED}"


def overreach(projection: Projection) -> Iterator[Overreach]:
    """The cohorts of a place whose plan is for more people than there are."""
    case = projection.case
    for cohort in (part for entity in case.interventions for part in case.parts(entity) if part.level == "cohort"):
        limit = _limit(case.plan, cohort)
        if limit and _beyond(projection, cohort, limit):
            in_all = projection.apply(people_in_all, *_planned(cohort))
            yield Overreach(cohort, in_all, limit, projection.nearest(cohort, limit).value)


def areas_beyond(areas: AreaProjection) -> tuple[int, str]:
    """In how many areas of a table the plan is for more people than there are, and the figure that says how many."""
    limit = _limit(areas.plan, areas.cohort)
    if not limit:
        return 0, ""
    import numpy as np

    beyond = np.broadcast_to(_beyond(areas.projection, areas.cohort, limit), (len(areas.table),))
    return int(beyond.sum()), limit


def _limit(plan: Plan, cohort: Entity) -> str:
    return next((name for name in _LIMITS if plan.need(plan.figure_key(name, cohort, ())).usable), "")


def _planned(cohort: Entity) -> tuple[str, str]:
    return f"{cohort.path}.people_now", f"{cohort.path}.{_PLANNED}"


def _beyond(projection: Projection, cohort: Entity, limit: str) -> Any:
    """Whether the plan is for more than there are, by more than noise; of every area, over areas."""
    most = projection.case.plan.figure_key(limit, cohort, ())
    beyond = projection.apply(people_beyond, *_planned(cohort), most)
    return beyond is not None and beyond > _NOISE * projection[most].value
