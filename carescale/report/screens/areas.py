"""The screen for many areas: who is behind, by how much, what catching up means, and what another line would say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carescale.analysis.areas import AreaProjection
from carescale.analysis.overreach import areas_beyond
from carescale.area_table import Column as TableColumn
from carescale.area_table import missing_words
from carescale.case import PORTFOLIO
from carescale.engine.over_areas import Total
from carescale.formulas.vocabulary import CHOICES, PAYERS
from carescale.numbers import DIGITS, grouped, percent, to_decimal
from carescale.report import blocks
from carescale.report.blocks import (
    NOT_KNOWN,
    NOTHING,
    Block,
    Cell,
    Column,
    Drawing,
    Headline,
    Line,
    Records,
    Row,
    Screen,
    Table,
    Value,
)  # fmt: skip
from carescale.report.formats import COMPACT_MONEY, COMPACT_PEOPLE, PER_100, PER_100_000, TENTHS, number, text
from carescale.report.rates_picture import MOST_BARS, are_large, rates_drawing
from carescale.report.screens import notes
from carescale.report.screens.headline import listed, plan_title, subtitle
from carescale.report.screens.notes import LIMITS, WORST_BEST, note_items
from carescale.report.words import name_of, payer_name, place_of
from carescale.report.writers.data import FOR_READERS

if TYPE_CHECKING:
    import polars

_MOST_ROWS = 400  # a country's councils are all shown; of a larger table its first, and the rest counted
_MOST_AREAS = 20  # on a first screen
FORMAT = "carescale.areas/1"


def areas_screen(areas: AreaProjection, *, everyone: bool = False) -> Screen:
    """Everything that `project` says of many areas; on the first screen those furthest behind, or everyone."""
    shown = AreasScreen(areas)
    return Screen(
        blocks=lambda: shown.blocks,
        first=lambda: shown.first(everyone=everyone),
        records=Records((), frame=lambda: area_frame(areas)),
        document=lambda: area_json(areas),
        book=lambda path, command: _write_book(areas, path, command, shown.blocks),
    )


def _write_book(areas: AreaProjection, path: Path, command: str, shown: Sequence[Block]) -> None:
    from carescale.report.workbook.areas import write_areas_workbook

    write_areas_workbook(areas, path, command, shown)


@dataclass(frozen=True)
class AreasScreen:
    """The blocks of many areas, worked out when they are asked for."""

    areas: AreaProjection

    @cached_property
    def above(self) -> list[Block]:
        """What comes before the tables; everything that they need is evaluated together."""
        areas = self.areas
        names = ["people_now", "rate_now", "rate_gap", "large_enough", "additional_people"]
        areas.ask([*(areas.key(name) for name in names), *(areas.key("net_saving", payer) for payer in areas.payers)])
        return [_headline(areas), subtitle(areas.case), Line((_reading(areas),))]

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything: every area, bars, benchmarks and notes."""
        shown, areas = self.above, self.areas
        table, rest = _area_table(areas, _shown(areas)), _not_shown(areas)
        found = blocks.there(table, rest, _bars(areas), _benchmarks(areas))
        careful = blocks.notes("Read with care", area_notes(areas), "notes")
        return [*shown, *found, *blocks.there(_legend(areas), careful, self._sources())]

    def first(self, *, everyone: bool) -> list[Block]:
        """The areas furthest behind, what another line would say, and the gravest cautions."""
        shown, areas = self.above, self.areas
        order = _shown(areas) if everyone else _furthest_behind(areas)
        rest = _not_shown(areas) if everyone else Line((_not_listed(areas, len(order)),))
        found = blocks.there(_area_table(areas, order), rest)
        careful = notes.cautions(areas.case, found, [*_gravest(areas)])
        more = notes.more([*found[:1], *(Line((), part) for part in _parts(areas)), *blocks.there(self._sources())])
        return [*shown, *found, *blocks.there(_legend(areas), careful, more)]

    def _sources(self) -> Block | None:
        return notes.sources_block(self.areas.case, _figures_of(self.areas))


def _parts(areas: AreaProjection) -> list[str]:
    bars = areas.catches_up and len(areas.table) <= MOST_BARS
    return [*(["rates"] if bars else []), *(["benchmarks"] if areas.catches_up else []), "notes"]


def _legend(areas: AreaProjection) -> Line | None:
    """What the marks mean; how many areas a total leaves out."""
    totals = [areas.total(areas.key(name)) for name in ("people_now", "additional_people")]
    starred = {total.missing for total in totals if total.known and total.missing}
    count = f"{starred.pop():,} " if len(starred) == 1 else ""
    left_out = f" · * leaves out {count}areas that are not known" if count or starred else ""
    return Line((f"{NOT_KNOWN} not known{left_out}",), "legend") if any(total.missing for total in totals) else None


def _headline(areas: AreaProjection) -> Headline:
    more = _total(areas, "additional_people", COMPACT_PEOPLE)
    savings = [
        (_total(areas, "net_saving", COMPACT_MONEY, payer), f" a year ({payer_name(payer)})") for payer in areas.payers
    ]
    return Headline((f"{plan_title(areas.case)} → ", *listed([(more, " more people"), *savings])))


def _reading(areas: AreaProjection) -> str:
    """Which people, how many areas, and why some have no rate."""
    rates = areas.total(areas.key("rate_now"))
    where = place_of(areas.case, areas.cohort.path)
    line = f"{where} · {rates.known:,} of {len(areas.table):,} areas have a rate"
    reasons: dict[str, int] = {}
    for position in areas.order[rates.known :]:
        reason = areas.missing_reason(position) or "no rate"
        reasons[reason] = reasons.get(reason, 0) + 1
    return f"{line}; {missing_words(reasons)}" if reasons else line


# --- a row an area --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AreaField:
    """A column of the table of areas: its heading, the cell of an area, and that of all together."""

    heading: str
    cell: Callable[[int], Cell]
    total: Cell = ""


def _fields(areas: AreaProjection) -> list[AreaField]:
    rate, per = (PER_100, "100") if are_large(areas) else (PER_100_000, "100,000")
    more = "additional_people"
    gap: Callable[[int], Cell] = _cell(areas, "rate_gap", rate) if areas.catches_up else lambda position: ""
    return [
        AreaField("Now", _cell(areas, "people_now", TENTHS), _total(areas, "people_now", TENTHS)),
        AreaField(f"Rate per\n{per}", _cell(areas, "rate_now", rate)),
        AreaField("Gap", gap),
        AreaField("More\npeople", _cell(areas, more, TENTHS), _total(areas, more, TENTHS)),
        *(_saving(areas, payer) for payer in areas.payers),
        AreaField("Quartile", lambda position: str(areas.quartiles[position] or NOTHING)),
    ]


def _saving(areas: AreaProjection, payer: str) -> AreaField:
    heading = f"Saving\na year\n({payer_name(payer)})"
    return AreaField(heading, _cell(areas, "net_saving", "GBP", payer), _total(areas, "net_saving", "GBP", payer))


def _cell(areas: AreaProjection, name: str, unit: str, payer: str = "") -> Callable[[int], Cell]:
    key = areas.key(name, payer)
    return lambda position: _value(key, unit, float(areas[key][position]))


def _value(key: str, unit: str, found: float) -> Value:
    known = found == found
    return Value(key=key, unit=unit, number=found if known else None, absent="" if known else NOT_KNOWN)


def _total(areas: AreaProjection, name: str, unit: str, payer: str = "") -> Value:
    """A total with a mark where areas are left out of it; not known where all are."""
    key = areas.key(name, payer)
    total: Total = areas.total(key)
    if not total.known:
        return Value(key=key, absent=NOT_KNOWN)
    return Value(key=key, unit=unit, number=total.value, marks="*" if total.missing else "")


def _area_table(areas: AreaProjection, order: Sequence[int]) -> Table | None:
    fields = _fields(areas)
    rows = [Row((str(areas.table.names[at]), *(field.cell(at) for field in fields))) for at in order]
    rows.append(Row(("Together", *(field.total for field in fields)), "total"))
    return blocks.table([Column("Area", "words"), *(Column(field.heading) for field in fields)], rows, "areas")


def _shown(areas: AreaProjection) -> list[int]:
    return areas.order if len(areas.order) <= _MOST_ROWS else areas.order[:_MOST_AREAS]


def _not_shown(areas: AreaProjection) -> Line | None:
    more = len(areas.order) - len(_shown(areas))
    said = f"and {more:,} more areas below these; --format csv has them all"
    return Line((said,), "areas") if more else None


def _furthest_behind(areas: AreaProjection) -> list[int]:
    """The known areas with the largest gap; without a benchmark, those that add most people."""
    import numpy as np

    gaps = areas[areas.key("rate_gap" if areas.catches_up else "additional_people")]
    first = np.argsort(-gaps, kind="stable")[:_MOST_AREAS]  # those that are not known come last
    return [int(position) for position in first if gaps[position] == gaps[position]]


def _not_listed(areas: AreaProjection, listed: int) -> str:
    """How many areas the table does not have, and how many of those are not known."""
    missing = areas.total(areas.key("additional_people")).missing
    rest = len(areas.table) - missing - listed
    said = [f"{missing:,} not known" if missing else "", f"{rest:,} with a smaller gap" if rest > 0 else ""]
    more = " and ".join(filter(None, said))
    return f"Not listed: {more}; --all lists every area." if more else "Every area is listed."


def _bars(areas: AreaProjection) -> Drawing | None:
    """The rates as bars, where they are few enough to be read."""
    return rates_drawing(areas) if areas.catches_up and len(areas.table) <= MOST_BARS else None


def _benchmarks(areas: AreaProjection) -> Table | None:
    """The same total under every benchmark."""
    if not areas.catches_up:
        return None
    rate, per = (PER_100, "100") if are_large(areas) else (PER_100_000, "100,000")
    rows = [Row(_benchmark_cells(areas, name, rate), "plain" if place else "total") for place, name in
            enumerate(areas.others())]  # fmt: skip
    savings = [Column(f"Saving a year\n({payer_name(payer)})") for payer in areas.payers]
    columns = [Column("Catching up with", "words"), Column(f"Rate per\n{per}"), Column("More\npeople"), *savings]
    return blocks.table(columns, rows, "benchmarks")


def _one(line: Any) -> float:
    """The rate to catch up with, which is one number; or missing for every area."""
    import numpy as np

    return float(np.asarray(line).flat[0])


def _benchmark_cells(areas: AreaProjection, name: str, rate: str) -> tuple[Cell, ...]:
    other = areas if name == areas.others()[0] else areas.with_benchmark(name)
    line: Cell = "" if other.peers is not None else _value(other.key("benchmark_rate"), rate, _one(other.benchmark))
    savings = (_total(other, "net_saving", "GBP", payer) for payer in areas.payers)
    return _named(areas, name), line or "of its peers", _total(other, "additional_people", TENTHS), *savings


def _named(areas: AreaProjection, benchmark: str) -> str:
    """A benchmark in words, with its number of areas where it is a mean."""
    text = CHOICES["benchmark"][benchmark]
    number = grouped(to_decimal(float(areas.given("benchmark_areas")[0])))
    return text.replace("best few", f"best {number}")


# --- what to read with care -----------------------------------------------------------------------------------------


def _gravest(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """What changes the answer, in a line each."""
    yield from (item for item in _benchmark_notes(areas) if item[0] == "Warning") if areas.catches_up else ()
    yield from _too_many(areas)
    if areas.catches_up:
        other = "median" if areas.others()[0] == "top_quartile" else "top_quartile"
        line = _named(areas, other).partition(" (")[0]
        yield "Benchmark", f"{_people(areas.with_benchmark(other))} a year, with {line} instead"
        below, beyond = areas.chance_gaps()
        yield "Chance", f"{beyond} of {below} gaps are beyond chance; --significant-only counts those"


def _figures_of(areas: AreaProjection) -> list[str]:
    """The quantities whose figures the notes and sources are of."""
    shown = [areas.key("additional_people"), *(areas.key("net_saving", payer) for payer in areas.payers)]
    return [*shown, *([areas.key("benchmark_rate")] if areas.catches_up else [])]


def area_notes(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """Every note as its label and its text."""
    yield from _benchmark_notes(areas) if areas.catches_up else ()
    if {"E07", "E10"} <= {str(code)[:3] for code in areas.table.codes}:
        yield (
            "Warning",
            "counties (E10) and districts inside them (E07) are both in the table: totals count people twice",
        )
    yield from _too_many(areas)
    for reason, count in areas.table.left_out.items():
        if count:
            yield "Not counted", f"{count:,} {reason}"
    for column in areas.table.map.columns:
        yield "From the table", _column(areas, column)
    silent = [payer_name(payer) for payer in PAYERS if payer not in areas.payers]
    if silent:
        yield "Left out", f"{', '.join(silent)}: no saving is published that could be counted"
    yield from (item for item in note_items(areas.case, _figures_of(areas)) if item[0] != WORST_BEST)


def _too_many(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """In how many areas the plan is for more people than there are."""
    count, limit = areas_beyond(areas)
    if count:
        where = "1 area" if count == 1 else f"{count:,} areas"
        yield "Warning", f"in {where} of {len(areas.table):,} the plan is for more people than {LIMITS[limit]}"


def _benchmark_notes(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    setter = areas.lone_setter()
    if setter is not None:
        size = grouped(to_decimal(float(areas[areas.key("rate_base")][setter])))
        yield "Warning", f"{areas.table.names[setter]} alone sets the benchmark, whose rate is of only {size} people"
    floor = areas.given("minimum_eligible")[0]
    small = areas.too_small()
    yield (
        "Benchmark",
        f"over areas with a rate and at least {grouped(to_decimal(float(floor)))} people behind it"
        f" ({small} too small); only areas below it move",
    )
    below, beyond = areas.chance_gaps()
    level = percent(float(areas.case.figures[f"{PORTFOLIO}.confidence"].value or 0)).replace(".00", "")
    counted = "only those are counted" if areas.significant_only else "all are counted; --significant-only counts those"
    yield "Chance", f"{beyond} of {below} gaps are beyond chance ({level} intervals of the areas' own rates); {counted}"
    if areas.significant_only:
        other = areas.gaining()
        yield "Chance", f"counting every gap: {_people(other)}; counting only those: {_people(areas)}"


def _people(areas: AreaProjection) -> str:
    savings = [text(_total(areas, "net_saving", COMPACT_MONEY, payer)) for payer in areas.payers]
    return ", ".join([f"{text(_total(areas, 'additional_people', TENTHS))} more people", *savings]).replace("*", "")


def _column(areas: AreaProjection, column: TableColumn) -> str:
    """A column of the table as a given figure: where it stands, what was done to it, and its source."""
    heading = f"{areas.table.headings[column.key]}{column.done}"
    origin = f"assumption: {column.assumption}" if column.assumption else f"{column.citation}; {column.year}"
    note = f"; {column.note}" if column.note else ""
    return f"{name_of(areas.case, column.key)} – “{heading}” ({origin}){note}"


# --- as data --------------------------------------------------------------------------------------------------------

_COHORT = (
    "rate_base",
    "people_now",
    "rate_now",
    "benchmark_rate",
    "rate_gap",
    "additional_people",
    "total_people",
)
_WHOLE = (
    "set_up_cost",
    "break_even_month",
    "peak_funding",
    "net_saving_by_horizon",
)  # of an intervention of one cohort
_ENDLESS = ("break_even_month", "peak_funding")  # where they lie beyond the horizon


def area_frame(areas: AreaProjection) -> polars.DataFrame:
    """One row an area, in the table's order. What is missing, and what lies beyond the horizon, is blank; `status` says
    which areas are known and why others are not. Tables that somebody may read have no binary noise and intervals.
    """
    import numpy as np
    import polars
    from polars import selectors

    count = len(areas.table)
    columns: dict[str, Any] = {
        "place": polars.repeat(areas.case.place, count, eager=True),
        "scenario": polars.repeat(areas.case.scenario.name, count, eager=True),
        "cohort": polars.repeat(areas.cohort.path, count, eager=True),
        "code": areas.table.codes,
        "name": areas.table.names,
    }
    if areas.table.regions is not None:
        columns["region"] = areas.table.regions
    keys = {name: areas.key(name) for name in _COHORT}
    keys |= {f"net_saving_{payer}": areas.key("net_saving", payer) for payer in areas.payers}
    if areas.is_alone:
        keys |= {f"{name}_{payer}": f"{areas.intervention}.{name}.{payer}" for payer in areas.payers for name in _WHOLE}
    areas.ask(keys.values())
    for name, key in keys.items():
        if areas.is_known(key):
            values = np.broadcast_to(areas[key], (count,))
            columns[name] = np.where(np.isinf(values), np.nan, values) if name.startswith(_ENDLESS) else values
    if areas.catches_up and count <= FOR_READERS:
        columns["rate_lower"], columns["rate_upper"] = areas.intervals
    columns["status"] = _status(areas)
    frame = polars.DataFrame({name: polars.Series(name, values) for name, values in columns.items()})
    frame = frame.fill_nan(None)
    return frame.with_columns(selectors.float().round_sig_figs(DIGITS)) if count <= FOR_READERS else frame


def _status(areas: AreaProjection) -> polars.Series:
    """`known`, or why an area has no number of people to add."""
    import numpy as np
    import polars

    rates = np.broadcast_to(areas[areas.key("additional_people")], (len(areas.table),))
    missing = np.flatnonzero(np.isnan(rates))
    status = polars.repeat("known", len(areas.table), eager=True)
    if not len(missing):
        return status
    reasons = [areas.missing_reason(int(position)) or "unknown" for position in missing]
    return status.scatter(missing, polars.Series(reasons))


def area_json(areas: AreaProjection) -> dict[str, Any]:
    """The areas as data, versioned."""
    frame = area_frame(areas)
    total = areas.total(areas.key("additional_people"))
    return {
        "format": FORMAT,
        "place": areas.case.place,
        "scenario": areas.case.scenario.name,
        "cohort": areas.cohort.path,
        "confidence": float(areas.case.figures[f"{PORTFOLIO}.confidence"].value or 0),
        "additional_people": {"total": number(total.value), "areas": total.known, "missing": total.missing},
        "left_out": dict(areas.table.left_out),
        "areas": [{name: _plain(cell) for name, cell in row.items()} for row in frame.to_dicts()],
    }


def _plain(cell: object) -> object:
    return number(cell) if isinstance(cell, float) else cell
