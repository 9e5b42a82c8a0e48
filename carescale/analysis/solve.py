"""Solve: the value of one figure at which a quantity reaches a target, its switching value.

How many people it takes, what each would have to save, how many months of delay can be borne. Found on the values that
the figure may sensibly have, and shown by projecting the case again on both sides of it.
"""

from __future__ import annotations

from msgspec.structs import replace

from carescale.analysis.curve import Curve
from carescale.analysis.ends import is_kept_low
from carescale.analysis.lookup import find_quantity, require_one_place
from carescale.analysis.projection import Projection
from carescale.analysis.switching import Search, Solution
from carescale.case import HORIZON_KEY, PORTFOLIO, Case
from carescale.inputs.calibrating import NotPlanned, Unsolvable, response
from carescale.inputs.printed import wrong_unit
from carescale.inputs.settings import name_figure
from carescale.numbers import NotANumber, Printed, read_number
from carescale.problems import Position, Problem, Problems, quoted


def solve(case: Case, quantity: str, reach: str, figure: str, *, at_most: bool | None = None) -> Solution:
    """The values of a figure at which a quantity reaches a target, such as `£1.3m`. Raises Problems.

    A figure is named as in a setting and may be unknown. Where `at_most` does not say, costs, staff and months have to
    be at most the target, everything else at least.
    """
    require_one_place(case)
    case = replace(
        case, model=replace(case.model, choices={**case.model.choices, f"{PORTFOLIO}.appraisal": "discounted"})
    )
    by = name_figure(figure, "--by", case)
    key = find_quantity(case, quantity)
    curve = _curve(case, key, by)
    known = replace(case, model=replace(case.model, numbers={**case.model.numbers, by: 0.0}))
    projection = Projection(known)  # in which the formula is bound, even where the figure is unknown today
    target = _target(projection, key, reach, within_horizon=by != HORIZON_KEY)
    if at_most is None:
        at_most = is_kept_low(key, projection[key].unit)
    return Search(case, curve, target, at_most).solution()


def _curve(case: Case, key: str, by: str) -> Curve:
    if Projection(case).is_monthly(key):
        message = f"{quoted(key)} is a series of months, not one number"
        raise Problems(
            [Problem("bad-option", message, Position("--for"), "such as a net saving or a break-even month")]
        )
    try:
        return Curve(case, key, by, response(case.model, by, key))
    except NotPlanned:
        message, hint = (
            f"{quoted(key)} does not apply in this plan",
            "`carescale list quantities FILE` names those that do",
        )
        raise Problems([Problem("unsolvable", message, Position("--for"), hint)]) from None
    except Unsolvable as why:
        message = f"{quoted(key)} cannot be worked out whatever `{by}` is: {why}"
        raise Problems([Problem("unsolvable", message, Position("--for"), "give what is wanting with --set")]) from None


def _target(projection: Projection, key: str, written: str, *, within_horizon: bool) -> Printed:
    """The target, in a unit that the quantity has. Raises Problems."""
    place = Position(f"--reach {written[:100]}")
    try:
        number = read_number(written)
    except NotANumber as why:
        message = f"{quoted(written)} is not a number"
        raise Problems([Problem("not-a-number", message, place, str(why))]) from None
    if wrong := wrong_unit(number, projection[key].unit):
        raise Problems([Problem("wrong-unit", f"{quoted(written)} for `{key}`: {wrong[0]}", place, wrong[1])])
    bound, horizon = projection.bound(key), projection.case.horizon
    looks_ahead = bound is not None and getattr(bound.tree, "verb", "") == "first_month"
    if within_horizon and looks_ahead and number.value > horizon:
        message, hint = f"only {horizon} months are looked ahead", f"add --set {HORIZON_KEY}={number.value:f}"
        raise Problems([Problem("out-of-range", message, place, hint)])
    return number
