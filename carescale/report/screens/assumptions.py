"""The log of assumptions, in the columns of the AQuA Book's: what, why, how good, how much hangs on it, whose, when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from carescale.analysis.assumptions import Assumed
from carescale.analysis.catalogue import interventions
from carescale.case import PORTFOLIO
from carescale.formulas.vocabulary import GROUPS, PAYERS
from carescale.report.blocks import Block, Column, Line, Records, Row, Screen, table, there
from carescale.report.formats import number, written
from carescale.report.words import payer_name, unit_words

COLUMNS = (
    "id", "assumption", "value", "unit", "year", "basis", "range_low", "range_high", "quality", "impact",
    "owner", "file", "line",
)  # fmt: skip
_NONE, _RANGED, _STUDIED = "red", "amber", "green"
_METHOD = "the method"


def assumptions_screen(found: Sequence[Assumed], quantity: str = "") -> Screen:
    """The log of the library; or of a plan, with what a tenth more of each does to a quantity."""
    return Screen(blocks=lambda: _blocks(found, quantity), records=Records(COLUMNS, lambda: _rows(found)))


def quality(one: Assumed) -> str:
    """Red for a reason alone, amber where it is said how far it may be off, green where it was studied."""
    detail = one.figure.detail
    return _STUDIED if detail.evidence else _RANGED if detail.low else _NONE


def _blocks(found: Sequence[Assumed], quantity: str) -> list[Block]:
    kinds = [Column("Assumption", "words"), Column("Value"), Column("Why", "words")]
    heading = [*kinds, Column("A tenth\nmore")] if quantity else kinds
    rows: list[Row] = []
    titles = {card.intervention.name: card.intervention.shape.intervention for card in interventions()}
    for owner in dict.fromkeys(one.of for one in found):
        rows.append(Row((_owner(owner, titles), *[""] * (len(heading) - 1)), "section"))
        rows += [Row(_cells(group, quantity), "part") for group in _groups(found, owner)]
    body = table(heading, rows)
    return there(body, Line((_says(found, quantity),))) if body else [Line(("nothing is assumed",))]


def _says(found: Sequence[Assumed], quantity: str) -> str:
    reasons = sum(quality(one) == _NONE for one in found)
    said = (
        f"{len(found)} figures are assumed, {reasons} of them for a reason alone and without a range (quality: red; "
        "amber has a range, green a study). "
    )
    moved = f"A tenth more of a figure moves {quantity} by so much; what moves only when has none. " if quantity else ""
    return said + moved + "`--format csv` has an id, owner and line for each, in the AQuA Book's columns."


def _groups(found: Sequence[Assumed], owner: str) -> list[list[Assumed]]:
    """Figures with one name and one reason are one assumption: the shares of the payers of a cost."""
    groups: dict[tuple[str, str], list[Assumed]] = {}
    for one in found:
        if one.of == owner:
            groups.setdefault((one.title, one.figure.assumption), []).append(one)
    return list(groups.values())


def _cells(group: Sequence[Assumed], quantity: str) -> tuple[str, ...]:
    first = group[0]
    values = dict.fromkeys(_value(one, len(group) > 1) for one in group)
    cells = (first.title, "\n".join(values), first.figure.assumption)
    return (*cells, _moved(group)) if quantity else cells


def _value(one: Assumed, several: bool) -> str:
    number = one.figure.number.text if one.figure.number else one.figure.unknown
    *path, last = one.key.split(".")
    if not several or len(path) < 2:
        return number
    return f"{payer_name(last) if last in PAYERS else path[-1].replace('_', ' ')} {number}"


def _moved(group: Sequence[Assumed]) -> str:
    moved = [one.moves for one in group if one.moves]
    return written(max(moved, key=abs), "") if moved else "–"


def _owner(path: str, titles: Mapping[str, str]) -> str:
    return "The method" if path == PORTFOLIO else titles.get(path, GROUPS.get(path, path))


def _rows(found: Sequence[Assumed]) -> Iterator[Sequence[Any]]:
    for one in found:
        figure, detail = one.figure, one.figure.detail
        low, high = (end.text if end else None for end in (detail.low, detail.high))
        yield (
            one.key, one.title, figure.number.text if figure.number else None, unit_words(figure.unit),
            figure.year or None, figure.assumption, low, high, quality(one), number(one.moves),
            _METHOD if one.of == PORTFOLIO else one.of, figure.position.file, figure.position.line,
        )  # fmt: skip
