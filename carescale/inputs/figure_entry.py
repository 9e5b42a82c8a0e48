"""Whether a figure that is written out says one thing: its value, or that it is unknown, or what it is solved from."""

from __future__ import annotations

from yaml.nodes import MappingNode

from carescale.engine.registry import FigureKind
from carescale.formulas.vocabulary import registry
from carescale.inputs.document import Document
from carescale.inputs.schema import FigureEntry

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
