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

Leaf = Callable[[str, bool], str]  # (name, whether it is summed over parts) → text


def as_it_applies(tree: Expression, applies: Callable[[Expression], bool]) -> Expression:
    """The tree without the deductions and additions that do not apply, which it can do without."""
    if not isinstance(tree, Operation):
        return tree
    if tree.verb in ("less", "more", "added", "net"):
        first, second = tree.arguments
        if not applies(second):
            return as_it_applies(first, applies)
        if not applies(first):
            return as_it_applies(Operation("negate", (second,)) if tree.verb == "net" else second, applies)
    return Operation(tree.verb, tuple(as_it_applies(part, applies) for part in tree.arguments))


def in_words(tree: Expression, leaf: Leaf) -> str:
    """The tree as a sentence fragment; `leaf` words each name."""
    return _words(tree, leaf, summed=False)


def _words(tree: Expression, leaf: Leaf, *, summed: bool) -> str:
    match tree:
        case Constant():
            return tree.label or f"{tree.value:,.12g}".replace("-", "−")
        case Name():
            return leaf(tree.name, summed)
        case Operation(verb="summed"):
            return row(WORDS, "summed", "words").format(_words(tree.arguments[0], leaf, summed=True))
        case Operation():
            parts = [_bracketed(tree, part, place, leaf) for place, part in enumerate(tree.arguments)]
            return row(WORDS, tree.verb, "words").format(*parts)
    raise FormulaError(f"no words for {type(tree).__name__}")


def _bracketed(tree: Operation, part: Expression, place: int, leaf: Leaf) -> str:
    while isinstance(part, Operation) and part.verb == "complete":
        part = part.arguments[0]
    text = _words(part, leaf, summed=False)
    if not isinstance(part, Operation):
        return text
    outer, inner = PRECEDENCE.get(tree.verb), PRECEDENCE.get(part.verb, _CALL)
    if outer is None:  # a phrase reads on without brackets, unless it is inside another phrase
        return f"({text})" if inner == _CALL and part.verb != "summed" else text
    loose = inner < outer or (inner == outer and place > 0) or inner == _CALL
    return f"({text})" if loose else text
