"""The words that inputs are made of: numbers by their unit, names of figures, quantities, interventions, odd texts."""

from __future__ import annotations

from functools import cache
from random import Random

from mutations import ODD_NUMBERS, ODD_TEXTS

from carescale.formulas.vocabulary import CHOICES, GROUPS, PAYERS, registry
from carescale.inputs.entities import scopes_of
from carescale.inputs.library import Intervention, library_sources, read_intervention, read_shipped, shipped_names

ODD = 0.01  # of all numbers and texts: enough that many files have one, and few enough that most load
TITLES = (
    "Northtown", "=cmd()", "[red]Leeds[/red]", "<script>alert(1)</script>", "A|B", "-1+1", "@SUM(A1)", "{place}", "100%",
    "Ynys Môn", "Ærø", "مرحبا", "👩‍👩‍👧", "'quoted'", "\"double\"", "a\\b", "$x^2$", "`code`", "*bold*", "# head", "a" * 200, "é" * 90,
    "日本語の町", "Stoke-on-Trent", "A & B", "1", "true", "&lt;b&gt;", "%s %d", "[/]", "](http://a.b)",
)  # fmt: skip
AMOUNTS = ("£0", "£1", "£480", "£26,000", "£1.3m", "£0.01", "£35", "£9bn", "£1,598", "£250,000", "£12.50", "£400")
SHARES = ("0%", "100%", "13%", "12.5%", "0.1%", "50%", "99.9%", "5.93%", "33%", "1%")
MONTHS = ("0 months", "1 month", "7 months", "18 months", "24 months", "60 months", "12", "120 months", "36 months")
COUNTS = ("0", "1", "2", "51", "1,000", "0.5", "75", "32,770", "2.3m", "12", "400", "3")
WORDS = (
    "Placements",
    "the contract ends",
    "as the paper says",
    "made up",
    "nobody knows",
    "of one scheme",
    "see below",
)
STARTS = ("2026-09", "2026-03", "2026-04", "2024-12", "1999-01", "2031-07")
YEARS = ("2016", "2015/16", "2023-24", "2026", "2010", "2021-22", "1995")


def number(unit: str, random: Random) -> str:
    """A number that a figure of this unit may have; now and then one that it may not."""
    if random.random() < ODD:
        return random.choice(ODD_NUMBERS)
    if unit == "":
        return random.choice(SHARES)
    if unit.startswith("GBP"):
        return random.choice(AMOUNTS)
    return {"month": random.choice(MONTHS), "year": str(random.randint(1, 60)), "grade": str(random.randint(1, 6))}.get(
        unit, random.choice(COUNTS)
    )


def title(random: Random) -> str:
    """A text that somebody may call something by; now and then one with signs that a terminal would obey."""
    return random.choice(ODD_TEXTS) + "x" if random.random() < ODD else random.choice(TITLES)


def says(random: Random) -> str:
    """A sentence or two."""
    return " ".join(random.choice((*WORDS, title(random))) for _ in range(random.choice((1, 1, 2, 30))))


@cache
def interventions() -> dict[str, Intervention]:
    """The library's, by name."""
    return {
        name: read_intervention(name, read_shipped(path))
        for name, path in shipped_names("scenarios/interventions").items()
    }


@cache
def sources() -> tuple[str, ...]:
    return tuple(library_sources())


@cache
def scopes() -> dict[str, str]:
    """Every path at which figures may stand, with its level."""
    return scopes_of(interventions().values())


@cache
def figures_at(scope: str) -> tuple[tuple[str, str, bool], ...]:
    """The figures of a path: name, unit, and whether there is one for each payer."""
    level = scopes()[scope]
    fitting = [kind for kind in registry.figures.values() if kind.level == ("cohort" if level == "group" else level)]
    return tuple((one.name, one.unit, "payer" in one.dimensions) for one in fitting if set(one.dimensions) <= {"payer"})


def figure(random: Random, names: list[str]) -> tuple[str, str]:
    """The path of a figure of one of these interventions, of a client group or of the case, and its unit."""
    within = [scope for scope in scopes() if scope.split(".")[0] in (*names, *GROUPS, "portfolio")]
    scope = random.choice([scope for scope in within if figures_at(scope)])
    name, unit, by_payer = random.choice(figures_at(scope))
    path = [*([] if scope == "portfolio" else [scope]), name, *([random.choice([*PAYERS])] if by_payer else [])]
    return ".".join(path), unit


@cache
def quantities_at(level: str) -> tuple[tuple[str, str, bool], ...]:
    """The quantities of a level: name, unit, and whether there is one for each payer; of the case, those of a sum."""
    found = {
        (one.name, one.unit, "payer" in one.dimensions): one
        for many in registry.formulas.values()
        for one in many
        if one.level == level
    }
    return tuple(key for key, one in found.items() if set(one.dimensions) <= {"payer"})


def quantity(random: Random, names: list[str]) -> tuple[str, str]:
    """The path of a quantity, and its unit; now and then of one that there is not."""
    within = [
        scope
        for scope, level in scopes().items()
        if scope.split(".")[0] in (*names, "portfolio") and level in ("case", "intervention", "cohort")
    ]
    scope = random.choice(within)
    name, unit, by_payer = random.choice(
        USUAL if random.random() < 0.6 and "." not in scope else quantities_at(scopes()[scope])
    )
    words = [scope, "nothing" if random.random() < ODD else name, *([random.choice([*PAYERS])] if by_payer else [])]
    return ".".join(words), unit


USUAL = (("net_saving", "GBP/year", True), ("gross_saving", "GBP/year", True), ("break_even_month", "month", True),
         ("peak_funding", "GBP", True), ("additional_people", "person", False), ("set_up_cost", "GBP", True))  # fmt: skip


def choice(random: Random) -> tuple[str, str]:
    """A choice between words, and one of them."""
    name = random.choice([name for name in CHOICES if name not in ("target", "counted")])
    return name, random.choice([*CHOICES[name]]) if random.random() > ODD else random.choice(ODD_TEXTS)
