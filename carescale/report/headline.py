"""The answer in a sentence: catch up with the best scheme → 43,000 people, £117m a year."""

from __future__ import annotations

from carescale.analysis.projection import Result
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Status
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.loading import AS_PUBLISHED
from carescale.numbers import compact_count, compact_money
from carescale.report.values import Shower, payer_name


def headline(show: Shower) -> str:
    """What the plan does, and what comes of it: people in all (or more people), and net savings by payer."""
    savings = [_saving(show, payer) for payer in PAYERS]
    answers = [*_people(show), *(saving for saving in savings if saving)]
    return f"{plan_title(show.case)} → {', '.join(answers) or 'nothing that can be counted'}"


def subtitle(case: Case) -> str:
    """The place, the year and the scenario; and what was changed on the command line."""
    parts = [case.place, case.code, case.year, case.scenario.title.lower() if case.title else ""]
    line = " · ".join(filter(None, parts))
    changes = [f"{change.key} {change.before or 'not set'} → {change.after}" for change in case.changes]
    return line + (f"\nChanged: {'; '.join(changes)}" if changes else "")


def plan_title(case: Case) -> str:
    """What is done, in the words of the scenario or of the place's own plan."""
    if case.scenario.name != AS_PUBLISHED or not case.title:
        return case.scenario.title
    return case.title


def _people(show: Shower) -> list[str]:
    in_all, more = (show.projection.get(PORTFOLIO, name) for name in ("total_people", "additional_people"))
    if in_all.state.status == Status.KNOWN and in_all.usable:
        said = f"{compact_count(in_all.value or 0)} people"
        return [said if more.value == in_all.value else f"{said} ({compact_count(more.value or 0)} more)"]
    if more.usable:
        return [f"{compact_count(more.value or 0)} more people{show.marks_of(more)}"]
    return ["people not known"] if more.state.status == Status.UNKNOWN else []


def _saving(show: Shower, payer: str) -> str:
    net: Result = show.projection.get(PORTFOLIO, "net_saving", payer)
    name = payer_name(payer)
    if net.usable:
        return f"{compact_money(net.value or 0)} a year ({name}){show.marks_of(net)}"
    return f"saving not known ({name})" if payer == "council" else ""
