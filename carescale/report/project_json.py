"""A projection as data, versioned: quantities with their states, the figures behind them, and the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from carescale.analysis.evidence import Note, notes
from carescale.analysis.overreach import overreach
from carescale.analysis.projection import Projection, Result
from carescale.report.explain_screen import figure_json
from carescale.report.headline import headline
from carescale.report.project_notes import overreach_text
from carescale.report.rows import number
from carescale.report.values import Shower

FORMAT = "carescale.projection/1"


def projection_json(projection: Projection, *, monthly: bool = False) -> dict[str, Any]:
    """Everything that a projection holds."""
    case = projection.case
    results = list(projection)
    keys = case.plan.behind(result.key for result in results)
    document = {
        "format": FORMAT,
        "place": {"name": case.place, "code": case.code or None, "year": case.year or None, "file": case.file},
        "scenario": {"name": case.scenario.name, "title": case.scenario.title},
        "changes": [{"key": change.key, "before": change.before, "after": change.after} for change in case.changes],
        "headline": headline(Shower(projection)),
        "quantities": [_quantity(result) for result in results],
        "figures": [figure_json(case.figures[key]) for key in keys if key in case.figures],
        "notes": [
            {"kind": note.kind, "about": list(note.keys), "text": note.text}
            for note in _notes(projection, [result.key for result in results])
        ],
    }
    if monthly:
        series = projection.months()
        document["months"] = {key: [number(value) for value in values] for key, values in series.items()}
    return document


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
        "unit": result.unit,
        "status": result.status,
        "because": list(result.state.because),
    }
