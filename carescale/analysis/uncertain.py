"""Uncertain figures: the shape of each one's range, and its draws, which hang on its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from carescale.case import Case
from carescale.figures import Figure
from carescale.formulas.vocabulary import registry
from carescale.inputs.moving import spearman_of
from carescale.uncertainty.normal import normal_quantiles
from carescale.uncertainty.points import Design, points
from carescale.uncertainty.shapes import Limits, Shape, shape_of
from carescale.uncertainty.together import Together, normal_correlation, together

_BLOCK = 16_384
UNSAID = "two studies"  # how a range is read whose file does not say what it covers: the widest reading


class Uncertain(Struct, frozen=True):
    """A figure with a range, and the shape of it. `covers` is what the range is read as.

    `drawn_as` is the key that its draws hang on: a figure written once and used in several places is drawn once.
    """

    figure: Figure
    shape: Shape | Limits
    covers: str
    drawn_as: str

    @property
    def key(self) -> str:
        """Its path."""
        return self.figure.name

    @property
    def given(self) -> float:
        """The value given."""
        return float(self.figure.value or 0)


def uncertain_figures(case: Case) -> dict[str, Uncertain]:
    """The figures of what is planned that have a range, by key."""
    ranged = [figure for figure in case.figures.values() if figure.detail.low and figure.number]
    first = _first_uses(ranged)
    planned = [figure for figure in ranged if figure.name not in case.model.numbers and _is_planned(case, figure.name)]
    return {figure.name: _uncertain(figure, first[_written(figure)]) for figure in planned}


def _is_planned(case: Case, key: str) -> bool:
    """Whether a figure stands at something that is planned, or around it."""
    entity = case.model.entities.get(registry.key(key).entity)
    return entity is None or case.model.counts(entity)


def _first_uses(figures: Iterable[Figure]) -> dict[Any, str]:
    """For each place where a figure is written, the shortest of the keys that it stands under."""
    first: dict[Any, str] = {}
    for figure in sorted(figures, key=lambda figure: (len(figure.name), figure.name)):
        first.setdefault(_written(figure), figure.name)
    return first


def _written(figure: Figure) -> Any:
    """Where a figure is written; one made by a computation, such as rebasing, stays where it was."""
    return figure.position if figure.position.line else figure.name


def _uncertain(figure: Figure, drawn_as: str) -> Uncertain:
    detail, kind = figure.detail, registry.figures[registry.key(figure.name).name]
    assert detail.low
    assert detail.high
    low, high, given = (float(number.value) for number in (detail.low, detail.high, figure.number) if number)
    covers = detail.covers or UNSAID
    shape = shape_of(low, high, given, covers, unit=kind.unit, signed=kind.signed, most=kind.most)
    return Uncertain(figure, shape, covers, drawn_as)


class Sampler(Struct, frozen=True):
    """Turns points between 0 and 1 into values of the figures; those that move together do so."""

    figures: Mapping[str, Uncertain]
    together: Together
    pairs: Mapping[tuple[str, str], float] = field(default_factory=dict)  # rank correlations of sources

    def drawn(self, design: Design) -> dict[str, Any]:
        """The draws of every figure, by key: an array of `design.draws` values each."""
        return self.values({key: points(design, key) for key in self.sources})

    @property
    def sources(self) -> list[str]:
        """The keys that draws hang on, each once."""
        return list(dict.fromkeys(one.drawn_as for one in self.figures.values()))

    def values(self, shares: Mapping[str, Any]) -> dict[str, Any]:
        """The values of every figure at points of the sources."""
        mixed = self.together.mixed({key: _in_blocks(normal_quantiles, shares[key]) for key in self.together.keys})
        found = {}
        for key, one in self.figures.items():
            at, where = (one.shape.at, mixed) if one.drawn_as in mixed else (one.shape.quantiles, shares)
            found[key] = _in_blocks(at, where[one.drawn_as])
        return found

    @property
    def groups(self) -> Sequence[Sequence[str]]:
        """The figures that move together."""
        return [[key for key, one in self.figures.items() if one.drawn_as in self.together.keys]]


def _in_blocks(function: Callable[[Any], Any], values: Any) -> Any:
    """A function of each value of an array, a block at a time, so that what it needs meanwhile stays in the cache."""
    import numpy as np

    found = np.empty(len(values))
    for start in range(0, len(values), _BLOCK):
        part = slice(start, start + _BLOCK)
        found[part] = function(values[part])
    return found


def sampler(case: Case) -> Sampler:
    """The sampler of a case."""
    figures = uncertain_figures(case)
    named = {key: one.drawn_as for key, one in figures.items()}
    pairs = {
        (named[first], named[second]): spearman
        for (first, second), spearman in spearman_of(case.moving).items()
        if first in named and second in named
    }
    keys = dict.fromkeys(key for pair in pairs for key in pair)
    return Sampler(figures, together(list(keys), pairs), pairs)


def correlations(of: Sampler, keys: Sequence[str]) -> list[list[float]]:
    """The normal correlation of each of these sources with each."""

    def one(first: str, second: str) -> float:
        spearman = of.pairs.get((first, second), of.pairs.get((second, first), 0.0))
        return 1.0 if first == second else normal_correlation(spearman)

    return [[one(first, second) for second in keys] for first in keys]
