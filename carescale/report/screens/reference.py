"""Several schemes as a reference class: each one's pace, the range for a new one, and a scenario that draws from it."""

from __future__ import annotations

from carescale.analysis.track import Track, Tracked
from carescale.inputs.calendar import calendar_month
from carescale.problems import Position, Problem, Problems
from carescale.report import blocks
from carescale.report.blocks import NOTHING, Column, Row, Table, Value
from carescale.report.formats import TENTHS, written

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
    import yaml

    found = [(one, one.reference) for one in track.tracked if one.reference]
    if not found or track.actuals is None:
        hint = "give each row its `scheme`, and wait until each has starts enough"
        raise Problems([Problem("bad-option", _NONE, Position("--format scenario"), hint)])
    figures = {}
    for one, reference in found:
        names = ", ".join(name for name, scheme in one.schemes.items() if not scheme.too_early)
        figure = {"value": written(reference.middle, TENTHS), "note": f"{reference.schemes} schemes: {names}"}
        if ends := reference.range:
            figure |= {
                "range": f"{written(ends[0], TENTHS)} to {written(ends[1], TENTHS)}",
                "covers": reference.covers,
                "range_source": "what_happened",
            }
        figures[one.entity.path] = {"starts_a_month": figure}
    year = track.case.start[:4] or track.case.year
    document = {
        "scenario": f"At the pace of {track.case.place}'s schemes",
        "about": f"As many can start in a month as did in the schemes of {track.actuals.file}",
        "source": "what_happened",
        "year": year,
        "sources": {"what_happened": {"publisher": track.case.place, "title": track.actuals.source, "year": year}},
        "figures": figures,
    }
    return str(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100))
