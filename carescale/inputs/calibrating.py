"""Figures that are not published but follow from one that is: solved at load, at full precision."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.case import HORIZON_KEY
from carescale.engine.evaluate import Program, compile_plan
from carescale.engine.model import Model, Status
from carescale.engine.plan import Plan
from carescale.engine.scalars import FLOATS, Verbs
from carescale.figures import Figure
from carescale.formulas import registry
from carescale.inputs.language.names import Names
from carescale.numbers import Printed, grouped, to_decimal
from carescale.problems import Problem, quoted

_CLOSE = 1e-9
_HINT = "solve from a quantity that rises or falls with this figure, or say that it is `unknown:`"


class Unsolvable(ValueError):
    """No value of the figure makes the quantity what it must be; str() says why."""


class NotPlanned(Unsolvable):
    """The quantity does not apply, as when a scenario plans something else: the figure stays unknown."""


def solve_figures(model: Model) -> tuple[Model, list[Problem]]:
    """The model with every `solve:` figure set, in the order they were written, and what could not be solved."""
    problems = []
    for key, figure in model.figures.items():
        if figure.detail.solve is None:
            continue
        target = figure.detail.solve.target
        try:
            solved = solve_one(model, key, float(target.value))
        except NotPlanned as why:
            unsolved = replace(figure, unknown=str(why), detail=replace(figure.detail, solve=None))
            model = replace(model, figures={**model.figures, key: unsolved})
            continue
        except Unsolvable as why:
            message = f"`{key}` cannot be solved from {quoted(figure.detail.solve.quantity)}: {why}"
            unknown = "no quantity" in str(why)
            hint = Names(Plan(registry, model)).near(figure.detail.solve.quantity) if unknown else _HINT
            problems.append(Problem("unsolvable", message, figure.position, hint))
            continue
        number = Printed(Decimal(repr(solved)), Decimal(0), f"{solved:.12g}")
        model = replace(model, figures={**model.figures, key: replace(figure, number=number)})
    return model, problems


def solve_one(model: Model, key: str, target: float, numbers: Mapping[str, float] | None = None) -> float:
    """The value of a figure at which its quantity meets the target. The quantity must move in proportion to it.

    `numbers` are other values for other figures. Raises Unsolvable.
    """
    figure = model.figures[key]
    assert figure.detail.solve is not None
    value_at = response(model, key, figure.detail.solve.quantity, numbers)
    if not value_at.depends:
        raise Unsolvable("that quantity does not depend on this figure")
    zero = value_at(0.0)
    slope = value_at(1.0) - zero
    if not slope or not math.isfinite(slope):
        raise Unsolvable("that quantity does not move with this figure")
    solved = (target - zero) / slope
    if not math.isclose(value_at(solved), target, rel_tol=_CLOSE, abs_tol=_CLOSE):
        raise Unsolvable("that quantity does not move in proportion to this figure")
    return _inside(figure, solved)


class Response(Struct, frozen=True):
    """A quantity as a function of one figure, all else as given: what solving asks, many times over."""

    quantity: str
    figure: str
    program: Program
    given: Mapping[str, float]

    @property
    def depends(self) -> bool:
        """Whether the figure is one of those behind the quantity."""
        horizon = self.figure == HORIZON_KEY and self.program.schedule.walks_months
        return self.figure in self.program.inputs or horizon

    def __call__(self, value: float, numbers: Mapping[str, float] | None = None) -> float:
        """The quantity where the figure has this value; `numbers` are other values for other figures."""
        return float(self.enclosed(value, numbers or {}))

    def enclosed(self, value: float, numbers: Mapping[str, Any]) -> Any:
        """The same, of whatever kind the numbers are that it was compiled for."""
        given = {**self.given, **numbers, self.figure: value}
        return self.program.run(given, int(given.get(HORIZON_KEY, 0)))[self.quantity]


def response(
    model: Model, figure: str, quantity: str, numbers: Mapping[str, float] | None = None, verbs: Verbs = FLOATS
) -> Response:
    """How a quantity answers to a figure, which need not be known. `numbers` are other values for other figures.

    Raises Unsolvable where the quantity is not known whatever the figure is.
    """
    plan = Plan(registry, model).assuming({figure: 0.0})
    try:
        state = plan.need(quantity)
    except KeyError:
        raise Unsolvable("there is no quantity of that name") from None
    if state.status == Status.NOT_APPLICABLE:
        raise NotPlanned(f"it is solved from {quantity}, which does not apply in this plan")
    if not state.usable:
        because = ", ".join(state.because[:3]) + (" and others" if len(state.because) > 3 else "")
        raise Unsolvable(f"that quantity is not known, for want of {because}")
    given = {name: float(other.value) for name, other in model.figures.items() if other.value is not None}
    given |= {**model.numbers, **(numbers or {})}
    return Response(quantity, figure, compile_plan(plan, [quantity], verbs), given)


def _shown(value: float) -> str:
    return grouped(to_decimal(value), 0 if abs(value) >= 100 else 2)


def _inside(figure: Figure, solved: float) -> float:
    kind = registry.figures[registry.key(figure.name).name]
    if (solved < 0 and not kind.signed) or (kind.unit == "" and solved > 1):
        raise Unsolvable(f"the figure would have to be {_shown(solved)}, which it cannot be")
    return solved
