"""What may be written in claims, figures of one's own, formulas and units, word by word: for `carescale show`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from carescale.inputs.language.functions import FUNCTIONS
from carescale.inputs.language.parser import DEEPEST
from carescale.inputs.language.tokens import LONGEST
from carescale.numbers import HEDGES


class Word(Struct, frozen=True):
    """A word that may be written, what it means, and how it is written."""

    word: str
    means: str
    example: str


class Topic(Struct, frozen=True):
    """A part of what may be written. `about` says where it stands; `rules` what holds of all of it."""

    name: str
    about: str
    words: tuple[Word, ...]
    rules: tuple[tuple[str, str], ...] = ()


_PRECISION = (
    "printed precision",
    "a number with decimals, a suffix or a per-cent sign is known to its last printed digit (2.24 is 2.235 to 2.245, "
    "£1.3m is £1.25m to £1.35m); a whole number written out is exact, unless it says `nearest` or is hedged; an "
    "assumption is exact; each printed number in a sum stands for itself, a name for one number wherever it stands",
)
_REACH = (
    "hedges",
    "on the hedge's side as far as the worth of the last significant digit, or 5% if that is less: nearly 300 is 285 "
    "to 300, over 43,000 is 43,000 to 44,000, about £20 is £19 to £21; a ± that the text gives goes before that; what "
    "was published as at least or at most so much is a bound, and no more",
)
_SUM = (
    "sums",
    f"+ - * / ^ and brackets, < <= > >=, numbers as they are printed, names; at most {LONGEST} characters, {DEEPEST} "
    "deep; -2^2, 2^3^2 and 1/2x are refused, since Excel and mathematics read them differently; so is 10% + 5",
)

CLAIMS = Topic(
    "claims",
    "Under `claims:` of a place file, one after another, each beginning with `- that:`",
    (
        Word(
            "that", "the sum that the source makes: of printed numbers, figures, quantities", "that: 9,802 / 10,394 - 1"
        ),
        Word("is", "what was published of it, as it is printed, or another sum", "is: −6%"),
        Word("over", "it is more than this", "over: £117m"),
        Word("at_least", "it is this or more", "at_least: £900"),
        Word("at_most", "it is this or less", "at_most: 24 months"),
        Word("between", "it lies between two ends", "between: 1% to 2%"),
        Word("nearest", "what the source rounded to", "nearest: £100k"),
        Word("rounding", "`truncate` where the source cut digits off", "rounding: truncate"),
        Word(
            "assuming", "the assumption that the claim needs: see `show assuming`", "assuming: shared_lives.ramp_months"
        ),
        Word("from", "each part of a total at what was published of it", "from: published parts"),
        Word(
            "expect",
            "the verdict it must have, or the check fails; without it the claim gets its own",
            "expect: reproduced",
        ),
        Word("source", "who published it, where it is not the file's source", "source: scie-2017"),
        Word("note", "what a reader should know", "note: page 4, the table"),
        *(Word(name, function.about, function.example) for name, function in FUNCTIONS.items()),
    ),
    (_SUM, _PRECISION, _REACH),
)
PUBLISHED = Topic(
    "published",
    "Under `published:` of a place file: numbers of the source by names of your own, which sums use without the prefix",
    (
        Word("a number", "as it is printed, with its unit in words", "volunteers: 300 people"),
        Word(
            "unit", "where the number does not say it, or is not known", 'bed_day: {value: £300, unit: "£ per bed-day"}'
        ),
        Word("by year", "a line a year; a sum says people.2018", 'people: {2018: "9,802", 2019: "10,394"}'),
        Word("over", "a total over some years, as so much a year", "programme: {value: £270m, over: 5 years}"),
        Word("nearest", "what it was rounded to", 'saved: {value: "£13,000", nearest: "£1,000"}'),
        Word("range", "both ends, beside the value relied on", "fee: {value: £38, range: £35 to £40}"),
        Word("unknown", "why there is no number", "waiting: {unknown: not in the report, unit: match}"),
        Word("±", "a margin that the source gives", "seen: 300 ± 20 people"),
        Word("to", "two ends, and neither relied on", "fee: £35 to £40"),
        Word("ratio", "pounds for each pound, one for another", "returned: £3.68 for every £1"),
        *(
            Word(
                side, "also: " + ", ".join(word for word, of in HEDGES.items() if of == side and word != side), example
            )
            for side, example in (
                ("about", "cost: about £20"),
                ("under", "people: nearly 300"),
                ("over", "reached: over 43,000 people"),
                ("at least", "saved: at least £900"),
                ("at most", "waited: up to 12 weeks"),
            )
        ),
    ),
    (_PRECISION, _REACH),
)
FORMULAS = Topic(
    "formulas",
    "Under `formulas:` of a place, intervention or scenario file: quantities of your own, shown as “Worked out here”",
    (
        Word("is", "the sum, over figures, quantities and other formulas", "{is: spend / assessments}"),
        Word("unit", "what it is in; it must be that of its sum", '{is: spend / 480 people, unit: "£ per person"}'),
        Word("title", "its name on the screen", "{is: spend / 480, title: Cost of one}"),
        Word("note", "what a reader should know", "{is: spend / 480, note: overheads left out}"),
        Word("a sum alone", "where there is no more to say", "half: spend / 2"),
    ),
    (
        _SUM,
        (
            "elsewhere",
            "also in `--set PATH=SUM`, in a table's column as `{is: weeks / 52}`, and in `carescale calc SUM`",
        ),
    ),
)
ASSUMING = Topic(
    "assuming",
    "Beside `that:` of a claim: the assumption without which the source's number does not come out",
    (
        Word(
            "assuming", "the path of a figure that the sum rests on", "assuming: living_well.running_cost_share.council"
        ),
        Word("assumption", "of a figure: the reason for it, in place of a source", "{value: 50%, assumption: halves}"),
    ),
    (
        (
            "verdict",
            "a claim that comes out is then “reproduced by a rule”, and the assumption is named with its value",
        ),
        (
            "leans on",
            "every other assumption that a verdict rests on is named too, and every figure of the library's own",
        ),
    ),
)
UNITS = Topic(
    "units",
    "After a number, in words, and as `unit:`; carried through every sum",
    (
        Word("£", "pounds, in front; p for pence behind", "£13,000"),
        Word("per", "or a, an, each, for every: below the line", "£13,000 per person per year"),
        Word("people", "any word is a unit, in the singular or plural", "2.3m bed-days"),
        Word("%", "a share: 17% is 0.17", "17%"),
        Word("no unit", "a pure number; where one is published it may count what the sum counts", "480"),
        Word(
            "day, week, month, year",
            "converted: 7 days a week; 365 days, 52 weeks, 12 months a year",
            "£20 per week * 1 year",
        ),
    ),
    (
        ("together", "what is added, subtracted or compared is of one unit, or is refused at its operator"),
        (
            "published",
            "a number must be of its sum's unit; one that names no period takes the sum's: £1.3m of pounds a year",
        ),
        ("nothing else", "is converted: people are not carers, and a bed-day is not a day"),
    ),
)
TOPICS: Mapping[str, Topic] = {topic.name: topic for topic in (CLAIMS, PUBLISHED, FORMULAS, ASSUMING, UNITS)}
