"""The `tables:` of a table block, and the `file:` of a column: which other tables are joined, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yaml.nodes import Node

from carescale.area_table import Filters, TableFile
from carescale.inputs.document import Document, at_key
from carescale.inputs.library import own_file, read_shipped, shipped, shipped_names
from carescale.inputs.schema import check_entry
from carescale.inputs.shipped_table import is_workbook, read_about
from carescale.inputs.table_schema import JoinedEntry, ReadingEntry, TableEntry, Wanted
from carescale.problems import did_you_mean, quoted

FILE_HINT = "`file:` takes the name of a table, such as councils.csv"


def filters_of(written: Mapping[str, Wanted]) -> Filters:
    """Filters with a list of words each, whether one was written or several."""
    return {heading: (words,) if isinstance(words, str) else tuple(words) for heading, words in written.items()}


@dataclass(frozen=True)
class TableFinder:
    """Finds the files of a table block, beside the file that names them. Problems go to the document."""

    document: Document
    base: Path

    def reading(self, name: str | None, node: Node) -> tuple[ReadingEntry | None, Document | None]:
        """A reading of the library and its file; nothing where none is named."""
        if name is None:
            return None, None
        names = shipped_names("scenarios/readings")
        if name in names:
            document = read_shipped(names[name])
            return check_entry(document, ReadingEntry, document.root), document
        hint = did_you_mean(name, names, "Readings")
        self.document.problem("unknown-name", f"there is no reading {quoted(name)}", at_key(node, "reading"), hint)
        return None, None

    def path(self, file: str | None, reading: ReadingEntry | None, node: Node) -> Path | None:
        """The table: a file beside this one, or where none is named the table that ships with the reading."""
        if file is not None:
            return own_file(self.base, file, self.document, at_key(node, "file"), FILE_HINT)
        if reading is not None and reading.table:
            return shipped("scenarios") / reading.table
        hint = "write `file:` and its name, or `reading: nhs-asc-activity-finance` for the table that ships"
        self.document.problem("missing-key", "it is not said which table", node, hint)
        return None

    def joined(self, entry: TableEntry, node: Node) -> dict[str, TableFile]:
        """Every other table of the block, by the name that columns call it by: its own, or its file's."""
        found: dict[str, TableFile] = {}
        for name, other in entry.tables.items():
            if file := self._file(other, entry, at_key(at_key(node, "tables"), name)):
                found[name] = file
        for key, column in entry.figures.items():
            if column.file and column.file not in found:
                at = at_key(at_key(node, "figures"), key)
                if file := self._file(
                    JoinedEntry.model_validate({"file": column.file, "sheet": column.sheet}), entry, at
                ):
                    found[column.file] = file
        return found

    def _file(self, other: JoinedEntry, entry: TableEntry, node: Node) -> TableFile | None:
        reading, _ = self.reading(other.reading, node)
        path = self.path(other.file, reading, node)
        if path is None:
            return None
        about = read_about(path)
        made = about is not None and not is_workbook(path)
        code = other.code or ("code" if made or reading is None else reading.code)
        code = entry.code if entry.code and not other.code and not made and reading is None else code
        name = other.name or ("name" if made else (reading.name if reading else None)) or ""
        missing = {**(reading.missing if reading else {}), **(about.missing if about else {}), **entry.missing}
        return TableFile(
            path=path,
            sheet=other.sheet or "",
            code=code,
            name=name,
            code_form=other.code_form or entry.code_form or "",
            missing={**missing, **other.missing},
            only=filters_of(other.only),
        )
