"""A figure: one given number, with its unit, year and source. It holds no arithmetic."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from carescale.numbers import Printed
from carescale.problems import Position

PLANNED_HERE = "planned here"  # of a figure in a plan that names no source: a plan is nobody else's number


class Source(Struct, frozen=True, kw_only=True):
    """A publication: what a reader needs to find it again. `unverified` says why it is not to be relied on yet."""

    key: str
    publisher: str
    title: str
    year: str
    url: str = ""
    unverified: str = ""

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}, {self.year}"


class Citation(NamedTuple):
    """A source, and where in it the number stands."""

    source: Source
    where: str = ""

    def __str__(self) -> str:
        return f"{self.source} ({self.where})" if self.where else str(self.source)


class Doubt(Struct, frozen=True):
    """Later or better evidence that contradicts a figure, in a sentence, and who published it."""

    says: str
    citation: Citation


class Solve(Struct, frozen=True):
    """Set the figure so that `quantity` equals `target`, at full precision."""

    quantity: str
    target: Printed


class Evidence(Struct, frozen=True):
    """How a number was found out: the design of the study, its sample, when its source was last looked at.

    `grade` is what the scale's rule gives the design, 1 the strongest.
    """

    design: str
    grade: int
    sample: str = ""
    checked: str = ""


class Detail(Struct, frozen=True, kw_only=True):
    """What only some figures have: a range, a caution, what a saving replaces and what is already deducted.

    `covers` is how much of all values lies in the range, as its file says it, or "" where the file does not say;
    `range_assumption` the reason for a range that nobody published.
    """

    low: Printed | None = None
    high: Printed | None = None
    covers: str = ""
    range_citation: Citation | None = None
    range_assumption: str = ""
    evidence: Evidence | None = None
    note: str = ""
    replaces: str = ""
    deducted: str = ""
    doubt: Doubt | None = None
    solve: Solve | None = None
    released_when: str = ""  # the condition on which a saving can be taken out of a budget, and who decides that
    decided_by: str = ""


_NO_DETAIL = Detail()


def has_prices(unit: str) -> bool:
    """Whether numbers of a unit are in the prices of some year; pounds for each pound are not."""
    return unit.startswith("GBP") and unit != "GBP/GBP"


class Figure(Struct, frozen=True, kw_only=True):
    """One given number.

    `name` is its full path (`shared_lives.learning_disability.current_people`). `number` is None where the figure
    is known to be unpublished (`unknown` then says why) or is still to be solved for. `year` is the year it was
    measured, and the price base where it is money. Either `citation` or `assumption` (the reason) is there.
    """

    name: str
    number: Printed | None
    unit: str
    year: str
    citation: Citation | None
    assumption: str
    position: Position
    detail: Detail = _NO_DETAIL
    unknown: str = ""

    @property
    def value(self) -> Decimal | None:
        return self.number.value if self.number else None

    @property
    def is_money(self) -> bool:
        """Whether it has prices; pounds for each pound have none."""
        return has_prices(self.unit)

    @property
    def origin(self) -> str:
        """Where the number comes from, in words."""
        if self.assumption == PLANNED_HERE:
            return PLANNED_HERE
        if self.assumption:
            return f"assumption: {self.assumption}"
        if self.detail.solve:
            return f"our calculation, from {self.detail.solve.target.text} in {self.citation}"
        return str(self.citation) if self.citation else "not given"
