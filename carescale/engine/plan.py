"""The plan: formulas bound to the entities of a model, as named quantities, each with its state.

Names are resolved outwards: at the entity itself, then at what is around it; nearest wins.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.engine.keys import Dimensions, Key
from carescale.engine.model import KNOWN, NOTHING, Entity, Model, State, Status
from carescale.engine.registry import HORIZON, MONTH, FigureKind, Formula, Registry
from carescale.engine.tree import AT_THE_END, Constant, Expression, FormulaError, Name, Operation, names
from carescale.figures import Figure

Resolve = Callable[[str, bool], tuple[str, ...]]  # a name in a formula, and whether it is summed: the keys behind it


class Part(NamedTuple):
    """A tree whose names are keys. `told` leaves out what does not apply, `tree` what is not known, too."""

    told: Expression
    tree: Expression
    state: State


class Bound(Struct, frozen=True, eq=False, kw_only=True):
    """A named quantity: a formula bound to an entity, once, for every reader.

    `tree` is what is worked out: its names are keys, its sums are spelt out over the parts there are, and deductions
    that are not known are dropped. `told` is what a reader is told, in which these still stand. `inputs` are its keys.
    """

    key: str
    formula: Formula
    entity: Entity
    dimensions: Dimensions
    told: Expression
    tree: Expression
    inputs: tuple[str, ...]
    state: State


class Plan(Struct):
    """Binds quantities of a model as they are asked for, and remembers them. A reader only reads `bound`."""

    registry: Registry
    model: Model
    bound: dict[str, Bound | None] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    _suffixes: dict[Dimensions, tuple[str, ...]] = field(default_factory=dict)

    def assuming(self, numbers: Mapping[str, Any]) -> Plan:
        """The same plan with numbers that stand instead of what these quantities are now."""
        return self.on(replace(self.model, numbers={**self.model.numbers, **numbers}), numbers)

    def on(self, model: Model, changed: Container[str]) -> Plan:
        """The same plan on a model in which some keys are known otherwise, or no more; no key is there or gone for it.

        What rests on none of them stays bound: everything was bound after what it takes.
        """
        resting = set[str]()
        for key, bound in self.bound.items():
            if key in changed or (bound and any(name in changed or name in resting for name in bound.inputs)):
                resting.add(key)
        kept = {key: one for key, one in self.bound.items() if key not in resting}
        states = {key: one for key, one in self.states.items() if key not in resting and key not in changed}
        return Plan(self.registry, model, kept, states, self._suffixes)

    def quantities(self, called: Container[str] | None = None) -> Iterator[str]:
        """The key of every quantity of what is planned, or of those of some names, in story order."""
        planned = [entity for entity in self.model.entities.values() if self.model.counts(entity)]
        for formula, *_ in self.registry.formulas.values():
            for entity in planned if called is None or formula.name in called else ():
                if entity.level == formula.level:
                    crossed = self._crossed(formula.dimensions)
                    yield from (
                        self.registry.text(Key(entity.path, formula.name, dimensions)) for dimensions in crossed
                    )
        yield from self.model.own

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

    def has(self, key: str) -> bool:
        """Whether a key is one of a quantity or figure, without binding it."""
        if key in self.states or key in self.model.numbers or key in self.model.figures or key in self.model.own:
            return True
        try:
            entity, name, dimensions = self._locate(key)
        except KeyError:
            return False
        wanted = tuple(dimension for dimension, _ in dimensions)
        return name not in self.registry.by_name or (name, entity.level, wanted) in self.registry.formulas

    def behind(self, keys: Iterable[str], *, counted: bool = False) -> tuple[str, ...]:
        """The keys of all figures that quantities rest on, given or missing, in the order they are met.

        What does not apply is passed over; with `counted`, so is what is unknown and was left out of a sum.
        """
        asked = tuple(keys)
        seen: set[str] = set()
        found: list[str] = []

        def visit(key: str, *, is_asked: bool = False) -> None:
            state, bound = self.need(key), self.bound.get(key)
            passed_over = state.status == Status.NOT_APPLICABLE or (counted and not state.usable)
            if key in seen or (passed_over and not is_asked):
                return
            seen.add(key)
            if bound:
                for inner in bound.inputs:
                    visit(inner)
            elif key not in self.bound:
                found.append(key)

        for key in asked:
            visit(key, is_asked=True)
        return tuple(found)

    def _settle(self, key: str) -> State:
        if key in self.model.numbers:
            return KNOWN
        if key in self.model.figures:
            return _state_of_figure(key, self.model.figures[key])
        if key in self.model.own:
            self.bound[key] = own = self._bind_own(key, self.model.own[key])
            return own.state
        entity, name, dimensions = self._locate(key)
        if name not in self.registry.by_name:  # a figure that nobody gave
            optional = self.registry.figures[name].optional
            return State(Status.NOT_APPLICABLE, (key,)) if optional else State(Status.UNKNOWN, (key,))
        self.bound[key] = bound = self._bind(key, entity, name, dimensions)
        return bound.state if bound else State(Status.NOT_APPLICABLE)

    def _locate(self, text: str) -> tuple[Entity, str, Dimensions]:
        """The entity, name and dimensions that a key means in this plan."""
        key = self.registry.key(text)
        if any(value not in self.model.dimensions.get(dimension, ()) for dimension, value in key.dimensions):
            raise KeyError(text)
        return self.model.entities[key.entity], key.name, key.dimensions

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
        part = self.read(formula.tree, lambda name, summed: self._resolve(formula, entity, dimensions, name, summed))
        return Bound(
            key=key,
            formula=formula,
            entity=entity,
            dimensions=dimensions,
            told=part.told,
            tree=part.tree,
            inputs=self._inputs(part.told, entity),
            state=part.state,
        )

    def _bind_own(self, key: str, formula: Formula) -> Bound:
        """A formula that a file writes: its names are keys already, and it is one of the whole case."""
        whole = next(entity for entity in self.model.entities.values() if entity.level == formula.level)
        part = self.read(formula.tree)
        return Bound(
            key=key,
            formula=formula,
            entity=whole,
            dimensions=(),
            told=part.told,
            tree=part.tree,
            inputs=self._inputs(part.told, whole),
            state=part.state,
        )

    def _inputs(self, told: Expression, entity: Entity) -> tuple[str, ...]:
        """The keys in a tree, and the horizon where it looks to the end of the months."""
        found = list(names(told))
        keys = [name for name, _ in found if name != MONTH]
        if HORIZON in self.registry.figures and any(within in AT_THE_END for _, within in found):
            keys.append(self.figure_key(HORIZON, entity, ()))
        return _unique(keys)

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
                keys = (Key(entity.path, name, tuple((one, pairs[one]) for one in wanted)) for pairs in found)
                return tuple(map(self.registry.text, keys))
        return ()

    def _formula_key(
        self, formula: Formula | None, name: str, entity: Entity, dimensions: Dimensions, *, is_self: bool
    ) -> str:
        """The key of the formula of that name at an entity, with as many of the dimensions as it takes."""
        entries_of_level = self.registry.at(name, entity.level)
        known = {dimension for dimension, _ in dimensions} if entries_of_level else ()
        for wanted, entries in entries_of_level:
            if all(dimension in known for dimension in wanted) and not (is_self and formula in entries):
                return self.registry.text(
                    Key(entity.path, name, tuple(pair for pair in dimensions if pair[0] in wanted))
                )
        return ""

    def _part_key(self, name: str, child: Entity, dimensions: Dimensions) -> str:
        if name in self.registry.figures:
            return self.figure_key(name, child, dimensions) if self._fits(self.registry.figures[name], child) else ""
        return self._formula_key(None, name, child, dimensions, is_self=False)

    def _fits(self, figure: FigureKind, entity: Entity) -> bool:
        return figure.level in self.registry.coarser(entity.level)

    def figure_key(self, name: str, entity: Entity, dimensions: Dimensions) -> str:
        """Where the figure is given, nearest first; else where it would be."""
        figures, numbers = self.model.figures, self.model.numbers
        suffixes = self._suffixes.get(dimensions) or self._suffixes_of(dimensions)
        for scope in entity.scopes:
            whole = f"{scope}.{name}"
            for suffix in suffixes:
                key = whole + suffix
                if key in figures or key in numbers:
                    return key
        kind = self.registry.figures[name]
        return str(Key(entity.path, name, tuple(pair for pair in dimensions if pair[0] in kind.dimensions)))

    def _suffixes_of(self, dimensions: Dimensions) -> tuple[str, ...]:
        """What may follow a figure's name, that of most dimensions first: each is looked up thousands of times."""
        values = [value for _, value in dimensions]
        some = [chosen for size in range(len(values), -1, -1) for chosen in combinations(values, size)]
        self._suffixes[dimensions] = found = tuple("".join(f".{value}" for value in chosen) for chosen in some)
        return found

    def read(self, tree: Expression, resolve: Resolve | None = None) -> Part:
        """A tree with keys for its names, as they stand in this plan; without `resolve` its names are keys already."""
        if isinstance(tree, Operation):
            return _READ.get(tree.verb, Plan._through)(self, tree, resolve)
        if isinstance(tree, Name) and tree.name != MONTH:
            (key,) = resolve(tree.name, False) if resolve else (tree.name,)
            name = Name(key)
            return Part(name, name, self.need(key))
        return Part(tree, tree, NOTHING if isinstance(tree, Constant) and tree.value == 0 else KNOWN)

    def _through(self, tree: Operation, resolve: Resolve | None) -> Part:
        """An operation that needs every part of it."""
        parts = [self.read(part, resolve) for part in tree.arguments]
        told = Operation(tree.verb, tuple([part.told for part in parts]))
        worked_out: Expression = told
        for part in parts:
            if part.told is not part.tree:
                worked_out = Operation(tree.verb, tuple([part.tree for part in parts]))
                break
        for part in parts:
            if part.state is not KNOWN:
                break
        else:
            return Part(told, worked_out, KNOWN)
        state = _state_through(tree.verb, [part.state for part in parts])
        unknown = state.nothing and not all(part.state.usable for part in parts)
        return Part(told, Constant(0.0) if unknown else worked_out, state)

    def _complete(self, tree: Operation, resolve: Resolve | None) -> Part:
        """A whole, which is known only where every part of it is."""
        part = self.read(tree.arguments[0], resolve)
        is_partial = part.state.status == Status.PARTIAL
        return part._replace(state=self._unknown_since(part.state)) if is_partial else part

    def _unknown_since(self, partial: State) -> State:
        """A whole is unknown for want of what is behind the parts that were left out of it."""
        return State(
            Status.UNKNOWN, _unique(why for key in partial.because for why in self.need(key).because or (key,))
        )

    def _sum(self, tree: Operation, resolve: Resolve | None) -> Part:
        """The sum over parts: of those that apply, and of those that are known."""
        written = [part.name for part in tree.arguments if isinstance(part, Name)]
        keys = resolve(written[0], True) if resolve else tuple(written)
        states = {key: self.need(key) for key in keys}
        applying = [key for key, state in states.items() if state.status != Status.NOT_APPLICABLE]
        usable = [key for key in applying if states[key].usable]
        told, tree = (Operation("summed", tuple(map(Name, some))) for some in (applying, usable))
        return Part(told, tree, _state_of_sum([((key,), states[key]) for key in applying]))

    def _either(self, tree: Operation, resolve: Resolve | None) -> Part:
        """A sum or difference of those of two that apply, and of those that are known."""
        verb, parts = tree.verb, [self.read(part, resolve) for part in tree.arguments]
        told = _of_those(verb, [part.told if part.state.status != Status.NOT_APPLICABLE else None for part in parts])
        worked_out = _of_those(verb, [part.tree if part.state.usable else None for part in parts])
        applying = [part for part in parts if part.state.status != Status.NOT_APPLICABLE]
        return Part(told, worked_out, _state_of_sum([(_own_name(part.told), part.state) for part in applying]))

    def _with(self, tree: Operation, resolve: Resolve | None) -> Part:
        """An amount and a deduction or addition that it can do without, saying so."""
        verb, (amount, other) = tree.verb, [self.read(part, resolve) for part in tree.arguments]
        if other.state.status == Status.NOT_APPLICABLE:
            return amount
        told = Operation(verb, (amount.told, other.told))
        if other.state.status == Status.UNKNOWN:
            left_out = _own_name(other.told) or other.state.because
            partial = State(Status.PARTIAL, _unique([*amount.state.because, *left_out]))
            return Part(told, amount.tree, partial if amount.state.usable else amount.state)
        state = amount.state
        if amount.state.usable:
            state = NOTHING if amount.state.nothing and other.state.nothing else _strictest([state, other.state])
        return Part(told, Operation(verb, (amount.tree, other.tree)), state)


_READ: Mapping[str, Callable[[Plan, Operation, Resolve | None], Part]] = {
    "summed": Plan._sum,
    "less": Plan._with,
    "more": Plan._with,
    "added": Plan._either,
    "net": Plan._either,
    "complete": Plan._complete,
}  # verbs that can do without a part that is not known; the others need all of theirs


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _own_name(part: Expression) -> tuple[str, ...]:
    """What stands for a part of a sum that is left out: its key, where it has a name of its own."""
    return (part.name,) if isinstance(part, Name) else ()


def _of_those(verb: str, parts: Sequence[Expression | None]) -> Expression:
    """A sum or difference of those of two that are there."""
    first, second = parts
    if first is not None and second is not None:
        return Operation(verb, (first, second))
    if second is None:
        return Constant(0.0) if first is None else first
    return Operation("negate", (second,)) if verb == "net" else second


def _state_of_figure(key: str, figure: Figure) -> State:
    if figure.value is None:
        return State(Status.UNKNOWN, (key,))
    return NOTHING if figure.value == 0 and not figure.detail.low else KNOWN


def _state_of_sum(parts: Sequence[tuple[tuple[str, ...], State]]) -> State:
    """A sum of what applies: partial where some of it is unknown; unknown where all but what is nothing is."""
    if not parts:
        return State(Status.NOT_APPLICABLE)
    if all(state.nothing for _, state in parts):
        return NOTHING
    unknown = [(keys, state) for keys, state in parts if state.status == Status.UNKNOWN]
    if all(state.nothing or state.status == Status.UNKNOWN for _, state in parts):
        return State(Status.UNKNOWN, _unique(why for _, state in unknown for why in state.because))
    left_out = [key for keys, state in unknown for key in keys or state.because]
    inner = [why for _, state in parts if state.status == Status.PARTIAL for why in state.because]
    return State(Status.PARTIAL, _unique([*left_out, *inner])) if left_out or inner else KNOWN


def _state_through(verb: str, states: list[State]) -> State:
    """The state of an operation from those of its parts; nothing of what is not known is nothing."""
    nothing = [state.nothing for state in states]
    if verb == "multiply" and any(nothing) and all(state.status != Status.NOT_APPLICABLE for state in states):
        return NOTHING
    if verb in ("divide", "delayed"):
        nothing = [nothing[0] and states[1].usable]
    elif verb == "where":
        nothing = [states[0].usable, *nothing[1:]]
    return NOTHING if verb in _KEEP_NOTHING and all(nothing) else _strictest(states)


_KEEP_NOTHING = frozenset(
    {"add", "subtract", "negate", "divide", "delayed", "where", "running_total", "total"}
)  # of nothing they make nothing
_SEVERITY = (Status.KNOWN, Status.PARTIAL, Status.UNKNOWN, Status.NOT_APPLICABLE)


def _strictest(states: list[State]) -> State:
    worst = max((state.status for state in states), key=_SEVERITY.index, default=Status.KNOWN)
    if worst == Status.KNOWN:
        return KNOWN
    return State(worst, _unique([why for state in states if state.status == worst for why in state.because]))
