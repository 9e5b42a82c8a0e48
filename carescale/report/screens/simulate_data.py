"""A simulation as data: percentiles, chances by month, the tornado, what is worth finding out; each draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from carescale.analysis.simulate import Simulation
from carescale.analysis.tornado import Tornado
from carescale.analysis.worth import Decision
from carescale.case import Case
from carescale.report.formats import number
from carescale.report.words import unit_words
from carescale.uncertainty.influence import Influence
from carescale.uncertainty.summaries import Summary

if TYPE_CHECKING:
    import polars

FORMAT = "carescale.simulation/1"
COLUMNS = (
    "place", "scenario", "key", "quantity", "unit", "given", "p5", "median", "p95", "mean", "error_of_median",
    "above_zero",
)  # fmt: skip


def summaries(simulation: Simulation) -> Iterator[tuple[str, Summary]]:
    """What the draws say of every quantity that they move, in story order."""
    import numpy as np

    keys = [key for key in simulation.case.plan.quantities() if not simulation.given.is_monthly(key)]
    simulation.drawn.ask(keys)
    for key in keys:
        value = simulation.drawn[key].value
        finite = value[np.isfinite(value)] if value is not None and np.ndim(value) else ()
        if len(finite) and np.ptp(finite):  # a month that never comes within the horizon is not finite in any draw
            found = simulation.summary(key)
            if found is not None:
                yield key, found


def quantity_rows(simulation: Simulation) -> Iterator[Sequence[Any]]:
    """A row for each quantity that the draws move."""
    case = simulation.case
    for key, found in summaries(simulation):
        given = simulation.given[key]
        yield (
            case.place, case.scenario.name, key, given.title, unit_words(given.unit), number(given.value),
            *(number(one.value) for one in (found.low, found.median, found.high, found.mean)),
            number(found.median.error), number(found.above_zero.value),
        )  # fmt: skip


def each_draw(simulation: Simulation) -> polars.DataFrame:
    """A row a draw: the slice that it is of, every uncertain figure, every quantity that they move."""
    import numpy as np
    import polars

    slices = np.repeat(np.arange(1, simulation.design.slices + 1), simulation.design.size)
    columns = {"draw": np.arange(1, simulation.draws + 1), "slice": slices, **simulation.drawn_figures}
    columns |= {key: simulation[key].value for key, _ in summaries(simulation)}
    return polars.DataFrame({key: np.array(value) for key, value in columns.items()})


def simulation_json(
    simulation: Simulation,
    *,
    why_none: Mapping[str, str],
    found: Tornado | None,
    decision: Decision | None,
    influences: Mapping[str, Influence] | None = None,
) -> dict[str, Any]:
    """Everything that a simulation says. `why_none` says of a quantity why its interval means nothing."""
    from importlib.metadata import version

    case = simulation.case
    months = [key for key in case.plan.quantities() if ".break_even_month." in key]
    return {
        "format": FORMAT,
        "place": {"name": case.place, "code": case.code or None, "year": case.year or None, "file": case.file},
        "scenario": {"name": case.scenario.name, "title": case.scenario.title},
        "seed": simulation.design.seed,
        "draws": simulation.draws,
        "version": version("carescale"),
        "inputs": simulation.digest,
        "figures": {key: _figure(one) for key, one in simulation.figures.items()},
        "quantities": {
            key: _summary(simulation, key, summary, why_none.get(_whose(case, key)))
            for key, summary in summaries(simulation)
        },
        "break_even": {
            key: {str(month): number(chance.value) for month, chance in enumerate(chances) if month}
            for key in months
            if (chances := simulation.chances_by_month(key))
        },
        "tornado": _tornado(found) if found else None,
        "worth_finding_out": _decision(decision) if decision else None,
        **({"shares_of_variance": {key: _influence(one) for key, one in influences.items()}} if influences else {}),
    }


def _figure(one: Any) -> dict[str, Any]:
    shape = one.shape
    return {
        "given": number(one.given),
        "low": number(shape.low),
        "high": number(shape.high),
        "covers": one.covers,
        "said": bool(one.figure.detail.covers),
        "median": number(shape.median),
        "given_lies": str(shape.lies),
    }


def _whose(case: Case, key: str) -> str:
    """The entity and the payer of a quantity, where it is a total: of an intervention, or of the plan."""
    bound = case.plan.bound.get(key)
    payer = dict(bound.dimensions).get("payer", "") if bound else ""
    return f"{bound.entity.path} {payer}" if bound else ""


def _summary(simulation: Simulation, key: str, found: Summary, why_none: str | None) -> dict[str, Any]:
    parts = {
        "p5": found.low, "median": found.median, "p95": found.high, "mean": found.mean, "above_zero": found.above_zero,
    }  # fmt: skip
    given = simulation.given[key]
    said = {name: None if why_none else number(one.value) for name, one in parts.items()}
    error = {name: None if why_none else number(one.error) for name, one in parts.items()}
    return {
        "unit": given.unit, "given": number(given.value), **said, "error": error, "no_interval_because": why_none
    }  # fmt: skip


def _tornado(found: Tornado) -> dict[str, Any]:
    return {
        "key": found.key,
        "target": number(found.target),
        "at_medians": number(found.middle),
        "figures": [
            {
                "key": swing.key, "p10": number(swing.low), "p90": number(swing.high), "at_p10": number(swing.at_low),
                "at_p90": number(swing.at_high),
                "switches_at": number(swing.switches_at) if swing.switches_at is not None else None,
            }
            for swing in found.swings
        ],
        "without_effect": list(found.without_effect),
    }  # fmt: skip


def _decision(found: Decision) -> dict[str, Any]:
    return {
        "key": found.key,
        "options": [
            {"option": option, "mean": number(mean)} for option, mean in zip(found.options, found.means, strict=True)
        ],
        "decide": found.options[found.best],
        "chance_of_being_wrong": number(found.regret),
        "knowing_everything": number(found.knowing_all),
        "knowing": {key: number(value) for key, value in found.knowing.items()},
    }


def _influence(found: Influence) -> dict[str, Any]:
    parts = {"alone": found.alone, "in_all": found.in_all}
    return {
        name: {"share": number(one.value), "error": number(one.error)} if one else None for name, one in parts.items()
    }
