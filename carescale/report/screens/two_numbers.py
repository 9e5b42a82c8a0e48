"""What two published totals, people reached and weeks of care, can say of a pace, and what they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import NormalDist
from typing import Any

from carescale.analysis.track import Track
from carescale.engine.model import Entity
from carescale.formulas.pace import seen
from carescale.report.blocks import Block, Cell, Column, Notes, Row, Table, Value
from carescale.report.formats import RATIO, TENTHS, number, written
from carescale.report.words import printed
from carescale.uncertainty.summaries import INTERVAL


def two_numbers_blocks(track: Track) -> list[Block]:
    """A table of what can be said, and the list of what cannot."""
    return [block for one in track.two_numbers for block in (_table(track, one), _cannot(track, one))]


def _table(track: Track, entity: Entity) -> Table:
    rows = tuple(Row((label, cell)) for label, cell in _said(track, entity))
    return Table((Column(f"{entity.title}: what can be said", "words"), Column("")), rows, "two-numbers")


def _said(track: Track, entity: Entity) -> Iterator[tuple[str, Cell]]:
    found = track.two_number_results(entity)
    figure = track.case.figures

    def value(name: str, unit: str = "") -> Value:
        return Value(key=found[name].key, unit=unit or found[name].unit, number=found[name].value)

    people, months = (figure.get(f"{entity.path}.{name}") for name in ("people_reached", "seen_by_month"))
    if people and months:
        yield f"Starts a month, {printed(people)} people in {printed(months)}", value("average_pace", TENTHS)
    if found["average_pace_of_a_scheme"].usable:
        yield "of each scheme", Value(printed=written(found["average_pace_of_a_scheme"].value or 0.0, RATIO))
    if people and people.value:
        low, high = _by_chance(float(people.value))
        yield "by chance alone, if starts came singly", f"{low} to {high} people"
    if found["average_people"].usable:
        yield "People there at a time, on average", value("average_people", "person")
        yield "Weeks for each person so far", value("weeks_a_person", "person")
        yield "Weeks, had starts been even and nobody left", value("weeks_at_an_even_pace", "person")
    for name, label in (("delivery_seen", "People against plan"), ("delivery_seen_by_weeks", "Weeks against plan")):
        if found[name].usable:
            yield label, value(name)


def _by_chance(people: float) -> tuple[str, str]:
    ends = [float(seen(people, 1.0, NormalDist().inv_cdf(share))) for share in INTERVAL]
    return written(ends[0], "person"), written(ends[1], "person")


def _cannot(track: Track, entity: Entity) -> Notes:
    """What only months could say."""
    items = (
        ("The pace today", "whether it rises or falls: totals have no months in them"),
        ("How far off it is", "a total does not say how unevenly people start, so chance alone is a floor"),
        ("Who leaves", "an even pace with few leavers makes as many weeks as an early one with many"),
        ("When all are there", "break-even and full scale need the pace and the leavers of each month"),
        ("A new scheme", "the average of several says nothing of how far apart they were: there is no range to draw"),
    )
    return Notes("What cannot be said", items, "cannot")


def two_numbers_json(track: Track) -> dict[str, Any]:
    """The same as data."""
    return {
        entity.path: {name: number(result.value) for name, result in track.two_number_results(entity).items()}
        for entity in track.two_numbers
    }
