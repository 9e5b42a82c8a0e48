"""The evidence card of an intervention: what it is, for whom, what it takes, what it is said to save, and how sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from carescale.analysis.catalogue import EVIDENCED, OUTCOMES, STUDIES, Card
from carescale.figures import Figure
from carescale.formulas.vocabulary import CHOICES, GROUPS, PAYERS, THEMES, registry
from carescale.inputs.evidence_scale import evidence_scale
from carescale.report import blocks
from carescale.report.blocks import (
    CONTRADICTED,
    Block,
    Column,
    Headline,
    Line,
    Notes,
    Records,
    Row,
    Said,
    Screen,
    Table,
    Value,
)  # fmt: skip
from carescale.report.screens.records import FIGURE_COLUMNS, figure_json, figure_rows
from carescale.report.words import lower_first, payer_name, source_words

FORMAT = "carescale.card/1"
_STUDIED = {"study_benefit": "In all", "study_return": "For each £1 put in"}


def card_screen(card: Card) -> Screen:
    """One page on an intervention, and its figures as data."""
    figures = list(card.figures.values())
    return Screen(
        blocks=lambda: _blocks(card),
        records=Records(FIGURE_COLUMNS, lambda: figure_rows(None, figures)),
        document=lambda: _document(card),
    )


def _document(card: Card) -> dict[str, Any]:
    shape = card.intervention.shape
    return {
        "format": FORMAT,
        "name": card.intervention.name,
        "title": shape.intervention,
        "area": card.theme,
        "about": shape.about,
        "for_whom": dict(_for_whom(card)),
        "choices": dict(_choices(card)),
        "figures": [figure_json(figure) for figure in card.figures.values()],
        "cautions": [{"kind": kind, "text": said} for kind, said in _cautions(card)],
        "sources": [source.key for source in card.sources],
    }


def _blocks(card: Card) -> list[Block]:
    shape = card.intervention.shape
    return blocks.there(
        Headline((f"{shape.intervention} ({card.intervention.name})",)),
        Line((f"{THEMES[card.theme]}\n{shape.about}",)),
        Notes("For whom", tuple(_for_whom(card))),
        _takes(card),
        blocks.notes("Assumed", _assumed(card)),
        _findings(card, "Said to save a person a year", "published_saving_per_person"),
        _findings(card, "Said to take off the spend", "spend_reduction"),
        _findings(card, "Came back where it was tried", *STUDIES),
        _findings(card, "Outcomes that are not money", *OUTCOMES),
        blocks.notes("How sure", _how_sure(card)),
        blocks.notes("Not known", _unknown(card)),
        blocks.notes("Read with care", _cautions(card)),
        Notes("Sources", tuple((source.key, source_words(source)) for source in card.sources)),
    )


def _for_whom(card: Card) -> Iterator[tuple[str, str]]:
    for name, (_, part) in card.intervention.parts.items():
        group = GROUPS[part.group].lower() if part.group else ""
        yield name, part.title if group in ("", part.title.lower()) else f"{part.title} ({group})"


def _takes(card: Card) -> Table | None:
    """What it takes to run: every figure that has a source and is neither a saving nor an outcome."""
    rows = [
        Row((_label(card, key), _printed(figure), figure.year, figure.citation.source.key if figure.citation else ""))
        for key, figure in _to_run(card)
        if not figure.assumption
    ]
    columns = (Column("What it takes", "words"), Column("Value"), Column("Year"), Column("Where from", "words"))
    return blocks.table(columns, rows)


def _assumed(card: Card) -> Iterator[tuple[str, str]]:
    """What is assumed of running it: each figure with its value, by payer, and the reason."""
    found: dict[str, dict[str, list[str]]] = {}
    for key, figure in _to_run(card):
        if figure.assumption:
            words = key.split(".")
            payer = f"{payer_name(words.pop())} " if words[-1] in PAYERS else ""
            reasons = found.setdefault(_label(card, ".".join(words)), {})
            reasons.setdefault(figure.assumption, []).append(f"{payer}{_printed(figure)}")
    for title, reasons in found.items():
        yield title, "; ".join(f"{', '.join(values)} – {reason}" for reason, values in reasons.items())


def _to_run(card: Card) -> Iterator[tuple[str, Figure]]:
    apart = (*EVIDENCED, "outcome_baseline")
    for key, figure in card.figures.items():
        if figure.number and registry.named(key) not in apart:
            yield key, figure


def _findings(card: Card, title: str, *names: str) -> Table | None:
    """Figures that were found out, with how; a strand of a mix repeats its cohort's."""
    rows = [Row(_finding(card, figure)) for figure in card.get(*names) if figure.number and not _strand(card, figure)]
    columns = [Column(title, "words"), Column("For", "words"), *map(Column, ("Value", "Low–high", "Year"))]
    return blocks.table([*columns, Column("How it was found out", "words"), Column("Grade")], rows)


def _finding(card: Card, figure: Figure) -> Said:
    assert figure.number is not None
    words, evidence = figure.name.split("."), figure.detail.evidence
    outcome = card.intervention.shape.outcomes.get(words[1])
    payer = PAYERS.get(words[-1], "")
    how = ", ".join(filter(None, (evidence.design, evidence.sample))) if evidence else "not said"
    value = Value(printed=figure.number.text, marks=CONTRADICTED if figure.detail.doubt else "")
    grade = str(evidence.grade) if evidence else ""
    about = outcome.title if outcome else _about(card, words) or _STUDIED[words[1]]
    return about, payer, value, _spread(figure), figure.year, how, grade


def _strand(card: Card, figure: Figure) -> bool:
    words = figure.name.split(".")
    _, part = card.intervention.parts.get(words[1], ("", None))
    return part is not None and words[2] in part.strands


def _how_sure(card: Card) -> Iterator[tuple[str, str]]:
    scale, source = evidence_scale()
    found = [figure for figure in card.get(*EVIDENCED) if figure.number and figure.detail.evidence]
    used = {figure.detail.evidence.design for figure in found if figure.detail.evidence and not figure.detail.doubt}
    rules = [(entry.grade, entry.rule) for design, entry in scale.designs.items() if design in used]
    if any(figure.detail.doubt for figure in found):
        rules.append((scale.contradicted.grade, f"† {scale.contradicted.rule}"))
    yield from ((f"Grade {grade}", rule) for grade, rule in sorted(set(rules)))
    if rules:
        yield "Scale", f"{scale.scale} ({source.publisher}, {source.year}); 1 is the strongest, 6 the weakest"
    for text in dict.fromkeys(
        f"{figure.detail.doubt.says} ({figure.detail.doubt.citation.source.key})"
        for figure in card.figures.values()
        if figure.detail.doubt
    ):
        yield "Contradicted", text
    if dates := sorted({figure.detail.evidence.checked for figure in found if figure.detail.evidence}):
        yield "Checked", " and ".join(filter(None, dates)) or "not said"


def _unknown(card: Card) -> Iterator[tuple[str, str]]:
    """Figures that are not published, and why, each reason once; and savings that the file says nothing of."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    reasons = {key: figure.unknown for key, figure in card.figures.items() if figure.unknown}
    for key, reason in (reasons | dict.fromkeys(card.savings_not_given, "no figure is given")).items():
        words = key.split(".")
        payer = payer_name(words[-1]) if words[-1] in PAYERS else ""
        outcome = card.intervention.shape.outcomes.get(words[1])
        title = registry.figures[_name(key)].title
        named = f"{outcome.title}: {lower_first(title)}" if outcome else title
        found.setdefault(named, {}).setdefault(reason, {})[payer] = None
    for title, why in found.items():
        said = (f"{', '.join(filter(None, payers))}: {reason}".removeprefix(": ") for reason, payers in why.items())
        yield title, "; ".join(said)


def _cautions(card: Card) -> Iterator[tuple[str, str]]:
    if limits := card.intervention.shape.limits:
        yield "Limit", limits
    yield from (("Caution", f"{says} ({source.key})") for says, source in card.cautions)
    savings = card.savings
    yield from (("Replaces", text) for text in dict.fromkeys(one.detail.replaces for one in savings) if text)
    yield from (("Deducted", text) for text in dict.fromkeys(one.detail.deducted for one in savings) if text)
    notes = dict.fromkeys(figure.detail.note for figure in card.get(*EVIDENCED) if figure.detail.note)
    yield from (("Note", note) for note in notes)
    yield "Counted", "; ".join(CHOICES[name][value] for name, value in _choices(card))


def _choices(card: Card) -> list[tuple[str, str]]:
    chosen = {key.rsplit(".", 1)[-1]: value for key, value in card.choices.items() if key.count(".") == 1}
    return [(name, chosen[name]) for name in CHOICES if name in chosen]


def _label(card: Card, key: str) -> str:
    words = key.split(".")
    payer = f" ({payer_name(words.pop())})" if words[-1] in PAYERS else ""
    about, title = _about(card, words), registry.figures[words[-1]].title
    return f"{about}: {lower_first(title)}{payer}" if about else f"{title}{payer}"


def _name(key: str) -> str:
    return [word for word in key.split(".") if word not in PAYERS][-1]


def _about(card: Card, words: Sequence[str]) -> str:
    """The cohort or spend line of a figure, and the strand of it, in words; "" for a figure of the intervention."""
    _, part = card.intervention.parts.get(words[1], ("", None))
    if part is None:
        return ""
    strand = part.strands.get(words[2])
    return f"{part.title}, {lower_first(strand.title)}" if strand else part.title


def _printed(figure: Figure) -> str:
    assert figure.number is not None
    spread = _spread(figure)
    return f"{figure.number.text} ({spread})" if spread else figure.number.text


def _spread(figure: Figure) -> str:
    """The range of a figure, its unit said once."""
    low, high = figure.detail.low, figure.detail.high
    if not (low and high):
        return ""
    return f"{low.text.removesuffix(f' {high.word}') if high.word else low.text}–{high.text}"
