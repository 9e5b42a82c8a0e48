"""The `conversation:` of a place file: which parts there are, and what a statement holds."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from carescale.inputs.schema import Entry, Text
from carescale.inputs.shape_errors import DAY


class StatementEntry(Entry):
    """Something said in a conversation, and who says it."""

    what = "what is said"
    says: Text | None = Field(None, description="in a sentence or two")
    source: Text | None = Field(None, description="a key of the sources; without it, it is whoever wrote the file")
    where: Text | None = Field(None, description="the section or page of the source")
    blank: Text | None = Field(None, description="why nothing is said here, instead of `says`")


class DecisionEntry(StatementEntry):
    """A decision and its reason."""

    what = "a decision"
    because: Text | None = Field(None, description="the reason, which a decision needs")


def _as_statements(value: Any) -> Any:
    return [{"says": one} if isinstance(one, str) else one for one in (value if isinstance(value, list) else [value])]


Statements = Annotated[list[StatementEntry], BeforeValidator(_as_statements)]
Decisions = Annotated[list[DecisionEntry], BeforeValidator(_as_statements)]


class WorksEntry(Entry):
    """What works, in the words of those who know; nobody's words are invented, so each names its source."""

    what = "what works"
    inspectors: Statements = Field([], description="what inspectors say")
    staff: Statements = Field([], description="what staff say")
    people: Statements = Field([], description="what people and families say")


class ReplyEntry(StatementEntry):
    """How to reply, and by when."""

    what = "how to reply"
    by: Annotated[str, Field(pattern=DAY)] | None = Field(None, description="the last day, such as 2027-01-31")


class ConversationEntry(Entry):
    """What a council says, asks and promises to publish, in the order of SCIE's template."""

    what = "a conversation"
    goals: Statements = Field([], description="what we want for people")
    now: Statements = Field([], description="what we do now, beside what the figures say")
    works: WorksEntry | None = None
    money: Statements = Field([], description="what is honest about money")
    grows: Statements = Field([], description="what gets more, beside the plan")
    shrinks: Statements = Field([], description="what could be reduced")
    reply: ReplyEntry | None = None
    said: Statements = Field([], description="what people said")
    decided: Decisions = Field([], description="what was decided, each with its `because:`")
