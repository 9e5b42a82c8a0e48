"""What stands under an appraisal: the version of each rate and index, the price base, and ratios below 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carescale.analysis.appraisal import Appraisal
from carescale.figures import Figure
from carescale.formulas.vocabulary import PAYERS
from carescale.report.values import name_of

Items = Iterator[tuple[str, str]]


def method_items(appraisal: Appraisal) -> Items:
    """How it was done, and by which version of what."""
    yield "Discounting", f"{_schedule(appraisal)}; month 0 is year 0, months 1 to 12 are year 1"
    rate = appraisal.rates.get("discount_rate")
    if rate:
        yield "Rates from", _origin(rate)
    yield "Prices", _prices(appraisal)
    if appraisal.not_rebased:
        names = "; ".join(name_of(appraisal.case, key) for key in appraisal.not_rebased)
        yield "Not rebased", f"{names}: no year is given, and they are taken to be in prices of {appraisal.base}"
    yield from _rebasing(appraisal)
    yield "Payers", _payers(appraisal)


def _schedule(appraisal: Appraisal) -> str:
    printed = {name: figure.number.text for name, figure in appraisal.rates.items() if figure.number}
    if len(printed) < 5:
        return "the schedule is not complete"
    return (
        f"{printed['discount_rate']} to year {printed['discount_rate_until']}, {printed['later_discount_rate']} to "
        f"year {printed['later_discount_rate_until']}, {printed['last_discount_rate']} after"
    )


def _origin(figure: Figure) -> str:
    return f"{figure.origin} [{figure.position.file}]"


def _prices(appraisal: Appraisal) -> str:
    if not appraisal.deflator:
        return "as printed, each figure in those of its own year; --prices 2024 puts them into one base"
    cited = appraisal.deflator.citation
    doubt = f"; {cited.source.unverified}" if cited and cited.source.unverified else ""
    return f"of {appraisal.base}, by {appraisal.deflator.title} ({cited}{doubt}) [{appraisal.deflator.file}]"


def _rebasing(appraisal: Appraisal) -> Items:
    """What a reader would otherwise take for a mistake."""
    details = [figure.detail for figure in appraisal.case.figures.values() if appraisal.base]
    if any(detail.solve for detail in details):
        yield "Solved first", "figures solved from a published result were solved in its printed prices, then rebased"
    if any(detail.range_citation for detail in details):
        yield "Ranges", "one with a source of its own is in that source's prices, so the value may lie outside it"


def _payers(appraisal: Appraisal) -> str:
    if appraisal.together:
        names = ", ".join(PAYERS[payer] for payer in appraisal.together)
        return f"{names} are added because it was asked for"
    return "each by itself; --together fiscal adds council and NHS, --together everyone wider society too"


def ratio_items(appraisal: Appraisal, shown: Iterable[str]) -> Items:
    """A ratio below 1 is called what it is; and one of a saving already net of its cost says so."""
    results = [appraisal.projection[key] for key in shown if ".benefit_cost_ratio" in key]
    for result in results:
        if result.value is not None and result.value < 1:
            yield "Below 1", f"{name_of(appraisal.case, result.key)} is below 1: it costs more than it saves"
    for entity in appraisal.case.interventions:
        if appraisal.case.model.choice(entity, "running_cost_basis") == "already_deducted":
            yield "Ratio", f"{entity.title}: savings are net of running cost, so its ratio is to set-up alone"
        yield from _release(appraisal, entity.path)


def _release(appraisal: Appraisal, path: str) -> Items:
    """When the cashable part can be taken out of a budget."""
    for payer in PAYERS:
        found = appraisal.projection.nearest(appraisal.case.model.entities[path], "cashable_share", payer)
        figure = appraisal.case.figures.get(found.key)
        if figure and figure.number:
            said = figure.detail.note or "no condition for its release is given"
            yield "Cashable", f"{name_of(appraisal.case, found.key)} {figure.number.text}: {said}"
