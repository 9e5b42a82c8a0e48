"""The starter files that `carescale new` writes: a place with a plan for chosen interventions, or an intervention."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from carescale.analysis.catalogue import Card, intervention_card, read_card
from carescale.engine.registry import FigureKind
from carescale.formulas.vocabulary import TARGET_FIGURES, registry
from carescale.inputs.library import key_of, shipped, shipped_names
from carescale.inputs.reading import read_document
from carescale.problems import Position, Problem, Problems, did_you_mean, printable

_REASON = "an example to be replaced"
_WIDTH = 34
_OF_A_PLACE = {"cohort": ("current_people", "eligible_people"), "spend_line": ("spend",)}
_PEOPLE = {"added_people": "20", "current_people": "30", "eligible_people": '"1,000"', "carers_available": "40"}
_LIMITS = {"carers": ("carers_available",), "team": ("volunteers_available",)}


def place_starter(file: Path, names: Sequence[str]) -> str:
    """A commented place file, named for its file (`north-somerset.yaml` is North Somerset), with a plan for some
    interventions and every figure that each needs. It loads as it is. Raises Problems for a name nobody knows.
    """
    names = each_once(names)
    cards = [card_of(name) for name in names]
    text = _template("place", file)
    plan = "\n".join(line for card in cards for line in _plan(card))
    figures = "\n".join(line for card in cards for line in _figures(card))
    own = [name for name in names if name.endswith((".yaml", ".yml"))]
    text = text.replace("\nplan: ", f"\nuse: {json.dumps(own, ensure_ascii=False)}\n\nplan: ") if own else text
    text = text.replace("title: TITLE", f"title: {json.dumps(title_of(cards), ensure_ascii=False)}")
    return text.replace("# PLAN", plan).replace("# FIGURES", figures)


def conversation_starter() -> str:
    """The conversation of a place file, all of it blanks with their reasons."""
    return _read("conversation")


def title_of(cards: Sequence[Card]) -> str:
    """What a plan does that grows some interventions."""
    *first, last = (card.intervention.shape.intervention for card in cards)
    return f"Grow {', '.join(first)} and {last}" if first else f"Grow {last}"


def intervention_starter(file: Path) -> str:
    """A commented intervention file, named for its file. It loads as it is."""
    text = _template("intervention", file)
    name, key = printable(file.name), printable(key_of(file))
    return text.replace("use: FILE", f"use: {name}").replace("KEY:", f"{key}:")


def _template(kind: str, file: Path) -> str:
    words = printable(file.stem).replace("-", " ").replace("_", " ").title()
    text = _read(kind)
    return text.replace('"NAME"', json.dumps(words, ensure_ascii=False)).replace("NAME", words or "us")


def _read(kind: str) -> str:
    return (shipped("scenarios") / "starters" / f"{kind}.yaml").read_text(encoding="utf-8")


def each_once(names: Sequence[str]) -> list[str]:
    """The names without those that say the same intervention again. Raises Problems for two of one name."""
    chosen: dict[str, str] = {}
    for name in names:
        key = key_of(name) if name.endswith((".yaml", ".yml")) else name.replace("-", "_")
        if Path(chosen.setdefault(key, name)) != Path(name) and name.replace("-", "_") != key:
            message = f"`{chosen[key][:80]}` and `{name[:80]}` would both be called `{key[:80]}`"
            raise Problems([Problem("bad-option", message, Position("--with"), "give one of the files another name")])
    return list(chosen.values())


def card_of(name: str) -> Card:
    if name.endswith((".yaml", ".yml")):
        return read_card(key_of(name), read_document(name))
    known, plain = shipped_names("scenarios/interventions"), name.replace("-", "_")
    if plain not in known:
        hint = did_you_mean(plain, known, "Interventions")
        raise Problems([Problem("unknown-name", f"there is no intervention `{name[:80]}`", Position("--with"), hint)])
    return intervention_card(plain)


def _plan(card: Card) -> Iterator[str]:
    """The plan of an intervention: its first cohort, and the others to be uncommented."""
    yield f"  {card.intervention.name}:".ljust(_WIDTH) + f"# {card.intervention.shape.intervention}"
    cohorts = [name for name, (level, _) in card.intervention.parts.items() if level == "cohort"]
    lines = [name for name, (level, _) in card.intervention.parts.items() if level == "spend_line"]
    for rule, parts in (("add", cohorts), ("share", lines)):
        yield from [f"    {rule}:"] if parts else []
        for position, name in enumerate(parts):
            mark = "# " if position else ""
            yield f"      {mark}{name}: {example_value(registry.figures[TARGET_FIGURES[rule]])}"


def _figures(card: Card) -> Iterator[str]:
    """The figures that a place gives of an intervention, and commented those that nobody has published."""
    yield f"  {card.intervention.name}:"
    staffing = card.choices.get(f"{card.intervention.name}.staffing", "")
    for name in _LIMITS.get(staffing, ()):
        yield _line("    # ", registry.figures[name], "the plan goes no further")
    yield from unpublished(card, card.intervention.name, "    # ")
    for position, (part, (level, entry)) in enumerate(card.intervention.parts.items()):
        before = "    # " if position else "    "
        yield f"{before}{part}:".ljust(_WIDTH) + f"# {entry.title}"
        yield from (_line(f"{before}  ", registry.figures[name]) for name in _OF_A_PLACE[level])
        if not position:
            yield from unpublished(card, f"{card.intervention.name}.{part}", "      # ")


def unpublished(card: Card, path: str, before: str) -> Iterator[str]:
    """For each figure of an entity that is not published, the reason and a line to uncomment."""
    found: dict[str, dict[str, str]] = {}
    for key, figure in card.figures.items():
        words = key.removeprefix(f"{path}.").split(".")
        if key.startswith(f"{path}.") and figure.unknown and words[0] in registry.figures and words[-1] != "society":
            found.setdefault(words[0], {})[words[-1]] = " ".join(figure.unknown.split())
    for name, reasons in found.items():
        kind = registry.figures[name]
        yield f"{before}({'; '.join(dict.fromkeys(reasons.values()))}; if you know your own:)"
        if kind.dimensions:
            payers = ", ".join(f"{payer}: {example_value(kind)}" for payer in reasons)
            yield f"{before}{name}: {{{payers}}}"
        else:
            yield _line(before, kind)


def _line(before: str, kind: FigureKind, says: str = "") -> str:
    comment = "; ".join(filter(None, (kind.title, says)))
    return f"{before}{kind.name}: {example_value(kind)}  # {comment}"


def example_value(kind: FigureKind) -> str:
    """A number in a figure's unit, to be replaced."""
    if kind.unit.startswith("GBP"):
        number = '"£1,000,000"' if kind.level == "spend_line" else '"£1,000"'
    else:
        number = {"": "10%", "month": "7 months"}.get(kind.unit, _PEOPLE.get(kind.name, "100"))
    return f"{{value: {number}, assumption: {_REASON}}}"
