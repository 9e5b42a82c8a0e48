"""Problems with what a person wrote: each a value with a code, a place and a hint, never a traceback.

Every kind is declared in KINDS; tests/errors/ holds one broken file and one golden message for each.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct, field


class Position(NamedTuple):
    """Where something was written: a file as the user named it, line and column counted from 1."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part)


NOWHERE = Position("")

KINDS: dict[str, str] = {
    "missing-file": "a file that is named does not exist",
    "not-a-file": "a folder, or something else that cannot be read as a file",
    "unreadable": "a file that is not UTF-8 text, or that the system refuses to open",
    "too-large": "a file larger than any real place or intervention",
    "empty": "a file with nothing in it",
    "outside-folder": "a `use:` that points outside the folder of the file that says it",
    "not-yaml": "text that is not YAML",
    "duplicate-key": "the same key twice in one block",
    "alias": "an alias that unfolds without end or far too often",
    "unknown-key": "a key that means nothing here",
    "missing-key": "a key that must be there and is not",
    "wrong-kind": "a list, block or word where another was expected",
    "unknown-name": "a name that the library does not have",
    "not-a-number": "a number that cannot be read",
    "comma-number": "a number with a comma inside braces, which YAML splits in two",
    "wrong-unit": "a number whose printed unit is not the figure's",
    "out-of-range": "a number that cannot be: negative people, a share above 100%, one outside its own range",
    "no-source": "a figure with neither a source nor an assumption",
    "no-year": "a figure with no year",
    "not-a-table": "a table that cannot be read as one",
    "wrong-code": "an area code of the wrong form",
    "duplicate-code": "the same area twice in a table",
    "unsolvable": "a figure that is solved for and has no solution",
    "bad-claim": "a claim that cannot be checked as it is written",
    "bad-conversation": "something said in a conversation without who says it, or a decision without a reason",
    "bad-sum": "a sum that cannot be read, or whose units do not fit together",
    "no-evidence": "a saving or an outcome of which it is not said how it was found out",
    "not-checked": "a figure of which it is not said when its source was last looked at",
    "no-covers": "a range of which it is not said how much of all values lies in it",
    "two-values": "one source, and two numbers from it; or one publication under two keys",
    "unused-source": "a source that nothing cites",
    "bad-option": "an option on the command line that cannot be used",
    "cannot-write": "an output that cannot be written",
}


class Problem(Struct, frozen=True):
    """One thing wrong: `code` from KINDS, a message that says what was found, and what to do instead."""

    code: str
    message: str
    position: Position = NOWHERE
    hint: str = ""
    excerpt: str = ""
    width: int = 1

    def __post_init__(self) -> None:
        assert self.code in KINDS, f"undeclared kind of problem {self.code}"

    def __str__(self) -> str:
        lines = [f"{self.position}: {self.message}" if self.position.file else self.message]
        hints = [line for line in self.hint.split("\n") if line]
        if self.excerpt and self.position.line:
            number = str(self.position.line)
            gutter = " " * len(number)
            line, caret = _under(self.excerpt, self.position.column - 1, self.width)
            lines += [f"{gutter} |", f"{number} | {line}", f"{gutter} | {caret}"]
            lines += [f"{gutter} = {hint}" for hint in hints]
        else:
            lines += [f"  {hint}" for hint in hints]
        return "\n".join(printable(line) for line in lines)


_WIDEST = 100  # characters of an excerpt; a longer line is shown around its caret


def _under(line: str, start: int, width: int) -> tuple[str, str]:
    """A line, cut to what can be read, and the carets under a part of it."""
    start = min(start, len(line))
    first = 0 if start < _WIDEST - 20 else start - _WIDEST // 2
    shown = ("…" if first else "") + line[first : first + _WIDEST] + ("…" if len(line) > first + _WIDEST else "")
    before = ("…" if first else "") + line[first:start]
    under = line[start : min(start + width, first + _WIDEST)]
    return shown, " " * display_width(before) + "^" * max(1, display_width(under))


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes: letters of East Asia and emoji take two, accents none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in printable(text)
    )


def printable(text: str) -> str:
    """A text that cannot move the cursor, change colours or turn the reading direction: such signs are made visible."""
    return text if text.isprintable() else "".join(map(_visible, text))


_SHOWN = {"\t": "→", "\u00a0": " ", "\u00ad": "", "\u200b": "", "\ufeff": ""}  # what word processors leave in a text
_JOINERS = "\u200c\u200d"  # parts of words and emoji


def _visible(letter: str) -> str:
    return letter if letter.isprintable() or letter in _JOINERS else _SHOWN.get(letter, "�")


def quoted(text: str, longest: int = 60) -> str:
    """What a person wrote, in backticks, and cut where it is long."""
    shown = " ".join(text[: longest * 2].split())
    return f"`{shown[:longest]}…`" if len(text) > longest else f"`{shown}`"


MOST_TOLD = 20  # problems of a file; the others are counted


class Problems(Exception):
    """Raised once with every problem found. A person sees them at the same time: of each file the first twenty, and how
    many more there are. `more` counts those, by file, that were only counted.
    """

    def __init__(self, problems: Iterable[Problem], more: Mapping[str, int] | None = None) -> None:
        self.problems = tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.position))
        self.more = dict(more or {})
        super().__init__("\n".join(self.told()))

    def told(self) -> list[str]:
        """What a person reads, problem by problem."""
        lines: list[str] = []
        for file, group in groupby(self.problems, key=lambda problem: problem.position.file):
            found = list(group)
            lines += [str(problem) for problem in found[:MOST_TOLD]]
            if more := len(found[MOST_TOLD:]) + max(0, self.more.get(file, 0)):
                lines.append(printable(f"{file}: and {more:,} more"))
        return lines


class Collector(Struct):
    """Gathers problems while a file is read, so that reading goes on to the next."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def stop(self) -> None:
        """Raise what was gathered; fine where nothing was."""
        if self.problems:
            raise Problems(self.problems)


_LONGEST_NAME = 120
_MOST_NAMES = 12
_MOST_COMPARED = 1_000  # names, those with the same first letter first: to compare one takes a while


def with_article(word: str) -> str:
    """A word after a or an."""
    return f"a{'n' if word[:1].lower() in 'aeiou' else ''} {word}"


def did_you_mean(word: str, known: Iterable[str], what: str = "Known here") -> str:
    """The nearest known names, and all of them where they are few: the hint under an unknown name."""
    names = sorted({name for name in known if len(name) <= _LONGEST_NAME})
    compared = sorted(names, key=lambda name: name[:1] != word[:1])[:_MOST_COMPARED]
    near = difflib.get_close_matches(word[:_LONGEST_NAME], compared, n=2, cutoff=0.6)
    meant = "did you mean " + " or ".join(f"`{name}`" for name in near) + "?" if near else ""
    if near and len(names) > _MOST_NAMES:
        return meant
    listed = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    return " ".join(filter(None, (meant, f"{what}: {listed}" if names else "")))
