"""The units of a sum: carried through every operator, refused where they do not fit, and of time converted.

The constants of the calendar are those of the trade: 365 days, 52 weeks and 12 months a year, 7 days a week. Nothing
else is converted: people are not carers, and a bed-day is not a day.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, row
from carescale.engine.units import UNITS, Unit, read_unit, write_unit
from carescale.inputs.language.sums import Literal, Misread, Sum
from carescale.measures import write_measure

_IN_A_YEAR = {"day": 365.0, "week": 52.0, "month": 12.0, "year": 1.0}
_DAYS_A_WEEK = 7.0
_ALIKE = ("add", "subtract", "minimum", "maximum", "less_than", "at_most", "where", "less", "more", "summed")
_ANY: Unit = (("any", 0),)
_TOGETHER = {"less_than": "compared with", "at_most": "compared with", "subtract": "subtracted from"}


def with_units(written: Sum, unit_of: Callable[[str], str]) -> tuple[Sum, str]:
    """A sum whose units fit, periods of time converted, and its unit. Raises Misread at the operator that is wrong."""
    if isinstance(written.tree, Name):  # its own unit as it is declared: £ for each £ stay that
        return written, unit_of(written.tree.name)
    folded = _Fold(written, unit_of)
    tree, unit = folded.visit(written.tree)
    return written if tree is written.tree else written.with_tree(tree), "" if unit == _ANY else write_unit(unit)


def converted(tree: Expression, unit: str, into: str) -> Expression:
    """A tree of one unit in another that differs in units of time only."""
    return _convert(tree, read_unit(unit), read_unit(into))


def same_but_for_time(unit: str, other: str) -> bool:
    """Whether one unit can be converted into another: £ per week and £ per year."""
    return _is_convertible(read_unit(unit), read_unit(other))


def same_but_for_a_period(unit: str, other: str) -> bool:
    """Whether a unit that names no period is another's, which does: £ for £ per year."""
    mine, theirs = read_unit(unit), read_unit(other)
    return not _time(mine) and mine == _rest(theirs) and all(power < 0 for power in _time(theirs).values())


def named(unit: str) -> str:
    """A unit in a message: pounds, people, £ per week, or that it is a plain number."""
    return {"": "a plain number", "GBP": "pounds"}.get(unit, write_measure(unit))


class _Fold(Struct):
    written: Sum
    unit_of: Callable[[str], str]

    def visit(self, tree: Expression) -> tuple[Expression, Unit]:
        match tree:
            case Constant():
                nothing = tree.value == 0 and not tree.unit and not isinstance(tree, Literal)
                zero = isinstance(tree, Literal) and tree.value == 0 and tree.printed.unit is None
                return tree, _ANY if nothing or zero else read_unit(tree.unit)
            case Name():
                return tree, read_unit(self.unit_of(tree.name))
            case Operation():
                parts, units = zip(*map(self.visit, tree.arguments), strict=True)
                return self.operation(tree, list(parts), list(units))
        raise FormulaError(f"no unit for {type(tree).__name__}")

    def operation(self, tree: Operation, parts: list[Expression], units: list[Unit]) -> tuple[Expression, Unit]:
        plain = _fitting(tree.verb, tuple(units))
        if plain is not None and all(map(_is, parts, tree.arguments)):
            return tree, plain
        if tree.verb in _ALIKE:
            self.alike(tree, parts, units)
        try:
            unit = _made_of(tree.verb, tuple(units))
        except FormulaError:
            raise self.refused(tree, units) from None
        made = tree if all(map(_is, parts, tree.arguments)) else Operation(tree.verb, tuple(parts))
        return _cancelled(made, unit)

    def alike(self, tree: Operation, parts: list[Expression], units: list[Unit]) -> None:
        """Bring what is put together into the unit of the first, where units of time are all that differs."""
        places = [place for place in range(len(parts)) if tree.verb != "where" or place > 0]
        first = next((units[place] for place in places if units[place] != _ANY), _ANY)
        for place in places:
            if units[place] in (first, _ANY):
                continue
            if not _is_convertible(units[place], first):
                raise self.refused(tree, [units[place] for place in places])
            parts[place], units[place] = _convert(parts[place], units[place], first), first

    def refused(self, tree: Operation, units: list[Unit]) -> Misread:
        texts = [named(write_unit(unit)) for unit in units if unit != _ANY]
        span = self.written.span(tree)
        if tree.verb == "power":
            hint = "a growth factor to a number of years: both are plain numbers"
            return Misread(f"a power of {' to '.join(texts)} has no unit", span, hint)
        both = " and ".join(dict.fromkeys(texts))
        plain = [one for one in tree.arguments if isinstance(one, Literal) and one.printed.unit is None]
        other = next((text for text in texts if text != "a plain number"), "people")
        own = [one.name for one in tree.arguments if isinstance(one, Name) and one.name.startswith("published.")]
        bare = [name.partition(".")[2] for name in own if not self.unit_of(name)]
        if bare:
            hint = f"say what it counts, under `published:`, such as `{bare[0]}: 120 people`"
            return Misread(f"{both} cannot be put together", span, hint)
        text = plain[0].printed.text if plain and "%" not in plain[0].printed.text else ""
        counted = f"£{text}{other[1:]}" if other.startswith("£") else f"{text} {other}".replace(" pounds", "")
        hint = _SAY.format(f"£{counted}" if other == "pounds" else counted) if text else _HINT
        return Misread(f"{both} cannot be put together", span, hint)


_SAY = "say what it counts where it is one of them, such as `{}`"
_HINT = "only what is of one unit can be added, subtracted or compared; time is converted"


@lru_cache(maxsize=4096)
def _fitting(verb: str, units: tuple[Unit, ...]) -> Unit | None:
    """The unit of an operation whose parts fit as they are; None where something is to be converted, or refused."""
    first = units[1] if verb == "where" else units[0]
    alike = verb not in _ALIKE or all(unit == first for unit in units[verb == "where" :])
    try:
        unit = _made_of(verb, units) if alike else None
    except FormulaError:
        return None
    return unit if unit is not None and not _surplus(unit) else None


@lru_cache(maxsize=4096)
def _made_of(verb: str, units: tuple[Unit, ...]) -> Unit:
    """The unit of an operation."""
    return row(UNITS, verb, "units")(*units)


def _is(one: object, other: object) -> bool:
    return one is other


def _time(unit: Unit) -> dict[str, int]:
    return {base: power for base, power in unit if base in _IN_A_YEAR}


def _rest(unit: Unit) -> Unit:
    return tuple(pair for pair in unit if pair[0] not in _IN_A_YEAR)


def _is_convertible(unit: Unit, other: Unit) -> bool:
    return _rest(unit) == _rest(other) and sum(_time(unit).values()) == sum(_time(other).values())


def _cancelled(tree: Expression, unit: Unit) -> tuple[Expression, Unit]:
    """Weeks times pounds a year are pounds: what is above the line is converted into what is below it."""
    surplus = _surplus(unit)
    if surplus is None:
        return tree, unit
    above, below = surplus
    powers = dict(unit)
    powers[above] -= 1
    powers[below] += 1
    left = tuple(sorted((base, power) for base, power in powers.items() if power))
    return _cancelled(_scaled(tree, above, below), left)


def _surplus(unit: Unit) -> tuple[str, str] | None:
    """A unit of time above the line and one below it, which can be cancelled; None where there are not both."""
    time = _time(unit)
    above, below = ([base for base in time if time[base] * sign > 0] for sign in (1, -1))
    return (above[0], below[0]) if above and below else None


def _convert(tree: Expression, unit: Unit, into: Unit) -> Expression:
    mine, wanted = _time(unit), _time(into)
    surplus = {base: mine.get(base, 0) - wanted.get(base, 0) for base in {**mine, **wanted}}
    while any(surplus.values()):
        more = next(base for base, power in surplus.items() if power > 0)
        less = next(base for base, power in surplus.items() if power < 0)
        tree = _scaled(tree, more, less)
        surplus[more] -= 1
        surplus[less] += 1
    return tree


def _scaled(tree: Expression, base: str, into: str) -> Expression:
    """A tree with a unit of time above the line in another: weeks × 7 days per week, months ÷ 12 months per year."""
    long, short = sorted((base, into), key=_IN_A_YEAR.__getitem__)
    if long != "year" and (long, short) != ("week", "day"):
        return _scaled(_scaled(tree, base, "year"), "year", into)
    count = _DAYS_A_WEEK if long == "week" else _IN_A_YEAR[short]
    factor = Constant(count, f"{short}/{long}", f"{count:.0f} {short}s per {long}")
    return Operation("multiply" if base == long else "divide", (tree, factor))
