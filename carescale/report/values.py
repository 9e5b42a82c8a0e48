"""Values as text: rounded once, here, by unit; with marks for what is weak about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from carescale.analysis.evidence import weakness
from carescale.analysis.projection import Projection, Result
from carescale.case import Case
from carescale.engine.model import Status
from carescale.figures import Evidence
from carescale.formulas.vocabulary import GRADES, GROUPS, PAYERS
from carescale.numbers import compact_money, grouped, money, percent, round_to, to_decimal
from carescale.problems import with_article

NOT_KNOWN = "n/k"
NOTHING = "–"
PER_POUND = "GBP/GBP"
RATIO, THOUSANDS = "ratio", "thousand pounds"  # ways to show what is a share, or pounds, by its own unit
MARKS: Mapping[str, str] = {
    NOT_KNOWN: "not known",
    "*": "leaves out a part that is not known",
    "†": "rests on a figure that later evidence contradicts",
    "‡": "rests on a figure solved from a published result, so is no evidence for it",
    "°": "rests on a source that has not been read at first hand",
}


_THOUSAND = 1_000


def show(value: float, unit: str) -> str:
    """A known value in its unit, or as a ratio (1.18 rather than 118%) or in thousands of pounds."""
    if unit == RATIO:
        return grouped(to_decimal(value), 2)
    if unit == THOUSANDS:
        return grouped(to_decimal(value) / _THOUSAND)
    if unit == PER_POUND:
        return money(value, 2)
    if unit.startswith("GBP"):
        return money(value)
    if unit in ("person", "arrangement"):
        return grouped(to_decimal(value))
    if unit == "":
        return percent(value).replace(".00%", "%")
    return count(value)


def precise(value: float, unit: str) -> str:
    """A value as it goes into a formula: pence and parts of people are kept, so that the sum can be redone."""
    number = to_decimal(value)
    if unit == "":
        return f"{grouped(number * 100, _places(number * 100, 6))}%"
    return money(number, min(_places(number, 2), 2)) if unit.startswith("GBP") else grouped(number, _places(number, 4))


def _places(number: Decimal, most: int) -> int:
    """How many decimals a number needs, up to so many; pounds have none or two."""
    exponent = round_to(number, Decimal(1).scaleb(-most)).normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return most if places and most == 2 else places


def count(value: float) -> str:
    """A count: whole where it is large or whole, two decimals where it is a small ratio."""
    number = to_decimal(value)
    if number == round_to(number, 1) or abs(number) >= 10:
        return grouped(number)
    return grouped(number, 2)


def unit_words(unit: str) -> str:
    """`GBP/person/year` as people say it: £ a person a year."""
    if not unit:
        return "share"
    above, *below = unit.replace("GBP", "£").split("/")
    plural = {"person": "people", "person*year": "person-years", "arrangement*week": "weeks of an arrangement"}.get(
        above, above if above == "£" else f"{above}s"
    )
    return " ".join([plural, *map(with_article, below)])


def evidence_words(evidence: Evidence) -> str:
    """How a figure was found out: `before and after, 325 people; grade 4 of 6; checked 2026-11`."""
    sample = f", {evidence.sample}" if evidence.sample else ""
    checked = f"; checked {evidence.checked}" if evidence.checked else ""
    return f"{evidence.design}{sample}; grade {evidence.grade} of {len(GRADES)}{checked}"


def month(result: Result, horizon: int) -> str:
    """A month, or that it lies beyond the horizon."""
    if not result.usable:
        return missing(result)
    if result.beyond_horizon:
        return f"beyond {horizon}"
    return count(result.value or 0)


def missing(result: Result) -> str:
    """What stands in place of a number."""
    return NOTHING if result.state.status == Status.NOT_APPLICABLE else NOT_KNOWN


@dataclass
class Shower:
    """Shows the results of one projection, and remembers which marks it used and which results it showed."""

    shows_other_plans = True  # beside the one that is asked for

    projection: Projection
    marks: set[str] = field(default_factory=set)
    shown: dict[str, None] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return self.projection.case

    def __call__(self, result: Result, unit: str = "", *, taken_off: bool = False) -> str:
        """A result with its marks, in its own unit or another way; below zero where it is taken off the one above."""
        self.shown[result.key] = None
        if not result.usable:
            self.marks.add(missing(result))
            return missing(result)
        if result.unit == "month":
            text = month(result, self.case.horizon)
            if result.low is not None and result.high is not None and not result.beyond_horizon:
                high = f"beyond {self.case.horizon}" if result.high == float("inf") else count(result.high)
                text += f" ({count(result.low)}–{high})"
        else:
            value = result.value or 0
            text = show(-value if taken_off else value, unit or result.unit)
        return text + self.marks_of(result)

    def bare(self, result: Result) -> str:
        """A known result without its marks, such as one can type."""
        return show(result.value or 0, result.unit)

    def in_months(self, key: str, months: Sequence[int]) -> list[str]:
        """A series of pounds in some months."""
        values = self.projection.months([key])[key]
        return [show(values[month], "GBP") if values[month] == values[month] else NOTHING for month in months]

    def range_of(self, result: Result) -> str:
        """Low to high, where there is a range."""
        if result.low is None or result.high is None:
            return ""
        return f"{compact_money(result.low)}–{compact_money(result.high)}"

    def marks_of(self, result: Result) -> str:
        """The marks of a result, in the order of the legend."""
        weak = weakness(self.case, result.key)
        flags = {
            "*": result.state.status == Status.PARTIAL,
            "†": weak.contradicted,
            "‡": weak.calibrated,
            "°": weak.unverified,
        }
        marks = "".join(mark for mark, there in flags.items() if there)
        self.marks |= set(marks)
        return marks

    def legend(self) -> str:
        """What the marks that were used mean."""
        meanings = [f"{mark} {meaning}" for mark, meaning in MARKS.items() if mark in self.marks]
        return " · ".join(meanings)


def name_of(case: Case, key: str) -> str:
    """A figure or quantity in words: `Shared Lives, learning disability, live-in: saving a person (council)`."""
    words = key.split(".")
    payer = words.pop() if words[-1] in PAYERS else ""
    label = title_of(case, key)
    if words[0] == "published":
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
