"""One price base: money figures put into the prices of one year, where that is asked for, and never silently.

Rebased figures no longer reproduce what was printed, so each says what it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import Field

from carescale.case import Case
from carescale.figures import Citation, Detail, Figure
from carescale.formulas.appraisal import financial_year_index, rebased
from carescale.inputs.document import Document
from carescale.inputs.library import read_shipped, shipped, sources_of
from carescale.inputs.origins import default_citation
from carescale.inputs.printed import read_plain
from carescale.inputs.reading import read_document
from carescale.inputs.schema import Entry, SourceEntry, Text, check_shape
from carescale.numbers import Printed, money, to_decimal
from carescale.problems import Position, Problem, Problems, did_you_mean

_YEAR = re.compile(r"\d{4}")
_FINANCIAL_YEAR = re.compile(r"\d{4}[/–-]\d{2}(\d{2})?")


class ForecastEntry(Entry):
    """From which year on an index is a forecast, and whose."""

    what = "a forecast"
    start: Text = Field(alias="from")
    says: Text


class DeflatorFile(Entry):
    """An index of prices by year."""

    what = "a deflator file"
    method: Text
    source: Text
    year: Text
    sources: dict[str, SourceEntry] = Field({})
    index: dict[str, Text] = Field({})
    financial: dict[str, Text] = Field({})
    forecast: ForecastEntry | None = None


class Deflator(Struct, frozen=True):
    """An index of prices by calendar year, and where it comes from; `financial` has what is given by financial year,
    under its first calendar year. From the year `forecast_from` on it is a forecast, as `forecast` says.
    """

    title: str
    file: str
    citation: Citation | None
    index: Mapping[int, Decimal]
    financial: Mapping[int, Decimal] = field(default_factory=dict)
    forecast_from: int = 9999
    forecast: str = ""

    def at(self, year: str) -> Decimal | None:
        """The index of a calendar year, 2015, or of a financial year, 2015/16; None where it has none."""
        first = first_year(year)
        if first is None or not is_financial(year):
            return self.index.get(first) if first else None
        if first in self.financial:
            return self.financial[first]
        if first in self.index and first + 1 in self.index:
            index: Decimal = financial_year_index(self.index[first], self.index[first + 1])
            return index
        return self.index.get(first)

    def covers(self, year: str) -> bool:
        """Whether it has the whole of a financial year, all twelve months."""
        first = first_year(year) or 0
        return first in self.financial or (first in self.index and first + 1 in self.index)

    def is_forecast(self, year: str) -> bool:
        """Whether the index of a year rests on a forecast."""
        first = first_year(year) or 0
        return first + is_financial(year) >= self.forecast_from


def read_deflator(path: Path | None = None) -> Deflator:
    """The deflator in a file, or the one that ships. Raises Problems."""
    document = read_document(path) if path else read_shipped(shipped("scenarios") / "method" / "gdp-deflator.yaml")
    shape = check_shape(document, DeflatorFile)
    citation = default_citation(document, shape.source, sources_of(shape.sources))
    index = dict(_entry(document, "index", key, text) for key, text in shape.index.items())
    financial = dict(_entry(document, "financial", key, text) for key, text in shape.financial.items())
    document.problems.stop()
    start = int(shape.forecast.start) if shape.forecast else 9999
    says = shape.forecast.says if shape.forecast else ""
    return Deflator(shape.method, document.name, citation, index, financial, start, says)


def _entry(document: Document, block: str, key: str, text: str) -> tuple[int, Decimal]:
    node, _ = document.find((block, key))
    number = read_plain(document, text, node)
    written = _YEAR if block == "index" else _FINANCIAL_YEAR
    if not written.fullmatch(key) or (number is not None and number.value <= 0):
        such = "`2024: 100`" if block == "index" else "`2024/25: 100`"
        document.problem("wrong-kind", "an index has a year and a number above zero", node, f"such as {such}")
        return 0, Decimal(1)
    return first_year(key) or 0, number.value if number else Decimal(1)


def first_year(text: str) -> int | None:
    """The calendar year of a price base, or the first of a financial year, 2015/16."""
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def is_financial(text: str) -> bool:
    """Whether a price base is a financial year, from April to March."""
    return _FINANCIAL_YEAR.search(text) is not None


def in_prices_of(case: Case, base: str, deflator: Deflator) -> Case:
    """The case with every money figure that has a year in the prices of one. Raises Problems for a year unknown."""
    if deflator.at(base) is None:
        raise Problems([_no_index(base, deflator, Position("--prices"))])
    money_figures = {key: figure for key, figure in case.figures.items() if _has_prices(figure)}
    problems = [
        _no_index(figure.year, deflator, figure.position)
        for figure in money_figures.values()
        if deflator.at(figure.year) is None
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


def _rebase(figure: Figure, base: str, deflator: Deflator) -> Figure:
    then, now = deflator.at(figure.year), deflator.at(base)
    assert figure.number is not None
    assert then is not None
    assert now is not None
    was = f"{figure.number.text} in prices of {figure.year}, put into those of {base} by the GDP deflator"
    start = deflator.at(_prices_of_range(figure)) or then
    low, high = (_scaled(end, start, now) if end else None for end in (figure.detail.low, figure.detail.high))
    note = f"{was}; {figure.detail.note}" if figure.detail.note else was
    detail: Detail = replace(figure.detail, low=low, high=high, note=note)
    return replace(figure, number=_scaled(figure.number, then, now), year=base, detail=detail)


def _prices_of_range(figure: Figure) -> str:
    """A range from a source of its own is in the prices of that source's year, so the value may come to lie outside."""
    cited = figure.detail.range_citation
    return cited.source.year if cited else figure.year


def _scaled(number: Printed, then: Decimal, base: Decimal) -> Printed:
    value = to_decimal(rebased(number.value, then, base))
    return Printed(value, Decimal(0), money(value), "£")
