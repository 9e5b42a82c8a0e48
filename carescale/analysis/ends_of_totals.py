"""Worst to best over many areas: their totals when every ranged figure, which they share, stands at its ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from carescale.analysis.ends import lowest_and_highest
from carescale.analysis.projection import Projection


def totals_at_ends(projections: Sequence[Projection], keys: Iterable[str]) -> Mapping[str, tuple[float, float]]:
    """The lowest and highest total of each quantity over all that the projections stand for; of those that ranges move.

    The projections are of parts of one table: each total is that of all parts.
    """
    wanted = list(keys)
    behind = {figure for projection in projections for figure in projection.case.plan.behind(wanted)}
    figures = projections[0].case.figures
    ranged = {key: figure for key, figure in figures.items() if figure.detail.low and key in behind}

    def run(moved: Mapping[str, float]) -> Mapping[str, float]:
        return _totals([_at(projection, moved) for projection in projections], wanted)

    found = lowest_and_highest(run, ranged, wanted) if ranged else {}
    return {key: (low, high) for key, (low, high) in found.items() if low < high}


def _at(projection: Projection, moved: Mapping[str, float]) -> Projection:
    assert projection.axis is not None
    return replace(projection, over=replace(projection.axis, numbers=moved), _results={})


def _totals(projections: Sequence[Projection], keys: Sequence[str]) -> dict[str, float]:
    for projection in projections:
        projection.ask(keys)
    return {key: sum(projection.total(key).value for projection in projections) for key in keys}
