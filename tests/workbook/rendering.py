"""A number as Excel shows it: the part of a number format that we write, by the rules of its specification."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_PIECE = re.compile(r'"[^"]*"|#,##0(?:\.0+)?,?|0(?:\.0+)?,?|.')


def rendered(value: float, code: str) -> str:
    """A number in a format of up to three sections: above zero, below, and nothing."""
    sections = code.split(";")
    section = sections[min(1 if value < 0 else 2 if value == 0 else 0, len(sections) - 1)]
    size = abs(Decimal(f"{value:.15g}"))  # Excel counts with fifteen digits
    return "".join(_piece(piece, size, section) for piece in _PIECE.findall(section))


def _piece(piece: str, size: Decimal, section: str) -> str:
    if piece.startswith('"'):
        return piece[1:-1]
    if piece[0] not in "#0":
        return piece
    if "%" in section:
        size *= 100
    if piece.endswith(","):  # a comma behind the digits divides by a thousand
        size /= 1000
    places = len(piece.rstrip(",").partition(".")[2])
    rounded = size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}" if piece.startswith("#,") else f"{rounded}"
