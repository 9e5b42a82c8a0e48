"""The entities of a case: the portfolio, its interventions, their parts; and what is said where a part is not there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from yaml.nodes import Node, ScalarNode

from carescale.case import PORTFOLIO
from carescale.engine.model import Entity
from carescale.formulas.vocabulary import GROUPS, PAYERS
from carescale.inputs.document import Document, pairs
from carescale.inputs.library import Intervention
from carescale.problems import quoted


def scopes_of(interventions: Iterable[Intervention]) -> dict[str, str]:
    """Every path where figures may stand, with its level."""
    interventions = list(interventions)
    scopes = {PORTFOLIO: "case", **dict.fromkeys(GROUPS, "group")}
    for intervention in interventions:
        scopes[intervention.name] = "intervention"
        for name, (level, entry) in intervention.parts.items():
            scopes[f"{intervention.name}.{name}"] = level
            scopes |= {f"{intervention.name}.{name}.{strand}": "strand" for strand in entry.strands}
        scopes |= {f"{intervention.name}.{outcome}": "outcome" for outcome in intervention.shape.outcomes}
    return scopes | {path: "pair" for path, *_ in pairs_of(interventions)}


def pairs_of(interventions: Iterable[Intervention]) -> Iterator[tuple[str, Intervention, Intervention]]:
    """Every two interventions, in the order of the alphabet, with the path where their overlap may be given."""
    for first, second in combinations(sorted(interventions, key=lambda one: one.name), 2):
        yield f"{first.name}_and_{second.name}", first, second


def scopes_in(entities: Iterable[Entity]) -> dict[str, str]:
    """The same of a case that is loaded: the paths of its entities, and the client groups."""
    return {**dict.fromkeys(GROUPS, "group"), **{entity.path: entity.level for entity in entities}}


def make_entities(
    place: str, interventions: Iterable[Intervention], planned: Mapping[str, Iterable[str]]
) -> dict[str, Entity]:
    """All entities by path. Only planned interventions and parts have a parent, and so count in sums."""
    entities = [Entity(path=PORTFOLIO, level="case", title=place, parent="", scopes=(PORTFOLIO,))]
    interventions = list(interventions)
    for intervention in interventions:
        path = intervention.name
        parent = PORTFOLIO if path in planned else ""
        entities.append(
            Entity(
                path=path,
                level="intervention",
                title=intervention.shape.intervention,
                parent=parent,
                scopes=(path, PORTFOLIO),
            )
        )
        entities += _parts(intervention, set(planned.get(path, ())))
    for path, first, second in pairs_of(interventions):
        both = PORTFOLIO if first.name in planned and second.name in planned else ""
        title = f"{first.shape.intervention} and {second.shape.intervention}"
        entities.append(Entity(path=path, level="pair", title=title, parent=both, scopes=(path, PORTFOLIO)))
    return {entity.path: entity for entity in entities}


def _parts(intervention: Intervention, planned: set[str]) -> Iterable[Entity]:
    for name, (level, entry) in intervention.parts.items():
        path = f"{intervention.name}.{name}"
        around = (*([entry.group] if entry.group else []), intervention.name, PORTFOLIO)
        yield Entity(
            path=path,
            level=level,
            title=entry.title,
            parent=intervention.name if name in planned else "",
            scopes=(path, *around),
        )
        for strand, inner in entry.strands.items():
            deeper = f"{path}.{strand}"
            yield Entity(path=deeper, level="strand", title=inner.title, parent=path, scopes=(deeper, path, *around))
    for name, outcome in intervention.shape.outcomes.items():
        path = f"{intervention.name}.{name}"
        yield Entity(
            path=path,
            level="outcome",
            title=outcome.title,
            parent=intervention.name,
            scopes=(path, intervention.name, PORTFOLIO),
        )


_LIKE = 0.6  # how alike two names are, from 0 to 1, for one to be taken for the other
_MOST = 12  # names in a hint

Cohorts = Mapping[str, Mapping[str, str]]  # by intervention: each cohort or spend line, and its client group


def cohorts_of(interventions: Iterable[Intervention]) -> Cohorts:
    """The cohorts and spend lines of interventions, each with its client group."""
    return {
        intervention.name: {name: entry.group or "" for name, (_, entry) in intervention.parts.items()}
        for intervention in interventions
    }


def looks_like_a_cohort(key: ScalarNode, node: Node, written_out: set[str]) -> bool:
    """Whether a name stands for a block of figures: a client group, or neither a figure written out nor payers."""
    within = {inner.value for inner, _ in pairs(node)}
    return key.value in GROUPS or (bool(within) and within.isdisjoint({*written_out, *PAYERS}))


def no_such_cohort(document: Document, intervention: str, key: ScalarNode, cohorts: Mapping[str, str]) -> None:
    """Note that an intervention has no cohort of that name; one for the client group of that name is the nearest."""
    message = f"{intervention} has no cohort or spend line {quoted(key.value)}"
    if document.crowded:
        document.problem("unknown-name", message, key)
        return
    likeness = {name: _likeness(key.value, name, group) for name, group in cohorts.items()}
    nearest = sorted(likeness, key=lambda name: (-likeness[name], name))
    best = max(likeness.values(), default=0.0)
    least = 1.0 if key.value in GROUPS else max(_LIKE, best)  # a client group is not misspelt
    meant = [f"`{name}`" for name in nearest if likeness[name] >= least]
    question = f"did you mean {' or '.join(meant)}? " if meant else ""
    listed = ", ".join(nearest[:_MOST]) + (", …" if len(nearest) > _MOST else "")
    document.problem("unknown-name", message, key, f"{question}{intervention} has: {listed or 'none yet'}")


def _likeness(written: str, name: str, group: str) -> float:
    return 1.0 if written == group else difflib.SequenceMatcher(None, written[:120], name).ratio()
