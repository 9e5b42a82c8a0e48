"""The screen for many areas and all that is planned for them: a row an area, one total, who is not known and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from carescale.analysis.areas import AreaProjection, project_areas
from carescale.analysis.evidence import notes as evidence_notes
from carescale.analysis.together import AreasTogether
from carescale.case import PORTFOLIO, Case
from carescale.engine.model import Status
from carescale.numbers import DIGITS
from carescale.report import blocks
from carescale.report.blocks import (
    NOT_KNOWN,
    Block,
    Cell,
    Column,
    Headline,
    Line,
    Records,
    Row,
    Said,
    Screen,
    Table,
    Value,
)  # fmt: skip
from carescale.report.formats import COMPACT_MONEY, COMPACT_PEOPLE, number
from carescale.report.screens import notes
from carescale.report.screens.areas import AreasScreen, in_thousands, page_of_areas, table_notes, units_for
from carescale.report.screens.headline import a_year, listed, plan_title, subtitle
from carescale.report.screens.joins import brief_joins
from carescale.report.screens.notes import WORST_BEST
from carescale.report.view import View
from carescale.report.words import name_of, payer_name
from carescale.report.writers.data import FOR_READERS

if TYPE_CHECKING:
    import polars

FORMAT = "carescale.areas-together/1"
_PEOPLE, _A_YEAR = f"{PORTFOLIO}.additional_people", f"{PORTFOLIO}.additional_people_a_year"
_MOST_NAMED = 6


def together_screen(case: Case, *, top: int = 0) -> Screen:
    """Everything that `project` says of many areas and several interventions; `top` areas are listed, 0 for all."""
    shown = TogetherScreen(AreasTogether(case), top)
    return Screen(
        blocks=lambda: shown.blocks,
        first=lambda: shown.first,
        records=Records((), frame=lambda: together_frame(shown.areas)),
        document=lambda: together_json(shown.areas),
        book=lambda path, command: _write_book(shown, path, command),
        page=lambda command: page_of_areas(case, shown.blocks, command),
    )


def _write_book(shown: TogetherScreen, path: Path, command: str) -> None:
    from carescale.report.workbook.together import write_together_workbook

    write_together_workbook(shown.areas, path, command, shown.blocks)


class TogetherScreen(Struct, frozen=True, dict=True):
    """The blocks, worked out when they are asked for."""

    areas: AreasTogether
    top: int

    @property
    def case(self) -> Case:
        """The case of many areas."""
        return self.areas.case

    @cached_property
    def first(self) -> list[Block]:
        """The areas that save or reach most, one total, who is not known, and the gravest cautions."""
        shown = [*self._above, *blocks.there(self._table, self._rest)]
        keys = [key for key in self.areas.keys if self.areas.total(key).known]
        careful = blocks.notes("Read with care", self._briefly(), brief=True)
        more = Line(("More: --full shows everything, --show a part of it: areas, benchmarks, notes, sources.",))
        return [*shown, *blocks.there(self._legend(keys), careful, more)]

    @cached_property
    def blocks(self) -> list[Block]:
        """All of it; then each cohort that is measured against a benchmark, by itself."""
        keys = [key for key in self.areas.keys if self.areas.total(key).known]
        items = [*self._warnings(), *notes.note_items(self.case, keys), *table_notes(self.case, keys)]
        careful = blocks.notes("Read with care", items, "notes")
        found = [*self._above, *blocks.there(self._table, self._rest, self._legend(keys))]
        for view in self._cohorts:
            found += [block for block in AreasScreen(view).blocks if block.part in ("areas", "rates", "benchmarks")]
        return [*found, *blocks.there(careful, notes.sources_block(self.case, keys))]

    @cached_property
    def _cohorts(self) -> list[AreaProjection]:
        return [view for view in project_areas(self.case) if view.catches_up] if self.areas.cohorts else []

    @cached_property
    def _above(self) -> list[Block]:
        people = [(self._total(_PEOPLE, COMPACT_PEOPLE), " more people")]
        if _A_YEAR in self.areas.keys and self.areas.total(_A_YEAR).known:
            people.append((self._total(_A_YEAR, COMPACT_PEOPLE), " more people helped a year"))
        said = listed([*people, *map(self._saving, self.areas.payers)])
        return [Headline((f"{plan_title(self.case)} → ", *said)), subtitle(self.case)]

    def _saving(self, payer: str) -> Said:
        """What a payer saves; that it is before costs which nobody knows, where it is."""
        before = " before costs that are not known" if self._before_costs(payer) else ""
        total = self._total(_net(PORTFOLIO, payer), COMPACT_MONEY)
        return replace(total, marks="") if before else total, f" {a_year(total)}{before} ({payer_name(payer)})"

    def _before_costs(self, payer: str) -> bool:
        return View(self.areas.fullest).before_costs(PORTFOLIO, payer)

    # --- a row an area ------------------------------------------------------------------------------------------------

    @cached_property
    def order(self) -> list[int]:
        """The known areas, those that save the council most first, and where nobody does those that reach most."""
        import numpy as np

        key = next((_net(PORTFOLIO, payer) for payer in self.areas.payers), _PEOPLE)
        values = self.areas[key]
        return [int(at) for at in np.argsort(-values, kind="stable") if values[at] == values[at]]

    @cached_property
    def _fields(self) -> list[tuple[str, str]]:
        """Headings and quantities of the columns: people, what each intervention saves, all together."""
        payers, several = self.areas.payers, len(self.case.interventions) > 1
        fields = [("More\npeople", _PEOPLE)]
        for payer in payers:
            whose = f"\n({payer_name(payer)})" if len(payers) > 1 else ""
            saving = [entity for entity in self.case.interventions if self.areas.total(_net(entity.path, payer)).known]
            if several:
                fields += [(f"{_folded(entity.title)}{whose}", _net(entity.path, payer)) for entity in saving]
            net = "Saving less\nknown costs" if self._before_costs(payer) else "Net saving\na year"
            fields += [(f"{net}\n({payer_name(payer)})", _net(PORTFOLIO, payer))]
        return fields

    @cached_property
    def _table(self) -> Table | None:
        shown = self.order[: self.top] if self.top else self.order
        people, money = units_for(self.areas.total(_net(PORTFOLIO, payer)).value for payer in self.areas.payers)
        units = {key: people if key == _PEOPLE else money for _, key in self._fields}
        partly = {key: self.areas.leaves_out(key) for key in units}
        values = {key: self.areas[key] for key in units}
        rows = []
        for at in shown:
            cells = [_value(key, unit, float(values[key][at]), partly[key][at]) for key, unit in units.items()]
            rows.append(Row((str(self.areas.table.names[at]), *cells)))
        rows.append(Row(("Together", *(self._total(key, unit) for key, unit in units.items())), "total"))
        ends = [self._ends(key, unit) for key, unit in units.items()]
        rows += [Row((WORST_BEST, *ends), "total")] if any(ends) else []
        headings = [f"{heading}{in_thousands(units[key])}" for heading, key in self._fields]
        return blocks.table([Column("Area", "words"), *map(Column, headings)], rows, "areas")

    def _ends(self, key: str, unit: str) -> Cell:
        ends = self.areas.ends.get(key)
        return Value(unit=unit, low=ends[0], high=ends[1]) if ends else ""

    def _total(self, key: str, unit: str) -> Value:
        total = self.areas.total(key)
        if not total.known:
            return Value(key=key, absent=NOT_KNOWN)
        partly = total.missing or self.areas.leaves_out(key).any()
        return Value(key=key, unit=unit, number=total.value, marks="*" if partly else "")

    @cached_property
    def _rest(self) -> Line | None:
        """How many areas are not listed, and who is not known and why."""
        listed_ = len(self.order[: self.top] if self.top else self.order)
        more = len(self.order) - listed_
        said = [f"{more:,} more areas with less: --all lists them."] if more else []
        unknown = sorted(set(range(len(self.areas.table))) - set(self.order))
        if unknown:
            names = [str(self.areas.table.names[at]) for at in unknown[:_MOST_NAMED]]
            rest = f" and {len(unknown) - len(names):,} more" if len(unknown) > len(names) else ""
            said.append(f"Not known: {', '.join(names)}{rest}.")
        return Line((" ".join(said),), "areas") if said else None

    # --- notes --------------------------------------------------------------------------------------------------------

    def _warnings(self) -> Iterator[tuple[str, str]]:
        """What changes the answer: what areas lack, costs that no net has, overlaps, who sets a line."""
        yield from notes.left_out(View(self.areas.fullest))
        yield from self._lacking()
        for view in self._cohorts:
            yield from (item for item in line_warnings(view))
        yield from self._nobody_knows()

    def _briefly(self) -> Iterator[tuple[str, str]]:
        """The same in a line each: what areas lack is one of them."""
        yield from notes.partly_known(View(self.areas.fullest))
        yield from brief_joins(self.case)
        yield from self._nobody_knows()
        lacking = sum(len(group.positions) for group in self.areas.alike if group.lacking)
        if lacking:
            yield "Missing", f"some figure of {lacking:,} areas, each with its reason: --show notes"
        for view in self._cohorts:
            yield from line_warnings(view)
        for note in evidence_notes(self.case, [key for key in self.areas.keys if self.areas.total(key).known]):
            if note.kind == "overlap":
                yield "Overlap", notes.worded(self.case, note)

    def _lacking(self) -> Iterator[tuple[str, str]]:
        """For each figure how many areas lack it, and why."""
        found: dict[str, Counter[str]] = {}
        for group in self.areas.alike:
            for at in group.positions if group.lacking else ():
                for key, reason in self.areas.reasons(int(at), group.lacking).items():
                    found.setdefault(key, Counter())[reason] += 1
        for key, reasons in found.items():
            why = ", ".join(f"{count:,} {reason}" for reason, count in reasons.items())
            yield "Not known", f"{name_of(self.case, key)}: {why}"

    def _nobody_knows(self) -> Iterator[tuple[str, str]]:
        """Current people that no area gives."""
        for part in self.areas.cohorts:
            by_year = self.case.model.choice(part, "counted") == "people_a_year"
            key = f"{part.path}.current_people{'_a_year' if by_year else ''}"
            known = key in self.areas.table.figures or key in self.case.figures
            if not known:
                yield "Not known", f"{self.case.model.entities[part.parent].title}: how many there are now, by area"

    def _legend(self, keys: Sequence[str]) -> Line | None:
        lacking = sum(len(group.positions) for group in self.areas.alike if group.lacking)
        said = f"{NOT_KNOWN} not known · * leaves out what is not known"
        return Line((said,), "legend") if lacking else None


def line_warnings(view: AreaProjection) -> Iterator[tuple[str, str]]:
    """Who alone sets a benchmark, and where it lies far outside the rest."""
    from carescale.report.screens.areas import benchmark_notes

    for label, said in benchmark_notes(view):
        if label == "Warning":
            yield label, said


def _net(path: str, payer: str) -> str:
    return f"{path}.net_saving.{payer}"


def _folded(title: str) -> str:
    """A title over two lines."""
    first, _, rest = title.partition(" ")
    return f"{first}\n{rest}" if rest else title


def _value(key: str, unit: str, found: float, partly: bool) -> Cell:
    if found != found:
        return Value(key=key, absent=NOT_KNOWN)
    return Value(key=key, unit=unit, number=found, marks="*" if partly else "")


# --- as data ----------------------------------------------------------------------------------------------------------


def together_frame(areas: AreasTogether) -> polars.DataFrame:
    """One row an area, in the table's order: the plan as a whole, then each intervention. What is not known, and a
    month beyond the horizon, is blank; `status` is known, partial or unknown, `missing` says what is missing and why.
    """
    import numpy as np
    import polars
    from polars import selectors

    table, count = areas.table, len(areas.table)
    columns: dict[str, Any] = {
        "place": polars.repeat(areas.case.place, count, eager=True),
        "scenario": polars.repeat(areas.case.scenario.name, count, eager=True),
        "code": table.codes,
        "name": table.names,
    }
    if table.regions is not None:
        columns["region"] = table.regions
    for key in areas.keys:
        values = areas[key]
        if not np.isnan(values).all():
            columns[column_name(key)] = np.where(np.isinf(values), np.nan, values)
    columns["status"], columns["missing"] = _status(areas)
    frame = polars.DataFrame({name: polars.Series(name, values) for name, values in columns.items()}).fill_nan(None)
    return frame.with_columns(selectors.float().round_sig_figs(DIGITS)) if count <= FOR_READERS else frame


def column_name(key: str) -> str:
    """A quantity's column: `net_saving_council`, `shared_lives_net_saving_council`."""
    return key.removeprefix(f"{PORTFOLIO}.").replace(".", "_")


def _status(areas: AreasTogether) -> tuple[list[str], list[str]]:
    """How far each area's saving is known; and what it lacks, with why: its own figures, then what nobody publishes."""
    key = next((_net(PORTFOLIO, payer) for payer in areas.payers), _PEOPLE)
    known = areas[key]
    status, missing = ["known"] * len(areas.table), [""] * len(areas.table)
    for group, state in areas.states(key):
        whole = state.status != Status.PARTIAL
        everywhere = {cause: "not known" for cause in state.because if cause not in group.lacking}
        for at in group.positions if group.lacking or not whole else ():
            reasons = {**areas.reasons(int(at), group.lacking), **everywhere}
            status[at] = "partial" if known[at] == known[at] else "unknown"
            missing[at] = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
    return status, missing


def together_json(areas: AreasTogether) -> dict[str, Any]:
    """The areas and their totals as data, versioned."""
    frame = together_frame(areas)
    totals = {column_name(key): areas.total(key) for key in areas.keys}
    return {
        "format": FORMAT,
        "place": areas.case.place,
        "scenario": areas.case.scenario.name,
        "left_out": dict(areas.table.left_out),
        "totals": {
            name: {"total": number(total.value), "areas": total.known, "missing": total.missing}
            for name, total in totals.items()
            if total.known
        },
        "areas": [
            {name: number(cell) if isinstance(cell, float) else cell for name, cell in row.items()}
            for row in frame.to_dicts()
        ],
    }
