"""The answer in a sentence: catch up with the best scheme → 43,000 people, £117m a year; and whose answer it is."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from carescale.analysis.projection import Result
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Status
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.loading import AS_PUBLISHED
from carescale.report.blocks import Headline, Line, Said, Value
from carescale.report.formats import COMPACT_MONEY, COMPACT_PEOPLE
from carescale.report.view import View
from carescale.report.words import payer_name


def headline(view: View) -> Headline:
    """What the plan does, and what comes of it: people, net savings by payer, and when the council has it back."""
    answers = [*_people(view), *(said for payer in PAYERS for said in _saving(view, payer)), *_paid_back(view)]
    return Headline((f"{plan_title(view.case)} → ", *listed(answers or [("nothing that can be counted",)])))


def listed(answers: list[Said]) -> Said:
    """Several answers in one sentence."""
    return tuple(piece for position, said in enumerate(answers) for piece in ((", ",) if position else ()) + said)


def subtitle(case: Case) -> Line:
    """The place, the year and the scenario; and what was changed on the command line."""
    parts = [case.place, case.code, case.year, case.scenario.title.lower() if case.title else ""]
    line = " · ".join(filter(None, parts))
    changes = [f"{change.key} {change.before or 'not set'} → {change.after}" for change in case.changes]
    return Line((line + (f"\nChanged: {'; '.join(changes)}" if changes else ""),))


def plan_title(case: Case) -> str:
    """What is done, in the words of the scenario or of the place's own plan."""
    if case.scenario.name != AS_PUBLISHED or not case.title:
        return case.scenario.title
    return case.title


def _people(view: View) -> Iterator[Said]:
    in_all, more = (view.in_all(name) for name in ("total_people", "additional_people"))
    if in_all.state.status == Status.KNOWN and in_all.usable:
        added = () if more.value == in_all.value else (" (", view(more, COMPACT_PEOPLE, marks=False), " more)")
        yield (view(in_all, COMPACT_PEOPLE, marks=False), f" {_noun(in_all)}", *added)
    elif more.usable:
        yield (replace(view(more, COMPACT_PEOPLE), within=f"{{}} more {_noun(more)}"),)
    elif more.state.status == Status.UNKNOWN:
        yield ("people not known",)
    by_year = view.in_all("additional_people_a_year")
    if by_year.usable:
        helped = f" more {_noun(by_year)} helped a year"
        yield (view(by_year, COMPACT_PEOPLE, marks=False), helped, view.marks_of(by_year))


def _noun(result: Result) -> str:
    return "person" if result.value == 1 else "people"


def _saving(view: View, payer: str) -> Iterator[Said]:
    net, name = view.in_all("net_saving", payer), payer_name(payer)
    if net.usable and view.in_all("adjusted_saving", payer).state.status == Status.UNKNOWN:
        cost = view(view.in_all("cost_incurred", payer), COMPACT_MONEY, marks=False)
        yield ("a cost of ", cost, f" a year before any saving ({name})", view.marks_of(net).replace("*", ""))
    elif net.usable:
        before = view.before_costs(PORTFOLIO, payer)
        words = " before costs that are not known" if before else ""
        money = view(net, COMPACT_MONEY)
        shown = replace(money, within=f"{{}} {a_year(money)}{words} ({name})")
        yield (replace(shown, marks=shown.marks.replace("*", "")) if before else shown,)
    elif payer == "council":
        yield (f"saving not known ({name})",)


def a_year(money: Value) -> str:
    """What comes after a sum of money: nobody should take a saving for a price."""
    return "saved a year" if (money.number or 0) > 0 else "a year"


def _paid_back(view: View) -> Iterator[Said]:
    """When the council's set-up is paid back, where the total of the plan has a month."""
    once, month = view.in_all("set_up_cost", "council"), view.in_all("break_even_month", "council")
    if not once.value or not month.usable:
        return
    never = f"not paid back by month {view.case.horizon}"
    yield (replace(view(month), low=None, high=None, within="paid back by month {}", beyond=never),)
