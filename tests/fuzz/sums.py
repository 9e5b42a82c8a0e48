"""Sums as people write them: mostly ones that can be read, of few or many parts, some of them of nothing or without end."""

from __future__ import annotations

from random import Random

from fuzz import words
from mutations import ODD_NUMBERS, ODD_TEXTS

LEAVES = (
    "£13,000", "17%", "£1.85m", "4", "2.3m bed-days", "365 days", "£20 per week", "nearly 300", "about £20", "~10,000",
    "£2 to £3", "4:1", "£7.50:£1", "300 ± 20", "1,200", "0", "0.0033 QALY", "£13,000 to the nearest £1,000", "50p", "1 / 0",
    "10^9", "-8", "1/3", "£0", "0%", "10^400", "0 ± 1", "100%", "12 months", "3 people", "9bn", "−5", "½",
)  # fmt: skip
FORMS = (
    "{0} + {1}", "{0} - {1}", "{0} * {1}", "{0} / {1}", "({0} + {1}) * {2}", "({0}) ^ 2", "-({0})", "({0}) × ({1})",
    "MAX({0}; {1}; {2})", "IF({0} < {1}; {1}; {2})", "ROUND({0}; -1)", "CHANGE({0}; {1})", "ABS({0})", "SUM({0}, {1})",
    "({0}) ^ ({1})", "({0}) / ({1})", "{0} of {1}", "GROWTH({0}; 2)", "MIN({0}; {1})", "ROUNDUP({0}; 0)", "{0} ÷ ({1})",
)  # fmt: skip


def numbers(random: Random, depth: int) -> str:
    """A sum of numbers only."""
    if depth == 0:
        return random.choice(LEAVES) if random.random() > words.ODD else random.choice(ODD_NUMBERS)
    parts = [numbers(random, random.randint(0, depth - 1)) for _ in range(3)]
    return random.choice(FORMS).format(*parts)


def plain(random: Random, depth: int) -> str:
    """A sum of numbers without units, which nothing refuses for what its parts are in."""
    if depth == 0:
        return random.choice(("4", "0", "1.5", "1,200", "0.0033", "7", "-2", "10^3", "9bn", "17%", "300 ± 20"))
    parts = [plain(random, random.randint(0, depth - 1)) for _ in range(3)]
    return random.choice([form for form in FORMS if " of " not in form]).format(*parts)


def of_quantities(random: Random, names: list[str]) -> str:
    """A sum in which figures and quantities are named."""
    first, _ = (words.quantity if random.random() < 0.8 else words.figure)(random, names)
    return random.choice(
        ("{0}", "{0}", "{0} / 12", "{0} * 50%", "2 * {0} - {0}", "MAX({0}; {0})", "{0} / {0}", "{0} / 0")
    ).format(first)


def any_sum(random: Random) -> str:
    """What `calc` is given."""
    text = random.choice((plain, plain, numbers))(random, random.randint(0, 4))
    if random.random() < 0.15:
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice((*ODD_TEXTS, *"()^;%£*/", "  ", "1e400")) + text[at + random.randint(0, 2) :]
    return text * (200 if random.random() < 0.01 else 1)
