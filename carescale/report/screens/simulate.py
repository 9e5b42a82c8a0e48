"""The screen of `simulate`: how sure each result is, when the money is back, what moves it, what to find out first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from carescale.analysis.grounds import MONTH, SAVING, VALUE, Grounds, Intervals
from carescale.analysis.lookup import find_quantity
from carescale.analysis.shares_of_variance import shares_of_variance
from carescale.analysis.simulate import Simulation, simulate
from carescale.analysis.tornado import Tornado, tornado
from carescale.analysis.worth import Decision, one_or_other, plan_or_nothing
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Entity
from carescale.formulas.vocabulary import PAYERS
from carescale.numbers import percent
from carescale.problems import Position, Problem, Problems
from carescale.report import blocks
from carescale.report.blocks import (
    NOTHING,
    Block,
    Cell,
    Column,
    Drawing,
    Headline,
    Line,
    Notes,
    Records,
    Row,
    Said,
    Screen,
    Table,
    Value,
    there,
)  # fmt: skip
from carescale.report.chances import chance_text, tenths
from carescale.report.formats import COMPACT_MONEY, written
from carescale.report.pictures_of_draws import short_name, tornado_drawing
from carescale.report.screens import notes
from carescale.report.screens import simulate_data as data
from carescale.report.screens.headline import listed, plan_title, subtitle
from carescale.report.screens.simulate_notes import how, lies_of, reading_of
from carescale.report.view import View
from carescale.report.words import name_of, payer_name
from carescale.uncertainty.influence import Influence
from carescale.uncertainty.points import DRAWS, FEWEST
from carescale.uncertainty.shapes import Lies
from carescale.uncertainty.summaries import Estimate

_HALF_YEAR, _MOST_COLUMNS, _MOST_BARS, _MOST_WORTH, _MOST_CAUTIONS = 6, 10, 5, 4, 6
_LIKELY = 0.9
_POUND = 1.0
_ALL = 1_000
_WORTH, _VALUES = "Worth finding out", "present-values"
FORMATS = ("parquet",)
MOST_DRAWS = 10_000_000


class SimulateScreen(Struct, frozen=True, dict=True):
    """The blocks of one place, worked out when they are asked for. `asked` is the result that the tornado is of, or
    else the saving of the whole, or of what bears an interval, of a `payer` where one is named; a `brief` one has what
    decides.
    """

    simulation: Simulation
    asked: str = ""
    other: Simulation | None = None
    detail: bool = False
    payer: str = ""
    brief: bool = False

    @cached_property
    def view(self) -> View:
        """The values given."""
        return View(self.simulation.given)

    @cached_property
    def intervals(self) -> Intervals:
        """The headline results."""
        return Intervals(self.simulation, (SAVING, MONTH)) if self.brief else Intervals(self.simulation)

    @property
    def grounds(self) -> Mapping[str, Grounds]:
        """What each interval stands on, by key."""
        return self.intervals.grounds

    @cached_property
    def saving(self) -> str:
        """The net saving that the headline is about: that of the whole, or the largest that bears an interval."""
        keys = [f"{entity.path}.{name}.{payer}" for entity, name, payer in self.intervals.known(SAVING)]
        keys = [key for key in keys if not self.payer or key.endswith(f".{self.payer}")]
        bearing = [key for key in reversed(keys) if self.grounds[key].bears_an_interval]
        first = [key for key in bearing if key.endswith(".council")] or bearing
        whole = [key for key in first if key.startswith(f"{PORTFOLIO}.")]
        largest = sorted(first, key=lambda key: -abs(self.simulation.given[key].value or 0))
        return next(iter([*whole, *largest, *keys[-1:]]), f"{PORTFOLIO}.{SAVING}.{self.payer or 'council'}")

    @property
    def chosen(self) -> str:
        """The result that is taken apart."""
        return self.asked or self.saving

    @property
    def why_none(self) -> dict[str, str]:
        """Of an entity and a payer whose net saving bears no interval, why."""
        by_savings = {key: one.why_not for key, one in self.grounds.items() if one.why_not and f".{SAVING}." in key}
        return {f"{key.partition(f'.{SAVING}.')[0]} {key.rpartition('.')[2]}": why for key, why in by_savings.items()}

    @cached_property
    def tornado(self) -> Tornado | None:
        """What moves the chosen result."""
        result = self.simulation.given[self.chosen]
        target = float(self.simulation.case.horizon) if result.unit == "month" else 0.0
        return tornado(self.simulation, self.chosen, target)

    @cached_property
    def decision(self) -> Decision | None:
        """The decision that the chosen result is about, by its entity's and payer's net present value."""
        path, _, payer = self.chosen.rpartition(".")
        key = f"{path.rpartition('.')[0] or path}.{VALUE}.{payer}"
        key = key if payer in PAYERS else f"{PORTFOLIO}.{VALUE}.council"
        try:
            self.simulation.case.plan.need(key)
        except KeyError:
            return None
        self.intervals.ask(key)
        if self.other:
            return one_or_other(self.simulation, self.other, key)
        return plan_or_nothing(self.simulation, key)

    @property
    def stood_on(self) -> Decision | None:
        """The decision, where what it goes by bears an interval."""
        found = self.decision
        return found if found and self.intervals.stands_on(found.key).bears_an_interval else None

    # --- the whole, and what comes first ------------------------------------------------------------------------------

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything."""
        shown: list[Block] = [self._headline(), subtitle(self.simulation.case), self._how(), *self._tables(_ALL, _ALL)]
        case, keys = self.simulation.case, blocks.keys_in(shown)
        careful = blocks.notes("Read with care", [*self._cautions(), *notes.note_items(case, keys)], "notes")
        return [*shown, *there(blocks.legend(shown), careful, notes.sources_block(case, keys))]

    def first(self) -> list[Block]:
        """What decides."""
        _ = self.decision  # works out all that is shown over the draws
        shown: list[Block] = [self._headline(), Line((*subtitle(self.simulation.case).said, "\n", *self._how().said))]
        shown += self._tables(_MOST_BARS, _MOST_WORTH)
        careful = blocks.notes("Read with care", list(self._cautions())[:_MOST_CAUTIONS], brief=True)
        parts = [*shown, Line((), _VALUES) if self.intervals.is_any_known(VALUE) else None, Line((), "notes")]
        return [*shown, *there(blocks.legend(shown), careful, notes.more(there(*parts, Line((), "sources"))))]

    def _tables(self, most_bars: int, most_worth: int) -> list[Block]:
        return there(
            self._results(SAVING, "Net saving a year", "savings"),
            None if self.brief else self._results(VALUE, f"Net present value,\nmonth {self._horizon}", _VALUES),
            self._chances(),
            self.bars(most_bars),
            self._variance() if self.detail else None,
            self._worth(most_worth),
        )

    @property
    def _horizon(self) -> int:
        return self.simulation.case.horizon

    def _how(self) -> Line:
        return Line((how(self.simulation.design, self.simulation.digest),), "draws")

    def _headline(self) -> Headline:
        answers = [*self._said_of_savings()] or [("no result has an interval that means something",)]
        return Headline((f"{plan_title(self.simulation.case)} → ", *listed(answers)))

    def _said_of_savings(self) -> Iterator[Said]:
        """The chosen saving, or the largest, with its interval, and by when it is likely back."""
        key = self.asked if f".{SAVING}." in self.asked else self.saving
        summary = self.intervals.summary(key)
        if summary is None:
            return
        path, _, payer = key.partition(f".{SAVING}.")
        entity = self.simulation.case.model.entities[path]
        whose = f"{entity.title}: " if entity.level != "case" and len(self.intervals.entities) > 1 else ""
        low, high = (written(end.value, COMPACT_MONEY) for end in (summary.low, summary.high))
        middle = Value(key=key, unit=COMPACT_MONEY, number=summary.median.value)
        yield (whose, middle, f" a year ({payer_name(payer)}), {low} to {high} in 9 of 10 draws")
        yield from self._said_of_months(f"{path}.{MONTH}.{payer}")

    def _said_of_months(self, key: str) -> Iterator[Said]:
        stands = self.grounds.get(key)
        chances = self.simulation.chances_by_month(key) if stands and stands.bears_an_interval else None
        if chances:
            months = [*range(0, len(chances), _HALF_YEAR), len(chances) - 1]
            month = next((month for month in months if chances[month].value >= _LIKELY), months[-1])
            yield (f"{tenths(chances[month].value)} to have broken even by month {month}",)

    # --- results ----------------------------------------------------------------------------------------------------

    def _results(self, name: str, heading: str, part: str) -> Table | None:
        rows: list[Row] = []
        for payer in PAYERS:
            known = [entity for entity, _, whose in self.intervals.known(name) if whose == payer]
            if known:
                rows += [Row((PAYERS[payer], *[""] * 5), "section"), *(self._row(one, name, payer) for one in known)]
        shown = [
            Column(heading, "words"), Column("Given"), Column("Median", live=False),
            Column("90% interval", live=False), Column("Above\n0", live=False), Column("Ranges on", live=False),
        ]  # fmt: skip
        return blocks.table(shown, rows, part, keep_empty=True) if rows else None

    def _row(self, entity: Entity, name: str, payer: str) -> Row:
        key = f"{entity.path}.{name}.{payer}"
        kind, title = ("total", "Together") if entity.level == "case" else ("part", entity.title)
        found, stands = self.intervals.summary(key), self.grounds[key]
        ranged = f"{len(stands.ranged)} of {len(stands.moving)}"
        given = self.view.get(entity, name, payer)
        if found is None:
            return Row((title, given, NOTHING, stands.why_not or NOTHING, NOTHING, ranged), kind)
        middle = Value(key=key, unit=COMPACT_MONEY, number=found.median.value)
        spread = Value(unit="GBP", low=found.low.value, high=found.high.value)
        return Row((title, given, middle, spread, chance_text(found.above_zero), ranged), kind)

    # --- the chance of being back in the black ---------------------------------------------------------------------

    @cached_property
    def months(self) -> list[int]:
        """The months that the chances are shown for: every half-year, or further apart where there are many."""
        horizon = self.simulation.case.horizon
        step = _HALF_YEAR * max(1, -(-horizon // (_HALF_YEAR * _MOST_COLUMNS)))
        return list(range(step, horizon + 1, step)) or [horizon]

    def _chances(self) -> Table | None:
        rows = []
        for entity, _, payer in self.intervals.known(MONTH):
            key = f"{entity.path}.{MONTH}.{payer}"
            chances = self.simulation.chances_by_month(key) if self.grounds[key].bears_an_interval else None
            if chances:
                title = "Together" if entity.level == "case" else entity.title
                rows.append(
                    Row((f"{title} ({payer_name(payer)})", *(chance_text(chances[month]) for month in self.months)))
                )
        shown = [Column("Chance of having\nbroken even by month", "words"), *(Column(str(one)) for one in self.months)]
        return blocks.table(shown, rows, "break-even")

    # --- what moves it ----------------------------------------------------------------------------------------------

    def bars(self, most: int, source: str = "") -> Drawing | None:
        """What moves the chosen result, in a picture."""
        return tornado_drawing(self.simulation, self.tornado, most, source) if self.tornado else None

    def _short(self, key: str) -> str:
        """A figure in words, without what the chosen result says."""
        return short_name(self.simulation.case, key, self.chosen)

    def _name(self, key: str) -> str:
        """A figure or quantity in words."""
        return name_of(self.simulation.case, key)

    @cached_property
    def influences(self) -> Mapping[str, Influence]:
        """Each figure's shares of the variance of the chosen result, largest first."""
        found = shares_of_variance(self.simulation, self.chosen)
        return dict(sorted(found.items(), key=lambda pair: -(pair[1].in_all.value if pair[1].in_all else 0.0)))

    def _variance(self) -> Table | None:
        rows = [
            Row((self._short(key), *_share_cells(found.alone), *_share_cells(found.in_all)))
            for key, found in self.influences.items()
        ]
        headings = ("By itself", "±", "With all\nothers", "±")
        return blocks.table([Column("Share of the variance", "words"), *map(Column, headings)], rows, "variance")

    # --- what is worth finding out ------------------------------------------------------------------------------------

    def _worth(self, most: int) -> Notes | None:
        """What to find out before deciding, and what that is worth; only where the decision stands on something."""
        found = self.stood_on
        if found is None:
            return None
        best = found.options[found.best]
        by = f"{self._name(found.key)}, month {self.simulation.case.horizon}"
        others = " or ".join(option for option in found.options if option != best)
        if found.knowing_all < _POUND:
            return Notes(_WORTH, (("Nothing", f"{best} is better than {others} in every draw; by {by}"),), "worth")
        wrong, cost = chance_text(Estimate(found.regret, 0.0)), written(found.knowing_all, COMPACT_MONEY)
        items = [
            ("Best now", f"{best}, on average; {others} would be better in {wrong} of draws; by {by}"),
            (cost, "lost on average by deciding now; finding everything out is worth no more than that"),
            *((written(value, COMPACT_MONEY), f"at most for: {self._short(key)}")
              for key, value in list(found.knowing.items())[:most] if value >= _POUND),
        ]  # fmt: skip
        return Notes(_WORTH, tuple(items), "worth")

    # --- cautions -----------------------------------------------------------------------------------------------------

    def _cautions(self) -> Iterator[tuple[str, str]]:
        if self.why_none:
            yield "No interval", "of what is mostly contradicted, calibrated, or without ranges"
        yield from self._ends()
        yield from self._without_effect()
        yield "Not in it", "what is not known, what contradicts, how the sums are built"
        yield from self._error()

    def _without_effect(self) -> Iterator[tuple[str, str]]:
        found = self.tornado
        if found and found.without_effect:
            yield "No effect", f"{'; '.join(map(self._short, found.without_effect))}, on {self._name(found.key)}"

    def _ends(self) -> Iterator[tuple[str, str]]:
        """Where the value given is an end of its range, or off its middle; and what a range is read as."""
        used = {key for one in self.grounds.values() for key in one.ranged}
        figures = [one for key, one in self.simulation.figures.items() if key in used]
        figures.sort(key=lambda one: not one.figure.is_money)
        for one in figures:
            yield from lies_of(self.simulation.case, one, self._end(one.key, one.shape.lies))
        yield from reading_of(self.simulation.case, figures)

    def _end(self, key: str, lies: Lies) -> str:
        """Whether an end of a range is the best or the worst for the result that is taken apart; else which it is."""
        swing = next((one for one in (self.tornado.swings if self.tornado else ()) if one.key == key), None)
        is_high = lies == Lies.HIGH_END
        if swing is None or not self.simulation.given[self.chosen].unit.startswith("GBP"):
            return "high" if is_high else "low"
        return "best" if is_high == (swing.at_high > swing.at_low) else "worst"

    def _error(self) -> Iterator[tuple[str, str]]:
        """How far more draws would move what is printed, where that is a digit of it."""
        found = [
            self.intervals.summary(f"{one.path}.{name}.{payer}") for one, name, payer in self.intervals.known(SAVING)
        ]
        moved = [end for some in found if some for end in (some.low, some.median, some.high) if _would_move(end)]
        if moved:
            largest = written(max(end.error for end in moved), "GBP")
            yield "Draws", f"more of them could move a median or an end by {largest}"


def _share_cells(found: Estimate | None) -> Iterator[Cell]:
    """A share with its error; nothing where the draws are too few to tell."""
    if found is None:
        yield from (NOTHING, NOTHING)
        return
    yield percent(found.value, 0)
    yield percent(found.error, 1)


def _would_move(found: Estimate) -> bool:
    value, error = found.value, found.error
    return len({written(value + off, COMPACT_MONEY) for off in (-error, 0.0, error)}) > 1


def simulated(
    cases: Sequence[Case], *, draws: int | None = None, seed: int = 0, asked: str = "", detail: bool = False,
    each_draw: bool = False, everyone: bool = False,
) -> Screen:  # fmt: skip
    """What `simulate` says of a place under one scenario, or of the decision between two. Raises Problems."""
    _check(cases, draws)
    if cases[0].areas is not None:
        from carescale.analysis.simulate_areas import simulate_areas
        from carescale.report.screens.simulate_areas import areas_screen

        _refuse_for_areas(asked, cases, detail=detail, each_draw=each_draw, draws=draws or DRAWS)
        return areas_screen(simulate_areas(cases[0], draws or DRAWS, seed), everyone=everyone)
    made = [simulate(case, draws or DRAWS, seed) for case in cases]
    key = find_quantity(made[0].case, asked) if asked else ""
    other = made[1] if len(made) > 1 else None
    return simulate_screen(made[0], asked=key, other=other, each_draw=each_draw, detail=detail)


def _check(cases: Sequence[Case], draws: int | None) -> None:
    if draws is not None and not FEWEST <= draws <= MOST_DRAWS:
        message = f"{draws:,} draws are not between {FEWEST:,} and {MOST_DRAWS:,}"
        raise Problems([Problem("bad-option", message, Position("--draws"))])
    if len(cases) > 2:
        message = "a decision is between two scenarios, or between one and doing nothing"
        raise Problems([Problem("bad-option", message, Position("--scenario"))])


def _refuse_for_areas(asked: str, cases: Sequence[Case], *, detail: bool, each_draw: bool, draws: int) -> None:
    """What is of one place only. Raises Problems."""
    from carescale.analysis.simulate_areas import MOST_DRAWS as MOST_OF_A_TABLE

    if draws > MOST_OF_A_TABLE:
        message = f"{draws:,} draws are more than {MOST_OF_A_TABLE:,}, the most for a table of many areas"
        raise Problems([Problem("bad-option", message, Position("--draws"))])
    options = {"--for": asked, "--scenario": len(cases) > 1, "--detail": detail, "--each-draw": each_draw}
    for option, given in options.items():
        if given:
            message = "a table of many areas has an interval for each; take one of them apart with --area"
            raise Problems([Problem("bad-option", message, Position(option))])


def simulate_screen(
    simulation: Simulation, *, asked: str = "", other: Simulation | None = None, each_draw: bool = False,
    detail: bool = False,
) -> Screen:  # fmt: skip
    """Everything that `simulate` says of one place; as rows of data percentiles, or every draw."""
    place, brief = (SimulateScreen(simulation, asked, other, detail, brief=is_brief) for is_brief in (False, True))
    rows = Records(data.COLUMNS, lambda: data.quantity_rows(simulation))
    return Screen(
        blocks=lambda: place.blocks,
        first=brief.first,
        records=Records((), frame=lambda: data.each_draw(simulation)) if each_draw else rows,
        document=lambda: data.simulation_json(
            simulation,
            why_none=place.why_none,
            found=place.tornado,
            decision=place.stood_on,
            influences=place.influences if detail else None,
        ),
    )
