"""From a `table:` block, and the reading it may name, to what stands where in the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import Node

from carescale.area_table import Column, Peers, TableFile, TableMap
from carescale.engine.registry import FigureKind
from carescale.engine.tree import Expression
from carescale.figures import Citation, Source
from carescale.formulas.vocabulary import PAYERS, registry
from carescale.inputs.document import Document, at_key, pairs
from carescale.inputs.england.shipped_table import column_in_table, column_in_workbook, is_workbook, read_about
from carescale.inputs.language.parser import read_sum
from carescale.inputs.language.reading import note
from carescale.inputs.language.sums import Misread
from carescale.inputs.library import library_sources, shipped_names
from carescale.inputs.origins import Origins, cite, default_citation
from carescale.inputs.schema import PlaceFile, check_entry
from carescale.inputs.tables.joining import TableFinder, filters_of
from carescale.inputs.tables.schema import ColumnEntry, PeersEntry, ReadingEntry, TableEntry
from carescale.problems import did_you_mean, quoted


class TableReader(Struct):
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
        finder = TableFinder(self.document, self.base)
        reading, where = finder.reading(entry.reading, node)
        path = finder.path(entry.file, reading, node)
        joined = finder.joined(entry, node)
        columns = {**self.read_columns(reading, node, where, path), **self.own_columns(entry, node, path, joined)}
        if not columns:
            hint = "under `figures:` a line for each, such as `mental_health.eligible_people: {column: mh_clients}`"
            self.document.problem("missing-key", "it is not said which columns are which figures", node, hint)
        form = entry.code_form or (reading.code_form if reading else None) or ""
        if form and not _is_pattern(form):
            self.document.problem("wrong-kind", f"{quoted(form)} is not a pattern", at_key(node, "code_form"))
        if path is None or self.document.problems.problems or (where and where.problems.problems):
            return None
        reading = _as_made_by(reading, path)
        chosen: list[TableEntry | ReadingEntry] = [entry, reading] if reading else [entry]

        def first(name: str, otherwise: str = "") -> str:
            return next((getattr(one, name) for one in chosen if getattr(one, name)), otherwise)

        about = read_about(path)
        missing = {**(reading.missing if reading else {}), **(about.missing if about else {}), **entry.missing}
        return TableMap(
            path=path,
            code=first("code", "code"),
            columns=tuple(columns.values()),
            sheet=first("sheet"),
            name=first("name"),
            region=first("region"),
            code_form=form,
            missing=missing,
            only=filters_of(entry.only),
            leave_out=filters_of(entry.leave_out),
            peers=_peers(entry.peers) if entry.peers else None,
            joined=joined,
        )

    def own_columns(
        self, entry: TableEntry, node: Node, path: Path | None, joined: Mapping[str, TableFile]
    ) -> dict[str, Column]:
        """The figures of the block, each from the table or from one that is joined to it."""
        found: dict[str, Column] = {}
        cited = default_citation(self.document, self.place.source, self.sources)
        figures, origins = at_key(node, "figures"), Origins()
        for key, column in entry.figures.items():
            table = self.table_of(key, column, joined, figures)
            file = joined[table].path if table in joined else path
            _, year, known = column_in_table(column, read_about(file) if file else None)
            citation = self.cited(column, at_key(figures, key), known or cited)
            year = column.year or year or self.place.year or ""
            found[key] = _column(key, self.kind(key, figures), column, year, citation, table)
            if column.equal_to is not None:
                found[key] = replace(found[key], sum=self.sum(column, at_key(figures, key)))
            elif column.column is None:
                hint = "name a `column:`, or write a sum over columns as `is:`"
                self.document.problem("missing-key", f"it is not said where {quoted(key)} stands", figures, hint)
            origins.are_given(key, at_key(figures, key), citation, year, column.assumption)
        origins.tell(self.document)
        return found

    def table_of(self, key: str, column: ColumnEntry, joined: Mapping[str, TableFile], figures: Node) -> str:
        """The joined table that a column is in, "" for the first; a problem where none is called so."""
        if column.table and column.table not in joined:
            hint = did_you_mean(column.table, joined, "Tables named under `tables:`")
            at = at_key(at_key(figures, key), "table")
            self.document.problem("unknown-name", f"there is no table {quoted(column.table)}", at, hint)
        return column.table or column.file or ""

    def read_columns(
        self, reading: ReadingEntry | None, node: Node, where: Document | None, path: Path | None
    ) -> dict[str, Column]:
        """The figures that a reading finds in a workbook, or in the table that was made from one."""
        if reading is None or where is None or path is None:
            return {}
        cited = default_citation(where, reading.source, library_sources())
        about, scopes = read_about(path), {scope.split(".")[0] for scope in self.scopes}
        found: dict[str, Column] = {}
        for key, column in reading.figures.items():
            if key.split(".")[0] in scopes:
                if is_workbook(path):
                    year = (self.place.year or reading.year or "").replace("/", "-")
                    entry, year, known = column_in_workbook(column, reading, year), "", None
                else:
                    entry, year, known = column_in_table(column, about)
                citation = known or (cited and Citation(cited.source, entry.where or ""))
                year = column.year or year or reading.year or ""
                read = _column(key, self.kind(key, node), entry, year, citation)
                found[key] = replace(read, is_asked_for=False)
        return found

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
            return otherwise and Citation(otherwise.source, column.where or otherwise.where)
        return cite(self.document, self.sources, column.source, at_key(node, "source"), column.where or "")

    def kind(self, key: str, node: Node) -> FigureKind:
        """The figure that a key names; a problem where there is none."""
        words = key.split(".")
        payer = words.pop() if words[-1] in PAYERS else ""
        scope, name = ".".join(words[:-1]), words[-1] if words else ""
        kind = registry.figures.get(name)
        if kind is not None and scope in self.scopes and bool(payer) == ("payer" in kind.dimensions):
            return kind
        if words[0] not in self.scopes and words[0] in shipped_names("scenarios/interventions"):
            at = next((inner for inner, _ in pairs(node) if inner.value == key), node)
            message = f"{quoted(words[0])} is not planned, and this is a figure of it"
            self.document.problem("unknown-name", message, at, "plan it, or leave this line out")
            return next(iter(registry.figures.values()))
        known = [f"{path}.{figure}" for path in self.scopes for figure in registry.figures]
        at = next((inner for inner, _ in pairs(node) if inner.value == key), node)
        self.document.problem("unknown-name", f"there is no figure {quoted(key)}", at, did_you_mean(key, known))
        return next(iter(registry.figures.values()))


def _column(
    key: str, kind: FigureKind, entry: ColumnEntry, year: str, citation: Citation | None, table: str = ""
) -> Column:
    first, *others = entry.headings
    return Column(
        key=key,
        kind=kind,
        heading=first,
        others=tuple(others),
        table=table,
        sheet=entry.sheet or "",
        times=entry.times,
        divided_by=entry.divided_by,
        year=year,
        citation=citation,
        assumption=entry.assumption or "",
        note=entry.note or "",
    )


def _as_made_by(reading: ReadingEntry | None, path: Path) -> ReadingEntry | None:
    """A reading as it reads the table that was made by it, where it is not the workbook itself."""
    if reading is None or not reading.columns or is_workbook(path):
        return reading
    return reading.model_copy(update={"code": "code", "name": "name", "region": "region", "sheet": None})


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
