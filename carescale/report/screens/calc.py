"""The screen of `calc`: a value, what it can be, and how the sum was read."""

from __future__ import annotations

import math
from typing import Any

from carescale.analysis.calc import Calculation
from carescale.engine.words import in_words
from carescale.inputs.language.writer import write_sum
from carescale.measures import write_measure
from carescale.numbers import Printed, grouped, money, percent, round_to, to_decimal
from carescale.report.blocks import Block, Headline, Notes, Records, Screen
from carescale.report.words import name_of

FORMAT = "carescale.calc/1"
COLUMNS = ("text", "value", "low", "high", "exact", "unit")
_DIGITS = 6  # that are shown; JSON has all


def calc_screen(calculation: Calculation) -> Screen:
    """The answer first; then what leaves it open, and how the text was read."""
    return Screen(
        blocks=lambda: _blocks(calculation),
        records=Records(COLUMNS, lambda: [tuple(calc_json(calculation)[column] for column in COLUMNS)]),
        document=lambda: calc_json(calculation),
    )


def _blocks(calculation: Calculation) -> list[Block]:
    low, high = calculation.extent.bounds
    notes = [("read as", in_words(calculation.sum.tree, lambda name: _name(calculation, name)))]
    if math.isfinite(low + high) and low != high:
        sure = "" if calculation.extent.is_exact else ", at the widest"
        notes.insert(0, ("could be", f"{_shown(calculation, low)} to {_shown(calculation, high)}{sure}"))
    opened = dict.fromkeys(_opened(printed) for printed in calculation.open)
    notes += [("because", text) for text in opened]
    return [Headline((_headline(calculation),)), Notes("", tuple(notes))]


def _headline(calculation: Calculation) -> str:
    if calculation.why_none:
        return f"no number: {calculation.why_none}"
    if not math.isfinite(calculation.value):
        return "beyond the horizon"
    text = _shown(calculation, calculation.value)
    as_share = calculation.unit == "" and 0 < abs(calculation.value) < 1
    return f"{text} ({percent(calculation.value).replace('.00%', '%')})" if as_share else text


def _shown(calculation: Calculation, value: float) -> str:
    """A value in its unit, with six digits, or all of a whole number."""
    number = to_decimal(value)
    places = max(0, _DIGITS - 1 - (number.adjusted() if number else 0))
    rounded = round_to(number, 1) if places == 0 else number
    exponent = round_to(rounded, number.__class__(1).scaleb(-places)).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    words = write_measure(calculation.unit)
    if words.startswith("£"):
        return f"{money(rounded, max(places, 2) if places else 0)}{words[1:]}"
    return f"{grouped(rounded, places)} {words}".rstrip()


def _opened(printed: Printed) -> str:
    """A number of the sum, and all that it may stand for."""
    return f"{printed.text} is {printed.reach}"


def _name(calculation: Calculation, name: str) -> str:
    return name_of(calculation.case, name) if calculation.case else name


def calc_json(calculation: Calculation) -> dict[str, Any]:
    """Money in pounds, shares as fractions; `exact` where low and high are reached, and not only not passed."""
    low, high = calculation.extent.bounds
    finite = math.isfinite(calculation.value)
    return {
        "format": FORMAT,
        "value": float(to_decimal(calculation.value)) if finite else None,
        "low": float(to_decimal(low)) if math.isfinite(low) else None,
        "high": float(to_decimal(high)) if math.isfinite(high) else None,
        "exact": calculation.extent.is_exact,
        "unit": calculation.unit,
        "unit_in_words": write_measure(calculation.unit),
        "text": write_sum(calculation.sum.tree),
    }
