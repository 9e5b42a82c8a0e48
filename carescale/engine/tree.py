"""Expressions: what a formula becomes when it is called with stand-ins instead of numbers.

The verbs here work on numbers too, so that a formula is a plain function in a test. Each fold of a tree
(values, words, units) is a table with one row a verb; a verb without a row raises UnknownVerb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Never, TypeVar

from carescale.engine import scalars

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
        raise FormulaError(f"{_tracing()} mixes numpy into its arithmetic: use the engine's verbs, such as where()")

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
        raise FormulaError(f"{_tracing()} compares with == or !=: values are not known yet; use where() with < or <=")

    __ne__ = __eq__
    __hash__ = object.__hash__

    def _refuse(self, *_: object) -> Never:
        raise FormulaError(f"{_tracing()} asks for a value (if, and, or, float, int, len): use where() instead")

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
    raise FormulaError(f"{_tracing()} mixes a {type(value).__name__} into its arithmetic")


def _verb(name: str, *values: Number) -> Number:
    if any(isinstance(value, Expression) for value in values):
        return Operation(name, tuple(as_expression(value) for value in values))
    return scalars.apply(name, *values)


def minimum(first: Number, second: Number) -> Number:
    """The smaller of two."""
    return _verb("minimum", first, second)


def maximum(first: Number, second: Number) -> Number:
    """The larger of two."""
    return _verb("maximum", first, second)


def where(condition: Number, then: Number, otherwise: Number) -> Number:
    """One value or another, chosen by a comparison."""
    return _verb("where", condition, then, otherwise)


def round_up(value: Number) -> Number:
    """The next whole number, ignoring noise below 1e-9: nobody recruits a third of a coordinator."""
    return _verb("round_up", value)


def less(amount: Number, deduction: Number) -> Number:
    """`amount − deduction`; where the deduction is unknown the amount stands and the result is partial."""
    return _verb("less", amount, deduction)


def more(amount: Number, addition: Number) -> Number:
    """`amount + addition`; where the addition is unknown the amount stands and the result is partial."""
    return _verb("more", amount, addition)


def complete(value: Number) -> Number:
    """The value, where nothing is left out of it; a partial one is unknown here, since it would mislead."""
    return _verb("complete", value)


def summed(part: Number) -> Number:
    """The sum of a finer quantity over the parts of this one; partial where some are unknown."""
    if isinstance(part, Expression) and not isinstance(part, Name):
        raise FormulaError(f"{_tracing()}: summed() takes a name, not a sum; name the inner quantity")
    return _verb("summed", part)


def running_total(series: Number) -> Number:
    """Over months: the total so far."""
    return _verb("running_total", series)


def total(series: Number) -> Number:
    """Over months: the total at the horizon."""
    return _verb("total", series)


def lowest(series: Number) -> Number:
    """Over months: the lowest value reached."""
    return _verb("lowest", series)


def first_month(series: Number) -> Number:
    """Over months: the first month from which the series stays at or above zero; infinite beyond the horizon."""
    return _verb("first_month", series)


def best(values: Number, among: Number) -> Number:
    """Over areas: the highest value among those for which `among` holds; areas without a value do not count."""
    return _verb("best", values, among)


def quantile(values: Number, among: Number, share: Number) -> Number:
    """Over areas: the inclusive quantile (Excel's PERCENTILE.INC) among those for which `among` holds."""
    return _verb("quantile", values, among, share)


def mean_of_best(values: Number, among: Number, number: Number) -> Number:
    """Over areas: the mean of the highest so many among those for which `among` holds."""
    return _verb("mean_of_best", values, among, number)


_current: list[str] = []


def _tracing() -> str:
    return f"formula {_current[-1]}" if _current else "an expression"


def trace(name: str, function: Callable[..., Number], arguments: list[str]) -> Expression:
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


OVER_TIME = frozenset({"running_total", "total", "lowest", "first_month"})
AT_THE_END = OVER_TIME - {"running_total"}  # a series in, one number out


def row(table: Mapping[str, _Row], verb: str, fold: str) -> _Row:
    """The row of a fold's table for a verb."""
    try:
        return table[verb]
    except KeyError:
        raise UnknownVerb(f"{fold} has no row for the verb `{verb}`; give it one") from None
