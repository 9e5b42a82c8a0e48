"""A tree worked out with a table of verbs, where there is no plan to compile: a sum of somebody's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from carescale.engine.scalars import Verbs
from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, row


def value_of(tree: Expression, verbs: Verbs, leaf: Callable[[str], Any]) -> Any:
    """The value of a tree, given those of its names; `verbs` says of what kind: floats, arrays, intervals."""
    match tree:
        case Operation():
            return row(verbs, tree.verb, "evaluation")(*[value_of(part, verbs, leaf) for part in tree.arguments])
        case Name():
            return leaf(tree.name)
        case Constant():
            return tree.value
    raise FormulaError(f"cannot evaluate {type(tree).__name__}")
