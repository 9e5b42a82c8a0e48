"""Cases side by side: what differs going in, and what differs coming out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from carescale.analysis.projection import Projection, Result
from carescale.analysis.unused import ships
from carescale.case import FREE, OWN, Case
from carescale.numbers import DIGITS

if TYPE_CHECKING:
    from carescale.analysis.grounds import Intervals

# What a reader compares first; a file has every quantity.
_FIRST = ("additional_people", "total_people", "net_saving", "set_up_cost", "break_even_month", "peak_funding")


def each_setting(settings: Sequence[str]) -> list[list[str]]:
    """The settings of each column: none of them, and each by itself."""
    return [[], *([setting] for setting in settings)]


class Compared(Struct, frozen=True):
    """Cases with their names, the figures and choices that differ, and the quantities that differ.

    In `given`, a case without the figure has ""; in `results`, one without the quantity has None.
    """

    names: tuple[str, ...]
    projections: tuple[Projection, ...]
    given: tuple[tuple[str, tuple[str, ...]], ...]
    results: tuple[tuple[str, tuple[Result | None, ...]], ...]
    sure: tuple[Intervals | None, ...] = ()  # over draws of each case's ranges, where they were asked for


def compare(cases: Sequence[Case], *, everything: bool = False, sure: bool = False) -> Compared:
    """Compare cases: the quantities that matter first, or `everything`; where they are to be `sure`, over the same
    draws of what both have.
    """
    projections = tuple(Projection(case) for case in cases)
    results = _results(projections, everything=everything)
    return Compared(_names(cases), projections, _given(cases), results, _over_draws(cases) if sure else ())


def _over_draws(cases: Sequence[Case]) -> tuple[Intervals | None, ...]:
    from carescale.analysis.grounds import intervals_of

    return tuple(intervals_of(case) for case in cases)


def _names(cases: Sequence[Case]) -> tuple[str, ...]:
    """What tells the cases apart: place, scenario, what was set, file, whichever differ."""
    parts = [(case.place, _titled(case), _set(case), case.file) for case in cases]
    differing = [column for column in zip(*parts, strict=True) if len(set(column)) > 1]
    telling = [column for column in differing if len(set(column)) == len(cases)][:1]
    chosen = telling or differing[:3] or [tuple(f"{case.place} {i}" for i, case in enumerate(cases, 1))]
    return tuple(", ".join(words) for words in zip(*chosen, strict=True))


def _set(case: Case) -> str:
    """What was changed on the command line."""
    said = [f"{change.key.rpartition('.')[2].replace('_', ' ')} {change.after}" for change in case.changes]
    return "; ".join(said) or "as it is"


def _titled(case: Case) -> str:
    """The scenario, after what it is in an appraisal of options."""
    option = case.scenario.option.capitalize()
    return f"{option}: {case.scenario.title}" if option else case.scenario.title


def _given(cases: Sequence[Case]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Figures and choices that differ; of what comes with carescale, such as a table of every council, what is used."""
    behind = {key for case in cases for key in case.plan.behind(case.plan.quantities())}
    figures = (key for case in cases for key, figure in case.figures.items() if key in behind or not ships(figure))
    keys = dict.fromkeys([*figures, *(key for case in cases for key in case.model.choices)])
    rows = [(key, tuple(_printed(case, key) for case in cases)) for key in keys if not key.startswith(FREE)]
    return tuple((key, values) for key, values in rows if len(set(values)) > 1)


def _printed(case: Case, key: str) -> str:
    if key in case.model.choices:
        return case.model.choices[key]
    figure = case.figures.get(key)
    if figure is None:
        return ""
    return figure.number.text if figure.number else "not known"


def _results(
    projections: Sequence[Projection], *, everything: bool
) -> tuple[tuple[str, tuple[Result | None, ...]], ...]:
    found = [{result.key: result for result in projection} for projection in projections]
    keys = dict.fromkeys(key for results in found for key in results)
    wanted = [key for key in keys if everything or _matters(key)]
    rows = [(key, tuple(results.get(key) for results in found)) for key in wanted]
    return tuple((key, values) for key, values in rows if _differ(values))


def _matters(key: str) -> bool:
    words = key.split(".")
    if key.startswith(OWN):  # somebody wrote it to look at it
        return True
    return any(word in _FIRST for word in words) and "society" not in words


def _differ(values: tuple[Result | None, ...]) -> bool:
    told = {(_without_noise(value.value), value.status) if value else None for value in values}
    usable = any(value is not None and value.usable for value in values)
    return usable and len(told) > 1


def _without_noise(value: float | None) -> str:
    """A value to the twelfth digit: what differs beyond is the order of the sums."""
    return "" if value is None else f"{value:.{DIGITS}g}"
