"""Hold published claims against the engine: each gets the first verdict that fits, and why."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from carescale.analysis.claim_sums import ClaimSum, Unhullable, hull
from carescale.analysis.projection import Projection, Result
from carescale.case import Case, Claim
from carescale.engine.model import Status
from carescale.inputs.claims import interval
from carescale.numbers import Printed, round_to, to_decimal
from carescale.problems import Problem

NOT_DETERMINED = "not determined"
CALIBRATED = "calibrated"
REPRODUCED = "reproduced"
BY_RULE = "reproduced by a rule"
WITHIN_ROUNDING = "within rounding"
CONTRADICTED = "contradicted"
_EVIDENCE = (REPRODUCED, BY_RULE, WITHIN_ROUNDING, CONTRADICTED)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A claim with its verdict. `computed` is None where it is not determined; `own` is the tool's own sum where the
    claim is made from published parts.
    """

    claim: Claim
    verdict: str
    computed: float | None
    why: str
    unit: str
    title: str
    own: float | None = None

    @property
    def as_expected(self) -> bool:
        return self.verdict == self.claim.expect


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file checked: all its claims judged, the inputs that no uncalibrated claim depends on, and what else was found.

    `case` is there where the file is a place.
    """

    file: str
    judged: tuple[Judged, ...] = ()
    unchecked: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    case: Case | None = None

    @property
    def passed(self) -> bool:
        return not self.problems and all(judged.as_expected for judged in self.judged)

    def with_problems(self, problems: Iterable[Problem]) -> Checked:
        """The same with what else was found."""
        return replace(self, problems=(*self.problems, *problems))


def check(case: Case) -> Checked:
    """Judge every claim of a case."""
    if case.areas is not None:  # a table of many areas has no claims
        return Checked(file=case.file, case=case)
    projection = Projection(case)
    judged = tuple(judge(projection, claim) for claim in case.claims)
    return Checked(file=case.file, judged=judged, unchecked=_unchecked(projection, judged), case=case)


def judge(projection: Projection, claim: Claim) -> Judged:
    """The first verdict that fits, in the order of the words at the top of this file."""
    case = projection.case
    results = [projection[key] for _, key in claim.terms]
    unit, title = results[0].unit, results[0].title if claim.key else claim.text
    if why := _undetermined(projection, claim):
        return Judged(claim=claim, verdict=NOT_DETERMINED, computed=None, why=why, unit=unit, title=title)
    claim_sum = ClaimSum(case, claim)
    computed = claim_sum.value({})
    own = ClaimSum(case, claim, own=True).value({}) if claim.from_parts else None
    if why := _calibrated_by(case, claim, computed):
        return Judged(claim=claim, verdict=CALIBRATED, computed=computed, why=why, unit=unit, title=title)
    verdict, why = _compare(case, claim, claim_sum, computed)
    return Judged(claim=claim, verdict=verdict, computed=computed, why=why, unit=unit, title=title, own=own)


def _undetermined(projection: Projection, claim: Claim) -> str:
    case = projection.case
    if claim.key in case.figures and not case.figures[claim.key].detail.solve and case.figures[claim.key].number:
        return "it is given, not computed: nothing published derives it"
    results = [projection[key] for _, key in claim.terms]
    if missing := [result for result in results if not result.usable]:
        return _missing(case, missing)
    beyond = [result.key for result in results if result.beyond_horizon]
    alone = len(results) == 1 or not beyond
    return "" if alone else f"{', '.join(beyond)} beyond the horizon, and no sum is made with that"


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


def _calibrated_by(case: Case, claim: Claim, computed: float) -> str:
    """Why the number could not have come out otherwise: a figure was solved from it, under this name or another."""
    behind = [name for name in case.plan.behind(claim.keys) if name in case.figures]
    for key in behind:
        solve = case.figures[key].detail.solve
        if solve and solve.target.value == claim.published[0].value and _same(computed, float(solve.target.value)):
            return f"{key} was solved from this very number"
    return ""


def _compare(case: Case, claim: Claim, claim_sum: ClaimSum, computed: float) -> tuple[str, str]:
    if _holds(claim, computed, plainly=True) and not claim.from_parts:
        if claim.under:
            return _under(case, claim)
        return REPRODUCED, ""
    if _holds(claim, computed, plainly=False):
        return BY_RULE, _rule(claim)
    try:
        low, high = hull(claim_sum)
    except Unhullable as why:
        return CONTRADICTED, f"rounding of the inputs was not tried: {why}"
    if _meets(claim, low, high):
        return WITHIN_ROUNDING, "some inputs inside their printed precision give it, these as printed do not"
    return CONTRADICTED, ""


def _under(case: Case, claim: Claim) -> tuple[str, str]:
    """Reproduced, if the assumption that the claim names is one it rests on."""
    behind = case.plan.behind(claim.keys)
    figure = case.figures.get(claim.under)
    if claim.under not in behind or figure is None:
        return REPRODUCED, f"it does not rest on {claim.under}, which the file names"
    return BY_RULE, f"given {figure.number.text if figure.number else 'an unknown'} for {claim.under} ({figure.origin})"


def _rule(claim: Claim) -> str:
    rules = [
        f"to the nearest {claim.nearest.text}" if claim.nearest else "",
        "truncated" if claim.truncate else "",
        "from the parts as they were published" if claim.from_parts else "",
    ]
    return ", ".join(filter(None, rules))


def _holds(claim: Claim, computed: float, *, plainly: bool) -> bool:
    """Whether the computed value is what was published, as printed; or, not plainly, by the rules the claim names."""
    if math.isnan(computed):
        return False
    published, value = claim.published[0], _decimal(computed)
    match claim.comparator:
        case "over":
            return value > published.value
        case "at_least":
            return value >= published.value
        case "at_most":
            return value <= published.value
        case "between":
            return published.value <= value <= claim.published[1].value
    step = _last_digit(published) if plainly or claim.nearest is None else claim.nearest.value
    if not math.isfinite(computed):
        return False
    return round_to(value, step, truncate=claim.truncate and not plainly) == published.value


def _decimal(value: float) -> Decimal:
    """A computed value without its binary noise; infinite where a month lies beyond the horizon."""
    return to_decimal(value) if math.isfinite(value) else Decimal(value)


def _last_digit(published: Printed) -> Decimal:
    """The unit that a number was printed to: of its suffix (£1.3m), or its last digit in full."""
    exponent = published.value.as_tuple().exponent
    return published.step or Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


def _meets(claim: Claim, low: float, high: float) -> bool:
    """Whether the hull of the computed values meets what the published number may have been before it was printed.

    A rounded number's interval is open above: half a step up would have been printed as the next.
    """
    if math.isnan(low) or math.isnan(high):
        return False
    (floor, ceiling), lowest, highest = interval(claim.published[0], claim.nearest), _decimal(low), _decimal(high)
    match claim.comparator:
        case "over":
            return highest > floor
        case "at_least":
            return highest >= floor
        case "at_most":
            return lowest < ceiling or lowest <= floor == ceiling
        case "between":
            return highest >= floor and lowest <= claim.published[1].interval[1]
    return floor <= highest and (lowest < ceiling or lowest <= floor == ceiling)


def _unchecked(projection: Projection, judged: tuple[Judged, ...]) -> tuple[str, ...]:
    """Given figures that the projection rests on and that no uncalibrated claim would notice a change of."""
    case = projection.case
    sums = [ClaimSum(case, item.claim) for item in judged if item.verdict in _EVIDENCE]
    central = [item.value({}) for item in sums]
    behind = case.plan.behind(result.key for result in projection)
    given = [key for key in behind if key in case.figures and case.figures[key].number]
    return tuple(key for key in given if not _noticed(key, case, sums, central))


def _noticed(key: str, case: Case, sums: list[ClaimSum], central: list[float]) -> bool:
    value = float(case.figures[key].value or 0)
    moved: Mapping[str, float] = {key: value / 2 if value else 1.0}
    return any(
        item.depends_on(key) and not _same(item.value(moved), was) for item, was in zip(sums, central, strict=True)
    )


def _same(value: float, other: float) -> bool:
    return value == other or math.isclose(value, other, rel_tol=1e-9)
