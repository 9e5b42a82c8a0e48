"""The picture of many areas: the rate of each as a bar, and the benchmark as a line through them."""

from __future__ import annotations

from collections.abc import Sequence

from carescale.analysis.areas import AreaProjection
from carescale.charts.picture import Bar, Bars, Picture
from carescale.formulas.vocabulary import CHOICES
from carescale.report.blocks import Drawing, Said, Value
from carescale.report.formats import PER_100, PER_100_000, sentence, text
from carescale.report.words import place_of

MOST_BARS = 40  # areas; more would not be read


def are_large(areas: AreaProjection) -> bool:
    """Whether rates are shown for a hundred people; those below one in a hundred are for many more."""
    return bool((areas[areas.key("rate_now")] >= 1 / 100).any())


def rates_drawing(areas: AreaProjection) -> Drawing | None:
    """The areas with a rate, highest first and no more than can be read; None where no area has one."""
    rates = areas[areas.key("rate_now")]
    known = [position for position in areas.order if rates[position] == rates[position]]
    if not known:
        return None
    shown, large = known[:MOST_BARS], are_large(areas)
    unit, per = (PER_100, "100") if large else (PER_100_000, "100,000")
    key = areas.key("rate_now")

    def rate(number: float) -> Value:
        return Value(key=key, unit=unit, number=number)

    bars = [_bar(areas, at, rates[at], text(rate(float(rates[at])))) for at in shown]
    line = _known(float(areas.benchmark)) if areas.catches_up and areas.peers is None else None
    says = _says(areas, rate(float(rates[known[0]])), None if line is None else rate(line), per)
    told: Said = (
        f"{len(known)} areas have a rate, from ", rate(float(rates[known[-1]])), f" per {per} in "
        f"{areas.table.names[known[-1]]} to ", rate(float(rates[known[0]])), f" in {areas.table.names[known[0]]}.",
    )  # fmt: skip
    picture = Picture(
        name="rates", says=sentence(says), told=sentence(told),
        what=f"{place_of(areas.case, areas.cohort.path)}: people per {per} · {areas.case.place}, {areas.case.year}",
        source=_source(areas, known, shown),
        plot=Bars(
            bars=bars, text=lambda value: text(rate(value)).removesuffix(".00"), line=line,
            line_label="" if line is None else f"benchmark {text(rate(line))}",
        ),
        headings=("Area", f"Rate per {per}"), rows=[(bar.name, bar.at_end) for bar in bars],
    )  # fmt: skip
    return Drawing(picture=picture, says=says, told=told, part="rates")


def _bar(areas: AreaProjection, position: int, rate: float, said: str) -> Bar:
    """An area's bar, with the benchmark of its own peers where it has some."""
    own = areas.catches_up and areas.peers is not None
    crossing = _known(float(areas.benchmark[position])) if own else None
    return Bar(name=str(areas.table.names[position]), start=0.0, end=float(rate), at_end=said, crossing=crossing)


def _known(number: float) -> float | None:
    """A number; None where there is none, as of peers of whom nobody has a rate."""
    return None if number != number else number


def _says(areas: AreaProjection, best: Value, line: Value | None, per: str) -> Said:
    if line is None:
        return ("The highest rate is ", best, f" per {per}")
    named = CHOICES["benchmark"][areas.others()[0]].partition(" (")[0]
    return (f"The line to catch up with, {named}, is at ", line, f" per {per}")


def _source(areas: AreaProjection, known: Sequence[int], shown: Sequence[int]) -> str:
    cited = [column.citation.source for column in areas.table.map.columns if column.citation]
    source = f"Source: {cited[0].publisher}, {cited[0].year}. " if cited else ""
    unknown, rest = len(areas.table) - len(known), len(known) - len(shown)
    said = [f"{unknown} areas have no rate" if unknown else "", f"{rest} lower rates are not drawn" if rest else ""]
    return f"{source}{'; '.join(filter(None, said))}".strip()
