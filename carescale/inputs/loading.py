"""Loading: a place file, its scenario, the interventions they name, and settings, put together into a Case.

Layers of figures, the later winning: method, interventions, place, scenario, settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node

from carescale.engine.model import Model
from carescale.engine.plan import Plan
from carescale.engine.registry import FigureKind
from carescale.figures import Figure, Source
from carescale.formulas import registry
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.calendar import financial_years
from carescale.inputs.case import PORTFOLIO, Case, Scenario
from carescale.inputs.citing import default_citation
from carescale.inputs.claims import read_claims
from carescale.inputs.document import Document, is_empty, pairs
from carescale.inputs.entities import make_entities, scopes_of
from carescale.inputs.figure_reader import FigureReader
from carescale.inputs.library import (
    Intervention,
    display_name,
    find_example,
    find_scenario,
    own_file,
    read_intervention,
    read_shipped,
    shipped,
    shipped_names,
    sources_of,
)
from carescale.inputs.reading import read_document
from carescale.inputs.schema import MethodFile, PlaceFile, ScenarioFile, check_shape
from carescale.inputs.settings import apply_settings
from carescale.inputs.solving import solve_figures
from carescale.inputs.targets import planned_names, read_plan
from carescale.problems import Place, Problem, Problems, did_you_mean, quoted

AS_PUBLISHED = "as-published"


def load(path: str | Path, *, scenario: str = AS_PUBLISHED, settings: Iterable[str] = ()) -> Case:
    """The case in a place file, ready to project, check and explain.

    `path` is a file, the name of a shipped example, or `-` for standard input. `scenario` is a name in the library or
    a file. `settings` are `path=value` texts. Raises Problems with everything that is wrong, at its line and column.
    """
    document, base = open_place(path)
    return _Loader(document, base, scenario, tuple(settings)).case()


def open_place(path: str | Path) -> tuple[Document, Path]:
    """The document of a place file and where its neighbours are looked for."""
    written = str(path)
    if written == "-":
        return read_document(written, name="standard input"), Path("stdin.yaml")
    if not _is_there(written):
        if example := find_example(written):
            return read_shipped(example), example
        hint = did_you_mean(Path(written).stem, shipped_names("examples"), "Examples that ship")
        raise Problems([Problem("missing-file", "there is no such file", Place(written), hint)])
    return read_document(written), Path(written)


def _is_there(written: str) -> bool:
    try:
        return Path(written).exists()
    except OSError:  # a name that the system cannot have; reading it says so
        return True


@dataclass
class _Loader:
    document: Document
    base: Path
    scenario_name: str
    settings: tuple[str, ...]
    documents: list[Document] = field(default_factory=list)

    def case(self) -> Case:
        place = self.place
        scenario_document, scenario = self._read_scenario()
        interventions = self._read_interventions(self._read_used())
        if any(entry.document.problems.problems for entry in interventions.values()):
            self._stop()  # a file that is only half read would make the rest look wrong
        figures, choices, planned = self._read_layers(place, scenario_document, scenario, interventions)
        scopes = scopes_of(interventions.values())
        changes, problems = apply_settings(self.settings, figures, choices, scopes)
        years, calendar = financial_years(place.start or "", int(figures[f"{PORTFOLIO}.horizon_months"].value or 0))
        dimensions = {"payer": tuple(PAYERS), "year": years}
        entities = make_entities(place.place, interventions.values(), planned)
        model = Model(entities, figures, choices, dimensions, calendar)
        cited = default_citation(self.document, place.source, self.sources)
        claims = read_claims(self.document, Plan(registry, model), self.sources, cited)
        self._stop(problems)
        model, unsolved = solve_figures(model)
        self._stop(_with_excerpt(problem, (self.document, *self.documents)) for problem in unsolved)
        return Case(
            self.document.name, place.place, place.code or "", place.year or "", place.title or "", place.start or "",
            Scenario(self.scenario_name, scenario.scenario, scenario.about), model, claims, tuple(changes),
            {name: entry.shape.limits for name, entry in interventions.items() if entry.shape.limits},
        )  # fmt: skip

    @cached_property
    def place(self) -> PlaceFile:
        return check_shape(self.document, PlaceFile)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return sources_of(self.place.sources)

    def _stop(self, more: Iterable[Problem] = ()) -> None:
        """Raise everything found so far in any file."""
        found = [problem for document in (self.document, *self.documents) for problem in document.problems.problems]
        if found := [*found, *more]:
            raise Problems(found)

    def _read_scenario(self) -> tuple[Document, ScenarioFile]:
        path = find_scenario(self.scenario_name)
        document = read_document(path, name=display_name(path))
        self.documents.append(document)
        return document, check_shape(document, ScenarioFile)

    def _read_used(self) -> dict[str, Path]:
        """A council's own interventions, by name."""
        node, there = self.document.find(("use",))
        nodes = getattr(node, "value", None) if there else []
        items: list[Node] = nodes if isinstance(nodes, list) else [node]
        found = [own_file(self.base, item.value, self.document, item) for item in items if isinstance(item.value, str)]
        return {path.stem.replace("-", "_"): path for path in found if path}

    def _read_interventions(self, used: Mapping[str, Path]) -> dict[str, Intervention]:
        """The interventions that the plans name, or that the place has figures for."""
        library = {**shipped_names("scenarios/interventions"), **used}
        figures, there = self.document.find(("figures",))
        named: dict[str, tuple[Document, Node]] = {}
        named |= {key.value: (self.document, key) for key, _ in pairs(figures) if there and key.value in library}
        for document in (self.document, *self.documents):
            named |= {name: (document, node) for name, node in planned_names(document).items()}
        interventions = {}
        for name, (document, node) in named.items():
            if name not in library:
                hint = did_you_mean(name, library, "Interventions") + "\nname your own file under `use:`"
                document.problem("unknown-name", f"there is no intervention {quoted(name)}", node, hint)
                continue
            inner = read_document(library[name], name=display_name(library[name]))
            self.documents.append(inner)
            interventions[name] = read_intervention(name, inner)
        return interventions

    def _read_layers(
        self,
        place: PlaceFile,
        scenario_document: Document,
        scenario: ScenarioFile,
        interventions: Mapping[str, Intervention],
    ) -> tuple[dict[str, Figure], dict[str, str], dict[str, list[str]]]:
        scopes = scopes_of(interventions.values())
        figures: dict[str, Figure] = {}
        choices: dict[str, str] = {}
        planned: dict[str, list[str]] = {}
        brought = (intervention_figures(entry, scopes) for entry in interventions.values())
        for reader in (self._method(scopes), *brought):
            figures |= reader.figures
            choices |= reader.choices
        for document, shape in ((self.document, place), (scenario_document, scenario)):
            sources = self.sources if document is self.document else sources_of(shape.sources)
            reader = _reader(document, shape, scopes, sources)
            targets = read_plan(reader, interventions)
            for name in targets.planned:  # a scenario's plan for an intervention replaces the place's
                for key in [key for key in choices if key.startswith(f"{name}.") and key.endswith(".target")]:
                    del choices[key]
            planned |= targets.planned
            reader.read_choices(_block(document, "choices"), "")
            reader.read_tree(_block(document, "figures"), "")
            _read_published(reader, _block(document, "published"))
            figures |= reader.figures
            choices |= reader.choices
        return figures, choices, planned

    def _method(self, scopes: Mapping[str, str]) -> FigureReader:
        document = read_shipped(shipped("scenarios") / "method.yaml")
        self.documents.append(document)
        shape = check_shape(document, MethodFile)
        reader = _reader(document, shape, scopes, sources_of({}))
        reader.read_tree(_block(document, "figures"), "")
        return reader


def _block(document: Document, *path: str) -> Node | None:
    node, there = document.find(path)
    return node if there else None


def _reader(document: Document, shape: Any, scopes: Mapping[str, str], sources: Mapping[str, Source]) -> FigureReader:
    citation = default_citation(document, shape.source, sources)
    return FigureReader(document, scopes, sources, citation, shape.year or "")


def intervention_figures(entry: Intervention, scopes: Mapping[str, str]) -> FigureReader:
    """The figures and choices that an intervention file brings."""
    reader = _reader(entry.document, entry.shape, scopes, entry.sources)
    name = entry.name
    reader.read_choices(entry.node("choices"), name)
    reader.read_tree(entry.node("figures"), name)
    for section in ("cohorts", "spend_lines"):
        for key, node in pairs(entry.document.find((section,))[0]) if entry.node(section) else []:
            path = f"{name}.{key.value}"
            reader.read_choices(_inside(node, "choices"), path)
            reader.read_tree(_inside(node, "figures"), path)
            for strand, inner in pairs(_inside(node, "strands") or node) if _inside(node, "strands") else []:
                reader.read_tree(_inside(inner, "figures"), f"{path}.{strand.value}")
    return reader


def _inside(node: Node, key: str) -> Node | None:
    return next((value for inner, value in pairs(node) if inner.value == key), None)


def _read_published(reader: FigureReader, node: Node | None) -> None:
    """Free figures that only claims use: names are the file's own, units follow from how they are printed."""
    if node is not None and not isinstance(node, MappingNode) and not is_empty(node):
        hint = "such as `places_in_2016: 120`, one a line"
        reader.document.problem("wrong-kind", "published figures are a block of names and numbers", node, hint)
    for key, value in pairs(node) if node is not None else []:
        written = _inside(value, "value") or value
        text = written.value if isinstance(written.value, str) else ""
        unit = "GBP" if "£" in text else "" if text.endswith("%") else "person"
        kind = FigureKind(key.value, key.value.replace("_", " ").capitalize(), unit, "case", signed=True)
        reader.read_figure(f"published.{key.value}", kind, value)


def _with_excerpt(problem: Problem, documents: Iterable[Document]) -> Problem:
    """A problem found after reading, with the line it is about and its first word underlined."""
    line = next((other.line(problem.place.line) for other in documents if other.name == problem.place.file), "")
    word = line[problem.place.column - 1 :].partition(":")[0]
    return replace(problem, excerpt=line, width=len(word) or 1)
