"""A YAML file as nodes that know where they stand. Nothing is interpreted: every scalar stays the text it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from carescale.problems import Collector, Position, Problem, did_you_mean

_CROWD = 60  # problems of a file
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML takes for one


def lines_of(text: str) -> list[str]:
    """The lines of a text as YAML counts them, so that its marks fit them."""
    return _LINE_END.split(text)


class Document(Struct):
    """A file: its name as the user gave it, its text, its root block, and the problems found in it so far."""

    name: str
    text: str
    root: MappingNode
    problems: Collector = field(default_factory=Collector)
    _lines: list[str] | None = None
    _keys: dict[int, dict[str, tuple[Node, Node]]] = field(default_factory=dict)  # of each block, once asked for

    def position(self, node: Node) -> Position:
        """Where a node starts."""
        mark = node.start_mark
        return Position(self.name, mark.line + 1, mark.column + 1)

    def problem(self, code: str, message: str, node: Node, hint: str = "") -> None:
        """Note a problem at a node, with the line it stands on and a caret under it."""
        place = self.position(node)
        self.problems.add(Problem(code, message, place, hint, self.line(place.line), self._width(node)))

    def problem_within(self, code: str, message: str, node: ScalarNode, span: tuple[int, int], hint: str = "") -> None:
        """Note a problem with a stretch of a scalar's text, wherever that stands on the scalar's lines."""
        line, column = self._position(node, span[0])
        width = max(1, span[1] - span[0])
        place = Position(self.name, line + 1, column + 1)
        self.problems.add(Problem(code, message, place, hint, self.line(line + 1), width))

    def _position(self, node: ScalarNode, at: int) -> tuple[int, int]:
        """The line and column, from 0, of a character of a scalar: as many signs that are no spaces stand before it."""
        start, wanted = node.start_mark, sum(not sign.isspace() for sign in node.value[:at])
        line = start.line + (node.style in (">", "|"))
        column = 0 if node.style in (">", "|") else start.column + (node.style in ("'", '"'))
        while line <= node.end_mark.line:
            for place, sign in enumerate(self.line(line + 1)[column:], column):
                if not sign.isspace():
                    if wanted == 0:
                        return line, place
                    wanted -= 1
            line, column = line + 1, 0
        return start.line, start.column

    def nearest(self, word: str, known: Iterable[str], what: str = "Known here") -> str:
        """The hint under an unknown name; none once there are so many that nobody reads on, since it takes a while."""
        return "" if self.crowded else did_you_mean(word, known, what)

    @property
    def crowded(self) -> bool:
        """Whether more problems were found than anybody is told of."""
        return len(self.problems.problems) > _CROWD

    def _width(self, node: Node) -> int:
        """How much to underline: all of a word, or of what is in braces, on its line; the first key of a block."""
        start, end = node.start_mark, node.end_mark
        if isinstance(node, SequenceNode) and not node.flow_style:
            return 1
        if isinstance(node, MappingNode) and node.value and not node.flow_style:
            end = node.value[0][0].end_mark
        last = end.column if end.line == start.line else len(self.line(start.line + 1))
        return max(1, last - start.column)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1."""
        if self._lines is None:
            self._lines = lines_of(self.text)
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def at(self, node: MappingNode) -> Document:
        """The same file, read from one of its blocks; problems go to the same place."""
        self.line(1)
        return Document(self.name, self.text, node, self.problems, self._lines, self._keys)

    def find(self, path: tuple[str | int, ...]) -> tuple[Node, bool]:
        """The node at a path of keys and positions, and whether all of the path was there."""
        node: Node = self.root
        for step in path:
            inner = self._step(node, step)
            if inner is None:
                return node, False
            node = inner
        return node, True

    def find_key(self, path: tuple[str | int, ...]) -> Node:
        """The key node of the last step of a path, or the nearest node there is."""
        node, _ = self.find(path[:-1])
        return self.pair(node, path[-1])[0] or node

    def pair(self, block: Node, key: str | int) -> tuple[Node | None, Node | None]:
        """A key of a block and its value, as nodes; None and None where it is not there."""
        if id(block) not in self._keys:
            self._keys[id(block)] = {key.value: (key, value) for key, value in reversed(pairs(block))}
        return self._keys[id(block)].get(str(key), (None, None))

    def _step(self, node: Node, step: str | int) -> Node | None:
        if isinstance(node, SequenceNode):
            return node.value[step] if isinstance(step, int) and step < len(node.value) else None
        return self.pair(node, step)[1]


def pairs(node: Node) -> list[tuple[ScalarNode, Node]]:
    """The keys and values of a block; none where it is not a block."""
    return node.value if isinstance(node, MappingNode) else []


def at_key(node: Node, key: str) -> Node:
    """The value under a key of a block, or the block itself."""
    return next((value for inner, value in pairs(node) if inner.value == key), node)


def is_empty(node: Node) -> bool:
    """Whether nothing stands there: not even an empty text in quotes."""
    return isinstance(node, ScalarNode) and node.value == "" and node.style not in ("'", '"')


def plain(node: Node) -> Any:
    """A node as plain dictionaries, lists and texts, for pydantic to check. An empty scalar is None."""
    if isinstance(node, ScalarNode):
        return None if is_empty(node) else node.value
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    return [plain(item) for item in node.value]
