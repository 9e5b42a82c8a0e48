"""Scripts and styles without what a page need not carry: remarks, and blanks that say nothing. Texts stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    r"""|(?P<template>`)|(?P<blanks>[ \t]+)"""
    r"""|(?P<pattern>(?<=[(,=:!&|?;{}])[ ]*/(?![/* ])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+/)"""
)
_WORD = re.compile(r"[\w$]")


def tight_style(style: str) -> str:
    """A style without the blanks before its lines and beside its signs."""
    lines = (re.sub(r" *([{};,>]) *|(?<=:) ", r"\1", line.strip()) for line in style.splitlines())
    return "\n".join(line for line in lines if line)


def tight_script(script: str) -> str:
    """A script that does the same: its lines stay lines, since a line may end a statement."""
    lines = (line.strip() for line in script.splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    return "".join(_parts(code))


def _parts(code: str) -> Iterator[str]:
    at, last = 0, ""
    while at < len(code):
        found = _TOKEN.match(code, at)
        if found is None:
            part, end = code[at], at + 1
        elif found["template"]:
            end = _end_of_template(code, at)
            part = _template(code[at:end])
        elif found["blanks"]:
            end = found.end()
            part = " " if _holds_apart(last, code[end : end + 1]) else ""
        else:
            part, end = found[0].lstrip(), found.end()
        yield part
        last, at = part[-1:] or last, end


def _holds_apart(before: str, after: str) -> bool:
    """Whether a blank keeps two words apart, or two signs that would be another one together."""
    return bool(_WORD.match(before) and _WORD.match(after)) or (before in ("+", "-") and before == after)


def _end_of_template(code: str, start: int) -> int:
    """Where a template ends, which may hold code that holds templates."""
    at = start + 1
    while code[at] != "`":
        at = _end_of_code(code, at + 2) if code.startswith("${", at) else at + (2 if code[at] == "\\" else 1)
    return at + 1


def _end_of_code(code: str, start: int) -> int:
    """Where the braces of code in a template end."""
    at, depth = start, 1
    while depth:
        found = _TOKEN.match(code, at)
        if code[at] == "`":
            at = _end_of_template(code, at)
        elif found and not found["blanks"]:
            at = found.end()
        else:
            depth += {"{": 1, "}": -1}.get(code[at], 0)
            at += 1
    return at


def _template(text: str) -> str:
    """A template whose texts stay and whose code is tight."""
    parts, at = ["`"], 1
    while text[at] != "`":
        if text.startswith("${", at):
            end = _end_of_code(text, at + 2)
            parts.append(f"${{{''.join(_parts(text[at + 2 : end - 1]))}}}")
        else:
            end = at + (2 if text[at] == "\\" else 1)
            parts.append(text[at:end])
        at = end
    return "".join([*parts, "`"])
