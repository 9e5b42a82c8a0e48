"""A conversation about a plan, as its place file holds it: what is said, by whom, and what nobody has said yet.

After the template for local conversations in Total transformation of care and support (Social Care Institute for
Excellence, 2017, appendix).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from carescale.figures import Citation, Source


@dataclass(frozen=True)
class Statement:
    """Something said: by the publication it cites, or by whoever wrote the file. Of a decision, `because` is why.

    A `blank` says why nothing is said.
    """

    says: str = ""
    citation: Citation | None = None
    because: str = ""
    blank: str = ""


@dataclass(frozen=True)
class Way:
    """A way of supporting people: which of the areas of change it is of, what it is, and who says so."""

    theme: str
    about: str
    source: Source | None = None


@dataclass(frozen=True)
class Conversation:
    """What is said under each heading, by the name of its part; of a part that is not there nothing was written.

    `ways` are the interventions of the plan by name, `by` the last day to reply.
    """

    parts: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    by: date | None = None
    ways: Mapping[str, Way] = field(default_factory=dict)
