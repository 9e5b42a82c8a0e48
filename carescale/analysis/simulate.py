"""Simulate a case: every figure with a range drawn many times, and the same sums over all draws at once."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.analysis.lookup import require_one_place
from carescale.analysis.projection import Axis, Projection, Result
from carescale.analysis.uncertain import Sampler, Uncertain, sampler
from carescale.case import PORTFOLIO, Case
from carescale.engine.schedule import make_schedule
from carescale.uncertainty.points import DRAWS, Design, design
from carescale.uncertainty.summaries import INTERVAL, Estimate, Summary, chances_by_month, summarised

if TYPE_CHECKING:
    from carescale.engine.model import Entity

APPRAISED = {f"{PORTFOLIO}.appraisal": "discounted"}
_NUDGES = (0.9, 1.1)  # to see whether a figure moves a result
_SAME = 1e-9  # relative


class Simulation(Struct, frozen=True, dict=True):
    """The answers to a case over draws of its uncertain figures. Ask for a quantity by its key.

    `simulation["shared_lives.net_saving.council"].value` is an array of `draws` values, one a draw, which cannot be
    changed; a month that lies beyond the horizon is infinite there. What is unknown has no value, as in a projection.
    """

    case: Case
    design: Design
    _chances: dict[str, tuple[Estimate, ...]] = field(default_factory=dict)

    @property
    def draws(self) -> int:
        """How many there are."""
        return self.design.draws

    @cached_property
    def sampler(self) -> Sampler:
        """Its uncertain figures, and how they are drawn."""
        return sampler(self.case)

    @property
    def figures(self) -> Mapping[str, Uncertain]:
        """Its uncertain figures, by key."""
        return self.sampler.figures

    @cached_property
    def given(self) -> Projection:
        """The same case at the values given; how far draws take them is said better than by their worst and best."""
        return Projection(self.case, with_ends=False)

    @cached_property
    def drawn(self) -> Projection:
        """The same case over the draws."""
        return self.along(self.drawn_figures)

    @cached_property
    def drawn_figures(self) -> Mapping[str, Any]:
        """The draws of each uncertain figure, by key."""
        return self.sampler.drawn(self.design)

    def along(self, numbers: Mapping[str, Any]) -> Projection:
        """The same case along arrays of one length that stand instead of its figures; the others at their medians."""
        count = max((len(values) for values in numbers.values()), default=1)
        return Projection(self.case, Axis(count, numbers={**self.medians, **numbers}))

    @cached_property
    def medians(self) -> Mapping[str, float]:
        """The median of each uncertain figure."""
        return {key: one.shape.median for key, one in self.figures.items()}

    def __getitem__(self, key: str) -> Result:
        """A quantity or figure over the draws. Raises KeyError for a key that the case does not have."""
        result = self.drawn[key]
        if not result.usable:
            return result
        import numpy as np

        return replace(result, value=np.broadcast_to(np.asarray(result.value, dtype=float), (self.draws,)))

    def summary(self, key: str) -> Summary | None:
        """Median, 90% interval, mean and the chance of more than nothing; None where it is not known in every draw."""
        result = self[key]
        if not result.usable:
            return None
        import numpy as np

        if np.isnan(result.value).any():
            return None
        return summarised(result.value, self.design.slices, whole=result.unit == "month")

    def chances_by_month(self, key: str) -> tuple[Estimate, ...] | None:
        """For a month such as that of break-even: the chance that it has come, for month 0 to the horizon."""
        if key not in self._chances:
            result = self[key]
            if not result.usable:
                return None
            self._chances[key] = chances_by_month(result.value, self.case.horizon, self.design.slices)
        return self._chances[key]

    def moving(self, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """For each quantity, the figures that move it: those that change it when they are a tenth less or more, or at
        either end of their range."""
        import numpy as np

        known = [key for key in keys if self.case.plan.need(key).usable]
        inputs = make_schedule(self.case.plan, known).inputs
        figures = [key for key in inputs if key in self.case.figures]
        if not figures:
            return dict.fromkeys(keys, ())
        middle = {key: self.medians.get(key, float(self.case.figures[key].value or 0)) for key in figures}
        tried = {key: [*_nudged(middle[key]), *self._ends(key)] for key in figures}
        lanes = [(key, value) for key, values in tried.items() for value in values]
        numbers = {
            key: np.array([value if other == key else middle[key] for other, value in [("", 0.0), *lanes]])
            for key in figures
        }
        projection = self.along(numbers)
        projection.ask(known)
        moved = {key: _moved(np.broadcast_to(projection[key].value, (len(lanes) + 1,))) for key in known}
        return {
            key: tuple(dict.fromkeys(one for (one, _), does in zip(lanes, moved[key], strict=True) if does))
            if key in moved
            else ()
            for key in keys
        }

    def _ends(self, key: str) -> Iterable[float]:
        ends = INTERVAL if key in self.figures else ()
        return [float(self.figures[key].shape.quantiles(share)) for share in ends]

    @cached_property
    def digest(self) -> str:
        """Eight letters that stand for all that the draws rest on."""
        return digest_of(self.case)

    def payers_of(self, entity: Entity | str, name: str) -> list[str]:
        """The payers for whom a quantity of an entity is known."""
        path = entity if isinstance(entity, str) else entity.path
        payers = self.case.model.dimensions["payer"]
        return [payer for payer in payers if self.case.plan.need(f"{path}.{name}.{payer}").usable]


def _nudged(value: float) -> list[float]:
    """A figure a tenth less and a tenth more; nothing becomes a little."""
    return [value * factor for factor in _NUDGES] if value else [_NUDGES[1] - 1]


def _moved(values: Any) -> Any:
    """Whether each value but the first differs from the first."""
    import numpy as np

    base, others = values[0], values[1:]
    same = np.isclose(others, base, rtol=_SAME, atol=0) | (others == base)
    return ~same & ~(np.isnan(others) & math.isnan(base))


def simulate(case: Case, draws: int = DRAWS, seed: int = 0) -> Simulation:
    """Simulate one place: at least so many draws, the same for the same seed. Raises Problems for a table of areas."""
    require_one_place(case)
    return Simulation(case.assuming(choices=APPRAISED), design(draws, seed))


def digest_of(case: Case) -> str:
    """Eight letters that stand for what is drawn and what is worked out: the figures, their ranges, the choices."""
    figures = sorted(
        (key, str(figure.value), str(figure.detail.low), str(figure.detail.high), figure.detail.covers)
        for key, figure in case.figures.items()
    )
    told = repr((figures, sorted(case.model.choices.items()), case.moving))
    return hashlib.blake2b(told.encode(), digest_size=4).hexdigest()
