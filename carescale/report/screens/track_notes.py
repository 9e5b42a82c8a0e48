"""The notes of `track`: what to read with care, and how it was done, by which data and which version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version

from carescale.analysis.track import PAYER, Track, Tracked
from carescale.case import PORTFOLIO
from carescale.formulas import registry
from carescale.inputs.periods import calendar_month
from carescale.report.formats import TENTHS, written
from carescale.report.words import payer_name

Items = Iterator[tuple[str, str]]
_COSTS = (
    ("set_up_cost", "set-up"),
    ("coordinator_pay", "coordinators"),
    ("programme_cost", "the programme"),
    ("support_cost", "support"),
    ("arrangement_cost", "arrangements"),
)
METHOD_VERSION = "1"  # of the pace and its interval; another one is another number for the same data


def cautions(track: Track) -> Items:
    """What the numbers do not say by themselves, gravest first."""
    for one in track.tracked:
        whose = f"{one.entity.title}: " if len(track.tracked) > 1 else ""
        yield from ((label, f"{whose}{said}") for label, said in _of(one))
    if track.tracked:
        yield "Saved", "who is there, times what the plan avoids for each; not measured"
    for entity in track.two_numbers:
        for name in ("people_reached", "weeks_of_care", "seen_by_month"):
            figure = track.case.figures.get(f"{entity.path}.{name}")
            if figure and (said := figure.detail.note or figure.assumption):
                yield registry.figures[name].title, said


def _of(one: Tracked) -> Items:
    if one.pace and not one.too_early and abs(one.pace.change) > 1:
        way = "risen" if one.pace.change > 0 else "fallen"
        yield "Changed", f"the pace has {way} since its first half, by more than chance"
    if months := one.months.not_adding_up:
        yield "Slip?", f"people, starts and leavers do not add up in {_run(one, months)}"
    if months := one.months.joined_later:
        yield "Nobody", f"counts before a scheme's first row; for some, {_run(one, months)}"
    if months := one.months.left_open:
        yield "Open", f"no count for {_run(one, months)}; that of the next report stands in"
    spent = set(one.months.known("spend"))
    behind = [month for month in range(1, one.now + 1) if month not in spent]
    if spent and behind:
        yield "Open", f"no spend for {_run(one, behind)}; nor is the plan's of it counted"
    if spent:
        yield "Spend", f"held against {_costs(one)} of the plan ({payer_name(PAYER)})"
    if not one.months.known("leavers"):
        yield "Leavers", "not reported; as many leave as the plan says"
    elif one.keeps_leaving_of_plan:
        yield "Leavers", "too few to tell; as many go on leaving as the plan says"
    target = one.plan[f"{one.entity.path}.additional_people"].value
    there = one.months.people(one.now)
    if target is not None and there is not None and there > target:
        yield "More", f"than the plan's {target:g}; `people` are those of the plan, not those before it"


def _run(one: Tracked, months: Sequence[int]) -> str:
    names = [calendar_month(one.case.start, month) for month in months]
    return ", ".join(names) if len(names) < 4 else f"{len(names)} months"


def _costs(one: Tracked) -> str:
    """What the plan's costs are made of."""
    found = [words for name, words in _COSTS if one.plan.get(one.entity, name, PAYER).value]
    return " and ".join(filter(None, [", ".join(found[:-1]), found[-1] if found else "no cost at all"]))


def method_items(track: Track) -> Items:
    """How it was done, and by which version of what, so that the next report can be made the same way."""
    actuals, case = track.actuals, track.case
    if actuals is not None:
        yield "Data", f"{actuals.source} [{actuals.file}, digest {actuals.digest}]"
    fewest = [case.figures[f"{PORTFOLIO}.fewest_{name}_to_judge"] for name in ("starts", "months")]
    for one in track.tracked:
        yield from _pace_item(one)
    if track.tracked:
        yield (
            "Interval",
            "the score interval of a count, 9 in 10, with the scatter of months or quarters, at least that of chance",
        )
        yield "Takes for granted", "that months are alike: where good and bad ones come in long runs it is too narrow"
        yield "If it goes on so", "the pace and leaving drawn from their intervals, with the chance of the months ahead"
        starts, months = (figure.number.text if figure.number else "" for figure in fewest)
        yield "Too early", f"until {starts} starts and {months} after the month of the first match"
    yield "Made by", f"carescale {version('carescale')}, pace method {METHOD_VERSION}, file {case.file}, {_file(track)}"


def _pace_item(one: Tracked) -> Items:
    pace = one.pace
    if pace is None:
        return
    first = calendar_month(one.case.start, pace.first_match)
    scatter = written(pace.dispersion, TENTHS)
    yield (
        "Pace",
        f"{one.entity.title}: {pace.starts:g} starts in the {pace.months} months after {first}, which is left out since"
        f" it was chosen for its start; they vary {scatter} times as much as chance alone",
    )


def _file(track: Track) -> str:
    import hashlib

    return f"digest {hashlib.blake2b(track.case.written.encode(), digest_size=4).hexdigest()}"
