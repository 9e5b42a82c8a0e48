"""What a careful reader needs beside a number: the figures it rests on, and what is weak about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from carescale.case import PORTFOLIO, Case
from carescale.engine.keys import outermost
from carescale.engine.model import Status
from carescale.figures import PLANNED_HERE, Figure
from carescale.formulas import registry
from carescale.formulas.savings import share_in_all
from carescale.formulas.vocabulary import GROUPS, PAYERS, SAVINGS


class Weakness(Struct, frozen=True):
    """What is weak about a result, as flags: each has a mark on the screen and a note below it."""

    contradicted: bool = False
    calibrated: bool = False
    unverified: bool = False
    only_net: bool = False


def weakness(case: Case, key: str) -> Weakness:
    """The weaknesses of the figures that a quantity rests on."""
    behind = case.plan.behind([key], counted=True)
    figures = [case.figures[name] for name in behind if name in case.figures]
    return Weakness(
        any(figure.detail.doubt for figure in figures),
        any(figure.detail.solve for figure in figures),
        any(figure.citation and figure.citation.source.unverified for figure in figures),
        bool(_adjusted_net(case, behind)),
    )


_ADJUSTMENTS = (
    "deadweight", "displacement", "saving_evidence_grade", "cashable_share", "cashable_lag_months", "drop_off",
)  # fmt: skip


def _adjusted_net(case: Case, keys: Iterable[str]) -> list[str]:
    """The cohorts among the keys behind a result whose saving is adjusted and known only net of what they cost.

    What is taken off is then taken off the net: where both sides are known, it is taken off what is avoided.
    """
    behind = set(keys)
    adjusted = {outermost(key) for key in behind if _adjusts(key)}
    if not adjusted:
        return []
    return [
        part.path
        for entity in case.interventions
        if entity.path in adjusted and case.model.choice(entity, "running_cost_basis") == "already_deducted"
        for part in case.parts(entity)
        if any(_is_only_net(case, part.path, payer) for payer in _payers_behind(part.path, behind))
    ]


def _adjusts(key: str) -> bool:
    return registry.named(key) in _ADJUSTMENTS


def _payers_behind(path: str, keys: Iterable[str]) -> set[str]:
    """Whose savings of a cohort, or of all of its intervention, are among some keys."""
    found = [registry.key(key) for key in keys if outermost(key) == outermost(path) and registry.named(key) in SAVINGS]
    return {payer for key in found if (payer := key.value("payer"))}


def _is_only_net(case: Case, path: str, payer: str) -> bool:
    saving, cost = (case.plan.need(f"{path}.{name}.{payer}") for name in ("gross_saving", "arrangement_cost"))
    return saving.usable and not cost.usable


_ONLY_NET = "only the saving net of its cost is known, so adjustments are taken off that and not off what is avoided"


class Note(Struct, frozen=True):
    """One thing to know: its kind, what it is about (keys of figures), and what there is to say."""

    kind: str
    keys: tuple[str, ...]
    text: str


def notes(case: Case, results: Iterable[str]) -> list[Note]:
    """Everything to know about the figures behind these results, gravest first."""
    keys = case.plan.behind(results)
    figures = [case.figures[key] for key in keys if key in case.figures]
    return [
        *_together("only net", ((path, _ONLY_NET) for path in _adjusted_net(case, keys))),
        *_contradicted(figures),
        *_calibrated(figures),
        *_unverified(figures),
        *_unknown(case, keys),
        *_ranges(figures),
        *_price_bases(figures),
        *_assumed(figures),
        *_running_cost(case),
        *_shares(case),
        *_overlaps(case),
        *_limits(case, set(map(outermost, keys))),
    ]


def _together(kind: str, pairs: Iterable[tuple[str, str]]) -> Iterator[Note]:
    """One note for all the figures of which the same is said."""
    texts: dict[str, list[str]] = {}
    for key, text in pairs:
        texts.setdefault(text, []).append(key)
    yield from (Note(kind, tuple(keys), text) for text, keys in texts.items())


def _contradicted(figures: list[Figure]) -> Iterator[Note]:
    doubted = [(figure.name, figure.detail.doubt) for figure in figures if figure.detail.doubt]
    yield from _together("contradicted", ((name, f"{doubt.says} ({doubt.citation})") for name, doubt in doubted))


def _calibrated(figures: list[Figure]) -> Iterator[Note]:
    for figure in figures:
        if solve := figure.detail.solve:
            yield Note("calibrated", (figure.name, solve.quantity), solve.target.text)


def _unverified(figures: list[Figure]) -> Iterator[Note]:
    cited = [(figure.name, figure.citation.source) for figure in figures if figure.citation]
    pairs = ((name, f"{source}, {source.unverified}") for name, source in cited if source.unverified)
    yield from _together("unverified", pairs)


def _unknown(case: Case, keys: Iterable[str]) -> Iterator[Note]:
    def reason(key: str) -> str:
        figure = case.figures.get(key)
        return figure.unknown if figure else "no figure is given"

    missing = [key for key in keys if case.plan.need(key).status == "unknown"]
    yield from _together("not known", ((key, reason(key)) for key in missing))


def _ranges(figures: list[Figure]) -> Iterator[Note]:
    for figure in figures:
        low, high, covers = figure.detail.low, figure.detail.high, figure.detail.covers
        if low and high:
            covering = f" covering {covers}" if covers else ""
            yield Note("range", (figure.name,), f"{low.text} to {high.text}{covering}{_origin_of_range(figure)}")


def _origin_of_range(figure: Figure) -> str:
    """Who published a range, or the reason why it is assumed."""
    if figure.detail.range_assumption:
        return f" (assumed: {figure.detail.range_assumption})"
    citation = figure.detail.range_citation or figure.citation
    if citation is None:
        return ""
    source = citation.source
    return f" ({source.publisher}, {source.year}{f'; {source.unverified}' if source.unverified else ''})"


def _price_bases(figures: list[Figure]) -> Iterator[Note]:
    money = [figure for figure in figures if figure.is_money and figure.number and figure.year]
    years: dict[str, dict[str, None]] = {}
    for figure in money:
        years.setdefault(outermost(figure.name), {})[figure.year] = None
    if len({year for some in years.values() for year in some}) > 1:
        for path, some in years.items():
            yield Note("prices", (path,), ", ".join(sorted(some)))


def _assumed(figures: list[Figure]) -> Iterator[Note]:
    assumed = [figure for figure in figures if figure.assumption and figure.assumption != PLANNED_HERE]
    yield from _together("assumed", ((figure.name, figure.assumption) for figure in assumed))


def _limits(case: Case, behind: set[str]) -> Iterator[Note]:
    for path, text in case.limits.items():
        if path in behind and path in {entity.path for entity in case.interventions}:
            yield Note("limit", (path,), text)


def _shares(case: Case) -> Iterator[Note]:
    """Payers who together pay more than there is to pay, or less."""
    for entity in case.interventions:
        for name in ("running_cost_share", "set_up_share"):
            keys = [case.plan.figure_key(name, entity, (("payer", payer),)) for payer in PAYERS]
            parts = [case.figures[key].number for key in keys if key in case.figures]
            known = [part.value for part in parts if part]
            together = share_in_all(known)
            if together > 1 or (len(known) == len(PAYERS) and together < 1):
                given = tuple(key for key in keys if key in case.figures)
                yield Note("shares", given, f"{(together * 100).normalize():f}")


def _overlaps(case: Case) -> Iterator[Note]:
    """Two interventions that draw on the same people, of whom nobody says what is counted twice."""
    for pair, first, second in case.pairs():
        states = [
            case.plan.need(f"{path}.{name}.{payer}")
            for payer in PAYERS
            for path, name in ((pair.path, "pair_overlap"), (PORTFOLIO, "overlap"))
        ]
        shared = sorted(
            {name for one in case.groups(first) for other in case.groups(second) for name in _both(one, other)}
        )
        if shared and all(state.status == Status.NOT_APPLICABLE for state in states):
            yield Note("overlap", (first.path, second.path, pair.path), ", ".join(GROUPS[name] for name in shared))


def _both(one: str, other: str) -> Iterator[str]:
    """The client group that two have in common; all groups take in every other."""
    if one == other or other == "all_groups":
        yield one
    elif one == "all_groups":
        yield other


def _running_cost(case: Case) -> Iterator[Note]:
    """A saving that is not the published one may not be net of what the published one was net of."""
    for entity in case.interventions:
        deducted = case.model.choice(entity, "running_cost_basis") == "already_deducted"
        for part in case.parts(entity) if deducted else []:
            if case.model.choice(part, "saving_basis") in ("weekly_costs", "annual_costs"):
                yield Note(
                    "assumed", (), f"{part.title}: the costs given for the arrangement include running the scheme"
                )
