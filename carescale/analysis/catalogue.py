"""What there is to pick from: interventions, scenarios, sources, examples, quantities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from carescale.case import Case
from carescale.engine.registry import FigureKind, Formula
from carescale.figures import Citation, Figure, Source
from carescale.formulas import registry
from carescale.formulas.vocabulary import CHOICES, PAYERS, SAVINGS, THEMES
from carescale.inputs.document import Document
from carescale.inputs.entities import scopes_of
from carescale.inputs.language.guide import TOPICS, Topic
from carescale.inputs.layers import intervention_layer
from carescale.inputs.library import (
    Intervention,
    display_name,
    key_of,
    library_sources,
    read_intervention,
    read_shipped,
    shipped_names,
    theme_key,
)
from carescale.inputs.loading import load
from carescale.inputs.reading import read_document
from carescale.inputs.schema import PlaceFile, ScenarioFile, check_shape
from carescale.problems import Position, Problem, Problems, did_you_mean

SAVING_OF = {"cohort": "published_saving_per_person", "spend_line": "spend_reduction"}
STUDIES = ("study_benefit", "study_return")
OUTCOMES = ("outcome_change", "outcome_share")
EVIDENCED = (*SAVINGS, *STUDIES, *OUTCOMES)  # the figures that somebody found out, and of which it is asked how
ANY_PLACE = "birmingham"  # a scenario is read against a place, and any will do
F = TypeVar("F", ScenarioFile, PlaceFile)


class Card(Struct, frozen=True):
    """An intervention of the library with its figures, in the order of its file."""

    intervention: Intervention
    figures: dict[str, Figure]
    choices: dict[str, str]

    @property
    def theme(self) -> str:
        """The key of the theme that it belongs to."""
        return theme_key(self.intervention.shape.area)

    def get(self, *names: str) -> list[Figure]:
        """The figures of some names, over its cohorts and payers."""
        return [figure for key, figure in self.figures.items() if registry.named(key) in names]

    @property
    def savings(self) -> list[Figure]:
        """What it is said to save, each once where several cohorts have the same."""
        return self.get(*SAVINGS)

    @property
    def savings_not_given(self) -> Iterator[str]:
        """The keys of savings that its file says nothing of: of payers that it does not name."""
        name = self.intervention.name
        for part, (level, _) in self.intervention.parts.items():
            basis = self.choices.get(f"{name}.{part}.saving_basis") or self.choices.get(f"{name}.saving_basis")
            saving = (
                "saving_per_episode" if self.intervention.counts_by_year and level == "cohort" else SAVING_OF[level]
            )
            for payer in PAYERS if level == "spend_line" or basis == "published" else ():
                keys = [f"{name}.{part}.{saving}.{payer}", f"{name}.{saving}.{payer}"]
                if self.figures.keys().isdisjoint(keys):
                    yield keys[0]

    @property
    def studies(self) -> list[Figure]:
        """What is said to have come back where it was tried, in all or for each pound; never scaled."""
        return self.get(*STUDIES)

    @property
    def grades(self) -> list[int]:
        """The grades of evidence of its savings, the strongest first."""
        return sorted(
            {figure.detail.evidence.grade for figure in [*self.savings, *self.studies] if figure.detail.evidence}
        )

    @property
    def caveats(self) -> list[str]:
        """What to beware of, in a word each."""
        savings = [figure for figure in [*self.savings, *self.studies] if figure.number]
        returns = [figure.value for figure in self.get("study_return") if figure.value is not None]
        found = {
            "no saving": not savings,
            "contradicted": any(figure.detail.doubt for figure in savings),
            "cost more": any(value < 1 for value in returns),
            "wide range": any(figure.detail.low for figure in savings),
            "unverified": any(figure.citation and figure.citation.source.unverified for figure in savings),
            "caution": bool(self.cautions),
        }
        return [word for word, there in found.items() if there]

    @property
    def sources(self) -> list[Source]:
        """Every publication that it rests on or is contradicted by."""
        cited = [self.citation, *(figure.citation for figure in self.figures.values())]
        cited += [figure.detail.range_citation for figure in self.figures.values()]
        cited += [figure.detail.doubt.citation for figure in self.figures.values() if figure.detail.doubt]
        found = [citation.source for citation in cited if citation]
        found += [source for _, source in self.cautions]
        return list(dict.fromkeys(found))

    @property
    def citation(self) -> Citation | None:
        """The source named at the top of its file."""
        key = self.intervention.shape.source
        return Citation(self.intervention.sources[key]) if key else None

    @property
    def cautions(self) -> list[tuple[str, Source]]:
        """What else a reader should know, and who published it."""
        sources = self.intervention.sources
        return [(entry.says, sources[entry.source]) for entry in self.intervention.shape.cautions]


class ScenarioCard(Struct, frozen=True):
    """A scenario of the library with the figures that it brings."""

    name: str
    shape: ScenarioFile
    case: Case

    @property
    def figures(self) -> list[Figure]:
        """Its own figures, in the order of its file."""
        file = display_name(shipped_names("scenarios/scaling")[self.name])
        own = [figure for figure in self.case.figures.values() if figure.position.file == file]
        return sorted(own, key=lambda figure: figure.position.line)


def scenario_card(name: str) -> ScenarioCard:
    """A scenario of the library; it is read against a place, of which only the names are used."""
    return ScenarioCard(name, scenarios()[name], load(ANY_PLACE, scenario=name))


Found = Card | ScenarioCard | PlaceFile | Source | FigureKind | Topic | list[Formula] | str


def intervention_card(name: str) -> Card:
    """An intervention of the library, read and checked. Raises Problems."""
    return read_card(name, read_shipped(shipped_names("scenarios/interventions")[name]))


def read_card(name: str, document: Document) -> Card:
    """An intervention file, the library's or one's own, read and checked. Raises Problems."""
    read = read_intervention(name, document)
    document.problems.stop()
    layer = intervention_layer(read, scopes_of([read]))
    document.problems.stop()
    return Card(read, layer.figures, layer.choices)


def interventions() -> list[Card]:
    """Every intervention of the library, by area."""
    cards = [intervention_card(name) for name in shipped_names("scenarios/interventions")]
    return sorted(cards, key=lambda card: list(THEMES).index(card.theme))


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
    if name.endswith((".yaml", ".yml")):
        return read_card(key_of(name), read_document(name))
    plain = name.replace("-", "_")
    if plain in shipped_names("scenarios/interventions"):
        return intervention_card(plain)
    if name in shipped_names("scenarios/scaling"):
        return scenario_card(name)
    shelves: tuple[Mapping[str, Found], ...] = (TOPICS, examples(), library_sources(), registry.figures)
    for shelf in shelves:
        if name in shelf:
            return shelf[name]
    if plain in CHOICES:
        return plain
    if found := formulas_named(plain):
        return found
    known = [
        *shipped_names("scenarios/interventions"), *shipped_names("scenarios/scaling"), *shipped_names("examples"),
        *library_sources(), *registry.figures, *registry.by_name, *CHOICES, *TOPICS,
    ]  # fmt: skip
    raise Problems(
        [Problem("unknown-name", f"nothing is called `{name[:80]}`", Position("show"), did_you_mean(name, known))]
    )


def _shape(path: Path, model: type[F]) -> F:
    document = read_shipped(path)
    shape = check_shape(document, model)
    document.problems.stop()
    assert shape is not None
    return shape
