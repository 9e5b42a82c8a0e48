"""Budget a case: the account in cash by financial year, and what pay, fees and prices rise by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.analysis.projection import Projection, Result, project
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity
from carescale.engine.verbs import added
from carescale.figures import Figure
from carescale.formulas import registry
from carescale.formulas.budget import growth_of
from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.prices import Deflator, first_year, in_prices_of, read_deflator, without_prices
from carescale.numbers import Printed, percent, to_decimal
from carescale.problems import NOWHERE

AS_PRINTED = "printed"  # a base that leaves every figure as it was printed
UPLIFTS: Mapping[str, str] = {"pay_uplift": "pay", "fee_uplift": "fees", "price_uplift": "prices"}
_NO_HEADING = "Under no heading yet"
_UNTIL_START = f"{PORTFOLIO}.rise_until_start"


class Budget(Struct, frozen=True):
    """A case in cash. `base` is the financial year in whose prices its figures are before they rise, or AS_PRINTED;
    `by_deflator` are the kinds of uplift that nobody gave, and `held` the first year after the deflator's last growth.
    """

    projection: Projection
    deflator: Deflator
    base: str
    by_deflator: tuple[str, ...] = ()
    held: str = ""
    not_rebased: tuple[str, ...] = field(default=())

    @property
    def case(self) -> Case:
        return self.projection.case

    @property
    def years(self) -> tuple[str, ...]:
        """Its financial years, as their keys have them: `in_2026_27`."""
        return self.case.model.dimensions["period"]

    @property
    def payers(self) -> list[str]:
        """The council, which decides, and any other payer for whom something is known and is not nothing."""
        return [payer for payer in PAYERS if payer == "council" or self._moves(payer)]

    def _moves(self, payer: str) -> bool:
        keys = (f"{PORTFOLIO}.{name}.{payer}.{year}" for name in _MOVING for year in self.years)
        results = [self.projection[key] for key in keys]
        return any(result.usable and _is_something(result.value) for result in results)

    @property
    def headings(self) -> Mapping[str, Sequence[Entity]]:
        """The lines of the council's budget with their interventions; nothing where the file names none."""
        named = self.case.service_headings
        found: dict[str, list[Entity]] = {}
        for entity in self.case.interventions if named else ():
            found.setdefault(named.get(entity.path, _NO_HEADING), []).append(entity)
        return found

    def added(self, entities: Sequence[Entity], name: str, payer: str, year: str) -> float | None:
        """A quantity over some interventions, of those of which it is known; None where it is of none."""
        keys = [f"{entity.path}.{name}.{payer}.{year}" for entity in entities]
        known = [key for key in keys if self.projection[key].usable]
        return float(self.projection.apply(added, *known)) if known else None

    def results(self) -> list[Result]:
        """Every quantity of the budget that applies, in story order."""
        return [result for result in self.projection if self._is_ours(result.key)]

    def _is_ours(self, key: str) -> bool:
        bound = self.projection.bound(key)
        return bound is not None and bound.formula.module == "budget"

    def uplift(self, kind: str, year: str) -> Figure | None:
        """What pay, fees or prices rise by in a year; None in the first, whose prices are those of its start."""
        whole = self.case.model.entities[PORTFOLIO]
        key = self.projection.case.plan.figure_key(kind, whole, (("period", year),))
        return self.case.figures.get(key) if year != self.years[0] else None

    def conditions(self) -> Iterator[tuple[Entity, str, Figure]]:
        """The figures that say how much of an intervention's saving is cash, or growth avoided, by payer."""
        for entity in self.case.interventions:
            for name in ("cashable_share", "growth_avoided_share"):
                for payer in PAYERS:
                    figure = self.case.figures.get(self.projection.nearest(entity, name, payer).key)
                    if figure and figure.number:
                        yield entity, payer, figure


_MOVING = ("cash_saving_of_year", "cash_net_of_year")


def _is_something(value: object) -> bool:
    return bool(value) if isinstance(value, float) else bool((value != 0).any())  # type: ignore[attr-defined]


def budget(case: Case, base: str = "", deflator: Path | None = None) -> Budget:
    """Budget a case that was loaded with `cash_years`. `base` is the year into whose prices money is put before it
    rises (the financial year of the start, unless given; AS_PRINTED leaves it), by the index in the file `deflator` or
    the one that ships. What nobody gives rises as that index does. Raises Problems.
    """
    index = read_deflator(deflator)
    first = year_name(case.model.dimensions["period"][0])
    base = base or first
    rebased = case if base == AS_PRINTED else in_prices_of(case, base, index)
    figures, missing, held = _rises(rebased, first if base == AS_PRINTED else base, index)
    without = without_prices(case) if base != AS_PRINTED else ()
    return Budget(project(rebased.with_figures(figures)), index, base, missing, held, without)


def year_name(period: str) -> str:
    """`in_2026_27` as 2026/27."""
    return period.removeprefix("in_").replace("_", "/")


def _rises(case: Case, base: str, index: Deflator) -> tuple[dict[str, Figure], tuple[str, ...], str]:
    """The uplifts to add: those of years that nobody gave. Which kinds were not given, and from when growth is held."""
    years = case.model.dimensions["period"]
    growth, held = _growth(index, years)
    found = {_UNTIL_START: _rise_until_start(base, year_name(years[0]), index)}
    missing = []
    for kind in UPLIFTS:
        found[f"{PORTFOLIO}.{kind}.{years[0]}"] = _none_in_the_first(kind, years[0])
        given = [year for year in years if f"{PORTFOLIO}.{kind}.{year}" in case.figures]
        if f"{PORTFOLIO}.{kind}" in case.figures:
            continue
        if given:
            found |= _held_on(case, kind, years, given[-1])
        else:
            missing.append(kind)
        before = years[1:] if not given else years[1 : years.index(given[-1])]
        for year in before:
            if year not in given:
                key = f"{PORTFOLIO}.{kind}.{year}"
                found[key] = replace(growth[year], name=key)
    return found, tuple(missing), held


def _none_in_the_first(kind: str, year: str) -> Figure:
    reason = "the first year is in the prices of its start; rises begin the April after"
    return Figure(
        name=f"{PORTFOLIO}.{kind}.{year}", number=Printed(Decimal(0), Decimal(0), "0%"), unit="", year="",
        citation=None, assumption=reason, position=NOWHERE,
    )  # fmt: skip


def _held_on(case: Case, kind: str, years: tuple[str, ...], last: str) -> dict[str, Figure]:
    """The last uplift that is given holds from then on."""
    figure = case.figures[f"{PORTFOLIO}.{kind}.{last}"]
    later = years[years.index(last) + 1 :]
    return {f"{PORTFOLIO}.{kind}.{year}": replace(figure, name=f"{PORTFOLIO}.{kind}.{year}") for year in later}


def _growth(index: Deflator, years: tuple[str, ...]) -> tuple[dict[str, Figure], str]:
    """How much the index rises into each year but the first; the last growth it has holds on, from the year named."""
    found: dict[str, Figure] = {}
    held, last = "", None
    for before, year in pairwise(years):
        rise = _rise(index, year_name(before), year_name(year))
        if rise is None:
            held = held or year
        else:
            last = rise
        if last is None:
            last = _latest(index)
        found[year] = _figure(f"{PORTFOLIO}.price_uplift.{year}", last, year_name(year), index)
    return found, held


def _rise(index: Deflator, before: str, year: str) -> float | None:
    """The growth from one financial year to the next; None where the index does not reach."""
    if not (index.covers(before) and index.covers(year)):
        return None
    return float(growth_of(index.at(before), index.at(year)))


def _latest(index: Deflator) -> float:
    """The last growth from one calendar year to the next that the index has."""
    *_, before, last = sorted(index.index)
    return float(growth_of(index.index[before], index.index[last]))


def _rise_until_start(base: str, first: str, index: Deflator) -> Figure:
    then, now = index.at(base), index.at(first)
    rise = float(growth_of(then, now)) if base != first and then and now else 0.0
    return _figure(_UNTIL_START, rise, first, index)


def _figure(key: str, value: float, year: str, index: Deflator) -> Figure:
    name = registry.key(key).name
    number = Printed(to_decimal(value), Decimal(0), percent(value, 2))
    said = "" if index.citation else f"growth of {index.title}"
    return Figure(
        name=key, number=number, unit=registry.figures[name].unit, year=year, citation=index.citation,
        assumption=said, position=NOWHERE,
    )  # fmt: skip


def forecast_from(budget: Budget) -> str:
    """The first year whose uplift by the deflator rests on a forecast; "" where none does."""
    ahead = [year for year in budget.years if budget.deflator.is_forecast(year_name(year))]
    return year_name(ahead[0]) if ahead and (first_year(year_name(ahead[0])) or 0) else ""
