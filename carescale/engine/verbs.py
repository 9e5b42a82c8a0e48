"""The verbs that formulas are written with. They work on numbers too: a formula is a plain function in a test."""

from __future__ import annotations

import math

from carescale.engine import scalars
from carescale.engine.tree import Expression, FormulaError, Name, Number, Operation, as_expression, tracing


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


def round_half_up(value: Number, digits: Number = 0) -> Number:
    """To so many decimals, a half away from nought, as Excel's ROUND; negative ones are tens and hundreds."""
    return _verb("round_half_up", value, digits)


def round_away(value: Number, digits: Number = 0) -> Number:
    """To so many decimals, away from nought, as Excel's ROUNDUP, ignoring noise."""
    return _verb("round_away", value, digits)


def truncate(value: Number, digits: Number = 0) -> Number:
    """To so many decimals, towards nought, as Excel's ROUNDDOWN, ignoring noise."""
    return _verb("truncate", value, digits)


def size(value: Number) -> Number:
    """Without its sign."""
    return _verb("size", value)


def less(amount: Number, deduction: Number) -> Number:
    """`amount − deduction`; where the deduction is unknown the amount stands and the result is partial."""
    return _verb("less", amount, deduction)


def more(amount: Number, addition: Number) -> Number:
    """`amount + addition`; where the addition is unknown the amount stands and the result is partial."""
    return _verb("more", amount, addition)


def added(*amounts: Number) -> Number:
    """The sum of those that are known and apply; partial where some are unknown. None of them need be there."""
    whole, *others = amounts
    for other in others:
        whole = _verb("added", whole, other)
    return whole


def net(saving: Number, cost: Number) -> Number:
    """`saving − cost`, whichever of the two is known: a known cost counts where nobody knows what is saved."""
    return _verb("net", saving, cost)


def complete(value: Number) -> Number:
    """The value, where nothing is left out of it; a partial one is unknown here, since it would mislead."""
    return _verb("complete", value)


def summed(part: Number) -> Number:
    """The sum of a finer quantity over the parts of this one; partial where some are unknown."""
    if isinstance(part, Expression) and not isinstance(part, Name):
        raise FormulaError(f"{tracing()}: summed() takes a name, not a sum; name the inner quantity")
    return _verb("summed", part)


def running_total(series: Number) -> Number:
    """Over months: the total so far."""
    return _verb("running_total", series)


def power(base: Number, exponent: Number) -> Number:
    """A base raised to an exponent, such as a growth factor to a number of years."""
    return _verb("power", base, exponent)


def carry(keep: Number, new: Number, at_most: Number = math.inf) -> Number:
    """Over months: what is new this month, and the part `keep` of what was there the month before; never more than
    `at_most`.
    """
    limited = isinstance(at_most, Expression | list) or at_most < math.inf
    return _verb("carry", keep, new, at_most) if limited else _verb("carry", keep, new)


def delayed(series: Number, months: Number) -> Number:
    """Over months: what it was so many months ago, linear between months; nothing before the first."""
    return _verb("delayed", series, months)


def irr(series: Number) -> Number:
    """Over months: the rate a month at which the flows are worth nothing together; none where there is no such rate."""
    return _verb("irr", series)


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
