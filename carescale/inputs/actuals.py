"""Reading what happened: the months under `actuals:` of a place file, or in a table that it or an option names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from yaml.nodes import Node, SequenceNode

from carescale.actuals import MEASURES, Actuals, Report
from carescale.engine.model import Model
from carescale.inputs.document import Document, at_key, pairs, plain
from carescale.inputs.library import display_name, own_file
from carescale.inputs.periods import month_since
from carescale.inputs.schema import ActualsEntry, check_entry
from carescale.numbers import NotANumber, read_number
from carescale.problems import Position, Problem, Problems, did_you_mean, quoted

COLUMNS = ("month", "intervention", "cohort", "scheme", *MEASURES, "open")
_HAS_POUNDS = "spend"
_OPEN, _NOT_OPEN = ("yes", "y", "true", "open", "1", "x"), ("", "no", "n", "false", "closed", "0", "–", "-")
_ANY_START = "2000-01"
_TABLE = "such as `table: actuals.csv`, with a row a month"


class Row(Struct, frozen=True):
    """A row as it was written: its cells by heading, and where it stands."""

    cells: Mapping[str, str]
    position: Position


class ActualsReader(Struct):
    """Rows as reports of one case; what is wrong with them is collected."""

    model: Model
    start: str
    problems: list[Problem] = field(default_factory=list)
    seen: dict[tuple[int, str, str, str], Position] = field(default_factory=dict)

    def read(self, rows: Iterator[Row]) -> tuple[list[Report], int]:
        """The reports, and how many rows were left out because their month is open."""
        reports, left_open = [], 0
        for row in rows:
            told = row.cells.get("open", "").strip().lower()
            if told in _OPEN:
                left_open += 1
            elif told not in _NOT_OPEN:
                hint = "yes, for a month of which not all is reported; else leave it empty"
                self._problem("wrong-kind", f"open: {quoted(told)} is neither yes nor no", row, hint)
            elif report := self._report(row):
                reports.append(report)
        return reports, left_open

    def _report(self, row: Row) -> Report | None:
        before = len(self.problems)
        month = self._month(row)
        intervention, cohort = self._intervention(row), row.cells.get("cohort", "").strip()
        if intervention and cohort:
            self._check_cohort(row, intervention, cohort)
        numbers = {name: self._number(row, name) for name in MEASURES}
        scheme = " ".join(row.cells.get("scheme", "").split())
        if len(self.problems) == before and not any(value is not None for value in numbers.values()):
            return None  # a month that is prepared and not filled in
        if month and intervention:
            self._once(row, (month, intervention, cohort, scheme))
        if len(self.problems) > before:
            return None
        return Report(
            month=month, intervention=intervention, cohort=cohort, scheme=scheme, position=row.position, **numbers
        )

    def _problem(self, code: str, message: str, row: Row, hint: str = "") -> None:
        self.problems.append(Problem(code, message, row.position, hint))

    def _month(self, row: Row) -> int:
        written = row.cells.get("month", "").strip()
        month = month_since(self.start, written)
        if month is None and not self.start and month_since(_ANY_START, written) is not None:
            self._without_start(row, written)
        elif month is None:
            hint = "a month such as 2027-04 or April 2027, or the number of months since the decision"
            self._problem("not-a-number", f"{quoted(written)} is not a month", row, hint)
        elif month < 1:
            message = f"{quoted(written)} lies before the decision, {self.start}"
            self._problem("out-of-range", message, row, "the month of `start:` is month 1")
        return month if month and month > 0 else 0

    def _without_start(self, row: Row, written: str) -> None:
        """Said once: every other row has the same."""
        message = f"{quoted(written)} counts from the month of the decision, and the plan has none"
        if not any(message.partition("counts")[2] in problem.message for problem in self.problems):
            hint = "write `start: 2026-09` in the file, or use `carescale track FILE --start 2026-09`"
            self._problem("missing-key", message, row, hint)

    def _intervention(self, row: Row) -> str:
        planned = [one.path for one in self.model.entities.values() if one.level == "intervention" and one.parent]
        written = row.cells.get("intervention", "").strip().lower().replace(" ", "_").replace("-", "_")
        if not written and len(planned) == 1:
            return planned[0]
        if written in planned:
            return written
        found = f"the plan has no intervention {quoted(written)}" if written else "it does not say which intervention"
        self._problem("unknown-name", found, row, did_you_mean(written, planned, "Planned here"))
        return ""

    def _check_cohort(self, row: Row, intervention: str, cohort: str) -> None:
        known = [path.rpartition(".")[2] for path, one in self.model.entities.items() if one.parent == intervention]
        if cohort not in known:
            self._problem("unknown-name", f"there is no cohort {quoted(cohort)}", row, did_you_mean(cohort, known))

    def _number(self, row: Row, name: str) -> float | None:
        written = row.cells.get(name, "").strip()
        if not written or written in ("–", "-", "n/k"):
            return None
        try:
            number = read_number(written)
        except NotANumber as why:
            self._problem("not-a-number", f"{name}: {quoted(written)} is not a number", row, str(why))
            return None
        pounds = name == _HAS_POUNDS
        if number.symbol not in (("", "£") if pounds else ("",)):
            hint = "an amount, such as £12,400" if pounds else "so many people, such as 3"
            self._problem("wrong-unit", f"{name}: {quoted(written)} is in {number.symbol}", row, hint)
        elif number.value < 0 and not pounds:
            self._problem("out-of-range", f"{name}: {quoted(written)} is less than nobody", row)
        return float(number.value)

    def _once(self, row: Row, what: tuple[int, str, str, str]) -> None:
        if what in self.seen:
            message = f"this month was reported before, at {self.seen[what]}"
            self._problem("duplicate-key", message, row, "a row a month, for each cohort and scheme")
        self.seen[what] = row.position


def read_actuals(document: Document, base: Path, model: Model, start: str, table: Path | None) -> Actuals:
    """What a place file says happened, or the table in its stead. Raises Problems."""
    node, there = document.find(("actuals",))
    reader = ActualsReader(model, start)
    if table is not None:
        source, file, rows = f"{table.name}, as it was given", display_name(table), list(_table_rows(table))
    elif not there:
        message = "nothing is said of what happened"
        hint = "write `actuals:` with `source:` and `table:`, or use `carescale track FILE --actuals TABLE`"
        hint += "\nthe guide in examples/README.md"
        document.problem("missing-key", message, document.find(("place",))[0], hint)
        raise Problems(document.problems.problems)
    else:
        source, file, rows = _written(document, base, node)
    reports, left_open = reader.read(iter(rows))
    if reader.problems:
        raise Problems(reader.problems)
    if not reports:
        raise Problems([Problem("empty", "no month has been reported yet", Position(file), "a row needs a number")])
    return Actuals(source=source, file=file, reports=tuple(reports), left_open=left_open)


def _written(document: Document, base: Path, node: Node) -> tuple[str, str, list[Row]]:
    """The source, the file and the rows of a block of a place file. Raises Problems."""
    entry = check_entry(document, ActualsEntry, node)
    path = None
    if entry and entry.table:
        path = own_file(base, entry.table, document, at_key(node, "table"), _TABLE)
    if entry and bool(entry.table) == bool(entry.months):
        message = "what happened stands in a `table:`, or under `months:`"
        document.problem("missing-key", message, node, _TABLE)
    if entry is None or document.problems.problems:
        raise Problems(document.problems.problems)
    if path is not None:
        return entry.source, display_name(path), list(_table_rows(path, entry.sheet or ""))
    return entry.source, document.name, list(_written_rows(document, at_key(node, "months")))


def _written_rows(document: Document, node: Node) -> Iterator[Row]:
    items = node.value if isinstance(node, SequenceNode) else []
    problems = []
    for item in items:
        cells = {key.value: str(plain(value) or "") for key, value in pairs(item)}
        for unknown in [name for name in cells if name not in COLUMNS]:
            message = f"{quoted(unknown)} is not a key of a reported month"
            problems.append(Problem("unknown-key", message, document.position(item), did_you_mean(unknown, COLUMNS)))
        yield Row(cells, document.position(item))
    if problems:
        raise Problems(problems)


def _table_rows(path: Path, sheet: str = "") -> Iterator[Row]:
    """The rows of a table whose headings are those of COLUMNS; other columns are its owner's."""
    from carescale.inputs.tables.reading import read_sheet

    found = read_sheet(path, sheet, "month")
    places = {name: place for name in COLUMNS if (place := _place(found.headings, name, path)) is not None}
    if not set(places) & set(MEASURES):
        hint = did_you_mean("people", found.known, "Headings") + f"\nwanted: {', '.join(MEASURES)}"
        message = "no column says how many were there, started or left"
        raise Problems([Problem("unknown-name", message, Position(display_name(path)), hint)])
    for number, cells in enumerate(found.frame.iter_rows(), found.first_row):
        if any(cells):
            yield Row({name: cells[at] or "" for name, at in places.items()}, Position(display_name(path), number))


def _place(headings: tuple[str, ...], name: str, path: Path) -> int | None:
    """The column under a heading. Raises Problems where two have it: which of them counts cannot be known."""
    plain_ones = [re.sub(r"[^a-z]", "", heading.lower()) for heading in headings]
    if plain_ones.count(name) > 1:
        message = f"two columns are headed {quoted(name)}"
        raise Problems(
            [Problem("duplicate-key", message, Position(display_name(path)), "keep one, or rename the other")]
        )
    return plain_ones.index(name) if name in plain_ones else None
