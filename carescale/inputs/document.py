"""A YAML file as nodes that know where they stand. Nothing is interpreted: every scalar stays the text it was.

The C loader of PyYAML does the parsing; what YAML would silently allow (duplicate keys, 1,000 split by a brace,
aliases that explode) is refused here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carescale.problems import Collector, Place, Problem, Problems

LARGEST = 2_000_000  # bytes; the largest real file is a hundredth of it
_MOST_NODES = 200_000  # after aliases are unfolded
_DEEPEST = 40
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_THOUSANDS = re.compile(r"\d{3}(\.\d+)?$")


@dataclass
class Document:
    """A file: its name as the user gave it, its text, its root block, and the problems found in it so far."""

    name: str
    text: str
    root: MappingNode
    problems: Collector = field(default_factory=Collector)
    _lines: list[str] | None = None

    def place(self, node: Node) -> Place:
        """Where a node starts."""
        mark = node.start_mark
        return Place(self.name, mark.line + 1, mark.column + 1)

    def problem(self, code: str, message: str, node: Node, hint: str = "") -> None:
        """Note a problem at a node, with the line it stands on and a caret under it."""
        place = self.place(node)
        end = node.end_mark
        line = self.line(place.line)
        end_column = end.column + 1 if end.line + 1 == place.line else len(line) + 1
        width = max(1, end_column - place.column) if isinstance(node, ScalarNode) else 1
        self.problems.add(Problem(code, message, place, hint, line, width))

    def line(self, number: int) -> str:
        """The text of a line, counted from 1."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines[number - 1].rstrip("\r")[:160] if 0 < number <= len(self._lines) else ""

    def find(self, path: tuple[str | int, ...]) -> tuple[Node, bool]:
        """The node at a path of keys and positions, and whether all of the path was there."""
        node: Node = self.root
        for step in path:
            inner = _step(node, step)
            if inner is None:
                return node, False
            node = inner
        return node, True

    def find_key(self, path: tuple[str | int, ...]) -> Node:
        """The key node of the last step of a path, or the nearest node there is."""
        node, _ = self.find(path[:-1])
        for key, _ in pairs(node):
            if key.value == path[-1]:
                return key
        return node


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: Node = node.value[step]
        return found
    return next((value for key, value in pairs(node) if key.value == step), None)


def pairs(node: Node) -> list[tuple[ScalarNode, Node]]:
    """The keys and values of a block; none where it is not a block."""
    return node.value if isinstance(node, MappingNode) else []


def read_document(path: str | Path, *, name: str = "") -> Document:
    """Read and check a file, or standard input for `-`. Raises Problems."""
    name = name or str(path)
    return parse_document(_read_text(str(path), name), name)


def parse_document(text: str, name: str) -> Document:
    """The same for text that is already in hand."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise Problems([_yaml_problem(error, text, name)]) from None
    except RecursionError:
        raise Problems([Problem("not-yaml", "the blocks are nested too deeply to read", Place(name, 1, 1))]) from None
    if root is None:
        raise Problems([Problem("empty", "there is nothing in this file", Place(name, 1, 1), _STARTER)])
    if not isinstance(root, MappingNode):
        message = "a file starts with `place:` and other keys, not with a list or a word"
        raise Problems(
            [
                Problem(
                    "wrong-kind", message, Place(name, root.start_mark.line + 1, root.start_mark.column + 1), _STARTER
                )
            ]
        )
    document = Document(name, text, root)
    _check_aliases(document)
    document.problems.stop()
    _check_blocks(document, root, set())
    return document


_STARTER = "`carescale new FILE` writes a starter file with everything in it"


def _read_text(path: str, name: str) -> str:
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            if Path(path).is_dir():
                raise Problems([Problem("not-a-file", "this is a folder, not a file", Place(name))])
            if Path(path).exists() and not Path(path).is_file():
                raise Problems([Problem("not-a-file", "this is not an ordinary file", Place(name))])
            with open(path, "rb") as file:
                data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Problems([Problem("missing-file", "there is no such file", Place(name))]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "its name cannot be used"
        raise Problems([Problem("unreadable", f"it cannot be read: {reason}", Place(name))]) from None
    if len(data) > LARGEST:
        raise Problems(
            [Problem("too-large", f"it is larger than {LARGEST:,} bytes, which no place needs", Place(name))]
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        hint = "save it as UTF-8; in Excel or Notepad choose “UTF-8” when saving"
        message = f"it is not UTF-8 text: byte {data[error.start]:#04x} here"
        raise Problems([Problem("unreadable", message, Place(name, line, column), hint)]) from None


def _yaml_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", 0) or 0
        before = text[:position]
        place = Place(name, before.count("\n") + 1, position - before.rfind("\n"))
    else:
        place = Place(name, mark.line + 1, mark.column + 1)
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    lines = text.split("\n")
    excerpt = lines[place.line - 1].rstrip("\r")[:160] if place.line <= len(lines) else ""
    hint = "quote a text that has `: `, `#`, `{` or `[` in it; indent with spaces, never tabs"
    return Problem("not-yaml", f"this is not YAML: {why}", place, hint, excerpt)


def _check_aliases(document: Document) -> None:
    """Refuse a block that contains itself, or aliases that unfold into more than any file could mean."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: Node, depth: int) -> int:
        if id(node) in open_nodes:
            document.problem("alias", "this block contains itself through an alias", node)
            return _MOST_NODES
        if depth > _DEEPEST:
            document.problem("not-yaml", f"blocks are nested more than {_DEEPEST} deep", node)
            return _MOST_NODES
        if isinstance(node, ScalarNode):
            return 1
        if id(node) not in sizes:
            open_nodes.add(id(node))
            sizes[id(node)] = 1 + sum(size(child, depth + 1) for child in _children(node))
            open_nodes.discard(id(node))
        return sizes[id(node)]

    if size(document.root, 0) >= _MOST_NODES and not document.problems.problems:
        document.problem("alias", f"aliases unfold into more than {_MOST_NODES:,} entries", document.root)


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield value
    else:
        yield from node.value


def _check_blocks(document: Document, node: Node, seen: set[int]) -> None:
    """Note keys written twice, keys that are blocks, and numbers that a comma has split."""
    if isinstance(node, ScalarNode) or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            _check_key(document, node, key, value, keys)
            if not isinstance(value, ScalarNode):
                _check_blocks(document, value, seen)
    else:
        previous = None
        for item in node.value:
            if previous and isinstance(item, ScalarNode) and _THOUSANDS.match(item.value):
                _check_split(document, item)
            previous = item
            _check_blocks(document, item, seen)


def _check_key(document: Document, block: MappingNode, key: Node, value: Node, keys: set[str]) -> None:
    if not isinstance(key, ScalarNode):
        document.problem("wrong-kind", "a key must be a word, not a list or a block", key)
        key.value = "?"
    elif key.value in keys:
        document.problem("duplicate-key", f"the key `{key.value}` is here twice", key, "keep one of them")
    elif block.flow_style and _THOUSANDS.match(key.value) and isinstance(value, ScalarNode) and value.value == "":
        _check_split(document, key)
    keys.add(key.value)


def _check_split(document: Document, node: Node) -> None:
    mark = node.start_mark
    line = document.line(mark.line + 1)
    if line[: mark.column].endswith(","):
        hint = (
            'inside braces or brackets YAML splits at a comma: give the number a line of its own, or quote it: "1,000"'
        )
        document.problem(
            "comma-number", "a number with a comma stands inside braces and would be cut in two", node, hint
        )


def plain(node: Node) -> Any:
    """A node as plain dictionaries, lists and texts, for pydantic to check. An empty scalar is None."""
    if isinstance(node, ScalarNode):
        return node.value if node.value != "" or node.style in ("'", '"') else None
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    return [plain(item) for item in node.value]
