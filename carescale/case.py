"""A case: a place, its interventions and a scenario, as plain data. What everything else asks its questions of."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.conversation import Conversation
from carescale.engine.model import Entity, Model
from carescale.engine.plan import Plan
from carescale.engine.registry import HORIZON
from carescale.engine.tree import Expression, Name, names
from carescale.figures import Citation, Figure
from carescale.formulas import registry
from carescale.formulas.vocabulary import GROUPS
from carescale.numbers import Printed
from carescale.problems import Position

if TYPE_CHECKING:
    from carescale.actuals import Actuals
    from carescale.area_table import AreaTable

PORTFOLIO = "portfolio"  # the path of the case itself
FREE = "published."  # how the keys of figures begin that only claims use
OWN = "formulas."  # how the keys of formulas begin that files write
HORIZON_KEY = f"{PORTFOLIO}.{HORIZON}"


class Claim(Struct, frozen=True, kw_only=True, dict=True):
    """A published figure to hold against the engine.

    `tree` is its sum over keys of quantities and figures, in `unit`. `comparator` is is, over, at_least, at_most or
    between; `published` has two numbers for between and one otherwise, or none where it is held against another sum.
    """

    text: str
    tree: Expression
    unit: str
    comparator: str
    published: tuple[Printed, ...]
    against: Expression | None
    nearest: Printed | None
    truncate: bool
    assuming: str
    from_parts: bool
    expect: str
    note: str
    position: Position
    citation: Citation | None
    area: str = ""  # of a table: the area it is about, or "" for the total over all of them

    @property
    def key(self) -> str:
        """The one key it is about, or "" for a sum."""
        return self.tree.name if isinstance(self.tree, Name) else ""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The quantities and figures in it, and in what it is held against."""
        trees = [self.tree, *([self.against] if self.against is not None else [])]
        return tuple(dict.fromkeys(name for tree in trees for name, _ in names(tree)))


class Scenario(Struct, frozen=True):
    """How far, how fast: its name in the library or its file, and what it says of itself."""

    name: str
    title: str
    about: str
    option: str = ""  # what it is in an appraisal of options: business as usual, do minimum, or an option


class Moving(Struct, frozen=True):
    """Ranged figures that move together, each two of them with this rank correlation."""

    keys: tuple[str, ...]
    spearman: float


class Change(Struct, frozen=True):
    """A figure or choice changed on the command line."""

    key: str
    before: str
    after: str


class Case(Struct, frozen=True, kw_only=True, dict=True):
    """A place, its interventions and a scenario. `model` holds every figure by its path."""

    file: str
    place: str
    code: str
    year: str
    title: str
    start: str
    scenario: Scenario
    model: Model
    claims: tuple[Claim, ...] = ()
    changes: tuple[Change, ...] = ()
    areas: AreaTable | None = None  # where the place is a table of many
    moving: tuple[Moving, ...] = ()  # figures that a file says move together
    written: str = ""  # the text of its place file
    conversation: Conversation | None = None  # what its file says to those whom it is about
    service_headings: Mapping[str, str] = field(default_factory=dict)  # lines of the council's budget, by intervention
    actuals: Actuals | None = None  # what happened, where it was loaded to be tracked
    limits: Mapping[str, str] = field(default_factory=dict)  # what limits each intervention, by its path

    @cached_property
    def plan(self) -> Plan:
        """Its quantities, bound as they are asked for."""
        return Plan(registry, self.model)

    def on(self, model: Model, changed: Container[str]) -> Case:
        """The case of some areas, on a model in which some keys are known otherwise; what rests on none stays bound."""
        case = replace(self, model=model, areas=None)
        case.__dict__["plan"] = self.plan.on(model, changed)  # where the cached property keeps it
        return case

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Every given figure by its path."""
        return self.model.figures

    @cached_property
    def interventions(self) -> tuple[Entity, ...]:
        """The interventions of the plan, in its order."""
        entities = self.model.entities.values()
        return tuple(entity for entity in entities if entity.level == "intervention" and entity.parent)

    @property
    def horizon(self) -> int:
        """Months looked ahead."""
        figure = self.figures[HORIZON_KEY]
        return int(figure.value or 0)

    def parts(self, entity: Entity) -> list[Entity]:
        """The planned cohorts and spend lines of an intervention."""
        return [part for part in self.model.children(entity) if part.level in ("cohort", "spend_line")]

    def groups(self, entity: Entity) -> list[str]:
        """The client groups that an intervention reaches in this plan."""
        scopes = [scope for part in self.parts(entity) for scope in part.scopes if scope in GROUPS]
        return list(dict.fromkeys(scopes))

    def outcomes(self, entity: Entity) -> list[Entity]:
        """What an intervention changes for people that is not money."""
        return [part for part in self.model.children(entity) if part.level == "outcome"]

    def pairs(self) -> Iterator[tuple[Entity, Entity, Entity]]:
        """Every two interventions of the plan, after the entity that stands for the two."""
        pairs = [entity for entity in self.model.entities.values() if entity.level == "pair" and entity.parent]
        planned = sorted(self.interventions, key=lambda entity: entity.path)
        for pair, (first, second) in zip(pairs, combinations(planned, 2), strict=True):
            yield pair, first, second

    def assuming(self, *, numbers: Mapping[str, Any] | None = None, choices: Mapping[str, str] | None = None) -> Case:
        """The same case with numbers that stand instead of what these keys are now, and other choices."""
        model = self.model
        more = {"numbers": {**model.numbers, **(numbers or {})}, "choices": {**model.choices, **(choices or {})}}
        return replace(self, model=replace(model, **more))

    def with_figures(self, figures: Mapping[str, Figure]) -> Case:
        """The same case with some figures replaced."""
        return replace(self, model=replace(self.model, figures={**self.model.figures, **figures}))
