"""Explain a number: the formula behind it, what went in, and so down to figures with their sources."""

from __future__ import annotations

from msgspec import Struct

from carescale.analysis.projection import Projection, Result
from carescale.engine.model import Status
from carescale.engine.plan import Bound
from carescale.figures import Citation, Figure
from carescale.inputs.library import library_sources


class Explanation(Struct, frozen=True, kw_only=True):
    """A quantity or figure and what it rests on. `bound` is the formula, `figure` the given number; one of them is
    there unless nothing was given. `cut` says that the depth asked for ended here; `citation` where the sum is from.
    """

    result: Result
    bound: Bound | None
    figure: Figure | None
    inputs: tuple[Explanation, ...] = ()
    cut: bool = False
    repeated: bool = False

    @property
    def citation(self) -> Citation | None:
        """The publication that the formula is from, and the chapter of it; None where it is from none."""
        reference = self.bound.formula.reference if self.bound else None
        return Citation(library_sources()[reference.source], reference.chapter) if reference else None


def explain(projection: Projection, key: str, depth: int | None = None) -> Explanation:
    """The explanation of a quantity, down to `depth` formulas. Raises KeyError for a key that the case does not have.

    What was explained once is not explained again below; what does not apply is passed over.
    """
    return _explain(projection, key, depth, set())


def _explain(projection: Projection, key: str, depth: int | None, seen: set[str]) -> Explanation:
    bound = projection.bound(key)
    figure = projection.case.figures.get(key)
    result = projection[key]
    if key in seen:
        return Explanation(result=result, bound=bound, figure=figure, repeated=True)
    seen.add(key)
    if bound is None or result.state.status == Status.NOT_APPLICABLE:
        return Explanation(result=result, bound=None, figure=figure)
    if depth == 0:
        return Explanation(result=result, bound=bound, figure=None, cut=True)
    deeper = None if depth is None else depth - 1
    applying = [inner for inner in bound.inputs if projection.case.plan.need(inner).status != Status.NOT_APPLICABLE]
    inputs = tuple(_explain(projection, inner, deeper, seen) for inner in applying)
    return Explanation(result=result, bound=bound, figure=None, inputs=inputs)
