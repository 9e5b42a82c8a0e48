"""The pictures of draws: the chance that the money is back, by month, and what each figure does to a result."""

from __future__ import annotations

import math
from collections.abc import Sequence

from carescale.analysis.grounds import MONTH, Intervals
from carescale.analysis.simulate import Simulation
from carescale.analysis.tornado import Swing, Tornado
from carescale.case import Case
from carescale.charts.picture import Bar, Bars, Lines, Picture, Series
from carescale.engine.keys import outermost
from carescale.engine.model import Entity
from carescale.formulas.vocabulary import PAYERS
from carescale.numbers import percent
from carescale.report.blocks import Drawing, Said, Value
from carescale.report.chances import chance_text, tenths
from carescale.report.formats import COMPACT_MONEY, sentence, text, written
from carescale.report.pictures import MOST_LINES, drawing, pounds, short_title
from carescale.report.screens.simulate_notes import how
from carescale.report.view import View
from carescale.report.words import amount, name_of, payer_name
from carescale.uncertainty.summaries import Estimate

_HALF_YEAR, _LIKELY = 6, 0.9

# --- the chance that the money is back ------------------------------------------------------------------------------


def chance(view: View, found: Intervals, payer: str) -> Drawing | str:
    """The chance of having broken even, by month, of all that bears an interval; or why it is not drawn."""
    known = [entity for entity, _, whose in found.known(MONTH) if whose == payer]
    chances = {entity: _chances(found, entity, payer) for entity in known}
    drawn = [entity for entity in known if chances[entity]][-MOST_LINES:]
    if not drawn:
        return f"no chance of breaking even means something ({payer_name(payer)})"
    lines = [Series(name=short_title(one), values=[each.value for each in chances[one]]) for one in drawn]
    first, horizon = drawn[0], view.case.horizon
    likely = next((month for month, each in enumerate(chances[first]) if each.value >= _LIKELY), horizon)
    says: Said = (
        f"{short_title(first)}: {tenths(chances[first][likely].value)} to have the money back by month {likely} "
        f"({payer_name(payer)})",
    )
    told = f"{short_title(first)}: {_course(chances[first], horizon)}."
    months = [*range(0, horizon, _HALF_YEAR), horizon]
    rows = [(str(month), *(chance_text(chances[one][month]) for one in drawn)) for month in months]
    return drawing(
        view, kind="chance", says=says, told=(told,), keys=[f"{one.path}.{MONTH}.{payer}" for one in drawn],
        what=f"Chance of having broken even: {payer_name(payer)}, by month since the decision",
        plot=Lines(series=lines, text=lambda share: percent(share, 0), lowest=0.0, highest=1.0),
        table=(("Month", *(line.name for line in lines)), rows),
        more=f"{how(found.simulation.design)}.", left_out=_without(found, known, drawn, payer),
    )  # fmt: skip


def _chances(found: Intervals, entity: Entity, payer: str) -> Sequence[Estimate]:
    key = f"{entity.path}.{MONTH}.{payer}"
    return found.simulation.chances_by_month(key) or () if found.grounds[key].bears_an_interval else ()


def _course(chances: Sequence[Estimate], horizon: int) -> str:
    years = [month for month in (12, 24, 36) if month < horizon]
    said = [f"{chance_text(chances[month])} in month {month}" for month in (*years, horizon)]
    return f"the chance is {', '.join(said)}"


def _without(found: Intervals, known: Sequence[Entity], drawn: Sequence[Entity], payer: str) -> str:
    why = {one: found.grounds[f"{one.path}.{MONTH}.{payer}"].why_not for one in known if one not in drawn}
    said = [f"{short_title(one)} ({reason or 'more than can be told apart'})" for one, reason in why.items()]
    return f"no chance is drawn for {', '.join(said)}" if said else ""


# --- what moves a result --------------------------------------------------------------------------------------------


def tornado_drawing(simulation: Simulation, found: Tornado, most: int, source: str = "") -> Drawing | None:
    """What each figure does to a result, the widest first; None where nothing moves it."""
    if not found.swings:
        return None
    unit = unit_of(simulation, found.key)
    middle, name, case = Value(key=found.key, unit=unit, number=found.middle), _name(simulation, found), simulation.case
    first = found.swings[0]
    said: Said = (
        f"{short_name(case, first.key, found.key)} moves it most: ",
        Value(key=found.key, unit=unit, number=first.at_low), " to ",
        Value(key=found.key, unit=unit, number=first.at_high), "; with all at their medians it is ", middle, ".",
    )  # fmt: skip
    bars = [_bar(simulation, found, swing) for swing in found.swings if math.isfinite(swing.width)]
    picture = Picture(
        name="tornado", says=f"What moves {name}", told=sentence(said),
        source=" ".join(filter(None, ("The others stay at their medians meanwhile.", source))),
        what=f"Each from its P10 to its P90, as named; the line: all at medians, {text(middle)}",
        plot=Bars(bars=bars[:most], text=lambda value: _at_the_axis(value, unit), line=found.middle, around=True,
                  line_label=f"all at their medians, {text(middle)}"),
        headings=("Figure", "P10", "P90", "Result at P10", "Result at P90", "Turns at"),
        rows=[_swing_row(simulation, found, swing) for swing in found.swings],
    )  # fmt: skip
    return Drawing(picture=picture, says=(f"What moves {name}",), told=said, keys=(found.key,), part="tornado")


def _at_the_axis(value: float, unit: str) -> str:
    return pounds(value) if unit == COMPACT_MONEY else written(value, unit)


def _bar(simulation: Simulation, found: Tornado, swing: Swing) -> Bar:
    unit, result = (unit_of(simulation, key) for key in (swing.key, found.key))
    first, last = sorted((swing.at_low, swing.at_high))
    turns = "" if swing.switches_at is None else f"turns at {written(swing.switches_at, unit)}"
    ends = f"{written(swing.low, unit)}–{amount(swing.high, unit) if _is_counted(unit) else written(swing.high, unit)}"
    return Bar(
        name=short_name(simulation.case, swing.key, found.key), start=first, end=last, at_start=written(first, result),
        at_end=written(last, result), note=", ".join(filter(None, (ends, turns))),
    )  # fmt: skip


def _is_counted(unit: str) -> bool:
    """Whether a number needs its unit beside it, as pounds and shares do not."""
    return bool(unit) and unit != COMPACT_MONEY and not unit.startswith("GBP")


def _swing_row(simulation: Simulation, found: Tornado, swing: Swing) -> tuple[str, ...]:
    unit, result = (unit_of(simulation, key) for key in (swing.key, found.key))
    turns = "" if swing.switches_at is None else written(swing.switches_at, unit)
    ends = (written(value, unit) for value in (swing.low, swing.high))
    name = name_of(simulation.case, swing.key)
    return (name, *ends, written(swing.at_low, result), written(swing.at_high, result), turns)


def unit_of(simulation: Simulation, key: str) -> str:
    """The unit that a result is shown in beside draws: money as £1.3m."""
    unit = simulation.given[key].unit
    return COMPACT_MONEY if unit.startswith("GBP") and unit != "GBP/GBP" else unit


def _name(simulation: Simulation, found: Tornado) -> str:
    return name_of(simulation.case, found.key)


def short_name(case: Case, key: str, chosen: str) -> str:
    """A figure in words, what it is before whose it is, without the payer and the intervention that the result says."""
    payer = chosen.rpartition(".")[2]
    said = name_of(case, key)
    said = said.removesuffix(f" ({payer_name(payer)})") if payer in PAYERS else said
    whose, _, what = said.rpartition(": ")
    title = case.model.entities[outermost(chosen)].title
    whose = whose.removeprefix(title).removeprefix(", ")
    return f"{what} ({whose})" if whose else what
