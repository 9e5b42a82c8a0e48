"""Tables joined on the codes of their areas: which, how each is read, and who is in both, only here, only there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from yaml.nodes import Node

from carescale.area_table import Filters, Join, TableFile
from carescale.inputs.document import Document, at_key
from carescale.inputs.england.shipped_table import is_workbook, read_about
from carescale.inputs.england.successors import after, before, same_area
from carescale.inputs.library import own_file, read_shipped, shipped, shipped_names
from carescale.inputs.schema import check_entry
from carescale.inputs.tables.missing import read_numbers
from carescale.inputs.tables.reading import Sheet
from carescale.inputs.tables.schema import JoinedEntry, ReadingEntry, TableEntry, Wanted
from carescale.problems import did_you_mean, quoted

if TYPE_CHECKING:
    import polars


FILE_HINT = "`file:` takes the name of a table, such as councils.csv"


def filters_of(written: Mapping[str, Wanted]) -> Filters:
    """Filters with a list of words each, whether one was written or several."""
    return {heading: (words,) if isinstance(words, str) else tuple(words) for heading, words in written.items()}


class TableFinder(Struct, frozen=True):
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


def with_newer_codes(frame: polars.DataFrame) -> polars.DataFrame:
    """The rows with the code that their area has today."""
    return frame.with_columns(was=frame["code"], code=frame["code"].replace(dict(same_area())))


def join_of(
    file: TableFile,
    sheet: Sheet,
    other: polars.DataFrame,
    councils: polars.DataFrame,
    frame: polars.DataFrame,
    names: Any,
    weights: Any,
    held: int | None,
) -> Join:
    """How a sheet met the first table.

    `councils` are all rows of the first table, `frame` those that its filters left, so that an area that was filtered
    out is not said to be lost; `weights` are people of the first table, `held` the column of people in the other.
    """
    here = with_newer_codes(frame.select("code"))
    known = set(other["code"])
    only_here = [
        (_named(str(code), str(code if names is None else names[i])), None if weights is None else _known(weights[i]))
        for i, code in enumerate(here["code"])
        if code not in known
    ]
    all_here = set(with_newer_codes(councils.select("code"))["code"])
    lost = other.filter(~other["code"].is_in(list(all_here)))
    position = sheet.find(file.name) if file.name else None
    titles = lost[f"c{position}"].fill_null("").to_list() if position is not None else lost["was"].to_list()
    people = read_numbers(lost[f"c{held}"], file.missing).values if held is not None else None
    only_there = [
        (_named(code, title or code), None if people is None else _known(people[i]))
        for i, (code, title) in enumerate(zip(lost["was"], titles, strict=True))
    ]
    olds = {str(code) for side in (here["was"], other["was"]) for code in side}
    met = [str(one) for old in sorted(olds) for one in after(old) if one.how == "renamed" and one.new in known]
    return Join(sheet.name, len(here) - len(only_here), tuple(only_here), tuple(only_there), tuple(met))


def _known(value: float) -> float | None:
    return None if value != value else float(value)


def _named(code: str, name: str) -> str:
    """An area, and what it was made from or became where its boundaries are not those of the other table."""
    came = sorted({one.old_name for one in before(code) if one.how != "renamed"})
    went = sorted({one.new_name for one in after(code) if one.how != "renamed"})
    said = [f"made from {' and '.join(came)}"] if came else [f"now {' and '.join(went)}"] if went else []
    return f"{name} ({'; '.join(said)})" if said else name
