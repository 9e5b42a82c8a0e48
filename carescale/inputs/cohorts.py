"""A cohort or spend line that an intervention does not have: what is said of it, with those it has, nearest first."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from yaml.nodes import Node, ScalarNode

from carescale.formulas.vocabulary import GROUPS, PAYERS
from carescale.inputs.document import Document, pairs
from carescale.inputs.library import Intervention
from carescale.problems import quoted

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
