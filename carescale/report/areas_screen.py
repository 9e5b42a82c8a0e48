"""The screen for many areas: who is behind, by how much, what catching up means, and what another line would say."""

from __future__ import annotations

from collections.abc import Callable

from carescale.analysis.areas import AreaProjection
from carescale.area_table import missing_words
from carescale.engine.over_areas import Total
from carescale.formulas.vocabulary import CHOICES
from carescale.numbers import compact_count, compact_money, grouped, money, to_decimal
from carescale.report.areas_notes import area_notes
from carescale.report.blocks import Block, Headline, Line, Notes, Row, Table, table
from carescale.report.headline import plan_title, subtitle
from carescale.report.values import NOT_KNOWN, payer_name, place_of

_PER = 100_000  # rates below one in a hundred are shown for so many people, others for a hundred
_MOST_ROWS, _SHOWN = 400, 20  # a country's councils are all shown; of a larger table its first, and the rest counted
_BARS = 30  # columns of the longest bar
_MOST_BARS = 40  # areas; more would not be read


def areas_screen(areas: AreaProjection) -> list[Block]:
    """Everything that `project` shows of many areas."""
    names = ["people_now", "rate_now", "rate_gap", "large_enough", "additional_people"]
    areas.ask([*(areas.key(name) for name in names), *(areas.key("net_saving", payer) for payer in areas.payers)])
    blocks: list[Block | None] = [
        Headline(_headline(areas)),
        Line(subtitle(areas.case)),
        Line(_reading(areas)),
        _area_table(areas),
        Line(_not_shown(areas)),
        _bars(areas),
        _benchmarks(areas),
        Line(_legend(areas)),
        Notes("Read with care", tuple(area_notes(areas))),
    ]
    return [block for block in blocks if block and block != Line("")]


def _legend(areas: AreaProjection) -> str:
    totals = [areas.total(areas.key(name)) for name in ("people_now", "additional_people")]
    starred = {total.missing for total in totals if total.known and total.missing}
    count = f"{starred.pop():,} " if len(starred) == 1 else ""
    left_out = f" · * leaves out {count}areas that are not known" if count or starred else ""
    return f"{NOT_KNOWN} not known{left_out}" if any(total.missing for total in totals) else ""


def _headline(areas: AreaProjection) -> str:
    more = _total(areas.total(areas.key("additional_people")), compact_count)
    savings = [
        f"{_total(areas.total(areas.key('net_saving', payer)), compact_money)} a year ({payer_name(payer)})"
        for payer in areas.payers
    ]
    return f"{plan_title(areas.case)} → {', '.join([f'{more} more people', *savings])}"


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


def _area_table(areas: AreaProjection) -> Table | None:
    rows = [_area_row(areas, position) for position in _shown(areas)]
    rows.append(_total_row(areas))
    savings = [f"Saving\na year\n({payer_name(payer)})" for payer in areas.payers]
    headings = ("Area", "Now", f"Rate per\n{_per(areas):,}", "Gap", "More\npeople", *savings, "Quartile")
    return table("", headings, rows)


def _shown(areas: AreaProjection) -> list[int]:
    return areas.order if len(areas.order) <= _MOST_ROWS else areas.order[:_SHOWN]


def _not_shown(areas: AreaProjection) -> str:
    more = len(areas.order) - len(_shown(areas))
    return f"and {more:,} more areas below these; --format csv has them all" if more else ""


def _per(areas: AreaProjection) -> int:
    rates = areas[areas.key("rate_now")]
    return 100 if (rates >= 1 / 100).any() else _PER


def _area_row(areas: AreaProjection, position: int) -> Row:
    def cell(name: str, scale: float = 1.0, places: int = 1) -> str:
        return _number(areas[areas.key(name)][position] * scale, places)

    savings = [_money(areas[areas.key("net_saving", payer)][position]) for payer in areas.payers]
    quarter = areas.quartiles[position]
    name = str(areas.table.names[position])
    gap = cell("rate_gap", _per(areas), 2) if areas.catches_up else ""
    return Row(
        (
            name,
            cell("people_now"),
            cell("rate_now", _per(areas), 2),
            gap,
            cell("additional_people"),
            *savings,
            str(quarter or "–"),
        )
    )


def _total_row(areas: AreaProjection) -> Row:
    savings = [_total_money(areas.total(areas.key("net_saving", payer))) for payer in areas.payers]
    people = [areas.total(areas.key(name)) for name in ("people_now", "additional_people")]
    return Row(("Together", _total(people[0]), "", "", _total(people[1]), *savings, ""), "total")


def _number(value: float, places: int) -> str:
    return NOT_KNOWN if value != value else grouped(to_decimal(float(value)), places)


def _money(value: float) -> str:
    return NOT_KNOWN if value != value else money(float(value))


def _total(total: Total, written: Callable[[float], str] = lambda value: grouped(to_decimal(value), 1)) -> str:
    """A total with a mark where areas are left out of it; not known where all are."""
    return written(total.value) + ("*" if total.missing else "") if total.known else NOT_KNOWN


def _total_money(total: Total) -> str:
    return _total(total, money)


def _bars(areas: AreaProjection) -> Table | None:
    """The rates as bars, with the benchmark as a line through them."""
    rates = areas[areas.key("rate_now")]
    shown = [position for position in areas.order if rates[position] == rates[position]]
    if not areas.catches_up or len(areas.table) > _MOST_BARS or not shown:
        return None
    highest = max(float(rates[position]) for position in shown) or 1.0
    rows = []
    for position in shown:
        line = float(areas.benchmark if areas.peers is None else areas.benchmark[position])
        rows.append(Row((str(areas.table.names[position]), _bar(float(rates[position]), line, max(highest, line)))))
    return table("", ("Rates, and the benchmark │", ""), rows, words=(0, 1))


def _bar(rate: float, line: float, highest: float) -> str:
    filled, mark = (round(_BARS * value / highest) if value == value else -1 for value in (rate, line))
    cells = ["█" if i < filled else " " for i in range(_BARS + 1)]
    if mark >= 0:
        cells[mark] = "│"
    return "".join(cells).rstrip()


def _benchmarks(areas: AreaProjection) -> Table | None:
    """The same total under every benchmark."""
    if not areas.catches_up:
        return None
    rows = []
    for name in areas.others():
        other = areas if name == areas.others()[0] else areas.with_benchmark(name)
        rate = other.benchmark
        cells = [_number(float(rate) * _per(areas), 2) if other.peers is None else "of its peers"]
        cells.append(_total(other.total(other.key("additional_people"))))
        cells += [_total_money(other.total(other.key("net_saving", payer))) for payer in areas.payers]
        rows.append(Row((_named(other, name), *cells), "total" if other is areas else "plain"))
    savings = [f"Saving a year\n({payer_name(payer)})" for payer in areas.payers]
    return table("", ("Catching up with", f"Rate per\n{_per(areas):,}", "More\npeople", *savings), rows)


def _named(areas: AreaProjection, benchmark: str) -> str:
    """A benchmark in words, with its number of areas where it is a mean."""
    text = CHOICES["benchmark"][benchmark]
    number = grouped(to_decimal(float(areas.given("benchmark_areas")[0])))
    return text.replace("best few", f"best {number}")
