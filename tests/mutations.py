"""Ways to break a file that a person wrote: each takes the text and a random number generator and returns a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

ODD_NUMBERS = (
    "0", "-0", "-1", "-£5", "nan", ".nan", "inf", "-.inf", "1e400", "1E9", "0x1F", "0o17", "1_000",
    "12:30:45", "1,00", "1,000", "1,000,000,000,000,000,000,000", "9" * 39, "9" * 400,
    "0." + "0" * 30 + "1", "£9" + "9" * 30 + "bn", "13", "101%", "100%", "-13%", "£13%", "0.5 months",
    "1201 months", "1200 months", "6 to 7", "7 to 6", "½", "٣", "１２", "1.", ".5", "--1", "+5", "−5",
    "5 people", "5 furlongs", "£1.3m", "£1.3trn", "", "~", "null", "true", "2016-01-01", "1 000",
)  # fmt: skip
ODD_TEXTS = (
    "\u202e", "\u200b", "\ufeff", "👩‍👩‍👧", "é", "e\u0301", "\x00", "\x07", "\x1b[31m", "\x7f", "\x85",
    "\u2028", "\ud7ff", "\t", "\r", "\\", "'", '"', "`", "\U0010ffff", "‮eulav", "مرحبا",
)  # fmt: skip
SYNTAX = (
    "{", "}", "[", "]", ": ", ",", "- ", "? ", "&a ", "*a", "*split", "<<: ", "!!python/object:os.system ",
    "!!float ", "!!binary ", "|", ">", "%YAML 9.9", "---", "...", "#", "@", "{}", "[]", "{a: 1,000}",
    "[1,000]", "''", "!", "&", "*",
)  # fmt: skip
NAMES = (
    "value", "unknown", "solve", "equals", "range", "assumption", "source", "year", "plan", "figures",
    "claims", "use", "choices", "published", "council", "nhs", "all", "add", "people", "rate", "share",
    "start", "is", "between", "that", "from", "under", "nearest", "learning_disability", "living_well",
    "shared_lives", "hospital_discharge", "portfolio", "spend", "ramp_months", "horizon_months",
    "yearly_shares", "overlap", "everyone", "title", "code", "strands", "group", "month", "__class__",
    "model_config", "?", "1", "on", "no",
)  # fmt: skip
SNIPPETS = (
    "start: 2026-09", "start: 0000-01", "start: 9999-12", "start: 2026-13", "use: ../x.yaml",
    "use: [a.yaml, b.yaml]", "choices: {ramp: yearly_shares}", "choices: {saving_basis: weekly_costs}",
    "choices: {set_up_basis: whole_blocks}", "figures: {horizon_months: 0 months}",
    "figures: {horizon_months: 1200 months}", "figures: {horizon_months: {unknown: x}}",
    "figures: {horizon_months: {solve: portfolio.net_saving.council, equals: 1}}", "plan: all", "plan:",
    "claims: {}", "published: {a: 1}", "published: [1]",
    "sources: {mine: {publisher: a, title: b, year: c}}", "source: mine",
    "plan: {shared_lives: {rate: {learning_disability: 99%}}}",
    "plan: {hospital_discharge: {share: {long_term: 50%}}}",
    "plan: {living_well: {people: {value: 10, range: 5 to 20}}}", "year: 1e9", "title: {}", "place: [a, b]",
)  # fmt: skip


def delete_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    first = random.randrange(len(lines))
    del lines[first : first + random.choice((1, 1, 1, 2, 5))]
    return "\n".join(lines)


def repeat_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    first = random.randrange(len(lines))
    some = lines[first : first + random.choice((1, 1, 3))]
    where = random.choice((first, random.randrange(len(lines) + 1)))
    return "\n".join([*lines[:where], *some * random.choice((1, 1, 1, 50)), *lines[where:]])


def swap_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def flip_characters(text: str, random: Random) -> str:
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(text))
        text = text[:at] + chr(random.choice((random.randrange(32, 127), random.randrange(0xD800)))) + text[at + 1 :]
    return text


def odd_number(text: str, random: Random) -> str:
    return _replace(text, random, r"£?\d[\d,.]*(?:m|k|bn|%| months)?", random.choice(ODD_NUMBERS))


def odd_value(text: str, random: Random) -> str:
    """The whole of what stands after a colon."""
    values = ODD_NUMBERS + SYNTAX + NAMES + ("[1, 2]", "{value: 1}", "{unknown: x}", "{value: 5, assumption: x}")
    return _replace(text, random, r"(?<=: )[^\n]+$", random.choice(values))


def rename_key(text: str, random: Random) -> str:
    name = random.choice((*NAMES, "", "x" * 5_000, "Läuft", "a b", "a.b"))
    return _replace(text, random, r"(?<![a-z_])[a-z_]{1,60}(?=:)", name)


def swap_words(text: str, random: Random) -> str:
    """A word of a dotted path, or any other, for another of the trade."""
    return _replace(text, random, r"(?<=[. ])[a-z_]{3,60}", random.choice(NAMES))


def indent(text: str, random: Random) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    by = random.choice((" ", "  ", "    ", "\t", "", "", " " * 3_000))
    lines[at] = by + lines[at] if by else lines[at].lstrip()
    return "\n".join(lines)


def insert(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(random.choice((ODD_TEXTS, SYNTAX, ODD_NUMBERS))) + text[at:]


def insert_snippet(text: str, random: Random) -> str:
    snippet = random.choice(SNIPPETS)
    key = snippet.split(":")[0]
    without = re.sub(rf"^{key}:.*\n(?:[ \n].*\n)*", "", text, flags=re.MULTILINE)
    return random.choice((text, without)).rstrip("\n") + "\n" + snippet + "\n"


def truncate(text: str, random: Random) -> str:
    return text[: random.randrange(len(text))]


def enlarge(text: str, random: Random) -> str:
    """Something very long, or very deep, where something short stood."""
    long = random.choice(
        ("9" * 5_000, "a" * 50_000, "[" * 300, "{a: " * 200, "a." * 2_000, "a + " * 500 + "a", "- " * 100)
    )
    return _replace(text, random, r"(?<=: )[^\n]+$", long)


def _replace(text: str, random: Random, pattern: str, by: str) -> str:
    found = list(re.finditer(pattern, text, flags=re.MULTILINE))
    if not found:
        return text
    match = random.choice(found)
    return text[: match.start()] + by + text[match.end() :]


MUTATORS: tuple[Callable[[str, Random], str], ...] = (
    delete_lines, repeat_lines, swap_lines, flip_characters, odd_number, odd_value, rename_key, swap_words, indent,
    insert, insert_snippet, truncate, enlarge,
)  # fmt: skip


def mutate(text: str, random: Random) -> str:
    """One to three mutations, one most often; never the text as it was unless a mutator found nothing to change."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        text = random.choice(MUTATORS)(text or " ", random)
    return text
