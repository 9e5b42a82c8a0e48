"""The screen of `compare`, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Any

from carescale.analysis.compare import Compared
from carescale.report.blocks import Block, Headline, Line, Row, table
from carescale.report.rows import number
from carescale.report.values import NOTHING, Shower, name_of, unit_words

_HEADING = 14  # letters of a column's heading before it goes on below


def compare_screen(compared: Compared) -> list[Block]:
    """What differs going in and coming out, a column a case."""
    showers = [Shower(projection) for projection in compared.projections]
    coming = [
        Row(
            (
                _name(compared, key),
                *(show(value) if value else NOTHING for show, value in zip(showers, values, strict=True)),
            )
        )
        for key, values in compared.results
    ]
    going = [Row((_name(compared, key), *(value or NOTHING for value in values))) for key, values in compared.given]
    marks = set().union(*(show.marks for show in showers))
    showers[0].marks |= marks
    headings = [fill(name, _HEADING) for name in compared.names]
    blocks: list[Block | None] = [
        Headline(" beside ".join(compared.names)),
        table("", ("Coming out", *headings), coming),
        table("", ("Going in", *headings), going),
        Line(showers[0].legend()) if marks else None,
    ]
    found = [block for block in blocks if block]
    return found if coming or going else [*found, Line("nothing differs")]


def _name(compared: Compared, key: str) -> str:
    """A key in the words of the first case that has it."""
    case = next((p.case for p in compared.projections if _has(p.case, key)), compared.projections[0].case)
    return name_of(case, key) if not _is_choice(case, key) else key.replace("_", " ").replace(".", ": ")


def _has(case: Any, key: str) -> bool:
    try:
        case.plan.need(key)
    except KeyError:
        return False
    return True


def _is_choice(case: Any, key: str) -> bool:
    return key in case.model.choices or not _has(case, key)


def compare_rows(compared: Compared) -> Iterator[Sequence[Any]]:
    """One row for each difference and case: what, which way, which case, value, unit, status."""
    for key, texts in compared.given:
        for name, text in zip(compared.names, texts, strict=True):
            yield "in", key, name, text, "", "given" if text else "not given"
    for key, results in compared.results:
        for name, result in zip(compared.names, results, strict=True):
            if result is None:
                yield "out", key, name, None, "", "not applicable"
            else:
                yield "out", key, name, number(result.value), unit_words(result.unit), result.status


COLUMNS = ("direction", "key", "case", "value", "unit", "status")
