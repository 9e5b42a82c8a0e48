"""Numbers as people print them, read and written: £26,000, £1.3m, 13%, 1,000, 6 to 7 months.

Read: the exact decimal, and how far its printed digits reach. Written: rounded once, in decimal, half-up.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9, "%": -2, "per cent": -2, "percent": -2}
_NUMBER = re.compile(
    r"(?P<sign>[-−+]?)(?P<pound>£?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    r"(?: ?(?P<scale>k|thousand|m|million|bn|billion|%|per ?cent)(?![a-z]))?(?: (?P<word>[a-z][a-z -]*))?$"
)
_LONGEST = 40  # characters; no real figure needs more, and a longer one is not a number but an accident


class NotANumber(ValueError):
    """The text is not a number as people print them; str() says why."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number and how it was printed.

    `value` is exact. `step` is the worth of its last printed digit where a suffix says it was rounded
    (£1.3m: 100,000; 13%: 0.01) and 0 where it is written out in full and so exact. `symbol` is "£", "%" or "",
    `word` a unit after it ("months").
    """

    value: Decimal
    step: Decimal
    text: str
    symbol: str = ""
    word: str = ""

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The values that would have printed as this one; a point where it is exact."""
        return self.value - self.step / 2, self.value + self.step / 2


_EXACT = Decimal(0)


def read_number(text: str) -> Printed:
    """One printed number. Raises NotANumber with what was expected."""
    text = text.strip()
    match = _NUMBER.match(text) if len(text) <= _LONGEST else None
    if match is None:
        raise NotANumber(_why_not(text))
    sign, pound, digits, fraction, scale, word = match.groups()
    power = _SCALES[scale] if scale else 0
    value = Decimal(digits.replace(",", "") + (fraction or ""))
    if power:
        value = value.scaleb(power)
    if sign and sign != "+":
        value = -value
    step = Decimal(1).scaleb(power - len(fraction or ".") + 1) if power else _EXACT
    symbol = pound or ("%" if power == -2 else "")
    if pound and power == -2:
        raise NotANumber("it is both pounds and a percentage")
    return Printed(value, step, text, symbol, word or "")


def read_range(text: str) -> tuple[Printed, Printed]:
    """`£12,000 to £26,000`, `6 to 7 months`, `12–15%`: both ends, in the unit of whichever end says it."""
    text = text.strip()
    ends = re.split(r"\s+to\s+|\s*–\s*", text) if len(text) <= 3 * _LONGEST else []
    if len(ends) != 2:
        raise NotANumber("a range is two numbers with `to` between them, such as `£12,000 to £26,000`")
    tail = re.sub(r"^[-−+]?£?[\d,.]+", "", ends[1])
    first = ends[0] if re.search(r"[a-z%]$", ends[0]) else ends[0] + tail
    if ends[1].startswith("£") and "£" not in first:
        first = "£" + first
    second = "£" + ends[1] if first.startswith("£") and "£" not in ends[1] else ends[1]
    low, high = read_number(first), read_number(second)
    if low.value > high.value:
        raise NotANumber("the lower end comes first")
    return low, high


def _why_not(text: str) -> str:
    if not text:
        return "there is nothing here"
    if text.lower().lstrip("+-.") in ("nan", "inf", "infinity"):
        return "it is not a finite number"
    if re.search(r"\d,\d", text) and not re.search(r"\d,\d{3}(?!\d)", text):
        return "commas go between groups of three digits"
    return "write it as it is printed: 1,000 or £26,000 or £1.3m or 13%"


DIGITS = 12  # of a computed value that mean something; what differs beyond is binary noise, or the order of the sums


def to_decimal(value: float | Decimal) -> Decimal:
    """A computed value as the decimal a person would write: binary noise past the twelfth digit is dropped."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be printed")
    return value if isinstance(value, Decimal) else Decimal(f"{value:.{DIGITS}g}")


def round_to(value: float | Decimal, unit: Decimal | int, *, truncate: bool = False) -> Decimal:
    """To the nearest `unit` (1, 100000, 0.1), half-up away from zero, or truncated towards zero."""
    with localcontext() as context:
        context.prec = 400
        step = Decimal(unit)
        count = (to_decimal(value) / step).quantize(Decimal(1), ROUND_DOWN if truncate else ROUND_HALF_UP)
        return count * step


def grouped(value: Decimal, places: int = 0) -> str:
    """1234567.5 as 1,234,568, with a real minus sign."""
    rounded = round_to(value, Decimal(1).scaleb(-places))
    text = f"{abs(rounded):,.{places}f}"
    return f"−{text}" if rounded < 0 else text


def money(value: float | Decimal, places: int = 0) -> str:
    """Pounds in full: £26,000, −£350,000."""
    text = grouped(to_decimal(value), places)
    return f"−£{text[1:]}" if text.startswith("−") else f"£{text}"


def compact_money(value: float | Decimal) -> str:
    """Pounds as a headline has them: £117m, £6.7m, £981,000, £8,000."""
    size = abs(to_decimal(value))
    sign = "−" if to_decimal(value) < 0 else ""
    for floor, unit, suffix in ((Decimal("999.5e6"), Decimal("1e9"), "bn"), (Decimal("999.5e3"), Decimal("1e6"), "m")):
        if size >= floor:
            places = 1 if size < Decimal("9.95") * unit else 0
            return f"{sign}£{round_to(size / unit, Decimal(1).scaleb(-places)):,.{places}f}{suffix}"
    return money(round_to(to_decimal(value), 1000 if size >= 10_000 else 1))


def compact_count(value: float | Decimal) -> str:
    """People as a headline has them: 43,000 where there are tens of thousands, 1,052 where there are fewer."""
    number = to_decimal(value)
    return grouped(round_to(number, 1000) if abs(number) >= 10_000 else number)


def percent(value: float | Decimal, places: int = 2) -> str:
    """0.0593 as 5.93%."""
    return f"{grouped(to_decimal(value) * 100, places)}%"
