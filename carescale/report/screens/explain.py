"""The screen of `explain`: formula, numbers put in, result, and so down to figures with source, year and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from carescale.analysis.explain import Explanation
from carescale.analysis.projection import Projection, Result
from carescale.engine.model import Status
from carescale.engine.plan import Bound
from carescale.engine.registry import MONTH
from carescale.engine.words import in_words
from carescale.figures import Figure
from carescale.report.blocks import Block, Headline, Outline, Records, Said, Screen, legend, there
from carescale.report.formats import number, precise
from carescale.report.screens.records import figure_json
from carescale.report.view import View
from carescale.report.words import evidence_words, name_of, printed, title_of, unit_words

FORMAT = "carescale.explanation/1"
COLUMNS = ("depth", "key", "title", "value", "unit", "status", "formula", "origin")
_MONTHLY = "month by month"


Lines = Iterator[tuple[int, str]]  # depth and text


def explain_screen(projection: Projection, explanation: Explanation) -> Screen:
    """Everything that `explain` says."""
    return Screen(
        blocks=lambda: _blocks(projection, explanation),
        records=Records(COLUMNS, lambda: explanation_rows(projection, explanation)),
        document=lambda: {"format": FORMAT, "explanation": explanation_json(projection, explanation)},
    )


def _blocks(projection: Projection, explanation: Explanation) -> list[Block]:
    result = explanation.result
    value: Said = (_MONTHLY,) if _is_series(projection, explanation) else (View(projection)(result),)
    title = Headline((f"{name_of(projection.case, result.key)} = ", *value))
    return [title, Outline(tuple(_lines(projection, explanation, 0))), *there(legend([title]))]


def _lines(projection: Projection, explanation: Explanation, depth: int) -> Lines:
    """A quantity's formula, numbers and meaning, then what it rests on, each level set in."""
    bound, result = explanation.bound, explanation.result
    if bound is None:
        yield from ((depth + extra, text) for extra, text in _figure_lines(explanation))
        return
    value = _MONTHLY if _is_series(projection, explanation) else _value(projection, result)
    yield depth, f"{result.key} = {value}"
    if explanation.repeated or explanation.cut:
        yield depth + 1, "explained above" if explanation.repeated else "not shown at this depth"
        return
    yield depth + 1, bound.formula.doc + (f" From {explanation.citation}." if explanation.citation else "")
    yield depth + 1, f"= {formula_words(projection, bound)}"
    if numbers := formula_numbers(projection, bound):
        yield depth + 1, f"= {numbers}"
    if result.state.because:
        left = "leaves out" if result.usable else "not known for want of"
        yield depth + 1, f"{left}: {', '.join(result.state.because)}"
    for inner in explanation.inputs:
        yield from _lines(projection, inner, depth + 1)


def _figure_lines(explanation: Explanation) -> Lines:
    figure, key = explanation.figure, explanation.result.key
    if figure and explanation.repeated:
        yield 0, f"{key}: given above"
        return
    if figure is None:
        applies = explanation.result.state.status != Status.NOT_APPLICABLE
        yield 0, f"{key}: {'no figure is given' if applies else 'does not apply here'}"
        return
    if figure.number is None:
        yield 0, f"{key}: not known, {figure.unknown} [{figure.position}]"
        return
    said, unit = printed(figure), unit_words(figure.unit)
    yield 0, f"{key} = {said}" + ("" if said.endswith(unit) else f" ({unit})")
    yield from ((1, text) for text in about_figure(figure))


def about_figure(figure: Figure) -> Iterator[str]:
    """Where a given number is from, and everything else that its file says of it."""
    detail = figure.detail
    yield f"{figure.origin}{_of_year(figure)} [{figure.position}]"
    if figure.number and not figure.number.is_exact and not figure.assumption and not detail.solve:
        how = "as it is hedged" if figure.number.hedge else "known to its last printed digit"
        yield f"{how}: {figure.number.reach}"
    if detail.low and detail.high:
        source = f", {detail.range_citation}" if detail.range_citation else ""
        yield f"range {detail.low.text} to {detail.high.text}{source}"
    if detail.solve:
        yield f"solved so that {detail.solve.quantity} is {detail.solve.target.text}"
    evidence = evidence_words(detail.evidence) if detail.evidence else ""
    for label, text in (("evidence", evidence), ("replaces", detail.replaces), ("already deducted", detail.deducted)):
        if text:
            yield f"{label}: {text}"
    if detail.note:
        yield detail.note
    if detail.doubt:
        yield f"contradicted: {detail.doubt.says} ({detail.doubt.citation})"


def _of_year(figure: Figure) -> str:
    if figure.assumption or not figure.year:
        return ""
    return f"; {'prices' if figure.unit.startswith('GBP') else 'figure'} of {figure.year}"


def _value(projection: Projection, result: Result) -> str:
    if result.beyond_horizon:
        return f"beyond month {projection.case.horizon}"
    if result.state.status == Status.NOT_APPLICABLE:
        return "nothing"
    return precise(result.value or 0, result.unit) if result.usable else "not known"


def _is_series(projection: Projection, explanation: Explanation) -> bool:
    return projection.is_monthly(explanation.result.key)


def formula_words(projection: Projection, bound: Bound) -> str:
    """The formula in words."""
    return in_words(bound.told, lambda key: "the month" if key == MONTH else _title(projection, key))


def _title(projection: Projection, key: str) -> str:
    title = projection.title(key)
    return title if title.startswith("NHS") else title[0].lower() + title[1:]


def formula_numbers(projection: Projection, bound: Bound) -> str:
    """The formula with numbers put in; "" where some of them are series of months."""
    if MONTH in bound.formula.arguments or any(projection.is_monthly(key) for key in bound.inputs):
        return ""

    def leaf(key: str) -> str:
        return _value(projection, projection[key])

    return in_words(bound.told, leaf, lambda keys: f"({' + '.join(map(leaf, keys))})")


def explanation_json(projection: Projection, explanation: Explanation) -> dict[str, Any]:
    """The explanation as data, with its sources."""
    result = explanation.result
    entry: dict[str, Any] = {
        "key": result.key,
        "title": title_of(projection.case, result.key),
        "value": number(result.value),
        "unit": result.unit,
        "status": result.status,
    }
    if explanation.bound:
        entry |= {
            "formula": formula_words(projection, explanation.bound),
            "numbers": formula_numbers(projection, explanation.bound),
            "meaning": explanation.bound.formula.doc,
            **({"from": str(explanation.citation)} if explanation.citation else {}),
            "inputs": [explanation_json(projection, inner) for inner in explanation.inputs],
        }
    elif explanation.figure:
        entry |= {"figure": figure_json(explanation.figure)}
    return entry


def explanation_rows(projection: Projection, explanation: Explanation, depth: int = 0) -> Iterator[Sequence[Any]]:
    """One row for each quantity and figure on the way down, with its depth."""
    result, figure = explanation.result, explanation.figure
    how = formula_words(projection, explanation.bound) if explanation.bound else ""
    where = f"{figure.origin or figure.unknown} [{figure.position}]" if figure else ""
    title = title_of(projection.case, result.key)
    yield depth, result.key, title, number(result.value), unit_words(result.unit), result.status, how, where
    for inner in explanation.inputs:
        yield from explanation_rows(projection, inner, depth + 1)
