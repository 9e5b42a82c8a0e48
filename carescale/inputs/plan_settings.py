"""`--set reablement.add=100`: a line of the plan on the command line, for an intervention that is planned or is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode

from carescale.case import Change
from carescale.formulas.vocabulary import TARGET_FIGURES
from carescale.inputs.cohorts import cohorts_of
from carescale.inputs.document import Document
from carescale.inputs.figure_reader import FigureReader
from carescale.inputs.language.settled import worked_out
from carescale.inputs.layers import Layer
from carescale.inputs.library import Intervention
from carescale.inputs.targets import read_plan

REASON = "set on the command line"


def split_settings(written: Iterable[str], option: str = "--set") -> tuple[list[str], list[Document]]:
    """The settings that are figures or choices, and those that are lines of a plan, each as a file of one line."""
    figures: list[str] = []
    plans: list[Document] = []
    for setting in written:
        path, _, value = (part.strip() for part in setting.partition("="))
        *scope, rule = path.removeprefix("plan.").split(".")
        if 1 <= len(scope) <= 2 and rule in (*TARGET_FIGURES, "catch_up"):
            plans.append(_plan_of_one_line(setting, scope, rule, value, option))
        else:
            figures.append(setting)
    return figures, plans


def _plan_of_one_line(setting: str, scope: list[str], rule: str, value: str, option: str) -> Document:
    mark = Mark(option, 0, -1, -1, None, 0)  # no line and no column: the option itself is the place

    def block(key: str, inner: Node) -> MappingNode:
        return MappingNode("", [(ScalarNode("", key, mark, mark), inner)], mark, mark)

    document = Document(f"{option} {setting[:100]}", "", MappingNode("", [], mark, mark))
    number = worked_out(document, ScalarNode("", value, mark, mark), value, {}) if rule in TARGET_FIGURES else value
    node: Node = ScalarNode("", "1" if number is None else number, mark, mark, style='"')  # told of already
    if rule in TARGET_FIGURES:
        reason = (ScalarNode("", "assumption", mark, mark), ScalarNode("", REASON, mark, mark))
        node = MappingNode("", [(ScalarNode("", "value", mark, mark), node), reason], mark, mark)
    for cohort in scope[1:]:
        node = block(cohort, node)
    document.root = block("plan", block(scope[0], block(rule, node)))
    return document


def add_to_plan(
    layer: Layer, plans: Iterable[Document], interventions: Mapping[str, Intervention], scopes: Mapping[str, str]
) -> list[Change]:
    """Plan what the settings name, beside what is planned already; what changed."""
    changes = []
    cohorts = cohorts_of(interventions.values())
    for document in plans:
        reader = FigureReader(document=document, scopes=scopes, sources={}, cohorts=cohorts)
        for name, parts in read_plan(reader, interventions).planned.items():
            before = layer.planned.get(name, [])
            for part in parts:
                value = document.name.partition("=")[2].strip()
                rule = reader.choices[f"{name}.{part}.target"]
                was = layer.choices.get(f"{name}.{part}.target", "") if part in before else ""
                changes.append(Change(f"{name}.{part}", was.replace("_", " ") or "not planned", f"{rule} {value}"))
            layer.planned[name] = list(dict.fromkeys([*before, *parts]))
        layer.figures.update(reader.figures)
        layer.choices.update(reader.choices)
    return changes
