"""Which months a series is anything in: of `where(falls_in_year, flow, 0)` those of the year; no other is looked at.

A plan of thirty years asks for thirty totals of every line. Each over all 360 months is a time that grows with the
square of the years; each over its own twelve is not, and the sum is the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from operator import mul
from typing import Any

from msgspec import Struct

from carescale.engine.registry import MONTH
from carescale.engine.tree import Constant, Expression, Name, Operation

Bounds = tuple[tuple[Expression, ...], tuple[Expression, ...]]


class Window(Struct, frozen=True):
    """The months from every one of `first` to every one of `last`, in which a series is `values`; it is 0 in others."""

    first: tuple[Expression, ...]
    last: tuple[Expression, ...]
    values: Expression

    @property
    def series(self) -> Expression:
        """The whole series, asking each month whether it is within."""
        month = Name(MONTH)
        within = [*(bound <= month for bound in self.first), *(month <= bound for bound in self.last)]
        return Operation("where", (reduce(mul, within), self.values, Constant(0.0)))


def window_of(series: Expression, monthly: Callable[[str], Expression | None]) -> Window | None:
    """The window of a series; None where it has none. `monthly` gives the tree of a name that has a value a month, and
    None for a name that is the same in all of them.
    """
    match series:
        case Operation(verb="where", arguments=(condition, values, Constant(value=0.0))):
            bounds = _bounds(condition, monthly)
            return Window(*bounds, values) if bounds else None
    return None


def _bounds(condition: Expression, monthly: Callable[[str], Expression | None]) -> Bounds | None:
    """What a condition holds the number of the month between; None where it asks for anything else."""
    match condition:
        case Operation(verb="at_most", arguments=(Name(name=first), Name() | Constant() as last)) if first == MONTH:
            return ((), (last,)) if _stands(last, monthly) else None
        case Operation(verb="at_most", arguments=(Name() | Constant() as first, Name(name=last))) if last == MONTH:
            return ((first,), ()) if _stands(first, monthly) else None
        case Operation(verb="multiply", arguments=(one, other)):
            both = _bounds(one, monthly), _bounds(other, monthly)
            return (both[0][0] + both[1][0], both[0][1] + both[1][1]) if both[0] and both[1] else None
        case Operation(verb="less_than", arguments=(Constant(value=0.0), inner)):
            return _bounds(inner, monthly)
        case Name(name=name) if name != MONTH and (tree := monthly(name)) is not None:
            return _bounds(tree, monthly)
    return None


def _stands(bound: Expression, monthly: Callable[[str], Expression | None]) -> bool:
    """Whether a bound is the same in every month."""
    return not isinstance(bound, Name) or (bound.name != MONTH and monthly(bound.name) is None)


def months_within(first: Sequence[Any], last: Sequence[Any], horizon: int) -> range | None:
    """The months between bounds, up to the horizon; None where a bound is no one number, as in arrays."""
    if not all(isinstance(bound, int | float) and bound == bound for bound in (*first, *last)):
        return None
    low, high = max(0, *first) if first else 0, min(horizon, *last) if last else horizon
    return range(math.ceil(min(low, horizon + 1)), math.floor(max(high, -1)) + 1)
