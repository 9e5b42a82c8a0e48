"""Figures out of a file's nodes: each number with its unit, year and source, or a problem at its line and column."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carescale.case import PORTFOLIO
from carescale.engine.registry import FigureKind
from carescale.figures import PLANNED_HERE, Citation, Detail, Doubt, Evidence, Figure, Solve, Source, has_prices
from carescale.formulas.vocabulary import CHOICES, SHARES_BY_YEAR, SHARES_OF_COST, registry
from carescale.inputs.document import Document, at_key, is_empty, pairs
from carescale.inputs.entities import Cohorts, looks_like_a_cohort, no_such_cohort
from carescale.inputs.origins import Origins, cite, last_word
from carescale.inputs.payers import PAID_BY, WRITTEN_OUT, read_paid_by, read_payers
from carescale.inputs.periods import period_of
from carescale.inputs.printed import in_its_range, read_plain, read_printed, read_printed_range
from carescale.inputs.schema import EvidenceEntry, FigureEntry, check_entry
from carescale.problems import quoted

_ALWAYS_KNOWN = ("horizon_months",)  # without which there is nothing to evaluate
_HINT = "a figure has a `value:`, or `unknown:` with the reason, or `solve:` with `equals:`"


def says_one_thing(document: Document, kind: FigureKind, node: MappingNode, entry: FigureEntry) -> bool:
    """Whether it does; a problem where it does not."""
    said = [key for key, _ in node.value if key.value in ("value", "unknown", "solve")]
    lone = {"solve", "equals"} & {key.value for key, _ in node.value}
    if len(said) > 1:
        message = f"`{said[1].value}` does not go with `{said[0].value}`"
        document.problem("unknown-key", message, said[1], _HINT)
    elif len(lone) == 1:
        key = document.at(node).find_key(tuple(lone))
        missing = "equals" if "solve" in lone else "solve"
        document.problem("missing-key", f"`{key.value}` needs `{missing}` beside it", key, _HINT)
    elif not said or getattr(entry, said[0].value) is None:
        document.problem("missing-key", f"it is not said what `{kind.name}` is", node, _HINT)
    elif kind.name in _ALWAYS_KNOWN and said[0].value != "value":
        document.problem(
            "missing-key", f"`{kind.name}` needs a `value:`", said[0], "or leave it out: there is a default"
        )
    elif (entry.unit is not None or entry.over is not None) and registry.figures.get(kind.name) is kind:
        unit = entry.unit is not None
        key = document.at(node).find_key(("unit" if unit else "over",))
        what = "say their unit" if unit else "are totals over some years"
        document.problem("unknown-key", f"only figures under `published:` {what}", key, "leave it out")
    else:
        return True
    return False


def ranged(document: Document, node: MappingNode, entry: FigureEntry) -> None:
    """A problem where something is said of a range that is not there, or two origins of it are given."""
    for name in ("covers", "range_source", "range_assumption"):
        if getattr(entry, name) is not None and entry.range is None:
            key = document.at(node).find_key((name,))
            message = f"`{name}` needs `range` beside it"
            document.problem("missing-key", message, key, "such as `range: £12,000 to £26,000`")
    if entry.range_source is not None and entry.range_assumption is not None:
        key = document.at(node).find_key(("range_assumption",))
        document.problem("unknown-key", "`range_assumption` does not go with `range_source`", key, "keep one of them")


_NO_DETAIL = Detail()


def _names_years(node: MappingNode) -> bool:
    """Whether a block has a number for each financial year."""
    return bool(node.value) and all(period_of(key.value) for key, _ in node.value)


class FigureReader(Struct, kw_only=True):
    """Reads the figures of one file. `scopes` maps each path where figures may stand to its level; `cohorts` has the
    parts of each intervention, for what is said of others.
    """

    document: Document
    scopes: Mapping[str, str]
    sources: Mapping[str, Source]
    citation: Citation | None = None
    year: str = ""
    checked: str = ""
    cohorts: Cohorts = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    origins: Origins = field(default_factory=Origins)

    # --- the tree of figures -------------------------------------------------------------------------------------

    def read_tree(self, node: Node | None, scope: str) -> None:
        """Every figure under a block, for the scope it stands in ("" at the top of a place file)."""
        if node is None or is_empty(node):
            return
        if not isinstance(node, MappingNode):
            self.document.problem(
                "wrong-kind", "figures are a block of names and numbers", node, "such as `current_people: 78`"
            )
            return
        kinds = registry.figures
        for key, value in node.value:
            name = key.value
            inner = f"{scope}.{name}" if scope else name
            if name in kinds:
                self._read_named(kinds[name], scope or PORTFOLIO, key, value)
            elif inner in self.scopes:
                self.read_tree(value, inner)
            elif name == "yearly_shares":
                self._read_yearly_shares(scope or PORTFOLIO, key, value)
            elif name == PAID_BY:
                self._read_paid_by(scope or PORTFOLIO, key, value, node)
            elif scope in self.cohorts and looks_like_a_cohort(key, value, WRITTEN_OUT):
                no_such_cohort(self.document, scope, key, self.cohorts[scope])
            else:
                self._unknown_name(scope, key)

    def _unknown_name(self, scope: str, key: ScalarNode) -> None:
        inside = f"{scope}." if scope else ""
        paths = [path for path, level in self.scopes.items() if level != "pair" or "_and_" in key.value]
        names = [path[len(inside) :] for path in paths if path.startswith(inside)]
        known = [name for name in names if name and "." not in name] + [
            kind.name for kind in registry.figures.values() if self._belongs(kind, scope or PORTFOLIO)
        ]
        known += [PAID_BY] if SHARES_OF_COST[0] in known else []
        where = f"{scope} has" if scope else "there is"
        hint = self.document.nearest(key.value, known)
        if key.value in CHOICES:
            hint = "that is a choice, not a figure: it stands under `choices:`"
        self.document.problem("unknown-name", f"{where} no figure or block {quoted(key.value)}", key, hint)

    def _belongs(self, kind: FigureKind, scope: str) -> bool:
        level = self.scopes.get(scope, "case")
        return kind.level == "cohort" if level == "group" else level in registry.coarser(kind.level)

    def _read_named(self, kind: FigureKind, scope: str, key: ScalarNode, node: Node) -> None:
        if not self._belongs(kind, scope):
            self._misplaced(kind.name, kind.level, scope, key)
        elif "payer" in kind.dimensions:
            read_payers(self, kind, scope, key, node)
        elif "period" in kind.dimensions and isinstance(node, MappingNode) and _names_years(node):
            for year, value in node.value:
                self.read_figure(f"{scope}.{kind.name}.{period_of(year.value)}", kind, value)
        else:
            self.read_figure(f"{scope}.{kind.name}", kind, node)
            if kind.name in SHARES_BY_YEAR:
                self.choices.setdefault(f"{scope}.ramp", "yearly_shares")

    def _misplaced(self, name: str, level: str, scope: str, key: ScalarNode) -> None:
        a_level = f"a{'n' if level[0] in 'aeiou' else ''} {level.replace('_', ' ')}"
        where = "the top of the figures" if scope == PORTFOLIO else scope
        hint = (
            f"move it under {a_level}, or what is around one"
            if level != "case"
            else "move it to the top of the figures"
        )
        self.document.problem("unknown-name", f"`{name}` is a figure of {a_level}, not of {where}", key, hint)

    def _read_paid_by(self, scope: str, key: ScalarNode, node: Node, block: MappingNode) -> None:
        kind = registry.figures[SHARES_OF_COST[0]]
        if self._belongs(kind, scope):
            read_paid_by(self, scope, node, {inner.value for inner, _ in block.value})
        else:
            self._misplaced(key.value, kind.level, scope, key)

    def _read_yearly_shares(self, scope: str, key: ScalarNode, node: Node) -> None:
        kind = registry.figures[SHARES_BY_YEAR[0]]
        if not self._belongs(kind, scope):
            self._misplaced(key.value, kind.level, scope, key)
            return
        items = node.value if isinstance(node, SequenceNode) else []
        if not 0 < len(items) <= len(SHARES_BY_YEAR):
            message = f"yearly shares are a list of one to {len(SHARES_BY_YEAR)} shares"
            self.document.problem("wrong-kind", message, node, "such as [20%, 60%, 100%]")
            return
        for year, name in enumerate(SHARES_BY_YEAR):
            self.read_figure(f"{scope}.{name}", registry.figures[name], items[min(year, len(items) - 1)])
        self.choices.setdefault(f"{scope}.ramp", "yearly_shares")

    # --- choices -------------------------------------------------------------------------------------------------

    def read_choices(self, node: Node | None, scope: str) -> None:
        """Every choice under a block, for the scope it stands in."""
        if node is not None and not isinstance(node, MappingNode) and not is_empty(node):
            self.document.problem(
                "wrong-kind", "choices are a block of names and words", node, "such as `ramp: straight`"
            )
        for key, value in pairs(node) if node is not None else []:
            inner = f"{scope}.{key.value}" if scope else key.value
            if key.value in CHOICES:
                self.read_choice(key.value, scope or PORTFOLIO, value)
            elif inner in self.scopes:
                self.read_choices(value, inner)
            elif scope in self.cohorts and isinstance(value, MappingNode):
                no_such_cohort(self.document, scope, key, self.cohorts[scope])
            else:
                known = [*CHOICES, *(path for path in self.scopes if "." not in path)]
                hint = self.document.nearest(key.value, known)
                self.document.problem("unknown-name", f"there is no choice {quoted(key.value)}", key, hint)

    def read_choice(self, name: str, scope: str, node: Node) -> None:
        """One choice; spaces and hyphens are as good as underscores."""
        word = node.value.strip().lower().replace(" ", "_").replace("-", "_") if isinstance(node, ScalarNode) else ""
        if word in CHOICES[name]:
            self.choices[f"{scope}.{name}"] = word
        else:
            found = quoted(node.value) if isinstance(node, ScalarNode) else "a block or a list"
            hint = self.document.nearest(word, CHOICES[name], "It can be")
            self.document.problem("unknown-name", f"`{name}` cannot be {found}", node, hint)

    # --- one figure ----------------------------------------------------------------------------------------------

    def read_figure(self, name: str, kind: FigureKind, node: Node, *, plan: bool = False) -> None:
        """One figure, written on a line or written out; that of a `plan` has no source unless it names one."""
        if isinstance(node, ScalarNode):
            number = read_printed(self.document, node.value, kind, node)
            figure = number and Figure(
                name=name,
                number=number,
                unit=kind.unit,
                year=self.year,
                citation=None if plan else self.citation,
                assumption=PLANNED_HERE if plan else "",
                position=self.document.position(node),
            )
            if figure and self._has_origin(figure, node):
                self.figures[name] = figure
        elif isinstance(node, MappingNode):
            entry = check_entry(self.document, FigureEntry, node)
            if entry is not None:
                if plan and not (entry.source or entry.where or entry.assumption or entry.unknown or entry.solve):
                    entry = entry.model_copy(update={"assumption": PLANNED_HERE})
                self._read_entry(name, kind, node, entry)
        else:
            self.document.problem(
                "wrong-kind", "a figure is a number, or a block with `value:`, not a list", node, "write one number"
            )

    def _read_entry(self, name: str, kind: FigureKind, node: MappingNode, entry: FigureEntry) -> None:
        if not says_one_thing(self.document, kind, node, entry):
            return
        value = at_key(node, "value")
        number = read_printed(self.document, entry.value, kind, value) if entry.value is not None else None
        if number is not None and entry.nearest is not None:
            unit = read_plain(self.document, entry.nearest, at_key(node, "nearest"))
            number = unit and number.nearest(unit.value)
        detail = self._detail(kind, node, entry)
        if detail is None or (entry.value is not None and number is None):
            return
        if number and not in_its_range(self.document, number, (detail.low, detail.high), value):
            return
        citation = None if entry.assumption else self._cite(entry.source, entry.where, node)
        position = self.document.position(at_key(node, "solve"))  # where it is solved for; else where the block starts
        figure = Figure(
            name=name, number=number, unit=kind.unit, year=entry.year or self._year_of(kind, entry), citation=citation,
            assumption=entry.assumption or "", position=position, detail=detail, unknown=entry.unknown or "",
        )  # fmt: skip
        if entry.unknown or self._has_origin(figure, node):
            self.figures[name] = figure

    def _year_of(self, kind: FigureKind, entry: FigureEntry) -> str:
        """The file's year; an assumption has none, unless it is money, which has prices."""
        return self.year if not entry.assumption or has_prices(kind.unit) else ""

    def _has_origin(self, figure: Figure, node: Node) -> bool:
        written = last_word(figure.name)
        return self.origins.are_given(written, node, figure.citation, figure.year, figure.assumption)

    def _cite(self, source: str | None, where: str | None, node: Node) -> Citation | None:
        if source is None:
            return self.citation and Citation(self.citation.source, where or "")
        return cite(self.document, self.sources, source, at_key(node, "source"), where or "")

    def _detail(self, kind: FigureKind, node: MappingNode, entry: FigureEntry) -> Detail | None:
        """What only some figures have; None where a part of it is wrong."""
        low = high = doubt = None
        solve: Solve | None = None
        before = len(self.document.problems.problems)
        ranged(self.document, node, entry)
        if entry.range is not None:
            ends = read_printed_range(self.document, entry.range, kind, at_key(node, "range"))
            low, high = ends or (None, None)
        if entry.contradicted_by is not None:
            at = at_key(node, "contradicted_by")
            found = cite(self.document, self.sources, entry.contradicted_by.source, at)
            doubt = found and Doubt(entry.contradicted_by.says, found)
        if entry.solve is not None:
            target = read_plain(self.document, entry.equals or "", at_key(node, "equals"))
            solve = Solve(entry.solve, target) if target else None
        evidence = self._evidence(entry.evidence, node, doubted=doubt is not None)
        spread = self._cite(entry.range_source, None, node) if entry.range_source else None
        if len(self.document.problems.problems) > before:
            return None
        note, replaces, deducted = (words or "" for words in (entry.note, entry.replaces, entry.deducted))
        when, who = entry.released_when or "", entry.decided_by or ""
        if not any((low, evidence, doubt, solve, note, replaces, deducted, when, who)):
            return _NO_DETAIL
        return Detail(
            low=low,
            high=high,
            covers=entry.covers or "",
            range_citation=spread,
            range_assumption=entry.range_assumption or "",
            evidence=evidence,
            note=note,
            replaces=replaces,
            deducted=deducted,
            doubt=doubt,
            solve=solve,
            released_when=when,
            decided_by=who,
        )

    def _evidence(self, entry: EvidenceEntry | None, node: MappingNode, *, doubted: bool) -> Evidence | None:
        block = at_key(node, "evidence")
        if entry is None or not isinstance(block, MappingNode):
            return None
        from carescale.inputs.evidence_scale import graded

        return graded(self.document.at(block), entry, self.checked, doubted=doubted)
