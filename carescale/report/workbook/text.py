"""Text and names as a workbook takes them."""

from __future__ import annotations

import re
import unicodedata

from carescale.report.writers.clean import printable

NOT_KNOWN = "not known"
LONGEST_TEXT = 32_767  # UTF-16 units in a cell
LONGEST_NAME = 255
_LONGEST_IN_A_CHART = 200
LONGEST_LINK = 2_079
MOST_COLUMNS = 16_384  # of a sheet
MOST_LINKS = 60_000  # Excel stops at 65,530 on a sheet
_CUT = " … (cut here: a cell holds no more; the file has it whole)"


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


def chart_text(text: str) -> str:
    """Text for a chart, whose writer would take `!A1` in it for a reference to a cell: a blank tells it."""
    return re.sub(r"!(?=\$?[A-Z])", "! ", cell_text(text)[:_LONGEST_IN_A_CHART])


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def excel_name(key: str, taken: set[str]) -> str:
    """A key as a defined name: its own words with points between them, unlike every name in `taken`, which it joins.

    Excel takes letters, digits, points and underscores, no name that starts with a digit, and none like a cell's.
    """
    letters = (letter if _may_stand_in_a_name(letter) else "_" for letter in unicodedata.normalize("NFKC", key))
    plain = "".join(letters)
    plain = f"_{plain}" if not plain[:1].isalpha() or _LIKE_A_CELL.match(plain) else plain
    name, number = plain[:LONGEST_NAME], 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - 8]}_{number}"
    taken.add(name.casefold())
    return name


_LIKE_A_CELL = re.compile(r"([a-z]{1,3}[0-9]+|r[0-9]*c?[0-9]*|c[0-9]*|true|false)(?=\.|$)", re.IGNORECASE)


def _may_stand_in_a_name(letter: str) -> bool:
    return letter in "._0123456789" or (letter.isalpha() and letter <= "\uffff")


def column_letters(position: int) -> str:
    """A column as Excel calls it: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
