"""Claims out of a place file: what was published, of which quantity, under which rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from yaml.nodes import Node, SequenceNode

from carescale.case import Claim
from carescale.engine.plan import Plan
from carescale.figures import Citation, Source
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.citations import cite
from carescale.inputs.document import Document, at_key, is_empty, pairs
from carescale.inputs.printed import read_plain, wrong_unit
from carescale.inputs.schema import ClaimEntry, check_entry
from carescale.numbers import NotANumber, Printed, read_number, read_range
from carescale.problems import did_you_mean, quoted

COMPARATORS = ("is", "over", "at_least", "at_most", "between")
_SPLIT = re.compile(r"\s+([+\-−])\s+")


def read_claims(
    document: Document, plan: Plan, sources: Mapping[str, Source], citation: Citation | None
) -> tuple[Claim, ...]:
    """Every claim of a place file; those that cannot be checked as written are noted as problems."""
    node, there = document.find(("claims",))
    if not there or is_empty(node):
        return ()
    if not isinstance(node, SequenceNode):
        document.problem("wrong-kind", "claims are a list, each on a line that starts with `- that:`", node)
        return ()
    reader = _Reader(document, plan, sources, citation, settled=not document.problems.problems)
    return tuple(claim for item in node.value if (claim := reader.read(item)))


@dataclass(frozen=True)
class _Reader:
    """Reads claims. Where earlier problems may have lost a name (`settled` is false), what is not there is let pass."""

    document: Document
    plan: Plan
    sources: Mapping[str, Source]
    citation: Citation | None
    settled: bool

    def read(self, node: Node) -> Claim | None:
        entry = check_entry(self.document, ClaimEntry, node)
        comparator = self._comparator(node) if entry else ""
        if entry is None or not comparator:
            return None
        before = len(self.document.problems.problems)
        published = self._published(node, comparator)
        nearest = self._nearest(node) if entry.nearest is not None else None
        terms = parse_terms(entry.that)
        for at, keys in (("that", [key for _, key in terms]), ("under", [entry.under] if entry.under else [])):
            for key in keys:
                self._check_key(key, at_key(node, at))
        self._check_unit(terms[0][1], published, at_key(node, comparator))
        cited = (
            cite(self.document, self.sources, entry.source, at_key(node, "source")) if entry.source else self.citation
        )
        if len(self.document.problems.problems) > before:
            return None
        return Claim(
            text=entry.that,
            terms=terms,
            comparator=comparator,
            published=published,
            nearest=nearest,
            truncate=entry.rounding == "truncate",
            under=entry.under or "",
            from_parts=entry.parts is not None,
            expect=entry.expect,
            note=entry.note or "",
            position=self.document.position(node),
            citation=cited,
        )

    def _comparator(self, node: Node) -> str:
        """The one way in which a claim compares; "", with a problem noted, where there is none or several."""
        given = [key for key, _ in pairs(node) if key.value in COMPARATORS]
        hint = f"a claim has one of: {', '.join(COMPARATORS)}"
        if not given:
            self.document.problem("bad-claim", "it is not said what the claim is held against", node, hint)
        elif len(given) > 1:
            message = f"`{given[1].value}` does not go with `{given[0].value}`"
            self.document.problem("bad-claim", message, given[1], hint)
        return given[0].value if len(given) == 1 else ""

    def _published(self, node: Node, comparator: str) -> tuple[Printed, ...]:
        """The published number, or both ends of a range; none, with a problem noted, where it cannot be read."""
        at = at_key(node, comparator)
        try:
            return read_range(at.value) if comparator == "between" else (read_number(at.value),)
        except NotANumber as why:
            wanted = "a range" if comparator == "between" else "a number"
            self.document.problem("bad-claim", f"{quoted(at.value)} is not {wanted} to compare with", at, str(why))
            return ()

    def _nearest(self, node: Node) -> Printed | None:
        at = at_key(node, "nearest")
        number = read_plain(self.document, at.value, at)
        if number is not None and number.value <= 0:
            hint = "`nearest` is the unit that the source rounded to, such as £100k"
            self.document.problem("bad-claim", f"nothing is rounded to the nearest {quoted(at.value)}", at, hint)
        return number

    def _check_key(self, key: str, at: Node) -> None:
        """Note a name that nothing has."""
        known = self.settled or key.partition(".")[0] in self.plan.model.entities
        if known and not _exists(self.plan, key):
            hint = "" if self.document.crowded else near_key(self.plan, key)
            self.document.problem("bad-claim", f"there is no quantity or figure {quoted(key)}", at, hint)

    def _check_unit(self, key: str, published: tuple[Printed, ...], at: Node) -> None:
        """Note a number that says it is of another unit than the quantity it is held against."""
        wrong = wrong_unit(published[-1], _unit(self.plan, key)) if published and _exists(self.plan, key) else None
        if wrong:
            message = f"{quoted(published[-1].text)} for {quoted(key)}: {wrong[0]}"
            self.document.problem("bad-claim", message, at, wrong[1])


def _unit(plan: Plan, key: str) -> str:
    """The unit of a quantity or figure that exists."""
    if key in plan.model.figures:
        return plan.model.figures[key].unit
    names = [
        word for word in reversed(key.split(".")) if word in plan.registry.by_name or word in plan.registry.figures
    ]
    quantities = plan.registry.by_name.get(names[0])
    return quantities[0].unit if quantities else plan.registry.figures[names[0]].unit


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
    words = [word for word in key.split(".") if word not in PAYERS]
    sharing = [name for name in known if words and words[-1] in name.split(".")]
    if sharing:
        listed = ", ".join(f"`{name}`" for name in sharing[:4])
        return f"did you mean {listed}?"
    return did_you_mean(key, known, "Known, for example")


def interval(number: Printed, nearest: Printed | None) -> tuple[Decimal, Decimal]:
    """What a published number may have been before it was printed."""
    if nearest is not None:
        return number.value - nearest.value / 2, number.value + nearest.value / 2
    return number.interval
