"""Units: people, pounds a year, carers a coordinator. Folding a tree into its unit catches sums that mean nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, row

Unit = tuple[tuple[str, int], ...]  # sorted (base, power); () is a share, a rate or a truth
_ANY = (("any", 0),)  # the unit of a bare zero, which fits beside anything


@lru_cache
def read_unit(text: str) -> Unit:
    """`GBP/person/year` as powers of its bases; "" is a pure number."""
    first, *below = text.split("/")
    powers: dict[str, int] = {}
    for base in filter(None, first.split("*")):
        powers[base] = powers.get(base, 0) + 1
    for base in below:
        powers[base] = powers.get(base, 0) - 1
    return _tidy(powers)


def write_unit(unit: Unit) -> str:
    """The text that read_unit reads."""
    above = [base for base, power in unit for _ in range(power)]
    below = [base for base, power in unit for _ in range(-power)]
    return "/".join(["*".join(above), *below])


def _tidy(powers: Mapping[str, int]) -> Unit:
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def _combine(first: Unit, second: Unit, sign: int) -> Unit:
    powers = {base: power for base, power in first if base != "any"}
    for base, power in second:
        if base != "any":
            powers[base] = powers.get(base, 0) + sign * power
    return _tidy(powers)


def _same(*units: Unit) -> Unit:
    real = [unit for unit in units if unit != _ANY]
    if any(unit != real[0] for unit in real):
        raise FormulaError("it puts together " + " and ".join(write_unit(unit) or "a pure number" for unit in real))
    return real[0] if real else _ANY


def _compare(first: Unit, second: Unit) -> Unit:
    _same(first, second)
    return ()


def _choose(condition: Unit, then: Unit, otherwise: Unit) -> Unit:
    return _same(then, otherwise)


def _raise(base: Unit, exponent: Unit) -> Unit:
    """A growth factor to a number of years: both are pure numbers, or the result would have no unit."""
    _same(base, exponent, ())
    return ()


def _carry(keep: Unit, new: Unit, *at_most: Unit) -> Unit:
    _same(keep, ())
    return _same(new, *at_most)


def _delayed(series: Unit, months: Unit) -> Unit:
    _same(months, _MONTH)
    return series


_MONTH: Unit = (("month", 1),)
UNITS: Mapping[str, Callable[..., Unit]] = {
    "add": _same,
    "subtract": _same,
    "multiply": lambda a, b: _combine(a, b, 1),
    "divide": lambda a, b: _combine(a, b, -1),
    "power": _raise,
    "negate": _same,
    "less_than": _compare,
    "at_most": _compare,
    "minimum": _same,
    "maximum": _same,
    "where": _choose,
    "round_up": _same,
    **dict.fromkeys(("round_half_up", "round_away", "truncate"), lambda value, digits: value),
    "size": _same,
    "less": _same,
    "more": _same,
    "added": _same,
    "net": _same,
    "complete": _same,
    "summed": _same,
    "best": lambda values, among: values,
    "quantile": lambda values, among, share: values,
    "mean_of_best": lambda values, among, number: values,
    "running_total": lambda series: _combine(series, _MONTH, 1),
    "total": lambda series: _combine(series, _MONTH, 1),
    "carry": _carry,
    "delayed": _delayed,
    "irr": lambda series: (),
    "lowest": _same,
    "first_month": lambda series: _MONTH,
}


def unit_of(tree: Expression, unit_of_name: Callable[[str], Unit]) -> Unit:
    """The unit of a tree, given the units of the names in it. Raises FormulaError where the units do not fit."""
    match tree:
        case Constant():
            return _ANY if tree.value == 0 and not tree.unit else read_unit(tree.unit)
        case Name():
            return unit_of_name(tree.name)
        case Operation():
            return row(UNITS, tree.verb, "units")(*(unit_of(part, unit_of_name) for part in tree.arguments))
    raise FormulaError(f"no unit for {type(tree).__name__}")
