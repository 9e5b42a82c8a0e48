"""What to mend where a sum is of another unit than the number printed of it: the part of the sum that lacks its own."""

from __future__ import annotations

from carescale.engine.tree import Expression
from carescale.engine.units import Unit, read_unit
from carescale.figures import Figure
from carescale.inputs.language.names import Names
from carescale.inputs.language.sums import literals, names_in
from carescale.measures import plural

_TIME = ("day", "week", "month", "year")
_OWN = "published."


def unit_hint(tree: Expression, names: Names, unit: str, said: str) -> str:
    """What to write for a part of a sum of `unit` so that it is of the unit `said`; "" where no part stands out."""
    left = dict(read_unit(unit))
    for base, power in read_unit(said):
        left[base] = left.get(base, 0) - power
    over = [(base, power) for base, power in left.items() if power]
    if len(over) != 1 or over[0][0] == "GBP":
        return ""
    (base, _) = over[0]
    return _of_no_period(tree, names, base) if base in _TIME else _without_a_unit(tree, names, base)


def _own(tree: Expression, names: Names) -> dict[str, Figure]:
    """The published figures of a sum, by the names that the file has for them."""
    figures = names.plan.model.figures if names.plan else names.figures
    return {key.removeprefix(_OWN): figures[key] for key in names_in(tree) if key.startswith(_OWN) and key in figures}


def _without_a_unit(tree: Expression, names: Names, base: str) -> str:
    """The first part that has no unit, with the one that does not cancel: an unknown, a figure, a printed number."""
    bare = {name: figure for name, figure in _own(tree, names).items() if not figure.unit}
    for name, figure in bare.items():
        if figure.number is None:
            return f"`{name}` has no unit: say what it counts, such as `{name}: {{unknown: why, unit: {plural(base)}}}`"
    counts = [(name, figure.number) for name, figure in bare.items() if figure.number and figure.number.unit is None]
    for name, number in counts:
        counted = f"{number.text} {plural(base)}"
        return f"`{name}` has no unit: say what {number.text} counts, such as `{name}: {counted}`"
    printed = [one.printed.text for one in literals(tree) if one.printed.unit is None and one.value >= _A_COUNT]
    return f"say what {printed[0]} counts, such as {printed[0]} {plural(base)}" if printed else ""


_A_COUNT = 100  # a plain number under this is more often a part or a number of periods: 3/4, 12


def _of_no_period(tree: Expression, names: Names, base: str) -> str:
    """The figure that names no period, beside the one that does."""
    units: dict[str, Unit] = {name: read_unit(figure.unit) for name, figure in _own(tree, names).items()}
    timed = [name for name, unit in units.items() if (base, -1) in unit]
    timeless = [name for name, unit in units.items() if unit and not {one for one, _ in unit} & {*_TIME}]
    if not timed or not timeless:
        return ""
    return f"`{timed[0]}` is per {base} and `{timeless[0]}` is not: give both the same period, or neither"
