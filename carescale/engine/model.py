"""What the engine is given (a model: entities, figures, choices) and what it says of each quantity (a state)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from carescale.figures import Figure

if TYPE_CHECKING:
    from carescale.engine.registry import Formula


class Status(StrEnum):
    """Settled before any arithmetic. Unknown is never zero."""

    KNOWN = "known"
    PARTIAL = "partial"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"


class State(Struct, frozen=True):
    """A status and why: the figures that are missing (unknown), or the quantities left out (partial).

    `nothing` where it is nought whatever the rest may be: a payer whose share is 0% pays nothing of an unknown cost.
    """

    status: Status = Status.KNOWN
    because: tuple[str, ...] = ()
    nothing: bool = False

    @property
    def usable(self) -> bool:
        return self.status in (Status.KNOWN, Status.PARTIAL)


KNOWN = State()
NOTHING = State(nothing=True)


class Entity(Struct, frozen=True, kw_only=True):
    """A thing that formulas are written for: the case, an intervention, a cohort.

    `scopes` are the paths where its figures and choices are looked up, nearest first.
    """

    path: str
    level: str
    title: str
    parent: str = ""
    scopes: tuple[str, ...] = ()


class Model(Struct, frozen=True, kw_only=True):
    """All that a plan is made from. Paths are dotted: `shared_lives.learning_disability.current_people`."""

    entities: Mapping[str, Entity]
    figures: Mapping[str, Figure]
    choices: Mapping[str, str]
    dimensions: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, Any] = field(default_factory=dict)  # values that stand instead of a figure's or a formula's
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what of a dimension may be added: see `summed`
    own: Mapping[str, Formula] = field(default_factory=dict)  # formulas that files write, over keys, by their own key

    def choice(self, entity: Entity, name: str) -> str:
        """A choice as it stands for an entity, or "" where nobody made it."""
        for scope in entity.scopes:
            if (value := self.choices.get(f"{scope}.{name}")) is not None:
                return value
        return ""

    def counts(self, entity: Entity) -> bool:
        """Whether an entity is part of the plan, through all that is above it."""
        while entity.parent:
            entity = self.entities[entity.parent]
        return entity.level == "case"

    def children(self, entity: Entity) -> list[Entity]:
        """The entities one level finer."""
        return [other for other in self.entities.values() if other.parent == entity.path and other is not entity]
