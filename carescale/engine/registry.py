"""The register of formulas and of the figures they take: names, units, and what each is written for.

A formula's arguments are names of other formulas or of figures. The wiring is checked once, at import.
"""

from __future__ import annotations

import difflib
import inspect
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from carescale.engine.keys import Key
from carescale.engine.tree import AT_THE_END, Expression, FormulaError, names, trace
from carescale.engine.units import Unit, read_unit, unit_of
from carescale.engine.verbs import complete, summed

MONTH = "month"  # the one name that the engine itself supplies: 0 at the decision, then 1, 2, …
HORIZON = "horizon_months"  # the figure that says how many months are walked


class FigureKind(Struct, frozen=True, kw_only=True):
    """A figure that files may give: its name, title and unit, and the finest level it is given for.

    `optional` figures that are absent are not applicable, others unknown. `signed` ones may be negative; `most` is the
    largest that makes sense.
    """

    name: str
    title: str
    unit: str
    level: str
    dimensions: tuple[str, ...] = ()
    optional: bool = False
    signed: bool = False
    most: float = math.inf


class Reference(Struct, frozen=True):
    """Where a sum comes from: the key of a publication, and the chapter of it."""

    source: str
    chapter: str = ""


class Formula(Struct, frozen=True, eq=False, kw_only=True, dict=True):
    """One formula, written for a level (cohort, intervention, case) and dimensions (payer, year).

    `when` names a choice and the values under which this alternative applies; `given` a figure that must be there,
    `absent` one that must not; either may name several, `deadweight or displacement`, of which any one counts.
    `where` is the file and line of its writing, `reference` the publication that the sum is from, if any.
    """

    name: str
    title: str
    unit: str
    level: str
    dimensions: tuple[str, ...]
    function: Callable[..., Any]
    arguments: tuple[str, ...]
    where: str
    doc: str
    when: Mapping[str, tuple[str, ...]]
    given: str = ""
    absent: str = ""
    reference: Reference | None = None

    @cached_property
    def tree(self) -> Expression:
        """The formula traced, once, when first needed."""
        return trace(f"{self.name} ({self.where})", self.function, self.arguments)

    @property
    def module(self) -> str:
        """The file of formulas that it stands in, such as `savings`."""
        return Path(self.where.rpartition(":")[0]).stem

    @property
    def per(self) -> str:
        return ", ".join((self.level, *self.dimensions))


class Registry(Struct, dict=True):
    """Formulas by name and level; figures by name. `levels` maps each level to the coarser one above it."""

    levels: Mapping[str, str]
    dimensions: Sequence[str]
    figures: dict[str, FigureKind] = field(default_factory=dict)
    formulas: dict[tuple[str, str, tuple[str, ...]], list[Formula]] = field(default_factory=dict)
    by_name: dict[str, list[Formula]] = field(default_factory=dict)
    _at: dict[tuple[str, str], list[tuple[tuple[str, ...], list[Formula]]]] = field(default_factory=dict)
    _keys: dict[str, Key] = field(default_factory=dict)

    def figure(self, name: str, title: str, *, unit: str, per: str, **limits: Any) -> None:
        """Declare a figure that files may give; `limits` are FigureKind's optional, signed and most."""
        level, *dimensions = per.split(", ")
        self.figures[name] = FigureKind(
            name=name, title=title, unit=unit, level=level, dimensions=tuple(dimensions), **limits
        )

    def formula(self, title: str, **terms: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a plain function as a formula; the function itself stays as it was.

        `terms` are those of `add`. What follows two underscores in a function's name tells alternatives apart:
        `target_people__rate` and `target_people__all` are two ways to have `target_people`.
        """

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            code = function.__code__
            self.add(
                function.__name__.partition("__")[0],
                title,
                function=function,
                arguments=code.co_varnames[: code.co_argcount],
                where=f"{code.co_filename}:{code.co_firstlineno}",
                doc=inspect.cleandoc(function.__doc__ or ""),
                **terms,
            )
            return function

        return register

    def rolled_up(
        self, name: str, per: str, says: str, *, of: str = "", title: str = "", whole: bool = False, **terms: Any
    ) -> None:
        """Register the sum of a finer quantity, of its own name or `of` another: a row where nothing else is meant.

        With `whole` it is known only where every part is. Title and unit are the part's, which stands before it.
        """
        row, part = sys._getframe(1), self.figures.get(of) or self.by_name[of or name][0]
        self.add(
            name,
            title or part.title,
            unit=part.unit,
            per=per,
            function=_the_whole if whole else _the_sum,
            arguments=(of or name,),
            where=f"{row.f_code.co_filename}:{row.f_lineno}",
            doc=says,
            **terms,
        )

    def add(
        self, name: str, title: str, *, per: str, when: Mapping[str, str | tuple[str, ...]] | None = None, **terms: Any
    ) -> None:
        """Add a formula; `terms` are the other fields of Formula."""
        level, *dimensions = per.split(", ")
        choices = {key: (value,) if isinstance(value, str) else value for key, value in (when or {}).items()}
        entry = Formula(name=name, title=title, level=level, dimensions=tuple(dimensions), when=choices, **terms)
        alternatives = self.formulas.setdefault((name, level, entry.dimensions), [])
        alternatives.append(entry)
        self.by_name.setdefault(name, []).append(entry)
        if len(alternatives) == 1:
            at = self._at.setdefault((name, level), [])
            at.append((entry.dimensions, alternatives))
            at.sort(key=lambda pair: -len(pair[0]))

    def at(self, name: str, level: str) -> list[tuple[tuple[str, ...], list[Formula]]]:
        """The alternatives written under a name for a level, those with most dimensions first."""
        return self._at.get((name, level), [])

    def key(self, text: str) -> Key:
        """A dotted key taken apart. Raises KeyError where no word of it names a figure or formula."""
        if text not in self._keys:
            self._keys[text] = self._taken_apart(text)
        return self._keys[text]

    def text(self, key: Key) -> str:
        """The dotted text of a key of a formula, which then need not be taken apart."""
        text = str(key)
        self._keys.setdefault(text, key)
        return text

    def named(self, text: str) -> str:
        """The figure or formula that a dotted key names; "" where no word of it does."""
        try:
            return self.key(text).name
        except KeyError:
            return ""

    def _taken_apart(self, text: str) -> Key:
        words = text.split(".")
        for place in range(len(words) - 1, 0, -1):
            entity, name, values = ".".join(words[:place]), words[place], words[place + 1 :]
            if name in self.figures:  # one may be said for all payers at once
                dimensions = self.figures[name].dimensions[: len(values)]
            else:
                written = (formula.dimensions for formula in self.by_name.get(name, ()))
                dimensions = next((some for some in written if len(some) == len(values)), ())
            if len(dimensions) == len(values) and (name in self.figures or name in self.by_name):
                return Key(entity, name, tuple(zip(dimensions, values, strict=True)))
        raise KeyError(text)

    def coarser(self, level: str) -> Iterator[str]:
        """A level and those above it, nearest first."""
        while level:
            yield level
            level = self.levels[level]

    def all_formulas(self) -> Iterator[Formula]:
        """Every formula in the order it was written."""
        for entries in self.formulas.values():
            yield from entries

    @cached_property
    def monthly_names(self) -> frozenset[str]:
        """The quantities that are a series of months: those that take the month, or another series, month by month."""
        series = {MONTH}
        while True:
            found = {formula.name for formula in self.all_formulas() if self._takes(formula, series)}
            if found <= series:
                return frozenset(series - {MONTH})
            series |= found

    def _takes(self, formula: Formula, series: set[str]) -> bool:
        return any(name in series and within not in AT_THE_END for name, within in names(formula.tree))

    def check(self) -> None:
        """Raise FormulaError for a name nobody declared, one with two meanings, or a ring. Traces every formula."""
        both = set(self.figures) & set(self.by_name)
        if both:
            raise FormulaError(f"both a figure and a formula: {', '.join(sorted(both))}")
        for formula in self.all_formulas():
            for argument in formula.arguments:
                self._check_argument(formula, argument)
        _check_rings({formula: list(self.uses(formula)) for formula in self.all_formulas()})

    def _check_argument(self, formula: Formula, argument: str) -> None:
        if argument != MONTH and argument not in self.figures and argument not in self.by_name:
            known = [*self.figures, *self.by_name, MONTH]
            near = " or ".join(difflib.get_close_matches(argument, known, n=2)) or "nothing near it"
            raise FormulaError(f"{formula.where}: {formula.name} takes `{argument}`; did you mean {near}?")

    def uses(self, formula: Formula) -> Iterator[Formula]:
        """The formulas it is wired to: one level finer where it sums, else the nearest at its own level or coarser."""
        for name, within in names(formula.tree):
            if within == "summed":
                finer = [level for level, above in self.levels.items() if above == formula.level]
                yield from (other for other in self.by_name.get(name, ()) if other.level in finer)
            else:
                yield from self._nearest(name, formula)

    def _nearest(self, name: str, formula: Formula) -> list[Formula]:
        for level in self.coarser(formula.level):
            for dimensions, entries in self.at(name, level):
                if set(dimensions) <= set(formula.dimensions) and formula not in entries:
                    return entries
        return []

    def check_units(self) -> None:
        """Raise FormulaError for a formula whose tree does not have the unit it declares. Traces every formula."""
        for formula in self.all_formulas():
            self._check_unit(formula)

    def _check_unit(self, formula: Formula) -> None:
        summed_names = {name for name, within in names(formula.tree) if within == "summed"}
        try:
            found = unit_of(formula.tree, lambda name: self._unit_of(name, formula, name in summed_names))
        except FormulaError as problem:
            raise FormulaError(f"{formula.where}: {formula.name}: {problem}") from None
        if found not in (read_unit(formula.unit), (("any", 0),)):
            raise FormulaError(f"{formula.where}: {formula.name} says {formula.unit or 'a share'}, its tree {found}")

    def _unit_of(self, name: str, formula: Formula, summed: bool) -> Unit:
        if name == MONTH:
            return read_unit("month")
        if name in self.figures:
            return read_unit(self.figures[name].unit)
        units = {other.unit for other in self.by_name[name]}
        if len(units) != 1:
            raise FormulaError(f"`{name}` has several units: {sorted(units)}")
        return read_unit(units.pop())


def _the_sum(*parts: Any, **by_name: Any) -> Any:
    return summed(*parts, *by_name.values())


def _the_whole(*parts: Any, **by_name: Any) -> Any:
    return complete(_the_sum(*parts, **by_name))


def _check_rings(uses: Mapping[Formula, list[Formula]]) -> None:
    done: set[Formula] = set()

    def visit(formula: Formula, above: tuple[Formula, ...]) -> None:
        if formula in above:
            ring = " → ".join(f"{step.name} ({step.per})" for step in (*above[above.index(formula) :], formula))
            raise FormulaError(f"{formula.where}: a ring of formulas: {ring}")
        if formula not in done:
            for other in uses[formula]:
                visit(other, (*above, formula))
            done.add(formula)

    for formula in uses:
        visit(formula, ())
