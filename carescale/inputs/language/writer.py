"""An expression as the text that is read back into it: for `--explain`, for JSON, and to say how a sum was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, row
from carescale.engine.words import PRECEDENCE
from carescale.measures import write_measure
from carescale.numbers import to_decimal

_CALL = 9
_INFIX: Mapping[str, str] = {
    "add": "{} + {}",
    "subtract": "{} - {}",
    "multiply": "{} * {}",
    "divide": "{} / {}",
    "power": "{} ^ {}",
    "negate": "-{}",
    "less_than": "{} < {}",
    "at_most": "{} <= {}",
}
_CALLED: Mapping[str, str] = {
    "minimum": "MIN",
    "maximum": "MAX",
    "size": "ABS",
    "round_half_up": "ROUND",
    "round_away": "ROUNDUP",
    "truncate": "ROUNDDOWN",
    "where": "IF",
}
_ALONE = ("negate", "power")  # whatever stands inside these has its own brackets
TEXT: Mapping[str, Callable[[Operation], str]] = {
    **dict.fromkeys(_INFIX, lambda tree: _infix(tree)),
    **dict.fromkeys(_CALLED, lambda tree: _call(tree)),
}


def write_sum(tree: Expression) -> str:
    """The text of an expression made of what can be written; another verb raises."""
    match tree:
        case Constant():
            return tree.label or _number(tree)
        case Name():
            return tree.name
        case Operation():
            return row(TEXT, tree.verb, "text")(tree)
    raise FormulaError(f"no text for {type(tree).__name__}")


def _number(tree: Constant) -> str:
    """A constant that nobody printed: in its unit, in full."""
    size = f"{abs(to_decimal(tree.value)):f}"
    words = write_measure(tree.unit)
    pounds = words.startswith("£")
    text = f"£{size}{words[1:]}" if pounds else f"{size} {words}".rstrip()
    return f"-{text}" if tree.value < 0 else text


def _infix(tree: Operation) -> str:
    return _INFIX[tree.verb].format(*(_bracketed(tree, part, place) for place, part in enumerate(tree.arguments)))


def _bracketed(tree: Operation, part: Expression, place: int) -> str:
    text = write_sum(part)
    if text.startswith("-"):
        return f"({text})"
    if not isinstance(part, Operation) or part.verb in _CALLED:
        return text
    outer, inner = PRECEDENCE[tree.verb], PRECEDENCE[part.verb]
    loose = inner < outer or (inner == outer and place > 0) or tree.verb in _ALONE or outer == inner == 1
    return f"({text})" if loose else text


def _call(tree: Operation) -> str:
    parts = list(tree.arguments)
    while tree.verb in ("minimum", "maximum") and isinstance(parts[0], Operation) and parts[0].verb == tree.verb:
        parts[:1] = parts[0].arguments
    texts = [write_sum(part) for part in parts]
    if tree.verb in ("round_half_up", "round_away", "truncate") and texts[-1] == "0":
        texts.pop()
    return f"{_CALLED[tree.verb]}({'; '.join(texts)})"
