"""Computes a workbook anew from its formulas, by an engine that is not ours, and compares it cell by cell."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import formula_shapes  # noqa: F401 - read before the engine makes its first formula
import openpyxl
from openpyxl.workbook import Workbook
from rendering import rendered

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pycel import ExcelCompiler
    from pycel.excelwrapper import ExcelOpxWrapperNoData

CLOSE = 1e-9
RULES = "rules"


class _Named(ExcelOpxWrapperNoData):  # type: ignore[misc]
    """A workbook whose names are read as the ranges they stand for: the engine knows none with points in them."""

    defined_names: Mapping[str, Any] = {}

    def __init__(self, book: Workbook, names: Mapping[str, str]) -> None:
        super().__init__(book)
        longest_first = sorted(map(re.escape, names), key=len, reverse=True)
        self._names = names
        self._pattern = re.compile(rf"(?<![\w.!$'])(?:{'|'.join(longest_first)})(?![\w.!(])")

    def get_range(self, address: Any) -> Any:
        found = super().get_range(address)
        return found._replace(formula=self._resolved(found.formula))

    def _resolved(self, formula: Any) -> Any:
        """A formula, or the rows of them."""
        if isinstance(formula, tuple):
            return tuple(map(self._resolved, formula))
        return self._pattern.sub(lambda match: self._names[match[0]], formula) if formula else formula


@dataclass
class Recalculated:
    """A workbook with its formulas, and an engine that computes them."""

    path: Path
    formulas: Workbook
    names: Mapping[str, str]
    engine: ExcelCompiler
    rules: Mapping[str, Sequence[tuple[str, str]]]  # the cells of conditions, and the format where each holds
    known: set[str] = field(default_factory=set)  # sheets whose cells the engine knows all

    @classmethod
    def of(cls, path: Path) -> Recalculated:
        book = openpyxl.load_workbook(path)
        names = {name: defined.attr_text.replace("$", "") for name, defined in book.defined_names.items()}
        rules = _rules_as_cells(book)
        return cls(path, book, names, ExcelCompiler(excel=_Named(book, names), plugins=("excel_functions",)), rules)

    def cells(self, *sheets: str) -> Iterator[tuple[str, str]]:
        """The address and formula of every derived cell."""
        for sheet in self.formulas:
            if sheet.title in sheets or (not sheets and sheet.title != RULES):
                for row in sheet.iter_rows():
                    for cell in row:
                        if cell.data_type == "f":
                            yield f"'{sheet.title}'!{cell.coordinate}", cell.value

    def computed(self, address: str) -> Any:
        """The value that the formula has now."""
        self._know(address.partition("!")[0].strip("'"))
        return self.engine.evaluate(address)

    def _know(self, sheet: str) -> None:
        """Tell the engine of all cells of a sheet at once: it counts its whole graph each time it hears of one."""
        if sheet not in self.known:
            self.known.add(sheet)
            self.engine._gen_graph([address for address, _ in self.cells(sheet)])

    def shown(self, address: str) -> str:
        """A cell as a person sees it: in its format, or in that of the first rule that holds of it."""
        value = self.computed(address)
        if not isinstance(value, int | float):
            return str(value)
        sheet, cell = address.replace("'", "").split("!")
        codes = [code for rule, code in self.rules.get(f"{sheet}!{cell}", ()) if self.computed(rule) is True]
        return rendered(value, (codes or [self.formulas[sheet][cell].number_format])[0])

    def change(self, name: str, value: float | str) -> None:
        """Type something else into the cell of a name, or of an address."""
        address = self.names.get(name, name)
        self.engine.evaluate(address)
        self.engine.set_value(address, value)


def _rules_as_cells(book: Workbook) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The conditions under which cells have another number format, put into cells so that they are computed, too."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    extra = book.create_sheet(RULES)
    for sheet in [sheet for sheet in book if sheet.conditional_formatting]:
        for formatting in sheet.conditional_formatting:
            cell = str(formatting.sqref)
            for rule in formatting.rules:
                condition = re.sub(rf"\b{cell}\b", f"'{sheet.title}'!{cell}", rule.formula[0])
                extra.append([f"={condition}"])
                entry = (rule.priority, f"{RULES}!A{extra.max_row}", rule.dxf.numFmt.formatCode)
                found.setdefault(f"{sheet.title}!{cell}", []).append(entry)
    return {cell: [entry[1:] for entry in sorted(entries)] for cell, entries in found.items()}


def same(one: Any, other: Any, close: float = CLOSE) -> bool:
    """Whether two cells hold the same: numbers to a relative difference, and anything else exactly."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= close * max(1.0, abs(one), abs(other))
    return bool(one == other)


def differences(found: Recalculated, expected: Path, *sheets: str) -> list[str]:
    """The cells of a workbook, recalculated, that are not what was written beside those of another."""
    report, values = [], openpyxl.load_workbook(expected, data_only=True)
    for address, formula in found.cells(*sheets):
        sheet, cell = address.replace("'", "").split("!")
        computed, wanted = found.computed(address), values[sheet][cell].value
        wanted = "" if wanted is None else wanted
        if not same(computed, wanted, 1e-7 if "IRR(" in formula else CLOSE):
            report.append(f"{address} {formula}: {computed} and not {wanted}")
    return report
