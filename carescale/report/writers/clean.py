"""Text from files made safe to print: signs that would move the cursor or turn the text are shown, never obeyed."""

from __future__ import annotations

from typing import Any

from carescale.problems import printable as printable_line


def printable(text: str) -> str:
    """The text with its line breaks kept and everything else that does not print made visible."""
    return text if text.isprintable() else "\n".join(map(printable_line, text.split("\n")))


def json_text(document: Any) -> str:
    """A document as JSON in which whatever does not print is escaped: the same data, and safe to show."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    return "".join(letter if letter.isprintable() or letter == "\n" else _escaped(letter) for letter in text) + "\n"


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
