"""A bound tree as an Excel formula. One fold; where its names, which are keys, stand in a workbook, the caller says.

Verbs over time read a series: a column (or row) of cells, one a month. What a verb over time needs month by month is
itself a series, with a formula for each month, which the caller places beside the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from carescale.engine.cells import Cells, Months
from carescale.engine.scalars import NOISE, Verbs
from carescale.engine.tree import Constant, Expression, FormulaError, Name, Operation, row
from carescale.engine.window import window_of
from carescale.engine.words import PRECEDENCE

BEYOND = "beyond the horizon"  # what a month that never comes is called in a cell
_CALL = 9
_NOISE = f"{NOISE:.0E}"
_TAKEN_OFF, _MULTIPLIED = (Operation(verb, ()) for verb in ("subtract", "multiply"))


_INFIX: Mapping[str, str] = {
    "add": "{}+{}",
    "subtract": "{}-{}",
    "less": "{}-{}",
    "more": "{}+{}",
    "added": "{}+{}",
    "net": "{}-{}",
    "multiply": "{}*{}",
    "divide": "{}/{}",
    "power": "{}^{}",
    "negate": "-{}",
}
_COMPARED: Mapping[str, str] = {"less_than": "{}<{}", "at_most": "{}<={}"}
_ALONE = ("negate", "power")  # in Excel −2^2 is 4 and 2^3^2 is 64: whatever stands inside these has its own brackets
_CALLS: Mapping[str, str] = {
    "minimum": "MIN({},{})",
    "maximum": "MAX({},{})",
}


def in_excel(tree: Expression, cells: Cells) -> str:
    """The tree as the text of a formula, without its equals sign."""
    match tree:
        case Constant():
            return _number(tree.value)
        case Name():
            return cells.cell(tree.name)
        case Operation():
            return row(EXCEL, tree.verb, "Excel")(tree, cells)
    raise FormulaError(f"no Excel formula for {type(tree).__name__}")


def _number(value: float) -> str:
    if math.isinf(value):
        return f'"{BEYOND}"'
    text = f"{value:.15g}".replace("e", "E")
    return f"({text})" if text.startswith("-") else text


def _infix(tree: Operation, cells: Cells) -> str:
    within = _argument if tree.verb in _COMPARED else in_excel  # text is larger than any number
    parts = [_bracketed(tree, part, place, cells, within) for place, part in enumerate(tree.arguments)]
    return {**_INFIX, **_COMPARED}[tree.verb].format(*parts)


def _bracketed(
    tree: Operation, part: Expression, place: int, cells: Cells, write: Callable[[Expression, Cells], str] = in_excel
) -> str:
    while isinstance(part, Operation) and part.verb == "complete":
        part = part.arguments[0]
    text = write(part, cells)
    if not isinstance(part, Operation):
        return text
    outer, inner = PRECEDENCE[tree.verb], _binding(part)
    if tree.verb in _ALONE:
        outer = _CALL
    loose = inner < outer or (inner == outer < _CALL and place > 0) or text.startswith("-")
    return f"({text})" if loose else text


def _binding(part: Operation) -> int:
    """How tightly the text of an operation is held together."""
    if part.verb == "summed":
        return PRECEDENCE["add"] if len(part.arguments) > 1 else _CALL
    return PRECEDENCE[part.verb] if part.verb in _INFIX else _CALL


def _call(tree: Operation, cells: Cells) -> str:
    return _CALLS[tree.verb].format(*(_argument(part, cells) for part in tree.arguments))


def _argument(part: Expression, cells: Cells) -> str:
    text = in_excel(part, cells)
    return f"{text}+0" if isinstance(part, Name) and cells.may_be_text(part.name) else text


def _round_up(tree: Operation, cells: Cells) -> str:
    value = tree.arguments[0]
    # CEILING.MATH is not known to older programs; −INT(−x) is the next whole number everywhere.
    return f"-INT({_NOISE}*ABS({in_excel(value, cells)})-{_bracketed(_TAKEN_OFF, value, 1, cells)})"


def _delayed(tree: Operation, cells: Cells) -> str:
    """The month so long ago and the one before it, each for its part; nothing before month 0."""
    values, months = cells.series(tree.arguments[0]), _bracketed(_TAKEN_OFF, tree.arguments[1], 1, cells)
    ago = f"COUNT({values.so_far})-{months}"  # its place among the months so far, 1 for month 0
    month, part = f"INT({ago})", f"({ago}-INT({ago}))"
    now = f"IF({month}<1,0,INDEX({values.so_far},MAX({month},1)))"
    after = f"IF({month}<0,0,INDEX({values.so_far},MIN({month}+1,COUNT({values.so_far}))))"
    return f"({now}*(1-{part})+{after}*{part})"


_ROUNDED: Mapping[str, str] = {
    "round_half_up": "ROUND({0},{1})",
    "round_away": "ROUNDUP(ROUND({0},{1}+9),{1})",  # without the noise of floats, as everywhere
    "truncate": "ROUNDDOWN(ROUND({0},{1}+9),{1})",
    "size": "ABS({0})",
}


def _rounded(tree: Operation, cells: Cells) -> str:
    return _ROUNDED[tree.verb].format(*(in_excel(part, cells) for part in tree.arguments))


def _truth(tree: Operation, cells: Cells) -> str:
    return f"IF({_infix(tree, cells)},1,0)"


def _where(tree: Operation, cells: Cells) -> str:
    condition, *values = tree.arguments
    compared = isinstance(condition, Operation) and condition.verb in _COMPARED
    test = _infix(condition, cells) if compared and isinstance(condition, Operation) else in_excel(condition, cells)
    return f"IF({','.join([test, *(in_excel(value, cells) for value in values)])})"


def _summed(tree: Operation, cells: Cells) -> str:
    return "+".join(in_excel(part, cells) for part in tree.arguments) or "0"


def _total(tree: Operation, cells: Cells) -> str:
    """Of what falls in some months only, the sum over those months, found by their number."""
    series, numbers = tree.arguments[0], cells.months()
    window = window_of(series, cells.monthly) if numbers else None
    if window is None:
        return f"SUM({cells.series(series).all})"
    bounds = [*((">=", bound) for bound in window.first), *(("<=", bound) for bound in window.last)]
    within = (f'{numbers},"{sign}"&{in_excel(bound, cells)}' for sign, bound in bounds)
    return f"SUMIFS({','.join([cells.series(window.values).all, *within])})"


def _running_total(tree: Operation, cells: Cells) -> str:
    return f"SUM({cells.series(tree.arguments[0]).so_far})"


def _lowest(tree: Operation, cells: Cells) -> str:
    return f"MIN({cells.series(tree.arguments[0]).all})"


def _first_month(tree: Operation, cells: Cells) -> str:
    """The month after the last one below zero; a value within the noise of the largest so far is not below."""
    values = cells.series(tree.arguments[0])
    size = f"MAX(MAX({values.so_far}),-MIN({values.so_far}))"
    below = f"IF({values.here}<-{_NOISE}*{size},COUNT({values.so_far}),0)"
    last = cells.helper(tree.arguments[0], lambda own: below, lambda own: below, _months_below)
    return f'IF(MAX({last.all})<COUNT({values.all}),MAX({last.all}),"{BEYOND}")'


def _months_below(verbs: Verbs, months: Months) -> Months:
    """For each month that lies below zero the next one; 0 for the others."""
    found, size = [], 0.0
    for month, value in enumerate(months):
        size = verbs["maximum"](size, verbs["maximum"](value, -value))
        below = verbs["where"](verbs["less_than"](value, -NOISE * size), month + 1.0, 0.0)
        found.append(below + (value - value))  # missing where the value is
    return found


def _carry(tree: Operation, cells: Cells) -> str:
    """This month = keep × last month + new; month 0 is what is new."""
    keep, new, *at_most = tree.arguments
    kept, fresh = _bracketed(_MULTIPLIED, keep, 0, cells), in_excel(new, cells)
    most = f",{_argument(at_most[0], cells)})" if at_most else ""

    def limited(text: str) -> str:
        return f"MIN({text}{most}" if most else text

    own = cells.helper(
        tree,
        lambda own: limited(fresh),
        lambda own: limited(f"{kept}*{own.before}+{fresh}"),
        lambda verbs, months: months,
    )
    return own.here


def _irr(tree: Operation, cells: Cells) -> str:
    """From a guess of one per cent a month; Excel's own, ten, may find nothing. Where there is no rate it is the error
    that stands for every number there is none of, whichever error Excel or LibreOffice have of their own.
    """
    flows = cells.series(tree.arguments[0]).all
    near = f"IFERROR(IRR({flows},-0.5),1/0)"  # Excel looks near a guess, and some rates are far below 0
    return f"IFERROR(IRR({flows},0.01),{near})"


def _best(tree: Operation, cells: Cells) -> str:
    return f"MAX({cells.among(*tree.arguments[:2])})"


def _quantile(tree: Operation, cells: Cells) -> str:
    counting = cells.among(*tree.arguments[:2])
    return f"PERCENTILE({counting},{in_excel(tree.arguments[2], cells)})"


def _mean_of_best(tree: Operation, cells: Cells) -> str:
    """Spelt out for so many areas: that number is part of the formula's structure."""
    counting, how_many = cells.among(*tree.arguments[:2]), tree.arguments[2]
    number = int(cells.number(how_many.name) if isinstance(how_many, Name) else getattr(how_many, "value", 1))
    parts = [f"IFERROR(LARGE({counting},{place}),0)" for place in range(1, number + 1)]
    return f"({'+'.join(parts)})/MIN({number},COUNT({counting}))"


EXCEL: Mapping[str, Callable[[Operation, Cells], str]] = {
    **dict.fromkeys(_INFIX, _infix),
    **dict.fromkeys(_COMPARED, _truth),
    **dict.fromkeys(_CALLS, _call),
    "round_up": _round_up,
    **dict.fromkeys(_ROUNDED, _rounded),
    "complete": lambda tree, cells: in_excel(tree.arguments[0], cells),
    "where": _where,
    "summed": _summed,
    "best": _best,
    "quantile": _quantile,
    "mean_of_best": _mean_of_best,
    "running_total": _running_total,
    "total": _total,
    "lowest": _lowest,
    "first_month": _first_month,
    "carry": _carry,
    "delayed": _delayed,
    "irr": _irr,
}
