"""Where the quantities of one place stand in its workbook, and the formula of each, from the engine's traced trees.

A quantity is a defined name: a key such as `shared_lives.net_saving.council` is one as it stands. Series of months are
columns of the Months sheet; `{r}` in their formulas is the row of a month, `{p}` the one above.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.analysis.projection import Projection
from carescale.engine.cells import Series, Texts, Values
from carescale.engine.evaluate import compile_plan
from carescale.engine.excel import BEYOND, in_excel
from carescale.engine.model import Status
from carescale.engine.plan import Bound, Plan
from carescale.engine.registry import MONTH
from carescale.engine.scalars import FLOATS
from carescale.engine.tree import Constant, Expression, FormulaError, Name
from carescale.report.workbook.text import NOT_KNOWN, column_letters, excel_name

FIRST_MONTH_ROW = 4  # of the Months sheet, counted as Excel does
DIVIDED_BY_NOTHING = "#DIV/0!"


class Column(Struct):
    """A series of months: its title, the formulas of month 0 and of the later months, and its values.

    The values are those of `source` as the engine evaluates it, or what `make` makes of them.
    """

    key: str
    title: str
    unit: str
    working: bool = False
    source: str = ""
    make: Values | None = None
    first: str = ""
    later: str = ""
    values: Sequence[float] = ()


class Layout(Struct, dict=True):
    """The cells of one projection's workbook; its `tag` tells them from those of other cases in the same book."""

    projection: Projection
    tag: str = ""
    formulas: dict[str, str] = field(default_factory=dict)  # of single quantities, by key
    columns: dict[str, Column] = field(default_factory=dict)
    inputs: dict[str, None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    workings: dict[str, Expression] = field(default_factory=dict)  # parts of formulas that have a column of their own
    alike: dict[str, str] = field(default_factory=dict)  # the formula of a working, and the column that has it
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for key in list(self.plan.quantities()):
            if self.plan.need(key).usable and not self._only_marks_a_period(key):
                self.place(key)
        self._value_columns()

    def _only_marks_a_period(self, key: str) -> bool:
        """Whether a series is of one year alone, as what falls in it: it has a column where a formula reads it."""
        bound = self.plan.bound.get(key)
        return self.projection.is_monthly(key) and bool(bound and "period" in dict(bound.dimensions))

    @cached_property
    def plan(self) -> Plan:
        """The plan whose quantities have cells: bound anew, so that a workbook holds what it asks for."""
        return Plan(self.projection.case.plan.registry, self.projection.case.model)

    @property
    def count(self) -> int:
        """How many series there are."""
        return len(self.columns)

    @property
    def rows(self) -> tuple[int, int]:
        """The first and last row of the months."""
        return FIRST_MONTH_ROW, FIRST_MONTH_ROW + self.projection.case.horizon

    def place(self, key: str) -> None:
        """Give a key its cell, and what it takes theirs."""
        if key in self.formulas or key in self.columns or key in self.inputs:
            return
        bound = self.plan.bound.get(key)
        if bound is None:
            self.inputs[key] = None
        elif self.projection.is_monthly(key):
            self.add_column(Column(key, bound.formula.title, bound.formula.unit), bound.tree, bound)
        else:
            self.formulas[key] = ""
            self.formulas[key] = in_excel(bound.tree, BoundCells(self, bound))

    def add_column(self, column: Column, tree: Expression, bound: Bound) -> None:
        """A column that holds the same tree in every month."""
        self.columns[column.key] = column
        column.first = column.later = in_excel(tree, BoundCells(self, bound))

    def name(self, key: str) -> str:
        """The defined name of a quantity or figure, unlike every other."""
        if key not in self.names:
            self.names[key] = excel_name(f"{self.tag}.{key}" if self.tag else key, self._taken)
        return self.names[key]

    def sheet(self, title: str) -> str:
        """The name of one of its sheets."""
        return f"{title} {self.tag}" if self.tag else title

    def on(self, title: str) -> str:
        """What stands before a cell of one of its sheets."""
        return f"'{self.sheet(title)}'!" if self.tag else f"{title}!"

    def months(self, key: str) -> Series:
        """Where the months of a column stand."""
        letter = column_letters(1 + list(self.columns).index(key))
        first, last = self.rows
        start = f"${letter}${first}"
        return Series(
            f"${letter}{{r}}",
            f"${letter}{{p}}",
            f"{start}:${letter}{{r}}",
            f"{self.on('Months')}{start}:${letter}${last}",
        )

    def cell_of_month(self, key: str, month: int) -> str:
        """Where one month of a column stands."""
        return f"{self.on('Months')}{self.months(key).here.format(r=FIRST_MONTH_ROW + month)}"

    def _value_columns(self) -> None:
        """The values of every column, evaluated by the engine in one walk."""
        sources = list(dict.fromkeys(column.source or key for key, column in self.columns.items()))
        wanted = [key for key in sources if key not in self.workings]
        program = compile_plan(self.plan, wanted, trees=self.workings)
        found = program.run(self.numbers, self.projection.case.horizon, sources)
        count = self.projection.case.horizon + 1
        for key, column in self.columns.items():
            values = found[column.source or key]
            months = values if isinstance(values, list) else [values] * count
            column.values = column.make(FLOATS, months) if column.make else months

    @property
    def numbers(self) -> Mapping[str, Any]:
        """Every given number by its key."""
        case = self.projection.case
        given = {key: float(figure.value) for key, figure in case.figures.items() if figure.value is not None}
        return {**given, **case.model.numbers}

    def value(self, key: str) -> float | str:
        """The computed value of a single quantity, as its cell has it."""
        state = self.plan.need(key)
        if not state.usable:
            return NOT_KNOWN if state.status == Status.UNKNOWN else "–"
        value = self.projection[key].value
        if value is None:
            return DIVIDED_BY_NOTHING
        return BEYOND if math.isinf(value) else value


class BoundCells(Struct):
    """What the names of one formula mean, at the entity it is bound to."""

    layout: Layout
    bound: Bound

    def cell(self, name: str) -> str:
        if name == MONTH:
            return "$A{r}"
        return self.reference(name)

    def reference(self, key: str) -> str:
        self.layout.place(key)
        return self.layout.months(key).here if key in self.layout.columns else self.layout.name(key)

    def number(self, name: str) -> float:
        return float(self.layout.projection[name].value or 0)

    def may_be_text(self, name: str) -> bool:
        return False  # a cell that a formula reads holds a number; an unknown one is read by none

    def among(self, values: Expression, counting: Expression) -> str:
        raise FormulaError("one place has no areas to be measured against")

    def series(self, tree: Expression) -> Series:
        if isinstance(tree, Name) and tree.name != MONTH:
            self.layout.place(tree.name)
            if tree.name in self.layout.columns:
                return self.layout.months(tree.name)
        text = in_excel(tree, self)
        if text not in self.layout.alike:
            column = self.working(tree)
            column.first = column.later = text
            self.layout.columns[column.key] = column
            self.layout.alike[text] = column.key
        return self.layout.months(self.layout.alike[text])

    def months(self) -> str:
        first, last = self.layout.rows
        return f"Months!$A${first}:$A${last}"

    def monthly(self, name: str) -> Expression | None:
        if not self.layout.projection.is_monthly(name):
            return None
        self.layout.plan.need(name)
        bound = self.layout.plan.bound.get(name)
        return bound.tree if bound else Constant(math.nan)

    def helper(self, source: Expression, first: Texts, later: Texts, values: Values) -> Series:
        source_key = self.source(source)
        column = replace(self.working(source), source=source_key, make=values)
        self.layout.columns[column.key] = column
        own = self.layout.months(column.key)
        column.first, column.later = first(own), later(own)
        return own

    def source(self, tree: Expression) -> str:
        """The key under which the engine evaluates a tree."""
        if isinstance(tree, Name):
            return tree.name
        return self.working(tree).key

    def working(self, tree: Expression) -> Column:
        """A column for a part of this formula, which the engine evaluates beside the quantities."""
        key = f"~{self.layout.count}"
        self.layout.workings[key] = tree
        return Column(key, f"working of {self.bound.formula.title.lower()}", "", working=True)
