"""The page of a table of areas: one area at a time, chosen by the reader, and the screen of them all below it.

One program serves every area of which the same figures are known; the others are named, and have a page by --area.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from carescale.analysis.one_area import numbers_of_areas, one_area
from carescale.analysis.projection import project
from carescale.area_table import AreaTable
from carescale.case import Case
from carescale.report.blocks import Block, Headline, Line, Notes, Table
from carescale.report.page.writer import Chooser, Page
from carescale.report.pictures import drawings
from carescale.report.screens.project import PlaceScreen
from carescale.report.view import View
from carescale.report.writers.html import block_html, safe

_NAMED = 20
MOST = 400  # areas of a page, which keeps it below some 250 kB


def write_areas_page(case: Case, shown: Sequence[Block], command: str) -> str:
    """The page of a table: the areas by their names, and what the screen shows of all of them."""
    found = Areas(case)
    view = View(project(one_area(case, found.first)))
    chooser = Chooser(found.data(view), found.said(), "\n".join(_below(shown)), case.title or case.place)
    return Page(view, [*PlaceScreen(view).blocks, *drawings(view)], command, chooser=chooser).text()


class Areas(Struct, frozen=True, dict=True):
    """The areas that one program serves."""

    case: Case

    @cached_property
    def order(self) -> list[int]:
        return sorted(range(len(self.table)), key=lambda at: str(self.table.names[at]))

    @property
    def table(self) -> AreaTable:
        table = self.case.areas
        assert table is not None
        return table

    @cached_property
    def numbers(self) -> Mapping[str, Any]:
        return numbers_of_areas(self.case)

    @cached_property
    def chosen(self) -> list[int]:
        """The areas with the set of known figures that most have, as many as a page holds."""
        patterns = {at: tuple(bool(values[at] == values[at]) for values in self.numbers.values()) for at in self.order}
        most = Counter(patterns.values()).most_common(1)[0][0]
        return [at for at in self.order if patterns[at] == most][:MOST]

    @property
    def first(self) -> str:
        """The code of the area that the page opens with."""
        return str(self.table.codes[self.chosen[0]])

    def said(self) -> str:
        """What is on the page and what is not."""
        chosen = set(self.chosen)
        others = [str(self.table.names[at]) for at in self.order if at not in chosen]
        count = f"This page has {len(chosen):,} of {len(self.table):,} areas."
        if not others:
            return count
        named = f"{'; '.join(others[:_NAMED])}{'; …' if len(others) > _NAMED else ''}"
        return f"{count} The others have a page of their own by --area, since other figures of them are known: {named}."

    def data(self, view: View) -> dict[str, Any]:
        """The numbers of each area, by the keys that the program takes."""
        known = {key: values for key, values in self.numbers.items() if key in view.case.figures}
        rows = [
            [str(self.table.codes[at]), str(self.table.names[at]), *(_tight(values[at]) for values in known.values())]
            for at in self.chosen
        ]
        return {"keys": list(known), "rows": rows}


def _tight(value: Any) -> float | int | None:
    number = float(value)
    if number != number:
        return None
    return int(number) if number == int(number) else number


def _below(shown: Sequence[Block]) -> Iterator[str]:
    """The screen of all areas, as it was when the page was written."""
    yield "<h2>All areas, as filed</h2>"
    for block in shown:
        if isinstance(block, Headline):
            yield block_html(Line(block.said))
        elif isinstance(block, Table):
            title = f"{safe(' '.join(block.columns[0].heading.split()))}, {len(block.rows)} rows"
            yield f'<details class="table"><summary>{title}</summary>{block_html(block)}</details>'
        elif isinstance(block, Notes):
            yield f"<details><summary>{safe(block.title)}</summary>{block_html(block)}</details>"
