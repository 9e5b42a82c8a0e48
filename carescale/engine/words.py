"""A tree in words: the formula itself, or the formula with numbers put in. One fold; the leaves differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, row

# What binds tighter has the higher number; every printer of infix text uses this one table.
PRECEDENCE: Mapping[str, int] = {
    "less_than": 1,
    "at_most": 1,
    "add": 2,
    "subtract": 2,
    "less": 2,
    "more": 2,
    "added": 2,
    "net": 2,
    "negate": 3,
    "multiply": 4,
    "divide": 4,
    "power": 5,
}
_CALL = 9

WORDS: Mapping[str, str] = {
    "add": "{} + {}",
    "subtract": "{} − {}",
    "less": "{} − {}",
    "more": "{} + {}",
    "added": "{} + {}",
    "net": "{} − {}",
    "complete": "{}",
    "multiply": "{} × {}",
    "divide": "{} ÷ {}",
    "power": "{} ^ {}",
    "negate": "−{}",
    "less_than": "{} < {}",
    "at_most": "{} ≤ {}",
    "minimum": "the smaller of {} and {}",
    "maximum": "the larger of {} and {}",
    "where": "{1} if {0}, otherwise {2}",
    "round_up": "{}, rounded up",
    "round_half_up": "{0}, rounded half up to {1} decimals",
    "round_away": "{0}, rounded away from nought to {1} decimals",
    "truncate": "{0}, cut off after {1} decimals",
    "size": "the size of {}",
    "summed": "the sum of {}",
    "best": "the best {} of areas with {}",
    "quantile": "the {2} quantile of {0} over areas with {1}",
    "mean_of_best": "the mean of the best {2} of {0} over areas with {1}",
    "running_total": "running total of {}",
    "carry": "{1} in the month, and {0} of what was there the month before",
    "delayed": "{0}, {1} earlier",
    "irr": "internal rate of return a month of {}",
    "total": "total over the months of {}",
    "lowest": "lowest month of {}",
    "first_month": "first month from which {} stays at or above zero",
}

_SPREAD = (" ± ", " to ")  # in a number as it was printed, which beside another would read on into it

Leaf = Callable[[str], str]  # the words for a name
Sum = Callable[[tuple[str, ...]], str]  # the words for the parts of a sum


def in_words(tree: Expression, leaf: Leaf, parts: Sum | None = None) -> str:
    """The tree as a sentence fragment; `leaf` words each name, `parts` those of a sum (else the first is)."""
    return _words(tree, leaf, parts or (lambda names: leaf(names[0])))


def _words(tree: Expression, leaf: Leaf, parts: Sum) -> str:
    match tree:
        case Constant():
            return tree.label or f"{tree.value:,.12g}".replace("-", "−")
        case Name():
            return leaf(tree.name)
        case Operation(verb="summed"):
            names = tuple(part.name for part in tree.arguments if isinstance(part, Name))
            return row(WORDS, "summed", "words").format(parts(names))
        case Operation():
            inner = [_bracketed(tree, part, place, leaf, parts) for place, part in enumerate(tree.arguments)]
            return row(WORDS, tree.verb, "words").format(*inner)
    raise FormulaError(f"no words for {type(tree).__name__}")


def _bracketed(tree: Operation, part: Expression, place: int, leaf: Leaf, parts: Sum) -> str:
    while isinstance(part, Operation) and part.verb == "complete":
        part = part.arguments[0]
    text = _words(part, leaf, parts)
    if not isinstance(part, Operation):
        return f"({text})" if isinstance(part, Constant) and any(word in text for word in _SPREAD) else text
    outer, inner = PRECEDENCE.get(tree.verb), PRECEDENCE.get(part.verb, _CALL)
    if outer is None:  # a phrase reads on without brackets, unless it is inside another phrase
        return f"({text})" if inner == _CALL and part.verb != "summed" else text
    loose = inner < outer or (inner == outer and place > 0) or inner == _CALL
    return f"({text})" if loose else text
