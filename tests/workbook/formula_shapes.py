"""Formulas of one shape are read once: pycel reads each cell's anew, and a sheet of months repeats one a row."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from types import CodeType
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pycel import excelcompiler
    from pycel.excelformula import ExcelFormula
    from pycel.excelutil import AddressRange

REFERENCE = re.compile(r"\"[^\"]*\"|(?:(?:'[^']+'|\w+)!)?\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?(?![\w(])")
ADDRESS = re.compile(r'_(?:C|R|REF)_\("([^"]+)"\)')
_read: dict[tuple[str, tuple[int, ...]], tuple[ExcelFormula, list[str]]] = {}


class Shaped(ExcelFormula):  # type: ignore[misc]
    """A formula that takes the program of the first with its shape, with its own addresses in it."""

    _looked = False
    _first: ExcelFormula | None = None
    _addresses: Mapping[str, str]

    def _find_first(self) -> None:
        """The first formula of this shape, where there was one; a cell knows its sheet only after it is made."""
        if self._looked or not self.base_formula:
            return
        self._looked, sheet = True, self.cell.address.sheet
        found: list[str] = []

        def taken(match: re.Match[str]) -> str:
            if match[0].startswith('"'):
                return match[0]
            found.append(_address(match[0], sheet))
            return "several" if ":" in found[-1] else "one"  # a range of one cell is read as that cell

        shape = REFERENCE.sub(taken, self.base_formula)
        repeats = tuple(found.index(address) for address in found)
        first, theirs = _read.setdefault((shape, repeats), (self, found))
        if first is not self and {*ADDRESS.findall(first.python_code)} <= {*theirs}:
            self._first, self._addresses = first, dict(zip(theirs, found, strict=True))

    @property
    def python_code(self) -> str:
        self._find_first()
        if self._python_code is None and self._first is not None:
            ours = self._addresses
            self._python_code = ADDRESS.sub(lambda m: m[0].replace(m[1], ours[m[1]]), self._first.python_code)
        return str(super().python_code)

    @property
    def needed_addresses(self) -> Any:
        if self._needed_addresses is None and self.python_code:
            self._needed_addresses = [AddressRange(text) for text in dict.fromkeys(ADDRESS.findall(self.python_code))]
        return super().needed_addresses

    @property
    def compiled_python(self) -> Any:
        if self._compiled_python is None and self._first is not None:
            code, names = self._first.compiled_python
            self._compiled_python = _with(code, self._addresses), names
        return super().compiled_python


def _address(text: str, sheet: str) -> str:
    """A reference as the compiled program has it."""
    return str(AddressRange(text.replace("$", ""), sheet="" if "!" in text else sheet).address)


def _with(code: CodeType, addresses: Mapping[str, str]) -> CodeType:
    """A program with other addresses in it."""
    constants = tuple(
        _with(each, addresses)
        if isinstance(each, CodeType)
        else addresses.get(each, each)
        if isinstance(each, str)
        else each
        for each in code.co_consts
    )
    return code.replace(co_consts=constants)


excelcompiler.ExcelFormula = Shaped
