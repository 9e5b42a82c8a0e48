"""Formulas that files write, under `formulas:`: a sum with a name, a unit and a title, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from yaml.nodes import MappingNode, Node, ScalarNode

from carescale.case import FREE, OWN
from carescale.engine.plan import Plan
from carescale.engine.registry import Formula
from carescale.engine.tree import Expression
from carescale.formulas import registry
from carescale.inputs.document import Document, at_key, is_empty, pairs
from carescale.inputs.language.names import Names
from carescale.inputs.language.parser import read_sum
from carescale.inputs.language.reading import read_checked
from carescale.inputs.language.sums import Misread, Sum
from carescale.inputs.language.units import converted, named, same_but_for_a_period, same_but_for_time
from carescale.inputs.schema import FormulaEntry, check_entry
from carescale.measures import NotAUnit, read_measure
from carescale.problems import quoted


class _Written(Struct, frozen=True):
    """A formula as it stands in a file; `around` is the intervention whose file it is."""

    document: Document
    key: ScalarNode
    node: Node
    around: str


def read_formulas(documents: Iterable[tuple[Document, str]], plan: Plan) -> Mapping[str, Formula]:
    """Every formula of some files, by its key. What is wrong goes to the documents."""
    reader = _Reader(plan)
    for document, around in documents:
        reader.collect(document, around)
    for name in reader.written:
        reader.formula(name)
    return reader.found


MOST = 500  # formulas of a file, each of which may rest on the one before


class _Reader(Struct):
    plan: Plan
    written: dict[str, _Written] = field(default_factory=dict)
    found: dict[str, Formula] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def collect(self, document: Document, around: str) -> None:
        """The formulas of a file, not read yet."""
        node, there = document.find(("formulas",))
        if not there or is_empty(node):
            return
        if not isinstance(node, MappingNode):
            hint = "such as `cost_per_assessment: spend / assessments`, one a line"
            document.problem("wrong-kind", "formulas are a block of names and sums", node, hint)
            return
        if len(node.value) > MOST:
            document.problem("too-large", f"a file may have {MOST} formulas, and this has {len(node.value):,}", node)
            return
        for key, value in pairs(node):
            if self._is_free(document, key):
                self.written[key.value] = _Written(document, key, value, around)

    def _is_free(self, document: Document, key: ScalarNode) -> bool:
        """Whether a name may be that of a formula of one's own; a problem where it is taken, or is none."""
        name = key.value
        if not name.isidentifier():
            hint = "letters, digits and `_`, such as `cost_per_assessment`: other sums are written with it"
            document.problem("unknown-name", f"{quoted(name)} cannot be the name of a formula", key, hint)
            return False
        taken = name in registry.by_name or name in registry.figures or f"{FREE}{name}" in self.plan.model.figures
        if taken or name in self.written:
            document.problem("duplicate-key", f"{quoted(name)} is the name of something else", key, "choose another")
        return not taken and name not in self.written

    def formula(self, name: str) -> None:
        """Read a formula, and first those of its names that are formulas too."""
        written = self.written[name]
        if name in self.begun:
            if f"{OWN}{name}" not in self.found:
                message = f"`{name}` goes round in a ring: it takes what is made from it"
                written.document.problem("bad-sum", message, written.key)
            return
        self.begun.add(name)
        text, entry, at = self._entry(written)
        if text is None:
            return
        for other in _names(text):
            if other in self.written:
                self.formula(other)
        names = Names(self.plan, own=self.found, around=written.around)
        read = read_checked(written.document, text, at, names)
        if read is None or self._is_monthly(written, read[0], at):
            return
        made = self._in_its_unit(written, *read, entry)
        if made:
            self.found[f"{OWN}{name}"] = _as_formula(name, text, entry, written, *made)

    def _entry(self, written: _Written) -> tuple[str | None, FormulaEntry | None, Node]:
        if isinstance(written.node, ScalarNode):
            return written.node.value, None, written.node
        entry = check_entry(written.document, FormulaEntry, written.node)
        return (entry.equal_to if entry else None), entry, at_key(written.node, "is")

    def _is_monthly(self, written: _Written, read: Sum, at: Node) -> bool:
        """Whether it takes a series of months, of which a sum makes no one number; a problem where it does."""
        own = (FREE, OWN)
        keys = [node.name for node in read.names if not node.name.startswith(own)]
        monthly = [key for key in keys if registry.key(key).name in registry.monthly_names]
        if monthly:
            hint = "take its total, its lowest, or a quantity of a year"
            message = f"`{monthly[0]}` has a value for each month, and a sum is one number"
            written.document.problem("bad-sum", message, at, hint)
        return bool(monthly)

    def _in_its_unit(
        self, written: _Written, read: Sum, unit: str, entry: FormulaEntry | None
    ) -> tuple[Expression, str] | None:
        """The sum in the unit that it says it has; None, with a problem noted, where it has another."""
        if entry is None or entry.unit is None:
            return read.tree, unit
        at = at_key(written.node, "unit")
        try:
            said = read_measure(entry.unit)
        except NotAUnit as why:
            written.document.problem("wrong-unit", f"{quoted(entry.unit)} is not a unit", at, str(why))
            return None
        if said == unit or same_but_for_a_period(said, unit):
            return read.tree, unit
        if same_but_for_time(said, unit):
            return converted(read.tree, unit, said), said
        message = f"`{written.key.value}` says {named(said)}, and its sum makes {named(unit)}"
        written.document.problem("bad-sum", message, at, "change one of them")
        return None


def _names(text: str) -> list[str]:
    """The names in a sum, with or without `formulas.` in front; none where it cannot be read, which is told later."""
    try:
        return [node.name.removeprefix(OWN) for node in read_sum(text).names]
    except Misread:
        return []


def _as_formula(
    name: str, text: str, entry: FormulaEntry | None, written: _Written, tree: Expression, unit: str
) -> Formula:
    """The engine's own kind of formula: whatever reads formulas reads it, too."""
    position = written.document.position(written.key)
    title = (entry.title if entry else None) or name.replace("_", " ").capitalize()
    note = (entry.note if entry else None) or f"Worked out in {position.file}: {' '.join(text.split())}."
    return Formula(
        name=name,
        title=title,
        unit=unit,
        level="case",
        dimensions=(),
        function=lambda: tree,
        arguments=(),
        where=f"{position.file}:{position.line}",
        doc=note,
        when={},
    )
