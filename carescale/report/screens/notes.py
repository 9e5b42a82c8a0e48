"""The notes under a screen: what is contradicted, calibrated, unknown, assumed, left out; the gravest in a line each.

All are functions of the blocks above them: of the quantities that those show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from carescale.analysis.caution import left_with_caution, weak_evidence
from carescale.analysis.evidence import Note, notes
from carescale.analysis.overreach import Overreach, overreach
from carescale.analysis.projection import Projection
from carescale.analysis.unused import unused
from carescale.case import PORTFOLIO, Case
from carescale.engine.keys import outermost
from carescale.engine.model import Status
from carescale.figures import PLANNED_HERE, Figure, Source
from carescale.formulas.portfolio import savings_together
from carescale.formulas.vocabulary import GRADES, PAYERS, TARGET_FIGURES, registry
from carescale.inputs.origins import last_word
from carescale.numbers import money
from carescale.report import blocks
from carescale.report.blocks import Block, Line, Value, keys_in, parts_of
from carescale.report.formats import COMPACT_MONEY, precise, text, written
from carescale.report.view import View
from carescale.report.words import lower_first, name_of, payer_name, place_of, printed, source_words

Items = Iterator[tuple[str, str]]
WORST_BEST = "Worst–best"
_LABELS = {
    "only net": "Only the net",
    "contradicted": "Contradicted",
    "calibrated": "Calibrated",
    "unverified": "Unverified",
    "not known": "Not known",
    "range": "Range",
    "prices": "Prices",
    "assumed": "Assumed",
    "shares": "Warning",
    "overlap": "Overlap",
    "limit": "Limit",
}


def note_items(case: Case, shown: Iterable[str]) -> list[tuple[str, str]]:
    """The notes on the figures behind some quantities, each as its label and its text."""
    found = notes(case, shown)
    items = [(_LABELS[note.kind], worded(case, note)) for note in found]
    if any(note.kind == "range" for note in found):
        items.append(
            (
                WORST_BEST,
                "every ranged figure at the end that is bad for the result, then at the good one; no probability",
            )
        )
    return items


def worded(case: Case, note: Note) -> str:
    match note.kind:
        case "calibrated":
            figure, quantity = note.keys
            subject = "; ".join(_subjects(case, [figure]))
            return f"{subject}, solved so that {name_of(case, quantity)} is {note.text}; no evidence for that number"
        case "range":
            return f"{'; '.join(_subjects(case, note.keys))}, with a range of {note.text}"
        case "prices":
            whose = place_of(case, note.keys[0]) or "Overlap and budget"
            return f"{whose}: in the prices of {note.text}, and added as printed"
        case "shares":
            return f"{'; '.join(_subjects(case, note.keys))} – together {note.text}%, where all of it is 100%"
        case "overlap":
            first, second, pair = (case.model.entities[key] for key in note.keys)
            whom = f"{first.title} and {second.title} both draw on: {lower_first(note.text)}"
            return f"{whom}; someone helped by both counts twice, since no overlap is given ({pair.path}.pair_overlap)"
        case "only net":
            return f"{'; '.join(place_of(case, key) for key in note.keys)}: {note.text}"
        case "limit":
            return f"{case.model.entities[note.keys[0]].title}: {note.text}"
    return f"{'; '.join(_subjects(case, note.keys))} – {note.text}" if note.keys else note.text


def _subjects(case: Case, keys: Iterable[str]) -> Iterator[str]:
    """What a note is about: each figure once, with its printed number, or with those of its payers."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for key in keys:
        words = key.split(".")
        payer = payer_name(words.pop()) if words[-1] in PAYERS else ""
        grouped.setdefault(".".join(words), []).append((payer, _printed(case, key)))
    for path, entries in grouped.items():
        numbers = {number for _, number in entries}
        payers = [payer for payer, _ in entries if payer]
        if len(numbers) > 1:
            yield f"{name_of(case, path)} ({', '.join(f'{payer} {number}' for payer, number in entries)})"
        else:
            whose = f" ({', '.join(payers)})" if payers else ""
            yield " ".join(filter(None, (f"{name_of(case, path)}{whose}", numbers.pop())))


def _printed(case: Case, key: str) -> str:
    return printed(case.figures[key]) if key in case.figures else ""


def left_out(view: View) -> Items:
    """What each payer's total leaves out: a saving that is not known, or a cost."""
    for payer in PAYERS:
        total = view.in_all("net_saving", payer)
        if total.state.status == Status.PARTIAL:
            yield "Left out", f"{payer_name(payer)} total: {_before(view, payer)}"
        elif total.state.status == Status.UNKNOWN:
            yield "Left out", f"{payer_name(payer)}: no saving is published that could be counted"


def partly_known(view: View) -> Items:
    """The same in a line: of the totals that there are, what they do not have."""
    totals = [payer for payer in PAYERS if view.in_all("net_saving", payer).state.status == Status.PARTIAL]
    if totals:
        yield "Left out *", "; ".join(f"{payer_name(payer)} total: {_before(view, payer)}" for payer in totals)


def _before(view: View, payer: str) -> str:
    """Before any saving of one, before costs of another that are not known."""
    case, found = view.case, []
    for name, words in (
        ("adjusted_saving", "before any saving of {}"),
        ("cost_incurred", "before costs of {} that are not known"),
    ):
        because = view.in_all(name, payer).state.because
        whose = dict.fromkeys(place_of(case, outermost(key)) for key in because)
        found += [words.format(" and ".join(whose))] if whose else []
    return "; ".join(found)


def without_people(view: View) -> Items:
    """Savings on spending, which the people that a headline counts have no part in."""
    if not view.in_all("additional_people").value:
        return
    for entity in view.case.interventions:
        net = view.get(entity, "net_saving", "council")
        if net.number and not net.absent and any(part.level == "spend_line" for part in view.case.parts(entity)):
            yield "Of spending", f"{entity.title} counts no people: {text(net)} a year (council) is spending that falls"


_DOUBTS = ("†", "‡", "°")  # contradicted, worked backwards, not read at first hand


def without_doubt(view: View) -> Items:
    """What of each payer's saving is left without the interventions that bear a mark of doubt, where any is."""
    left = {payer: found for payer in PAYERS if (found := _without_doubt(view, payer))}
    if any(sound for sound, _ in left.values()):
        marks = "".join(mark for mark in _DOUBTS if any(mark in whole.marks for _, whole in left.values()))
        yield f"Without {marks}", "; ".join(_left_of(*found, payer_name(payer)) for payer, found in left.items())


def _without_doubt(view: View, payer: str) -> tuple[list[float], Value] | None:
    """The savings of a payer that bear no mark of doubt, and the whole; None where all or none of that is known."""
    whole = view.get(PORTFOLIO, "net_saving", payer)
    parts = [view.get(one, "net_saving", payer) for one in view.case.interventions]
    known = [part for part in parts if part.number is not None and not part.absent]
    sound = [part.number or 0.0 for part in known if not any(mark in part.marks for mark in _DOUBTS)]
    return None if whole.number is None or len(sound) == len(known) else (sound, whole)


def _left_of(sound: list[float], whole: Value, payer: str) -> str:
    left = written(savings_together(*sound), COMPACT_MONEY) if sound else "none"
    before = " before overlap" if len(sound) > 1 else ""
    return f"{left} of {written(whole.number or 0.0, COMPACT_MONEY)} a year ({payer}){before}"


_REACH = frozenset((*TARGET_FIGURES.values(), "added_share"))
_WHO_SAVE = "share_bearing_saving"


def assumed_reach(case: Case) -> Items:
    """Where it is assumed how far the plan goes, on which all the rest hangs; and who bears the saving."""
    assumed = {key: figure for key, figure in case.figures.items() if figure.assumption not in ("", PLANNED_HERE)}
    reach = [key for key in assumed if registry.named(key) in _REACH]
    if reach:
        others = [key for key in assumed if registry.named(key) == _WHO_SAVE]
        yield "Assumed", f"how far the plan goes: {'; '.join(_subjects(case, [*reach, *others]))}"


def unused_items(case: Case) -> Items:
    """Figures that somebody gave and nothing uses, with what would use them; those with one reason together."""
    found: dict[str, list[str]] = {}
    for key, why in unused(case):
        found.setdefault(why, []).append(key)
    for why, keys in found.items():
        yield "Not used", f"{'; '.join(_subjects(case, keys))}: {why}"


_NEUTRAL = (
    (("leavers_a_year", "stay_months"), "leavers"),
    (("coordinator_cost",), "coordinators before the first match"),
    (("double_running_months",), "two placements paid for at once"),
    (("void_share",), "empty places"),
    (("cashable_lag_months",), "the time until savings are cash"),
    (("saving_lasts_months", "drop_off"), "savings that end"),
)


def caution_item(view: View) -> Items:
    """What weak evidence, taken as it is graded, would leave of the council's saving; and where that is a best case."""
    case, weak = view.case, weak_evidence(view.case)
    left = left_with_caution(case, "council") if weak and view.in_all("net_saving", "council").usable else None
    if left is not None:
        before = ", before costs that are not known" if view.before_costs(PORTFOLIO, "council") else ""
        said = f"{written(left, COMPACT_MONEY)} a year (council) once weak evidence is corrected{before}"
        graded = f"grades of the evidence, 1 best to {len(GRADES)}: {', '.join(_graded(case, weak))}"
        yield "Caution", f"{_best_case(view)}{said} (--cautious); {graded}"


def _best_case(view: View) -> str:
    """Where the council's saving stands at the good end of its range: that it does, and the bad end."""
    net = view.in_all("net_saving", "council")
    if view.intervals is not None or net.value is None or net.best != net.value or net.worst is None:
        return ""
    best, worst = (written(value, COMPACT_MONEY) for value in (net.value, net.worst))
    return f"{best} is the top of its ranges, {worst} the bottom; " if best != worst else ""


def _graded(case: Case, weak: Mapping[str, int]) -> Iterator[str]:
    for key, grade in weak.items():
        path, _, name = key.rpartition(".")
        yield f"{place_of(case, path)}{' (costs)' if name.startswith('cost') else ''} {grade}"


def not_counted(view: View) -> Items:
    """What the account has room for and nobody gives, in one line."""
    given = set(map(registry.named, view.case.figures))
    missing = [words for figures, words in _NEUTRAL if given.isdisjoint(figures)]
    if missing and view.case.interventions:
        yield "Not counted", f"{', '.join(missing)}: nobody gives a figure"


def held_back(view: View) -> Items:
    """Where only so many can start in a month: when full scale comes, or how many can be held."""
    for entity in view.case.interventions:
        kept, most = (view.projection.get(entity, name) for name in ("month_ramp_is_kept", "most_people_held"))
        people = view.projection.get(entity, "additional_people")
        if most.value is not None and people.value is not None and most.value < people.value:
            held = text(view(most))
            yield "Held back", f"{entity.title}: as many leave as can start, so {held} people can be held and no more"
        elif kept.beyond_horizon:
            yield (
                "Held back",
                f"{entity.title}: so few can start in a month that full scale lies beyond month {view.case.horizon}",
            )
        elif kept.value:
            yield (
                "Held back",
                f"{entity.title}: so few can start in a month that full scale comes in month {kept.value:.0f}",
            )


def paid_twice(view: View) -> Items:
    """Coordinators that are given a price beside a cost that may include them."""
    for entity in view.case.interventions:
        deducted = view.case.model.choice(entity, "running_cost_basis") == "already_deducted"
        if deducted and any(view.projection.get(entity, "coordinator_pay", payer).value for payer in PAYERS):
            yield "Warning", f"{entity.title}: the published saving and set-up may include its coordinators already"


_STAFF = (
    ("carers_available", "share_with_carers", "carers_for_plan", "carers"),
    ("volunteers_available", "share_with_volunteers", "volunteers_for_plan", "volunteers"),
)


def limits_met(view: View) -> Items:
    """Where a plan goes no further because there are not enough carers or volunteers."""
    for entity in view.case.interventions:
        for available, share, wanted, whom in _STAFF:
            part = view.projection.get(entity, share)
            if part.value is not None and part.value < 1:
                there, needed = text(view.nearest(entity, available)), text(view.get(entity, wanted))
                plan = f"{there} {whom} can be found and the whole plan takes {needed}"
                yield "Cut short", f"{entity.title}: {plan}, so {text(view(part))} of it is reached"


_BACK = (
    ("saving_per_pound", "{} comes back for each £1 of running cost ({}); it costs more than it saves"),
    ("studied_return", "{} had come back for each £1 by the end of where it was tried ({})"),
)


def returns_below_one(view: View) -> Items:
    """Where less comes back to a payer than goes in, in the plan or where the model was tried."""
    for entity in view.case.interventions:
        for payer in PAYERS:
            for name, words in _BACK:
                back = view.projection.get(entity, name, payer)
                if back.value is not None and back.value < 1:
                    pounds = f"{money(back.value, 2)}{view.marks_of(back)}"
                    yield "Below 1", f"{entity.title}: {words.format(pounds, payer_name(payer))}"


def too_many(projection: Projection) -> Items:
    """Where the plan is for more people than there are."""
    for found in overreach(projection):
        yield "Warning", overreach_text(projection.case, found)


def overreach_text(case: Case, found: Overreach) -> str:
    """A plan for more people than there are, in words."""
    planned, most = precise(found.people, "person"), precise(found.most, "person")
    where = place_of(case, found.cohort.path)
    return f"{where}: the plan is for {planned} people in all, and {most} {LIMITS[found.limit]}"


LIMITS = {"eligible_people": "are eligible", "adult_population": "adults live there"}


def sources_block(case: Case, keys: Iterable[str]) -> Block | None:
    """Every publication behind some quantities, by the name that `carescale show` takes."""
    behind = case.plan.behind(keys)
    sources = {source.key: source for key in behind if key in case.figures for source in cited(case.figures[key])}
    return blocks.notes("Sources", ((key, source_words(source)) for key, source in sources.items()), "sources")


def cited(figure: Figure) -> Iterator[Source]:
    """The publications that a figure names."""
    doubt = figure.detail.doubt
    for citation in (figure.citation, figure.detail.range_citation, doubt.citation if doubt else None):
        if citation:
            yield citation.source


# --- what comes first ------------------------------------------------------------------------------------------------

MOST = 5  # cautions on a first screen
_GRAVE = ("shares", "overlap", "only net", "contradicted", "calibrated", "unverified")
_REST = ("not known", "prices", "assumed")
_MARK = {"contradicted": "†", "calibrated": "‡", "unverified": "°", "only net": "§"}


def cautions(
    case: Case, shown: Sequence[Block], before: Iterable[tuple[str, str]] = (), most: int = MOST,
    between: Iterable[tuple[str, str]] = (),
) -> Block | None:  # fmt: skip
    """The gravest of what there is to know about some blocks, each in one line; those that a screen has come before,
    and some `between` what makes a number doubtful and what is only not known or assumed.
    """
    found = list(before)
    if len(found) < most:
        every = notes(case, keys_in(shown))
        grave, rest = ([one for kind in kinds for one in _caution(case, kind, every)] for kinds in (_GRAVE, _REST))
        found += [*grave, *between, *rest]
    return blocks.notes("Read with care", found[:most], brief=True)


def _caution(case: Case, kind: str, every: Sequence[Note]) -> Items:
    """The notes of a kind in a line each, or in one for all of them."""
    found = [note for note in every if note.kind == kind]
    if not found:
        return
    keys = [key for note in found for key in note.keys]
    label = " ".join(filter(None, (_LABELS[kind], _MARK.get(kind))))
    match kind:
        case "contradicted":
            yield label, f"{_whose(case, keys)}, by {_doubters(case, keys)}"
        case "calibrated":
            yield label, f"{_whose(case, [note.keys[0] for note in found])}, from a published result"
        case "unverified":
            yield label, f"{_whose(case, keys)}, not read at first hand"
        case "not known":
            yield label, _whose(case, sorted(keys, key=lambda key: not _is_money(key)))
        case "prices":
            years = sorted({year for note in found for year in note.text.split(", ")})
            yield label, f"of {', '.join(years)}, added as printed"
        case "assumed":
            count = len(dict.fromkeys(keys))
            yield label, f"{count} figure{'s' if count > 1 else ''}, each with its reason: --show notes"
        case _:
            yield from ((label, worded(case, note)) for note in found)


def _doubters(case: Case, keys: Iterable[str]) -> str:
    """Who contradicts, and when."""
    doubts = [case.figures[key].detail.doubt for key in keys if key in case.figures]
    sources = [doubt.citation.source for doubt in doubts if doubt]
    return " and ".join(dict.fromkeys(f"{source.publisher}, {source.year}" for source in sources))


def _whose(case: Case, keys: Iterable[str]) -> str:
    """What some figures are, and of which interventions: `investment for the programme (Living Well, Homeshare)`."""
    found: dict[str, dict[str, None]] = {}
    for key in keys:
        first = outermost(key)
        whose = place_of(case, first)
        label = name_of(case, f"{first}.{last_word(key)}").removeprefix(f"{whose}: ")
        found.setdefault(lower_first(label), {})[whose] = None
    return "; ".join(
        f"{label} ({', '.join(filter(None, whose))})".removesuffix(" ()") for label, whose in found.items()
    )


def _is_money(key: str) -> bool:
    name = _figure_name(key)
    return bool(name) and registry.figures[name].unit.startswith("GBP")


def _figure_name(key: str) -> str:
    """The name of a figure within its key, as the vocabulary has it."""
    name = registry.named(key)
    return name if name in registry.figures else ""


def more(all_of_it: Sequence[Block]) -> Line:
    """What more there is, and how to ask for it."""
    parts = parts_of(all_of_it)
    return Line((f"More: --full shows everything, --show a part of it: {', '.join(parts)}.",))
