"""Caution: what the correction for the grade of its evidence would leave of a plan, and the case so corrected."""

from __future__ import annotations

from collections.abc import Container, Mapping
from decimal import Decimal

from carescale.analysis.projection import project
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity
from carescale.figures import Figure
from carescale.formulas import registry
from carescale.formulas.vocabulary import COSTS, COSTS_AVOIDED, SAVINGS
from carescale.numbers import Printed
from carescale.problems import NOWHERE

WEAK = 4  # grades from here on, 6 the weakest, are those of which a reader is told
_BEHIND: Mapping[str, tuple[str, ...]] = {
    "saving_evidence_grade": (*SAVINGS, *COSTS_AVOIDED),
    "cost_evidence_grade": COSTS,
}
_REASON = "the weakest evidence behind its {}, taken as it is graded"


def cautious(case: Case) -> Case:
    """The case with savings and costs corrected for the weakest evidence behind them, where that is weak and nobody
    says how strong it is.
    """
    return case.with_figures({key: _figure(key, grade) for key, grade in weak_evidence(case).items()})


def weak_evidence(case: Case) -> Mapping[str, int]:
    """The grade of the weakest evidence behind the savings of each intervention, and behind its costs, where it is
    weak: by the key of the figure that would say so.
    """
    found = {f"{one.path}.{name}": _weakest(case, one, name) for one in case.interventions for name in _BEHIND}
    return {key: grade for key, grade in found.items() if grade >= WEAK}


def left_with_caution(case: Case, payer: str) -> float | None:
    """What a payer saves net in a year if all is corrected so; None where that is not known."""
    value: float | None = project(cautious(case))[f"{PORTFOLIO}.net_saving.{payer}"].value
    return value


def _weakest(case: Case, entity: Entity, name: str) -> int:
    """The grade of its weakest evidence; 0 where there is none, or where a file gives a grade itself."""
    if case.plan.figure_key(name, entity, ()) in case.figures:
        return 0
    parts = {entity.path, *(part.path for part in case.parts(entity))}
    graded = (
        figure.detail.evidence.grade
        for key, figure in case.figures.items()
        if figure.number and figure.detail.evidence and _is_behind(key, name, parts)
    )
    return max(graded, default=0)


def _is_behind(key: str, grade: str, parts: Container[str]) -> bool:
    """Whether a figure is graded by a grade: of what is planned, or of a strand of it."""
    path, name, _ = registry.key(key)
    return name in _BEHIND[grade] and (path in parts or path.rpartition(".")[0] in parts)


def _figure(key: str, grade: int) -> Figure:
    number = Printed(Decimal(grade), Decimal(0), str(grade))
    reason = _REASON.format("savings" if "saving" in key else "costs")
    return Figure(name=key, number=number, unit="grade", year="", citation=None, assumption=reason, position=NOWHERE)
