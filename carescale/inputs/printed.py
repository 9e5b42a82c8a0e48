"""Numbers read for the figure they are written for: their form, printed unit, sign and size."""

from __future__ import annotations

import re
from decimal import Decimal

from yaml.nodes import Node

from carescale.engine.registry import FigureKind
from carescale.inputs.document import Document
from carescale.numbers import NotANumber, Printed, read_as_printed, read_number, read_range
from carescale.problems import quoted, with_article

OWN = "published"  # the level of figures of one's own: of any unit and size, and also two ends without a middle
_UNIT_WORDS = {"person": ("person", "people")}
_PLURALS = {"person": "people", "GBP": "pounds"}
_ONE = Decimal(1)
_NEVER_MILLIONS = ("month", "year", "grade")
_SCALED = re.compile(r" ?(k|thousand|m|million|bn|billion)$")
_TWO_NUMBERS = re.compile(r"\d[a-z% ]*(\bto\b|-|–) *£?\d")


def read_printed(document: Document, text: str, kind: FigureKind, node: Node) -> Printed | None:
    """The number for a figure; None, with a problem noted, where it is none or does not fit."""
    number = read_plain(document, text, node, ranges=kind.level == OWN)
    return number if number is not None and _fits(document, number, kind, node) else None


def read_plain(document: Document, text: str, node: Node, *, ranges: bool = False) -> Printed | None:
    """A number of any unit; None, with a problem noted, where it is none, or a range that may not stand here."""
    if not text.strip():
        document.problem("not-a-number", "there is no number here", node, _EMPTY_HINT)
        return None
    try:
        return read_as_printed(text) if ranges else read_number(text)
    except NotANumber as why:
        is_range = _TWO_NUMBERS.search(text)
        message = f"{quoted(text)} is a range, not one number" if is_range else f"{quoted(text)} is not a number"
        document.problem("not-a-number", message, node, _RANGE_HINT if is_range else str(why))
        return None


_EMPTY_HINT = "write one, or a block under it with `unknown:` and the reason"
_RANGE_HINT = "give the number you rely on as `value:` and both ends as `range:`"


def read_printed_range(document: Document, text: str, kind: FigureKind, node: Node) -> tuple[Printed, Printed] | None:
    """Both ends of a range for a figure; None, with a problem noted, where they are none or do not fit."""
    try:
        low, high = read_range(text)
    except NotANumber as why:
        document.problem("not-a-number", f"{quoted(text)} is not a range", node, str(why))
        return None
    return (low, high) if _fits(document, low, kind, node) and _fits(document, high, kind, node) else None


def _fits(document: Document, number: Printed, kind: FigureKind, node: Node) -> bool:
    problem = misfit(number, kind)
    if problem:
        code, message, hint = problem
        document.problem(code, f"{quoted(number.text)} for `{kind.name}`: {message}", node, hint)
    return not problem


def in_its_range(document: Document, number: Printed, ends: tuple[Printed | None, Printed | None], node: Node) -> bool:
    """Whether a number lies between the ends given for it, where they are; a problem where it does not."""
    low, high = ends
    if low is None or high is None or low.value <= number.value <= high.value:
        return True
    message = f"{quoted(number.text)} lies outside its own range, {low.text} to {high.text}"
    document.problem("out-of-range", message, node, "give the number you rely on, and a range around it")
    return False


def misfit(number: Printed, kind: FigureKind) -> tuple[str, str, str] | None:
    """What is wrong with a number for a figure: code, message, hint."""
    if kind.level == OWN:
        return None
    wrong = wrong_unit(number, kind.unit)
    if wrong:
        return "wrong-unit", *wrong
    if kind.unit == "" and number.value > _ONE:
        hint = "write a part of the whole, at most 100%" if number.symbol else f"did you mean {number.text}%?"
        return "out-of-range", "a share is between 0 and 1, or 0% and 100%", hint
    if number.value < 0 and not kind.signed:
        return "out-of-range", "it cannot be negative", "write 0 or more"
    if number.value > kind.most:
        return "out-of-range", f"it cannot be more than {kind.most:,.0f}", "write a smaller number"
    return None


def wrong_unit(number: Printed, unit: str) -> tuple[str, str] | None:
    """Whether a number says it is of another unit: message and hint."""
    if unit in _NEVER_MILLIONS and (scaled := _SCALED.search(number.text)):
        first = number.text[: scaled.start()].strip()
        return f"{scaled[0].strip()} makes it {number.value:,f}", f"did you mean {first} {unit_words(unit)}?"
    if unit == "":
        fits, wanted, such = number.symbol in ("%", "") and not number.word, "a share", "such as 13% or 0.13"
    else:
        money = unit.startswith("GBP")
        whole = unit.split("/")[0] == (number.unit or "").split("/")[0] and number.unit in (unit, unit.split("/")[0])
        fits = whole or (number.symbol in (("£", "") if money else ("",)) and _is_word_for(number.word, unit))
        if fits:
            return None
        wanted, such = f"a number of {unit_words(unit)}", f"such as {'£1,181' if money else '1,000'}"
    if unit == "month" and number.word in ("year", "years"):
        such = f"did you mean {number.value * 12:f} months?"
    found = {"£": "pounds", "%": "a percentage"}.get(number.symbol, "") or number.word
    return None if fits else (f"{wanted} is expected, not {found}", such)


def _is_word_for(word: str, unit: str) -> bool:
    base = unit.split("/")[0]
    return word in ("", base, f"{base}s", *_UNIT_WORDS.get(base, ()))


def in_its_unit(number: Printed, unit: str) -> str:
    """A number with its unit: as it was written where it says one, else with that of its figure, 24 as 24 months."""
    base = unit.split("/")[0]
    size = f"{abs(number.value):,f}"
    sign = "−" if number.value < 0 else ""
    if number.symbol or number.word:
        return number.text
    match base:
        case "":
            return f"{(number.value * 100).normalize():f}%"
        case "GBP":
            return f"{sign}£{size}"
        case "grade":
            return f"grade {size}"
    return f"{sign}{size} {base if number.value == 1 else unit_words(base)}"


def unit_words(unit: str) -> str:
    """A unit as a reader says it: GBP/person/year as `pounds a person a year`."""
    first, *rest = unit.split("/")
    return " ".join([_PLURALS.get(first, f"{first}s"), *map(with_article, rest)])
