"""What is worth finding out: what deciding now may cost on average, and how much of that each figure causes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from carescale.analysis.simulate import Simulation
from carescale.uncertainty.worth import value_of_knowing_all, values_of_knowing

NOTHING_DONE = "doing nothing"
THE_PLAN = "doing the plan"


class Decision(Struct, frozen=True, kw_only=True):
    """A choice between options by their present value to one payer, decided now on the average over the draws.

    `means` are the options' averages; `regret` the share of draws in which another than `best` would have been better;
    `knowing_all` what is lost by that on average; `knowing` the part that finding out each figure would spare, in
    pounds, largest first.
    """

    key: str
    options: tuple[str, ...]
    means: tuple[float, ...]
    regret: float
    knowing_all: float
    knowing: dict[str, float]

    @property
    def best(self) -> int:
        """Which option is best on average."""
        return self.means.index(max(self.means))


def plan_or_nothing(simulation: Simulation, key: str) -> Decision | None:
    """Whether to do the plan at all, by its net present value under this key; None where that is not known."""
    values = _known(simulation, key)
    if values is None:
        return None
    import numpy as np

    return _decided(simulation, key, (NOTHING_DONE, THE_PLAN), np.stack([np.zeros_like(values), values]))


def one_or_other(first: Simulation, second: Simulation, key: str) -> Decision | None:
    """Which of two plans to follow, by their net present values over the same draws; None where one is not known."""
    one, other = _known(first, key), _known(second, key)
    if one is None or other is None:
        return None
    import numpy as np

    titles = tuple(f"“{simulation.case.scenario.title}”" for simulation in (first, second))
    return _decided(first, key, titles, np.stack([one, other]), second)


def _known(simulation: Simulation, key: str) -> Any:
    """The values of a quantity over the draws; None where it is not known in all of them."""
    import numpy as np

    result = simulation[key]
    return result.value if result.usable and np.isfinite(result.value).all() else None


def _decided(
    simulation: Simulation, key: str, options: Sequence[str], benefits: Any, other: Simulation | None = None
) -> Decision:
    means = tuple(float(mean) for mean in benefits.mean(axis=1))
    best = benefits[means.index(max(means))]
    drawn = {name: value for one in (simulation, other) if one for name, value in one.drawn_figures.items()}
    at_most = value_of_knowing_all(benefits)  # no figure is worth more than all of them
    worth = dict.fromkeys(drawn, 0.0)
    if at_most:
        worth = values_of_knowing(benefits, drawn, simulation.sampler.groups)
    return Decision(
        key=key,
        options=tuple(options),
        means=means,
        regret=float((benefits > best).any(axis=0).mean()),
        knowing_all=at_most,
        knowing={name: min(value, at_most) for name, value in sorted(worth.items(), key=lambda pair: -pair[1])},
    )
