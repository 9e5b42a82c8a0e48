"""Whether a number fits the figure it is written for: its printed unit, its sign, its size."""

from __future__ import annotations

from decimal import Decimal

from carescale.engine.registry import FigureKind
from carescale.numbers import Printed

_UNIT_WORDS = {"person": ("person", "people")}
_ONE = Decimal(1)


def misfit(number: Printed, kind: FigureKind) -> tuple[str, str, str] | None:
    """What is wrong with a number for a figure: code, message, hint."""
    if kind.unit == "":
        if number.symbol == "£" or number.word:
            return "wrong-unit", "a share is expected, such as 13% or 0.13", ""
        if number.value > _ONE:
            hint = f"did you mean {number.text}%?" if not number.symbol else ""
            return "out-of-range", "a share is between 0 and 1, or 0% and 100%", hint
    elif number.symbol == "%":
        return "wrong-unit", f"a number in {kind.unit} is expected, not a percentage", ""
    elif (number.symbol == "£") and not kind.unit.startswith("GBP"):
        return "wrong-unit", f"a number in {kind.unit} is expected, not pounds", ""
    elif number.word and not _is_word_for(number.word, kind.unit):
        return "wrong-unit", f"a number in {kind.unit} is expected, not {number.word}", ""
    if number.value < 0 and not kind.signed:
        return "out-of-range", "it cannot be negative", ""
    if number.value > kind.most:
        return "out-of-range", f"it cannot be more than {kind.most:,.0f}", ""
    return None


def _is_word_for(word: str, unit: str) -> bool:
    base = unit.split("/")[0]
    return word in (base, f"{base}s", *_UNIT_WORDS.get(base, ()))
