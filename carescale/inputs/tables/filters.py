"""Filters: which rows of a table are wanted, by a word, one of several, or a comparison such as `over 1,000`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carescale.inputs.tables.missing import read_numbers
from carescale.numbers import NotANumber, read_number

if TYPE_CHECKING:
    import polars

_COMPARED = re.compile(r"(>=|<=|>|<|over|under|at least|at most)\s*([£\d−-].*)")
_SIGNS = {"over": ">", "under": "<", "at least": ">=", "at most": "<="}


def matches(column: polars.Series, wanted: tuple[str, ...]) -> polars.Series:
    """Which rows have one of the words, whatever their case, or fulfil a comparison. Raises NotANumber."""
    words = {" ".join(word.split()).casefold() for word in wanted if not is_comparison(word)}
    text = column.fill_null("").str.strip_chars().str.to_lowercase()
    found = text.is_in(list(words)).fill_null(False)
    for word in wanted:
        if is_comparison(word):
            found = found | _compared(column, word)
    return found


def is_comparison(word: str) -> bool:
    """Whether a wanted value is a comparison."""
    return _COMPARED.fullmatch(word.strip()) is not None


def _compared(column: polars.Series, word: str) -> polars.Series:
    import operator

    import polars

    found = _COMPARED.fullmatch(word.strip())
    if found is None:
        raise NotANumber(f"{word} is no comparison")
    sign, number = _SIGNS.get(found[1], found[1]), float(read_number(found[2]).value)
    values = polars.Series(read_numbers(column, {}).values).fill_nan(None)
    compare = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le}[sign]
    result: polars.Series = compare(values, number)
    return result.fill_null(False)


def worded(heading: str, wanted: tuple[str, ...]) -> str:
    """A filter as a person reads it: `region North West or North East`."""
    return f"{heading} {' or '.join(wanted)}"
