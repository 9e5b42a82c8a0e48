"""What stands beside draws: what made them, where in its range a given value lies, and what a range was read as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carescale.analysis.uncertain import Uncertain
from carescale.case import Case
from carescale.report.formats import written
from carescale.report.words import name_of
from carescale.uncertainty.points import Design
from carescale.uncertainty.shapes import Lies


def how(made: Design, digest: str = "") -> str:
    """What made these draws, so that they can be made again."""
    from importlib.metadata import version

    inputs = f", inputs {digest}" if digest else ""
    return f"{made.draws:,} draws, seed {made.seed}, carescale {version('carescale')}{inputs}"


def lies_of(case: Case, one: Uncertain, end: str = "") -> Iterator[tuple[str, str]]:
    """Where the value given is an end of its range, or off its middle."""
    given = one.figure.number.text if one.figure.number else ""
    middle, name, lies = written(one.shape.median, one.figure.unit), name_of(case, one.key), one.shape.lies
    if lies in (Lies.LOW_END, Lies.HIGH_END):
        end = end or ("high" if lies == Lies.HIGH_END else "low")
        yield "Given end", f"{given} is the {end} end of its range, median {middle}: {name}"
    elif lies == Lies.OFF:
        yield "Off middle", f"{given} lies off the middle of its range, whose sides have a width each: {name}"


def reading_of(case: Case, figures: Iterable[Uncertain]) -> Iterator[tuple[str, str]]:
    """Ranges that do not say what they cover."""
    names = "; ".join(name_of(case, one.key) for one in figures if not one.figure.detail.covers)
    if names:
        yield "Read as", f"80%, as two studies, since it is not said what is covered: {names}"
