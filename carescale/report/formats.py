"""How numbers are written, by unit: one table for text and workbooks. Rounded once, here, in decimal, half-up."""

from __future__ import annotations

import math
from decimal import Decimal

from msgspec import Struct

from carescale.numbers import compact_count, compact_money, grouped, round_to, to_decimal
from carescale.report.blocks import Cell, Said, Value


class Format(Struct, frozen=True):
    """A number times ten to a power, with signs around it and so many decimals.

    With `finer` decimals where it is not whole: once rounded to them, or, where `large` is there, in itself and smaller
    than that.
    """

    before: str = ""
    after: str = ""
    power: int = 0
    places: int = 0
    finer: int = 0
    large: int | None = None

    def places_for(self, number: Decimal) -> int:
        """How many decimals a number has, which is already times its power of ten."""
        if not self.finer:
            return self.places
        judged = round_to(number, Decimal(1).scaleb(-self.finer)) if self.large is None else number
        whole = judged == judged.to_integral_value() or (self.large is not None and abs(number) >= self.large)
        return 0 if whole else self.finer

    def text(self, value: float) -> str:
        """The number as it is printed."""
        number = to_decimal(value).scaleb(self.power)
        said = grouped(number, self.places_for(number))
        return f"−{self.before}{said[1:]}{self.after}" if said.startswith("−") else f"{self.before}{said}{self.after}"


# Ways to show a share or pounds otherwise than by its own unit.
RATIO, THOUSANDS, TENTHS = "ratio", "thousand pounds", "person, to a tenth"
PER_100, PER_100_000 = "per 100", "per 100,000"
IN_100_000 = "rate, in 100,000"  # with the words, where no heading says them
PER_POUND = "GBP/GBP"
COMPACT_MONEY, COMPACT_PEOPLE = "GBP, in a headline", "person, in a headline"
MONEY = Format("£")
BY_UNIT = {
    "GBP": MONEY,
    PER_POUND: Format("£", places=2),
    THOUSANDS: Format(power=-3),
    "person": Format(),
    "arrangement": Format(),
    TENTHS: Format(places=1),
    RATIO: Format(places=2),
    PER_100: Format(power=2, places=2),
    PER_100_000: Format(power=5, places=2),
    IN_100_000: Format(after=" in 100,000", power=5, places=1),
    "": Format(after="%", power=2, finer=2),
}
ANY = Format(finer=2, large=10)  # of other units: small numbers that are not whole have two decimals
_COMPACT = {COMPACT_MONEY: compact_money, COMPACT_PEOPLE: compact_count}


def format_of(unit: str) -> Format:
    """The format of a unit; every kind of pounds is written as pounds."""
    return BY_UNIT.get(unit) or (MONEY if unit.startswith("GBP") else ANY)


def written(value: float, unit: str) -> str:
    """A known number in its unit, rounded."""
    return _COMPACT[unit](value) if unit in _COMPACT else format_of(unit).text(value)


def text(cell: Cell) -> str:
    """A cell as people read it: the number with its marks, or the words."""
    if isinstance(cell, str):
        return cell
    return cell.absent or number_text(cell) + cell.marks


def number_text(value: Value) -> str:
    """A value without its marks."""
    if value.absent or value.printed:
        return value.absent or value.printed
    if value.number is None:
        return f"{compact_money(value.low or 0)}–{compact_money(value.high or 0)}"
    if math.isinf(value.number):
        return value.beyond or value.within.format(f"beyond {value.horizon}")
    if value.unit == "month":
        return _month_text(value)
    return value.within.format(written(-value.number if value.taken_off else value.number, value.unit))


def _month_text(value: Value) -> str:
    """A month with the ends of its range, of which the last may lie beyond the horizon."""

    def said(month: float | None) -> str:
        return f"beyond {value.horizon}" if month is None or math.isinf(month) else ANY.text(month)

    ends = f" ({said(value.low)}–{said(value.high)})" if value.low is not None else ""
    return value.within.format(f"{said(value.number)}{ends}")


def sentence(said: Said) -> str:
    """Words and values as one text."""
    return "".join(map(text, said))


def precise(value: float, unit: str) -> str:
    """A value as it goes into a formula: pence and parts of people are kept, so that the sum can be redone."""
    shape = format_of(unit if not unit.startswith("GBP") else "GBP")
    number = to_decimal(value).scaleb(shape.power)
    most = 6 if shape.after else 2 if shape.before else 4
    said = grouped(number, _decimals(number, most, pence=bool(shape.before)))
    return f"−{shape.before}{said[1:]}{shape.after}" if said.startswith("−") else f"{shape.before}{said}{shape.after}"


def _decimals(number: Decimal, most: int, *, pence: bool) -> int:
    """How many decimals a number needs, up to so many; pounds have none or two."""
    exponent = round_to(number, Decimal(1).scaleb(-most)).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return most if places and pence else places


def number(value: float | None) -> int | float | None:
    """A computed value without binary noise: whole ones as whole numbers; None for what lies beyond the horizon."""
    if value is None or math.isinf(value):
        return None
    exact = to_decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
