"""A workbook as far as the Excel fold must know it: where names stand, and what it may ask to be placed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from msgspec import Struct

from carescale.engine.scalars import Verbs
from carescale.engine.tree import Expression


class Series(Struct, frozen=True):
    """Where the months of a quantity stand: this month's cell, the one before, the cells so far, and all of them."""

    here: str
    before: str
    so_far: str
    all: str


Months = list[Any]
Texts = Callable[[Series], str]
Values = Callable[[Verbs, Months], Months]


class Cells(Protocol):
    """A workbook, as far as the fold must know it. The names that it is asked for are keys, and the month."""

    def cell(self, name: str) -> str:
        """The cell of a name; of a monthly one, that of this month."""

    def number(self, name: str) -> float:
        """The value of a figure whose number is part of a formula's structure."""

    def series(self, tree: Expression) -> Series:
        """The months of a tree: those of a quantity, or a helper's."""

    def months(self) -> str:
        """The cells with the numbers of the months, beside those of every series; "" where they do not stand so."""

    def monthly(self, name: str) -> Expression | None:
        """The tree of what has a value a month; None for what is the same in all of them."""

    def helper(
        self, source: Expression, first: Texts, later: Texts, values: Callable[[Verbs, Months], Months]
    ) -> Series:
        """A new series with formulas for month 0 and the later months; its values come from those of `source`."""

    def among(self, values: Expression, counting: Expression) -> str:
        """The cells that hold, of all areas, the values for which `counting` holds; the others hold text."""

    def may_be_text(self, name: str) -> bool:
        """Whether the cell of a name may hold text, which MIN and MAX would pass over."""
