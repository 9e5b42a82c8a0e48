"""The log of what is assumed: every given number without a source, the reason for it, and how much hangs on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from msgspec import Struct

from carescale.analysis.catalogue import ANY_PLACE, interventions
from carescale.analysis.curve import Curve
from carescale.case import PORTFOLIO, Case
from carescale.figures import PLANNED_HERE, Figure
from carescale.formulas import registry
from carescale.inputs.calibrating import Unsolvable, response
from carescale.inputs.loading import load
from carescale.problems import Position, Problem, Problems

MORE = 0.1  # how much more of each figure is tried


class Assumed(Struct, frozen=True):
    """One figure that is assumed. `moves` is by what share the result changes where the figure is a tenth more.

    It is None where no plan was asked about, and where the result does not rest on the figure.
    """

    key: str
    title: str
    figure: Figure
    moves: float | None = None

    @property
    def of(self) -> str:
        """Whose it is: an intervention, or the method's."""
        return registry.key(self.key).outermost


def of_library() -> list[Assumed]:
    """What the library assumes: the method's own numbers, then those of each intervention."""
    method = load(ANY_PLACE).figures.items()
    figures = [(key, figure) for key, figure in method if key.startswith(f"{PORTFOLIO}.")]
    figures += [pair for card in interventions() for pair in card.figures.items()]
    return list(_assumed(figures))


def of_case(case: Case, quantity: str) -> list[Assumed]:
    """What a plan assumes, with how far each moves a quantity; those that move it most come first.

    Raises Problems for a table of many areas.
    """
    if case.areas is not None:
        hint = "`carescale new ours.yaml --council NAME` starts a file for one of England"
        message = f"{case.place} is a table of {len(case.areas)} areas; the assumptions of one place are listed"
        raise Problems([Problem("bad-option", message, Position("list assumptions"), hint)])
    rests_on = set(case.plan.behind(case.plan.quantities()))
    figures = [(key, figure) for key, figure in case.figures.items() if key in rests_on]
    found = [Assumed(one.key, one.title, one.figure, _moves(case, one, quantity)) for one in _assumed(figures)]
    return sorted(found, key=lambda one: -abs(one.moves or 0.0))


def _assumed(figures: Iterable[tuple[str, Figure]]) -> Iterator[Assumed]:
    for key, figure in figures:
        if figure.assumption and figure.assumption != PLANNED_HERE:
            yield Assumed(key, registry.figures[registry.key(key).name].title, figure)


def _moves(case: Case, one: Assumed, quantity: str) -> float | None:
    if one.figure.value is None or one.key not in case.plan.behind([quantity]):
        return None
    today = float(one.figure.value)
    try:
        curve = Curve(case, quantity, one.key, response(case.model, one.key, quantity))
    except Unsolvable:
        return None
    before, after = curve(today), curve(today * (1 + MORE))
    return after / before - 1 if before and math.isfinite(before) and math.isfinite(after) else None
