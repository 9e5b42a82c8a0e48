"""Notes on tables that were joined: how many areas met, and which did not, with the people that leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carescale.case import Case
from carescale.numbers import grouped, to_decimal
from carescale.report.words import name_of

_MOST_NAMED = 8


def join_notes(case: Case) -> Iterator[tuple[str, str]]:
    """For each other table how it met the first."""
    table = case.areas
    assert table is not None
    for join in table.joins:
        areas = "1 area has" if join.matched == 1 else f"{join.matched:,} areas have"
        yield "Joined", f"{join.title} on codes: {areas} a row in both"
        sides = ((join.only_here, table.map.path.name), (join.only_there, join.title))
        for (others, where), key in zip(sides, join.counted, strict=True):
            if others:
                yield "Joined", f"only in {where}: {_named(others, name_of(case, key) if key else '')}"
        for sentence in join.renamed:
            yield "Joined", f"{sentence}, and is taken for the same area"


def brief_joins(case: Case) -> Iterator[tuple[str, str]]:
    """The same in a line each, of those tables that did not meet the first in every area."""
    assert case.areas is not None
    for join in case.areas.joins:
        if join.only_here or join.only_there:
            here, there = len(join.only_here), len(join.only_there)
            yield "Joined", f"{join.title}: {join.matched:,} areas met, {here:,} only here, {there:,} only there"


def _named(areas: Sequence[tuple[str, float | None]], counted: str) -> str:
    """Areas by name, and how many people they hold together where that is known."""
    names = [name for name, _ in areas[:_MOST_NAMED]]
    more = f" and {len(areas) - _MOST_NAMED:,} more" if len(areas) > _MOST_NAMED else ""
    known = [people for _, people in areas if people is not None]
    held = f" – {grouped(to_decimal(sum(known)))} people ({counted})" if known else ""
    return f"{', '.join(names)}{more}{held}"
