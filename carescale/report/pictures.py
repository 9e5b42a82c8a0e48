"""The pictures of a projection: when the money is back, and what is left of the gross saving."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from carescale.analysis.projection import Projection, Result
from carescale.case import PORTFOLIO, Case
from carescale.charts.picture import Bars, Lines, Mark, Picture, Series, Step, Steps
from carescale.engine.model import Entity
from carescale.formulas import registry
from carescale.numbers import compact_money, grouped, to_decimal
from carescale.problems import Position, Problem, Problems
from carescale.report.blocks import Drawing, Line, Said, Value, legend
from carescale.report.formats import COMPACT_MONEY, sentence, text
from carescale.report.screens.simulate_notes import how
from carescale.report.view import View
from carescale.report.words import payer_name

_MILLION, _HUNDREDTH = Decimal(1_000_000), Decimal(10_000)
_EACH = 6  # months, in the table behind a line
MOST_LINES = 4  # more cannot be told apart by colours that stand out
GROSS, NET = "cost_avoided", "net_saving"
GROSS_TO_NET: Mapping[str, str] = {
    "deadweight_loss": "Deadweight",
    "displacement_loss": "Displacement",
    "optimism_off_savings": "Optimism on savings",
    "not_cashable": "Not cashable",
    "cost_incurred": "Cost incurred",
    "total_overlap": "Overlap",
}


def draw(view: View, kind: str, payer: str = "council", option: str = "--kind") -> Drawing:
    """A picture of a kind, which an option asked for. Raises Problems where what it would show is not known."""
    found = KINDS[kind](view, payer)
    if isinstance(found, str):
        raise Problems([Problem("bad-option", found, Position(option), _why_not(view, kind, payer))])
    return found


def _why_not(view: View, kind: str, payer: str) -> str:
    """What is missing for a picture, and where to look."""
    name = "cumulative_net_saving" if kind == "cumulative" else NET
    because = [key for one in view.case.interventions for key in view.projection.get(one, name, payer).state.because]
    missing = ", ".join(dict.fromkeys(because[:3]))
    return f"for want of {missing}\n" * bool(missing) + f"carescale project {view.case.file} says what else there is"


def drawings(view: View, payer: str = "council") -> list[Drawing]:
    """Every picture that can be drawn."""
    found = (make(view, payer) for make in KINDS.values())
    return [one for one in found if isinstance(one, Drawing)]


# --- when the money is back -----------------------------------------------------------------------------------------


def cumulative(view: View, payer: str) -> Drawing | str:
    """Cumulative net saving by month, with its band and the month it is back; or why it is not drawn."""
    entities, left_out = _lines_of(view, payer)
    if not entities:
        return f"no cumulative net saving is known ({payer_name(payer)})"
    first, keys = entities[0], [_key(entity, "cumulative_net_saving", payer) for entity in entities]
    month = view.projection.get(first, "break_even_month", payer)
    months = view.projection.months(keys)
    lines = [_line(view, entity, months[key]) for entity, key in zip(entities, keys, strict=True)]
    lines[0] = _with_band(lines[0], _band(view, first, keys[0], payer))
    says = _back(view, first, month, payer)
    told = _course(view, first, keys[0], months[keys[0]], month)
    name = f"{payer_name(payer)}, in £ by month since the decision"
    return drawing(
        view,
        kind="cumulative",
        says=says,
        told=told,
        what=f"Net saving so far, after set-up: {name}",
        keys=keys,
        mark=month.key,
        plot=Lines(series=lines, text=pounds, marks=_marks(month, view.case)),
        more=_band_said(view, lines[0]), left_out=left_out,
        table=_months_table(lines, view.case.horizon),
    )  # fmt: skip


def _lines_of(view: View, payer: str) -> tuple[list[Entity], str]:
    """What has a line: all together, then the interventions; and a sentence on those that have none."""
    whole = [view.case.model.entities[PORTFOLIO]] if len(view.case.interventions) > 1 else []
    known = [one for one in (*whole, *view.case.interventions) if _is_known(view, one, payer)]
    unknown = [one.title for one in view.case.interventions if one not in known]
    rest = [one.title for one in known[MOST_LINES:]]
    said = [f"not known, so not drawn: {', '.join(unknown)}"] if unknown else []
    said += [f"not drawn: {', '.join(rest)}"] if rest else []
    return known[:MOST_LINES], "; ".join(said)


def _is_known(view: View, entity: Entity, payer: str) -> bool:
    return view.case.plan.need(_key(entity, "cumulative_net_saving", payer)).usable


def _line(view: View, entity: Entity, values: Sequence[float]) -> Series:
    return Series(name=short_title(entity), values=[None if math.isnan(value) else value for value in values])


def _with_band(line: Series, band: Sequence[tuple[float, float]]) -> Series:
    """The line with its band, where ranges move it."""
    if all(low == high for low, high in band) or any(math.isnan(end) for ends in band for end in ends):
        return line
    low, high = zip(*band, strict=True)
    return Series(name=line.name, values=line.values, low=low, high=high)


def _band(view: View, entity: Entity, key: str, payer: str) -> Sequence[tuple[float, float]]:
    """From worst to best by month; where draws were asked for, what 9 of 10 of them lie between, if that says much."""
    if view.intervals is None:
        return view.projection.bands([key]).get(key, [])
    return view.sure.by_month(entity, payer) if view.sure else []


def _band_said(view: View, line: Series) -> str:
    if not line.low:
        return ""
    if view.sure is not None:
        return f"Band ({line.name}): 9 of 10 draws lie in it, month by month; {how(view.sure.simulation.design)}."
    return f"Band ({line.name}): every ranged figure at its bad end, and at its good one; no probability."


def _marks(month: Result, case: Case) -> list[Mark]:
    """The month that the money is back, where it is within the horizon and something was spent."""
    if not month.usable or not month.value or month.beyond_horizon or month.value > case.horizon:
        return []
    return [Mark(int(month.value), f"month {month.value:.0f}")]


def _back(view: View, entity: Entity, month: Result, payer: str) -> Said:
    name, whose = short_title(entity), payer_name(payer)
    if month.value == 0:
        return (f"{name}: nothing is spent ahead of the savings ({whose})",)
    value = Value(
        key=month.key, unit="month", number=month.value, horizon=view.case.horizon,
        within="the money is back in month {}", beyond=f"the money is not back by month {view.case.horizon}",
    )  # fmt: skip
    return (f"{name}: ", value, f" ({whose})")


def _course(view: View, entity: Entity, key: str, values: Sequence[float], month: Result) -> Said:
    """The line in a sentence."""

    def at(place: int) -> Value:
        known = values[place] == values[place]
        absent = "" if known else "not known"
        return Value(key=key, unit="GBP", month=place, number=values[place] if known else None, absent=absent)

    crossing = Value(
        key=month.key, unit="month", number=month.value, horizon=view.case.horizon,
        within="it reaches zero in month {} and stays above it", beyond="it does not come back to zero to stay",
    )  # fmt: skip
    return (
        f"{short_title(entity)} stands at ", at(0), " in month 0; ", crossing, "; in month ", str(view.case.horizon),
        " it stands at ", at(view.case.horizon), ".",
    )  # fmt: skip


def _months_table(lines: Sequence[Series], horizon: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The values every half-year."""
    ends = [(f"{line.name}, low", f"{line.name}, high") if line.low else () for line in lines]
    headings = ["Month", *(name for line, more in zip(lines, ends, strict=True) for name in (line.name, *more))]
    months = [*range(0, horizon, _EACH), horizon]
    return tuple(headings), [(str(month), *_in_month(lines, month)) for month in months]


def _in_month(lines: Sequence[Series], month: int) -> Iterator[str]:
    for line in lines:
        for values in filter(None, (line.values, line.low, line.high)):
            value = values[month]
            yield "n/k" if value is None else text(Value(unit="GBP", number=value))


# --- from gross to net ----------------------------------------------------------------------------------------------


def waterfall(view: View, payer: str) -> Drawing | str:
    """What stands between the gross saving a year and the net, for the plan as a whole; or why it is not drawn."""
    steps = gross_to_net(view.projection, payer)
    if not steps:
        return f"what stands between gross and net is not all known ({payer_name(payer)})"
    gross, *between, net = steps
    keys = [result.key for result in steps]
    names = {result.key: name for result, name in zip(between, _names(between), strict=True)}
    bars = [Step("Cost avoided", gross.value, True, view(gross).marks)]
    bars += [Step(names[result.key], -result.value, False, view(result).marks) for result in between]
    bars += [Step("Net saving", net.value, True, view(net).marks)]
    taken = [piece for result in between for piece in (f"{names[result.key].lower()} ", view(result), ", ")]
    told: Said = (
        "Cost avoided ", view(gross), "; taken off: ", *(taken[:-1] or ["nothing"]),
        "; net saving ", view(net), ".",
    )  # fmt: skip
    says: Said = (
        "Of ", view(gross, COMPACT_MONEY), " avoided a year, ", view(net, COMPACT_MONEY),
        f" is left ({payer_name(payer)})",
    )  # fmt: skip
    rows = [(bar.name, text(Value(unit="GBP", number=bar.amount))) for bar in bars]
    return drawing(
        view, kind="waterfall", says=says, told=told, keys=keys, table=(("Step", "A year"), rows),
        what=f"From cost avoided to net saving: {payer_name(payer)}, in £ a year at full scale",
        plot=Steps(steps=bars, text=pounds),
    )  # fmt: skip


def _names(between: Iterable[Result]) -> list[str]:
    return [GROSS_TO_NET[registry.key(result.key).name] for result in between]


def gross_to_net(projection: Projection, payer: str) -> list[Result]:
    """Gross, each step that is taken off, and net; nothing where gross less the steps is not net."""
    get = projection.get
    for entity in projection.case.interventions:
        parts = [get(entity, name, payer).usable for name in (GROSS, *GROSS_TO_NET) if name != "total_overlap"]
        if any(parts) and not get(entity, NET, payer).usable:
            return []
    gross, net = (get(PORTFOLIO, name, payer) for name in (GROSS, NET))
    if not gross.usable or not net.usable:
        return []
    between = (get(PORTFOLIO, name, payer) for name in GROSS_TO_NET)
    return [gross, *(step for step in between if step.usable), net]


# --- what every picture has -----------------------------------------------------------------------------------------

KINDS: Mapping[str, Callable[[View, str], Drawing | str]] = {"cumulative": cumulative, "waterfall": waterfall}


def sources_said(case: Case, keys: Sequence[str]) -> str:
    """Where the numbers of a picture come from, and in which prices they are."""
    figures = [case.figures[key] for key in case.plan.behind(keys) if key in case.figures]
    cited = [figure.citation.source for figure in figures if figure.citation]
    sources = dict.fromkeys(f"{source.publisher}, {source.year}" for source in cited)
    assumed = sum(bool(figure.assumption) for figure in figures)
    counted = f"{assumed} assumption{'' if assumed == 1 else 's'}" if assumed else ""
    years = sorted({figure.year for figure in figures if figure.is_money and figure.number and figure.year})
    prices = f" Prices of {', '.join(years)}, as printed." if years else ""
    return f"Source: {'; '.join(filter(None, (*sources, counted)))}.{prices}"


def drawing(
    view: View, *, kind: str, says: Said, told: Said, what: str, keys: Sequence[str], plot: Lines | Steps | Bars,
    table: tuple[Sequence[str], Sequence[Sequence[str]]], mark: str = "", more: str = "", left_out: str = "",
) -> Drawing:  # fmt: skip
    """A drawing with all that a picture has: its titles, its place, its sources, and what is left out of it."""
    case = view.case
    place = f"{case.place}{f', {case.year}' if case.year else ''}"
    missing = f"{left_out[0].upper()}{left_out[1:]}." if left_out else ""
    picture = Picture(
        name=kind, says=sentence(says), what=f"{what} · {place}", told=sentence(told),
        source=" ".join(filter(None, (sources_said(case, keys), more, missing, _marked(says, told)))),
        plot=plot, headings=table[0], rows=table[1],
    )  # fmt: skip
    return Drawing(picture=picture, says=says, told=told, keys=tuple(keys), mark=mark, part="chart")


def _marked(*said: Said) -> str:
    """What the marks in the titles mean."""
    line = legend([Line(one) for one in said])
    return sentence(line.said) if line else ""


def pounds(value: float) -> str:
    """An amount beside an axis or a bar: £2.5m, £250,000; of a round number no more digits than it has."""
    size = abs(to_decimal(value))
    said = compact_money(value)
    if size >= _MILLION and (size / _HUNDREDTH) % 1 == 0:
        digits = grouped(size / _MILLION, 2).rstrip("0").rstrip(".")
        return f"{'−' if value < 0 else ''}£{digits}m"
    return said


def _key(entity: Entity, name: str, payer: str) -> str:
    return f"{entity.path}.{name}.{payer}"


def short_title(entity: Entity) -> str:
    return "Together" if entity.level == "case" else entity.title
