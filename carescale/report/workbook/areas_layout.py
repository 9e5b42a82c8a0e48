"""Where the quantities of many areas stand in their workbook: one row an area, the same on every sheet of areas.

What is the same for all areas stands as in the workbook of one place. `{r}` is an area's row; in a series `{h[0]}` is
this month's column of the first block, `{b[0]}` the one before, and `{m}` the row of the month on the Months sheet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import field
from msgspec.structs import replace

from carescale.analysis.areas import AreaProjection
from carescale.engine.arrays import over_areas
from carescale.engine.cells import Series, Texts, Values
from carescale.engine.evaluate import compile_plan
from carescale.engine.excel import in_excel
from carescale.engine.plan import Plan
from carescale.engine.registry import MONTH
from carescale.engine.tree import Expression, Name, Operation
from carescale.formulas.vocabulary import CHOICES
from carescale.report.workbook.layout import DIVIDED_BY_NOTHING, BoundCells, Column, Layout
from carescale.report.workbook.text import column_letters

FIRST_AREA_ROW = 5  # of the sheets of areas, counted as Excel does
FIRST_COLUMN = 2  # after the code and the name
COUNTING = "~counting"
_ACROSS = frozenset({"best", "quantile", "mean_of_best"})
_COHORT = (
    *("people_now", "people_a_year_now", "rate_now", "rate_gap", "target_people"),
    *("additional_people_a_year", "additional_people", "total_people"),
)
_PAYER = ("gross_saving", "net_saving", "set_up_cost", "break_even_month", "peak_funding", "net_saving_by_horizon")


class AreaLayout(Layout, kw_only=True):
    """The cells of a workbook of many areas."""

    areas: AreaProjection
    given: dict[str, None] = field(default_factory=dict)  # columns of the Areas sheet that come from the table
    derived: dict[str, str] = field(default_factory=dict)  # and those that are worked out: their formulas
    blocks: dict[str, Column] = field(default_factory=dict)  # series of months of every area
    benchmarks: dict[str, str] = field(default_factory=dict)  # the formula of each benchmark there is
    found: Mapping[str, Any] = field(default_factory=dict)
    _across: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def plan(self) -> Plan:
        """The plan of one intervention, bound anew for the workbook."""
        return Plan(self.areas.case.plan.registry, self.areas.plan.model)

    def __post_init__(self) -> None:
        for key in self.wanted():
            if self._usable(key):
                self.place(key)
        self._evaluate()

    def wanted(self) -> list[str]:
        """The quantities that the Areas sheet shows, in its order."""
        cohort, owner = self.areas.cohort_path, self.areas.intervention
        own = [f"{cohort}.{name}" for name in _COHORT]
        paths = [cohort, owner] if self.areas.is_alone else [cohort]
        return own + [f"{path}.{name}.{payer}" for payer in self.areas.payers for path in paths for name in _PAYER]

    def _usable(self, key: str) -> bool:
        try:
            return self.plan.need(key).usable
        except KeyError:
            return False  # not written for a cohort, or not for its intervention

    @property
    def numbers(self) -> Mapping[str, Any]:
        return self.areas.numbers

    def varies(self, key: str) -> bool:
        """Whether a quantity has a value an area."""
        if key not in self._across:
            bound = self.plan.bound.get(key) if self._usable(key) else None
            if bound is None:
                self._across[key] = np.ndim(self.numbers.get(key, 0.0)) > 0
            else:
                alone = isinstance(bound.tree, Operation) and bound.tree.verb in _ACROSS and self.areas.peers is None
                self._across[key] = not alone and any(self.varies(name) for name in bound.inputs)
        return self._across[key]

    def place(self, key: str) -> None:
        if not self._usable(key) or any(key in placed for placed in (self.given, self.derived, self.blocks)):
            return
        bound = self.plan.bound.get(key)
        if key == self.areas.key("benchmark_rate") and self.areas.peers is None and key not in self.formulas:
            self._place_benchmarks(key)
        elif not self.varies(key):
            super().place(key)
        elif bound is None or (isinstance(bound.tree, Operation) and bound.tree.verb in _ACROSS):
            self.given[key] = None
        elif self.projection.is_monthly(key):
            self.blocks[key] = Column(key, bound.formula.title, bound.formula.unit)
            self.blocks[key].first = self.blocks[key].later = in_excel(bound.tree, AreaCells(self, bound))
        else:
            text = in_excel(bound.tree, AreaCells(self, bound))
            text += "+0" if re.fullmatch(r"Areas!\S+\]}{r}", text) else ""  # a text that is passed on is no number
            self.derived[key] = f'IFERROR({text},"not known")'

    def _place_benchmarks(self, key: str) -> None:
        """One formula for each benchmark, and the one that the switch chooses."""
        if self.plan.bound.get(key) is None:  # a figure
            super().place(key)
            return
        self.formulas[key] = "INDEX(benchmark.rates,MATCH(benchmark.chosen,benchmark.names,0))"
        for choice in CHOICES["benchmark"]:
            choices = {**self.plan.model.choices, f"{self.areas.cohort_path}.benchmark": choice}
            plan = Plan(self.plan.registry, replace(self.plan.model, choices=choices))
            if plan.need(key).usable and (bound := plan.bound[key]):
                self.benchmarks[choice] = in_excel(bound.tree, AreaCells(self, bound))

    @property
    def count(self) -> int:
        return len(self.columns) + len(self.blocks)

    @property
    def area_rows(self) -> tuple[int, int]:
        """The first and last row of the areas."""
        return FIRST_AREA_ROW, FIRST_AREA_ROW + len(self.areas.table) - 1

    def letter(self, key: str) -> str:
        """The column of an area's single value: what is given first, then what is worked out."""
        return column_letters(FIRST_COLUMN + [*self.given, *self.derived].index(key))

    def block_start(self, position: int) -> int:
        """The first column of a block of months."""
        return FIRST_COLUMN + position * (self.areas.case.horizon + 1)

    def block(self, key: str) -> Series:
        """Where the months of an area stand."""
        position = list(self.blocks).index(key)
        start = self.block_start(position)
        first, last = column_letters(start), column_letters(start + self.areas.case.horizon)
        here, before = f"{{h[{position}]}}{{r}}", f"{{b[{position}]}}{{r}}"
        return Series(here, before, f"${first}{{r}}:{here}", f"'Area months'!${first}{{r}}:${last}{{r}}")

    def _evaluate(self) -> None:
        """Every value at once, by the engine."""
        verbs = over_areas(self.areas.peers)
        series = [column.source or key for key, column in {**self.columns, **self.blocks}.items()]
        keys = list(dict.fromkeys([*self.formulas, *self.derived, *self.given, *series]))
        wanted = [key for key in keys if key != COUNTING and key not in self.workings]
        program = compile_plan(self.plan, wanted, verbs, self.workings)
        with np.errstate(all="ignore"):
            self.found = program.run(self.numbers, self.areas.case.horizon, series)
            for key, column in {**self.columns, **self.blocks}.items():
                values = self.found[column.source or key]
                months = values if isinstance(values, list) else [values] * (self.areas.case.horizon + 1)
                column.values = column.make(verbs, months) if column.make else months
        self.found = {key: self._without_doubt(key, value) for key, value in self.found.items()}
        if COUNTING in self.derived:
            rates, large = (self.found[self.areas.key(name)] for name in ("rate_now", "large_enough"))
            self.found = {**self.found, COUNTING: np.where(large == 1, rates, np.nan)}

    def _without_doubt(self, key: str, value: Any) -> Any:
        """A comparison with what is missing is missing, too."""
        bound = self.plan.bound.get(key)
        if key not in self.derived or bound is None or getattr(bound.tree, "verb", "") not in ("less_than", "at_most"):
            return value
        compared = [self.found[name] for name in bound.inputs if name in self.found]
        return np.where(
            np.any([np.isnan(np.broadcast_to(x, np.shape(value))) for x in compared], axis=0), np.nan, value
        )

    def value(self, key: str) -> float | str:
        value = float(np.asarray(self.found[key]).flat[0])
        return DIVIDED_BY_NOTHING if math.isnan(value) else value


class AreaCells(BoundCells):
    """What the names of one formula mean on the row of an area."""

    layout: AreaLayout

    def cell(self, name: str) -> str:
        return "Months!$A${m}" if name == MONTH else super().cell(name)

    def months(self) -> str:
        return ""  # their numbers stand in a column, and an area's months in a row

    def reference(self, key: str) -> str:
        layout = self.layout
        layout.place(key)
        if key in layout.blocks:
            return layout.block(key).here
        if key in layout.columns:
            return layout.months(key).here.replace("$", "Months!$", 1).replace("{r}", "${m}")
        # Columns are counted when all are placed: {c[key]} is filled in then.
        return f"Areas!${{c[{key}]}}{{r}}" if layout.varies(key) else layout.name(key)

    def may_be_text(self, name: str) -> bool:
        return name != MONTH and self.layout.varies(name)

    def among(self, values: Expression, counting: Expression) -> str:
        value, counts = in_excel(values, self), in_excel(counting, self)
        self.layout.derived[COUNTING] = f'IF(ISNUMBER({value}),IF({counts}=1,{value},""),"")'
        first, last = self.layout.area_rows
        return f"Areas!${{c[{COUNTING}]}}${first}:${{c[{COUNTING}]}}${last}"

    def series(self, tree: Expression) -> Series:
        if isinstance(tree, Name) and tree.name != MONTH:
            self.layout.place(tree.name)
            if tree.name in self.layout.blocks:
                return self.layout.block(tree.name)
        column = self.working(tree)
        self.layout.blocks[column.key] = column
        column.first = column.later = in_excel(tree, self)
        return self.layout.block(column.key)

    def helper(self, source: Expression, first: Texts, later: Texts, values: Values) -> Series:
        source_key = self.source(source)
        column = replace(self.working(source), source=source_key, make=values)
        self.layout.blocks[column.key] = column
        own = self.layout.block(column.key)
        column.first, column.later = first(own), later(own)
        return own
