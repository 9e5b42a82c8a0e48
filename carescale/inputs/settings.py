"""`--set path=value`: figures and choices changed on the command line, checked like a file's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode

from carescale.case import PORTFOLIO, Case, Change
from carescale.engine.keys import has_words
from carescale.engine.registry import FigureKind
from carescale.figures import Figure
from carescale.formulas.vocabulary import CHOICES, PAYERS, TARGET_FIGURES, registry
from carescale.inputs.document import Document
from carescale.inputs.entities import cohorts_of, scopes_in
from carescale.inputs.figure_reader import FigureReader
from carescale.inputs.language.settled import worked_out
from carescale.inputs.layers import Layer
from carescale.inputs.library import Intervention
from carescale.inputs.origins import last_word
from carescale.inputs.periods import period_of
from carescale.inputs.printed import in_its_unit, read_plain, wrong_unit
from carescale.inputs.targets import read_plan
from carescale.problems import Problem, did_you_mean


class _Target(Struct, frozen=True):
    """What a setting names: the scope, the name and the payer; any of them may be left out where one fits."""

    key: str
    name: str


def apply_settings(
    written: Iterable[str],
    figures: dict[str, Figure],
    choices: dict[str, str],
    scopes: Mapping[str, str],
    option: str = "--set",
) -> tuple[list[Change], list[Problem]]:
    """Change figures and choices in place; what changed, and what could not be. `option` is where they are written."""
    changes: list[Change] = []
    problems: list[Problem] = []
    for setting in written:
        path, equals, value = (part.strip() for part in setting.partition("="))
        document = _document(setting, value, option)
        if not equals or not path:
            document.problem("bad-option", f"`{setting[:80]}` is not path=value", document.root, _EXAMPLE)
        else:
            _apply(document, path.removeprefix("figures."), value, figures, choices, scopes, changes)
        problems += document.problems.problems
    return changes, problems


_EXAMPLE = "such as --set living_well.added_people=500"


def name_figure(path: str, option: str, case: Case) -> str:
    """The key of the figure that an option names as `--set` would; it may be unknown or not given. Raises Problems."""
    document = _document(path, "", option)
    scopes = scopes_in(case.model.entities.values())
    target = _find(document, path.strip().removeprefix("figures."), case.figures, case.model.choices, scopes)
    if target and target.name in CHOICES:
        document.problem("bad-option", f"`{target.key}` is a choice between words, not a figure", document.root)
    document.problems.stop()
    assert target is not None
    return target.key


def _document(setting: str, value: str, option: str = "--set") -> Document:
    mark = Mark(option, 0, -1, -1, None, 0)  # no line and no column: the option itself is the place
    node = MappingNode("", [(ScalarNode("", "value", mark, mark), ScalarNode("", value, mark, mark))], mark, mark)
    return Document(f"{option} {setting[:100]}", "", node)


def _find(
    document: Document,
    path: str,
    figures: Mapping[str, Figure],
    choices: Mapping[str, str],
    scopes: Mapping[str, str],
) -> _Target | None:
    """The one figure or choice that a path means; None, with a problem noted, where there is none or several."""
    targets = _targets(path, figures, choices, scopes)
    if len(targets) == 1:
        return targets[0]
    known = _known(path, figures, scopes)
    listed = ", ".join(sorted(target.key for target in targets)[:6])
    message = f"`{path[:80]}` could be several" if targets else f"nothing is called `{path[:80]}`"
    whose = _whose(path, known)
    hint = f"say which: {listed}" if targets else f"say whose: {whose}" if whose else did_you_mean(path, known)
    document.problem("unknown-name", message, document.root, hint)
    return None


def _apply(
    document: Document,
    path: str,
    value: str,
    figures: dict[str, Figure],
    choices: dict[str, str],
    scopes: Mapping[str, str],
    changes: list[Change],
) -> None:
    target = _find(document, path, figures, choices, scopes)
    if target is None:
        return
    node = document.root.value[0][1]
    reader = FigureReader(document=document, scopes=scopes, sources={}, citation=None, year="")
    if target.name in CHOICES:
        before = choices.get(target.key, "")
        reader.read_choice(target.name, target.key.rpartition(".")[0], node)
        choices.update(reader.choices)
        changes.append(Change(target.key, before.replace("_", " "), choices.get(target.key, "").replace("_", " ")))
        return
    before, figure = _printed(figures.get(target.key)), figures.get(target.key)
    kind = registry.figures[target.name]
    if _MOVED.match(value):
        number = _moved(document, value, figure, kind, node)
    else:
        number = worked_out(document, node, value, figures)
    if number is None:
        return
    _read_value(reader, target, kind, number, node)
    figures.update(reader.figures)
    changes.append(Change(target.key, before, _printed(figures.get(target.key))))


_MOVED = re.compile(r"(?P<how>\+|[x×])\s*(?P<number>\S.*)$")


def _moved(document: Document, value: str, figure: Figure | None, kind: FigureKind, node: ScalarNode) -> str | None:
    """`+12 months` is so much more than now and `x1.5` so many times it; anything else is as it is written."""
    match = _MOVED.match(value)
    if match is None:
        return value
    times = match["how"] != "+"
    number = read_plain(document, match["number"], node)
    if number is None:
        return None
    if figure is None or figure.value is None:
        document.problem("not-a-number", f"`{value[:80]}` of what is not known", node, "write the number itself")
        return None
    if wrong := wrong_unit(number, "factor" if times else kind.unit):
        document.problem("wrong-unit", f"`{value[:80]}`: {wrong[0]}", node, wrong[1])
        return None
    moved = figure.value * number.value if times else figure.value + number.value
    return f"{moved.normalize():f}"


def _read_value(reader: FigureReader, target: _Target, kind: FigureKind, value: str, node: ScalarNode) -> None:
    mark, end = node.start_mark, node.end_mark
    entry = {"unknown": REASON} if value == "unknown" else {"value": value, "assumption": REASON}
    pairs = [
        (ScalarNode("", key, mark, end), ScalarNode("", text, mark, end, style='"')) for key, text in entry.items()
    ]
    reader.read_figure(target.key, kind, MappingNode("", pairs, mark, end))


def _printed(figure: Figure | None) -> str:
    if figure is None:
        return "not given"
    return in_its_unit(figure.number, figure.unit) if figure.number else "unknown"


def _targets(
    path: str, figures: Mapping[str, Figure], choices: Mapping[str, str], scopes: Mapping[str, str]
) -> list[_Target]:
    """What a path may mean: exactly that key, or the given ones whose words include its words in order."""
    exact = _exact(path, scopes)
    given = [key for key in [*figures, *choices] if has_words(key, path)]
    if exact and (exact.key in figures or exact.key in choices or not given):
        return [exact]
    return [_Target(key, last_word(key)) for key in given if not key.startswith("published.")]


def _exact(path: str, scopes: Mapping[str, str]) -> _Target | None:
    words = path.split(".")
    payer = words.pop() if words[-1] in PAYERS else ""
    year = period_of(words[-1])
    if year:
        words.pop()
    scope, name = ".".join(words[:-1]) or PORTFOLIO, words[-1] if words else ""
    kind = registry.figures.get(name)
    if scope not in scopes or (kind is None and name not in CHOICES):
        return None
    if kind and bool(payer) != ("payer" in kind.dimensions):
        return None
    if year and not (kind and "period" in kind.dimensions):
        return None
    return _Target(".".join(filter(None, (scope, name, payer, year))), name)


def _known(path: str, figures: Mapping[str, Figure], scopes: Mapping[str, str]) -> list[str]:
    scope = path.rpartition(".")[0]
    here = [f"{scope}.{name}" for name in [*registry.figures, *CHOICES]] if scope in scopes else []
    return [*figures, *here]


def _whose(path: str, known: Sequence[str]) -> str:
    """The figure of each payer, where a path names one that there is only of a payer."""
    kind = registry.figures.get(path.rpartition(".")[2])
    by_payer = kind is not None and "payer" in kind.dimensions and path in known
    return ", ".join(f"{path}.{payer}" for payer in PAYERS) if by_payer else ""


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
