"""What `track` says as data: a row a number, and all of it as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from carescale.analysis.track import PAYER, Track, Tracked
from carescale.report.formats import number
from carescale.report.words import unit_words

FORMAT = "carescale.track/1"
COLUMNS = ("place", "intervention", "month", "what", "payer", "plan", "actual", "low", "middle", "high", "unit")
Line = tuple[str, str, float | None, float | None, float | None, float | None, float | None, str]


def track_rows(track: Track) -> Iterator[Sequence[Any]]:
    """To date, the pace and what is to come, for each intervention; then what was counted month by month."""
    for one in track.tracked:
        for what, payer, *values, unit in (*_to_date(one), *_pace(one), *_ahead(one)):
            yield (track.case.place, one.entity.path, one.now, what, payer, *map(number, values), unit_words(unit))
    for one in track.tracked:
        yield from _months(track, one)


def _to_date(one: Tracked) -> Iterator[Line]:
    path = one.entity.path
    for what, planned, counted in (
        ("people_there", "people_by_now", one.months.people(one.now)),
        ("started", "started_by_now", one.months.total("starts")),
        ("left", "left_by_now", one.months.total("leavers")),
    ):
        yield what, "", one.plan[f"{path}.{planned}"].value, counted, None, None, None, "person"
    saved = f"{path}.saved_by_now.{PAYER}"
    yield "saved", PAYER, one.plan[saved].value, one.counted[saved].value, None, None, None, "GBP"
    cost = one.plan[f"{path}.planned_cost_at_report.{PAYER}"].value
    yield "spent", PAYER, cost, one.months.total("spend"), None, None, None, "GBP"


def _pace(one: Tracked) -> Iterator[Line]:
    if one.pace is None or one.too_early:
        return
    planned = one.plan[f"{one.entity.path}.planned_pace"].value
    low, high = one.pace.interval
    yield "starts_a_month", "", planned, one.pace.seen, low, one.pace.seen, high, "person/month"


def _ahead(one: Tracked) -> Iterator[Line]:
    asked = (
        ("month_all_are_there", "month_all_are_there", "", "month"),
        ("break_even_month", "break_even_as_seen", PAYER, "month"),
        ("peak_funding", "peak_as_seen", PAYER, "GBP"),
    )
    for planned, seen, payer, unit in asked:
        found = one.summary(seen, payer)
        if found is not None:
            plan = one.plan[".".join(filter(None, (one.entity.path, planned, payer)))].value
            yield planned, payer, plan, None, found.low.value, found.median.value, found.high.value, unit
    for needed in one.needed:
        what = f"starts_a_month_for_{needed.quantity.split('.')[1]}"
        yield what, "", needed.month, None, None, needed.pace, None, "person/month"


def _months(track: Track, one: Tracked) -> Iterator[Sequence[Any]]:
    planned = one.planned_people
    for month in range(1, one.now + 1):
        counted = number(planned[month]), number(one.months.people(month))
        where = track.case.place, one.entity.path, month, "people_there", ""
        yield (*where, *counted, None, None, None, unit_words("person"))


def track_json(track: Track) -> dict[str, Any]:
    """Everything of a track: whose data, how it was done, its numbers."""
    from carescale.report.screens.track_notes import cautions, method_items
    from carescale.report.screens.two_numbers import two_numbers_json

    actuals = track.actuals
    return {
        "format": FORMAT,
        "place": {"name": track.case.place, "file": track.case.file},
        "start": track.case.start or None,
        "actuals": {"source": actuals.source, "file": actuals.file, "digest": actuals.digest} if actuals else None,
        "method": [list(item) for item in method_items(track)],
        "read_with_care": [list(item) for item in cautions(track)],
        "too_early": {one.entity.path: one.too_early for one in track.tracked if one.too_early},
        "rows": [dict(zip(COLUMNS, row, strict=True)) for row in track_rows(track)],
        "two_numbers": two_numbers_json(track),
    }
