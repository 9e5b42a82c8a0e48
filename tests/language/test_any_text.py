"""Any text is read as a sum or refused in words, fast; and what is written of a sum is read back as the same sum."""

from __future__ import annotations

import os
import time
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from carescale.engine.tree import Constant, Expression, Name, Operation
from carescale.inputs.language.functions import FUNCTIONS
from carescale.inputs.language.parser import read_sum
from carescale.inputs.language.sums import Misread
from carescale.inputs.language.units import with_units
from carescale.inputs.language.writer import write_sum

TEXTS = int(os.environ.get("CARESCALE_FUZZED_TEXTS", "5000"))
SLOWEST = 0.05  # seconds of the processor, for one text
PIECES = [
    "£13,000", "17%", "£1.85m", "4", "2.3m bed-days", "365 days", "£20 per week", "nearly 300", "about £20", "~10,000",
    "£2 to £3", "4:1", "£7.50:£1", "300 ± 20", "1,200", "12,34", "1e5", "0", "0.0033 QALY",
    "£13,000 to the nearest £1,000", "50p", "£3.68 for every £1", "people", "published.carers", "a.b.c", "spend",
    "x", "of", "per", "to", "and", "1/2x", *"+-−*×÷/^()(),;<>=≤≥%£.&'\"[]{}!$:_#@\\|~`?–—é²½\u00a0\u200b\t\n\0",
    "<=", ">=", "<>", "==", "**", "((", "))", "  ", "-2^2", "GROWTH(1; 2)",
    *FUNCTIONS, *(f"{name}(" for name in FUNCTIONS), *(function.example for function in FUNCTIONS.values()),
]  # fmt: skip


def texts(seed: int) -> str:
    """A text of the language, or nearly: pieces of it in any order, with something spoilt."""
    random = Random(seed)
    if seed % 2:
        text = grown(random, random.randint(0, 4))
    else:
        text = random.choice(["", " "]).join(random.choice(PIECES) for _ in range(random.randint(1, 24)))
    for _ in range(random.randint(0, 2)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(["", chr(random.randint(1, 0x2FFF)), random.choice(PIECES)]) + text[at + 1 :]
    return text * random.choice([1, 1, 1, 1, 1, 20])


LEAVES = [piece for piece in PIECES[: PIECES.index("x")] if piece not in ("12,34", "1e5")]


def grown(random: Random, depth: int) -> str:
    """A sum of the language, brackets and all."""
    if depth == 0:
        return random.choice(LEAVES)
    parts = [grown(random, random.randint(0, depth - 1)) for _ in range(3)]
    forms = [
        "{0} + {1}",
        "{0} - {1}",
        "{0}*{1}",
        "{0} / {1}",
        "({0} + {1}) * {2}",
        "({0}) ^ 2",
        "-({0})",
        "({0}) × ({1})",
    ]
    forms += [
        "MAX({0}; {1}; {2})",
        "IF({0} < {1}; {1}; {2})",
        "ROUND({0}; -1)",
        "CHANGE({0}; {1})",
        "ABS({0})",
        "SUM({0}, {1})",
    ]
    return random.choice(forms).format(*parts)


def read(text: str) -> Expression | None:
    """The sum; None where it is refused, in words, at a place that is there."""
    seconds, tree, problem = timed(text)
    for _ in range(5):  # a pause of the machine is no slow text
        seconds = min(seconds, timed(text)[0]) if seconds >= SLOWEST else seconds
    assert seconds < SLOWEST, text
    if problem is not None:
        assert 0 < len(problem.message) <= 200, problem.message
        assert 0 <= problem.span.start < problem.span.end <= len(text) + 1
    return tree


def timed(text: str) -> tuple[float, Expression | None, Misread | None]:
    """The seconds that a text takes, and what it is or why it is nothing."""
    started, tree = time.process_time(), None
    try:
        written = read_sum(text)
        tree = written.tree
        with_units(written, lambda name: "GBP/year" if name == "spend" else "person")
    except Misread as refused:
        return time.process_time() - started, tree, refused
    return time.process_time() - started, tree, None


def test_any_text_is_a_sum_or_is_refused_in_words() -> None:
    read_sum("£1 * SUM(1; 2)")  # what is compiled once
    kept = 0
    for seed in range(TEXTS):
        text = texts(seed)
        try:
            tree = read(text)
            if tree is not None:
                kept += 1
                again = write_sum(tree)
                if len(again) <= 500:
                    assert same(read_sum(again).tree, tree), again
        except Exception as error:
            error.add_note(f"seed {seed}: {text!r}")
            raise
    assert kept > TEXTS / 10, "hardly any text is a sum: that tries too little"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_any_letters_at_all_are_a_sum_or_refused_in_words(text: str) -> None:
    read(text)


def same(one: Expression, other: Expression) -> bool:
    """Whether two expressions are one: verbs, names, numbers and units."""
    match one, other:
        case Operation(), Operation():
            parts = zip(one.arguments, other.arguments, strict=False)
            return one.verb == other.verb and all(same(first, second) for first, second in parts)
        case Name(), Name():
            return one.name == other.name
        case Constant(), Constant():
            return (one.value, one.unit) == (other.value, other.unit)
    return False
