"""The words of a sum: printed numbers, names, operators. A word that misleads is refused here, with what to write."""

from __future__ import annotations

import re
from typing import NamedTuple

from carescale.inputs.language.sums import Misread, Span
from carescale.numbers import CORE, HEDGE, SHARE
from carescale.problems import quoted

LONGEST = 500  # characters of a sum

# Words that stand between numbers in prose and are no unit.
_PROSE = (
    "to", "of", "and", "or", "x", "times", "plus", "minus", "divided", "multiplied", "by", "over", "under", "if",
    "than", "less", "more", "nearest", "equals", "is", "at", "about", "for",
)  # fmt: skip
_WORD = rf"(?!(?i:{'|'.join(_PROSE)})(?![\w-]))[A-Za-z]+(?:-[A-Za-z]+)*(?![\w.(]|\s*\()"
_CORE = re.compile(CORE)
_NUMBER = re.compile(rf"{CORE}(?:\s+{_WORD})*")
_SHARE = re.compile(rf"(?i:{SHARE})(?![\w.]*\w|%)")
_HEDGED = re.compile(rf"(?i:{HEDGE})(?![A-Za-z])\s*(?=[£0-9]|{_SHARE.pattern})|[~≈]\s*(?=[-−£0-9])")
_TWO_NUMBERS = (  # what may stand between two numbers that are printed as one, and what the second may be
    (re.compile(r"\s+to\s+(?=[£0-9])"), _NUMBER),
    (re.compile(r"\s*(?::|for (?:each|every)\b|\bper(?=\s+£1\b))\s*"), _CORE),
    (re.compile(r"\s*(?:±|\+/-)\s*"), _NUMBER),
    (re.compile(r",?\s+(?:to )?(?:the )?nearest\s+"), _CORE),
)
_FIRST_OF_A_NUMBER = frozenset("£0123456789~≈")
_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_OPERATOR = re.compile(r"<=|>=|<>|[-+−*×·÷/^()<>≤≥=;,]")
_CROWDED = re.compile(r"[0-9],[0-9]")
_SPACE = re.compile(r"\s+")
_SAME = {"−": "-", "×": "*", "·": "*", "÷": "/", "≤": "<=", "≥": ">="}
_INSTEAD = {
    "–": "that is a dash: write - for minus, or `2 to 3` for a range",
    "—": "that is a dash: write - for minus",
    "%": "a per-cent sign stands right behind a number, such as 17%",
    "[": "use round brackets",
    "{": "use round brackets",
    "!": "there are no references to cells: name figures and quantities",
    "$": "only pounds are read, and there are no references to cells",
    "&": "texts are not put together here: this is for numbers",
    '"': "there are no texts in a sum: this is for numbers",
    "'": "there are no texts in a sum: this is for numbers",
    ":": "a ratio is two numbers, such as 4:1; there are no ranges of cells",
}


class Token(NamedTuple):
    """One word of a sum: its kind (number, name, operator, end), its text in the language's own spelling, its place."""

    kind: str
    text: str
    span: Span


def tokens(text: str) -> list[Token]:
    """The words of a sum, and its end. Raises Misread."""
    if len(text) > LONGEST:
        hint = "give a part of it a name under `formulas:`, and use that"
        raise Misread(f"a sum has at most {LONGEST} characters, and this has {len(text)}", Span(0, LONGEST), hint)
    found: list[Token] = []
    at = _after_space(text, 0)
    if text[at : at + 1] == "=":
        at = _after_space(text, at + 1)
    end = len(text)
    while at < end:
        token = _next(text, at)
        found.append(token)
        at = token.span.end
        if at < end and text[at].isspace():
            at = _after_space(text, at)
    return [*found, Token("end", "", Span(len(text.rstrip()), len(text.rstrip()) + 1))]


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _next(text: str, at: int) -> Token:
    sign = text[at]
    if sign in _FIRST_OF_A_NUMBER or (sign.isalpha() and (_HEDGED.match(text, at) or _SHARE.match(text, at))):
        return _number(text, at)
    if sign.isalpha() or sign == "_":
        name = _NAME.match(text, at)
        if name:
            return Token("name", name[0], Span(at, name.end()))
    if sign == "," and _CROWDED.match(text, at - 1):
        hint = "write ; or a comma and a space between arguments; commas in a number go between groups of three digits"
        raise Misread("a comma stands between digits", Span(at, at + 1), hint)
    if operator := _OPERATOR.match(text, at):
        return Token("operator", _SAME.get(operator[0], operator[0]), Span(at, operator.end()))
    shown = sign if sign.isprintable() else "this character"
    raise Misread(f"`{shown}` means nothing in a sum", Span(at, at + 1), _INSTEAD.get(sign, _KNOWN))


_KNOWN = "there are + - * / ^, brackets, < <= > >=, numbers as they are printed, names, and SUM MIN MAX and the like"


def _number(text: str, at: int) -> Token:
    end = _end_of_literal(text, at)
    if end == at:
        raise Misread(f"`{text[at]}` is no number", Span(at, at + 1), "write it as it is printed: £26,000 or 13%")
    after = text[end : end + 1]
    if after.isalnum() or after in ("_", "."):
        rest = re.match(r"[\w.]+", text[end:])
        stuck = rest[0] if rest else after
        span = Span(at, end + len(stuck))
        raise Misread(
            f"{quoted(text[at:end] + stuck)} is neither a number nor a name", span, _stuck(text[at:end], stuck)
        )
    return Token("number", text[at:end], Span(at, end))


def _end_of_literal(text: str, at: int) -> int:
    """Where a number that begins here ends, with its hedge, its words, and the other end or side it has; else `at`."""
    hedge = _HEDGED.match(text, at)
    begins = hedge.end() if hedge else at
    if share := _SHARE.match(text, begins):  # 1 in 7
        return share.end()
    first = _NUMBER.match(text, begins)
    if first is None:
        return at
    for between, second in _TWO_NUMBERS:
        if (joint := between.match(text, first.end())) and (other := second.match(text, joint.end())):
            return other.end()
    return first.end()


def _stuck(number: str, rest: str) -> str:
    """What to write for a number with something stuck to it: a factor, a unit, digits badly grouped."""
    if rest[0].isdigit() or rest[0] == ".":
        return "commas go between groups of three digits, and there is one decimal point"
    factor, unit = quoted(f"{number} * {rest}"), quoted(f"{number} {rest}")
    return f"write {factor} for a factor (1/2x could be read in two ways), {unit} for a unit"
