"""Several schemes as a reference class: each one's pace, the range for a new one, and a scenario that draws from it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from carescale.analysis.track import Track, Tracked
from carescale.inputs.periods import calendar_month
from carescale.problems import Position, Problem, Problems
from carescale.report import blocks
from carescale.report.blocks import NOTHING, Column, Row, Table, Value
from carescale.report.formats import RATIO, TENTHS, written

_NONE = "no scheme's pace can be told yet"


def schemes_table(one: Tracked) -> Table | None:
    """A row a scheme, and the class as the range for a new one."""
    rows = [Row((name, *_scheme(scheme))) for name, scheme in one.schemes.items()]
    found = one.reference
    if found is not None:
        ends = found.range
        said = f"{written(ends[0], TENTHS)} to {written(ends[1], TENTHS)}" if ends else "one scheme: no range"
        label = f"A new scheme, by these {found.schemes}" if found.schemes > 1 else "A new scheme, by this one"
        rows.append(Row((label, "", Value(unit=TENTHS, number=found.middle), said), "total"))
    columns = [Column("Schemes, starts a month", "words"), Column("First match"), Column("Pace"), Column("9 in 10")]
    return blocks.table(columns, rows, "schemes")


def _scheme(scheme: Tracked) -> tuple[blocks.Cell, blocks.Cell, blocks.Cell]:
    pace = scheme.pace
    first = calendar_month(scheme.case.start, pace.first_match) if pace else NOTHING
    if pace is None or scheme.too_early:
        return first, NOTHING, "too early to say"
    low, high = pace.interval
    return first, Value(unit=TENTHS, number=pace.seen), f"{written(low, TENTHS)} to {written(high, TENTHS)}"


def scenario_text(track: Track) -> str:
    """A scenario with the class's pace as the range of a new scheme, which `simulate` draws from. Raises Problems."""
    found = [one for one in track.tracked if one.reference]
    if not found or track.actuals is None:
        hint = "give each row its `scheme`, and wait until each has starts enough"
        raise Problems([Problem("bad-option", _NONE, Position("--format scenario"), hint)])
    year = track.case.start[:4] or track.case.year
    return "\n".join(
        [
            f"scenario: {_text(f'At the pace of {_schemes(found)} of {track.case.place}')}",
            f"about: {_text(f'As many can start in a month as did in the schemes of {track.actuals.file}')}",
            "source: what_happened",
            f"year: {_text(year)}",
            "sources:",
            "  what_happened:",
            f"    publisher: {_text(track.case.place)}",
            f"    title: {_text(track.actuals.source)}",
            f"    year: {_text(year)}",
            "figures:",
            *(line for one in found for line in _figure(one)),
            "",
        ]
    )


def _schemes(found: Sequence[Tracked]) -> str:
    """How many schemes it rests on, at least."""
    fewest = min(one.reference.schemes for one in found if one.reference)
    return "one scheme" if fewest == 1 else f"{fewest} schemes"


def _figure(one: Tracked) -> list[str]:
    """The lines of an intervention's pace, with its range and the schemes that it rests on."""
    reference = one.reference
    assert reference is not None
    names = ", ".join(name for name, scheme in one.schemes.items() if not scheme.too_early)
    lines = [f"value: {written(reference.middle, RATIO)}", f"note: {_text(f'{reference.schemes} schemes: {names}')}"]
    if ends := reference.range:
        low, high = (written(end, RATIO) for end in ends)
        lines += [f"range: {low} to {high}", f"covers: {reference.covers}", "range_source: what_happened"]
    return [f"  {one.entity.path}:", "    starts_a_month:", *(f"      {line}" for line in lines)]


def _text(words: str) -> str:
    """A text in quotes, as YAML and JSON have it."""
    return json.dumps(words, ensure_ascii=False)
