"""Loading: a place file, its scenario, the interventions they name, and settings, put together into a Case.

Layers of figures, the later winning: method, interventions, place, scenario, settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace
from yaml.nodes import Node, ScalarNode, SequenceNode

from carescale.case import HORIZON_KEY, PORTFOLIO, Case, Change, Claim, Moving, Scenario
from carescale.engine.model import Model
from carescale.engine.plan import Plan
from carescale.engine.registry import Formula
from carescale.figures import Figure, Source
from carescale.formulas import registry
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.calibrating import solve_figures
from carescale.inputs.claims import read_claims
from carescale.inputs.document import Document, pairs
from carescale.inputs.entities import make_entities, scopes_of
from carescale.inputs.layers import Layer, hold_last_share, intervention_layer, read_layer, read_method, stacked
from carescale.inputs.library import (
    Intervention,
    display_name,
    find_rates,
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
from carescale.inputs.moving import read_moving
from carescale.inputs.origins import default_citation
from carescale.inputs.own_formulas import read_formulas
from carescale.inputs.periods import appraisal_periods, financial_years, horizon_of, years_before
from carescale.inputs.reading import note_read, read_document
from carescale.inputs.schema import PlaceFile, ScenarioFile, check_shape
from carescale.inputs.settings import add_to_plan, apply_settings, split_settings
from carescale.inputs.shape_errors import MONTH
from carescale.inputs.targets import planned_names
from carescale.problems import Position, Problem, Problems, quoted

if TYPE_CHECKING:
    from carescale.actuals import Actuals
    from carescale.area_table import AreaTable
    from carescale.conversation import Conversation

AS_PUBLISHED = "as-published"
_METHOD = ("method.yaml", "method/optimism-bias.yaml")
_BUDGET = "method/budget.yaml"
_TRACKING = "method/tracking.yaml"
RATES = "green-book-2026"  # the schedule of discount rates that is in force


def load(
    path: str | Path,
    *,
    scenario: str = AS_PUBLISHED,
    settings: Iterable[str] = (),
    appraise: bool = False,
    together: Iterable[str] = (),
    rates: str = RATES,
    cash_years: int = 0,
    start: str = "",
    tracked: bool = False,
    actuals: Path | None = None,
) -> Case:
    """The case in a place file, ready to project, check and explain.

    `path` is a file, the name of a shipped example, or `-` for standard input. `scenario` is a name in the library or
    a file. `settings` are `path=value` texts. `appraise` discounts its flows, and present values are added over the
    payers named in `together`, by the schedule of discount rates that `rates` names in the library, or a file of one's
    own. With `cash_years` it is loaded to be budgeted: through March of so many financial years from its start, which
    `start` (2026-09) gives or changes. `tracked`, it has what happened: what its file says under `actuals:`, or the
    table `actuals`, where there is either. Raises Problems with everything that is wrong, at its line and column.
    """
    if start and not re.match(MONTH, start):
        message = f"{quoted(start)} is no month to start in"
        raise Problems([Problem("bad-option", message, Position("--start"), "a year and a month, such as 2026-09")])
    document, base = open_place(path)
    loader = _Loader(
        document, base, scenario, tuple(settings), appraise, tuple(together), rates, cash_years, start, tracked, actuals
    )
    case = loader.case()
    return replace(case, actuals=loader.read_actuals(case.model)) if tracked else case


def load_to_check(
    path: str | Path, *, scenario: str = AS_PUBLISHED, settings: Iterable[str] = ()
) -> tuple[Case, tuple[Problem, ...]]:
    """The case in a place file with those of its claims that can be held against it, and what is wrong with the others:
    one that is written wrong does not hide the verdicts on the rest. Raises Problems where anything else is wrong.
    """
    document, base = open_place(path)
    loader = _Loader(document, base, scenario, tuple(settings), refuses_claims=False)
    return loader.case(), tuple(loader.refused)


def scenario_names(asked: Sequence[str]) -> list[str]:
    """The scenarios asked for, each once: as published where none is, all of the library for `all`."""
    names = [name for word in asked for name in (shipped_names("scenarios/scaling") if word == "all" else [word])]
    return list(dict.fromkeys(names)) or [AS_PUBLISHED]


class _Changing(NamedTuple):
    """Settings from one place: figures and choices as they were written, lines of a plan as files of one line."""

    settings: list[str]
    plans: list[Document]
    option: str


def _apply_all(
    changing: Iterable[_Changing], figures: dict[str, Figure], choices: dict[str, str], scopes: Mapping[str, str]
) -> tuple[list[Change], list[Problem]]:
    """Change figures and choices in place, in order; what changed, and what could not be."""
    found = [apply_settings(one.settings, figures, choices, scopes, one.option) for one in changing]
    return [change for changes, _ in found for change in changes], [one for _, problems in found for one in problems]


class _Loader(Struct, dict=True):
    document: Document
    base: Path
    scenario_name: str
    settings: tuple[str, ...]
    appraise: bool = False
    together: tuple[str, ...] = ()
    rates: str = RATES
    cash_years: int = 0
    start: str = ""
    tracked: bool = False
    actuals: Path | None = None
    refuses_claims: bool = True
    refused: list[Problem] = field(default_factory=list)  # what is wrong with claims
    documents: list[Document] = field(default_factory=list)

    def case(self) -> Case:
        self._look_at_year()
        scenario_document, scenario = self._read_scenario()
        changing = self._read_settings()
        interventions = self._read_interventions(self._read_used())
        layer = self._read_layers(self.place, scenario_document, scenario, interventions)
        scopes = scopes_of(interventions.values())
        planned_more = add_to_plan(layer, [plan for one in changing for plan in one.plans], interventions, scopes)
        figures, choices = layer.figures, layer.choices
        choices |= {f"{PORTFOLIO}.appraisal": "discounted"} if self.appraise else {}
        changes, problems = _apply_all(changing, figures, choices, scopes)
        hold_last_share(figures, scopes)
        figures |= self._for_a_budget(choices)
        dimensions, calendar = self._calendar(figures)
        areas = self._read_areas(scopes, problems, layer)
        model = Model(
            entities=make_entities(self.place.place, interventions.values(), layer.planned),
            figures=figures,
            choices=choices,
            dimensions=dimensions,
            numbers={**calendar, **(areas.figures if areas else {})},
            added={"payer": self.together, "period": dimensions["period"] if self.cash_years else ()},
        )
        model = replace(model, own=self._read_formulas(model, scenario_document, interventions))
        texts = self._read_texts(interventions)
        claims, moving = self._read_claims(model), self._read_moving(scenario_document, scenario, figures)
        self._stop(problems)
        model, unsolved = solve_figures(model)
        self._stop(_with_excerpt(problem, (self.document, *self.documents)) for problem in unsolved)
        return Case(
            file=self.document.name,
            start=self.begins,
            scenario=Scenario(self.scenario_name, scenario.scenario, scenario.about, scenario.option or ""),
            model=model,
            claims=claims,
            changes=(*planned_more, *changes),
            areas=areas,
            moving=moving,
            **texts,
        )

    def _look_at_year(self) -> None:
        """A year that nobody has lived in or counted for is a slip of the hand; other words for a time are let be."""
        year = (self.place.year or "").strip()
        if re.fullmatch(r"[-−+]?\d+", year) and not 1900 <= int(year.replace("−", "-")) <= 2100:
            node, _ = self.document.find(("year",))
            self.document.problem(
                "out-of-range", f"{quoted(year)} is no year of these figures", node, "such as 2024 or 2023/24"
            )

    @property
    def begins(self) -> str:
        """The month of the decision; "" for none."""
        return self.start or self.place.start or ""

    def _for_a_budget(self, choices: dict[str, str]) -> dict[str, Figure]:
        """Cash, and a horizon at the end of a financial year, where a budget is asked for."""
        if not self.cash_years:
            return {}
        if not self.begins:
            node, _ = self.document.find(("place",))
            hint = "write `start: 2026-09` in the file, or use `carescale budget FILE --start 2026-09`"
            if not self.document.find(("start",))[1]:  # one that is no month has been told
                self.document.problem("missing-key", "a budget needs the month of the decision", node, hint)
            self._stop()
        choices[f"{PORTFOLIO}.appraisal"] = "cash"
        return {HORIZON_KEY: horizon_of(self.begins, self.cash_years)}

    def _read_settings(self) -> list[_Changing]:
        """What the place file changes, and then what the command line does."""
        filed = (f"{path}={value}" for path, value in self.place.settings.items())
        found = ((filed, f"{self.document.name}: settings:"), (self.settings, "--set"))
        changing = [_Changing(*split_settings(written, option), option) for written, option in found]
        self.documents += [plan for one in changing for plan in one.plans]
        return changing

    def _read_formulas(
        self, model: Model, scenario: Document, interventions: Mapping[str, Intervention]
    ) -> Mapping[str, Formula]:
        inside = [(entry.document, name) for name, entry in interventions.items()]
        return read_formulas([*inside, (self.document, ""), (scenario, "")], Plan(registry, model))

    def _read_texts(self, interventions: Mapping[str, Intervention]) -> dict[str, Any]:
        """What is in words: the place and its budget's lines, its file, the conversation, what limits interventions."""
        for name in self.place.service_headings:
            if name not in interventions:
                hint = self.document.nearest(name, interventions, "Planned here")
                node = self.document.find_key(("service_headings", name))
                self.document.problem("unknown-name", f"the plan has no intervention {quoted(name)}", node, hint)
        return {
            "service_headings": self.place.service_headings,
            **{name: getattr(self.place, name) or "" for name in ("place", "code", "year", "title")},
            "written": self.document.text,
            "conversation": self._read_conversation(interventions),
            "limits": {name: one.shape.limits for name, one in interventions.items() if one.shape.limits},
        }

    def _read_conversation(self, interventions: Mapping[str, Intervention]) -> Conversation | None:
        if not self.document.find(("conversation",))[1]:
            return None
        from carescale.inputs.conversations import read_conversation

        return read_conversation(self.document, self.sources, interventions)

    def _read_claims(self, model: Model) -> tuple[Claim, ...]:
        cited = default_citation(self.document, self.place.source, self.sources)
        before = len(self.document.problems.problems)
        claims = read_claims(self.document, Plan(registry, model), self.sources, cited)
        self.refused = self.document.problems.problems[before:]
        return claims

    def _read_moving(
        self, document: Document, scenario: ScenarioFile, figures: Mapping[str, Figure]
    ) -> tuple[Moving, ...]:
        of_place = read_moving(self.document, self.place.move_together, figures)
        return (*of_place, *read_moving(document, scenario.move_together, figures))

    def read_actuals(self, model: Model) -> Actuals | None:
        """What happened, where anything is said of it."""
        if not (self.actuals or self.place.actuals):
            return None
        from carescale.inputs.actuals import read_actuals

        return read_actuals(self.document, self.base, model, self.begins, self.actuals)

    def _calendar(self, figures: Mapping[str, Figure]) -> tuple[dict[str, tuple[str, ...]], dict[str, float]]:
        """What quantities are written for beside entities, and the months that the years of the plan begin and end."""
        start, horizon = self.begins, int(figures[HORIZON_KEY].value or 0)
        years, calendar = financial_years(start, horizon)
        dimensions = {"payer": tuple(PAYERS), "year": years}
        if self.appraise or self.cash_years:
            periods, ends = appraisal_periods(start, horizon)
            dimensions, calendar = (
                {**dimensions, "period": periods},
                {**calendar, **ends, **years_before(periods, ends)},
            )
        return dimensions, calendar

    def _read_areas(self, scopes: Mapping[str, str], problems: Iterable[Problem], layer: Layer) -> AreaTable | None:
        """The areas, where the place is a table of many. Nothing is read of it while the files have problems."""
        node, there = self.document.find(("table",))
        if not there:
            self._check_catching_up(layer.choices)
            return None
        from carescale.inputs.tables.areas import read_areas
        from carescale.inputs.tables.map import TableReader

        table = TableReader(self.document, self.base, self.place, scopes, self.sources).read(node)
        self._stop(problems)
        assert table is not None
        self._check_columns([column.key for column in table.columns], layer.figures)
        for figure in layer.figures.values():
            if figure.detail.solve:
                message = "a figure is solved for one place, and this is a table of many"
                self._stop([_with_excerpt(Problem("unsolvable", message, figure.position), (self.document,))])
        return read_areas(table)

    def _check_columns(self, keys: Iterable[str], figures: Mapping[str, Figure]) -> None:
        """A figure is given by the table or by the file or option, not by both."""
        for key in keys:
            if key in figures and figures[key].position.file != "scenarios/method.yaml":
                message = f"`{key}` is given here and by a column of the table"
                hint = "leave one of them out"
                self._stop([Problem("duplicate-key", message, figures[key].position, hint)])

    def _check_catching_up(self, choices: Mapping[str, str]) -> None:
        """Catching up needs somebody to catch up with."""
        if "catch_up" in [choice for key, choice in choices.items() if key.endswith(".target")]:
            node, _ = self.document.find(("plan",))
            hint = "name one under `table:`, or give the rate to reach as `rate:`"
            self.document.problem("missing-key", "`catch_up` needs a table of areas to measure against", node, hint)

    @cached_property
    def place(self) -> PlaceFile:
        place = check_shape(self.document, PlaceFile)
        if place.actuals and place.actuals.table:  # its owner's too where nothing is read of it: never written over
            with suppress(OSError, ValueError):
                note_read(self.base.parent / place.actuals.table)
        return place

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return sources_of(self.place.sources)

    def _stop(self, more: Iterable[Problem] = ()) -> None:
        """Raise everything found so far in any file; where only claims are wrong, unless these do not stop it."""
        found = [problem for document in (self.document, *self.documents) for problem in document.problems.problems]
        found += more
        if found and (self.refuses_claims or any(one not in self.refused for one in found)):
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
        if any(entry.document.problems.problems for entry in interventions.values()):
            self._stop()  # a file that is only half read would make the rest look wrong
        return interventions

    def _read_layers(
        self,
        place: PlaceFile,
        scenario_document: Document,
        scenario: ScenarioFile,
        interventions: Mapping[str, Intervention],
    ) -> Layer:
        scopes = scopes_of(interventions.values())
        names = (*_METHOD, *([_BUDGET] if self.cash_years else []), *([_TRACKING] if self.tracked else []))
        method = [read_shipped(shipped("scenarios") / name) for name in names]
        rates = find_rates(self.rates)
        method.append(read_document(rates, name=display_name(rates)))
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
    line = next((other.line(problem.position.line) for other in documents if other.name == problem.position.file), "")
    word = re.match(r"[\w.]*", line[problem.position.column - 1 :])
    return replace(problem, excerpt=line, width=len(word[0]) if word else 1)
