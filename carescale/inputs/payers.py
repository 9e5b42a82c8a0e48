"""Figures for each payer: a block of them, what holds for all of them at once, and `paid_by:`, who bears the costs.

What is the same three times is written once, and means the figures that it would have been written out as.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode

from carescale.engine.registry import FigureKind
from carescale.figures import Detail
from carescale.formulas.savings import share_in_all
from carescale.formulas.vocabulary import PAYERS, SHARES_OF_COST, registry
from carescale.inputs.document import pairs
from carescale.inputs.schema import PaidByEntry, check_entry
from carescale.numbers import read_number
from carescale.problems import quoted

if TYPE_CHECKING:
    from carescale.inputs.figure_reader import FigureReader

PAID_BY = "paid_by"
WRITTEN_OUT = {"value", "unknown", "solve", "assumption", "source", "equals"}  # the keys of one figure
_NOTHING = read_number("0%")
_NO_REASON = "the file names the payer and gives no source for it"


def _is_written_out(node: Node) -> bool:
    """Whether a block is one figure, and not figures by payer."""
    return any(key.value in WRITTEN_OUT for key, _ in pairs(node))


def read_payers(reader: FigureReader, kind: FigureKind, scope: str, key: ScalarNode, node: Node) -> None:
    """A figure for each payer; `unknown:` alone holds for all of them."""
    stem = f"{scope}.{kind.name}"
    if _is_written_out(node) and "unknown" in {inner.value for inner, _ in pairs(node)}:
        _read_for_all(reader, kind, stem, node)
    elif not isinstance(node, MappingNode) or _is_written_out(node):
        hint = f"write it under a payer: {', '.join(PAYERS)}"
        reader.document.problem("wrong-kind", f"`{kind.name}` does not say for which payer", key, hint)
    else:
        for payer, value in node.value:
            if _is_payer(reader, payer, payer.value):
                reader.read_figure(f"{stem}.{payer.value}", kind, value)
        if kind.name in SHARES_OF_COST:
            _leave_nothing(reader, stem, [payer.value for payer, _ in node.value])


def read_paid_by(reader: FigureReader, scope: str, node: Node, said: set[str]) -> None:
    """Who bears the costs, all of them: the shares of set-up and of running cost that a block does not give itself."""
    if not isinstance(node, (ScalarNode, MappingNode)):
        hint = "where a cost is split, write `running_cost_share` and `set_up_share` by payer"
        reader.document.problem("wrong-kind", "`paid_by` names one payer", node, hint)
        return
    entry = check_entry(reader.document, PaidByEntry, node) if isinstance(node, MappingNode) else None
    if isinstance(node, MappingNode) and entry is None:
        return
    inside: Mapping[str, tuple[ScalarNode, Node]] = {key.value: (key, value) for key, value in pairs(node)}
    payer = inside["payer"][1] if inside else node
    if not _is_payer(reader, payer, entry.payer if entry else str(node.value)):
        return
    deducted = reader.choices.get(f"{scope}.running_cost_basis") == "already_deducted"
    for name in SHARES_OF_COST:
        if name not in said and not (deducted and name == "running_cost_share"):
            stem, whole = f"{scope}.{name}", _all_of_it(payer, [pair for key, pair in inside.items() if key != "payer"])
            reader.read_figure(f"{stem}.{payer.value}", registry.figures[name], whole)
            _leave_nothing(reader, stem, [payer.value])


def _all_of_it(payer: Node, origin: list[tuple[ScalarNode, Node]]) -> MappingNode:
    """The figure that is meant, written out: all of the cost, and where that is known from."""
    start, end = payer.start_mark, payer.end_mark

    def word(text: str) -> ScalarNode:
        return ScalarNode("", text, start, end)

    given = origin or [(word("assumption"), word(_NO_REASON))]
    return MappingNode("", [(word("value"), word("100%")), *given], start, end)


def _is_payer(reader: FigureReader, node: Node, written: str) -> bool:
    if written not in PAYERS:
        hint = reader.document.nearest(written, PAYERS)
        reader.document.problem("unknown-name", f"there is no payer {quoted(written)}", node, hint)
    return written in PAYERS


def _read_for_all(reader: FigureReader, kind: FigureKind, stem: str, node: Node) -> None:
    """One figure that is read once and stands for every payer."""
    first, *others = PAYERS
    reader.read_figure(f"{stem}.{first}", kind, node)
    if found := reader.figures.get(f"{stem}.{first}"):
        reader.figures.update({(name := f"{stem}.{payer}"): replace(found, name=name) for payer in others})


def _leave_nothing(reader: FigureReader, stem: str, named: list[str]) -> None:
    """Where those named bear all of a cost the others bear none of it, for the same reason."""
    figures = [reader.figures.get(f"{stem}.{payer}") for payer in named]
    values = [figure.value for figure in figures if figure and figure.value is not None]
    last = figures[-1] if figures else None
    if last and len(values) == len(named) and share_in_all(values) == 1:
        for payer in [payer for payer in PAYERS if payer not in named]:
            name = f"{stem}.{payer}"
            reader.figures[name] = replace(last, name=name, number=_NOTHING, detail=Detail())
