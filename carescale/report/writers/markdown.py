"""Text as Markdown that shows as it was written: no table, list, heading, link, emphasis or HTML comes of it."""

from __future__ import annotations

import re

from carescale.report.writers.clean import printable

_ANYWHERE = re.compile(r"[\\|*<\[\]`~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_AT_THE_START = re.compile(r"[#>]|[+-](?=\s|$)|:?--|:-|=+\s*$")
_NUMBERED = re.compile(r"\d{1,9}(?=[.)](\s|$))")


def markdown_text(text: str) -> str:
    """Text that stays one item or one cell; its line breaks and the blanks before it are kept."""
    return "<br>".join(map(_line, text.split("\n")))


def markdown_paragraph(text: str) -> str:
    """Text that stays one paragraph, on lines of its own."""
    return "\n".join(_line(line) for line in text.split("\n") if line.strip())


def _line(line: str) -> str:
    line = printable(line)
    words = line.lstrip(" ")
    escaped = _ANYWHERE.sub(r"\\\g<0>", words)
    if _AT_THE_START.match(words):
        escaped = f"\\{escaped}"
    elif number := _NUMBERED.match(words):
        escaped = f"{number[0]}\\{escaped[number.end() :]}"
    return "&nbsp;" * (len(line) - len(words)) + escaped
