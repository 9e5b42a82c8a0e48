"""Outcomes that are not money on the screen of `project`: what was found, and what it would come to here."""

from __future__ import annotations

from carescale.engine.model import Entity
from carescale.report.blocks import Row, Table, table
from carescale.report.values import NOTHING, Shower

_HEADINGS = ("Outcomes that are\nnot money", "Found", "Before,\na person", "Here,\na year", "Here,\npeople")


def outcomes_table(show: Shower) -> Table | None:
    """A row an outcome; counted here only where the number before is known, or where people are what is counted."""
    rows = []
    for intervention in show.case.interventions:
        outcomes = show.case.outcomes(intervention)
        rows += [Row((intervention.title, *[""] * 4)), *(_row(show, one) for one in outcomes)] if outcomes else []
    return table("", _HEADINGS, rows)


def _row(show: Shower, outcome: Entity) -> Row:
    nearest, get = show.projection.nearest, show.projection.get
    change, share = nearest(outcome, "outcome_change"), nearest(outcome, "outcome_share")
    if change.usable:
        before, here = nearest(outcome, "outcome_baseline"), get(outcome, "change_in_events")
        return Row((outcome.title, show(change), show(before), show(here), NOTHING), "part")
    return Row((outcome.title, show(share), NOTHING, NOTHING, show(get(outcome, "people_with_outcome"))), "part")
