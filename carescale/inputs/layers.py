"""Layers of figures, choices and plans, one a file; a later layer wins: method, interventions, place, scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from yaml.nodes import Node

from carescale.figures import Figure, Source
from carescale.formulas.vocabulary import DEFAULT_CHOICES, SHARES_BY_YEAR
from carescale.inputs.document import Document, pairs
from carescale.inputs.entities import Cohorts, cohorts_of
from carescale.inputs.figure_reader import FigureReader
from carescale.inputs.library import Intervention, sources_of
from carescale.inputs.origins import default_citation
from carescale.inputs.published import read_published
from carescale.inputs.schema import MethodFile, PlaceFile, ScenarioFile, check_shape
from carescale.inputs.targets import read_plan


class Layer(Struct, frozen=True):
    """What one file brings, or several put together: figures and choices by path, planned parts by intervention."""

    figures: dict[str, Figure] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    planned: dict[str, list[str]] = field(default_factory=dict)


def stacked(layers: Iterable[Layer]) -> Layer:
    """Layers put together. A later plan for an intervention replaces the earlier one whole."""
    together = Layer()
    for layer in layers:
        for name in layer.planned:
            for key in [key for key in together.choices if key.startswith(f"{name}.") and key.endswith(".target")]:
                del together.choices[key]
        together.figures.update(layer.figures)
        together.choices.update(layer.choices)
        together.planned.update(layer.planned)
    return together


def hold_last_share(figures: dict[str, Figure], scopes: Iterable[str]) -> None:
    """A year whose share of full scale nobody gives has that of the year before, as in a list of `yearly_shares`."""
    for scope in scopes:
        for before, name in pairwise(f"{scope}.{year}" for year in SHARES_BY_YEAR):
            if before in figures and name not in figures:
                figures[name] = replace(figures[before], name=name)


def read_method(document: Document, scopes: Mapping[str, str]) -> Layer:
    """The figures and choices of method."""
    reader = _reader(document, check_shape(document, MethodFile), scopes, sources_of({}), {})
    reader.read_choices(_block(document, "choices"), "")
    reader.read_tree(_block(document, "figures"), "")
    return _layer(reader)


def read_layer(
    document: Document,
    shape: PlaceFile | ScenarioFile,
    interventions: Mapping[str, Intervention],
    scopes: Mapping[str, str],
    sources: Mapping[str, Source],
) -> Layer:
    """What a place or scenario brings; problems go to its document."""
    reader = _reader(document, shape, scopes, sources, cohorts_of(interventions.values()))
    targets = read_plan(reader, interventions)
    reader.read_choices(_block(document, "choices"), "")
    reader.read_tree(_block(document, "figures"), "")
    read_published(reader, _block(document, "published"))
    return _layer(reader, targets.planned)


def _block(document: Document, *path: str) -> Node | None:
    node, there = document.find(path)
    return node if there else None


def _reader(
    document: Document, shape: Any, scopes: Mapping[str, str], sources: Mapping[str, Source], cohorts: Cohorts
) -> FigureReader:
    citation = default_citation(document, shape.source, sources)
    checked = getattr(shape, "checked", None) or ""
    return FigureReader(
        document=document,
        scopes=scopes,
        sources=sources,
        citation=citation,
        year=shape.year or "",
        checked=checked,
        cohorts=cohorts,
    )


def _layer(reader: FigureReader, planned: dict[str, list[str]] | None = None) -> Layer:
    """What a reader found, once it has read everything of its file."""
    reader.origins.tell(reader.document)
    return Layer(reader.figures, reader.choices, planned or {})


def intervention_layer(entry: Intervention, scopes: Mapping[str, str]) -> Layer:
    """The figures and choices that an intervention file brings."""
    reader = _reader(entry.document, entry.shape, scopes, entry.sources, cohorts_of([entry]))
    name = entry.name
    reader.read_choices(entry.node("choices"), name)
    reader.read_tree(entry.node("figures"), name)
    reader.choices = {**_default_choices(entry), **reader.choices}
    for section in ("cohorts", "spend_lines"):
        for key, node in pairs(entry.document.find((section,))[0]) if entry.node(section) else []:
            path = f"{name}.{key.value}"
            reader.read_choices(_inside(node, "choices"), path)
            reader.read_tree(_inside(node, "figures"), path)
            for strand, inner in pairs(_inside(node, "strands") or node) if _inside(node, "strands") else []:
                reader.read_tree(_inside(inner, "figures"), f"{path}.{strand.value}")
    for outcome, node in pairs(entry.document.find(("outcomes",))[0]) if entry.node("outcomes") else []:
        reader.read_tree(_inside(node, "figures"), f"{name}.{outcome.value}")
    return _layer(reader)


def _default_choices(entry: Intervention) -> dict[str, str]:
    """What holds where its file does not choose; a saving a person is of cohorts, and not of spend lines."""
    kept = {
        choice: value for choice, value in DEFAULT_CHOICES.items() if choice != "saving_basis" or entry.shape.cohorts
    }
    return {f"{entry.name}.{choice}": value for choice, value in kept.items()}


def _inside(node: Node, key: str) -> Node | None:
    return next((value for inner, value in pairs(node) if inner.value == key), None)
