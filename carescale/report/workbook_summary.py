"""The Summary sheet: the tables of the screen, with a live cell wherever the screen has a number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from carescale.analysis.projection import Projection, Result
from carescale.engine.model import Status
from carescale.report.blocks import Block, Headline, Line, Notes, Outline, Row, Table
from carescale.report.headline import plan_title
from carescale.report.project_screen import project_screen
from carescale.report.values import NOTHING, Shower
from carescale.report.workbook_layout import DIVIDED_BY_NOTHING, Layout
from carescale.report.workbook_text import NOT_KNOWN, number_format
from carescale.report.workbook_writer import Sheet

_TOKEN = re.compile("\ue000(\\d+)\ue001")
_STYLES = {"plain": "plain", "part": "part", "total": "total", "section": "section"}


@dataclass
class LinkingShower(Shower):
    """Puts a token where a result stands; `linked` says which results the tokens stand for."""

    linked: list[tuple[Result, str]] = field(default_factory=list)

    def __call__(self, result: Result) -> str:
        self.shown[result.key] = None
        plan = self.case.plan
        if not plan.need(result.key).usable:
            return NOTHING if result.state.status == Status.NOT_APPLICABLE else NOT_KNOWN
        self.linked.append((result, self.marks_of(result)))
        return f"\ue000{len(self.linked) - 1}\ue001"

    def range_of(self, result: Result) -> str:
        """Nothing: the ends of a range would not move when an input is changed. They stand among the inputs."""
        return ""


@dataclass
class Summary:
    """The screen's blocks, and what their tokens stand for."""

    layout: Layout
    shower: LinkingShower
    blocks: list[Block]

    @classmethod
    def of(cls, projection: Projection, layout: Layout) -> Summary:
        """The blocks of a projection; every figure that they show is placed among the inputs."""
        shower = LinkingShower(projection)
        blocks = project_screen(projection, shower)
        for result, _ in shower.linked:
            layout.place(result.key)
        return cls(layout, shower, blocks)

    def write(self, sheet: Sheet) -> None:
        """Every block, one under the other."""
        case = self.shower.case
        sheet.texts([plan_title(case)], "title")
        for block in self.blocks:
            match block:
                case Line(text):
                    for line in text.split("\n"):
                        sheet.texts([line], "small")
                case Table():
                    self._table(sheet, block)
                case Notes(title, items):
                    _notes(sheet, title, items)
                case Outline(lines):
                    for depth, line in lines:
                        sheet.texts(["  " * depth + line])
                case Headline():
                    pass  # its numbers are in the tables, where they are live

    def _table(self, sheet: Sheet, block: Table) -> None:
        sheet.row += 1
        if block.title:
            sheet.texts([block.title], "section")
        sheet.texts([" ".join(heading.split()) for heading in block.headings], "heading")
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
        found = re.fullmatch(f"(−?){_TOKEN.pattern}", text)
        if found is None and _TOKEN.search(text):
            self._sentence(sheet, column, text, style)
        elif found is None:
            sheet.text(column, text, style)
        else:
            sign, (result, marks) = found[1], self.shower.linked[int(found[2])]
            value, name = self.layout.value(result.key), self.layout.name(result.key)
            if isinstance(value, float):
                shown: float | str = -value if sign else value
            else:
                shown = NOTHING if value == DIVIDED_BY_NOTHING else value
            formula = f'IFERROR({"-" if sign else ""}{name},"{NOTHING}")'
            sheet.formula(column, formula, shown, number_format(result.unit, value, marks), style)

    def _sentence(self, sheet: Sheet, column: int, text: str, style: str) -> None:
        """Numbers among words: a text that is put together live."""
        parts, shown = [], text
        for position, piece in enumerate(_TOKEN.split(text)):
            if position % 2:
                result, marks = self.shower.linked[int(piece)]
                code = number_format(result.unit, self.layout.value(result.key), marks).replace('"', '""')
                parts.append(f'TEXT({self.layout.name(result.key)},"{code}")')
                shown = shown.replace(f"\ue000{piece}\ue001", Shower(self.shower.projection)(result), 1)
            elif piece:
                parts.append('"' + piece.replace('"', '""') + '"')
        sheet.formula(column, "&".join(parts), shown, "", style)


def _notes(sheet: Sheet, title: str, items: tuple[tuple[str, str], ...]) -> None:
    sheet.row += 1
    sheet.texts([f"{title} (as it was when this file was written)"], "section")
    for label, text in items:
        sheet.text(0, label, "wrapped")
        sheet.text(1, text)
        sheet.row += 1
