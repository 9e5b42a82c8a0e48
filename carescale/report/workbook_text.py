"""Text, names and number formats as a workbook takes them."""

from __future__ import annotations

import re

from carescale.numbers import to_decimal
from carescale.report.clean import printable

NOT_KNOWN = "not known"
LONGEST_TEXT = 32_767  # UTF-16 units in a cell
LONGEST_NAME = 255
LONGEST_LINK = 2_079
MOST_LINKS = 60_000  # Excel stops at 65,530 on a sheet
_CUT = " … (cut here: a cell holds no more; the file has it whole)"
_MONEY = "£#,##0;−£#,##0;£0"
_PENCE = "£#,##0.00;−£#,##0.00;£0.00"
_WHOLE = "#,##0;−#,##0;0"
_BROKEN = "#,##0.00;−#,##0.00;0"
_SHARE = "0.00%;−0.00%;0%"


def cell_text(text: str) -> str:
    """Text that fits a cell and holds nothing that does not print; it is always written as text, never as a formula."""
    text = printable(text)
    if _units(text) <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(_CUT)
    kept = text[:room]
    while _units(kept) > room:
        kept = kept[: len(kept) - max(1, (_units(kept) - room) // 2)]
    return kept + _CUT


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def excel_name(key: str, taken: set[str]) -> str:
    """A key as a defined name: its own words with points between them, unlike every name in `taken`, which it joins."""
    plain = re.sub(r"[^\w.]", "_", key)
    plain = plain if re.match(r"[^\W\d]", plain) else f"_{plain}"
    name, number = plain[:LONGEST_NAME], 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - 8]}_{number}"
    taken.add(name.casefold())
    return name


def column_letters(position: int) -> str:
    """A column as Excel calls it: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def number_format(unit: str, value: float | str | None = None, marks: str = "") -> str:
    """The number format of a unit, which rounds as the screens do; marks stand behind the number."""
    if unit == "GBP/GBP":
        code = _PENCE
    elif unit.startswith("GBP"):
        code = _MONEY
    elif unit in ("person", "arrangement"):
        code = _WHOLE
    elif unit == "":
        code = _SHARE
    else:
        code = _WHOLE if isinstance(value, int | float) and _shown_whole(value) else _BROKEN
    return ";".join(f'{part}"{marks}"' for part in code.split(";")) if marks else code


def _shown_whole(value: float) -> bool:
    number = to_decimal(value)
    return number == number.to_integral_value() or abs(number) >= 10
