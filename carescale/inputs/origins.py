"""Where figures come from: citations of sources by key; a source and a year, or an assumption, for each figure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from yaml.nodes import Node

from carescale.figures import Citation, Source
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.document import Document
from carescale.problems import quoted


def cite(document: Document, sources: Mapping[str, Source], key: str, node: Node, where: str = "") -> Citation:
    """A source by its key; a problem, and a stand-in that nobody will see, where nobody declared it."""
    if key in sources:
        return Citation(sources[key], where)
    hint = document.nearest(key, sources, "Sources") + "\na file may declare its own under `sources:`"
    document.problem("unknown-name", f"there is no source {quoted(key)}", node, hint)
    return Citation(Source(key=key, publisher="", title="", year=""), where)


def default_citation(document: Document, source: str | None, sources: Mapping[str, Source]) -> Citation | None:
    """The source named at the top of a file."""
    if source is None:
        return None
    node, _ = document.find(("source",))
    return cite(document, sources, source, node)


_SOURCE, _YEAR = "no-source", "no-year"
_ONE = {
    _SOURCE: (
        "has neither a source nor an assumption",
        "add `source:` here or at the top of the file, or `assumption:` with the reason",
    ),
    _YEAR: ("has no year", "add `year:` here or at the top of the file"),
}
_SEVERAL = {
    _SOURCE: (
        "have neither a source nor an assumption",
        "add `source:` once, at the top of the file, for all that do not say their own; or `assumption:` with the"
        " reason to each",
    ),
    _YEAR: ("have no year", "add `year:` once, at the top of the file, for all that do not say their own"),
}
_NAMED = 3  # of several; the default at the top mends the others too


class Origins(Struct):
    """The figures of a file that do not say where they come from, told of together once all are read."""

    lacking: dict[str, list[tuple[str, Node]]] = field(default_factory=dict)

    def are_given(self, name: str, node: Node, citation: Citation | None, year: str, assumption: str | None) -> bool:
        """Whether a figure says where it comes from; noted, under the name that its file has for it, where not."""
        missing = "" if assumption else _SOURCE if citation is None else "" if year else _YEAR
        if missing:
            self.lacking.setdefault(missing, []).append((name, node))
        return not missing

    def tell(self, document: Document) -> None:
        """One problem for a lone figure at its line, and one for several at the first of them."""
        for code, found in self.lacking.items():
            found.sort(key=lambda entry: document.position(entry[1]))
            what, hint = (_ONE if len(found) == 1 else _SEVERAL)[code]
            subject = f"`{found[0][0]}`" if len(found) == 1 else _several(document, found)
            document.problem(code, f"{subject} {what}", found[0][1], hint)


def _several(document: Document, found: list[tuple[str, Node]]) -> str:
    """How many there are, and the first of them by name and line."""
    named = [f"`{name}` in line {document.position(node).line}" for name, node in found[:_NAMED]]
    others = [f"and {len(found) - _NAMED} more"] if len(found) > _NAMED else []
    return f"{len(found)} figures ({', '.join([*named, *others])})"


def last_word(name: str) -> str:
    """The name of a figure at the end of its path, without its payer or financial year."""
    return [word for word in name.split(".") if word not in PAYERS and not word.startswith("in_")][-1]
