"""Areas by what a person calls them: a code, a name, a name without its office, or a part of a name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from carescale.problems import Position, Problem, Problems, did_you_mean, quoted

_OFFICE = re.compile(
    r"^(the )?(london borough of|royal borough of|city of|county of) "
    r"|,? ((city|county|borough|district|metropolitan) )*council$|, (city|county) of$"
)
_MOST_OFFERED = 8


def find_area(wanted: str, codes: Iterable[object], names: Iterable[object], place: str) -> int:
    """The position of the area meant. Raises Problems where none, or more than one, is called so."""
    known = [(str(code), str(name)) for code, name in zip(codes, names, strict=True)]
    found = _meant(wanted, known)
    if len(found) == 1:
        return found[0]
    offered = [f"{known[i][1]} ({known[i][0]})" for i in found[:_MOST_OFFERED]] or _near(wanted, known)
    message = f"{'several areas are' if found else 'no area is'} called {quoted(wanted)}"
    more = " …" if len(found) > _MOST_OFFERED else ""
    hint = f"{'give the code or the whole name' if found else 'did you mean'}: {', '.join(offered)}{more}"
    if not offered:
        hint = did_you_mean(wanted, [name for _, name in known], "Areas")
    raise Problems([Problem("unknown-name", message, Position(place), hint)])


def _meant(wanted: str, known: Sequence[tuple[str, str]]) -> list[int]:
    """The areas that a word may mean: those of that code or name, or else those whose name has it as a part."""
    plain = _plain(wanted)
    exact = [
        i for i, (code, name) in enumerate(known) if wanted.strip().casefold() in (code.casefold(), name.casefold())
    ]
    same = exact or [i for i, (_, name) in enumerate(known) if plain and _plain(name) == plain]
    inside = re.compile(rf"\b{re.escape(plain)}")
    return same or [i for i, (_, name) in enumerate(known) if plain and inside.search(name.casefold())]


def _plain(name: str) -> str:
    return _OFFICE.sub("", " ".join(name.casefold().replace("&", "and").split())).strip()


def _near(wanted: str, known: Sequence[tuple[str, str]]) -> list[str]:
    """Areas whose name, or a word of it, is spelt nearly so."""
    plain, spelt = _plain(wanted), {}
    for code, name in known:
        words = [_plain(name), *name.casefold().replace(",", "").split()]
        spelt[f"{name} ({code})"] = max(difflib.SequenceMatcher(None, plain, word).ratio() for word in words)
    best = sorted((name for name, likeness in spelt.items() if likeness > 0.7), key=lambda name: -spelt[name])
    return best[:3]
