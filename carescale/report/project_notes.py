"""The notes under a projection: contradicted, calibrated, unknown, assumed, left out, mixed prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carescale.analysis.evidence import Note, notes
from carescale.analysis.overreach import Overreach, overreach
from carescale.analysis.projection import Projection
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Status
from carescale.formulas.vocabulary import PAYERS
from carescale.numbers import money
from carescale.report.values import Shower, lower_first, name_of, payer_name, place_of, precise, show

LOW_HIGH = "Low–high"
_LABELS = {
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
    items = [(_LABELS[note.kind], _worded(case, note)) for note in found]
    if any(note.kind == "range" for note in found):
        items.append((LOW_HIGH, "every range at its low end together, then every range at its high end"))
    return items


def _worded(case: Case, note: Note) -> str:
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
    figure = case.figures.get(key)
    if figure is None or figure.number is None:
        return ""
    return show(float(figure.number.value), figure.unit) if figure.detail.solve else figure.number.text


def left_out(projection: Projection) -> Iterator[tuple[str, str]]:
    """What each payer's total leaves out."""
    case = projection.case
    for payer in PAYERS:
        total = projection.get(PORTFOLIO, "net_saving", payer)
        if total.state.status == Status.PARTIAL:
            parts = [name_of(case, key).removesuffix(f" ({payer_name(payer)})") for key in total.state.because]
            yield "Left out", f"{payer_name(payer)} total: {'; '.join(parts)}"
        elif total.state.status == Status.UNKNOWN:
            yield "Left out", f"{payer_name(payer)}: no saving is published that could be counted"


_STAFF = (
    ("carers_available", "share_with_carers", "carers_for_plan", "carers"),
    ("volunteers_available", "share_with_volunteers", "volunteers_for_plan", "volunteers"),
)


def limits_met(show: Shower) -> Iterator[tuple[str, str]]:
    """Where a plan goes no further because there are not enough carers or volunteers."""
    for entity in show.case.interventions:
        for available, share, wanted, whom in _STAFF:
            part = show.projection.get(entity, share)
            if part.value is not None and part.value < 1:
                there, needed = (
                    show(show.projection.nearest(entity, available)),
                    show(show.projection.get(entity, wanted)),
                )
                text = (
                    f"{there} {whom} can be found and the whole plan takes {needed}, so {show(part)} of it is reached"
                )
                yield "Cut short", f"{entity.title}: {text}"


def costs_left_out(show: Shower) -> Iterator[tuple[str, str]]:
    """Running costs that are known and stand in no net, since what they save is not."""
    for entity in show.case.interventions:
        for payer in PAYERS:
            saving, cost = (show.projection.get(entity, name, payer) for name in ("net_saving", "running_cost"))
            if saving.state.status == Status.UNKNOWN and cost.value:
                pounds = f"{show(cost)} a year ({payer_name(payer)})"
                yield "Left out", f"{entity.title}: it costs {pounds}, which no net has, since its saving is not known"


def returns_below_one(show: Shower) -> Iterator[tuple[str, str]]:
    """Where less comes back to a payer than goes in, in the plan or where the model was tried."""
    for entity in show.case.interventions:
        for payer in PAYERS:
            for name, where in (("saving_per_pound", "of running cost"), ("studied_return", "where it was tried")):
                back = show.projection.get(entity, name, payer)
                if back.value is not None and back.value < 1:
                    pounds = f"{money(back.value, 2)}{show.marks_of(back)} comes back for each £1 {where}"
                    yield "Below 1", f"{entity.title}: {pounds} ({payer_name(payer)}); it costs more than it saves"


def too_many(projection: Projection) -> Iterator[tuple[str, str]]:
    """Where the plan is for more people than there are."""
    for found in overreach(projection):
        yield "Warning", overreach_text(projection.case, found)


def overreach_text(case: Case, found: Overreach) -> str:
    """A plan for more people than there are, in words."""
    planned, most = precise(found.people, "person"), precise(found.most, "person")
    where = place_of(case, found.cohort.path)
    return f"{where}: the plan is for {planned} people in all, and {most} {LIMITS[found.limit]}"


LIMITS = {"eligible_people": "are eligible", "adult_population": "adults live there"}
