"""The screens of `list` and `show`."""

from __future__ import annotations

from collections.abc import Sequence

from carescale.analysis.catalogue import Card, Found, ScenarioCard, examples, interventions, scenarios, sources
from carescale.engine.registry import MONTH, FigureKind, Formula
from carescale.engine.words import in_words
from carescale.figures import Figure, Source
from carescale.formulas import registry
from carescale.formulas.vocabulary import CHOICES, DEFAULT_CHOICES, GROUPS, PAYERS, TARGET_FIGURES
from carescale.inputs.england.councils import England
from carescale.inputs.england.councils import Found as Listed
from carescale.inputs.evidence_scale import evidence_scale
from carescale.inputs.language.guide import Topic
from carescale.inputs.schema import PlaceFile
from carescale.report import blocks
from carescale.report.blocks import NOT_KNOWN, Block, Column, Headline, Line, Notes, Outline, Records, Row, Screen
from carescale.report.screens.card import card_screen
from carescale.report.screens.records import FIGURE_COLUMNS, figure_json, figure_rows
from carescale.report.words import name_of, payer_name, unit_words

Listing = tuple[tuple[str, ...], list[tuple[str, ...]]]  # headings and rows, all words


_INTERVENTIONS = ("Area", "Name", "For whom", "Said to save", "Costs", "Grade", "Beware")


def listing(what: str) -> Listing:
    """A list of the library: headings and rows."""
    match what:
        case "interventions":
            return _INTERVENTIONS, [_intervention_row(card) for card in interventions()]
        case "designs":
            designs = evidence_scale()[0].designs.items()
            return ("Design", "Grade", "What it means"), [(name, str(one.grade), one.rule) for name, one in designs]
        case "scenarios":
            return ("Name", "What it does"), [(name, shape.about) for name, shape in scenarios().items()]
        case "sources":
            return ("Key", "Publication", "Year"), [(s.key, f"{s.publisher}, {s.title}", s.year) for s in sources()]
        case "examples":
            rows: list[tuple[str, ...]] = [(name, shape.place, shape.title or "") for name, shape in examples().items()]
            return ("Name", "Place", "What it plans"), rows
        case "councils":
            return ("Code", "Name", "Region", "Boundaries"), [_council_row(one) for one in England().councils]
    return ("Quantity", "What it is", "Unit", "For each"), [_formula_row(name) for name in registry.by_name]


def _council_row(found: Listed) -> tuple[str, ...]:
    """A council, and where its code or boundaries have changed since the tables, how."""
    return found.council.code, found.council.name, found.council.region, found.changed


def _intervention_row(card: Card) -> tuple[str, ...]:
    """Name, for whom, what it is said to save and to cost, how sure, and what to beware of."""
    groups = [GROUPS[entry.group] for _, entry in card.intervention.parts.values() if entry.group]
    whom = "all groups" if GROUPS["all_groups"] in groups else "; ".join(dict.fromkeys(groups)).lower()
    grades = card.grades
    grade = "" if not grades else str(grades[0]) if len(grades) == 1 else f"{grades[0]}–{grades[-1]}"
    return (
        card.theme.replace("_", " ").capitalize(), card.intervention.name, whom, _said_to_save(card),
        _cost(card), grade, "; ".join(card.caveats),
    )  # fmt: skip


def _said_to_save(card: Card) -> str:
    if said := _by_payer(card.savings):
        return said
    tried = _by_payer(card.get("study_benefit"))
    return f"{tried} where tried" if tried else NOT_KNOWN


def _by_payer(figures: Sequence[Figure]) -> str:
    """Printed numbers for each payer, each once."""
    found: dict[str, dict[str, None]] = {}
    for figure in figures:
        if figure.number:
            payer = registry.key(figure.name).value("payer")
            found.setdefault(payer, {})[figure.number.text] = None
    return "; ".join(f"{payer_name(payer)} {', '.join(texts)}" for payer, texts in found.items())


def _cost(card: Card) -> str:
    """What it costs to run, as printed."""
    if card.choices.get(f"{card.intervention.name}.running_cost_basis") == "already_deducted":
        return "in saving"
    each = [figure.number.text for figure in card.get("running_cost_per_person") if figure.number]
    whole = [f"{figure.number.text} in all" for figure in card.get("annual_running_cost") if figure.number]
    return ", ".join(dict.fromkeys([*each, *whole])) or NOT_KNOWN


def _formula_row(name: str) -> tuple[str, ...]:
    formulas = registry.by_name[name]
    levels = dict.fromkeys(formula.per.replace("_", " ") for formula in formulas)
    return name, formulas[0].title, unit_words(formulas[0].unit), "; ".join(levels)


def list_screen(what: str) -> Screen:
    """A list of the library; interventions under their areas."""
    headings, entries = listing(what)
    shown = _interventions if headings == _INTERVENTIONS else _plain
    return Screen(blocks=lambda: shown(headings, entries), records=Records(headings, lambda: entries))


def _plain(headings: Sequence[str], entries: Sequence[tuple[str, ...]]) -> list[Block]:
    columns = [Column(heading, "words" if position else "names") for position, heading in enumerate(headings)]
    body = blocks.table(columns, [Row(entry) for entry in entries])
    return [body] if body else [Line(("none",))]


def _interventions(headings: Sequence[str], entries: Sequence[tuple[str, ...]]) -> list[Block]:
    rows: list[Row] = []
    for area in dict.fromkeys(entry[0] for entry in entries):
        rows.append(Row((area, *[""] * 5), "section"))
        rows += [Row((*entry[1:-1], entry[-1].replace("; ", "\n")), "part") for entry in entries if entry[0] == area]
    kinds = ("names", "words", "words", "words", "words", "names")
    body = blocks.table([Column(*pair) for pair in zip(headings[1:], kinds, strict=True)], rows)
    says = (
        "Savings and costs are a year, for a person or as a share of spend, as printed. Where they are not known, "
        "`project` says what each person would have to save. Grades of evidence: 1 strongest, 6 weakest "
        "(`carescale list designs`). A way of funding Shared Lives: `carescale show incubator-funding`."
    )
    return blocks.there(body, Line((says,)))


def show_screen(name: str, found: Found) -> Screen:
    """What the library has under a name."""
    match found:
        case Card():
            return card_screen(found)
        case ScenarioCard():
            return _scenario(found)
        case PlaceFile():
            return _place(name, found)
        case Source():
            return _source(found)
        case FigureKind():
            return _figure_kind(found)
        case Topic():
            return _topic(found)
        case str():
            return _choice(found)
    return _formulas(found)


def _place(name: str, place: PlaceFile) -> Screen:
    about = " · ".join(filter(None, (place.place, place.code, place.year)))
    shown: list[Block] = [Headline((place.title or place.place,)), Line((f"{about}\ncarescale project {name}",))]
    said = (name, place.title or "", place.place, place.code or "", place.year or "")
    return _one(shown, ("name", "title", "place", "code", "year"), said)


def _topic(topic: Topic) -> Screen:
    """What may be written, a word a row."""
    columns = ("word", "means", "example")
    entries = [(word.word, word.means, word.example) for word in topic.words]
    shown = [Column("Word", "words"), Column("What it means", "words"), Column("Such as", "words")]
    return Screen(
        blocks=lambda: blocks.there(
            Line((f"{topic.about}.",)),
            blocks.table(shown, [Row(entry) for entry in entries]),
            Notes("Rules", topic.rules),
        ),
        records=Records(columns, lambda: entries),
    )


def _one(shown: Sequence[Block], columns: Sequence[str], said: Sequence[str]) -> Screen:
    """A screen whose data is one record."""
    return Screen(
        blocks=lambda: shown,
        records=Records(columns, lambda: [said]),
        document=lambda: dict(zip(columns, said, strict=True)),
    )


def _choice(name: str) -> Screen:
    values, default = CHOICES[name], DEFAULT_CHOICES.get(name)
    items = tuple(
        (value.replace("_", " "), f"{meaning} (where an intervention does not choose)" if value == default else meaning)
        for value, meaning in values.items()
    )
    shown: list[Block] = [
        Headline((f"{name}: a way of counting",)),
        Line(("chosen under `choices:`",)),
        Notes("May be", items),
    ]
    return Screen(blocks=lambda: shown, records=Records(("value", "meaning"), lambda: list(values.items())))


def _scenario(card: ScenarioCard) -> Screen:
    """What a scenario does, the figures it brings, and what they rest on."""
    return Screen(
        blocks=lambda: _scenario_blocks(card),
        records=Records(FIGURE_COLUMNS, lambda: figure_rows(card.case, card.figures)),
        document=lambda: {
            "format": "carescale.scenario/1", "name": card.name, "title": card.shape.scenario,
            "about": card.shape.about, "figures": [figure_json(figure) for figure in card.figures],
        },
    )  # fmt: skip


def _scenario_blocks(card: ScenarioCard) -> list[Block]:
    rows, case = [], card.case
    for figure in card.figures:
        value = figure.number.text if figure.number else NOT_KNOWN
        origin = figure.unknown or figure.origin
        rows.append(Row((name_of(case, figure.name), value, figure.year if figure.number else "", origin)))
    columns = [Column("Figure", "words"), Column("Value"), Column("Year")]
    use = f"carescale project birmingham --scenario {card.name}"
    return blocks.there(
        Headline((f"{card.shape.scenario} ({card.name})",)),
        Line((f"{card.shape.about}\n{use}",)),
        blocks.table([*columns, Column("Where from, or why not known", "words")], rows),
        blocks.notes("Read with care", (("Note", one.detail.note) for one in card.figures if one.detail.note)),
    )


def _source(source: Source) -> Screen:
    lines = [str(source), source.url, f"Not verified: {source.unverified}" if source.unverified else ""]
    shown: list[Block] = [Headline((source.key,)), Line(("\n".join(filter(None, lines)),))]
    said = (source.key, source.publisher, source.title, source.year, source.url, source.unverified)
    return _one(shown, ("key", "publisher", "title", "year", "url", "unverified"), said)


def _figure_kind(kind: FigureKind) -> Screen:
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
    shown: list[Block] = [Headline((f"{kind.name}: {kind.title}",)), Line(("\n".join(filter(None, lines)),))]
    said = (kind.name, kind.title, unit_words(kind.unit), kind.level, "; ".join(users), target)
    return _one(shown, ("name", "title", "unit", "level", "used_by", "plan_key"), said)


def _formulas(formulas: Sequence[Formula]) -> Screen:
    columns = ("name", "title", "unit", "for_each", "where", "formula", "meaning")
    return Screen(
        blocks=lambda: _formula_blocks(formulas),
        records=Records(columns, lambda: [_formula_record(formula) for formula in formulas]),
    )


def _formula_blocks(formulas: Sequence[Formula]) -> list[Block]:
    title = f"{formulas[0].name}: {formulas[0].title}, {unit_words(formulas[0].unit)}"
    found: list[Block] = [Headline((title,))]
    for formula in formulas:
        _, _, _, level, when, words, meaning = _formula_record(formula)
        each = f"for each {level}{f', where {when}' if when else ''}:"
        found.append(Outline(((0, each), (1, words), (1, meaning))))
    return found


def _formula_record(formula: Formula) -> tuple[str, ...]:
    conditions = [f"{name} is {' or '.join(values)}" for name, values in formula.when.items()]
    conditions += [f"{formula.given} is given"] if formula.given else []
    conditions += [f"{formula.absent} is not given"] if formula.absent else []
    words = in_words(formula.tree, lambda name: "month" if name == MONTH else name)
    level = formula.per.replace("_", " ")
    return formula.name, formula.title, unit_words(formula.unit), level, " and ".join(conditions), words, formula.doc
