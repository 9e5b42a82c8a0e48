"""Plans for more people than there are: they are worked out as they are written, and a reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from carescale.analysis.projection import Projection
from carescale.engine.model import Entity
from carescale.engine.plan import Plan

if TYPE_CHECKING:
    from carescale.analysis.areas import AreaProjection

_LIMITS = ("eligible_people", "adult_population")  # the narrowest that is known is held against the plan
_PLANNED = "planned_additional_people"
_NOISE = 1e-9


@dataclass(frozen=True)
class Overreach:
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
        people = [projection.get(cohort, name).value for name in ("people_now", _PLANNED)]
        most = projection.nearest(cohort, limit).value if limit else None
        in_all = sum(value for value in people if value is not None)  # at least; those of today may not be known
        if most is not None and _beyond(in_all, most):
            yield Overreach(cohort, in_all, limit, most)


def areas_beyond(areas: AreaProjection) -> tuple[int, str]:
    """In how many areas of a table the plan is for more people than there are, and the figure that says how many."""
    import numpy as np

    limit = _limit(areas.plan, areas.cohort)
    if not limit:
        return 0, ""
    now, more = (areas[areas.key(name)] for name in ("people_now", _PLANNED))
    return int(np.sum(_beyond(np.nan_to_num(now) + more, areas.given(limit)))), limit


def _limit(plan: Plan, cohort: Entity) -> str:
    return next((name for name in _LIMITS if plan.need(plan.figure_key(name, cohort, ())).usable), "")


def _beyond(people: float, most: float) -> bool:
    return people > most * (1 + _NOISE)
