"""An appraisal as data: a row a quantity, and JSON with its method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from carescale.analysis.appraisal import Appraisal
from carescale.analysis.evidence import notes
from carescale.report.appraisal_notes import method_items
from carescale.report.explain_screen import figure_json
from carescale.report.rows import number
from carescale.report.values import unit_words

FORMAT = "carescale.appraisal/1"
COLUMNS = ("place", "scenario", "key", "quantity", "period", "value", "unit", "status", "low", "high", "because")


def appraisal_rows(appraisal: Appraisal) -> Iterator[Sequence[Any]]:
    """One row for each quantity of adjustments, appraisal and finance that applies."""
    case = appraisal.case
    for result in appraisal.results():
        last = result.key.rsplit(".", 1)[-1]
        yield (
            case.place, case.scenario.name, result.key, result.title, last if last in appraisal.periods else "",
            number(result.value), unit_words(result.unit), result.status, number(result.low), number(result.high),
            "; ".join(result.state.because),
        )  # fmt: skip


def appraisal_json(appraisal: Appraisal) -> dict[str, Any]:
    """Everything of an appraisal: how it was done, its quantities, the figures behind them."""
    case, results = appraisal.case, appraisal.results()
    behind = case.plan.behind(result.key for result in results)
    return {
        "format": FORMAT,
        "place": {"name": case.place, "code": case.code or None, "year": case.year or None, "file": case.file},
        "scenario": {"name": case.scenario.name, "title": case.scenario.title},
        "method": dict(method_items(appraisal)),
        "price_base": appraisal.base,
        "together": list(appraisal.together),
        "quantities": [dict(zip(COLUMNS[2:], row[2:], strict=True)) for row in appraisal_rows(appraisal)],
        "figures": [figure_json(case.figures[key]) for key in behind if key in case.figures],
        "notes": [
            {"kind": note.kind, "about": list(note.keys), "text": note.text}
            for note in notes(case, [result.key for result in results])
        ],
    }
