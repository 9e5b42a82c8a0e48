"""Citations: a source named by its key, and where in it a number stands."""

from __future__ import annotations

from collections.abc import Mapping

from yaml.nodes import Node

from carescale.figures import Citation, Source
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
