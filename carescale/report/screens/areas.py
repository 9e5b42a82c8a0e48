"""The screen for many areas: who is behind, by how much, what catching up means, and what another line would say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from carescale.analysis.areas import AreaProjection
from carescale.analysis.overreach import areas_beyond
from carescale.area_table import Column as TableColumn
from carescale.area_table import missing_words
from carescale.case import PORTFOLIO, Case
from carescale.engine.over_areas import Total
from carescale.formulas.vocabulary import CHOICES, PAYERS
from carescale.numbers import grouped, percent, to_decimal
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
    Said,
    Screen,
    Table,
    Value,
)  # fmt: skip
from carescale.report.formats import (
    COMPACT_MONEY,
    COMPACT_PEOPLE,
    PER_100,
    PER_100_000,
    TENTHS,
    THOUSANDS,
    text,
    written,
)
from carescale.report.rates_picture import MOST_BARS, are_large, rates_drawing
from carescale.report.screens import notes
from carescale.report.screens.areas_data import area_frame, area_json
from carescale.report.screens.headline import a_year, listed, plan_title, subtitle
from carescale.report.screens.joins import brief_joins, join_notes
from carescale.report.screens.notes import LIMITS, WORST_BEST, note_items
from carescale.report.words import name_of, payer_name, place_of

_MOST_ROWS = 400  # a country's councils are all shown; of a larger table its first, and the rest counted
_MOST_AREAS = 20  # of a larger one
_LARGE = 100_000_000  # pounds in all, from which a table is in thousands, and in whole people


def areas_screen(areas: AreaProjection, *, top: int = 0) -> Screen:
    """Everything that `project` says of many areas; on the first screen the `top` furthest behind, 0 for all."""
    shown = AreasScreen(areas)
    return Screen(
        blocks=lambda: shown.blocks,
        first=lambda: shown.first(top),
        records=Records((), frame=lambda: area_frame(areas)),
        document=lambda: area_json(areas),
        book=lambda path, command: _write_book(areas, path, command, shown.blocks),
        page=None if areas.every_gap else lambda command: page_of_areas(areas.case, shown.blocks, command),
    )


def page_of_areas(case: Case, shown: Sequence[Block], command: str) -> str:
    """The live page of a table, one area at a time."""
    from carescale.report.page.areas import write_areas_page

    return write_areas_page(case, shown, command)


def _write_book(areas: AreaProjection, path: Path, command: str, shown: Sequence[Block]) -> None:
    from carescale.report.workbook.areas import write_areas_workbook

    write_areas_workbook(areas, path, command, shown)


class AreasScreen(Struct, frozen=True, dict=True):
    """The blocks of many areas, worked out when they are asked for."""

    areas: AreaProjection

    @cached_property
    def above(self) -> list[Block]:
        """What comes before the tables; everything that they need is evaluated together."""
        areas = self.areas
        names = ["rate_now", "rate_gap", "large_enough"]
        savings = (areas.key("net_saving", payer) for payer in areas.payers)
        areas.ask([areas.now, areas.more, *(areas.key(name) for name in names), *savings])
        return [_headline(areas), subtitle(areas.case), Line((_reading(areas),))]

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything: every area, bars, benchmarks and notes."""
        shown, areas = self.above, self.areas
        table, rest = _area_table(areas, _shown(areas)), _not_shown(areas)
        found = blocks.there(table, rest, _bars(areas), _benchmarks(areas))
        careful = blocks.notes("Read with care", area_notes(areas), "notes")
        return [*shown, *found, *blocks.there(_legend(areas), careful, self._sources())]

    def first(self, top: int) -> list[Block]:
        """The areas furthest behind, what another line would say, and the gravest cautions."""
        shown, areas = self.above, self.areas
        order = _furthest_behind(areas, top) if top else _shown(areas)
        rest = _not_shown(areas) if not top else Line((_not_listed(areas, len(order)),))
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
    totals = [areas.total(key) for key in (areas.now, areas.more)]
    starred = {total.missing for total in totals if total.known and total.missing}
    some = "areas that are" if len(starred) != 1 or max(starred) > 1 else "area that is"
    count = f"{max(starred):,} " if len(starred) == 1 else ""
    left_out = f" · * leaves out {count}{some} not known" if starred else ""
    return Line((f"{NOT_KNOWN} not known{left_out}",), "legend") if any(total.missing for total in totals) else None


def _headline(areas: AreaProjection) -> Headline:
    people = " more people helped a year" if areas.by_year else " more people"
    answers: list[Said] = [(_total(areas, areas.more, COMPACT_PEOPLE), people)]
    for payer in areas.payers:
        before = " before any saving" if _is_cost(areas, payer) else ""
        net = _total(areas, areas.key("net_saving", payer), COMPACT_MONEY)
        answers.append((net, f" {a_year(net)}{before} ({payer_name(payer)})"))
    return Headline((f"{plan_title(areas.case)} → ", *listed(answers)))


def _is_cost(areas: AreaProjection, payer: str) -> bool:
    """Whether only costs of a payer are known, and no saving."""
    return not areas.plan.need(areas.key("adjusted_saving", payer)).usable


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


class AreaField(Struct, frozen=True):
    """A column of the table of areas: its heading, the cell of an area, and that of all together."""

    heading: str
    cell: Callable[[int], Cell]
    total: Cell = ""
    ends: Cell = ""


def _fields(areas: AreaProjection, *, quarters: bool) -> list[AreaField]:
    """The columns; in which quarter of the rates an area is, where not only those furthest behind are listed."""
    rate, per = (PER_100, "100") if are_large(areas) else (PER_100_000, "100,000")
    people, money = _units(areas)
    gap: Callable[[int], Cell] = _cell(areas, areas.key("rate_gap"), rate) if areas.catches_up else lambda position: ""
    return [
        AreaField("Now", _cell(areas, areas.now, people), _total(areas, areas.now, people)),
        AreaField(f"Rate per\n{per}", _cell(areas, areas.key("rate_now"), rate)),
        AreaField("Gap", gap),
        AreaField(_more(areas), _cell(areas, areas.more, people), _total(areas, areas.more, people)),
        *(_saving(areas, payer, money) for payer in areas.payers),
        *([AreaField("Quartile", lambda position: str(areas.quartiles[position] or NOTHING))] if quarters else []),
    ]


def units_for(totals: Iterable[float]) -> tuple[str, str]:
    """The units of people and of pounds in a table with such totals, so that it fits a screen."""
    return ("person", THOUSANDS) if max(map(abs, totals), default=0) >= _LARGE else (TENTHS, "GBP")


def in_thousands(unit: str) -> str:
    """What a heading has below it where its numbers are in thousands of pounds."""
    return "\n£000" if unit == THOUSANDS else ""


def _units(areas: AreaProjection) -> tuple[str, str]:
    return units_for(areas.total(areas.key("net_saving", payer)).value for payer in areas.payers)


def _saving(areas: AreaProjection, payer: str, unit: str) -> AreaField:
    heading = f"{_saved(areas, payer)}\n({payer_name(payer)}){in_thousands(unit)}"
    key = areas.key("net_saving", payer)
    ends = areas.ends.get(key)
    spread: Cell = Value(unit=unit, low=ends[0], high=ends[1]) if ends else ""
    return AreaField(heading, _cell(areas, key, unit), _total(areas, key, unit), spread)


def _saved(areas: AreaProjection, payer: str) -> str:
    return "Before\nany saving" if _is_cost(areas, payer) else "Saving\na year"


def _more(areas: AreaProjection) -> str:
    return "More\na year" if areas.by_year else "More\npeople"


def _cell(areas: AreaProjection, key: str, unit: str) -> Callable[[int], Cell]:
    return lambda position: _value(key, unit, float(areas[key][position]))


def _value(key: str, unit: str, found: float) -> Value:
    known = found == found
    return Value(key=key, unit=unit, number=found if known else None, absent="" if known else NOT_KNOWN)


def _total(areas: AreaProjection, key: str, unit: str) -> Value:
    """A total with a mark where areas are left out of it; not known where all are."""
    total: Total = areas.total(key)
    if not total.known:
        return Value(key=key, absent=NOT_KNOWN)
    return Value(key=key, unit=unit, number=total.value, marks="*" if total.missing else "")


def _area_table(areas: AreaProjection, order: Sequence[int]) -> Table | None:
    fields = _fields(areas, quarters=len(order) >= areas.total(areas.key("rate_now")).known)
    rows = [Row((str(areas.table.names[at]), *(field.cell(at) for field in fields))) for at in order]
    rows.append(Row(("Together", *(field.total for field in fields)), "total"))
    ends = [field.ends for field in fields]
    rows += [Row((WORST_BEST, *ends), "total")] if any(ends) else []
    return blocks.table([Column("Area", "words"), *(Column(field.heading) for field in fields)], rows, "areas")


def _shown(areas: AreaProjection) -> list[int]:
    return areas.order if len(areas.order) <= _MOST_ROWS else areas.order[:_MOST_AREAS]


def _not_shown(areas: AreaProjection) -> Line | None:
    more = len(areas.order) - len(_shown(areas))
    said = f"and {more:,} more areas below these; --format csv has them all"
    return Line((said,), "areas") if more else None


def _furthest_behind(areas: AreaProjection, top: int) -> list[int]:
    """The known areas with the largest gap; without a benchmark, those that add most people."""
    import numpy as np

    gaps = areas[areas.key("rate_gap") if areas.catches_up else areas.more]
    first = np.argsort(-gaps, kind="stable")[:top]  # those that are not known come last
    return [int(position) for position in first if gaps[position] == gaps[position]]


def _not_listed(areas: AreaProjection, listed: int) -> str:
    """How many areas the table does not have, and how many of those are not known."""
    missing = areas.total(areas.more).missing
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
    savings = [Column(f"{_saved(areas, payer)}\n({payer_name(payer)})") for payer in areas.payers]
    columns = [Column("Catching up with", "words"), Column(f"Rate per\n{per}"), Column(_more(areas)), *savings]
    return blocks.table(columns, rows, "benchmarks")


def _one(line: Any) -> float:
    """The rate to catch up with, which is one number; or missing for every area."""
    import numpy as np

    return float(np.asarray(line).flat[0])


def _benchmark_cells(areas: AreaProjection, name: str, rate: str) -> tuple[Cell, ...]:
    other = areas if name == areas.others()[0] else areas.with_benchmark(name)
    line: Cell = "" if other.peers is not None else _value(other.key("benchmark_rate"), rate, _one(other.benchmark))
    savings = (_total(other, other.key("net_saving", payer), "GBP") for payer in areas.payers)
    return _named(areas, name), line or "of its peers", _total(other, other.more, TENTHS), *savings


def _named(areas: AreaProjection, benchmark: str) -> str:
    """A benchmark in words, with its number of areas where it is a mean."""
    text = CHOICES["benchmark"][benchmark]
    number = grouped(to_decimal(float(areas.given("benchmark_areas")[0])))
    return text.replace("best few", f"best {number}")


# --- what to read with care -----------------------------------------------------------------------------------------


def _gravest(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """What changes the answer, in a line each."""
    yield from (item for item in benchmark_notes(areas) if item[0] == "Warning") if areas.catches_up else ()
    yield from _too_many(areas)
    yield from brief_joins(areas.case)
    if areas.catches_up:
        other = "median" if areas.others()[0] == "top_quartile" else "top_quartile"
        line = _named(areas, other).partition(" (")[0]
        yield "Benchmark", f"{_people(areas.with_benchmark(other))} a year, with {line} instead"
        below, beyond = areas.chance_gaps()
        yield "Chance", f"{beyond} of {below} gaps are beyond chance; --significant-only counts those"


def _figures_of(areas: AreaProjection) -> list[str]:
    """The quantities whose figures the notes and sources are of."""
    shown = [areas.more, *(areas.key("net_saving", payer) for payer in areas.payers)]
    return [*shown, *([areas.key("benchmark_rate")] if areas.catches_up else [])]


def area_notes(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """Every note as its label and its text."""
    yield from benchmark_notes(areas) if areas.catches_up else ()
    if {"E07", "E10"} <= {str(code)[:3] for code in areas.table.codes}:
        yield (
            "Warning",
            "counties (E10) and districts inside them (E07) are both in the table: totals count people twice",
        )
    yield from _too_many(areas)
    yield from table_notes(areas.case, _figures_of(areas))
    silent = [payer_name(payer) for payer in PAYERS if payer not in areas.payers]
    if silent:
        yield "Left out", f"{', '.join(silent)}: no saving is published that could be counted"
    yield from (item for item in note_items(areas.case, _figures_of(areas)) if item[0] != WORST_BEST)


def table_notes(case: Case, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What was left out of a table, how others met it, and the columns that some quantities rest on."""
    table = case.areas
    assert table is not None
    for reason, count in table.left_out.items():
        if count:
            yield "Not counted", f"{count:,} {reason}"
    yield from join_notes(case)
    behind = set(case.plan.behind(keys))
    for column in table.map.columns:
        if column.is_asked_for or column.key in behind:
            yield "From the table", _column(case, column)


def _too_many(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """In how many areas the plan is for more people than there are."""
    count, limit = areas_beyond(areas)
    if count:
        where = "1 area" if count == 1 else f"{count:,} areas"
        yield "Warning", f"in {where} of {len(areas.table):,} the plan is for more people than {LIMITS[limit]}"


def benchmark_notes(areas: AreaProjection) -> Iterator[tuple[str, str]]:
    """Who sets the line, what it is over, and how many gaps are beyond chance; warnings first."""
    setter = areas.lone_setter()
    if setter is not None:
        yield "Warning", _sets_the_line(areas, setter)
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


def _sets_the_line(areas: AreaProjection, setter: int) -> str:
    """Who alone sets a benchmark, how many it has, and how far the next one is below."""
    rate = PER_100 if are_large(areas) else PER_100_000
    size = grouped(to_decimal(float(areas[areas.key("rate_base")][setter])))
    others, outside = areas.next_to(setter)
    only = "only " if areas.is_small(setter) else ""
    line = f"{areas.table.names[setter]} alone sets the benchmark, whose rate is of {only}{size} people"
    if others != others:
        return line
    far = "far outside the rest; " if outside else ""
    own = float(areas[areas.key("rate_now")][setter])
    return f"{line}; {far}{written(own, rate)} against {written(others, rate)} of the next"


def _people(areas: AreaProjection) -> str:
    savings = [text(_total(areas, areas.key("net_saving", payer), COMPACT_MONEY)) for payer in areas.payers]
    people = f"{text(_total(areas, areas.more, TENTHS))} more people{' helped a year' if areas.by_year else ''}"
    return ", ".join([people, *savings]).replace("*", "")


def _column(case: Case, column: TableColumn) -> str:
    """A column of the table as a given figure: where it stands, what was done to it, and its source."""
    assert case.areas is not None
    heading = f"{case.areas.headings[column.key]}{column.done}"
    origin = f"assumption: {column.assumption}" if column.assumption else f"{column.citation}; {column.year}"
    note = f"; {column.note}" if column.note else ""
    return f"{name_of(case, column.key)} – “{heading}” ({origin}){note}"
