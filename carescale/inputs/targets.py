"""The plan of a place or scenario: how far each intervention goes, and for whom."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from yaml.nodes import MappingNode, Node, ScalarNode

from carescale.formulas.vocabulary import CHOICES, TARGET_FIGURES, registry
from carescale.inputs.document import Document, is_empty, pairs
from carescale.inputs.entities import no_such_cohort
from carescale.inputs.figure_reader import FigureReader
from carescale.inputs.library import Intervention
from carescale.inputs.schema import FigureEntry
from carescale.problems import did_you_mean, quoted

_MEAN = re.compile(r"best_([1-9]\d?)")
_SHARE = re.compile(r"(.+%) of (?:the )?eligible(?: people)?")
_ENTRY_KEYS = set(FigureEntry.model_fields)


class Targets(Struct):
    """Planned parts by intervention. The rules go to the reader's choices, their numbers to its figures."""

    planned: dict[str, list[str]] = field(default_factory=dict)


def planned_names(document: Document) -> dict[str, Node]:
    """The interventions that a file's plan names, with the node of each name."""
    node, there = document.find(("plan",))
    if not there or is_empty(node):
        return {}
    if not isinstance(node, MappingNode):
        document.problem(
            "wrong-kind", "a plan is a block of interventions", node, "such as `living_well: all`, indented"
        )
    return {key.value: key for key, _ in pairs(node)}


def read_plan(reader: FigureReader, interventions: Mapping[str, Intervention]) -> Targets:
    """The plan of the reader's file."""
    targets = Targets()
    node, there = reader.document.find(("plan",))
    for key, value in pairs(node) if there else []:
        if key.value in interventions:
            _read_intervention(reader, interventions[key.value], value, targets)
    return targets


def _read_intervention(reader: FigureReader, intervention: Intervention, node: Node, targets: Targets) -> None:
    parts = targets.planned.setdefault(intervention.name, [])
    if isinstance(node, ScalarNode) and node.value.strip() == "all" and intervention.counts_by_year:
        _only_by_year(reader, intervention, node)
    elif isinstance(node, ScalarNode) and node.value.strip() == "all":
        for part in intervention.parts:
            _plan_part(reader, intervention, part, "all", parts)
    elif isinstance(node, MappingNode) and node.value:
        for key, value in node.value:
            if key.value in (*TARGET_FIGURES, "catch_up"):
                _read_rule(reader, intervention, key, value, parts)
            else:
                hint = did_you_mean(key.value, [*TARGET_FIGURES, "catch_up", "all"], "A plan says how far with")
                reader.document.problem("unknown-key", f"{quoted(key.value)} is not a way to say how far", key, hint)
    else:
        hint = "`all`, or a block such as `add: 100`; under it a line for each cohort where there are several"
        reader.document.problem("wrong-kind", f"how far `{intervention.name}` goes is not said", node, hint)


def _read_rule(
    reader: FigureReader, intervention: Intervention, rule: ScalarNode, node: Node, parts: list[str]
) -> None:
    known = intervention.parts
    named = isinstance(node, MappingNode) and not any(key.value in _ENTRY_KEYS for key, _ in node.value)
    if named:
        for key, value in pairs(node):
            if key.value in known:
                _read_part(reader, intervention, key.value, rule, value, parts)
            else:
                no_such_cohort(reader.document, intervention.name, key, reader.cohorts[intervention.name])
    elif len(known) == 1:
        _read_part(reader, intervention, next(iter(known)), rule, node, parts)
    else:
        message = f"{intervention.name} has several cohorts or spend lines, and it is not said which is meant"
        hint = f"under `{rule.value}:` write one line for each that the plan covers: {', '.join(known)}"
        reader.document.problem("wrong-kind", message, node, hint)


def _read_part(
    reader: FigureReader, intervention: Intervention, part: str, rule: ScalarNode, node: Node, parts: list[str]
) -> None:
    level, _ = intervention.parts[part]
    kind = registry.figures[TARGET_FIGURES.get(rule.value, "target_rate")]
    if intervention.counts_by_year:
        if rule.value not in ("add", "catch_up"):
            _only_by_year(reader, intervention, rule)
            return
        kind = registry.figures["added_people_a_year"]
    share = _share_of_eligible(node) if rule.value == "add" else None
    if kind.level != level:
        message = f"`{rule.value}` does not suit `{part}`, which is a {level.replace('_', ' ')}"
        fitting = [name for name, figure in TARGET_FIGURES.items() if registry.figures[figure].level == level]
        reader.document.problem("unknown-key", message, rule, f"it takes: {', '.join([*fitting, 'all'])}")
    elif part in parts:
        reader.document.problem("duplicate-key", f"`{part}` is planned twice", node, "keep one rule for it")
    elif share is not None:
        reader.read_figure(f"{intervention.name}.{part}.added_share", registry.figures["added_share"], share)
        _plan_part(reader, intervention, part, "add_share", parts)
    else:
        if rule.value == "catch_up":
            _read_benchmark(reader, f"{intervention.name}.{part}", node)
        else:
            reader.read_figure(f"{intervention.name}.{part}.{kind.name}", kind, node, plan=True)
        _plan_part(reader, intervention, part, rule.value, parts)


def _share_of_eligible(node: Node) -> Node | None:
    """The share that `2.34% of eligible` says, as it would stand without these words; None where it does not."""
    if isinstance(node, MappingNode):
        pairs_ = [(key, _share_of_eligible(value) if key.value == "value" else None) for key, value in node.value]
        if not any(share for _, share in pairs_):
            return None
        entries = [(key, share or value) for (key, share), (_, value) in zip(pairs_, node.value, strict=True)]
        return MappingNode(node.tag, entries, node.start_mark, node.end_mark)
    found = _SHARE.fullmatch(node.value.strip()) if isinstance(node, ScalarNode) else None
    return ScalarNode(node.tag, found[1], node.start_mark, node.end_mark) if found else None


def _only_by_year(reader: FigureReader, intervention: Intervention, node: Node) -> None:
    message = f"`{intervention.name}` counts the people it helps in a year, and nobody is in it for good"
    reader.document.problem(
        "unknown-key", message, node, "write `add:` with so many more people a year, or `catch_up:`"
    )


def _read_benchmark(reader: FigureReader, scope: str, node: Node) -> None:
    """Whom the part catches up with: a word such as `best` or `median`, or `best_5`, the mean of the best five."""
    mean = _MEAN.fullmatch(node.value.strip().replace(" ", "_")) if isinstance(node, ScalarNode) else None
    if mean is None:
        reader.read_choice("benchmark", scope, node)
        return
    reader.choices[f"{scope}.benchmark"] = "mean_of_best"
    number = ScalarNode("", mean[1], node.start_mark, node.end_mark)
    reader.read_figure(f"{scope}.benchmark_areas", registry.figures["benchmark_areas"], number)


def _plan_part(reader: FigureReader, intervention: Intervention, part: str, rule: str, parts: list[str]) -> None:
    assert rule in CHOICES["target"]
    parts.append(part)
    reader.choices[f"{intervention.name}.{part}.target"] = rule
