"""Where the quantities of many areas stand, with all that is planned for them: a row an area, live, without months."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import field

from carescale.area_table import AreaTable
from carescale.engine.excel import BEYOND, in_excel
from carescale.engine.plan import Plan
from carescale.report.workbook.layout import DIVIDED_BY_NOTHING, BoundCells, Layout
from carescale.report.workbook.text import NOT_KNOWN


class RowsLayout(Layout, kw_only=True):
    """The cells of those areas that know the same figures.

    What differs from area to area is a column of the Areas sheet: in formulas `{r}` is the row, `{c[key]}` the column.
    What is the same for all is an input or a result with a name. What rests on months is no formula here.
    """

    table: AreaTable
    wanted: Sequence[str]
    given: dict[str, None] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    _monthly: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the case: every group of areas binds its own."""
        return self.projection.case.plan

    def __post_init__(self) -> None:
        for key in self.wanted:
            if self.plan.need(key).usable and not self.rests_on_months(key):
                self.place(key)
        self.projection.ask([*self.wanted, *self.derived, *self.formulas])

    def rests_on_months(self, key: str) -> bool:
        """Whether a quantity is worked out over months, which these rows do not have."""
        if key not in self._monthly:
            bound = self.plan.bound.get(key)
            inner = bound.inputs if bound else ()
            self._monthly[key] = bool(bound) and (
                self.projection.is_monthly(key) or any(map(self.rests_on_months, inner))
            )
        return self._monthly[key]

    def varies(self, key: str) -> bool:
        """Whether a quantity may differ from area to area, in this group or another."""
        bound = self.plan.bound.get(key)
        if bound is None or key in self.table.figures:
            return key in self.table.figures or np.ndim(self.numbers.get(key, 0.0)) > 0
        return any(map(self.varies, bound.inputs))

    def place(self, key: str) -> None:
        """Give a key its column or its cell, and what it takes theirs."""
        if key in self.given or key in self.derived:
            return
        bound = self.plan.bound.get(key)
        if not self.varies(key):
            super().place(key)
        elif bound is None:
            self.given[key] = None
        else:
            self.derived[key] = ""
            self.derived[key] = in_excel(bound.tree, _Cells(self, bound))

    @property
    def numbers(self) -> Mapping[str, Any]:
        return self.projection.numbers

    def value(self, key: str) -> float | str:
        return self.value_of(key, 0)

    def value_of(self, key: str, position: int) -> float | str:
        """A quantity of one of the areas, as its cell has it."""
        found = self.projection[key].value
        if found is None:
            return NOT_KNOWN
        values = np.atleast_1d(found)
        value = float(values[position] if len(values) > 1 else values[0])
        if math.isnan(value):
            return DIVIDED_BY_NOTHING
        return BEYOND if math.isinf(value) else value


class _Cells(BoundCells):
    """What the names of one formula mean on the row of an area."""

    layout: RowsLayout

    def reference(self, key: str) -> str:
        self.layout.place(key)
        return f"${{c[{key}]}}{{r}}" if self.layout.varies(key) else self.layout.name(key)
