"""Claims out of a place file: what was published, of which quantity, under which rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from yaml.nodes import Node, SequenceNode

from carescale.engine.plan import Plan
from carescale.figures import Citation, Source
from carescale.inputs.case import Claim
from carescale.inputs.document import Document
from carescale.inputs.figure_reader import cite
from carescale.inputs.schema import ClaimEntry, PlaceFile
from carescale.numbers import NotANumber, Printed, read_number, read_range
from carescale.problems import did_you_mean

COMPARATORS = {"equal_to": "is", "over": "over", "at_least": "at_least", "at_most": "at_most", "between": "between"}
_SPLIT = re.compile(r"\s+([+\-−])\s+")


def read_claims(
    document: Document, shape: PlaceFile, plan: Plan, sources: Mapping[str, Source], citation: Citation | None
) -> tuple[Claim, ...]:
    """Every claim of a place file; those that cannot be checked as written are noted as problems."""
    node, there = document.find(("claims",))
    if not there or not isinstance(node, SequenceNode):
        return ()
    read = [
        _read_claim(document, item, entry, plan, sources, citation)
        for item, entry in zip(node.value, shape.claims, strict=True)
    ]
    return tuple(claim for claim in read if claim)


def _read_claim(
    document: Document,
    node: Node,
    entry: ClaimEntry,
    plan: Plan,
    sources: Mapping[str, Source],
    citation: Citation | None,
) -> Claim | None:
    def problem(message: str, hint: str = "") -> None:
        document.problem("bad-claim", message, node, hint)

    compared = [name for name in COMPARATORS if getattr(entry, name) is not None]
    if len(compared) != 1:
        problem("a claim compares in one way", f"give one of: {', '.join(COMPARATORS.values())}")
        return None
    try:
        text = getattr(entry, compared[0])
        published = read_range(text) if compared[0] == "between" else (read_number(text),)
        nearest = read_number(entry.nearest) if entry.nearest else None
    except NotANumber as why:
        problem(f"its number cannot be read: {why}")
        return None
    if nearest is not None and nearest.value <= 0:
        problem("`nearest` is a unit to round to, such as £100k")
        return None
    terms = parse_terms(entry.that)
    for key in [*(key for _, key in terms), *([entry.under] if entry.under else [])]:
        if not _exists(plan, key):
            problem(f"there is no quantity or figure `{key[:100]}`", near_key(plan, key))
            return None
    if entry.source:
        citation = cite(document, sources, entry.source, node)
    return Claim(
        entry.that, terms, COMPARATORS[compared[0]], published, nearest, entry.rounding == "truncate",
        entry.under or "", entry.parts is not None, entry.expect, entry.note or "", document.place(node), citation,
    )  # fmt: skip


def parse_terms(text: str) -> tuple[tuple[int, str], ...]:
    """`a + b - c` as signed keys."""
    words = _SPLIT.split(" ".join(text.split()))
    signs = [1, *(1 if sign == "+" else -1 for sign in words[1::2])]
    return tuple(zip(signs, words[::2], strict=True))


def _exists(plan: Plan, key: str) -> bool:
    try:
        plan.need(key)
    except KeyError:
        return False
    return True


def near_key(plan: Plan, key: str) -> str:
    """The nearest quantities and figures to a key that nothing has: those of the same words first."""
    known = [*plan.quantities(), *plan.model.figures]
    last = key.rsplit(".", 1)[-1]
    sharing = [name for name in known if last in name.split(".")]
    if sharing and key not in sharing:
        listed = ", ".join(f"`{name}`" for name in sharing[:4])
        return f"did you mean {listed}?"
    return did_you_mean(key, known, "Known, for example")


def interval(number: Printed, nearest: Printed | None) -> tuple[Decimal, Decimal]:
    """What a published number may have been before it was printed."""
    if nearest is not None:
        return number.value - nearest.value / 2, number.value + nearest.value / 2
    return number.interval
