"""A plan as a conversation: eight headings after SCIE's template, each with what is said and by whom, or a named blank.

Figures stand under the headings that ask for them; what nobody has said is never made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from carescale.case import PORTFOLIO
from carescale.conversation import Conversation, Statement
from carescale.engine.model import Entity
from carescale.figures import Source
from carescale.formulas.vocabulary import PAYERS, THEMES
from carescale.report import blocks
from carescale.report.blocks import NOTHING, Block, Cell, Heading, Line, Notes, Said, Value, there
from carescale.report.formats import text
from carescale.report.screens import notes
from carescale.report.screens.fields import Field, Fields, columns, given, quantity, row, together
from carescale.report.view import View
from carescale.report.words import lower_first, payer_name, source_words

SAID, SOURCE, BLANK, MONEY = "said", "source", "blank", "money"  # parts, which a page shows each in its own way
BESIDE = "beside_them"

_WORDS: Mapping[str, str] = {"inspectors": "Inspectors", "staff": "Staff", "people": "People who live here"}
_MISSING: Mapping[str, str] = {
    "goals": "what we want for people who need support",
    "now": "what adult social care costs here in all",
    "inspectors": "what inspectors say",
    "staff": "what staff say",
    "people": "what people say who use support, and their families",
    "money": "how much money there is likely to be",
    "grows": "what gets more, beside the plan",
    "shrinks": "which services could be reduced",
    "reply": "how to reply, and by when",
    "said": "what people said",
    "decided": "what was decided, and why",
}


def title_of(view: View) -> str:
    """What the page of a conversation is called."""
    return f"{view.case.place}: a conversation about care and support"


def by_when(view: View) -> str:
    """The last day to reply, in words; "" where there is none."""
    talk = view.case.conversation
    return f"{talk.by.day} {talk.by:%B %Y}" if talk and talk.by else ""


def conversation(view: View) -> list[Block]:
    """The eight parts, each under its heading; where the money is spoken of, the page puts all that can be changed."""
    talk = view.case.conversation
    assert talk is not None
    return [
        Heading("1. What we want"), *_said(talk, "goals"),
        Heading("2. What will make a difference: five areas of change"), *_areas(view, talk),
        Heading("3. What we do now, and what it costs"), *_with_legend(_now(view, talk)),
        Heading("4. What works, and what should change"), *_works(talk),
        Heading("5. What is honest about money", MONEY), *_said(talk, "money"),
        Heading("6. What gets more, and what could be reduced"), *_with_legend(_change(view, talk)),
        Heading("7. How to reply"), *_reply(view, talk),
        Heading("8. What was said, and what was decided"), *_outcome(talk),
    ]  # fmt: skip


def _with_legend(found: Iterable[Block]) -> list[Block]:
    """The blocks, and what the marks in them mean."""
    shown = list(found)
    return [*shown, *there(blocks.legend(shown, "quiet"))]


# --- statements -------------------------------------------------------------------------------------------------------


def _said(talk: Conversation, part: str) -> Iterator[Line]:
    """What is said in a part, with who says it; or that nobody has."""
    statements = talk.parts.get(part)
    if not statements:
        yield _blank(part)
    for statement in statements or ():
        yield from _statement(part, statement)


def _statement(part: str, statement: Statement) -> Iterator[Line]:
    if statement.blank:
        yield _blank(part, statement.blank)
        return
    yield Line((statement.says,), SAID)
    if statement.because:
        yield Line((f"Because: {statement.because}",), SAID)
    if statement.citation:
        yield Line((_cited(statement.citation.source, statement.citation.where),), SOURCE)


def _cited(source: Source, where: str = "") -> str:
    """A publication in short; in full it stands among the sources."""
    return f"Source: {source.publisher}, {source.year}{f' ({where})' if where else ''}"


def sources(view: View) -> Notes | None:
    """The publications that are cited, in full."""
    talk = view.case.conversation
    assert talk is not None
    said = [one.citation.source for part in talk.parts.values() for one in part if one.citation]
    of_ways = [way.source for way in talk.ways.values() if way.source]
    found = {source.key: source_words(source) for source in (*said, *of_ways)}
    return blocks.notes("Sources of what is said", found.items(), "sources")


def _blank(part: str, why: str = "") -> Line:
    what = _MISSING[part]
    return Line((f"Blank – {what}: {why}." if why else f"Blank – {what}: not written yet.",), BLANK)


# --- what will make a difference --------------------------------------------------------------------------------------


def _areas(view: View, talk: Conversation) -> Iterator[Block]:
    """The five areas of change, with the plan's interventions under each; then those beside them."""
    for theme, title in THEMES.items():
        planned = [one for one in view.case.interventions if talk.ways[one.path].theme == theme]
        if not planned and theme == BESIDE:
            continue
        yield Heading(title, "sub")
        if not planned:
            yield Line(("Nothing in this plan.",), "quiet")
        for one in planned:
            way = talk.ways[one.path]
            yield Line((f"{one.title}: {way.about.strip()}", *_planned(view, one)), SAID)
            yield from there(Line((_cited(way.source),), SOURCE) if way.source else None)


def _planned(view: View, intervention: Entity) -> Said:
    """How far an intervention goes: for how many more people, or all of what spending."""
    more = view.get(intervention, "additional_people")
    if not more.absent:
        return " Planned: ", more, " more people."
    parts = view.case.parts(intervention)
    if parts and all(view.case.model.choices.get(f"{part.path}.target") == "all" for part in parts):
        return (f" Planned: for all {' and all '.join(lower_first(part.title) for part in parts)}.",)
    return ()


# --- what we do now ---------------------------------------------------------------------------------------------------

_A_YEAR = "annual_cost_now", "annual_cost_new"
_PEOPLE: Fields = (
    Field("People\nnow", quantity("people_now")),
    Field("People it\ncould be for", lambda view, entity, payer: view.nearest(entity, "eligible_people")),
    Field("The usual support costs,\na person a year (council)", lambda view, one, payer: _cost(view, one, _A_YEAR[0])),
    Field("This way costs,\na person a year (council)", lambda view, one, payer: _cost(view, one, _A_YEAR[1])),
)
_SPEND: Fields = (Field("Spent\na year", given("spend")),)


def _cost(view: View, entity: Entity, name: str) -> Cell:
    found = view.nearest(entity, name, "council")
    return found if found.number is not None else NOTHING


def _now(view: View, talk: Conversation) -> Iterator[Block]:
    yield from _said(talk, "now") if talk.parts.get("now") else ()
    parts = [(one, part) for one in view.case.interventions for part in view.case.parts(one)]
    people = [row(view, part, _PEOPLE, title=_whose(view, one, part)) for one, part in parts if part.level == "cohort"]
    lines = [row(view, part, _SPEND, title=f"{one.title}: {lower_first(part.title)}")
             for one, part in parts if part.level == "spend_line"]  # fmt: skip
    solved = [line for line in lines if any(isinstance(cell, Value) and "‡" in cell.marks for cell in line.cells)]
    spend = [line for line in lines if line not in solved]
    yield from there(blocks.table(columns("People supported now", _PEOPLE), people, "now"))
    yield from there(blocks.table(columns("What is spent now", _SPEND), spend, "spent"))
    whose = "; ".join(text(line.cells[0]) for line in solved)
    why = "not published, and the plan's number is worked backwards from a published saving"
    yield from there(Line((f"Blank – what is spent now ({whose}): {why}.",), BLANK) if solved else None)
    budget = view.get(PORTFOLIO, "adult_social_care_budget")
    if budget.number is not None:
        yield Line(("Adult social care costs ", budget, " a year in all."), SAID)
    elif not talk.parts.get("now"):
        yield _blank("now")


def _whose(view: View, intervention: Entity, part: Entity) -> str:
    if len(view.case.parts(intervention)) == 1:
        return intervention.title
    return f"{intervention.title}: {lower_first(part.title)}"


def _works(talk: Conversation) -> Iterator[Block]:
    for part, title in _WORDS.items():
        yield Heading(title, "sub")
        yield from _said(talk, part)


# --- what the money rests on ------------------------------------------------------------------------------------------

_GROUNDS: Mapping[str, str] = {
    "‡": "Published as a result, which nothing here bears out: what it rests on was worked backwards from it (‡): ",
    "†": "Contradicted by later evidence (†): ",
    "": "Neither worked backwards nor contradicted: ",
}


def rests_on(view: View) -> Iterator[Block]:
    """The savings that a headline is the sum of, by what they rest on, as filed; and what the marks mean."""
    if known := _known_savings(view):
        yield Line(("What these sums a year are made of, as filed:",))
        yield from grounds(view)
        yield from there(blocks.legend([Line(tuple(value for *_, value in known))], "quiet"))


def _known_savings(view: View) -> list[tuple[Entity, str, Value]]:
    shown = [(one, payer, view.get(one, "net_saving", payer)) for payer in PAYERS for one in view.case.interventions]
    return [(one, payer, value) for one, payer, value in shown if value.number is not None and not value.absent]


def grounds(view: View) -> Iterator[Line]:
    """What each saving a year rests on, a sentence for each kind of ground, and what is taken off their sum."""
    known = _known_savings(view)
    for mark, words in _GROUNDS.items():
        found = [_ground(view, *part) for part in known if _grounds(part[2]) == mark]
        if found:
            yield Line((words + "; ".join(found) + ".",), SAID)
    overlap = [(payer, view.get(PORTFOLIO, "overlap", payer)) for payer in PAYERS]
    off = "; ".join(f"{text(value)} ({payer_name(payer)})" for payer, value in overlap if value.number)
    for _, said in notes.without_doubt(view):
        yield Line((f"Without what bears one of these marks: {said}.",), SAID)
    for _, said in notes.without_people(view):
        yield Line((f"{said}; how many people that is about is not known.",), SAID)
    if off:
        yield Line((f"Taken off, for people whom two of them would reach: {off}.",), SAID)


def _grounds(value: Value) -> str:
    """The gravest mark of a value; "" where it has neither."""
    return next((mark for mark in _GROUNDS if mark and mark in value.marks), "")


def _ground(view: View, intervention: Entity, payer: str, value: Value) -> str:
    """A saving with whose it is; and where it is the best of its range, that it is."""
    result = view.projection.get(intervention, "net_saving", payer)
    said = f"{intervention.title} {text(replace(value, low=None, high=None))} ({payer_name(payer)})"
    if result.best is None or result.worst is None or result.best != value.number:
        return said
    worst = text(Value(unit=value.unit, number=result.worst))
    return f"{said}, which is its best case, where its ranges stand at their good ends; its worst is {worst}"


# --- what gets more, what less ----------------------------------------------------------------------------------------

_MORE: Fields = (
    Field("More\npeople", quantity("additional_people")),
    Field("Set-up, once\n(council)", lambda view, entity, payer: view.get(entity, "set_up_cost", "council")),
    Field("Costs a year\n(council)", lambda view, entity, payer: view.get(entity, "cost_incurred", "council")),
    Field("Costs a year\n(NHS)", lambda view, entity, payer: view.get(entity, "cost_incurred", "nhs")),
)


def _change(view: View, talk: Conversation) -> Iterator[Block]:
    yield from _more(view, talk)
    yield from _less(view, talk)


def _more(view: View, talk: Conversation) -> Iterator[Block]:
    yield Heading("What gets more", "sub")
    rows = [row(view, one, _MORE) for one in view.case.interventions]
    rows += [together(view, _MORE)] if len(rows) > 1 else []
    yield from there(blocks.table(columns("More of this, at full scale", _MORE), rows, "more"))
    yield from _said(talk, "grows") if talk.parts.get("grows") else ()


def _spent_less(payer: str) -> Field:
    name = f"Less is spent a year\n({payer_name(payer)})"
    return Field(name, lambda view, entity, _: view.get(entity, "cost_avoided", payer))


_LESS: Fields = (
    *map(_spent_less, ("council", "nhs")),
    Field("People whose usual\nsupport it is", quantity("additional_people")),
)


_WHOSE = "The last column says of how many people this is the usual support; the plan names none of them."


def _less(view: View, talk: Conversation) -> Iterator[Block]:
    """What the saving comes out of, which is what would be bought less of."""
    yield Heading("What could be reduced", "sub")
    rows = [row(view, one, _LESS, title=f"{_replaced(view, one)}") for one in view.case.interventions]
    rows += [together(view, _LESS)] if len(rows) > 1 else []
    yield from there(blocks.table(columns("Less of this, at full scale", _LESS), rows, "less"))
    yield Line((_WHOSE,), "quiet")
    yield from _said(talk, "shrinks")


def _replaced(view: View, intervention: Entity) -> str:
    """What an intervention is instead of, as its sources say, or by its own name."""
    figures = view.case.figures.values()
    inside = [one for one in figures if one.name.startswith(f"{intervention.path}.") and one.detail.replaces]
    said = list(dict.fromkeys(one.detail.replaces for one in inside))
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]} ({intervention.title})" if words else intervention.title


# --- the reply, and what came of it -----------------------------------------------------------------------------------


def _reply(view: View, talk: Conversation) -> Iterator[Block]:
    yield from _said(talk, "reply")
    yield from there(Line((f"Reply by {by_when(view)}.",), "by") if by_when(view) else None)


def _outcome(talk: Conversation) -> Iterator[Block]:
    for part, title in (("said", "What people said"), ("decided", "What was decided, and why")):
        yield Heading(title, "sub")
        yield from _said(talk, part)
