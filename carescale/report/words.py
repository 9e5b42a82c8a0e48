"""The names of things in words: figures, quantities, places, payers, units, amounts."""

from __future__ import annotations

import re

from carescale.analysis.projection import Projection
from carescale.case import FREE, OWN, Case
from carescale.figures import Evidence, Figure, Source
from carescale.formulas.vocabulary import GRADES, GROUPS, PAYERS
from carescale.problems import with_article
from carescale.report.formats import written

_PLURALS = {
    "number": "number",
    "person": "people",
    "person*year": "person-years",
    "arrangement*week": "weeks of an arrangement",
}


def unit_words(unit: str) -> str:
    """`GBP/person/year` as people say it: £ a person a year."""
    if not unit:
        return "share"
    above, *below = unit.replace("GBP", "£").split("/")
    plural = _PLURALS.get(above, above if above == "£" else f"{above}s")
    return " ".join([plural, *map(with_article, below)])


def evidence_words(evidence: Evidence) -> str:
    """How a figure was found out: `before and after, 325 people; grade 4 (1 best, 6 worst); checked …`."""
    sample = f", {evidence.sample}" if evidence.sample else ""
    checked = f"; checked {evidence.checked}" if evidence.checked else ""
    return f"{evidence.design}{sample}; grade {evidence.grade} (1 best, {len(GRADES)} worst){checked}"


def name_of(case: Case, key: str) -> str:
    """A figure or quantity in words: `Shared Lives, learning disability, live-in: saving a person (council)`."""
    words = key.split(".")
    payer = words.pop() if words[-1] in PAYERS else ""
    year = words.pop().removeprefix("in_").replace("_", "/") if words[-1].startswith("in_") else ""
    label = f"{title_of(case, key)}, {year}" if year else title_of(case, key)
    if f"{words[0]}." in (FREE, OWN):
        return label
    path = place_of(case, ".".join(words[:-1]))
    text = f"{path}: {lower_first(label)}" if path else label
    return f"{text} ({payer_name(payer)})" if payer else text


def place_of(case: Case, path: str) -> str:
    """An entity's path in words; a cohort that is its intervention's only one goes without saying."""
    entity = case.model.entities.get(path)
    if entity is None:
        return GROUPS.get(path, path.replace("_", " ").capitalize())
    if entity.level == "case":
        return ""
    above = place_of(case, path.rpartition(".")[0]) if "." in path else ""
    parent = case.model.entities.get(path.rpartition(".")[0])
    only = entity.parent and parent and case.parts(parent) == [entity]
    return (
        above
        if above and only
        else ", ".join(filter(None, (above, lower_first(entity.title) if above else entity.title)))
    )


def payer_name(payer: str) -> str:
    """A payer in the middle of a sentence."""
    return PAYERS[payer] if PAYERS[payer].isupper() else PAYERS[payer].lower()


def lower_first(text: str) -> str:
    """A title in the middle of a sentence."""
    return text if text[:3].isupper() else text[:1].lower() + text[1:]


def title_of(case: Case, key: str) -> str:
    """The title of a figure or quantity."""
    return Projection(case).title(key)


def amount(value: float, unit: str) -> str:
    """A value with its unit in words: £5,000 a person a year, 39 people, 1 month, 50%."""
    if not unit:
        return written(value, unit)
    words = unit.split("/")[0].replace("*", "-") if value == 1 and "/" not in unit else unit_words(unit)
    said = written(value, unit)
    return f"{said}{words.removeprefix('£')}" if unit.startswith("GBP") else f"{said} {words}"


def limit(value: float, unit: str, title: str, *, at_most: bool) -> str:
    """A value and the side of it that is meant: £1,000,000 a year or more, month 24 or earlier."""
    if unit == "month" and re.search(r"\bmonth\b", title.lower()):
        return f"month {written(value, unit)} or {'earlier' if at_most else 'later'}"
    counted = unit and unit != "month" and "/" not in unit and not unit.startswith("GBP")
    return f"{amount(value, unit)} or {('fewer' if counted else 'less') if at_most else 'more'}"


def printed(figure: Figure) -> str:
    """The number of a figure as its source prints it, or as it was solved; "" where it is not known."""
    if figure.number is None:
        return ""
    return written(float(figure.number.value), figure.unit) if figure.detail.solve else figure.number.text


def source_words(source: Source) -> str:
    """A publication with its address, and whether it was read."""
    return "; ".join(filter(None, (str(source), source.url, source.unverified)))
