"""One sum, worked out: its value, all that its printed numbers leave open, its unit, and how it was read."""

from __future__ import annotations

import math

from msgspec import Struct

from carescale.analysis.claim_sums import OPEN, ClaimSum, Sums
from carescale.analysis.enclosures import Enclosure
from carescale.analysis.lookup import unknown_in
from carescale.case import Case, Claim
from carescale.engine.extent import Extent
from carescale.engine.intervals import Interval
from carescale.engine.tree import Expression, Operation
from carescale.inputs.language.names import Names
from carescale.inputs.language.reading import read_alone
from carescale.inputs.language.sums import Sum, literals
from carescale.numbers import Printed
from carescale.problems import NOWHERE

OPTION = "SUM"


class Calculation(Struct, frozen=True):
    """A sum and what it makes. `extent` is what it can be as its numbers were printed; `open` has those
    that leave it open.
    """

    sum: Sum
    unit: str
    value: float
    extent: Extent
    case: Case | None
    open: tuple[Printed, ...] = ()
    why_none: str = ""  # what keeps it from being a number


def calculate(text: str, case: Case | None = None) -> Calculation:
    """Work out a sum, of printed numbers or of a case's quantities and figures. Raises Problems."""
    written, unit = read_alone(text, OPTION, Names(case.plan if case else None))
    claim_sum = ClaimSum(Sums(case), _claim(written, unit))
    if case is not None:
        unknown_in(case, claim_sum.claim.keys)
    box: dict[str, Interval] = {}
    for kind in OPEN:
        box |= claim_sum.open[kind]
    value = claim_sum.central
    extent = Enclosure(claim_sum).extent({} if math.isnan(value) else box)
    found = tuple(one.printed for one in literals(written.tree) if not one.printed.is_exact)
    why = "" if math.isfinite(value) or unit == "month" else _why_none(written, case)
    return Calculation(written, unit, value, extent, case, found, why)


def _why_none(written: Sum, case: Case | None) -> str:
    """Why the innermost part that makes no number makes none."""
    tree = written.tree

    def value(part: Expression) -> float:
        return ClaimSum(Sums(case), _claim(written.with_tree(part), "")).central

    parts = [part for part in tree.arguments if not math.isfinite(value(part))] if isinstance(tree, Operation) else []
    if parts:
        return _why_none(written.with_tree(parts[0]), case)
    match tree:
        case Operation(verb="divide") if value(tree.arguments[1]) == 0:
            return "it would divide by nothing"
        case Operation(verb="power") if value(tree.arguments[0]) < 0:
            return "a root of less than nothing is none"
        case Operation(verb="power") if value(tree.arguments[0]) == 0:
            return "it would divide by nothing"
    return "it is beyond the largest number that can be worked with"


def _claim(written: Sum, unit: str) -> Claim:
    """The sum as a claim that is held against nothing."""
    return Claim(
        text=written.text,
        tree=written.tree,
        unit=unit,
        comparator="is",
        published=(),
        against=None,
        nearest=None,
        truncate=False,
        assuming="",
        from_parts=False,
        expect="",
        note="",
        position=NOWHERE,
        citation=None,
    )
