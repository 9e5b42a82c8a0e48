"""What a careful reader needs beside a number: the figures it rests on, and what is weak about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from carescale.engine.plan import Plan
from carescale.figures import Figure
from carescale.inputs.case import Case


def figures_behind(plan: Plan, key: str) -> tuple[str, ...]:
    """The keys of all figures that a quantity rests on, given or missing, in the order they are met."""
    seen: dict[str, None] = {}
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in seen:
            return
        seen[name] = None
        plan.need(name)
        bound = plan.bound.get(name)
        if bound is None:
            if name in plan.model.figures or name not in plan.bound:
                found[name] = None
            return
        for inputs in bound.inputs.values():
            for inner in inputs:
                visit(inner)

    visit(key)
    return tuple(found)


@dataclass(frozen=True)
class Weakness:
    """What is weak about a result, as flags: each has a mark on the screen and a note below it."""

    contradicted: bool = False
    calibrated: bool = False
    unverified: bool = False


def weakness(case: Case, key: str) -> Weakness:
    """The weaknesses of the figures that a quantity rests on."""
    figures = [case.figures[name] for name in figures_behind(case.plan, key) if name in case.figures]
    return Weakness(
        any(figure.detail.doubt for figure in figures),
        any(figure.detail.solve for figure in figures),
        any(figure.citation and figure.citation.source.unverified for figure in figures),
    )


@dataclass(frozen=True)
class Note:
    """One thing to know: its kind, what it is about (keys of figures), and what there is to say."""

    kind: str
    keys: tuple[str, ...]
    text: str


def notes(case: Case, results: Iterable[str]) -> list[Note]:
    """Everything to know about the figures behind these results, gravest first."""
    keys = tuple(dict.fromkeys(name for key in results for name in figures_behind(case.plan, key)))
    figures = [case.figures[key] for key in keys if key in case.figures]
    return [
        *_contradicted(figures),
        *_calibrated(figures),
        *_unverified(figures),
        *_unknown(case, keys),
        *_ranges(figures),
        *_price_bases(figures),
        *_assumed(figures),
        *_limits(case),
    ]


def _together(kind: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Note]:
    """One note for all the figures of which the same is said."""
    texts: dict[str, list[str]] = {}
    for key, text in pairs:
        texts.setdefault(text, []).append(key)
    yield from (Note(kind, tuple(keys), text) for text, keys in texts.items())


def _contradicted(figures: list[Figure]) -> Iterator[Note]:
    doubted = [(figure.name, figure.detail.doubt) for figure in figures if figure.detail.doubt]
    yield from _together("contradicted", ((name, f"{doubt.says} ({doubt.citation})") for name, doubt in doubted))


def _calibrated(figures: list[Figure]) -> Iterator[Note]:
    for figure in figures:
        if solve := figure.detail.solve:
            text = f"solved so that {solve.quantity} is {solve.target.text}: no evidence for that number"
            yield Note("calibrated", (figure.name,), text)


def _unverified(figures: list[Figure]) -> Iterator[Note]:
    cited = [(figure, citation) for figure in figures for citation in (figure.citation, figure.detail.range_citation)]
    pairs = [(f.name, f"{c.source}: {c.source.unverified}") for f, c in cited if c and c.source.unverified]
    yield from _together("unverified", dict.fromkeys(pairs))


def _unknown(case: Case, keys: Iterable[str]) -> Iterator[Note]:
    def reason(key: str) -> str:
        figure = case.figures.get(key)
        return figure.unknown if figure else "no figure is given"

    missing = [key for key in keys if case.plan.need(key).status == "unknown"]
    yield from _together("not known", ((key, reason(key)) for key in missing))


def _ranges(figures: list[Figure]) -> Iterator[Note]:
    for figure in figures:
        low, high = figure.detail.low, figure.detail.high
        if low and high:
            source = figure.detail.range_citation or figure.citation
            text = f"{low.text} to {high.text} ({source.source.key if source else 'assumed'})"
            yield Note("range", (figure.name,), text)


def _price_bases(figures: list[Figure]) -> Iterator[Note]:
    money = [figure for figure in figures if figure.unit.startswith("GBP") and figure.number and figure.year]
    years = sorted({figure.year for figure in money if not figure.assumption})
    if len(years) > 1:
        yield Note("prices", (), f"money of {', '.join(years)} is added as printed, in the prices of its year")


def _assumed(figures: list[Figure]) -> Iterator[Note]:
    yield from _together("assumed", ((figure.name, figure.assumption) for figure in figures if figure.assumption))


def _limits(case: Case) -> Iterator[Note]:
    for path, text in case.limits.items():
        if path in {entity.path for entity in case.interventions}:
            yield Note("limit", (path,), text)
