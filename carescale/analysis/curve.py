"""A quantity of a case as one figure moves and all else stays as it is."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.projection import Projection, Result
from carescale.analysis.search import Scale, scale_of
from carescale.case import Case
from carescale.engine.registry import FigureKind
from carescale.figures import Figure
from carescale.formulas import registry
from carescale.inputs.calibrating import Response, Unsolvable, solve_figures, solve_one
from carescale.numbers import Printed, to_decimal
from carescale.problems import Position


class Curve(Struct, dict=True):
    """A quantity as one figure moves; what follows from a published result is solved again, as it is at load."""

    case: Case
    quantity: str
    by: str
    response: Response

    @cached_property
    def kind(self) -> FigureKind:
        """The kind of figure that moves."""
        return registry.figures[registry.key(self.by).name]

    @cached_property
    def scale(self) -> Scale:
        return scale_of(self.kind)

    @cached_property
    def today(self) -> float | None:
        """The figure as it is given here, or for what is around it."""
        path, name, dimensions = registry.key(self.by)
        entity = self.case.model.entities.get(path)
        key = self.case.plan.figure_key(name, entity, dimensions) if entity else self.by
        figure = self.case.figures.get(key)
        return float(figure.value) if figure and figure.value is not None else None

    @property
    def step_today(self) -> int | None:
        """The step of its scale that is nearest to it."""
        return None if self.today is None else round(self.today / float(self.scale.grain))

    @cached_property
    def solved_again(self) -> tuple[str, ...]:
        """Solved figures whose own quantity rests on the one that moves, in the order they are solved."""
        figures, moved = self.case.figures, {self.by}
        for key, figure in figures.items():
            if figure.detail.solve and key != self.by:
                behind = self.case.plan.behind([figure.detail.solve.quantity])
                moved |= {key} if moved & set(behind) else set()
        return tuple(key for key in figures if key in moved and key != self.by)

    @property
    def could_move(self) -> bool:
        """Whether the figure is behind the quantity at all."""
        return self.response.depends or bool(self.solved_again)

    def __call__(self, value: float) -> float:
        """The quantity at a value of the figure; NaN where it has none."""
        again: dict[str, float] = {}
        try:
            for key in self.solved_again:
                solve = self.case.figures[key].detail.solve
                assert solve is not None
                again[key] = solve_one(self.case.model, key, float(solve.target.value), {self.by: value, **again})
            return self.response(value, again)
        except Unsolvable:
            return math.nan

    def projected(self, value: float) -> Result | None:
        """The quantity of the case projected anew with the figure at a value; None where that cannot be."""
        found = self.at(value)
        return found[self.quantity] if found else None

    def at(self, value: float) -> Projection | None:
        """The case projected anew with the figure at a value, as `--set` would make it.

        None where a figure that follows from a published result could not follow.
        """
        number = Printed(to_decimal(value), Decimal(0), f"{to_decimal(value):f}")
        figure = Figure(
            name=self.by,
            number=number,
            unit=self.kind.unit,
            year="",
            citation=None,
            assumption="the value tried",
            position=Position(self.case.file),
        )
        model, problems = solve_figures(replace(self.case.model, figures={**self.case.model.figures, self.by: figure}))
        return None if problems else Projection(replace(self.case, model=model))
