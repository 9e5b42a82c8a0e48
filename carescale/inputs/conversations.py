"""`conversation:` what a place file says to those whom its plan is about, each statement with who says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from yaml.nodes import Node, SequenceNode

from carescale.conversation import Conversation, Statement, Way
from carescale.figures import Source
from carescale.inputs.conversation_schema import ConversationEntry, StatementEntry
from carescale.inputs.document import Document
from carescale.inputs.library import Intervention, theme_key
from carescale.inputs.origins import cite
from carescale.inputs.schema import check_entry

OF_OTHERS = ("inspectors", "staff", "people")  # whose words are never invented
_PLAIN = ("goals", "now", "money", "grows", "shrinks", "said", "decided")


def read_conversation(
    document: Document, sources: Mapping[str, Source], interventions: Mapping[str, Intervention]
) -> Conversation | None:
    """The conversation of a place, or None, with problems noted in the document, where it cannot be read."""
    node, _ = document.find(("conversation",))
    entry = check_entry(document, ConversationEntry, node)
    if entry is None:
        return None
    parts: dict[str, tuple[tuple[str, ...], Sequence[StatementEntry]]]
    parts = {name: (("conversation", name), getattr(entry, name)) for name in _PLAIN}
    parts |= {name: (("conversation", "works", name), getattr(entry.works, name, [])) for name in OF_OTHERS}
    parts["reply"] = (("conversation", "reply"), [entry.reply] if entry.reply else [])
    found = {
        name: tuple(_statements(document, path, entries, sources)) for name, (path, entries) in parts.items() if entries
    }
    return Conversation(found, _day(document, entry), {name: _way(one) for name, one in interventions.items()})


def _way(entry: Intervention) -> Way:
    cited = entry.shape.source
    return Way(theme_key(entry.shape.area), entry.shape.about, entry.sources.get(cited) if cited else None)


def _day(document: Document, entry: ConversationEntry) -> date | None:
    written = entry.reply.by if entry.reply else None
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        node, _ = document.find(("conversation", "reply", "by"))
        document.problem("wrong-kind", f"there is no day {written}", node, "write it as 2027-01-31")
        return None


def _statements(
    document: Document, path: tuple[str, ...], entries: Sequence[StatementEntry], sources: Mapping[str, Source]
) -> Iterator[Statement]:
    node, _ = document.find(path)
    nodes = node.value if isinstance(node, SequenceNode) else [node]
    for entry, item in zip(entries, nodes, strict=False):
        yield _statement(document, path[-1], entry, item, sources)


def _statement(
    document: Document, part: str, entry: StatementEntry, node: Node, sources: Mapping[str, Source]
) -> Statement:
    citation, because = None, getattr(entry, "because", None) or ""
    if entry.source:
        citation = cite(document, sources, entry.source, document.pair(node, "source")[1] or node, entry.where or "")
    _check(document, part, entry, node, because)
    return Statement(" ".join((entry.says or "").split()), citation, because, entry.blank or "")


def _check(document: Document, part: str, entry: StatementEntry, node: Node, because: str) -> None:
    """One thing is said, or left blank; others' words have a source, and decisions a reason."""
    if bool(entry.says) == bool(entry.blank):
        message = "what is said is there and blank at once" if entry.says else "nothing is said here, nor why"
        hint = "leave one of them out" if entry.says else "write `says: …`, or `blank:` with why there is nothing yet"
        document.problem("bad-conversation", message, node, hint)
    elif entry.says and part in OF_OTHERS and not entry.source:
        hint = "add `source:`, a key of the sources; what nobody has published is `blank: why`"
        document.problem(
            "bad-conversation", f"what {part} say has no source, and nobody's words are invented", node, hint
        )
    elif entry.says and part == "decided" and not because:
        document.problem("bad-conversation", "a decision has no reason", node, "add `because: …`")
