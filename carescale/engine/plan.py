"""The plan: formulas bound to the entities of a model, as named quantities, each with its state.

Names are resolved outwards: at the entity itself, then at what is around it; nearest wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from carescale.engine.model import KNOWN, NOTHING, Entity, Model, State, Status
from carescale.engine.registry import HORIZON, MONTH, FigureKind, Formula, Registry
from carescale.engine.tree import AT_THE_END, Constant, Expression, FormulaError, Name, Operation, names
from carescale.figures import Figure

Dimensions = tuple[tuple[str, str], ...]  # (("payer", "council"),)


@dataclass(frozen=True, eq=False)
class Bound:
    """A named quantity: a formula bound to an entity. `inputs` are the keys behind each name, in order of the parts."""

    key: str
    formula: Formula
    entity: Entity
    dimensions: Dimensions
    inputs: Mapping[tuple[str, bool], tuple[str, ...]] = field(default_factory=dict)
    state: State = KNOWN

    @property
    def tree(self) -> Expression:
        return self.formula.tree


@dataclass
class Plan:
    """Binds quantities of a model as they are asked for, and remembers them."""

    registry: Registry
    model: Model
    bound: dict[str, Bound | None] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)

    def quantities(self) -> Iterator[str]:
        """The key of every quantity of what is planned, in story order."""
        planned = [entity for entity in self.model.entities.values() if self.model.counts(entity)]
        for formula, *_ in self.registry.formulas.values():
            for entity in planned:
                if entity.level == formula.level:
                    yield from (_key(entity, formula.name, dims) for dims in self._crossed(formula.dimensions))

    def _crossed(self, dimensions: tuple[str, ...]) -> Iterator[Dimensions]:
        values = [
            [(dimension, value) for value in self.model.dimensions.get(dimension, ())] for dimension in dimensions
        ]
        yield from product(*values)

    def need(self, key: str) -> State:
        """The state of a quantity or figure by key, binding what it takes. Raises KeyError for an unknown key."""
        if key not in self.states:
            self.states[key] = self._settle(key)
        return self.states[key]

    def _settle(self, key: str) -> State:
        if key in self.model.numbers:
            return State()
        if key in self.model.figures:
            return _state_of_figure(key, self.model.figures[key])
        entity, name, dimensions = self._locate(key)
        if name not in self.registry.by_name:  # a figure that nobody gave
            optional = self.registry.figures[name].optional
            return State(Status.NOT_APPLICABLE, (key,)) if optional else State(Status.UNKNOWN, (key,))
        self.bound[key] = bound = self._bind(key, entity, name, dimensions)
        return bound.state if bound else State(Status.NOT_APPLICABLE)

    def _locate(self, key: str) -> tuple[Entity, str, Dimensions]:
        """Split a key into entity, name and dimensions."""
        words = key.split(".")
        for cut in range(len(words) - 1, 0, -1):
            entity = self.model.entities.get(".".join(words[:cut]))
            if entity and (words[cut] in self.registry.by_name or words[cut] in self.registry.figures):
                return entity, words[cut], self._dimensions(words[cut + 1 :])
        raise KeyError(key)

    def _dimensions(self, words: list[str]) -> Dimensions:
        return tuple(
            (dimension, word) for word in words for dimension, values in self.model.dimensions.items() if word in values
        )

    def _bind(self, key: str, entity: Entity, name: str, dimensions: Dimensions) -> Bound | None:
        wanted = tuple(dimension for dimension, _ in dimensions)
        entries = self.registry.formulas.get((name, entity.level, wanted))
        if entries is None:
            raise KeyError(key)
        applying = [formula for formula in entries if self._applies(formula, entity, dimensions)]
        if len(applying) > 1:
            raise FormulaError(f"{key}: two alternatives apply: " + " and ".join(f.where for f in applying))
        if not applying:
            return None
        formula = applying[0]
        inputs = {
            (argument, within == "summed"): self._resolve(formula, entity, dimensions, argument, within == "summed")
            for argument, within in names(formula.tree)
            if argument != MONTH
        }
        if HORIZON in self.registry.figures and any(within in AT_THE_END for _, within in names(formula.tree)):
            inputs[HORIZON, False] = (self.figure_key(HORIZON, entity, ()),)
        return Bound(key, formula, entity, dimensions, inputs, self.state_of(formula.tree, inputs))

    def _applies(self, formula: Formula, entity: Entity, dimensions: Dimensions) -> bool:
        chosen = all(self.model.choice(entity, choice) in values for choice, values in formula.when.items())
        given = not formula.given or self._given(formula.given, entity, dimensions)
        return chosen and given and not (formula.absent and self._given(formula.absent, entity, dimensions))

    def _given(self, name: str, entity: Entity, dimensions: Dimensions) -> bool:
        """Whether a figure is given, or any of several: `given="deadweight or displacement"`."""
        keys = (self.figure_key(one, entity, dimensions) for one in name.split(" or "))
        return any(key in self.model.figures or key in self.model.numbers for key in keys)

    def _resolve(
        self, formula: Formula, entity: Entity, dimensions: Dimensions, name: str, summed: bool
    ) -> tuple[str, ...]:
        """The keys behind a name: one, or one a part where the formula sums over parts."""
        if summed:
            parts = (self._part_key(name, child, dimensions) for child in self.model.children(entity))
            return tuple(key for key in parts if key) or self._across(formula, entity, dimensions, name)
        for path in entity.scopes:
            around = self.model.entities.get(path)
            if around and (key := self._formula_key(formula, name, around, dimensions, is_self=around is entity)):
                return (key,)
        return (self.figure_key(name, entity, dimensions),)

    def _across(self, formula: Formula, entity: Entity, dimensions: Dimensions, name: str) -> tuple[str, ...]:
        """The keys of a sum over a dimension, such as payers: of the values that somebody asked to have added."""
        for wanted, _ in self.registry.at(name, entity.level):
            more = [dimension for dimension in wanted if dimension not in formula.dimensions]
            if more and set(formula.dimensions) <= set(wanted):
                values = [[(dimension, value) for value in self.model.added.get(dimension, ())] for dimension in more]
                found = ({**dict(dimensions), **dict(some)} for some in product(*values))
                return tuple(_key(entity, name, tuple((one, pairs[one]) for one in wanted)) for pairs in found)
        return ()

    def _formula_key(
        self, formula: Formula | None, name: str, entity: Entity, dimensions: Dimensions, *, is_self: bool
    ) -> str:
        """The key of the formula of that name at an entity, with as many of the dimensions as it takes."""
        for wanted, entries in self.registry.at(name, entity.level):
            fits = set(wanted) <= {dimension for dimension, _ in dimensions}
            if fits and not (is_self and formula in entries):
                return _key(entity, name, tuple(pair for pair in dimensions if pair[0] in wanted))
        return ""

    def _part_key(self, name: str, child: Entity, dimensions: Dimensions) -> str:
        if name in self.registry.figures:
            return self.figure_key(name, child, dimensions) if self._fits(self.registry.figures[name], child) else ""
        return self._formula_key(None, name, child, dimensions, is_self=False)

    def _fits(self, figure: FigureKind, entity: Entity) -> bool:
        return figure.level in self.registry.coarser(entity.level)

    def figure_key(self, name: str, entity: Entity, dimensions: Dimensions) -> str:
        """Where the figure is given, nearest first; else where it would be."""
        values = [value for _, value in dimensions]
        suffixes = ["." + ".".join(some) for size in range(len(values), 0, -1) for some in combinations(values, size)]
        for scope in entity.scopes:
            for suffix in [*suffixes, ""]:
                key = f"{scope}.{name}{suffix}"
                if key in self.model.figures or key in self.model.numbers:
                    return key
        kind = self.registry.figures[name]
        mine = tuple(pair for pair in dimensions if pair[0] in kind.dimensions)
        return _key(entity, name, mine)

    def state_of(self, tree: Expression, inputs: Mapping[tuple[str, bool], tuple[str, ...]]) -> State:
        """The state of a tree from the states of the names in it."""
        match tree:
            case Name():
                return State() if tree.name == MONTH else self.need(inputs[tree.name, False][0])
            case Operation(verb="summed", arguments=(Name() as part,)):
                return _state_of_sum([((key,), self.need(key)) for key in inputs[part.name, True]])
            case Operation(verb="added" | "net", arguments=parts):
                return _state_of_sum([(_left_out(part, inputs), self.state_of(part, inputs)) for part in parts])
            case Operation(verb="less" | "more", arguments=(amount, other)):
                return self._state_with(self.state_of(amount, inputs), other, inputs)
            case Operation(verb="complete", arguments=(whole,)):
                state = self.state_of(whole, inputs)
                return State(Status.UNKNOWN, state.because) if state.status == Status.PARTIAL else state
            case Operation():
                return _state_through(tree.verb, [self.state_of(part, inputs) for part in tree.arguments])
        return State()

    def without_unknown(self, tree: Operation, bound: Bound) -> Expression:
        """The tree without the parts that are not known, or do not apply, and that it can do without."""
        if tree.verb not in _CAN_DO_WITHOUT:
            return tree
        first, second = tree.arguments
        known = [self.state_of(part, bound.inputs).usable for part in tree.arguments]
        if all(known):
            return tree
        if tree.verb == "multiply":
            return Constant(0)
        if known[0]:
            return first
        return Operation("negate", (second,)) if tree.verb == "net" else second

    def _state_with(
        self, amount: State, other: Expression, inputs: Mapping[tuple[str, bool], tuple[str, ...]]
    ) -> State:
        """An amount and a deduction or addition that it can do without, saying so."""
        second = self.state_of(other, inputs)
        if not amount.usable or second.status == Status.NOT_APPLICABLE:
            return amount
        if second.status == Status.UNKNOWN:
            left_out = _left_out(other, inputs) or second.because
            return State(Status.PARTIAL, _unique([*amount.because, *left_out]))
        return NOTHING if amount.nothing and second.nothing else _strictest([amount, second])


def _key(entity: Entity, name: str, dimensions: Dimensions) -> str:
    return ".".join([entity.path, name, *(value for _, value in dimensions)])


def _unique(items: Iterator[str] | list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _left_out(part: Expression, inputs: Mapping[tuple[str, bool], tuple[str, ...]]) -> tuple[str, ...]:
    """What stands for a part of a sum that is left out: its key, where it has a name of its own."""
    return inputs[part.name, False] if isinstance(part, Name) else ()


def _state_of_figure(key: str, figure: Figure) -> State:
    if figure.value is None:
        return State(Status.UNKNOWN, (key,))
    return NOTHING if figure.value == 0 and not figure.detail.low else KNOWN


def _state_of_sum(parts: Sequence[tuple[tuple[str, ...], State]]) -> State:
    """A sum is partial where some of it is unknown, and unknown where all of it is but what is nothing."""
    counted = [(keys, state) for keys, state in parts if state.status != Status.NOT_APPLICABLE]
    if not counted:
        return State(Status.NOT_APPLICABLE)
    if all(state.nothing for _, state in counted):
        return NOTHING
    unknown = [(keys, state) for keys, state in counted if state.status == Status.UNKNOWN]
    if all(state.nothing or state.status == Status.UNKNOWN for _, state in counted):
        return State(Status.UNKNOWN, _unique(why for _, state in unknown for why in state.because))
    left_out = [key for keys, state in unknown for key in keys or state.because]
    inner = [why for _, state in counted if state.status == Status.PARTIAL for why in state.because]
    return State(Status.PARTIAL, _unique([*left_out, *inner])) if left_out or inner else KNOWN


def _state_through(verb: str, states: list[State]) -> State:
    """The state of an operation from those of its parts; nothing of what is not known is nothing."""
    nothing = [state.nothing for state in states]
    if verb == "multiply" and any(nothing) and all(state.status != Status.NOT_APPLICABLE for state in states):
        return NOTHING
    kept = nothing[0] and states[1].usable if verb in ("divide", "delayed") else verb in _KEEP_NOTHING and all(nothing)
    if kept:
        return NOTHING
    return _strictest(states)


_CAN_DO_WITHOUT = frozenset({"less", "more", "added", "net", "multiply"})
_KEEP_NOTHING = frozenset({"add", "subtract", "negate", "running_total", "total"})
_SEVERITY = (Status.KNOWN, Status.PARTIAL, Status.UNKNOWN, Status.NOT_APPLICABLE)


def _strictest(states: list[State]) -> State:
    worst = max((state.status for state in states), key=_SEVERITY.index, default=Status.KNOWN)
    return State(worst, _unique([why for state in states if state.status == worst for why in state.because]))
