"""Headings: where a table's areas start, and one heading a column out of several rows of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from carescale.inputs.library import display_name
from carescale.problems import Position, Problem, Problems, did_you_mean, quoted

MOST_COLUMNS = 2_000
HEAD = 64  # rows searched for headings
_AREA_CODE = re.compile(r"[EWSNK]\d{8}")
_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)[-−(£]*\d[\d,. ]*%?\)?")  # a year by itself may be a heading


def table_problem(code: str, path: Path, message: str, hint: str = "", row: int = 0) -> Problems:
    """One problem with a table."""
    return Problems([Problem(code, message, Position(display_name(path), row), hint)])


def find_headings(path: Path, rows: Sequence[Sequence[str]], code_heading: str) -> tuple[tuple[str, ...], int]:
    """The headings joined over all their rows, and the position of the first row after them. Raises Problems."""
    target = plain(code_heading)
    start = next((i for i, row in enumerate(rows) if any(plain(cell) == target for cell in row)), None)
    if start is None:
        filled = next((row for row in rows if sum(bool(cell.strip()) for cell in row) > 2), [])
        hint = did_you_mean(code_heading, [cell.strip() for cell in filled if cell.strip()], "Headings")
        hint = hint or "say with `code:` what stands over the area codes"
        raise table_problem("unknown-name", path, f"no column is headed {quoted(code_heading)}", hint)
    position = next(i for i, cell in enumerate(rows[start]) if plain(cell) == target)
    width = max(len(row) for row in rows)
    check_width(path, width)
    first = start + 1
    while first < len(rows) and _continues(rows[first], position):
        first += 1
    while start and _is_unit_row(rows[start - 1], position):
        start -= 1
    return _joined(rows[start:first], width), first


def check_width(path: Path, width: int) -> None:
    """Refuse a table wider than any real one."""
    if width > MOST_COLUMNS:
        message = f"it has {width:,} columns; the most that is read is {MOST_COLUMNS:,}"
        raise table_problem("too-large", path, message, "keep the columns you need")


def _continues(row: Sequence[str], position: int) -> bool:
    """Whether a row below the first headings still belongs to them: nothing under the code, no codes, no numbers."""
    cell = row[position].strip() if position < len(row) else ""
    filled = [other.strip() for other in row if other.strip()]
    return not cell and bool(filled) and not any(_AREA_CODE.match(each) or _NUMBER.fullmatch(each) for each in filled)


def _is_unit_row(row: Sequence[str], position: int) -> bool:
    """A row of units or groups directly above the headings: something in it, nothing over the code."""
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    return bool(filled) and min(filled) > position


def _joined(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """One heading a column; a heading over several columns is said again for each of them."""
    levels: list[list[str]] = []
    for depth, row in enumerate(rows):
        said, level = "", []
        for i in range(width):
            cell = " ".join(row[i].split()) if i < len(row) else ""
            new_group = any(upper[i] and (i == 0 or upper[i] != upper[i - 1]) for upper in levels)
            said = cell or ("" if new_group or depth == len(rows) - 1 else said)
            level.append(said)
        levels.append(level)
    return tuple(" / ".join(dict.fromkeys(filter(None, parts))) for parts in zip(*levels, strict=True))


def plain(heading: str) -> str:
    """A heading as it is compared: case, blanks and line breaks do not count."""
    return " ".join(heading.replace("/", " / ").split()).casefold()


def within(target: str, heading: str) -> bool:
    """Whether the parts of a target are parts of a heading, in order."""
    parts = iter(heading.split(" / "))
    return all(part in parts for part in target.split(" / "))


def letter_position(text: str) -> int | None:
    """A column letter as a position: A is 0, AB is 27."""
    if not re.fullmatch(r"[A-Z]{1,3}", text):
        return None
    position = 0
    for letter in text:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
