"""The screen of `track`: plan, actual and difference to date; the pace; what comes of it if it goes on so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.track import PAYER, Needed, Track, Tracked
from carescale.charts.svg import WIDTH
from carescale.engine.keys import outermost
from carescale.inputs.periods import calendar_month
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
    Records,
    Row,
    Said,
    Screen,
    Table,
    Value,
)
from carescale.report.chances import chance_text
from carescale.report.formats import TENTHS, written
from carescale.report.screens import notes
from carescale.report.screens.headline import listed, plan_title, subtitle
from carescale.report.screens.track_data import COLUMNS, track_json, track_rows
from carescale.report.screens.track_notes import cautions, method_items
from carescale.report.screens.two_numbers import two_numbers_blocks
from carescale.report.view import View
from carescale.report.words import payer_name
from carescale.report.writers.drawings import as_svg, png_of

FORMATS = ("xlsx", "docx", "svg", "png", "scenario")
_WHO = payer_name(PAYER)
_MANY = 100  # people, from where on a tenth of one is no matter


def track_screen(track: Track) -> Screen:
    """Everything that `track` says of a plan."""
    shown = TrackScreen(track)
    return Screen(
        blocks=lambda: shown.blocks,
        first=shown.first,
        records=Records(COLUMNS, lambda: track_rows(track)),
        document=lambda: track_json(track),
        book=lambda path, command: _write_book(track, path, command, shown.blocks),
        report=lambda: shown.blocks,
        other={
            "scenario": lambda: _scenario(track),
            "svg": lambda: as_svg(drawing_of(shown.blocks), WIDTH) + "\n",
            "png": lambda: png_of(drawing_of(shown.blocks), WIDTH),
        },
    )


def _write_book(track: Track, path: Path, command: str, shown: Sequence[Block]) -> None:
    from carescale.report.workbook.plain import write_plain_workbook

    values = "what happened is counted; the plan's own workbook, of `carescale project`, is live"
    write_plain_workbook(track.case, "Plan and actual", path, command, shown, values=values)


def drawing_of(shown: Sequence[Block], asked: str = "") -> Drawing:
    """The picture of the intervention that is asked for, or of the only one. Raises Problems where it is not one."""
    there = {outermost(block.keys[0]): block for block in shown if isinstance(block, Drawing)}
    if asked in there or (len(there) == 1 and not asked):
        return there[asked or next(iter(there))]
    if not there:
        raise Problems([Problem("bad-option", "there are no months to draw", Position("--output"))])
    hint = " or ".join(f"carescale chart … --kind plan-vs-actual --for {name}" for name in there)
    message = f"there is no picture of `{asked}`" if asked else f"a picture is of one of {len(there)} interventions"
    raise Problems([Problem("bad-option", message, Position("--for" if asked else "--output"), hint)])


def _scenario(track: Track) -> str:
    from carescale.report.screens.reference import scenario_text

    return scenario_text(track)


class TrackScreen(Struct, frozen=True, dict=True):
    """The blocks of a track, worked out when they are asked for."""

    track: Track

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything: each intervention, its schemes, its picture; the method and the notes."""
        shown = [*self._above(), *self._all()]
        method = blocks.notes("Method", method_items(self.track), "method")
        careful = blocks.notes("Read with care", cautions(self.track), "notes")
        return [*shown, *blocks.there(blocks.legend(shown), careful, method, self._sources())]

    def first(self) -> list[Block]:
        """What decides, of each intervention; its picture, its cohorts and its schemes are an option away."""
        shown = [*self._above(), *self._deciding()]
        careful = blocks.notes("Read with care", list(cautions(self.track))[:4], brief=True)
        named = [Line((), part) for part in ("method", "notes")]
        more = notes.more([*self._all(), *named, *blocks.there(self._sources())])
        return [*shown, *blocks.there(blocks.legend(shown), careful, more)]

    def _above(self) -> list[Block]:
        return [headline(self.track), subtitle(self.track.case)]

    def _deciding(self) -> list[Block]:
        if self.track.two_numbers:
            return two_numbers_blocks(self.track)
        brief = len(self.track.tracked) > 1
        return [block for one in self.track.tracked for block in InterventionBlocks(one).deciding(brief=brief)]

    def _all(self) -> list[Block]:
        if self.track.two_numbers:
            return two_numbers_blocks(self.track)
        return [block for one in self.track.tracked for block in InterventionBlocks(one).all()]

    def _sources(self) -> Block | None:
        asked = ("net_saving", "set_up_cost")
        keys = [f"{one.entity.path}.{name}.{PAYER}" for one in self.track.tracked for name in asked]
        return notes.sources_block(self.track.case, keys) if keys else None


def headline(track: Track) -> Headline:
    """How many are there, beside the plan, and when all will be, if it goes on so."""
    if track.two_numbers:
        return Headline((f"{plan_title(track.case)} → two published numbers, and what they can say of a pace",))
    answers = [_answer(one, named=len(track.tracked) > 1) for one in track.tracked]
    return Headline((f"{plan_title(track.case)} → ", *listed(answers)))


def _answer(one: Tracked, *, named: bool) -> Said:
    there, planned = actual(one, "people"), one.plan[f"{one.entity.path}.people_by_now"].value
    whose = f"{one.entity.title}: " if named else ""
    if there is None or planned is None or one.counts_by_year:
        started = actual(one, "starts") or 0.0
        return (f"{whose}{started:g} started in {one.now} months", *_in_words(one))
    gap = written(abs(planned - there), "person")
    beside = f", {gap} {'fewer' if planned > there else 'more'} than planned" if gap != "0" else ", as planned"
    return (f"{whose}{there:g} people after {one.now} months{beside}", *_in_words(one))


def _in_words(one: Tracked) -> Said:
    if one.too_early or one.pace is None:
        return ("; too early to say how it goes on",)
    found = one.summary("month_all_are_there")
    pace = f"; at {written(one.pace.seen, TENTHS)} starts a month "
    if found is None:
        return (f"{pace}it is not known when all are there",)
    last = Value(unit="month", number=found.median.value, horizon=one.case.horizon,
                 within="all are there in month {}", beyond=f"not all are there by {one.case.horizon}")  # fmt: skip
    return (pace, last)


def actual(one: Tracked, measure: str) -> float | None:
    """What was counted by the last report: who is there, or all who started, left or all that was spent."""
    return one.months.people(one.now) if measure == "people" else one.months.total(measure)


class InterventionBlocks(Struct, frozen=True, dict=True):
    """The blocks of one intervention."""

    one: Tracked

    @cached_property
    def plan(self) -> View:
        return View(self.one.plan)

    @cached_property
    def counted(self) -> View:
        return View(self.one.counted)

    def deciding(self, *, brief: bool) -> list[Block]:
        """To date, the pace, the months to come, and what would bring it back."""
        tables = (self.to_date(), self.pace(), self.early(), self.ahead(), self.back())
        return blocks.there(*(tables[:3] if brief else tables))

    def all(self) -> list[Block]:
        """The same with its cohorts, schemes and picture."""
        return blocks.there(
            self.to_date(), self.cohorts(), self.pace(), self.early(), self.ahead(), self.back(), self.schemes(),
            self.picture(),
        )  # fmt: skip

    # --- to date -----------------------------------------------------------------------------------------------------

    def to_date(self) -> Table | None:
        """Plan, actual and their difference by the last report."""
        one, payer = self.one, f" ({_WHO})"
        rows = [self._people("People there", "people_by_now", actual(one, "people"))]
        rows.append(self._people("Started so far", "started_by_now", actual(one, "starts")))
        rows.append(self._people("Left so far", "left_by_now", actual(one, "leavers")))
        saved = self.counted.get(one.entity, "saved_by_now", PAYER)
        rows.append(self._money(f"Saved before costs{payer}", "saved_by_now", saved.number))
        rows.append(self._money(f"Spent so far{payer}", "planned_cost_at_report", actual(one, "spend")))
        kept = [row for row in rows if not (_is_empty(row.cells[1]) and _is_empty(row.cells[2]))]
        return blocks.table(self._columns(self._until()), kept, "to-date")

    def _until(self) -> str:
        month = calendar_month(self.one.case.start, self.one.now)
        numbered = f", month {self.one.now}" if self.one.case.start else ""
        return f"{self.one.entity.title}, to {month}{numbered}"

    def _columns(self, heading: str) -> list[Column]:
        return [Column(heading, "words"), Column("Plan"), Column("Actual"), Column("Difference")]

    def _people(self, label: str, name: str, counted: float | None) -> Row:
        planned = self.plan.get(self.one.entity, name)
        unit = TENTHS if max(planned.number or 0.0, counted or 0.0) < _MANY else "person"
        return self._row(label, replace(planned, unit=unit), counted, unit)

    def _money(self, label: str, name: str, counted: float | None) -> Row:
        return self._row(label, self.plan.get(self.one.entity, name, PAYER), counted, "GBP")

    def _row(self, label: str, planned: Value, counted: float | None, unit: str) -> Row:
        happened = Value(unit=unit, number=counted) if counted is not None else Value(absent=NOTHING)
        apart = None if counted is None or planned.number is None else counted - planned.number
        return Row((label, planned, happened, signed(apart, unit)))

    def cohorts(self) -> Table | None:
        """Who is there of each cohort that rows name."""
        one = self.one
        assert one.case.actuals is not None
        rows = []
        for name in one.case.actuals.cohorts(one.entity.path):
            path = f"{one.entity.path}.{name}"
            keys = (f"{path}.additional_people", f"{one.entity.path}.people_by_now",
                    f"{one.entity.path}.additional_people")  # fmt: skip
            planned = one.plan.apply(lambda part, now, whole: part * now / whole, *keys)
            months = one.case.actuals.of(one.entity.path, cohort=name)
            value = Value(unit=TENTHS, number=planned)
            title = one.case.model.entities[path].title
            rows.append(self._row(f"{title}, there", value, months.people(one.now), TENTHS))
        return blocks.table(self._columns(f"{one.entity.title}, by cohort"), rows, "cohorts")

    # --- the pace ----------------------------------------------------------------------------------------------------

    def pace(self) -> Table | None:
        """Starts a month since the first match, beside the plan's; the share who leave."""
        one = self.one
        if one.too_early or one.pace is None:
            return None
        first = calendar_month(one.case.start, one.pace.first_match)
        low, high = one.pace.interval
        planned = self.plan.get(one.entity, "planned_pace", unit=TENTHS)
        rows = [Row(("Starts a month", planned, Value(unit=TENTHS, number=one.pace.seen), _between(low, high, TENTHS)))]
        if planned.number:
            shares = [end / planned.number for end in (one.pace.seen, low, high)]
            of_plan = Value(number=shares[0], printed=percent(shares[0], 0))
            rows.append(Row(("of plan", "", of_plan, f"{percent(shares[1], 0)} to {percent(shares[2], 0)}"), "part"))
        rows += filter(None, [self._leaving()])
        columns = [Column(f"Pace since the first match, {first}", "words"), Column("Plan"), Column("Seen")]
        return blocks.table([*columns, Column("9 in 10")], rows, "pace")

    def _leaving(self) -> Row | None:
        """The share who leave; in brackets where the plan's own is kept."""
        planned, found = self.plan.get(self.one.entity, "leaving_rate"), self.one.leaving
        if found is None:
            return None
        (low, high), kept = found.interval, self.one.keeps_leaving_of_plan
        label = "Leave in a month, too few to tell" if kept else "Leave in a month"
        return Row((label, _tenths(planned.number), _tenths(found.at(0.0)), f"{percent(low, 1)} to {percent(high, 1)}"))

    def early(self) -> Line | None:
        """That it is too early to say, and how far it has come."""
        one = self.one
        if not one.too_early:
            return None
        return Line((f"{one.entity.title}: too early to say how fast it goes: {one.too_early}.",), "pace")

    # --- if it goes on so --------------------------------------------------------------------------------------------

    def ahead(self) -> Table | None:
        """When all are there, when the money is back, and the most that has to be found, if it goes on so."""
        one = self.one
        if one.seen is None:
            return None
        asked = (
            ("Full scale, month", "month_all_are_there", "month_all_are_there", ""),
            (f"Break-even, month ({_WHO})", "break_even_month", "break_even_as_seen", PAYER),
            (f"Peak funding ({_WHO})", "peak_funding", "peak_as_seen", PAYER),
        )
        rows = [row for label, *names in asked if (row := self._ahead(label, *names))]
        columns = [Column("If it goes on so", "words"), Column("Plan"), Column("Middle"), Column("9 in 10")]
        return blocks.table([*columns, Column("Chance of plan\nor better")], rows, "ahead")

    def _ahead(self, label: str, planned: str, seen: str, payer: str) -> Row | None:
        one = self.one
        plan, found = self.plan.get(one.entity, planned, *filter(None, (payer,))), one.summary(seen, payer)
        plan = replace(plan, low=None, high=None)  # the plan's own number; its range is no part of what happened
        if found is None:
            return None
        horizon, unit = one.case.horizon, plan.unit
        middle = Value(unit=unit, number=found.median.value, horizon=horizon)
        hope = one.chance_by(seen, plan.number, payer) if plan.number is not None else None
        chance = chance_text(hope) if hope else NOTHING
        return Row((label, plan, middle, _between(found.low.value, found.high.value, unit, horizon), chance))

    def back(self) -> Table | None:
        """The starts a month from now that would bring each month back to plan."""
        rows = [Row((self._goal(needed), *_needed(needed))) for needed in self.one.needed]
        columns = [Column("Back to plan", "words"), Column("Starts a month from now", "words")]
        return blocks.table(columns, rows, "back", keep_empty=True)

    def _goal(self, needed: Needed) -> str:
        what = "Full scale" if "there" in needed.quantity else "Break-even"
        month = int(needed.month)
        when = f" ({calendar_month(self.one.case.start, month)})" if self.one.case.start else ""
        return f"{what} by month {month}{when}"

    # --- schemes, picture --------------------------------------------------------------------------------------------

    def schemes(self) -> Table | None:
        """Each scheme's pace, and the range for a new one."""
        from carescale.report.screens.reference import schemes_table

        return schemes_table(self.one)

    def picture(self) -> Block | None:
        """The plan's line and what was counted."""
        from carescale.report.plan_and_actual import plan_and_actual

        one, path = self.one, self.one.entity.path
        key = f"{path}.people_in_month"
        planned = one.planned_people
        return plan_and_actual(
            what=f"People there, {one.entity.title} · {one.case.place}",
            source=f"Source: {one.case.actuals.source if one.case.actuals else ''}; plan: {one.case.file}",
            planned=planned,
            actual=[0.0, *(one.months.people(month) for month in range(1, one.now + 1))],
            text=lambda value: written(value, "person"),
            keys=[key],
        )


def _tenths(share: float | None) -> Cell:
    """A small share, to a tenth of a per cent."""
    return NOTHING if share is None else Value(number=share, printed=percent(share, 1))


def _is_empty(cell: Cell) -> bool:
    return not isinstance(cell, Value) or bool(cell.absent)


def signed(number: float | None, unit: str) -> Cell:
    """A difference with its sign."""
    if number is None:
        return NOTHING
    more = written(number, unit).strip("£0.,") and number > 0
    return Value(unit=unit, number=number, within="+{}" if more else "{}")


def _between(low: float, high: float, unit: str, horizon: int = 0) -> str:
    """The ends of an interval in words: 0.7 to 1.8, 33 to beyond 60."""

    def said(end: float) -> str:
        return f"beyond {horizon}" if end == float("inf") else written(end, unit)

    return said(low) if said(low) == said(high) else f"{said(low)} to {said(high)}"


def _needed(needed: Needed) -> Iterator[Cell]:
    if needed.pace is None:
        yield "no number of starts would"
    elif not needed.can_be:
        yield f"{written(needed.pace, TENTHS)}, more than the {written(needed.most or 0, TENTHS)} that can start"
    else:
        yield Value(unit=TENTHS, number=needed.pace)
