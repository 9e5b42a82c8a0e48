"""From a `table:` block, and the reading it may name, to what stands where in the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from yaml.nodes import Node

from carescale.area_table import Column, Peers, TableMap
from carescale.engine.registry import FigureKind
from carescale.engine.tree import Expression
from carescale.figures import Citation, Source
from carescale.formulas.vocabulary import PAYERS, registry
from carescale.inputs.citations import cite, default_citation
from carescale.inputs.document import Document, at_key, pairs
from carescale.inputs.language.parser import read_sum
from carescale.inputs.language.reading import note
from carescale.inputs.language.sums import Misread
from carescale.inputs.library import library_sources, own_file, read_shipped, shipped_names
from carescale.inputs.origins import Origins
from carescale.inputs.schema import PlaceFile, check_entry
from carescale.inputs.table_schema import ColumnEntry, PeersEntry, ReadingEntry, TableEntry
from carescale.problems import did_you_mean, quoted


@dataclass
class TableReader:
    """Reads the `table:` block of a place file. Problems go to the documents."""

    document: Document
    base: Path
    place: PlaceFile
    scopes: Mapping[str, str]
    sources: Mapping[str, Source]

    def read(self, node: Node) -> TableMap | None:
        """What stands where; None, with problems noted, where the block is not whole."""
        entry = check_entry(self.document, TableEntry, node)
        if entry is None:
            return None
        path = own_file(
            self.base,
            entry.file,
            self.document,
            at_key(node, "file"),
            "`file:` takes the name of a table, such as councils.csv",
        )
        reading, where = self.reading(entry, node)
        columns = self.columns(reading, entry, node, where)
        form = entry.code_form or (reading.code_form if reading else None) or ""
        if not _is_pattern(form):
            self.document.problem("wrong-kind", f"{quoted(form)} is not a pattern", at_key(node, "code_form"))
        if path is None or self.document.problems.problems or (where and where.problems.problems):
            return None
        chosen = [entry, reading] if reading else [entry]

        def first(name: str, otherwise: str = "") -> str:
            return next((getattr(one, name) for one in chosen if getattr(one, name)), otherwise)

        missing = {**(reading.missing if reading else {}), **entry.missing}
        return TableMap(
            path=path,
            code=first("code", "code"),
            columns=columns,
            sheet=first("sheet"),
            name=first("name"),
            region=first("region"),
            code_form=form,
            only=entry.only,
            missing=missing,
            peers=_peers(entry.peers) if entry.peers else None,
        )

    def reading(self, entry: TableEntry, node: Node) -> tuple[ReadingEntry | None, Document | None]:
        """The reading that the block names, and its file."""
        if entry.reading is None:
            return None, None
        names = shipped_names("scenarios/readings")
        if entry.reading in names:
            document = read_shipped(names[entry.reading])
            return check_entry(document, ReadingEntry, document.root), document
        hint = did_you_mean(entry.reading, names, "Readings")
        message = f"there is no reading {quoted(entry.reading)}"
        self.document.problem("unknown-name", message, at_key(node, "reading"), hint)
        return None, None

    def columns(
        self, reading: ReadingEntry | None, entry: TableEntry, node: Node, where: Document | None
    ) -> tuple[Column, ...]:
        """The figures of the block and of the reading; the block's win."""
        found: dict[str, Column] = {}
        if reading is not None and where is not None:
            citation = default_citation(where, reading.source, library_sources())
            for key, column in reading.figures.items():
                if key.split(".")[0] in {scope.split(".")[0] for scope in self.scopes}:
                    year = column.year or reading.year or ""
                    found[key] = _column(key, self.kind(key, node), column, year, citation)
        own = default_citation(self.document, self.place.source, self.sources)
        figures, origins = at_key(node, "figures"), Origins()
        for key, column in entry.figures.items():
            citation, year = self.cited(column, at_key(figures, key), own), column.year or self.place.year or ""
            found[key] = _column(key, self.kind(key, figures), column, year, citation)
            if column.equal_to is not None:
                found[key] = replace(found[key], sum=self.sum(column, at_key(figures, key)))
            elif column.column is None:
                hint = "name a `column:`, or write a sum over columns as `is:`"
                self.document.problem("missing-key", f"it is not said where {quoted(key)} stands", figures, hint)
            origins.are_given(key, at_key(figures, key), found[key].citation, found[key].year, column.assumption)
        origins.tell(self.document)
        if not found:
            hint = "under `figures:` a line for each, such as `mental_health.eligible_people: {column: mh_clients}`"
            self.document.problem("missing-key", "it is not said which columns are which figures", node, hint)
        return tuple(found.values())

    def sum(self, column: ColumnEntry, node: Node) -> Expression | None:
        """A sum over columns; None, with a problem noted, where it cannot be read."""
        at = at_key(node, "is")
        if column.column is not None or column.times or column.divided_by:
            hint = "write all of it in the sum, such as `is: weeks / 52`"
            self.document.problem("unknown-key", "`is` goes with no `column`, `times` or `divided_by`", at, hint)
        try:
            return read_sum(column.equal_to or "").tree
        except Misread as problem:
            note(self.document, at, problem)
            return None

    def cited(self, column: ColumnEntry, node: Node, otherwise: Citation | None) -> Citation | None:
        if column.assumption:
            return None
        if column.source is None:
            return otherwise and Citation(otherwise.source, column.where or "")
        return cite(self.document, self.sources, column.source, at_key(node, "source"), column.where or "")

    def kind(self, key: str, node: Node) -> FigureKind:
        """The figure that a key names; a problem where there is none."""
        words = key.split(".")
        payer = words.pop() if words[-1] in PAYERS else ""
        scope, name = ".".join(words[:-1]), words[-1] if words else ""
        kind = registry.figures.get(name)
        if kind is not None and scope in self.scopes and bool(payer) == ("payer" in kind.dimensions):
            return kind
        known = [f"{path}.{figure}" for path in self.scopes for figure in registry.figures]
        at = next((inner for inner, _ in pairs(node) if inner.value == key), node)
        self.document.problem("unknown-name", f"there is no figure {quoted(key)}", at, did_you_mean(key, known))
        return next(iter(registry.figures.values()))


def _column(key: str, kind: FigureKind, entry: ColumnEntry, year: str, citation: Citation | None) -> Column:
    return Column(
        key=key,
        kind=kind,
        heading=entry.column or entry.equal_to or "",
        sheet=entry.sheet or "",
        times=entry.times,
        divided_by=entry.divided_by,
        year=year,
        citation=citation,
        assumption=entry.assumption or "",
        note=entry.note or "",
    )


def _peers(entry: PeersEntry) -> Peers:
    return Peers(entry.same or "", tuple(entry.codes or ()), entry.nearest or "", entry.on_columns or {})


def _is_pattern(text: str) -> bool:
    """Whether a text is a pattern, in the forms that tables are searched with: none that look ahead or back."""
    import polars

    try:
        polars.Series([""]).str.contains(text, strict=True)
        return re.compile(text).groups <= 1
    except (re.error, polars.exceptions.PolarsError):
        return False
