"""Units as people write them: `£ per person per year`, `bed-days`, `£20 a week`. Read into one form, and written back.

One form: `GBP/person/year`, `person*year`, "" for a share or a pure number. A word is its own unit; nothing is looked
up but what is one thing under several names (people and persons, £ and pounds).
"""

from __future__ import annotations

import re

_SAME = {
    "£": "GBP",
    "gbp": "GBP",
    "pound": "GBP",
    "people": "person",
    "head": "person",
    "qaly": "QALY",
    "children": "child",
    "women": "woman",
    "men": "man",
    "share": "",
    "ratio": "",
    "percent": "",
}
_AS_THEY_ARE = ("ss", "us", "is")  # access, bus, basis: no plural
_PER = re.compile(r"\s*/\s*|\s+(?:per|a|an|each|every|for each|for every|in each|in every)\s+")
_WORDS = re.compile(r"(?:£|[a-z]+(?:[ *-]+[a-z]+)*)\Z", re.IGNORECASE)
_LONGEST = 80
_PLURAL = {"person": "people", "child": "children", "woman": "women", "man": "men", "GBP": "£"}


class NotAUnit(ValueError):
    """The text is not a unit; str() says why."""


def read_measure(text: str) -> str:
    """`£ per person per year` as `GBP/person/year`; "" for a share or a pure number. Raises NotAUnit."""
    words = text.strip()
    if not words:
        return ""
    if len(words) > _LONGEST:
        raise NotAUnit("a unit is a word or a few, such as `bed-days` or `£ per person per year`")
    if words in ("per cent", "%"):
        return ""
    if words.lower().startswith("per "):
        words = f"ratio {words}"
    above, *below = _PER.split(words)
    below = [part.removesuffix(" each") for part in below]
    if above.endswith(" each"):
        above = above.removesuffix(" each")
        raise NotAUnit(f"say what each is, such as `{above or '£'} per person`")
    return "/".join([_product(above), *filter(None, map(_product, below))])


def _product(words: str) -> str:
    return "*".join(_base(part) for part in words.split("*"))


def _base(words: str) -> str:
    """One unit in the singular: `bed days` and `bed-day` are one."""
    words = words.strip()
    if not _WORDS.match(words) or " of " in words:
        raise NotAUnit(f"`{words[:40]}` is no unit: it is words, such as `bed-days` or `£ per person per year`")
    *front, last = re.split(r"[ -]+", words)
    return "-".join([*map(_cased, front), _singular(_cased(last))])


def _cased(word: str) -> str:
    """A word in small letters, unless it is an abbreviation: QALY, QALYs, GP."""
    capitals = len(word) > 1 and word.removesuffix("s").isupper()
    return word if capitals else word.lower()


def _singular(word: str) -> str:
    if (word.lower() if word.islower() else word) in _SAME:
        return _SAME[word]
    if not word.endswith("s") or word.endswith(_AS_THEY_ARE) or len(word) < 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        single = f"{word[:-3]}y"
    elif word.endswith(("ches", "shes", "sses", "xes")):
        single = word[:-2]
    else:
        single = word[:-1]
    return _SAME.get(single, single)


def plural(base: str) -> str:
    """One unit in the plural: people, bed-days, matches, £."""
    if base in _PLURAL:
        return _PLURAL[base]
    if base.endswith(("ch", "sh", "ss", "x")):
        return f"{base}es"
    if base.endswith("y") and base[-2:-1] not in "aeiou" and base.islower():
        return f"{base[:-1]}ies"
    return base if base.endswith("s") else f"{base}s"


def write_measure(unit: str) -> str:
    """`GBP/person/year` as `£ per person per year`; what `read_measure` reads."""
    above, *below = unit.split("/")
    first = " * ".join(plural(part) if part else "" for part in above.split("*")) if above else ""
    rest = [f"per {part.replace('GBP', '£')}" for part in below]
    return " ".join(filter(None, (first, *rest)))
