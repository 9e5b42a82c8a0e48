"""Claims out of a place file: a sum, what was published of it, under which rule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct
from yaml.nodes import Node, SequenceNode

from carescale.case import Claim
from carescale.engine.plan import Plan
from carescale.engine.tree import Expression, Name, Operation
from carescale.figures import Citation, Source
from carescale.inputs.document import Document, at_key, is_empty, pairs
from carescale.inputs.language.names import Names
from carescale.inputs.language.reading import read_checked
from carescale.inputs.language.sums import Literal, Sum
from carescale.inputs.language.unit_hints import unit_hint
from carescale.inputs.language.units import converted, named, same_but_for_a_period, same_but_for_time, with_units
from carescale.inputs.origins import cite
from carescale.inputs.printed import read_plain
from carescale.inputs.schema import ClaimEntry, check_entry
from carescale.numbers import NotANumber, Printed, is_in_fractions, read_as_printed, read_range, unhedged
from carescale.problems import quoted

COMPARATORS = ("is", "over", "at_least", "at_most", "between")
_BY_HEDGE = {"at least": "at_least", "at most": "at_most", "range": "between"}


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
    reader = _Reader(document, Names(plan), sources, citation, settled=not document.problems.problems)
    return tuple(claim for item in node.value if (claim := reader.read(item)))


class _Held(Struct, frozen=True):
    """A sum and what it is held against: printed numbers, or another sum."""

    tree: Expression
    unit: str
    comparator: str
    published: tuple[Printed, ...] = ()
    against: Expression | None = None


class _Reader(Struct, frozen=True):
    """Reads claims. Where earlier problems may have lost a name (`settled` is false), what is not there is let pass."""

    document: Document
    names: Names
    sources: Mapping[str, Source]
    citation: Citation | None
    settled: bool

    def read(self, node: Node) -> Claim | None:
        entry = check_entry(self.document, ClaimEntry, node)
        if entry is None:
            return None
        before = len(self.document.problems.problems)
        read = read_checked(self.document, entry.that, at_key(node, "that"), self.names, settled=self.settled)
        comparator = self._comparator(node, read[0].tree if read else None)
        nearest = self._nearest(node) if entry.nearest is not None else None
        if entry.assuming and not self._knows(entry.assuming):
            message = f"there is no quantity or figure {quoted(entry.assuming)}"
            at = at_key(node, "assuming")
            hint = "" if self.document.crowded else self.names.near(entry.assuming)
            self.document.problem("bad-claim", message, at, hint)
        held = self._held(node, comparator, *read) if read and comparator else None
        cited = (
            cite(self.document, self.sources, entry.source, at_key(node, "source")) if entry.source else self.citation
        )
        if held is None or len(self.document.problems.problems) > before:
            return None
        return Claim(
            text=entry.that,
            tree=held.tree,
            unit=held.unit,
            comparator=held.comparator,
            published=held.published,
            against=held.against,
            nearest=nearest,
            truncate=entry.rounding == "truncate",
            assuming=entry.assuming or "",
            from_parts=entry.parts is not None,
            expect=entry.expect or "",
            note=entry.note or "",
            position=self.document.position(node),
            citation=cited,
            area=entry.area or "",
        )

    def _knows(self, key: str) -> bool:
        plan = self.names.plan
        lost = not self.settled and plan is not None and key.partition(".")[0] not in plan.model.entities
        return lost or self.names.exists(key)

    def _comparator(self, node: Node, tree: Expression | None) -> str:
        """The one way in which a claim compares; "", with a problem noted, where there is none or several."""
        given = [key for key, _ in pairs(node) if key.value in COMPARATORS]
        compares = isinstance(tree, Operation) and tree.verb in ("less_than", "at_most")
        hint = f"a claim has one of: {', '.join(COMPARATORS)}"
        if compares and not given:
            return "itself"
        if compares:
            hint = "leave it out, or the comparison in the sum"
            self.document.problem("bad-claim", f"`{given[0].value}` does not go with a comparison", given[0], hint)
        elif not given:
            self.document.problem("bad-claim", "it is not said what the claim is held against", node, hint)
        elif len(given) > 1:
            message = f"`{given[1].value}` does not go with `{given[0].value}`"
            self.document.problem("bad-claim", message, given[1], hint)
        return given[0].value if len(given) == 1 and not compares else ""

    def _held(self, node: Node, comparator: str, written: Sum, unit: str) -> _Held | None:
        """The sum beside what it is held against; None, with a problem noted, where they do not go together."""
        tree = written.tree
        if comparator == "itself":
            assert isinstance(tree, Operation)
            smaller, larger = tree.arguments
            unit = self._unit(written, larger) or self._unit(written, smaller)  # a bare 0 is of any
            return _Held(larger, unit, "over" if tree.verb == "less_than" else "at_least", against=smaller)
        at = at_key(node, comparator)
        published = self._published(at, comparator)
        if published is None:
            return self._against(at, comparator, written, unit) if comparator != "between" else None
        comparator = _BY_HEDGE.get(published[0].hedge, comparator) if comparator == "is" else comparator
        if comparator == "between" and len(published) == 1 and published[0].spread:
            published = read_range(unhedged(published[0].text))
        shown = _in_the_published_unit(tree, unit, published[-1])
        if shown is None:
            said = published[-1].unit
            found = "a plain number" if said is None else "a percentage" if published[-1].symbol == "%" else named(said)
            message = f"{quoted(at.value)} for {quoted(written.text)}: {_expected(unit)}, not {found}"
            hint = unit_hint(tree, self.names, unit, said or "") or _such(published[-1], unit)
            self.document.problem("bad-claim", message, at, hint)
            return None
        return _Held(*shown, comparator, published)

    def _unit(self, written: Sum, part: Expression) -> str:
        """The unit of a part of a sum whose units fit."""
        return with_units(written.with_tree(part), self.names.unit)[1]

    def _published(self, at: Node, comparator: str) -> tuple[Printed, ...] | None:
        """The published number, or both ends of a range; None where it is none, a problem noted unless it is a sum."""
        try:
            return read_range(at.value) if comparator == "between" else (read_as_printed(at.value),)
        except NotANumber as why:
            if comparator == "between" or not _looks_like_a_sum(at.value):
                wanted = "a range" if comparator == "between" else "a number or a sum"
                self.document.problem("bad-claim", f"{quoted(at.value)} is not {wanted} to compare with", at, str(why))
                return None
        return None

    def _against(self, at: Node, comparator: str, written: Sum, unit: str) -> _Held | None:
        """Another sum that the first is held against."""
        if not _looks_like_a_sum(at.value):
            return None
        read = read_checked(self.document, at.value, at, self.names, settled=self.settled)
        if read is None:
            return None
        other, other_unit = read[0].tree, read[1]
        if other_unit != unit and same_but_for_time(other_unit, unit):
            other = converted(other, other_unit, unit)
        elif other_unit != unit and not same_but_for_a_period(other_unit, unit):
            message = f"{quoted(at.value)} for {quoted(written.text)}: {_expected(unit)}, not {named(other_unit)}"
            self.document.problem("bad-claim", message, at, "a sum is held against one of the same unit")
            return None
        return _Held(written.tree, unit, comparator, against=other)

    def _nearest(self, node: Node) -> Printed | None:
        at = at_key(node, "nearest")
        number = read_plain(self.document, at.value, at)
        if number is not None and number.value <= 0:
            hint = "`nearest` is the unit that the source rounded to, such as £100k"
            self.document.problem("bad-claim", f"nothing is rounded to the nearest {quoted(at.value)}", at, hint)
        return number


def _looks_like_a_sum(text: str) -> bool:
    """Whether a text that is no printed number may be a sum: an operator, a bracket or a name stands in it."""
    if is_in_fractions(text):
        return False
    return any(sign in text for sign in "+*×÷/^()<>=") or "_" in text or " - " in text or " − " in text


def _in_the_published_unit(tree: Expression, unit: str, number: Printed) -> tuple[Expression, str] | None:
    """The sum in the unit of the number printed of it; None where it is of another.

    A number without a unit is a share, or counts what the sum counts; one that names no period has the sum's.
    """
    said = number.unit
    counts = bool(unit) and "/" not in unit and "*" not in unit and unit != "GBP"
    if said is None:
        return (tree, unit) if not unit or counts or unit == "GBP/GBP" else None
    if said == unit or same_but_for_a_period(said, unit):
        return tree, unit
    if unit == "GBP/GBP" and said in ("GBP", "") and isinstance(tree, Name):
        return tree, unit
    if same_but_for_time(said, unit):
        return converted(tree, unit, said), said
    return None


def _expected(unit: str) -> str:
    words = named(unit)
    return f"{words} {'is' if words.startswith(('a ', '£')) else 'are'} expected"


def _such(number: Printed, unit: str) -> str:
    """The number as it would be written in the unit that is wanted."""
    if "*" in unit:
        return "something does not cancel in the sum: look at the units of its terms"
    words = named(unit)
    digits = number.text.lstrip("£").removesuffix(number.word).rstrip("% ")
    if unit == "":
        return "such as 13% or 0.13"
    if unit.startswith("GBP"):
        return f"such as £{digits} {words.removeprefix('£').removeprefix('pounds').strip()}".strip()
    return f"such as {digits} {words}"


def is_restated(claim: Claim) -> bool:
    """Whether a claim is a printed number, held against another."""
    return isinstance(claim.tree, Literal)


def last_digit(published: Printed) -> Decimal:
    """The unit that a number was printed to: of its suffix (£1.3m), or its last digit in full."""
    exponent = published.value.as_tuple().exponent
    return published.step or Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))
