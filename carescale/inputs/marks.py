"""Numbers in tables: text into numbers, and the marks that stand for a missing one, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
    "c": "suppressed",
    "x": "not available",
    "z": "not applicable",
}


@dataclass(frozen=True)
class Numbers:
    """A column of numbers: `values` has NaN where one is missing, `reasons` counts why, `bad` is other text."""

    values: numpy.ndarray[Any, Any]
    reasons: Mapping[str, int]
    marks: Mapping[int, str]  # the reason by position, for the rows that have none
    bad: tuple[tuple[int, str], ...] = ()


def read_numbers(column: polars.Series, own: Mapping[str, str]) -> Numbers:
    """A column of text as numbers: 1,425 and £1,425 and (12) and 12.5; what is no number must be a known mark."""
    import numpy
    import polars

    numbers = column.cast(polars.Float64, strict=False)
    left = numbers.is_null()
    if not left.any():
        return Numbers(numbers.to_numpy(), {}, {})
    positions = left.arg_true()
    text = column.gather(positions).fill_null("").str.strip_chars()
    tidy = text.str.replace_all(r"^\((.*)\)$", "-$1").str.replace_all("[£,  ]", "").str.replace("−", "-")
    again = tidy.cast(polars.Float64, strict=False)
    values = numpy.array(numbers.fill_null(numpy.nan).to_numpy(), dtype=float)
    values[positions.to_numpy()] = again.fill_null(numpy.nan).to_numpy()
    meanings = {**MARKS, **{mark.casefold(): reason for mark, reason in own.items()}}
    unread = [(position, mark) for position, mark, value in zip(positions, text, again, strict=True) if value is None]
    marks = {position: meanings[mark.casefold()] for position, mark in unread if mark.casefold() in meanings}
    reasons: dict[str, int] = {}
    for reason in marks.values():
        reasons[reason] = reasons.get(reason, 0) + 1
    bad = tuple((position, mark) for position, mark in unread if position not in marks)
    return Numbers(values, reasons, marks, bad)
