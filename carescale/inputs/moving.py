"""`move_together:` ranged figures of which a file says that they rise and fall together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from yaml.nodes import MappingNode, Node, SequenceNode

from carescale.case import Moving
from carescale.engine.keys import has_words
from carescale.figures import Figure
from carescale.inputs.document import Document
from carescale.inputs.schema import TogetherEntry
from carescale.numbers import NotANumber, read_number
from carescale.problems import quoted
from carescale.uncertainty.together import Impossible, together


def read_moving(
    document: Document, entries: Sequence[TogetherEntry], figures: Mapping[str, Figure]
) -> tuple[Moving, ...]:
    """What a file says of figures that move together; problems go to the document."""
    node, _ = document.find(("move_together",))
    blocks = node.value if isinstance(node, SequenceNode) else [node]
    found = [_read(document, entry, block, figures) for entry, block in zip(entries, blocks, strict=False)]
    moving = tuple(one for one in found if one)
    if len(moving) == len(found):
        _check_possible(document, moving, node)
    return moving


def spearman_of(moving: Sequence[Moving]) -> dict[tuple[str, str], float]:
    """The rank correlation of each two figures."""
    return {pair: one.spearman for one in moving for pair in combinations(one.keys, 2)}


def _read(document: Document, entry: TogetherEntry, block: Node, figures: Mapping[str, Figure]) -> Moving | None:
    before = len(document.problems.problems)
    assert isinstance(block, MappingNode)
    names = document.at(block).find(("figures",))[0]
    keys = [_named(document, path, node, figures) for path, node in zip(entry.figures, names.value, strict=True)]
    spearman = _correlation(document, entry.spearman, document.at(block).find(("spearman",))[0])
    if len(document.problems.problems) == before and len(set(keys)) < len(keys):
        document.problem("duplicate-key", "a figure always moves with itself", names, "name each figure once")
    return Moving(tuple(keys), spearman) if len(document.problems.problems) == before else None


def _named(document: Document, path: str, node: Node, figures: Mapping[str, Figure]) -> str:
    """The ranged figure that a path means, as `--set` takes it; "" with a problem noted."""
    ranged = {key for key, figure in figures.items() if figure.detail.low}
    given = [path] if path in figures else [key for key in figures if has_words(key, path)]
    meant = [key for key in given if key in ranged]
    if len(meant) == 1:
        return meant[0]
    if meant:
        document.problem("unknown-name", f"{quoted(path)} may be any of {len(meant)} figures", node, _listed(meant))
    elif given:
        message = f"`{given[0]}` has no range, and so does not move"
        document.problem("missing-key", message, node, "give it one: `range:`, `covers:` and where it is from")
    else:
        hint = document.nearest(path, sorted(ranged), "Figures with a range")
        document.problem("unknown-name", f"there is no figure {quoted(path)}", node, hint)
    return ""


def _listed(keys: Sequence[str]) -> str:
    return f"write more of the path: {', '.join(keys)}"


def _correlation(document: Document, text: str, node: Node) -> float:
    try:
        value = float(read_number(text).value)
    except NotANumber as why:
        document.problem("not-a-number", f"{quoted(text)} is not a number", node, str(why))
        return 0.0
    if not -1 <= value <= 1:
        message = f"a rank correlation is between −1 and 1, not {text}"
        document.problem("out-of-range", message, node, "1 is always together, −1 always against each other")
    return value


def _check_possible(document: Document, moving: Sequence[Moving], node: Node) -> None:
    """Correlations that hold at once, each two figures named once. A problem where not."""
    said: dict[tuple[str, ...], float] = {}
    for pair, spearman in _pairs(moving):
        if said.setdefault(pair, spearman) != spearman:
            message = f"`{pair[0]}` and `{pair[1]}` move together in two ways"
            document.problem("duplicate-key", message, node, "name the two of them once")
            return
    keys = list(dict.fromkeys(key for one in moving for key in one.keys))
    try:
        together(keys, spearman_of(moving))
    except Impossible as found:
        first, second = found.pair
        message = f"`{first}` and `{second}` cannot move together like that, as the others do"
        document.problem("out-of-range", message, node, "bring the correlations nearer to each other, or name fewer")


def _pairs(moving: Sequence[Moving]) -> Iterator[tuple[tuple[str, ...], float]]:
    return ((tuple(sorted(pair)), one.spearman) for one in moving for pair in combinations(one.keys, 2))
