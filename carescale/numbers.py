"""Numbers as people print them, read and written: £26,000, £1.3m, 13%, 1,000, 6 to 7 months.

Read: the exact decimal, and how far its printed digits reach. Written: rounded once, in decimal, half-up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from carescale.measures import NotAUnit, read_measure

_SCALES = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9, "trillion": 12,
    "%": -2, "per cent": -2, "percent": -2, "p": -2,
}  # fmt: skip
_SCALE = r"(?:k|thousand|mn?|million|bn|billion|trillion|%|per ?cent|(?<=[0-9])p)(?![A-Za-z])"
CORE = rf"[-−+]?£?[-−]?(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?(?: ?(?i:{_SCALE}))?"
_PARTS = re.compile(
    r"(?P<sign>[-−+]?)(?P<pound>£?)(?P<inner>[-−]?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    rf"(?: ?(?i:(?P<scale>{_SCALE})))?(?: (?P<word>[A-Za-z£][A-Za-z£ *-]*))?\Z"
)
# What stands before a number that the printer did not want to be held to, and the side on which the value lies.
HEDGES: Mapping[str, str] = {
    **dict.fromkeys(("about", "around", "roughly", "approximately", "approx", "circa", "some", "~", "≈"), "about"),
    **dict.fromkeys(
        ("nearly", "almost", "just under", "just below", "under", "below", "less than", "fewer than"), "under"
    ),
    **dict.fromkeys(("over", "just over", "above", "just above", "more than", "in excess of"), "over"),
    **dict.fromkeys(("at least", "no less than", "no fewer than", "a minimum of"), "at least"),
    **dict.fromkeys(("at most", "no more than", "up to", "a maximum of"), "at most"),
}
_SHARE_OF_IT = Decimal("0.05")  # the widest a hedge reaches where the last significant digit would reach further
HEDGE = "|".join(re.escape(word).replace(r"\ ", " +") for word in sorted(HEDGES, key=len, reverse=True))
_HEDGED = re.compile(rf"(?i:({HEDGE})(?![A-Za-z]))\s*")
_RATIO = re.compile(r"\s*(?::|\bfor (?:each|every)\b|\b(?:per|each|a)(?= £1\b))\s*")
_MARGIN = re.compile(r"\s*(?:±|\+/-|\+/−)\s*")
_NEAREST = re.compile(r",?\s+(?:to )?(?:the )?nearest\s+", re.IGNORECASE)
_WORDS = {
    word: str(n)
    for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_COUNT = rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+(?:\.[0-9]+)?|{'|'.join(_WORDS)}"
SHARE = rf"(?:{_COUNT})\s+in\s+(?:every\s+)?(?:{_COUNT})"
_IN = re.compile(rf"({_COUNT}) in (?:every )?({_COUNT})\Z", re.IGNORECASE)
_FRACTION = re.compile(rf"£?([0-9]{{1,6}})/([0-9]{{1,6}})(?=( ?{_SCALE}))", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+to\s+|\s*–\s*")
_LONGEST = 40  # characters; no real figure needs more, and a longer one is not a number but an accident
_LONGEST_HEDGED = 120


class NotANumber(ValueError):
    """The text is not a number as people print them; str() says why."""


class Printed(Struct, frozen=True):
    """A number and how it was printed.

    `value` is exact. `step` is the worth of its last printed digit where it has decimals, a suffix or a per-cent sign
    (£1.3m: 100,000; 13%: 0.01; 2.24: 0.01) and 0 where it is a whole number written out and so exact. `symbol` is "£",
    "%" or "", `word` a unit after it ("months"), `unit` both of them in one form (`GBP/person`), None where none is
    said. `hedge` is the side on which it is hedged (about, under, over, at least, at most), "range" for two ends, "±"
    or "nearest" for a margin the text gives; `spread` is then all that it may stand for.
    """

    value: Decimal
    step: Decimal
    text: str
    symbol: str = ""
    word: str = ""
    unit: str | None = None
    hedge: str = ""
    spread: tuple[Decimal, Decimal] | None = None

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The values that would have printed as this one; a point where it is exact."""
        return self.spread or (self.value - self.step / 2, self.value + self.step / 2)

    @property
    def reach(self) -> str:
        """All that it may stand for, in words: 12.5% to 13.5%, £1,250,000 to £1,350,000."""
        return " to ".join(_end(end, self.symbol) for end in self.interval)

    @property
    def is_exact(self) -> bool:
        """Whether it stands for itself alone."""
        return not self.step and self.spread is None

    def nearest(self, unit: Decimal) -> Printed:
        """The same, rounded to the nearest so much, as somebody says who knows."""
        half = abs(unit) / 2
        return replace(self, hedge=self.hedge or "nearest", spread=(self.value - half, self.value + half))


_EXACT = Decimal(0)


def _end(end: Decimal, symbol: str) -> str:
    size = f"{abs(end * 100 if symbol == '%' else end).normalize():,f}"
    sign = "−" if end < 0 else ""
    return f"{sign}{size}%" if symbol == "%" else f"{sign}{symbol}{size}"


def read_number(text: str) -> Printed:
    """One printed number, hedged or not. Raises NotANumber with what was expected."""
    number = read_as_printed(text)
    if number.hedge == "range":
        raise NotANumber("it is a range, and one number is expected")
    return number


@lru_cache(maxsize=4096)
def read_as_printed(text: str) -> Printed:
    """A number as it is printed: £26,000, about £20, nearly 300, 4:1, 300 ± 20, £2 to £3. Raises NotANumber."""
    text = " ".join(text.split())
    if len(text) <= _LONGEST and (match := _PARTS.match(text)) and not _IN.match(text):
        return _plain(text, match)
    hedged = _HEDGED.match(text) if len(text) <= _LONGEST_HEDGED else None
    if hedged is None:
        return _read_spread(text)
    side = HEDGES[" ".join(hedged[1].lower().split())]
    number = _read_spread(text[hedged.end() :])
    if number.hedge:
        return replace(number, text=text, hedge=side if number.hedge != "range" else "range")
    return replace(number, text=text, hedge=side, spread=_reach(number, side))


def _read_spread(text: str) -> Printed:
    """A number with both ends, a margin or a rounding that its text gives, or a plain one."""
    if len(text) <= _LONGEST_HEDGED:
        if match := _IN.match(text):
            return _share(text, *map(_counted, match.groups()))
        if len(parts := _NEAREST.split(text)) == _BOTH:
            return replace(_read_plain(parts[0]).nearest(read_number(parts[1]).value), text=text)
        if len(parts := _MARGIN.split(text)) == _BOTH:
            return _with_margin(text, *parts)
        if len(parts := _BETWEEN.split(text)) == _BOTH and all(re.search(r"[0-9]", part) for part in parts):
            low, high = (end.value for end in read_range(text))
            return replace(read_range(text)[1], value=(low + high) / 2, text=text, hedge="range", spread=(low, high))
        if len(parts := _RATIO.split(text)) == _BOTH:
            return _ratio(text, *map(_read_plain, parts))
    return _read_plain(text)


_BOTH = 2


def _ratio(text: str, first: Printed, second: Printed) -> Printed:
    """`£7.50:£1`, `4:1`, `£3.68 for every £1`: how many times the second the first is."""
    if not second.value or first.symbol != second.symbol:
        raise NotANumber("a ratio is two numbers of one unit, such as `4:1` or `£7.50:£1`")
    return Printed(to_decimal(float(first.value / second.value)), first.step / abs(second.value), text, "", "", "")


def _counted(word: str) -> Decimal:
    return Decimal(_WORDS.get(word.lower(), word).replace(",", ""))


def _share(text: str, some: Decimal, of: Decimal) -> Printed:
    """`1 in 7`, `one in seven`: the share that it is, exactly."""
    if not 0 < some <= of:
        raise NotANumber("a share is some in as many or more, such as `1 in 7`")
    return Printed(to_decimal(float(some / of)), _EXACT, text, "%", "", "")


def _with_margin(text: str, front: str, back: str) -> Printed:
    number, margin = _read_plain(front), _read_plain(back)
    size = abs(number.value) * margin.value if margin.symbol == "%" != number.symbol else margin.value
    return replace(number, text=text, hedge="±", spread=(number.value - abs(size), number.value + abs(size)))


def _reach(number: Printed, side: str) -> tuple[Decimal, Decimal]:
    """From the number to as far as the hedge lets it lie: the last significant digit's worth, or 5% if that is less."""
    size = abs(number.value)
    reach = min(_last_significant(number), size * _SHARE_OF_IT)
    below, above = side in ("about", "under", "at most"), side in ("about", "over", "at least")
    near, far = size - (reach if below else 0), size + (reach if above else 0)
    return (near, far) if number.value >= 0 else (-far, -near)


def _last_significant(number: Printed) -> Decimal:
    """The worth of the last digit that is not a nought at the end of a whole number: 1,000 for 43,000, 10m for 60m."""
    if match := _IN.search(number.text):
        some, of = map(_counted, match.groups())
        return _last_significant(Printed(some, _EXACT, "")) / of
    if "." in number.text:
        return number.step
    exponent = number.value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _read_plain(text: str) -> Printed:
    text = text.strip()
    match = _PARTS.match(text) if len(text) <= _LONGEST else None
    if match is None:
        raise NotANumber(_why_not(text))
    return _plain(text, match)


def _plain(text: str, match: re.Match[str]) -> Printed:
    """A number out of its parts."""
    sign, pound, inner, digits, fraction, scale, word = match.groups()
    if sign and inner:
        raise NotANumber("it has two signs")
    power = _SCALES[scale.lower()] if scale else 0
    value = Decimal(digits.replace(",", "") + (fraction or ""))
    if power:
        value = value.scaleb(power)
    if (sign or inner or "+") != "+":
        value = -value
    pence = bool(scale) and scale.lower() == "p"
    step = Decimal(1).scaleb(power - len(fraction or ".") + 1) if power or fraction else _EXACT
    symbol = pound or ("£" if pence else "%" if power == -2 else "")
    if pound and power == -2:
        raise NotANumber("it is both pounds and a percentage")
    printed = f"−£{text[2:]}" if inner else text  # a sign inside the pound stands before it
    return Printed(value, step, printed, symbol, word or "", _unit(symbol, word or ""))


@lru_cache(maxsize=1024)
def _unit(symbol: str, word: str) -> str | None:
    """The unit that a sign before the number and words after it say together; None where neither is there."""
    if not symbol and not word:
        return None
    try:
        if symbol == "£":
            word = re.sub(r"^pounds?\b ?", "", word)
            joined = not word or word.lower().startswith(("per ", "a ", "an ", "each ", "for "))
            return read_measure(f"£ {word}" if joined else f"£ * {word}")
        return read_measure(word)
    except NotAUnit as why:
        raise NotANumber(str(why)) from None


def read_range(text: str) -> tuple[Printed, Printed]:
    """`£12,000 to £26,000`, `6 to 7 months`, `12–15%`: both ends, in the unit of whichever end says it."""
    text = text.strip()
    ends = _BETWEEN.split(text) if len(text) <= _LONGEST_HEDGED else []
    if len(ends) != _BOTH:
        raise NotANumber("a range is two numbers with `to` between them, such as `£12,000 to £26,000`")
    tail = re.sub(r"^[-−+]?£?[-−]?[\d,.]+", "", ends[1])
    first = ends[0] if re.search(r"[A-Za-z%]$", ends[0]) else ends[0] + tail
    if ends[1].startswith("£") and "£" not in first:
        first = "£" + first
    second = "£" + ends[1] if first.startswith("£") and "£" not in ends[1] else ends[1]
    low, high = _read_plain(first), _read_plain(second)
    if low.value > high.value:
        raise NotANumber("the lower end comes first")
    return low, high


def unhedged(text: str) -> str:
    """A number as it is printed, without the words before it that say on which side of it the value lies."""
    return text[hedged.end() :] if (hedged := _HEDGED.match(text)) else text


def is_in_fractions(text: str) -> bool:
    """Whether a text is a fraction of thousands, millions or billions, `£1/2bn`, which as a sum is something else."""
    return bool(_FRACTION.match(unhedged(text.strip())))


def _why_not(text: str) -> str:
    if not text:
        return "there is nothing here"
    if (match := _FRACTION.match(text)) and match[2].strip("0"):
        pound, size = "£" if text.startswith("£") else "", to_decimal(int(match[1]) / int(match[2]))
        return f"write {pound}{size.normalize():f}{match[3]}" if len(f"{size}") < DIGITS else "write it as a decimal"
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
