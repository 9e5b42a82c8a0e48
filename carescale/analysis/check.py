"""Hold published claims against the engine: each gets the first verdict that fits, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.claim_sums import ClaimSum, Sums
from carescale.analysis.leaning import leaning, noticed, stated
from carescale.analysis.one_area import one_area
from carescale.analysis.projection import Projection, Result
from carescale.analysis.together import AreasTogether
from carescale.analysis.verdicts import (
    BY_RULE,
    CALIBRATED,
    CONTRADICTED,
    EVIDENCE,
    NOT_DETERMINED,
    REPRODUCED,
    WITHIN_RANGE,
    WITHIN_ROUNDING,
    compare,
)
from carescale.case import FREE, Case, Claim
from carescale.engine.model import Status
from carescale.problems import Problem

__all__ = [
    "BY_RULE", "CALIBRATED", "CONTRADICTED", "EVIDENCE", "NOT_DETERMINED", "REPRODUCED", "WITHIN_RANGE",
    "WITHIN_ROUNDING", "Checked", "Judged", "check", "judge",
]  # fmt: skip


class Judged(Struct, frozen=True):
    """A claim with its verdict. `computed` is None where it is not determined; `own` is the tool's own sum where the
    claim is made from published parts; `other` what it is held against, where that is a sum; `nearest` what the
    inputs could give at best, where they contradict it; `leans` what of others and of assumptions it rests on.
    """

    claim: Claim
    verdict: str
    computed: float | None
    why: str
    unit: str
    title: str
    own: float | None = None
    other: float | None = None
    nearest: float | None = None
    leans: tuple[str, ...] = ()

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the file states, if it states one."""
        return not self.claim.expect or self.verdict == self.claim.expect


class Checked(Struct, frozen=True, kw_only=True):
    """A file checked: all its claims judged, the inputs that no uncalibrated claim depends on, and what else was found.

    `refused` is what is wrong with claims that could not be judged, `unused` are published figures that no sum takes.
    `case` is there where the file is a place. A `strict` check fails on what is contradicted, too, unless expected.
    """

    file: str
    judged: tuple[Judged, ...] = ()
    unchecked: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    case: Case | None = None
    strict: bool = False

    @property
    def passed(self) -> bool:
        return not self.wrong and all(map(self.is_fine, self.judged))

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """All that is wrong beside verdicts: what was found, and claims that could not be judged."""
        return (*self.problems, *self.refused)

    def is_fine(self, judged: Judged) -> bool:
        """Whether a claim does not fail the check."""
        refuted = self.strict and judged.verdict == CONTRADICTED and not judged.claim.expect
        return judged.as_expected and not refuted

    def with_problems(self, problems: Iterable[Problem]) -> Checked:
        """The same with what else was found."""
        return replace(self, problems=(*self.problems, *problems))


def check(case: Case) -> Checked:
    """Judge every claim of a case."""
    if case.areas is not None:
        return Checked(file=case.file, judged=tuple(map(partial(_of_areas, case), case.claims)), case=case)
    projection, sums = Projection(case), Sums(case)
    held = [ClaimSum(sums, claim) for claim in case.claims]
    judged = tuple(_judged(projection, claim_sum) for claim_sum in held)
    evidence = [claim_sum for claim_sum, item in zip(held, judged, strict=True) if item.verdict in EVIDENCE]
    unchecked = _unchecked(projection, sums, evidence)
    return Checked(file=case.file, judged=judged, unchecked=unchecked, unused=_unused(case, held), case=case)


def _unused(case: Case, held: Iterable[ClaimSum]) -> tuple[str, ...]:
    """Published figures of a file that neither a claim takes nor a formula that the file writes."""
    taken = {key for claim_sum in held for key in (*claim_sum.behind, *claim_sum.published_parts)}
    taken |= set(case.plan.behind(list(case.model.own)))
    return tuple(key for key, one in case.figures.items() if key.startswith(FREE) and one.number and key not in taken)


def _of_areas(case: Case, claim: Claim) -> Judged:
    """A claim on one area of a table, as that area by itself would have it; or on totals over all areas.

    A total is of the areas where it is known; how far the printed inputs reach is not followed through it.
    """
    if claim.area:
        alone = one_area(case, claim.area)
        return judge(Projection(alone), claim)
    together = AreasTogether(case)
    totals = {key: together.total(key) for key in claim.keys}
    known = {key: total.value for key, total in totals.items() if total.known}
    whole = replace(case, model=replace(case.model, numbers={**_alone(case), **known}), areas=None)
    judged = _judged(Projection(whole), ClaimSum(Sums(whole), claim), worked_out=True)
    missing = max((total.missing for total in totals.values()), default=0)
    left_out = f"over {len(together.table) - missing:,} of {len(together.table):,} areas" if missing else ""
    return replace(judged, why="; ".join(filter(None, (judged.why, left_out))))


def _alone(case: Case) -> dict[str, float]:
    """The numbers of a case that are not columns of its table."""
    columns = case.areas.figures if case.areas else {}
    return {key: value for key, value in case.model.numbers.items() if key not in columns}


def judge(projection: Projection, claim: Claim) -> Judged:
    """The first verdict that fits: not determined, calibrated, and then those of evidence."""
    return _judged(projection, ClaimSum(Sums(projection.case), claim))


def _judged(projection: Projection, claim_sum: ClaimSum, *, worked_out: bool = False) -> Judged:
    """The verdict on one sum; its numbers may have been worked out beforehand, as totals over areas are."""
    claim = claim_sum.claim
    title = projection.title(claim.key) if claim.key else claim.text
    if why := _undetermined(projection, claim):
        return Judged(claim, NOT_DETERMINED, None, why, claim.unit, title)
    computed, other = claim_sum.central, None
    if claim.against is not None:
        other = claim_sum.part(claim.against)
        computed = claim_sum.part(claim.tree)
    if math.isnan(computed) or math.isnan(claim_sum.central):
        return Judged(claim, NOT_DETERMINED, None, "it would divide by nothing", claim.unit, title)
    if why := _calibrated_by(claim_sum, computed):
        return Judged(claim, CALIBRATED, computed, why, claim.unit, title)
    if not worked_out and (given := stated(claim_sum)):
        why = f"it is given: {given}, which nothing published derives"
        return Judged(claim, NOT_DETERMINED, None, why, claim.unit, title)
    own = ClaimSum(claim_sum.sums, claim, own=True).central if claim.from_parts else None
    verdict = compare(claim_sum)
    shown = None if verdict.word == NOT_DETERMINED else computed
    return Judged(
        claim, verdict.word, shown, verdict.why, claim.unit, title, own, other, verdict.nearest, leaning(claim_sum)
    )


def _undetermined(projection: Projection, claim: Claim) -> str:
    case = projection.case
    unknown = [key for key in claim.keys if key not in case.figures or case.figures[key].number is None]
    results = [projection[key] for key in unknown]
    if missing := [result for result in results if not result.usable]:
        return _missing(case, missing)
    beyond = [result.key for result in results if result.beyond_horizon]
    return f"{', '.join(beyond)} beyond the horizon, and no sum is made with that" if beyond and not claim.key else ""


def _missing(case: Case, missing: list[Result]) -> str:
    """Why quantities have no number: what is not published, else what the plan does not reach or need."""
    because = list(dict.fromkeys(key for result in missing if _is_unknown(result) for key in result.state.because))
    if not because:
        return "; ".join(dict.fromkeys(_without_number(case, result) for result in missing))
    reasons = [case.figures[key].unknown for key in because if key in case.figures and case.figures[key].unknown]
    return f"{', '.join(because)} not published" + (f": {reasons[0]}" if reasons else "")


def _is_unknown(result: Result) -> bool:
    return result.state.status == Status.UNKNOWN


def _without_number(case: Case, result: Result) -> str:
    """Why a quantity that is not unknown has no number all the same."""
    if result.state.status != Status.NOT_APPLICABLE:
        return f"{result.key} has a value for each month, and a claim is about one number"
    if result.key in result.state.because:
        return f"{result.key} is not given"
    around = [entity for path, entity in case.model.entities.items() if result.key.startswith(f"{path}.")]
    if not all(case.model.counts(entity) for entity in around):
        return f"the plan does not reach {max((entity.path for entity in around), key=len)}"
    return f"{result.key} does not apply in this plan"


def _calibrated_by(claim_sum: ClaimSum, computed: float) -> str:
    """Why the number could not have come out otherwise: a figure was solved from it, under this name or another."""
    for key in claim_sum.solved if claim_sum.claim.published else ():
        solve = claim_sum.case.figures[key].detail.solve
        published = claim_sum.claim.published[0].value
        if solve and solve.target.value == published and math.isclose(computed, float(published), rel_tol=1e-9):
            return f"{key} was solved from this very number"
    return ""


def _unchecked(projection: Projection, sums: Sums, evidence: list[ClaimSum]) -> tuple[str, ...]:
    """Given figures that the projection rests on and that no uncalibrated claim would notice a change of."""
    case = projection.case
    behind = dict.fromkeys(key for result in projection for key in sums.behind(result.key))
    given = [key for key in behind if key in case.figures and case.figures[key].number]
    resting: dict[str, list[ClaimSum]] = {}
    for claim_sum in evidence:
        for key in claim_sum.behind:
            resting.setdefault(key, []).append(claim_sum)
    return tuple(key for key in given if not any(noticed(claim_sum, key) for claim_sum in resting.get(key, ())))
