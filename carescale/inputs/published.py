"""Figures of one's own, under `published:`: any name, any unit, also by year, and totals over several years."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode

from carescale.engine.registry import FigureKind
from carescale.inputs.document import at_key, is_empty, pairs
from carescale.inputs.figure_reader import FigureReader
from carescale.measures import NotAUnit, read_measure
from carescale.numbers import NotANumber, Printed, read_as_printed, read_number
from carescale.problems import quoted

PREFIX = "published"
YEAR = r"^(?:19|20)\d\d(?:[/_-]\d{2,4})?$"  # or a month, 2018-03
_NAME = re.compile(r"[^\W\d]\w*\Z")


def read_published(reader: FigureReader, node: Node | None) -> None:
    """Every figure of the block, and of blocks in it that have a year a line."""
    if node is not None and not isinstance(node, MappingNode) and not is_empty(node):
        hint = "such as `places_in_2016: 120`, one a line"
        reader.document.problem("wrong-kind", "published figures are a block of names and numbers", node, hint)
    for key, value in pairs(node) if node is not None else []:
        if not _NAME.match(key.value):
            hint = "letters, digits and `_`, such as `bed_days`: sums are written with it"
            reader.document.problem("unknown-name", f"{quoted(key.value)} cannot be the name of a figure", key, hint)
        elif years := _years(value):
            for year, inner in years:
                _read(reader, f"{key.value}.{_as_name(year.value)}", inner, year.value)
        else:
            _read(reader, key.value, value)


def _years(node: Node) -> list[tuple[ScalarNode, Node]]:
    """The lines of a block that has one for each year; none where it is something else."""
    lines = pairs(node)
    return lines if lines and all(re.match(YEAR, key.value) for key, _ in lines) else []


def _as_name(year: str) -> str:
    return year.replace("/", "_").replace("-", "_")


def _read(reader: FigureReader, name: str, node: Node, year: str = "") -> None:
    """One figure, in the unit that it says, or that is printed with it; a plain number where neither does."""
    unit = _unit(reader, node)
    if unit is None:
        return
    title = name.replace("_", " ").replace(".", " ").capitalize()
    kind = FigureKind(name=name, title=title, unit=unit, level=PREFIX, signed=True)
    usual, reader.year = reader.year, year.replace("_", "/") or reader.year
    reader.read_figure(f"{PREFIX}.{name}", kind, node)
    reader.year = usual
    figure, years = reader.figures.get(f"{PREFIX}.{name}"), _over(node)
    if figure is not None and figure.number and years is not None:
        reader.figures[figure.name] = replace(figure, number=_a_year(figure.number, years))


def _number(node: Node) -> Printed | None:
    at = at_key(node, "value") if isinstance(node, MappingNode) else node
    try:
        return read_as_printed(at.value) if isinstance(at, ScalarNode) else None
    except NotANumber:
        return None


def _unit(reader: FigureReader, node: Node) -> str | None:
    """The unit of a figure; None, with a problem noted, where what is said is none."""
    number, years = _number(node), _over(node)
    said = at_key(node, "unit") if isinstance(node, MappingNode) else node
    unit = number.unit or "" if number else ""
    if said is not node and isinstance(said, ScalarNode):
        try:
            written = read_measure(said.value)
        except NotAUnit as why:
            reader.document.problem("wrong-unit", f"{quoted(said.value)} is not a unit", said, str(why))
            return None
        if number and number.unit not in (None, written, written.split("/")[0]):
            hint = "say it once: with the number, or as `unit:`"
            reader.document.problem("wrong-unit", f"{quoted(number.text)} is not of {quoted(said.value)}", said, hint)
            return None
        unit = written
    return f"{unit}/year" if years else unit


def _over(node: Node) -> Decimal | None:
    """The years of which a figure is the total."""
    at = at_key(node, "over") if isinstance(node, MappingNode) else node
    if at is node or not isinstance(at, ScalarNode):
        return None
    try:
        years = read_number(at.value)
    except NotANumber:
        return None
    return years.value if years.value > 0 and years.unit in (None, "year") else None


def _a_year(number: Printed, years: Decimal) -> Printed:
    """A total over some years as so much a year, known as well as the total is."""
    low, high = number.interval
    spread = (low / years, high / years) if number.spread else None
    text = f"{number.text} over {years.normalize():f} years"
    return replace(number, value=number.value / years, step=number.step / years, text=text, spread=spread, unit=None)
