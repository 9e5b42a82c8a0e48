"""The words of YAML's parser put into those of someone who wrote a file: what was found, where, what to do."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from carescale.inputs.document import lines_of
from carescale.problems import Position, Problem


class _Said(NamedTuple):
    """What to say of a parser's error. `opening`: the place is where the text in question was opened, not where it was
    missed.
    """

    message: str
    hint: str
    opening: bool = False


_QUOTE = "quote a text that has `: ` or ` #` in it, or starts with a sign such as `{ [ * & > | @ %`"
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TWICE = _Said("this `&name` is given twice", "give each block its own, or quote a text that starts with `&`")
_SAID = {
    "found character that cannot start any token": _Said("a text cannot start with this sign", "quote the text"),
    "mapping values are not allowed": _Said("there is a second `: ` on this line", "quote a text that has `: ` in it"),
    "did not find expected key": _Said(
        "this line does not line up with those above", "the keys of one block start in one column"
    ),
    "could not find expected ':'": _Said(
        "this line has no colon", "a key is followed by a colon and a space: `year: 2016`", opening=True
    ),
    "did not find expected ',' or ']'": _Said(
        "a bracket is opened here and not closed",
        "close it with `]`, or quote a text that starts with `[`",
        opening=True,
    ),
    "did not find expected ',' or '}'": _Said(
        "a brace is opened here and not closed", "close it with `}`, or quote a text that starts with `{`", opening=True
    ),
    "found unexpected end of stream": _Said(
        "a quotation mark is opened here and not closed", "close it, or leave both marks out", opening=True
    ),
    "found undefined alias": _Said(
        "this is an alias of nothing", "name a block with `&name` above it, or quote a text that starts with `*`"
    ),
    "expected comment or line break": _Said("`>` and `|` start a text on the next line", "quote the text"),
    "expected alphabetic or numeric": _Said("`*` and `&` start the name of an alias", "quote the text"),
    "found another document": _Said("`---` starts a second document here", "a file holds one place: make two files"),
    "unknown escape character": _Said(
        "a backslash means something else in double quotes", "use single quotes: 'C:\\data'"
    ),
    "control characters are not allowed": _Said(
        "there is a control character here", "delete it, and save the file as UTF-8 text"
    ),
    "nested too deeply": _Said("blocks are nested too deeply to read", "quote a text that starts with `{` or `[`"),
    "found duplicate anchor": _Said(
        "this `&name` is given twice", "give each block its own, or quote a text that starts with `&`"
    ),
    "second occurrence": _Said(
        "this `&name` is given twice", "give each block its own, or quote a text that starts with `&`"
    ),
}
_TAB = _Said("this line is indented with a tab", "indent with spaces; most editors can turn tabs into spaces")
_DEEPER = _Said(
    "this line is indented deeper than the one above, which is not a block", "line it up with the line above"
)
_AFTER = _Said("there is more after the end of a quoted text", "put the quotation marks around all of it")


def yaml_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """The parser's error as a problem at its line and column."""
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    said = next((said for words, said in _SAID.items() if words in why), _Said(f"this is not YAML: {why}", _QUOTE))
    line, column = _position(error, text, opening=said.opening)
    lines = lines_of(text)
    excerpt = lines[line] if line < len(lines) else ""
    said = _at_this_line(said, excerpt, column)
    return Problem("not-yaml", said.message, Position(name, line + 1, column + 1), said.hint, excerpt)


def _position(error: yaml.YAMLError, text: str, *, opening: bool) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None)
    if opening:
        mark = getattr(error, "context_mark", None) or mark
    if mark is not None:
        return mark.line, mark.column
    found = _FORBIDDEN.search(text)  # the parser says at which byte, or at which letter: that depends on the parser
    before = lines_of(text[: found.start()] if found else "")
    return len(before) - 1, len(before[-1])


def _at_this_line(said: _Said, line: str, column: int) -> _Said:
    """One error of the parser has several causes; the line tells them apart."""
    before = line[:column]
    if line[column : column + 1] == "\t" and not before.strip():
        return _TAB
    if said is _SAID["mapping values are not allowed"] and ": " not in before:
        return _DEEPER
    if said is _SAID["did not find expected key"] and before.strip():
        return _AFTER
    return said
