"""The Summary sheet: the tables of the screen, with a live cell wherever the screen has a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from carescale.analysis.projection import Result
from carescale.engine.model import Status
from carescale.report.blocks import Headline, Line, Notes, Outline, Row, Screen, Table
from carescale.report.headline import plan_title
from carescale.report.values import NOTHING, Shower
from carescale.report.workbook_formats import look
from carescale.report.workbook_layout import DIVIDED_BY_NOTHING, Layout
from carescale.report.workbook_text import NOT_KNOWN
from carescale.report.workbook_writer import Sheet

_TOKEN = re.compile("\ue000(\\d+)\ue001")
_BROKEN_WORD = re.compile(r"-\s*\n\s*")
_STYLES = {"plain": "plain", "part": "part", "total": "total", "section": "section"}
_LONGEST_WORDS = 250  # Excel takes 255 letters between quotation marks
_FEWEST_COLUMNS = 5  # that text is folded over, so that it can be read beside narrow tables


@dataclass(frozen=True)
class Linked:
    """What a token stands for: a quantity or one month of it, how it is shown, and its text on the screen."""

    key: str
    unit: str
    text: str
    marks: str = ""
    taken_off: bool = False
    month: int | None = None

    def formula(self, layout: Layout) -> str:
        """The cell that it stands for."""
        if self.month is not None:
            return layout.cell_of_month(self.key, self.month)
        return f"{'-' if self.taken_off else ''}{layout.name(self.key)}"

    def value(self, layout: Layout) -> float | str:
        """The computed value of that cell."""
        if self.month is not None:
            month = layout.columns[self.key].values[self.month]
            return month if month == month else NOTHING
        value = layout.value(self.key)
        if isinstance(value, float):
            return -value if self.taken_off else value
        return NOTHING if value == DIVIDED_BY_NOTHING else value

    def words(self, layout: Layout) -> str:
        """A formula for its text."""
        cell, shape = self.formula(layout), look(self.unit, None, self.marks)
        text = f"TEXT({cell},{_quoted(shape.code)})"
        for when, code in reversed(shape.rules):
            text = f"IF({when.format(cell)},TEXT({cell},{_quoted(code)}),{text})"
        return f'IFERROR({text},"{NOTHING}")'


@dataclass
class LinkingShower(Shower):
    """Puts a token where a number stands; `linked` says what the tokens stand for."""

    shows_other_plans = False  # a workbook holds one plan; numbers of another could not be live

    linked: list[Linked] = field(default_factory=list)

    def __call__(self, result: Result, unit: str = "", *, taken_off: bool = False) -> str:
        if not self.case.plan.need(result.key).usable:
            self.shown[result.key] = None
            return NOTHING if result.state.status == Status.NOT_APPLICABLE else NOT_KNOWN
        text = super().__call__(result, unit, taken_off=taken_off)
        return self._token(Linked(result.key, unit or result.unit, text, self.marks_of(result), taken_off))

    def bare(self, result: Result) -> str:
        return self._token(Linked(result.key, result.unit, super().bare(result)))

    def in_months(self, key: str, months: Sequence[int]) -> list[str]:
        texts = zip(months, super().in_months(key, months), strict=True)
        return [self._token(Linked(key, "GBP", text, month=month)) for month, text in texts]

    def _token(self, linked: Linked) -> str:
        self.linked.append(linked)
        return f"\ue000{len(self.linked) - 1}\ue001"

    def range_of(self, result: Result) -> str:
        """Nothing: the ends of a range would not move when an input is changed. They stand among the inputs."""
        return ""


@dataclass
class Summary:
    """The screen's blocks, and what their tokens stand for."""

    layout: Layout
    shower: LinkingShower
    blocks: Screen

    @classmethod
    def of(cls, layout: Layout, screen: Callable[[Shower], Screen]) -> Summary:
        """The blocks of a screen; every figure that they show is placed among the inputs."""
        shower = LinkingShower(layout.projection)
        blocks = screen(shower)
        for linked in shower.linked:
            layout.place(linked.key)
        return cls(layout, shower, blocks)

    @property
    def last(self) -> int:
        """The last column of the widest table, as far as which text is spread."""
        return max([_FEWEST_COLUMNS, *(len(block.headings) for block in self.blocks if isinstance(block, Table))]) - 1

    def write(self, sheet: Sheet) -> None:
        """Every block, one under the other."""
        sheet.texts([plan_title(self.shower.case)], "title")
        for block in self.blocks:
            match block:
                case Line(text):
                    for line in text.split("\n"):
                        shown, formula = self._sentence(line)
                        sheet.spread(self.last, shown, "wrapped small", formula=formula)
                        sheet.row += 1
                case Table():
                    self._table(sheet, block)
                case Notes(title, items):
                    self._notes(sheet, title, items)
                case Outline(lines):
                    for depth, line in lines:
                        sheet.texts(["  " * depth + line])
                case Headline():
                    pass  # its numbers are in the tables, where they are live

    def _table(self, sheet: Sheet, block: Table) -> None:
        sheet.row += 1
        if block.title:
            sheet.texts([block.title], "section")
        for column, heading in enumerate(block.headings):
            unfolded = " ".join(_BROKEN_WORD.sub("-", heading).split())
            sheet.text(column, unfolded, "heading" if column in block.words else "right heading")
        sheet.row += 1
        for row in block.rows:
            self._row(sheet, block, row)

    def _row(self, sheet: Sheet, block: Table, row: Row) -> None:
        for column, cell in enumerate(row.cells):
            text = " ".join(cell.split())
            if column in block.words:
                sheet.text(column, text, _STYLES[row.kind])
            else:
                self._cell(sheet, column, text, "right total" if row.kind == "total" else "right")
        sheet.row += 1

    def _cell(self, sheet: Sheet, column: int, text: str, style: str) -> None:
        found = _TOKEN.fullmatch(text)
        if found is None:
            sheet.text(column, text, style)
            return
        linked = self.shower.linked[int(found[1])]
        value, formula = linked.value(self.layout), f'IFERROR({linked.formula(self.layout)},"{NOTHING}")'
        sheet.shown(column, formula, value, look(linked.unit, value, linked.marks), style)

    def _sentence(self, text: str) -> tuple[str, str]:
        """Words as they stand on the screen, and the formula that puts them together where numbers are among them."""
        shown, parts = "", list[str]()
        for place, piece in enumerate(_TOKEN.split(text)):
            if place % 2:
                linked = self.shower.linked[int(piece)]
                shown, parts = shown + linked.text, [*parts, linked.words(self.layout)]
            else:
                cuts = (piece[start : start + _LONGEST_WORDS] for start in range(0, len(piece), _LONGEST_WORDS))
                shown, parts = shown + piece, [*parts, *map(_quoted, cuts)]
        return shown, "&".join(parts) if _TOKEN.search(text) else ""

    def _notes(self, sheet: Sheet, title: str, items: tuple[tuple[str, str], ...]) -> None:
        sheet.row += 1
        sheet.texts([f"{title} (as it was when this file was written)"], "section")
        for label, text in items:
            sheet.text(0, label, "wrapped")
            sheet.spread(self.last, text, "wrapped", first=1)
            sheet.row += 1


def _quoted(text: str) -> str:
    """Text inside a formula."""
    return '"' + text.replace('"', '""') + '"'
