"""One sum, worked out: its value, all that its printed numbers leave open, its unit, and how it was read."""

from __future__ import annotations

import math
from dataclasses import dataclass

from yaml.error import Mark
from yaml.nodes import MappingNode, ScalarNode

from carescale.analysis.claim_sums import OPEN, ClaimSum, Sums
from carescale.analysis.finding import unknown_in
from carescale.engine.extent import Extent
from carescale.engine.intervals import Interval
from carescale.inputs.case import Case, Claim
from carescale.inputs.document import Document
from carescale.inputs.language.names import Names
from carescale.inputs.language.reading import read_checked
from carescale.inputs.language.sums import Sum, literals
from carescale.numbers import Printed
from carescale.problems import NOWHERE

OPTION = "SUM"


@dataclass(frozen=True)
class Calculation:
    """A sum and what it makes. `extent` is what it can be as its numbers were printed; `open` has those
    that leave it open.
    """

    sum: Sum
    unit: str
    value: float
    extent: Extent
    case: Case | None
    open: tuple[Printed, ...] = ()


def calculate(text: str, case: Case | None = None) -> Calculation:
    """Work out a sum, of printed numbers or of a case's quantities and figures. Raises Problems."""
    document = _document(text)
    read = read_checked(document, text, document.root.value[0][1], Names(case.plan if case else None))
    document.problems.stop()
    assert read is not None
    written, unit = read
    claim_sum = ClaimSum(Sums(case), _claim(written, unit))
    if case is not None:
        unknown_in(case, claim_sum.claim.keys)
    box: dict[str, Interval] = {}
    for kind in OPEN:
        box |= claim_sum.open[kind]
    value = claim_sum.central
    extent = claim_sum.extent(box) if not math.isnan(value) else claim_sum.extent({})
    found = tuple(one.printed for one in literals(written.tree) if not one.printed.is_exact)
    return Calculation(written, unit, value, extent, case, found)


def _document(text: str) -> Document:
    """The sum as a file of one line, so that what is wrong with it is underlined in it."""
    mark, end = Mark(OPTION, 0, 0, 0, None, 0), Mark(OPTION, len(text), 0, len(text), None, 0)
    node = ScalarNode("", text, mark, end)
    return Document(OPTION, text, MappingNode("", [(ScalarNode("", "sum", mark, mark), node)], mark, end))


def _claim(written: Sum, unit: str) -> Claim:
    """The sum as a claim that is held against nothing."""
    return Claim(written.text, written.tree, unit, "is", (), None, None, False, "", False, "", "", NOWHERE, None)
