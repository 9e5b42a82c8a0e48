"""What there is to pick from: interventions, scenarios, sources, examples, quantities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from carescale.engine.registry import FigureKind, Formula
from carescale.figures import Figure, Source
from carescale.formulas import registry
from carescale.formulas.vocabulary import CHOICES
from carescale.inputs.entities import scopes_of
from carescale.inputs.layers import intervention_layer
from carescale.inputs.library import (
    Intervention,
    library_sources,
    read_intervention,
    read_shipped,
    shipped_names,
)
from carescale.inputs.schema import PlaceFile, ScenarioFile, check_shape
from carescale.problems import Place, Problem, Problems, did_you_mean

F = TypeVar("F", ScenarioFile, PlaceFile)


@dataclass(frozen=True)
class Card:
    """An intervention of the library with its figures, in the order of its file."""

    intervention: Intervention
    figures: dict[str, Figure]
    choices: dict[str, str]

    def get(self, name: str) -> list[Figure]:
        """The figures of one name, over its cohorts and payers."""
        return [figure for key, figure in self.figures.items() if name in key.split(".")]


Found = Card | ScenarioFile | PlaceFile | Source | FigureKind | list[Formula] | str


def intervention_card(name: str) -> Card:
    """An intervention of the library, read and checked. Raises Problems."""
    document = read_shipped(shipped_names("scenarios/interventions")[name])
    read = read_intervention(name, document)
    document.problems.stop()
    assert read is not None
    layer = intervention_layer(read, scopes_of([read]))
    document.problems.stop()
    return Card(read, layer.figures, layer.choices)


def interventions() -> list[Card]:
    """Every intervention of the library."""
    return [intervention_card(name) for name in shipped_names("scenarios/interventions")]


def scenarios() -> dict[str, ScenarioFile]:
    """Every scaling scenario of the library by name."""
    return {name: _shape(path, ScenarioFile) for name, path in shipped_names("scenarios/scaling").items()}


def examples() -> dict[str, PlaceFile]:
    """Every example that ships by name."""
    return {name: _shape(path, PlaceFile) for name, path in shipped_names("examples").items()}


def sources() -> list[Source]:
    """Every publication that the library cites."""
    return list(library_sources().values())


def formulas_named(name: str) -> list[Formula]:
    """Every formula of a name: its levels and alternatives."""
    return registry.by_name.get(name, [])


def find(name: str) -> Found:
    """Whatever the library has under a name; a choice is its name. Raises Problems with the nearest names."""
    plain = name.replace("-", "_")
    if plain in shipped_names("scenarios/interventions"):
        return intervention_card(plain)
    shelves: tuple[Mapping[str, Found], ...] = (scenarios(), examples(), library_sources(), registry.figures)
    for shelf in shelves:
        if name in shelf:
            return shelf[name]
    if plain in CHOICES:
        return plain
    if found := formulas_named(plain):
        return found
    known = [
        *shipped_names("scenarios/interventions"), *shipped_names("scenarios/scaling"), *shipped_names("examples"),
        *library_sources(), *registry.figures, *registry.by_name, *CHOICES,
    ]  # fmt: skip
    raise Problems(
        [Problem("unknown-name", f"nothing is called `{name[:80]}`", Place("show"), did_you_mean(name, known))]
    )


def _shape(path: Path, model: type[F]) -> F:
    document = read_shipped(path)
    shape = check_shape(document, model)
    document.problems.stop()
    assert shape is not None
    return shape
