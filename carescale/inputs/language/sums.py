"""What a written sum becomes: an expression, and where in the text each part of it stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, field

from carescale.engine.tree import Constant, Expression, Name, Operation
from carescale.numbers import Printed


class Span(NamedTuple):
    """A stretch of a text, from a character up to another."""

    start: int
    end: int


class Misread(ValueError):
    """A sum that cannot be read as it is written: what is wrong, where, and what to write instead.

    `lost` is the name that means nothing, where that is what is wrong.
    """

    def __init__(self, message: str, span: Span, hint: str = "", lost: str = "") -> None:
        super().__init__(message)
        self.message, self.span, self.hint, self.lost = message, span, hint, lost


class Literal(Constant):
    """A printed number in a sum, with its unit and all that its print leaves open."""

    __slots__ = ("printed",)

    def __init__(self, printed: Printed) -> None:
        super().__init__(float(printed.value), printed.unit or "", printed.text)
        self.printed = printed


class Sum(Struct, frozen=True, eq=False):
    """A text, the expression it was read into, and where each node of that stood (an operation: its operator)."""

    text: str
    tree: Expression
    spans: Mapping[int, Span] = field(default_factory=dict)
    names: tuple[Name, ...] = ()

    def span(self, node: Expression) -> Span:
        """Where a node stood; the whole text for one that was put in later."""
        return self.spans.get(id(node), Span(0, len(self.text)))

    def with_tree(self, tree: Expression) -> Sum:
        """The same text with its expression worked on: units of time converted."""
        return Sum(self.text, tree, self.spans, self.names)


def nodes(tree: Expression) -> Iterator[Expression]:
    """A tree's nodes, each before what it is made of."""
    yield tree
    if isinstance(tree, Operation):
        for part in tree.arguments:
            yield from nodes(part)


def literals(tree: Expression) -> list[Literal]:
    """The printed numbers of a sum, as often as they stand in it."""
    return [node for node in nodes(tree) if isinstance(node, Literal)]


def names_in(tree: Expression) -> list[str]:
    """The names of a sum, each once, in its order."""
    return list(dict.fromkeys(node.name for node in nodes(tree) if isinstance(node, Name)))
