"""The screen of `solve`: from which value of a figure on a quantity reaches its target, and the case on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from carescale.analysis.projection import Result
from carescale.analysis.switching import MOST_RANGES, Range, Solution, Try
from carescale.numbers import grouped, to_decimal
from carescale.report import blocks
from carescale.report.blocks import (
    NOT_KNOWN,
    NOTHING,
    Block,
    Cell,
    Column,
    Headline,
    Line,
    Records,
    Row,
    Screen,
    Table,
    Value,
)
from carescale.report.formats import number, text, written
from carescale.report.screens import notes
from carescale.report.screens.headline import subtitle
from carescale.report.view import View
from carescale.report.words import amount, limit, name_of, title_of, unit_words

FORMAT = "carescale.switching-value/1"
COLUMNS = (
    "place", "scenario", "quantity", "condition", "target", "unit", "figure", "figure_unit", "answer", "from", "to",
    "exactly", "figure_today", "quantity_today", "nearest_figure", "nearest_quantity", "why",
)  # fmt: skip


def solve_screen(solution: Solution) -> Screen:
    """Everything that `solve` says: the answer, why, and the quantity beside the switching value and today."""
    return Screen(
        blocks=lambda: _everything(solution),
        first=lambda: _first(solution),
        records=Records(COLUMNS, lambda: solve_rows(solution)),
        document=lambda: solve_json(solution),
    )


def _everything(solution: Solution) -> list[Block]:
    case, answer = solution.projection.case, _answered(solution)
    items = [*_warnings(solution), *notes.note_items(case, [solution.quantity.key])]
    careful, sources = (
        blocks.notes("Read with care", items, "notes"),
        notes.sources_block(case, [solution.quantity.key]),
    )
    return [*answer, *blocks.there(blocks.legend(answer), careful, sources)]


def _first(solution: Solution) -> list[Block]:
    """The answer, what makes it another, and where the rest is."""
    everything, answer = _everything(solution), _answered(solution)
    careful = blocks.notes("Read with care", _warnings(solution))
    return [*answer, *blocks.there(blocks.legend(answer), careful, notes.more(everything))]


def _answered(solution: Solution) -> list[Block]:
    about = Line((f"{_reason(solution)}\n", *subtitle(solution.projection.case).said))
    return [Headline((_answer(solution),)), about, *blocks.there(_tried(solution))]


def _warnings(solution: Solution) -> Iterator[tuple[str, str]]:
    yield from _too_many(solution)
    yield from _solved_again(solution)


def _answer(solution: Solution) -> str:
    figure = name_of(solution.projection.case, solution.figure)
    match solution.status:
        case "found":
            return f"{figure} → {_ranges(solution)}"
        case "any value":
            return f"{figure} → any value does"
        case "no value":
            return f"{figure} → no value does"
    return f"{figure} → it does not matter here"


def _reason(solution: Solution) -> str:
    case = solution.projection.case
    quantity, wanted = name_of(case, solution.quantity.key), _wanted(solution)
    match solution.status:
        case "found":
            return f"so that {quantity} is {wanted}{_exactly(solution)}"
        case "any value":
            return f"{quantity} is {wanted} whatever it is"
        case "no value":
            return f"{quantity} is never {wanted}; {_why(solution)}"
    today = text(View(solution.projection)(solution.quantity))
    return f"{quantity} does not depend on it: {today} today, and {wanted} was asked for"


def _wanted(solution: Solution) -> str:
    title = title_of(solution.projection.case, solution.quantity.key)
    return limit(float(solution.target.value), solution.quantity.unit, title, at_most=solution.at_most)


def _ranges(solution: Solution) -> str:
    shown = [_range(solution, found) for found in solution.ranges[:MOST_RANGES]]
    return "; or ".join(shown) + ("; and others" if len(solution.ranges) > MOST_RANGES else "")


def _range(solution: Solution, found: Range) -> str:
    title, unit = solution.kind.title, solution.kind.unit
    if found.first is not None and found.last is not None:
        return f"from {written(found.first, unit)} to {amount(found.last, unit)}"
    if found.first is not None:
        return limit(found.first, unit, title, at_most=False)
    assert found.last is not None
    return limit(found.last, unit, title, at_most=True)


def _exactly(solution: Solution) -> str:
    """Where the target is met exactly, if that is between two whole values."""
    exactly = solution.ranges[0].exactly
    if exactly is None or solution.kind.unit.startswith("GBP") or not solution.kind.unit or "/" in solution.kind.unit:
        return ""
    exact = to_decimal(exactly)
    return "" if exact == exact.to_integral_value() else f" (exactly that at {grouped(exact, 1)})"


def _why(solution: Solution) -> str:
    if solution.nearest is None:
        return solution.why
    value, unit = solution.nearest.value, solution.kind.unit
    reached = written(solution.nearest.result.value or 0, solution.quantity.unit)
    return f"the nearest is {reached} at {amount(value, unit)}: {solution.why}"


def _heading(solution: Solution, key: str) -> str:
    unit = solution.kind.unit if key == solution.figure else solution.quantity.unit
    said = f"\n({unit_words(unit)})" if "/" in unit else ""
    return f"{title_of(solution.projection.case, key)}{said}"


def _tried(solution: Solution) -> Table | None:
    """Today and what was tried, by the value of the figure; today first where that is not known."""
    view = View(solution.projection)
    lines = [(tried.value, _label(solution, tried), tried.result) for tried in solution.tries]
    if nearest := solution.nearest:
        lines.append((nearest.value, "Nearest", nearest.result))
    rows = [(value, Row((label, _given(solution, value), view(result)))) for value, label, result in lines]
    today = solution.today if solution.today is not None else float("-inf")
    rows.append((today, Row(("Today", _given(solution, solution.today), view(solution.quantity)))))
    headings = (_heading(solution, solution.figure), _heading(solution, solution.quantity.key))
    shown = [Column("", "words"), *map(Column, headings)]
    return blocks.table(shown, [found for _, found in sorted(rows, key=lambda pair: pair[0])])


def _given(solution: Solution, value: float | None) -> Cell:
    """A value of the figure."""
    absent = NOTHING if solution.kind.optional else NOT_KNOWN
    return Value(unit=solution.kind.unit, number=value, absent="" if value is not None else absent)


def _label(solution: Solution, tried: Try) -> str:
    return "Reached" if solution.reaches(tried.result) else "Not reached"


def _solved_again(solution: Solution) -> Iterator[tuple[str, str]]:
    if solution.solved_again:
        names = "; ".join(name_of(solution.projection.case, key) for key in solution.solved_again)
        yield "Solved again", f"{names}: follows from a published result, and so anew from each value tried"


def _too_many(solution: Solution) -> Iterator[tuple[str, str]]:
    """That the answer is a plan for more people than there are, as `project` says it."""
    if solution.reached:
        yield from notes.too_many(solution.reached)


def _condition(solution: Solution) -> str:
    return "at most" if solution.at_most else "at least"


def solve_json(solution: Solution) -> dict[str, Any]:
    """The solution as data."""
    case = solution.projection.case
    tried = [{"figure": number(tried.value), "quantity": _value(tried.result)} for tried in solution.tries]
    nearest = solution.nearest
    return {
        "format": FORMAT,
        "place": case.place,
        "scenario": case.scenario.name,
        "quantity": {"key": solution.quantity.key, "unit": solution.quantity.unit, "today": _value(solution.quantity)},
        "figure": {"key": solution.figure, "unit": solution.kind.unit, "today": number(solution.today)},
        "target": {"condition": _condition(solution), "value": number(float(solution.target.value))},
        "answer": solution.status,
        "ranges": [
            {"from": number(found.first), "to": number(found.last), "exactly": number(found.exactly)}
            for found in solution.ranges
        ],
        "tried": tried,
        "nearest": {"figure": number(nearest.value), "quantity": _value(nearest.result)} if nearest else None,
        "why": solution.why or None,
        "solved_again": list(solution.solved_again),
    }


def _value(result: Result) -> dict[str, Any]:
    return {"value": number(result.value), "status": result.status}


def solve_rows(solution: Solution) -> list[Sequence[Any]]:
    """One row for each range of values that do; one without a range where none does, or all do."""
    case, nearest = solution.projection.case, solution.nearest
    asked = (
        case.place, case.scenario.name, solution.quantity.key, _condition(solution),
        number(float(solution.target.value)), unit_words(solution.quantity.unit), solution.figure,
        unit_words(solution.kind.unit), solution.status,
    )  # fmt: skip
    today = (number(solution.today), number(solution.quantity.value))
    near = (number(nearest.value), number(nearest.result.value)) if nearest else (None, None)
    ranges = solution.ranges or (Range(None, None, None),)
    ends = [(number(found.first), number(found.last), number(found.exactly)) for found in ranges]
    return [(*asked, *end, *today, *near, solution.why) for end in ends]
