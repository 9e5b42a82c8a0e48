"""Expressions: what a formula becomes when it is called with stand-ins instead of numbers.

Each fold of a tree (values, words, units) is a table with one row a verb; a verb without a row raises UnknownVerb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Never, TypeVar

_Row = TypeVar("_Row")
Number = Any  # a float, a numpy array, or an Expression standing in for one


class FormulaError(Exception):
    """A formula that cannot be traced, wired or given a unit: a fault in the program, found at import."""


class UnknownVerb(FormulaError):
    """A fold met a verb that its table does not have."""


class Expression:
    """A node of the tree. Python's operators build more of it; anything that would need its value is refused."""

    __slots__ = ()

    def __array_ufunc__(self, *_: object, **__: object) -> Never:
        """numpy must not absorb the tree into an array."""
        raise FormulaError(f"{tracing()} mixes numpy into its arithmetic: use the engine's verbs, such as where()")

    def __add__(self, other: Number) -> Expression:
        return Operation("add", (self, as_expression(other)))

    def __radd__(self, other: Number) -> Expression:
        return Operation("add", (as_expression(other), self))

    def __sub__(self, other: Number) -> Expression:
        return Operation("subtract", (self, as_expression(other)))

    def __rsub__(self, other: Number) -> Expression:
        return Operation("subtract", (as_expression(other), self))

    def __mul__(self, other: Number) -> Expression:
        return Operation("multiply", (self, as_expression(other)))

    def __rmul__(self, other: Number) -> Expression:
        return Operation("multiply", (as_expression(other), self))

    def __truediv__(self, other: Number) -> Expression:
        return Operation("divide", (self, as_expression(other)))

    def __rtruediv__(self, other: Number) -> Expression:
        return Operation("divide", (as_expression(other), self))

    def __pow__(self, other: Number) -> Expression:
        return Operation("power", (self, as_expression(other)))

    def __rpow__(self, other: Number) -> Expression:
        return Operation("power", (as_expression(other), self))

    def __neg__(self) -> Expression:
        return Operation("negate", (self,))

    def __lt__(self, other: Number) -> Expression:
        return Operation("less_than", (self, as_expression(other)))

    def __le__(self, other: Number) -> Expression:
        return Operation("at_most", (self, as_expression(other)))

    def __gt__(self, other: Number) -> Expression:
        return Operation("less_than", (as_expression(other), self))

    def __ge__(self, other: Number) -> Expression:
        return Operation("at_most", (as_expression(other), self))

    def __eq__(self, other: object) -> Never:
        raise FormulaError(f"{tracing()} compares with == or !=: values are not known yet; use where() with < or <=")

    __ne__ = __eq__
    __hash__ = object.__hash__

    def _refuse(self, *_: object) -> Never:
        raise FormulaError(f"{tracing()} asks for a value (if, and, or, float, int, len): use where() instead")

    __bool__ = __float__ = __int__ = __index__ = __len__ = __iter__ = __round__ = _refuse


class Constant(Expression):
    """A number that is part of a formula: of arithmetic or the calendar, never a given figure."""

    __slots__ = ("label", "unit", "value")

    def __init__(self, value: float, unit: str = "", label: str = "") -> None:
        self.value, self.unit, self.label = value, unit, label


class Name(Expression):
    """Another quantity or a figure, by name."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class Operation(Expression):
    """A verb and what it is applied to."""

    __slots__ = ("arguments", "verb")

    def __init__(self, verb: str, arguments: tuple[Expression, ...]) -> None:
        self.verb, self.arguments = verb, arguments


class _NamedNumber(float):
    """A float that turns into a named Constant when it meets an expression."""

    __slots__ = ("label", "unit")
    unit: str
    label: str

    def __new__(cls, value: float, unit: str, label: str) -> _NamedNumber:
        number = super().__new__(cls, value)
        number.unit, number.label = unit, label
        return number


def constant(value: float, unit: str, label: str) -> Any:
    """A named constant of arithmetic or the calendar, such as twelve months a year."""
    return _NamedNumber(value, unit, label)


def as_expression(value: Number) -> Expression:
    """Plain numbers in a formula become constants, without a unit unless they are named ones."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, _NamedNumber):
        return Constant(float(value), value.unit, value.label)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Constant(float(value))
    raise FormulaError(f"{tracing()} mixes a {type(value).__name__} into its arithmetic")


_current: list[str] = []


def tracing() -> str:
    return f"formula {_current[-1]}" if _current else "an expression"


def trace(name: str, function: Callable[..., Number], arguments: Sequence[str]) -> Expression:
    """Call the function once with names for numbers, and keep the tree it builds."""
    _current.append(name)
    try:
        return as_expression(function(*(Name(argument) for argument in arguments)))
    finally:
        _current.pop()


def names(tree: Expression, *, within: str = "") -> Iterator[tuple[str, str]]:
    """Every name in the tree with the nearest of `summed`, a verb over time, or "" around it."""
    match tree:
        case Name():
            yield tree.name, within
        case Operation():
            inside = tree.verb if tree.verb in OVER_TIME or tree.verb == "summed" else within
            for argument in tree.arguments:
                yield from names(argument, within=inside)


def verbs_in(tree: Expression) -> frozenset[str]:
    """Every verb in the tree."""
    if not isinstance(tree, Operation):
        return frozenset()
    return frozenset({tree.verb}).union(*map(verbs_in, tree.arguments))


OVER_TIME = frozenset({"running_total", "carry", "delayed", "total", "lowest", "first_month", "irr"})
MONTH_BY_MONTH = frozenset({"running_total", "carry", "delayed"})  # a series in, a series out
OVER_AREAS = frozenset({"best", "quantile", "mean_of_best"})  # they look along all the areas of a table
AT_THE_END = OVER_TIME - MONTH_BY_MONTH  # a series in, one number out


def row(table: Mapping[str, _Row], verb: str, fold: str) -> _Row:
    """The row of a fold's table for a verb."""
    try:
        return table[verb]
    except KeyError:
        raise UnknownVerb(f"{fold} has no row for the verb `{verb}`; give it one") from None
