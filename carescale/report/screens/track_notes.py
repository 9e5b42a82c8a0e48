"""The notes of `track`: what to read with care, and how it was done, by which data and which version."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from carescale.analysis.track import PAYER, Track, Tracked
from carescale.case import PORTFOLIO
from carescale.inputs.calendar import calendar_month
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
        yield from _of(one)
    if track.tracked:
        yield "Saved", "worked out from who is there at the plan's saving each; nobody has measured it"


def _of(one: Tracked) -> Items:
    title = one.entity.title
    if one.pace and not one.too_early and abs(one.pace.change) > 1:
        way = "risen" if one.pace.change > 0 else "fallen"
        yield "Changed", f"{title}: the pace has {way} since its first half by more than chance; the middle is of both"
    if one.months.left_open:
        months = ", ".join(calendar_month(one.case.start, month) for month in one.months.left_open)
        yield "Open", f"{title}: no count for {months}; those of the next report stand in"
    spent = set(one.months.known("spend"))
    behind = [month for month in range(1, one.now + 1) if month not in spent]
    if spent and behind:
        months = _run(one, behind)
        yield "Open", f"{title}: no spend for {months}, so the plan's cost of it is left out, too"
    if spent:
        yield "Spend", f"{title}: held against {_costs(one)}, as the plan has them ({payer_name(PAYER)})"
    if not one.months.known("leavers"):
        yield "Leavers", f"{title}: not reported; as many leave as the plan says"
    target = one.plan[f"{one.entity.path}.additional_people"].value
    there = one.months.people(one.now)
    if target is not None and there is not None and there > target:
        yield "More", f"{title}: more than the plan's {target:g}; `people` are those of the plan, not those before it"


def _run(one: Tracked, months: list[int]) -> str:
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
            "the score interval of a count; its scatter is that of the months, at least what chance has (9 in 10)",
        )
        yield "Takes for granted", "that months are alike; where good and bad ones come in runs it is too narrow"
        yield "If it goes on so", "the pace and leaving drawn from their intervals, with the chance of the months ahead"
        said = " and ".join(figure.number.text if figure.number else "?" for figure in fewest)
        yield "Too early", f"until {said} after the month of the first match"
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
        f" it was chosen for its start; the months vary {scatter} times as much as chance alone",
    )


def _file(track: Track) -> str:
    import hashlib

    return f"digest {hashlib.blake2b(track.case.written.encode(), digest_size=4).hexdigest()}"
