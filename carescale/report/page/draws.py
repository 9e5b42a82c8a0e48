"""What a page needs to draw figures with a range anew: the points and shapes of `simulate`, and what is asked."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from carescale.analysis.grounds import MONTH, SAVING, Intervals, Weak, parts_of
from carescale.analysis.simulate import simulate
from carescale.analysis.uncertain import Uncertain, correlations
from carescale.case import Case
from carescale.engine.model import Entity
from carescale.report.blocks import NOTHING, Drawing
from carescale.report.chances import chance_text
from carescale.report.formats import COMPACT_MONEY, written
from carescale.report.pictures import short_title
from carescale.report.pictures_of_draws import chance
from carescale.report.view import View
from carescale.report.words import payer_name
from carescale.uncertainty import normal
from carescale.uncertainty.points import Design, recipe
from carescale.uncertainty.shapes import Limits, Shape
from carescale.uncertainty.summaries import student

LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
DRAWS = 1_024  # few enough for every move of a slider
MONTHS = (12, 24, 36)
_WHY_NONE = {Weak.CALIBRATED: "worked backwards", Weak.NO_RANGE: "without a range"}
COLUMNS = (
    "As given",
    "Median",
    "9 of 10 draws lie between",
    "More than nothing",
    *(f"Back by month {m}" for m in MONTHS),
)


class Draws(Struct, frozen=True, dict=True):
    """The draws of a plan's figures with a range, as a page makes them; none where no result hangs on such a figure."""

    case: Case

    @cached_property
    def intervals(self) -> Intervals:
        return Intervals(simulate(self.case, DRAWS))

    @cached_property
    def asked(self) -> list[tuple[Entity, str]]:
        """The net savings, each an entity's and a payer's, that a figure with a range moves, or their month."""
        found = self.intervals
        if not found.simulation.figures:
            return []
        known = [(entity, payer) for entity, _, payer in found.known(SAVING)]
        return [one for one in known if self._ranged(_key(*one, SAVING)) or self._ranged(_key(*one, MONTH))]

    @cached_property
    def drawing(self) -> Drawing | None:
        """The chance that the money is back, by month; None where no chance means something."""
        found = chance(View(self.intervals.simulation.given), self.intervals, "council") if self.asked else ""
        return found if isinstance(found, Drawing) else None

    # --- as it stands before anything is changed ------------------------------------------------------------------

    def rows(self) -> list[tuple[str, ...]]:
        """The table of how sure the results are: its rows of text, the names first."""
        return [self._row(entity, payer) for entity, payer in self.asked]

    def _row(self, entity: Entity, payer: str) -> tuple[str, ...]:
        key = _key(entity, payer, SAVING)
        given = written(self.intervals.simulation.given[key].value or 0.0, COMPACT_MONEY)
        return (_name(entity, payer), given, *self._interval(key), *self._back(_key(entity, payer, MONTH)))

    def _interval(self, key: str) -> tuple[str, ...]:
        """Median, interval, and the chance of more than nothing; or why there is none."""
        found = self.intervals.summary(key)
        if found is None:
            return NOTHING, why_none(self.intervals.grounds[key].why_not), NOTHING
        low, middle, high = (written(one.value, COMPACT_MONEY) for one in (found.low, found.median, found.high))
        return middle, f"{low}–{high}", chance_text(found.above_zero)

    def _back(self, key: str) -> Iterator[str]:
        """The chances that the money is back."""
        stands = self.intervals.grounds.get(key)
        bears = stands is not None and stands.bears_an_interval
        chances = (self.intervals.simulation.chances_by_month(key) or ()) if bears else ()
        return (chance_text(chances[month]) if month < len(chances) else NOTHING for month in MONTHS)

    # --- as data --------------------------------------------------------------------------------------------------

    def data(self, places: Callable[[str], int]) -> dict[str, Any]:
        """Everything that the script draws from; keys by their places."""
        rounds = self.intervals.simulation.design
        return {
            "slices": rounds.slices, "size": rounds.size, "student": student(rounds.slices - 1), "months": MONTHS,
            "normal": [normal.coefficients(), *normal.SPLITS],
            "sources": [_source(rounds, key) for key in self.sources],
            "figures": [[places(one.key), self.sources.index(one.drawn_as), *_shape(one)] for one in self.used],
            "together": [self.sources.index(key) for key in self.together],
            "normals": correlations(self.intervals.simulation.sampler, self.together),
            "rows": [self._asked(entity, payer, places) for entity, payer in self.asked],
            "parts": {places(key): self._weak(key, places) for key in self._parts},
        }  # fmt: skip

    @cached_property
    def together(self) -> list[str]:
        """What moves together with a figure that moves one of the results, in the order of the whole plan."""
        keys = list(self.intervals.simulation.sampler.together.keys)
        return keys if any(one.drawn_as in keys for one in self._moving) else []

    @cached_property
    def sources(self) -> list[str]:
        """The keys that draws hang on."""
        return list(dict.fromkeys([*(one.drawn_as for one in self._moving), *self.together]))

    @cached_property
    def used(self) -> list[Uncertain]:
        """The figures that are drawn."""
        together = [one for one in self.intervals.simulation.figures.values() if one.drawn_as in self.together]
        return list({one.key: one for one in (*self._moving, *together)}.values())

    @cached_property
    def _moving(self) -> list[Uncertain]:
        """The figures with a range that move one of the results."""
        keys = dict.fromkeys(
            key for one in self.asked for name in (SAVING, MONTH) for key in self._ranged(_key(*one, name))
        )
        return [self.intervals.simulation.figures[key] for key in keys]

    @property
    def quantities(self) -> list[str]:
        """What the page has to work out for its draws."""
        asked = [_key(*one, name) for one in self.asked for name in (SAVING, MONTH)]
        return [key for key in [*asked, *self._parts] if self.case.plan.need(key).usable]

    @cached_property
    def _parts(self) -> list[str]:
        found = (part for entity, payer in self.asked for part in parts_of(self.intervals.simulation, entity, payer))
        return list(dict.fromkeys(found))

    def _asked(self, entity: Entity, payer: str, places: Callable[[str], int]) -> list[Any]:
        """A row of the table: its name, its saving, its month, the figures that move each, and the parts of it."""
        keys = [_key(entity, payer, name) for name in (SAVING, MONTH)]
        ranged = [[places(key) for key in self._ranged(key)] for key in keys]
        month = places(keys[1]) if self.case.plan.need(keys[1]).usable else None
        parts = [places(key) for key in parts_of(self.intervals.simulation, entity, payer)]
        return [_name(entity, payer), places(keys[0]), month, *ranged, parts, short_title(entity), payer]

    def _ranged(self, key: str) -> Sequence[str]:
        stands = self.intervals.grounds.get(key)
        return stands.ranged if stands else ()

    def _weak(self, key: str, places: Callable[[str], int]) -> list[list[int]]:
        """Of a part, the figures that make it calibrated, contradicted, and those with a range that move it."""
        case = self.case
        names = [name for name in case.plan.behind([key], counted=True) if name in case.figures]
        figures = [case.figures[name] for name in names]
        solved = [places(one.name) for one in figures if one.detail.solve]
        doubted = [places(one.name) for one in figures if one.detail.doubt]
        moving = self.intervals.simulation.moving([key])[key]
        return [solved, doubted, [places(one) for one in moving if one in self.intervals.simulation.figures]]


def why_none(why: str) -> str:
    """Why a result has no interval, in plain words: `none: mostly worked backwards`."""
    for weak, words in _WHY_NONE.items():
        why = why.replace(weak, words)
    return f"none: {why}" if why else NOTHING


def _key(entity: Entity, payer: str, name: str) -> str:
    return f"{entity.path}.{name}.{payer}"


def _name(entity: Entity, payer: str) -> str:
    return f"{short_title(entity)} ({payer_name(payer)})"


def _source(made: Design, key: str) -> tuple[str, int, float]:
    """What the points of a source are made from, its rounds as letters: one for each number below 64."""
    rounds, apart, shift = recipe(made, key)
    return " ".join("".join(LETTERS[number] for number in one) for one in rounds), apart, shift


def _shape(one: Uncertain) -> tuple[Any, ...]:
    """A shape as the script has it: hard ends, or a scale with its middle, widths and bounds."""
    shape = one.shape
    if isinstance(shape, Limits):
        return ("limits", shape.low, shape.high, shape.peak)
    assert isinstance(shape, Shape)
    bounds = (bound if abs(bound) != float("inf") else None for bound in (shape.floor, shape.ceiling))
    return (str(shape.scale), shape.centre, shape.below, shape.above, *bounds)
