"""Loading: a place file, its scenario, the interventions they name, and settings, put together into a Case.

Layers of figures, the later winning: method, interventions, place, scenario, settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from yaml.nodes import Node, ScalarNode, SequenceNode

from carescale.engine.model import Model
from carescale.engine.plan import Plan
from carescale.figures import Figure, Source
from carescale.formulas import registry
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.calendar import financial_years
from carescale.inputs.case import PORTFOLIO, Case, Scenario
from carescale.inputs.citing import default_citation
from carescale.inputs.claims import read_claims
from carescale.inputs.document import Document, pairs
from carescale.inputs.entities import make_entities, scopes_of
from carescale.inputs.layers import Layer, hold_last_share, intervention_layer, read_layer, read_method, stacked
from carescale.inputs.library import (
    Intervention,
    display_name,
    find_scenario,
    key_of,
    open_place,
    own_file,
    read_intervention,
    read_shipped,
    shipped,
    shipped_names,
    sources_of,
)
from carescale.inputs.periods import appraisal_periods
from carescale.inputs.plan_settings import add_to_plan, split_settings
from carescale.inputs.reading import read_document
from carescale.inputs.schema import PlaceFile, ScenarioFile, check_shape
from carescale.inputs.settings import apply_settings
from carescale.inputs.solving import solve_figures
from carescale.inputs.targets import planned_names
from carescale.problems import Problem, Problems, quoted

if TYPE_CHECKING:
    from carescale.inputs.areas import AreaTable

AS_PUBLISHED = "as-published"
_METHOD = ("method.yaml", "method/discount-rates.yaml", "method/optimism-bias.yaml")


def load(
    path: str | Path,
    *,
    scenario: str = AS_PUBLISHED,
    settings: Iterable[str] = (),
    appraise: bool = False,
    together: Iterable[str] = (),
) -> Case:
    """The case in a place file, ready to project, check and explain.

    `path` is a file, the name of a shipped example, or `-` for standard input. `scenario` is a name in the library or
    a file. `settings` are `path=value` texts. `appraise` discounts its flows, and present values are added over the
    payers named in `together`. Raises Problems with everything that is wrong, at its line and column.
    """
    document, base = open_place(path)
    return _Loader(document, base, scenario, tuple(settings), appraise, tuple(together)).case()


def scenario_names(asked: Sequence[str]) -> list[str]:
    """The scenarios asked for, each once: as published where none is, all of the library for `all`."""
    names = [name for word in asked for name in (shipped_names("scenarios/scaling") if word == "all" else [word])]
    return list(dict.fromkeys(names)) or [AS_PUBLISHED]


@dataclass
class _Loader:
    document: Document
    base: Path
    scenario_name: str
    settings: tuple[str, ...]
    appraise: bool = False
    together: tuple[str, ...] = ()
    documents: list[Document] = field(default_factory=list)

    def case(self) -> Case:
        place = self.place
        scenario_document, scenario = self._read_scenario()
        settings, plans = split_settings(self.settings)
        self.documents += plans
        interventions = self._read_interventions(self._read_used())
        if any(entry.document.problems.problems for entry in interventions.values()):
            self._stop()  # a file that is only half read would make the rest look wrong
        layer = self._read_layers(place, scenario_document, scenario, interventions)
        scopes = scopes_of(interventions.values())
        planned_more = add_to_plan(layer, plans, interventions, scopes)
        figures, choices, planned = layer.figures, layer.choices, layer.planned
        choices |= {f"{PORTFOLIO}.appraisal": "discounted"} if self.appraise else {}
        changes, problems = apply_settings(settings, figures, choices, scopes)
        hold_last_share(figures, scopes)
        start, horizon = place.start or "", int(figures[f"{PORTFOLIO}.horizon_months"].value or 0)
        years, calendar = financial_years(start, horizon)
        dimensions = {"payer": tuple(PAYERS), "year": years}
        if choices.get(f"{PORTFOLIO}.appraisal") == "discounted":
            periods, ends = appraisal_periods(start, horizon)
            dimensions, calendar = {**dimensions, "period": periods}, {**calendar, **ends}
        entities = make_entities(place.place, interventions.values(), planned)
        areas = self._read_areas(scopes, problems, figures)
        self._check_catching_up(choices, areas)
        arrays = areas.figures if areas else {}
        model = Model(entities, figures, choices, dimensions, {**calendar, **arrays}, {"payer": self.together})
        cited = default_citation(self.document, place.source, self.sources)
        claims = read_claims(self.document, Plan(registry, model), self.sources, cited)
        self._stop(problems)
        model, unsolved = solve_figures(model)
        self._stop(_with_excerpt(problem, (self.document, *self.documents)) for problem in unsolved)
        return Case(
            self.document.name, place.place, place.code or "", place.year or "", place.title or "", place.start or "",
            Scenario(self.scenario_name, scenario.scenario, scenario.about), model, claims,
            (*planned_more, *changes), areas,
            {name: entry.shape.limits for name, entry in interventions.items() if entry.shape.limits},
        )  # fmt: skip

    def _read_areas(
        self, scopes: Mapping[str, str], problems: Iterable[Problem], figures: Mapping[str, Figure]
    ) -> AreaTable | None:
        """The areas, where the place is a table of many. Nothing is read of it while the files have problems."""
        node, there = self.document.find(("table",))
        if not there:
            return None
        from carescale.inputs.area_reader import read_areas
        from carescale.inputs.table_map import TableReader

        table = TableReader(self.document, self.base, self.place, scopes, self.sources).read(node)
        claims, claimed = self.document.find(("claims",))
        if claimed:
            hint = "put claims about one area into a file of its own"
            self.document.problem("bad-claim", "claims are about one place, and this is a table of many", claims, hint)
        self._stop(problems)
        assert table is not None
        self._check_columns([column.key for column in table.columns], figures)
        for figure in figures.values():
            if figure.detail.solve:
                message = "a figure is solved for one place, and this is a table of many"
                self._stop([_with_excerpt(Problem("unsolvable", message, figure.place), (self.document,))])
        return read_areas(table)

    def _check_columns(self, keys: Iterable[str], figures: Mapping[str, Figure]) -> None:
        """A figure is given by the table or by the file or option, not by both."""
        for key in keys:
            if key in figures and figures[key].place.file != "scenarios/method.yaml":
                message = f"`{key}` is given here and by a column of the table"
                hint = "leave one of them out"
                self._stop([Problem("duplicate-key", message, figures[key].place, hint)])

    def _check_catching_up(self, choices: Mapping[str, str], areas: AreaTable | None) -> None:
        """Catching up needs somebody to catch up with."""
        if areas is None and "catch_up" in [choice for key, choice in choices.items() if key.endswith(".target")]:
            node, _ = self.document.find(("plan",))
            hint = "name one under `table:`, or give the rate to reach as `rate:`"
            self.document.problem("missing-key", "`catch_up` needs a table of areas to measure against", node, hint)

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

    def _read_used(self) -> dict[str, Path | None]:
        """A council's own interventions, by name; None for those that cannot be read."""
        node, there = self.document.find(("use",))
        items: list[Node] = node.value if isinstance(node, SequenceNode) else [node]
        written = [item for item in items if there and isinstance(item, ScalarNode)]
        return {key_of(item.value): own_file(self.base, item.value, self.document, item) for item in written}

    def _read_interventions(self, used: Mapping[str, Path | None]) -> dict[str, Intervention]:
        """The interventions that the plans name, or that the place has figures for."""
        library = {**shipped_names("scenarios/interventions"), **used}
        named: dict[str, tuple[Document, Node]] = {}
        for document in (self.document, *self.documents):
            figures, there = document.find(("figures",))
            named |= {key.value: (document, key) for key, _ in pairs(figures) if there and key.value in library}
        for document in (self.document, *self.documents):
            named |= {name: (document, node) for name, node in planned_names(document).items()}
        interventions = {}
        for name, (document, node) in named.items():
            if name not in library:
                hint = document.nearest(name, library, "Interventions") + "\nname your own file under `use:`"
                document.problem("unknown-name", f"there is no intervention {quoted(name)}", node, hint)
                continue
            if (path := library[name]) is None:
                continue
            inner = read_document(path, name=display_name(path))
            self.documents.append(inner)
            interventions[name] = read_intervention(name, inner)
        return interventions

    def _read_layers(
        self,
        place: PlaceFile,
        scenario_document: Document,
        scenario: ScenarioFile,
        interventions: Mapping[str, Intervention],
    ) -> Layer:
        scopes = scopes_of(interventions.values())
        method = [read_shipped(shipped("scenarios") / name) for name in _METHOD]
        self.documents += method
        layers = [
            *(read_method(document, scopes) for document in method),
            *(intervention_layer(entry, scopes) for entry in interventions.values()),
            read_layer(self.document, place, interventions, scopes, self.sources),
            read_layer(scenario_document, scenario, interventions, scopes, sources_of(scenario.sources)),
        ]
        return stacked(layers)


def _with_excerpt(problem: Problem, documents: Iterable[Document]) -> Problem:
    """A problem found after reading, with the line it is about and its first word underlined."""
    line = next((other.line(problem.place.line) for other in documents if other.name == problem.place.file), "")
    word = re.match(r"[\w.]*", line[problem.place.column - 1 :])
    return replace(problem, excerpt=line, width=len(word[0]) if word else 1)
