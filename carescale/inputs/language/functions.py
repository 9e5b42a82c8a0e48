"""The functions of a sum, under Excel's names: the one table of what may be called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

from msgspec import Struct

from carescale.engine.tree import Constant, Expression, Operation

_ANY = 60  # arguments; more would not fit the longest sum


class Function(Struct, frozen=True):
    """What a function makes of its arguments, how many it takes, and how it is called: for the guide and the hints."""

    build: Callable[..., Expression]
    least: int
    most: int
    example: str
    about: str


def _operation(verb: str) -> Callable[..., Expression]:
    return lambda *parts: Operation(verb, parts)


def _folded(verb: str) -> Callable[..., Expression]:
    return lambda *parts: reduce(lambda first, second: Operation(verb, (first, second)), parts)


def _average(*parts: Expression) -> Expression:
    return Operation("divide", (_folded("add")(*parts), Constant(float(len(parts)))))


def _digits(verb: str) -> Callable[..., Expression]:
    return lambda value, digits=None: Operation(verb, (value, Constant(0.0) if digits is None else _whole(digits)))


_FURTHEST = 15  # decimals, on either side of the point


def _whole(tree: Expression) -> Constant:
    """A number of decimals, written out; ValueError where it is none."""
    negative = isinstance(tree, Operation) and tree.verb == "negate"
    inner = tree.arguments[0] if negative and isinstance(tree, Operation) else tree
    value = inner.value if isinstance(inner, Constant) and not inner.unit else 0.5
    if value != int(value) or abs(value) > _FURTHEST:
        raise ValueError(f"decimals are a whole number of at most {_FURTHEST}, written out")
    return Constant(-value if negative else value)


def _change(before: Expression, after: Expression) -> Expression:
    """Growth from one to another; Excel's GROWTH is a regression, so it has another name."""
    return Operation("subtract", (Operation("divide", (after, before)), Constant(1.0)))


def _yearly(periods: Expression, before: Expression, after: Expression) -> Expression:
    """Excel's RRI: the growth in each of so many periods that leads from one value to the other."""
    growth = Operation("power", (Operation("divide", (after, before)), Operation("divide", (Constant(1.0), periods))))
    return Operation("subtract", (growth, Constant(1.0)))


FUNCTIONS: Mapping[str, Function] = {
    "SUM": Function(_folded("add"), 1, _ANY, "SUM(120; 26; 31)", "all of them together"),
    "AVERAGE": Function(_average, 1, _ANY, "AVERAGE(£18; £22)", "their mean"),
    "MIN": Function(_folded("minimum"), 1, _ANY, "MIN(£35; £40)", "the smallest"),
    "MAX": Function(_folded("maximum"), 1, _ANY, "MAX(0; 78 - 51)", "the largest"),
    "ABS": Function(_operation("size"), 1, 1, "ABS(9,802 - 10,394)", "without its sign"),
    "ROUND": Function(_digits("round_half_up"), 1, 2, "ROUND(£3,333.33; -1)", "to so many decimals; -1 is tens"),
    "ROUNDUP": Function(_digits("round_away"), 1, 2, "ROUNDUP(67 / 25)", "away from nought"),
    "ROUNDDOWN": Function(_digits("truncate"), 1, 2, "ROUNDDOWN(£12.77m; -5)", "towards nought: cut off"),
    "IF": Function(_operation("where"), 3, 3, "IF(300 < 285; £1; £2)", "one or the other, by a comparison"),
    "RRI": Function(_yearly, 3, 3, "RRI(5; 50; 450)", "growth a period: periods; from; to"),
    "CHANGE": Function(_change, 2, 2, "CHANGE(10,394; 9,802)", "growth from one to another: to ÷ from − 1"),
}
NOT_HERE: Mapping[str, str] = {
    "GROWTH": "Excel's GROWTH is a regression: growth from one to another is CHANGE(from; to)",
    "POWER": "write a ^ b",
    "SQRT": "write a ^ (1 / 2)",
    "PRODUCT": "write a * b",
    "CAGR": "Excel has it as RRI(periods; from; to)",
    "MEAN": "Excel has it as AVERAGE",
    "CEILING": "Excel has ROUNDUP(value; decimals)",
    "FLOOR": "Excel has ROUNDDOWN(value; decimals)",
    "INT": "write ROUNDDOWN(value)",
}
