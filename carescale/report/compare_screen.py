"""The screen of `compare`, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Any

from carescale.analysis.compare import Compared
from carescale.analysis.projection import Result
from carescale.case import Case
from carescale.formulas.vocabulary import CHOICES, GROUPS
from carescale.report.blocks import Block, Headline, Line, Row, Table, table
from carescale.report.rows import number
from carescale.report.values import NOTHING, Shower, name_of, place_of, unit_words

_HEADING = 14  # letters of a column's heading before it goes on below


def compare_screen(compared: Compared) -> list[Block]:
    """What differs going in and coming out, a column a case."""
    showers = [Shower(projection) for projection in compared.projections]
    coming = [Row((_name(compared, key), *_shown(showers, values))) for key, values in compared.results]
    marks = set().union(*(show.marks for show in showers))
    showers[0].marks |= marks
    tables = [
        _table(compared, "Coming out", coming),
        _table(compared, "Going in", _figures(compared)),
        _table(compared, "Chosen", _choices(compared), folded=True),
    ]
    found: list[Block] = [block for block in tables if block]
    return [
        Headline(" beside ".join(compared.names)),
        *(found or [Line("nothing differs")]),
        *([Line(showers[0].legend())] if marks else []),
    ]


def _table(compared: Compared, title: str, rows: Sequence[Row], *, folded: bool = False) -> Table | None:
    """A column for every case, also where it has nothing; a cohort and its intervention that say the same, once."""
    headings = [fill(name, _HEADING) for name in compared.names]
    words = range(len(headings) + 1) if folded else (0,)
    return table("", (title, *headings), list(dict.fromkeys(rows)), words=words, keep_empty=True)


def _shown(showers: Sequence[Shower], values: Sequence[Result | None]) -> Iterator[str]:
    for show, value in zip(showers, values, strict=True):
        yield show(value) if value else NOTHING


def _figures(compared: Compared) -> list[Row]:
    given = [(key, values) for key, values in compared.given if not _is_choice(key)]
    return [Row((_name(compared, key), *(value or "not given" for value in values))) for key, values in given]


def _choices(compared: Compared) -> list[Row]:
    """Each choice in the words of what it means."""
    given = [(key, key.rpartition(".")[2], values) for key, values in compared.given if _is_choice(key)]
    return [
        Row((_name(compared, key), *(CHOICES[name][value] if value else "not chosen" for value in values)))
        for key, name, values in given
    ]


def _is_choice(key: str) -> bool:
    return key.rpartition(".")[2] in CHOICES


def _name(compared: Compared, key: str) -> str:
    """A key in words that hold for every case: a cohort is named unless it is the only one in all that have it."""
    cases = [projection.case for projection in compared.projections]
    named = _choice_name if _is_choice(key) else name_of
    return max((named(case, key) for case in cases if _has(case, key)), key=len)


def _choice_name(case: Case, key: str) -> str:
    path, _, name = key.rpartition(".")
    where = place_of(case, path)
    return f"{where}: {name.replace('_', ' ')}" if where else name.replace("_", " ").capitalize()


def _has(case: Case, key: str) -> bool:
    """Whether a case knows what a key is about."""
    if _is_choice(key):
        return key.rpartition(".")[0] in {*case.model.entities, *GROUPS}
    try:
        case.plan.need(key)
    except KeyError:
        return False
    return True


def compare_rows(compared: Compared) -> Iterator[Sequence[Any]]:
    """One row for each difference and case: what, which way, which case, value, unit, status."""
    for key, texts in compared.given:
        for name, text in zip(compared.names, texts, strict=True):
            yield "in", key, name, text.replace("_", " "), "", "given" if text else "not given"
    for key, results in compared.results:
        for name, result in zip(compared.names, results, strict=True):
            if result is None:
                yield "out", key, name, None, "", "not applicable"
            else:
                yield "out", key, name, number(result.value), unit_words(result.unit), result.status


COLUMNS = ("direction", "key", "case", "value", "unit", "status")
