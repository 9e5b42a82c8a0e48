"""A conversation about a plan, as its place file holds it: what is said, by whom, and what nobody has said yet.

After the template for local conversations in Total transformation of care and support (Social Care Institute for
Excellence, 2017, appendix).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from carescale.figures import Citation, Source


class Statement(Struct, frozen=True):
    """Something said: by the publication it cites, or by whoever wrote the file. Of a decision, `because` is why.

    A `blank` says why nothing is said.
    """

    says: str = ""
    citation: Citation | None = None
    because: str = ""
    blank: str = ""


class Way(Struct, frozen=True):
    """A way of supporting people: which of the areas of change it is of, what it is, and who says so."""

    theme: str
    about: str
    source: Source | None = None


class Conversation(Struct, frozen=True):
    """What is said under each heading, by the name of its part; of a part that is not there nothing was written.

    `ways` are the interventions of the plan by name, `by` the last day to reply.
    """

    parts: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    by: date | None = None
    ways: Mapping[str, Way] = field(default_factory=dict)
