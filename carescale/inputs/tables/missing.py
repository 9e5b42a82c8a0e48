"""Numbers in tables: text into numbers, and the marks that stand for a missing one, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    import numpy
    import polars

# What publishers print where there is no number. None of them is zero. A table may say what its own marks mean.
MARKS: Mapping[str, str] = {
    "": "blank",
    "[c]": "suppressed, too few",
    "[x]": "not available",
    "[z]": "not applicable",
    "[u]": "too unreliable to publish",
    "[w]": "no data for this year",
    "..": "not available",
    "…": "not available",
    ".": "not applicable",
    "*": "suppressed",
    ":": "not available",
    "-": "not returned",
    "–": "not returned",
    "—": "not returned",
    "n/a": "not applicable",
    "na": "not applicable",
    "#n/a": "not available",
    "c": "suppressed",
    "x": "not available",
    "z": "not applicable",
}


class Numbers(Struct, frozen=True):
    """A column of numbers: `values` has NaN where one is missing, `reasons` counts why, `bad` is other text."""

    values: numpy.ndarray[Any, Any]
    reasons: Mapping[str, int]
    marks: Mapping[int, str]  # the reason by position, for the rows that have none
    bad: tuple[tuple[int, str], ...] = ()


def added(parts: Sequence[Numbers]) -> Numbers:
    """Columns added up; a sum is known only where all of its parts are."""
    if len(parts) == 1:
        return parts[0]
    marks = {position: reason for part in reversed(parts) for position, reason in part.marks.items()}
    values = sum(part.values for part in parts[1:]) + parts[0].values
    return Numbers(values, dict(Counter(marks.values())), marks, tuple(bad for part in parts for bad in part.bad))


def absent(numbers: Numbers, rows: polars.Series, reason: str) -> Numbers:
    """Numbers in which those of areas without a row are missing for that reason, and not because of a blank."""
    if not rows.null_count():
        return numbers
    marks = {**numbers.marks, **dict.fromkeys(rows.is_null().arg_true().to_list(), reason)}
    return Numbers(numbers.values, dict(Counter(marks.values())), marks, numbers.bad)


def not_negative(numbers: Numbers) -> Numbers:
    """Numbers as a publication prints them, of which one below zero (a correction of another year) is no amount."""
    import numpy

    negative = numpy.flatnonzero(numbers.values < 0)
    if not len(negative):
        return numbers
    values = numbers.values.copy()
    values[negative] = numpy.nan
    marks = {**numbers.marks, **dict.fromkeys(negative.tolist(), "printed below zero")}
    return Numbers(values, dict(Counter(marks.values())), marks, numbers.bad)


def extremes(values: Any) -> Iterator[int]:
    """The positions of the lowest and the highest value."""
    import numpy

    if not numpy.all(numpy.isnan(values)):
        yield from sorted({int(numpy.nanargmin(values)), int(numpy.nanargmax(values))})


# A number as printed: a sign or brackets, pounds, groups of three digits, a part.
_PRINTED = r"^[-−+]?\(?£?[-−+]?(?:\d+|\d{1,3}(?:[, \u00a0\u202f]\d{3})+)?(?:\.\d*)?\)?$"


def read_numbers(column: polars.Series, own: Mapping[str, str]) -> Numbers:
    """A column of text as numbers: 1,425 and £1,425 and (12) and 12.5; what is no number must be a known mark.

    A table's own marks come first: 9999 is no number where the table says so.
    """
    import numpy
    import polars

    marked = {mark.strip().casefold(): reason for mark, reason in own.items()}
    values = numpy.array(column.cast(polars.Float64, strict=False).to_numpy(), dtype=float)
    left = ~numpy.isfinite(values)
    if any(map(_may_be_a_number, marked)):
        left |= column.str.strip_chars().str.to_lowercase().is_in(list(marked)).fill_null(False).to_numpy()
    positions = numpy.flatnonzero(left)
    if not len(positions):
        return Numbers(values, {}, {})
    values[positions] = numpy.nan
    text, meanings = column.filter(polars.Series(left)).to_list(), {**MARKS, **marked}
    found = [
        (place, meanings.get((cell or "").strip().casefold()))
        for place, cell in zip(positions.tolist(), text, strict=True)
    ]
    marks = {place: meaning for place, meaning in found if meaning is not None}
    bad = tuple(_read_as_printed(values, column, [place for place, meaning in found if meaning is None]))
    return Numbers(values, dict(Counter(marks.values())), marks, bad)


def _may_be_a_number(mark: str) -> bool:
    """Whether a mark would be read as a number; one that would not is looked at only where no number is."""
    try:
        float(mark)
    except ValueError:
        return False
    return True


def _read_as_printed(values: Any, column: polars.Series, places: list[int]) -> Iterator[tuple[int, str]]:
    """Put numbers that are written as people print them into their places; what is no number is told."""
    if places:
        text = column.gather(places).str.strip_chars()
        numbers = _as_printed(text)
        values[places] = numbers.to_numpy()
        yield from ((places[at], text[at]) for at in numbers.is_null().arg_true())


def _as_printed(text: polars.Series) -> polars.Series:
    """Numbers written with groups of digits, pounds, a long minus or brackets; null for what is written otherwise."""
    import polars

    plain = text.set(~text.str.contains(_PRINTED), "")
    plain = plain.str.replace(r"^\((.*)\)$", "-$1").str.replace_all("[£,\\s]", "").str.replace("−", "-", literal=True)
    numbers = plain.cast(polars.Float64, strict=False)
    return numbers.set(~numbers.is_finite().fill_null(False), None)
