"""What YAML would silently allow, and a person did not mean: keys written twice, 1,000 split by a brace, aliases that
explode, merges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode

from carescale.inputs.document import Document, is_empty
from carescale.problems import Problem, quoted

DEEPEST = 40  # blocks in blocks; real files have eight
_MOST_NODES = 200_000  # after aliases are unfolded
_THOUSANDS = re.compile(r"\d{3}(\.\d+)?[a-z%]*$")


def check_traps(document: Document) -> None:
    """Note what is wrong; raise Problems where a file unfolds without end, since nothing more can be read then."""
    if "*" in document.text:  # without aliases a file unfolds into what it is
        _check_aliases(document)
        document.problems.stop()
    _check_blocks(document, document.root, set())


def _check_aliases(document: Document) -> None:
    sizes: dict[int, tuple[int, int]] = {}
    open_nodes: set[int] = set()

    def measure(node: Node) -> tuple[int, int]:
        """How many nodes a block unfolds into, and how deep."""
        if id(node) in open_nodes:
            document.problem("alias", "this block contains itself through an alias", node, "write out what is meant")
            return 1, 0
        if id(node) not in sizes:
            open_nodes.add(id(node))
            children = list(_children(node))
            inner = [measure(child) for child in children if not isinstance(child, ScalarNode)]
            size = 1 + len(children) + sum(size for size, _ in inner)
            sizes[id(node)] = size, 1 + max((depth for _, depth in inner), default=0)
            open_nodes.discard(id(node))
            _check_size(document, node, *sizes[id(node)])
        return sizes[id(node)]

    measure(document.root)


def _check_size(document: Document, node: Node, size: int, depth: int) -> None:
    """One problem, at the innermost block that unfolds into too much."""
    too_much = f"more than {_MOST_NODES:,} entries" if size > _MOST_NODES else f"more than {DEEPEST} blocks in blocks"
    if (size > _MOST_NODES or depth > DEEPEST) and not document.problems.problems:
        hint = "write out what is meant, with fewer aliases of aliases"
        document.problem("alias", f"the aliases in this block unfold into {too_much}", node, hint)


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield value
    else:
        yield from node.value


def _check_blocks(document: Document, node: Node, seen: set[int]) -> None:
    if isinstance(node, ScalarNode) or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, MappingNode):
        _check_keys(document, node)
        for _, value in node.value:
            if not isinstance(value, ScalarNode):
                _check_blocks(document, value, seen)
    else:
        _check_items(document, node)
        for item in node.value:
            _check_blocks(document, item, seen)


def _check_keys(document: Document, block: MappingNode) -> None:
    """What is wrong with the keys of a block; what a comma split off is noted once and taken out."""
    keys: dict[str, Node] = {}
    kept: list[tuple[Node, Node]] = []
    for key, value in block.value:
        if not isinstance(key, ScalarNode):
            document.problem("wrong-kind", "a key must be a word, not a list or a block", key, _BRACES)
        elif _is_split_off(document, key) and is_empty(value):
            _note_split(document, key, kept[-1][1] if kept else key)
        elif key.value in keys:
            first = keys[key.value].start_mark.line + 1
            hint = f"the first is on line {first}; keep one of them"
            document.problem("duplicate-key", f"the key {quoted(key.value)} is here twice", key, hint)
        elif key.value == "<<":
            document.problem("unknown-key", "a merge (`<<`) is not read here", key, "write its keys out")
        else:
            keys[key.value] = key
            kept.append((key, value))
    block.value = kept


_BRACES = "quote a text that starts with `{` or `[`"


def _check_items(document: Document, block: Node) -> None:
    kept: list[Node] = []
    for item in block.value:
        if kept and _is_split_off(document, item):
            _note_split(document, item, kept[-1])
        else:
            kept.append(item)
    block.value = kept


def _is_split_off(document: Document, node: Node) -> bool:
    """Whether a scalar is the `000` of a `1,000` inside braces or brackets."""
    if not isinstance(node, ScalarNode) or not _THOUSANDS.match(node.value):
        return False
    before = document.line(node.start_mark.line + 1)[: node.start_mark.column]
    return before[-2:-1].isdigit() and before[-1] == ","


def _note_split(document: Document, node: Node, front: Node) -> None:
    """One problem a number, at its front: the `300` and `000` of £1,300,000 are one mistake."""
    place = document.position(front)
    if any(problem.code == "comma-number" and problem.position == place for problem in document.problems.problems[-1:]):
        return
    line = document.line(place.line)
    written = line[place.column - 1 : node.end_mark.column]
    hint = f'quote it ("{written[:40]}"), or give it a line of its own; a comma between numbers has a space after it'
    message = f"{quoted(written)} stands inside braces or brackets, where YAML cuts it at the comma"
    document.problems.add(Problem("comma-number", message, place, hint, line, len(written)))
