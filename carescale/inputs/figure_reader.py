"""Figures out of a file's nodes: each number with its unit, year and source, or a problem at its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carescale.engine.registry import FigureKind
from carescale.figures import Citation, Detail, Doubt, Figure, Solve, Source
from carescale.formulas.vocabulary import CHOICES, PAYERS, YEARS_OF_SHARES, registry
from carescale.inputs.document import Document, pairs
from carescale.inputs.fitting import misfit
from carescale.inputs.schema import FigureEntry, check_entry
from carescale.numbers import NotANumber, Printed, read_number, read_range
from carescale.problems import did_you_mean

_WRITTEN_OUT = {"value", "unknown", "solve", "assumption", "source", "equals"}
_NO_DETAIL = Detail()


@dataclass
class FigureReader:
    """Reads the figures of one file. `scopes` maps each path where figures may stand to its level."""

    document: Document
    scopes: Mapping[str, str]
    sources: Mapping[str, Source]
    citation: Citation | None = None
    year: str = ""
    figures: dict[str, Figure] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)

    # --- the tree of figures -------------------------------------------------------------------------------------

    def read_tree(self, node: Node | None, scope: str) -> None:
        """Every figure under a block, for the scope it stands in ("" at the top of a place file)."""
        if node is None or _is_empty(node):
            return
        if not isinstance(node, MappingNode):
            self.document.problem("wrong-kind", "figures are a block of names, indented", node)
            return
        kinds = registry.figures
        for key, value in node.value:
            name = key.value
            inner = f"{scope}.{name}" if scope else name
            if name in kinds:
                self._read_named(kinds[name], scope or "portfolio", key, value)
            elif inner in self.scopes:
                self.read_tree(value, inner)
            elif name == "yearly_shares":
                self._read_yearly_shares(scope, value)
            else:
                self._unknown_name(scope, key)

    def _unknown_name(self, scope: str, key: ScalarNode) -> None:
        inside = f"{scope}." if scope else ""
        names = [path[len(inside) :] for path in self.scopes if path.startswith(inside)]
        known = [name for name in names if name and "." not in name] + [
            kind.name for kind in registry.figures.values() if self._belongs(kind, scope or "portfolio")
        ]
        where = f"{scope} has" if scope else "there is"
        hint = did_you_mean(key.value, known)
        if key.value in CHOICES:
            hint = "that is a choice, not a figure: it stands under `choices:`"
        self.document.problem("unknown-name", f"{where} no figure or block `{key.value}`", key, hint)

    def _belongs(self, kind: FigureKind, scope: str) -> bool:
        level = self.scopes.get(scope, "case")
        return kind.level == "cohort" if level == "group" else level in registry.coarser(kind.level)

    def _read_named(self, kind: FigureKind, scope: str, key: ScalarNode, node: Node) -> None:
        if not self._belongs(kind, scope):
            message = f"`{kind.name}` is a figure of a {kind.level.replace('_', ' ')}, not of {scope}"
            self.document.problem("unknown-name", message, key, "move it to the block it belongs to")
        elif "payer" in kind.dimensions:
            self._read_payers(kind, scope, key, node)
        else:
            self.read_figure(f"{scope}.{kind.name}", kind, node)

    def _read_payers(self, kind: FigureKind, scope: str, key: ScalarNode, node: Node) -> None:
        if not isinstance(node, MappingNode) or any(inner.value in _WRITTEN_OUT for inner, _ in node.value):
            hint = f"write it under a payer: {', '.join(PAYERS)}"
            self.document.problem("wrong-kind", f"`{kind.name}` does not say for which payer", key, hint)
            return
        for payer, value in node.value:
            if payer.value in PAYERS:
                self.read_figure(f"{scope}.{kind.name}.{payer.value}", kind, value)
            else:
                hint = did_you_mean(payer.value, PAYERS)
                self.document.problem("unknown-name", f"there is no payer `{payer.value}`", payer, hint)

    def _read_yearly_shares(self, scope: str, node: Node) -> None:
        items = node.value if isinstance(node, SequenceNode) else []
        if not 0 < len(items) <= YEARS_OF_SHARES:
            message = f"yearly shares are a list of one to {YEARS_OF_SHARES} shares, such as [20%, 60%, 100%]"
            self.document.problem("wrong-kind", message, node)
            return
        for year in range(1, YEARS_OF_SHARES + 1):
            name = f"share_in_year_{year}"
            self.read_figure(f"{scope}.{name}", registry.figures[name], items[min(year, len(items)) - 1])
        self.choices.setdefault(f"{scope}.ramp", "yearly_shares")

    # --- choices -------------------------------------------------------------------------------------------------

    def read_choices(self, node: Node | None, scope: str) -> None:
        """Every choice under a block, for the scope it stands in."""
        for key, value in pairs(node) if node is not None else []:
            inner = f"{scope}.{key.value}" if scope else key.value
            if key.value in CHOICES:
                self.read_choice(key.value, scope or "portfolio", value)
            elif inner in self.scopes:
                self.read_choices(value, inner)
            else:
                known = [*CHOICES, *(path for path in self.scopes if "." not in path)]
                hint = did_you_mean(key.value, known)
                self.document.problem("unknown-name", f"there is no choice `{key.value}`", key, hint)

    def read_choice(self, name: str, scope: str, node: Node) -> None:
        """One choice; spaces and hyphens are as good as underscores."""
        word = node.value.strip().lower().replace(" ", "_").replace("-", "_") if isinstance(node, ScalarNode) else ""
        if word in CHOICES[name]:
            self.choices[f"{scope}.{name}"] = word
        else:
            self.document.problem("unknown-name", f"`{name}` cannot be that", node, did_you_mean(word, CHOICES[name]))

    # --- one figure ----------------------------------------------------------------------------------------------

    def read_figure(self, name: str, kind: FigureKind, node: Node) -> None:
        """One figure, written on a line or written out."""
        if isinstance(node, ScalarNode):
            number = self._number(node.value, kind, node)
            figure = number and Figure(name, number, kind.unit, self.year, self.citation, "", self.document.place(node))
            if figure and self._has_origin(figure, node):
                self.figures[name] = figure
        elif isinstance(node, MappingNode):
            entry = check_entry(self.document, FigureEntry, node)
            if entry is not None:
                self._read_entry(name, kind, node, entry)
        else:
            self.document.problem("wrong-kind", "a figure is a number or a block with `value:`, not a list", node)

    def _read_entry(self, name: str, kind: FigureKind, node: MappingNode, entry: FigureEntry) -> None:
        known = [key for key in ("value", "unknown", "solve") if getattr(entry, key) is not None]
        if len(known) != 1 or (entry.solve is None) != (entry.equals is None):
            hint = "a figure has a `value:`, or `unknown:` with the reason, or `solve:` with `equals:`"
            self.document.problem("missing-key", "it is not said what the figure is", node, hint)
            return
        number = self._number(entry.value, kind, _at(node, "value")) if entry.value is not None else None
        detail = self._detail(kind, node, entry)
        if detail is None or (entry.value is not None and number is None):
            return
        citation = None if entry.assumption else self._cite(entry.source, entry.where, node)
        figure = Figure(
            name, number, kind.unit, entry.year or self.year, citation, entry.assumption or "",
            self.document.place(node), detail, entry.unknown or "",
        )  # fmt: skip
        if entry.unknown or self._has_origin(figure, node):
            self.figures[name] = figure

    def _has_origin(self, figure: Figure, node: Node) -> bool:
        if not figure.assumption and figure.citation is None:
            hint = "add `source:` here or at the top of the file, or `assumption:` with the reason"
            self.document.problem(
                "no-source", f"`{_last(figure.name)}` has neither a source nor an assumption", node, hint
            )
            return False
        if not figure.assumption and not figure.year:
            hint = "add `year:` here or at the top of the file"
            self.document.problem("no-year", f"`{_last(figure.name)}` has no year", node, hint)
            return False
        return True

    def _cite(self, source: str | None, where: str | None, node: Node) -> Citation | None:
        if source is None:
            return self.citation and Citation(self.citation.source, where or "")
        return cite(self.document, self.sources, source, _at(node, "source"), where or "")

    def _detail(self, kind: FigureKind, node: MappingNode, entry: FigureEntry) -> Detail | None:
        """What only some figures have; None where a part of it is wrong."""
        low = high = doubt = None
        solve: Solve | None = None
        before = len(self.document.problems.problems)
        if entry.range is not None:
            low, high = self._range(entry.range, kind, _at(node, "range"))
        if entry.contradicted_by is not None:
            at = _at(node, "contradicted_by")
            found = cite(self.document, self.sources, entry.contradicted_by.source, at)
            doubt = found and Doubt(entry.contradicted_by.says, found)
        if entry.solve is not None:
            target = self._text_number(entry.equals or "", _at(node, "equals"))
            solve = Solve(entry.solve, target) if target else None
        spread = self._cite(entry.range_source, None, node) if entry.range_source else None
        if len(self.document.problems.problems) > before:
            return None
        words = (entry.grade or "", entry.note or "", entry.replaces or "", entry.deducted or "")
        return Detail(low, high, spread, *words, doubt, solve) if any((low, doubt, solve, *words)) else _NO_DETAIL

    # --- numbers -------------------------------------------------------------------------------------------------

    def _range(self, text: str, kind: FigureKind, node: Node) -> tuple[Printed | None, Printed | None]:
        try:
            low, high = read_range(text)
        except NotANumber as why:
            self.document.problem("not-a-number", f"`{text[:60]}` is not a range: {why}", node)
            return None, None
        fits = self._fits(low, kind, node) and self._fits(high, kind, node)
        return (low, high) if fits else (None, None)

    def _text_number(self, text: str, node: Node) -> Printed | None:
        try:
            return read_number(text)
        except NotANumber as why:
            self.document.problem("not-a-number", f"`{text[:60]}` is not a number: {why}", node)
            return None

    def _number(self, text: str, kind: FigureKind, node: Node) -> Printed | None:
        if " to " in text:
            self.document.problem("not-a-number", f"`{text[:60]}` is a range", node, _RANGE_HINT)
            return None
        number = self._text_number(text, node)
        return number if number is not None and self._fits(number, kind, node) else None

    def _fits(self, number: Printed, kind: FigureKind, node: Node) -> bool:
        problem = misfit(number, kind)
        if problem:
            code, message, hint = problem
            self.document.problem(code, f"`{number.text}` for `{kind.name}`: {message}", node, hint)
        return not problem


_RANGE_HINT = "give the value you rely on as `value:` and both ends as `range:`"


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value == ""


def _at(node: Node, key: str) -> Node:
    """The node under a key of a block, or the block itself."""
    return next((value for inner, value in pairs(node) if inner.value == key), node)


def _last(name: str) -> str:
    words = [word for word in name.split(".") if word not in PAYERS]
    return words[-1]


def cite(document: Document, sources: Mapping[str, Source], key: str, node: Node, where: str = "") -> Citation | None:
    """A source by its key; a problem where nobody declared it."""
    if key in sources:
        return Citation(sources[key], where)
    hint = did_you_mean(key, sources) + "\na file may declare its own under `sources:`"
    document.problem("unknown-name", f"there is no source `{key[:80]}`", node, hint)
    return None
