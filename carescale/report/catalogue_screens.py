"""The screens of `list` and `show`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carescale.analysis.catalogue import Card, Found, examples, interventions, scenarios, sources
from carescale.engine.registry import MONTH, FigureKind, Formula
from carescale.engine.words import in_words
from carescale.figures import Figure, Source
from carescale.formulas import registry
from carescale.formulas.vocabulary import CHOICES, GROUPS, PAYERS, TARGET_FIGURES
from carescale.inputs.case import Case
from carescale.inputs.schema import PlaceFile, ScenarioFile
from carescale.report.blocks import Block, Headline, Line, Notes, Outline, Row, table
from carescale.report.values import lower_first, payer_name, unit_words

Listing = tuple[tuple[str, ...], list[tuple[str, ...]]]  # headings and rows, all words


def listing(what: str, case: Case | None = None) -> Listing:
    """A list of the library: headings and rows."""
    match what:
        case "interventions":
            return ("Name", "Intervention", "For whom", "Council saves"), [
                _intervention_row(card) for card in interventions()
            ]
        case "scenarios":
            return ("Name", "What it does"), [(name, shape.about) for name, shape in scenarios().items()]
        case "sources":
            return ("Key", "Publication", "Year"), [(s.key, f"{s.publisher}, {s.title}", s.year) for s in sources()]
        case "examples":
            rows: list[tuple[str, ...]] = [(name, shape.place, shape.title or "") for name, shape in examples().items()]
            return ("Name", "Place", "What it plans"), rows
    if case is not None:
        keys = list(case.plan.quantities())
        return ("Quantity",), [(key,) for key in keys]
    return ("Quantity", "What it is", "Unit", "For each"), [_formula_row(name) for name in registry.by_name]


def _intervention_row(card: Card) -> tuple[str, ...]:
    shape = card.intervention.shape
    parts = "; ".join(entry.title for _, entry in card.intervention.parts.values())
    figures = card.get("published_saving_per_person") + card.get("spend_reduction")
    printed = dict.fromkeys(
        figure.number.text for figure in figures if figure.number and figure.name.endswith(".council")
    )
    return card.intervention.name, shape.intervention, parts, "; ".join(printed) or "not published"


def _formula_row(name: str) -> tuple[str, ...]:
    formulas = registry.by_name[name]
    levels = dict.fromkeys(formula.per.replace("_", " ") for formula in formulas)
    return name, formulas[0].title, unit_words(formulas[0].unit), "; ".join(levels)


def list_screen(rows: Listing) -> list[Block]:
    """A list as a table."""
    headings, entries = rows
    body = table("", headings, [Row(entry) for entry in entries], words=range(len(headings)), whole=(0,))
    return [body] if body else [Line("none")]


def show_screen(name: str, found: Found) -> list[Block]:
    """What the library has under a name."""
    match found:
        case Card():
            return _card(found)
        case ScenarioFile():
            return [Headline(f"{found.scenario} ({name})"), Line(found.about)]
        case PlaceFile():
            about = " · ".join(filter(None, (found.place, found.code, found.year)))
            return [Headline(found.title or found.place), Line(f"{about}\ncarescale project {name}")]
        case Source():
            return _source(found)
        case FigureKind():
            return _figure_kind(found)
        case str():
            items = tuple((value.replace("_", " "), meaning) for value, meaning in CHOICES[found].items())
            return [Headline(f"{found}: a way of counting"), Line("chosen under `choices:`"), Notes("May be", items)]
    return _formulas(found)


def _card(card: Card) -> list[Block]:
    shape = card.intervention.shape
    rows = [_figure_row(card, key, figure) for key, figure in card.figures.items()]
    doubts = dict.fromkeys(
        f"{f.detail.doubt.says} ({f.detail.doubt.citation})" for f in card.figures.values() if f.detail.doubt
    )
    limits = [("Limit", shape.limits)] if shape.limits else []
    notes = (
        [("Contradicted", text) for text in doubts]
        + limits
        + [("Choice", f"{k.replace('_', ' ')}: {CHOICES[k][v]}") for k, v in _choices(card)]
    )
    figures = table("", ("Figure", "Value", "Year", "Where from"), rows, words=(0, 3))
    return [
        Headline(shape.intervention),
        Line(f"{shape.area}\n{shape.about}"),
        *([figures] if figures else []),
        Notes("Read with care", tuple(notes)),
    ]


def _choices(card: Card) -> list[tuple[str, str]]:
    return [(key.rsplit(".", 1)[-1], value) for key, value in card.choices.items() if key.count(".") == 1]


def _figure_row(card: Card, key: str, figure: Figure) -> Row:
    words = key.split(".")
    payer = f" ({payer_name(words.pop())})" if words[-1] in PAYERS else ""
    about = _about(card, words)
    label = registry.figures[words[-1]].title
    value = figure.number.text if figure.number else "not known"
    if figure.detail.low and figure.detail.high:
        value += f" ({figure.detail.low.text}–{figure.detail.high.text})"
    origin = figure.unknown or (
        f"assumed: {figure.assumption}" if figure.assumption else figure.citation.source.key if figure.citation else ""
    )
    return Row(
        (
            f"{about}: {lower_first(label)}{payer}" if about else f"{label}{payer}",
            value,
            figure.year if figure.number else "",
            origin,
        )
    )


def _about(card: Card, words: Sequence[str]) -> str:
    """The cohort or spend line of a figure, and the strand of it, in words; "" for a figure of the intervention."""
    _, part = card.intervention.parts.get(words[1], ("", None))
    if part is None:
        return ""
    strand = part.strands.get(words[2])
    return f"{part.title}, {lower_first(strand.title)}" if strand else part.title


def _source(source: Source) -> list[Block]:
    lines = [str(source), source.url, f"Not verified: {source.unverified}" if source.unverified else ""]
    return [Headline(source.key), Line("\n".join(filter(None, lines)))]


def _figure_kind(kind: FigureKind) -> list[Block]:
    payers = f", by payer ({', '.join(PAYERS)})" if "payer" in kind.dimensions else ""
    where = {"cohort": f"a cohort, or a client group ({', '.join(GROUPS)})", "case": "the whole plan"}.get(
        kind.level, f"an {kind.level}" if kind.level[0] in "aeiou" else f"a {kind.level}".replace("_", " ")
    )
    users = sorted({formula.name for formula in registry.all_formulas() if kind.name in formula.arguments})
    target = next((rule for rule, figure in TARGET_FIGURES.items() if figure == kind.name), "")
    lines = [
        f"a figure of {where}{payers}, {f'in {unit_words(kind.unit)}' if kind.unit else 'as a share'}",
        f"used by {', '.join(users)}" if users else "",
        f"a plan gives it as `{target}:`" if target else "",
    ]
    return [Headline(f"{kind.name}: {kind.title}"), Line("\n".join(filter(None, lines)))]


def _formulas(formulas: Sequence[Formula]) -> list[Block]:
    blocks: list[Block] = [Headline(f"{formulas[0].name}: {formulas[0].title}, {unit_words(formulas[0].unit)}")]
    for formula in formulas:
        conditions = [f"{name} is {' or '.join(values)}" for name, values in formula.when.items()]
        conditions += [f"{formula.given} is given"] if formula.given else []
        conditions += [f"{formula.absent} is not given"] if formula.absent else []
        when = f", where {' and '.join(conditions)}" if conditions else ""
        words = in_words(formula.tree, lambda name, summed: "month" if name == MONTH else name)
        each = f"for each {formula.per.replace('_', ' ')}{when}:"
        blocks.append(Outline(((0, each), (1, words), (1, formula.doc))))
    return blocks


def rows_of(entries: Listing) -> list[Sequence[Any]]:
    """A listing's rows for a spreadsheet."""
    return list(entries[1])
