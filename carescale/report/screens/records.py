"""A projection as data: JSON, versioned, and tidy rows, one quantity a row or one month a row, at full precision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from carescale.analysis.evidence import Note, notes
from carescale.analysis.overreach import overreach
from carescale.analysis.projection import Projection, Result
from carescale.case import PORTFOLIO, Case
from carescale.engine.plan import Bound
from carescale.figures import Figure
from carescale.report.formats import number, sentence
from carescale.report.screens.headline import headline
from carescale.report.screens.notes import overreach_text
from carescale.report.view import View
from carescale.report.words import name_of, unit_words

if TYPE_CHECKING:
    from carescale.analysis.grounds import Intervals

FORMAT = "carescale.projection/1"
COLUMNS = (
    "place", "scenario", "intervention", "cohort", "payer", "quantity", "value", "unit", "year", "status",
    "low", "high", "financial_year", "because", "worst", "best",
)  # fmt: skip
MONTHLY_COLUMNS = (
    "place",
    "scenario",
    "intervention",
    "cohort",
    "payer",
    "quantity",
    "month",
    "value",
    "unit",
    "status",
)


def projection_json(projection: Projection, *, monthly: bool = False, sure: Intervals | None = None) -> dict[str, Any]:
    """Everything that a projection holds; with the percentiles of draws where it is to be `sure`."""
    case = projection.case
    results = list(projection)
    keys = case.plan.behind(result.key for result in results)
    document: dict[str, Any] = {
        "format": FORMAT,
        "place": {"name": case.place, "code": case.code or None, "year": case.year or None, "file": case.file},
        "scenario": {"name": case.scenario.name, "title": case.scenario.title},
        "changes": [{"key": change.key, "before": change.before, "after": change.after} for change in case.changes],
        "headline": sentence(headline(View(projection)).said),
        "quantities": [_quantity(result) for result in results],
        "figures": [figure_json(case.figures[key]) for key in keys if key in case.figures],
        "notes": [
            {"kind": note.kind, "about": list(note.keys), "text": note.text}
            for note in _notes(projection, [result.key for result in results])
        ],
    }
    if sure:
        made = sure.simulation
        document["simulation"] = {"seed": made.design.seed, "draws": made.draws, "inputs": made.digest}
        document["quantities"] = [{**one, **_percentiles(sure, one["key"])} for one in document["quantities"]]
    if monthly:
        series = projection.months()
        document["months"] = {key: [number(value) for value in values] for key, values in series.items()}
    return document


PERCENTILES = ("p5", "median", "p95", "above_zero")


def _percentiles(sure: Intervals, key: str) -> dict[str, Any]:
    """What draws say of a quantity; nothing where they do not move it, or its interval would mean nothing."""
    found = sure.moved(key)
    parts = (found.low, found.median, found.high, found.above_zero) if found else (None,) * 4
    return {name: number(one.value) if one else None for name, one in zip(PERCENTILES, parts, strict=True)}


def sure_rows(projection: Projection, sure: Intervals) -> Iterator[Sequence[Any]]:
    """The rows of quantities, with the percentiles of draws at their ends."""
    keys = [result.key for result in projection if projection.bound(result.key)]
    for key, cells in zip(keys, quantity_rows(projection), strict=True):
        yield (*cells, *_percentiles(sure, key).values())


def _notes(projection: Projection, keys: Iterable[str]) -> Iterator[Note]:
    """What to know about these results, gravest first."""
    for found in overreach(projection):
        yield Note("warning", (found.key,), overreach_text(projection.case, found))
    yield from notes(projection.case, keys)


def _quantity(result: Result) -> dict[str, Any]:
    return {
        "key": result.key,
        "title": result.title,
        "value": number(result.value),
        "low": number(result.low),
        "high": number(result.high),
        "worst": number(result.worst),
        "best": number(result.best),
        "unit": result.unit,
        "status": result.status,
        "because": list(result.state.because),
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure as data: number as printed and exact, with its origin and place."""
    source = figure.citation.source if figure.citation else None
    return {
        "key": figure.name,
        "printed": figure.number.text if figure.number else None,
        "value": number(float(figure.number.value)) if figure.number else None,
        "unit": figure.unit,
        "year": figure.year or None,
        "source": {"key": source.key, "publisher": source.publisher, "title": source.title, "year": source.year,
                   "url": source.url or None, "where": figure.citation.where or None if figure.citation else None,
                   "unverified": source.unverified or None} if source else None,
        "assumption": figure.assumption or None,
        "unknown": figure.unknown or None,
        "note": figure.detail.note or None,
        "solved_from": figure.detail.solve.quantity if figure.detail.solve else None,
        "contradicted_by": figure.detail.doubt.says if figure.detail.doubt else None,
        "place": str(figure.position),
    }  # fmt: skip


FIGURE_COLUMNS = ("figure", "title", "printed", "value", "unit", "year", "low", "high", "grade", "origin", "note")


def figure_rows(case: Case | None, figures: Iterable[Figure]) -> Iterator[Sequence[Any]]:
    """One row a figure, given or not known, with where it is from; its title is in the words of a case, if any."""
    for figure in figures:
        given, detail = figure.number, figure.detail
        yield (
            figure.name, name_of(case, figure.name) if case else "", given.text if given else "",
            number(float(given.value)) if given else None, unit_words(figure.unit), figure.year,
            *(number(float(end.value)) if end else None for end in (detail.low, detail.high)),
            detail.evidence.grade if detail.evidence else None, figure.unknown or figure.origin, detail.note,
        )  # fmt: skip


def quantity_rows(projection: Projection) -> Iterator[Sequence[Any]]:
    """One row for each quantity that applies. `year` is the year of the figures behind it, and so its price base."""
    for result in projection:
        bound = projection.bound(result.key)
        if bound is None:
            continue
        where = _where(projection, bound)
        yield (
            *where, number(result.value), unit_words(result.unit), _years(projection, result), result.status,
            number(result.low), number(result.high), _dimension(bound, "year").replace("_", "/"),
            "; ".join(result.state.because), number(result.worst), number(result.best),
        )  # fmt: skip


def monthly_rows(projection: Projection) -> Iterator[Sequence[Any]]:
    """One row for each month of each monthly quantity."""
    for key, series in projection.months().items():
        bound = projection.bound(key)
        assert bound is not None
        where, status = _where(projection, bound), bound.state.status
        for month, value in enumerate(series):
            yield (*where, month, number(value), unit_words(bound.formula.unit), str(status))


def _where(projection: Projection, bound: Bound) -> tuple[str, ...]:
    """Place, scenario, intervention, cohort, payer and quantity of a bound formula."""
    case = projection.case
    intervention, _, cohort = bound.entity.path.partition(".")
    payer = _dimension(bound, "payer")
    whole = intervention == PORTFOLIO
    return case.place, case.scenario.name, "" if whole else intervention, cohort, payer, bound.formula.name


def _dimension(bound: Bound, name: str) -> str:
    return next((value for dimension, value in bound.dimensions if dimension == name), "")


def _years(projection: Projection, result: Result) -> str:
    figures = projection.case.figures
    behind = projection.case.plan.behind([result.key])
    given = [figures[key] for key in behind if key in figures and not figures[key].assumption]
    return "; ".join(sorted({figure.year for figure in given if figure.year}))
