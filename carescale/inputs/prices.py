"""One price base: money figures put into the prices of one year, where that is asked for, and never silently.

Rebased figures no longer reproduce what was printed, so each says what it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from pydantic import Field

from carescale.case import Case
from carescale.figures import Citation, Detail, Figure
from carescale.formulas.appraisal import rebased
from carescale.inputs.citations import default_citation
from carescale.inputs.document import Document
from carescale.inputs.library import read_shipped, shipped, sources_of
from carescale.inputs.printed import read_plain
from carescale.inputs.reading import read_document
from carescale.inputs.schema import Entry, SourceEntry, Text, check_shape
from carescale.numbers import Printed, money, to_decimal
from carescale.problems import Position, Problem, Problems, did_you_mean

_YEAR = re.compile(r"\d{4}")


class DeflatorFile(Entry):
    """An index of prices by year."""

    what = "a deflator file"
    method: Text
    source: Text
    year: Text
    sources: dict[str, SourceEntry] = Field({})
    index: dict[str, Text] = Field({})


@dataclass(frozen=True)
class Deflator:
    """An index of prices by calendar year, and where it comes from."""

    title: str
    file: str
    citation: Citation | None
    index: Mapping[int, Decimal]


def read_deflator(path: Path | None = None) -> Deflator:
    """The deflator in a file, or the one that ships. Raises Problems."""
    document = read_document(path) if path else read_shipped(shipped("scenarios") / "method" / "gdp-deflator.yaml")
    shape = check_shape(document, DeflatorFile)
    citation = default_citation(document, shape.source, sources_of(shape.sources))
    index = dict(_entry(document, key, text) for key, text in shape.index.items())
    document.problems.stop()
    return Deflator(shape.method, document.name, citation, index)


def _entry(document: Document, key: str, text: str) -> tuple[int, Decimal]:
    node, _ = document.find(("index", key))
    number = read_plain(document, text, node)
    if not _YEAR.fullmatch(key) or (number is not None and number.value <= 0):
        document.problem("wrong-kind", "an index has a year and a number above zero", node, "such as `2024: 100`")
        return 0, Decimal(1)
    return int(key), number.value if number else Decimal(1)


def first_year(text: str) -> int | None:
    """The calendar year of a price base: a financial year, 2015/16, has the prices of its first one."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def in_prices_of(case: Case, base: int, deflator: Deflator) -> Case:
    """The case with every money figure that has a year in the prices of one. Raises Problems for a year unknown."""
    if base not in deflator.index:
        raise Problems([_no_index(str(base), deflator, Position("--prices"))])
    money_figures = {key: figure for key, figure in case.figures.items() if _has_prices(figure)}
    problems = [
        _no_index(figure.year, deflator, figure.position)
        for figure in money_figures.values()
        if first_year(figure.year) not in deflator.index
    ]
    if problems:
        raise Problems(problems)
    return case.with_figures({key: _rebase(figure, base, deflator) for key, figure in money_figures.items()})


def without_prices(case: Case) -> tuple[str, ...]:
    """Money figures that cannot be rebased, since they have no year: they are taken to be in the base's prices."""
    return tuple(key for key, figure in case.figures.items() if figure.is_money and figure.number and not figure.year)


def _has_prices(figure: Figure) -> bool:
    return figure.is_money and figure.number is not None and bool(figure.year)


def _no_index(year: str, deflator: Deflator, place: Position) -> Problem:
    hint = did_you_mean(year, [str(known) for known in deflator.index], "It has")
    return Problem("unknown-name", f"{deflator.title} ({deflator.file}) has no number for {year}", place, hint)


def _rebase(figure: Figure, base: int, deflator: Deflator) -> Figure:
    then = first_year(figure.year)
    assert figure.number is not None
    assert then is not None
    indices = deflator.index[then], deflator.index[base]
    was = f"{figure.number.text} in prices of {figure.year}, put into those of {base} by the GDP deflator"
    ends = _indices_of_range(figure, base, deflator) or indices
    low, high = (_scaled(end, *ends) if end else None for end in (figure.detail.low, figure.detail.high))
    note = f"{was}; {figure.detail.note}" if figure.detail.note else was
    detail: Detail = replace(figure.detail, low=low, high=high, note=note)
    return replace(figure, number=_scaled(figure.number, *indices), year=str(base), detail=detail)


def _indices_of_range(figure: Figure, base: int, deflator: Deflator) -> tuple[Decimal, Decimal] | None:
    """A range from a source of its own is in the prices of that source's year, so the value may come to lie outside."""
    cited = figure.detail.range_citation
    year = first_year(cited.source.year) if cited else None
    known = year is not None and year in deflator.index
    return (deflator.index[year], deflator.index[base]) if known and year is not None else None


def _scaled(number: Printed, then: Decimal, base: Decimal) -> Printed:
    value = to_decimal(rebased(number.value, then, base))
    return Printed(value, Decimal(0), money(value), "£")
