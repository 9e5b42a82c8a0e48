"""Number formats that round as the screens do.

A format alone cannot show 13% and 13.05% both as the screens do, nor keep the minus sign off what rounds to nothing. So
a cell has rules beside its format, and what is typed into the inputs later is shown rightly too.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from carescale.numbers import round_to, to_decimal
from carescale.report.values import PER_POUND, RATIO, THOUSANDS


@dataclass(frozen=True)
class Look:
    """A number format, and others: each where a condition on the cell, `{0}`, holds; the first that holds counts."""

    code: str
    rules: tuple[tuple[str, str], ...] = ()


_MONEY = Look("£#,##0;−£#,##0;£0", (("ROUND({0},0)=0", "£0;£0;£0"),))
_PENCE = Look("£#,##0.00;−£#,##0.00;£0.00", (("ROUND({0},2)=0", "£0.00;£0.00;£0.00"),))
_THOUSANDS = Look("#,##0,;−#,##0,;0", (("ROUND({0}/1000,0)=0", "0,;0,;0"),))
_COUNT = Look("#,##0;−#,##0;0", (("ROUND({0},0)=0", "0;0;0"),))
_RATIO = Look("#,##0.00;−#,##0.00;0.00", (("ROUND({0},2)=0", "0.00;0.00;0.00"),))
_SHARES = "0%;−0%;0%", "0.00%;−0.00%;0%"  # whole ones, and others
_NUMBERS = "#,##0;−#,##0;0", "#,##0.00;−#,##0.00;0"
_BY_UNIT = {"person": _COUNT, "arrangement": _COUNT, RATIO: _RATIO, PER_POUND: _PENCE, THOUSANDS: _THOUSANDS}

_WHOLE_SHARE = "ROUND({0},4)=ROUND({0},2)"
_WHOLE_NUMBER = "OR(ROUND(ABS({0}),11)>=10,ROUND({0},11)=ROUND({0},0))"  # small numbers have no more decimals
_SHARE_RULES = (
    ("ROUND({0},4)=0", "0%;0%;0%"),
    (_WHOLE_SHARE, _SHARES[0]),
    (f"NOT({_WHOLE_SHARE})", _SHARES[1]),
)
_NUMBER_RULES = (
    (_WHOLE_NUMBER, _NUMBERS[0]),
    ("ROUND({0},2)=0", "0.00;0.00;0"),
    (f"NOT({_WHOLE_NUMBER})", _NUMBERS[1]),
)


def look(unit: str, value: float | str | None = None, marks: str = "") -> Look:
    """How numbers of a unit are shown; the format suits the value that is there now. Marks stand behind the number."""
    found = _look(unit, value)
    return Look(_marked(found.code, marks), tuple((when, _marked(code, marks)) for when, code in found.rules))


def number_format(unit: str, value: float | str | None = None) -> str:
    """The number format of a unit alone."""
    return _look(unit, value).code


def _look(unit: str, value: float | str | None) -> Look:
    number = to_decimal(value) if isinstance(value, int | float) else None
    if unit in _BY_UNIT:
        return _BY_UNIT[unit]
    if unit.startswith("GBP"):
        return _MONEY
    if unit == "":
        whole = number is not None and round_to(number, Decimal("0.0001")) == round_to(number, Decimal("0.01"))
        return Look(_SHARES[not whole], _SHARE_RULES)
    whole = number is not None and (number == number.to_integral_value() or abs(number) >= 10)
    return Look(_NUMBERS[not whole], _NUMBER_RULES)


def _marked(code: str, marks: str) -> str:
    return ";".join(f'{part}"{marks}"' for part in code.split(";")) if marks else code
