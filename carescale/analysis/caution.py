"""Caution: what the correction for the grade of its evidence would leave of a saving, and the case so corrected."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from carescale.analysis.projection import project
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity
from carescale.figures import Figure
from carescale.formulas import registry
from carescale.numbers import Printed
from carescale.problems import NOWHERE

WEAK = 4  # grades from here on, 6 the weakest, are those of which a reader is told
_GRADE = "saving_evidence_grade"
_SAVINGS = ("published_saving_per_person", "saving_per_episode", "spend_reduction")


def cautious(case: Case) -> Case:
    """The case with each saving corrected for the weakest evidence behind it, where that is weak and nobody says how
    strong it is.
    """
    return case.with_figures(_grades(case))


def weak_evidence(case: Case) -> Mapping[str, int]:
    """The grade of the weakest evidence behind the savings of each intervention, by its path, where it is weak."""
    found = {entity.path: _weakest(case, entity) for entity in case.interventions}
    return {path: grade for path, grade in found.items() if grade >= WEAK}


def left_with_caution(case: Case, payer: str) -> float | None:
    """What a payer saves net in a year if savings are corrected so; None where that is not known."""
    value: float | None = project(cautious(case))[f"{PORTFOLIO}.net_saving.{payer}"].value
    return value


def _grades(case: Case) -> Mapping[str, Figure]:
    return {f"{path}.{_GRADE}": _figure(path, grade) for path, grade in weak_evidence(case).items()}


def _weakest(case: Case, entity: Entity) -> int:
    """The grade of its weakest evidence; 0 where there is none, or where a file gives a grade itself."""
    if case.plan.figure_key(_GRADE, entity, ()) in case.figures:
        return 0
    behind = [key for part in case.parts(entity) for key in case.figures if key.startswith(f"{part.path}.")]
    savings = [case.figures[key] for key in behind if registry.key(key).name in _SAVINGS]
    return max(
        (figure.detail.evidence.grade for figure in savings if figure.number and figure.detail.evidence), default=0
    )


def _figure(path: str, grade: int) -> Figure:
    number = Printed(Decimal(grade), Decimal(0), str(grade))
    reason = "the weakest evidence behind its savings, taken as it is graded"
    name = f"{path}.{_GRADE}"
    return Figure(name=name, number=number, unit="grade", year="", citation=None, assumption=reason, position=NOWHERE)
