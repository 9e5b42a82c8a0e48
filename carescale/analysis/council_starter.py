"""The file that `carescale new --council` writes: a plan, and everything that is published of the council for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from carescale.analysis.catalogue import Card
from carescale.analysis.starter import card_of, each_once, example_value, title_of, unpublished
from carescale.formulas.vocabulary import TARGET_FIGURES, registry
from carescale.inputs.document import plain
from carescale.inputs.england.councils import CouncilTable, England, Found, PublishedFigure
from carescale.inputs.england.publication import read_reading
from carescale.inputs.library import library_sources, read_shipped, shipped
from carescale.inputs.prices import Deflator, first_year, read_deflator
from carescale.numbers import grouped
from carescale.problems import NOWHERE, Position, Problem, Problems

_LATEST = "dhsc-outcomes"


def council_starter(wanted: str, names: Sequence[str], table: Path | None = None) -> str:
    """A commented place file of a council, by its code or name. It loads as it is. Raises Problems."""
    england = England(table)
    found = england.find(wanted)
    cards = [card_of(name) for name in each_once(names)]
    if own := [name for name in names if name.endswith((".yaml", ".yml"))]:
        hint = "start the file without it, and add a line `use: [befriending.yaml]`"
        raise Problems([Problem("bad-option", f"nothing is published for {own[0]}", Position("--with"), hint)])
    return _Council(england, found, cards).text()


class _Council:
    def __init__(self, england: England, found: Found, cards: Sequence[Card]) -> None:
        self.england, self.found, self.cards = england, found, cards
        self.about = england.main.about
        self.parts = {f"{card.intervention.name}.{part}" for card in cards for part in card.intervention.parts}
        self.groups = {entry.group for card in cards for _, entry in card.intervention.parts.values() if entry.group}

        self.of_population = {
            entry.group
            for card in cards
            for _, entry in card.intervention.parts.values()
            if card.choices.get(f"{card.intervention.name}.rate_of") == "population"
        }

    def text(self) -> str:
        """The whole file."""
        text = (shipped("scenarios") / "starters" / "council.yaml").read_text(encoding="utf-8")
        blocks = {
            "# LICENCE": f"# {self.about.licence}",
            "# HISTORY\n": "".join(f"# {line}\n" for line in self.found.history),
            '"NAME"': _quoted(self.found.council.name),
            "CODE": self.found.council.code,
            "YEAR": self.about.year,
            "SOURCE\n": f"{self.about.source.key}\n",
            "TITLE": _quoted(title_of(self.cards)),
            "# SOURCES\n\n": self.own_source(),
            "# PLAN": "\n".join(line for card in self.cards for line in _plan(card)),
            "# FIGURES": "\n".join(self.figures()),
        }
        for mark, block in blocks.items():
            text = text.replace(mark, block, 1)
        return text

    def own_source(self) -> str:
        """The source of a table of one's own, where the library does not have it."""
        source = self.about.source
        if source.key in library_sources():
            return ""
        lines = [f"{name}: {_quoted(getattr(source, name))}" for name in ("publisher", "title", "year")]
        return f"sources:\n  {source.key}:\n    " + "\n    ".join(lines) + "\n\n"

    # --- figures ---------------------------------------------------------------------------------------------------

    def figures(self) -> Iterator[str]:
        """Figures of the council, of the client groups, then of each intervention."""
        published = dict(self.published())
        budget = published.pop("portfolio.adult_social_care_budget", None)
        yield from self.leaf("  ", "adult_social_care_budget", budget) if budget else ()
        yield from self.prices()
        by_scope: dict[str, dict[str, PublishedFigure]] = {}
        for key, figure in published.items():
            scope, name = self.split(key)
            by_scope.setdefault(scope, {})[name] = figure
        for group in sorted(self.groups & set(by_scope)):
            yield f"  {group}:"
            for name, figure in by_scope[group].items():
                yield from self.leaf("    ", name, figure, self.latest(f"{group}.{name}"))
        for card in self.cards:
            yield from self.intervention(card, by_scope)

    def split(self, key: str) -> tuple[str, str]:
        """`shared_lives.learning_disability` and `weekly_cost_now.council` of the two together."""
        words = key.split(".")
        at = next(i for i, word in enumerate(words) if word in registry.figures)
        return ".".join(words[:at]), ".".join(words[at:])

    def published(self) -> Iterator[tuple[str, PublishedFigure]]:
        """The figures of the reading that the plan can use."""
        for key, column in read_reading(self.about.reading, NOWHERE).figures.items():
            scope, _ = self.split(key)
            columns = column.headings
            if scope not in {*self.parts, *self.groups, "portfolio"} or not self.england.main.has(columns):
                continue
            if key.endswith(".adult_population") and scope not in self.of_population:
                continue
            yield key, self.figure(key, columns)

    def figure(self, key: str, columns: Sequence[str]) -> PublishedFigure:
        """A figure in the main table, or where it has none there in the outcomes of the latest year."""
        if self.found.main is not None:
            figure = self.england.main.figure(self.found.main, columns)
        else:
            reason = f"nothing of {self.about.year} is of these boundaries ({self.found.changed})"
            figure = PublishedFigure(None, reason, "", "", self.about.year, "")
        newer = self.latest(key)
        return newer if figure.value is None and newer and newer.value is not None else figure

    def latest(self, key: str) -> PublishedFigure | None:
        """The same figure in the outcomes of the latest year, where it is there."""
        column = read_reading(_LATEST, NOWHERE).figures.get(key)
        if column is None or self.found.outcomes is None:
            return None
        return self.england.outcomes.figure(self.found.outcomes, column.headings)

    @property
    def newest(self) -> str:
        """The publication of the latest year, in a few words."""
        return self.england.outcomes.about.source.key

    def source_of(self, figure: PublishedFigure) -> str:
        """The key of a figure's source, where it is not the file's."""
        table: CouncilTable = self.england.outcomes
        return table.about.source.key if figure.year == table.about.year else ""

    def leaf(
        self, before: str, name: str, figure: PublishedFigure, newer: PublishedFigure | None = None
    ) -> Iterator[str]:
        """A figure's lines: its value and cell, what it counts, and what the latest year says."""
        kind, payer = name.partition(".")[::2]
        yield f"{before}# {_first_upper(figure.title or registry.figures[kind].title)}"
        if newer and newer.value is not None and newer != figure:
            yield f"{before}# {newer.year}: {grouped(newer.value)} {newer.title} ({newer.where} of {self.newest})"
        entry = self.entry(figure, registry.figures[kind].unit)
        yield f"{before}{kind}:" + (f" {{{payer}: {entry}}}" if payer else f" {entry}")

    def entry(self, figure: PublishedFigure, unit: str) -> str:
        """A figure as it is written: its value and where it stands, or why it is unknown."""
        if figure.value is None:
            where = f" ({figure.where})" if figure.where else ""
            return f"{{unknown: {_quoted(figure.missing + where)}}}"
        words = {"value": _quoted(_written(figure.value, unit)), "where": _quoted(figure.where)}
        if source := self.source_of(figure):
            words["source"] = source
        if figure.year != self.about.year:
            words["year"] = figure.year
        return f"{{{', '.join(f'{key}: {value}' for key, value in words.items())}}}"

    def intervention(self, card: Card, by_scope: Mapping[str, Mapping[str, PublishedFigure]]) -> Iterator[str]:
        """An intervention's figures: those that are published, and commented those that nobody has published."""
        name = card.intervention.name
        lines = [*unpublished(card, name, "    # ")]
        for part, (level, entry) in card.intervention.parts.items():
            there = by_scope.get(f"{name}.{part}", {})
            if not there:
                continue
            lines.append(f"    {part}:  # {entry.title}")
            for figure, published in there.items():
                lines += self.leaf("      ", figure, published)
                lines += self.beside(published) if figure.startswith("weekly_cost_now") else []
            if level == "cohort" and not card.intervention.counts_by_year and "current_people" not in there:
                lines.append("      current_people: {unknown: nobody publishes it by council}")
        if any(not line.lstrip().startswith("#") for line in lines):
            yield f"  {name}:"
            yield from lines
        elif lines:
            yield f"  # {name}:"
            yield from (line.replace("    # ", "  #   ", 1) for line in lines)

    def beside(self, cost: PublishedFigure) -> Iterator[str]:
        """What must stand beside a local weekly cost: what people contribute, and what it may not be taken for."""
        if cost.value is None or self.found.main is None:
            return
        paid = self.england.main.figure(self.found.main, ["contributions_long_term_18_64"])
        known = f", £{grouped(paid.value)} here" if paid.value is not None else ""
        reason = f"published only for all long-term care of people aged 18 to 64 together{known} ({paid.where})"
        yield f"      weekly_contribution_now: {{council: {{unknown: {_quoted(reason)}}}}}"
        yield "      # `carescale explain FILE local_saving_upper_bound` holds it against the arrangement, in the same"
        yield "      # prices: an upper bound, for homes only. The plan goes on using the published saving."

    def prices(self) -> Iterator[str]:
        """The index of prices, for local weekly costs beside a national cost of the arrangement."""
        years = [
            figure.year
            for card in self.cards
            for key, figure in card.figures.items()
            if ".annual_cost_new." in key and figure.value is not None
        ]
        if not years or self.found.main is None:
            return
        deflator = read_deflator()
        for name, year in (("price_index_then", years[0]), ("price_index_now", self.about.year)):
            yield from _index(name, deflator, first_year(year))


def _index(name: str, deflator: Deflator, year: int | None) -> Iterator[str]:
    if year is not None and year in deflator.index and deflator.citation:
        value = f"{{value: {deflator.index[year]}, year: {year}, source: {deflator.citation.source.key}}}"
        yield f"  {name}: {value}  # for local weekly costs beside the arrangement's"


def _plan(card: Card) -> Iterator[str]:
    """How far an intervention goes: a share of those supported, all of a spend, or an example to be replaced."""
    name = card.intervention.name
    cohorts = [part for part, (level, _) in card.intervention.parts.items() if level == "cohort"]
    if not cohorts:
        yield f"  {name}: all  # {card.intervention.shape.intervention}"
        return
    yield f"  {name}:  # {card.intervention.shape.intervention}"
    yield "    add:"
    value = _growth(name) or example_value(registry.figures[TARGET_FIGURES["add"]])
    yield f"      {cohorts[0]}: {value}"
    yield from (f"      # {part}: {example_value(registry.figures['added_people'])}" for part in cohorts[1:])


def _growth(name: str) -> str:
    """How far an intervention goes where something can be said of it, as it is written in a plan; or nothing."""
    document = read_shipped(shipped("scenarios") / "starters" / "plans.yaml")
    node, there = document.find((name,))
    if not there:
        return ""
    return f"{{{', '.join(f'{key}: {_quoted(value)}' for key, value in plain(node).items())}}}"


def _written(value: Decimal, unit: str) -> str:
    """A number as it is printed: £1,406.11, 1,800."""
    places = max(0, -int(value.as_tuple().exponent))
    return ("£" if unit.startswith("GBP") else "") + grouped(value, places)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
