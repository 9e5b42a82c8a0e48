"""Text from files made safe to print: control characters are shown, never obeyed."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """The text with control characters (but not line breaks) and direction overrides replaced by a visible mark."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("�" if _hidden(letter) else letter for letter in text)


def _hidden(letter: str) -> bool:
    return letter not in "\n" and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")
