"""One sheet of a workbook, written row by row: text as text, formulas with their values, in a few styles."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from msgspec import Struct, field
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from carescale.report.workbook.formats import Look
from carescale.report.workbook.text import LONGEST_LINK, MOST_LINKS, cell_text, column_letters

_HEADING = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "bg_color": "#E7ECEF"}
STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 14},
    "heading": _HEADING,
    "right heading": {**_HEADING, "align": "right"},
    "section": {"bold": True},
    "total": {"bold": True, "top": 1},
    "part": {"indent": 1, "text_wrap": True},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "small": {"font_color": "#595959"},
    "wrapped small": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "input": {"bg_color": "#FFF6D5", "border": 1, "border_color": "#C9B458", "locked": False},
    "fixed": {"bg_color": "#EEEEEE"},
    "link": {"font_color": "#0B5394", "underline": 1, "text_wrap": True, "valign": "top"},
    "right link": {"font_color": "#0B5394", "underline": 1, "text_wrap": True, "align": "right"},
    "right": {"align": "right"},
    "right total": {"align": "right", "bold": True, "top": 1},
    "working": {"font_color": "#7F7F7F"},
    "still": {"font_color": "#7F7F7F", "align": "right", "text_wrap": True},
}
LINE_HEIGHT = 15.0
LETTERS_IN_A_WIDTH = 1.2  # a column's width is counted in digits, and text is narrower
PROTECTION = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "autofilter": True}


class Styles(Struct):
    """The formats of a workbook, each made once."""

    book: Workbook
    made: dict[tuple[str, str], Format] = field(default_factory=dict)

    def other(self, number: str) -> Format:
        """A number format that a rule puts in place of a cell's own."""
        if ("", number) not in self.made:
            self.made["", number] = self.book.add_format({"num_format": number})
        return self.made["", number]

    def __call__(self, style: str, number: str = "") -> Format:
        """A style with a number format."""
        if (style, number) not in self.made:
            shape = {**STYLES[style], **({"num_format": number} if number else {})}
            if number and "align" not in shape:
                shape["align"] = "right"
            self.made[style, number] = self.book.add_format(shape)
        return self.made[style, number]


class _AsWritten(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are. The library looks in each for thirty functions that need a prefix,
    of which we use none: most of the time of a book of many months.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Sheet:
    """A worksheet that is filled from the top."""

    def __init__(
        self, book: Workbook, styles: Styles, name: str, widths: Sequence[float], *, wide: bool = False
    ) -> None:
        self.sheet: Worksheet = book.add_worksheet(name, _AsWritten)
        self.styles, self.name, self.row, self.links, self.widths = styles, name, 0, 0, widths
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.protect("", PROTECTION)
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&L&A&RPage &P of &N")
        self.sheet.hide_gridlines(2)
        if wide:
            self.sheet.set_landscape()

    def text(self, column: int, text: str, style: str = "plain") -> None:
        """Text, whatever it looks like."""
        self.sheet.write_string(self.row, column, cell_text(text), self.styles(style))

    def texts(self, texts: Sequence[str], style: str = "plain", start: int = 0) -> None:
        """A row of texts, and down to the next."""
        for column, text in enumerate(texts, start):
            if text:
                self.text(column, text, style)
        self.row += 1

    def number(self, column: int, value: float, number: str, style: str = "plain") -> None:
        """A given number."""
        self.sheet.write_number(self.row, column, value, self.styles(style, number))

    def formula(self, column: int, formula: str, value: Any, number: str = "", style: str = "plain") -> None:
        """A live formula, with its computed value for programs that do not compute."""
        self.sheet.write_formula(self.row, column, f"={formula}", self.styles(style, number), value)

    def shown(self, column: int, formula: str, value: Any, look: Look, style: str = "plain") -> None:
        """A live formula whose number is shown as the screens show it, whatever it comes to be."""
        self.formula(column, formula, value, look.code, style)
        cell = f"{column_letters(column)}{self.row + 1}"
        for when, code in look.rules:
            rule = {"type": "formula", "criteria": f"={when.format(cell)}", "format": self.styles.other(code)}
            self.sheet.conditional_format(self.row, column, self.row, column, {**rule, "stop_if_true": True})

    def spread(self, last: int, text: str, style: str, first: int = 0, formula: str = "") -> None:
        """Text, or a live formula for it, over several columns, folded into as many lines as it needs."""
        cell = self.styles(style)
        if last > first:
            self.sheet.merge_range(self.row, first, self.row, last, "", cell)
        if formula:
            self.sheet.write_formula(self.row, first, f"={formula}", cell, text)
        else:
            self.text(first, text, style)
        lines = wrap(text, int(sum(self.widths[first : last + 1]) * LETTERS_IN_A_WIDTH))
        self.sheet.set_row(self.row, LINE_HEIGHT * max(1, len(lines)))

    def link(self, column: int, url: str, text: str) -> None:
        """A link to a web page, or the text alone where it is none."""
        if url.startswith(("http://", "https://")) and len(url) <= LONGEST_LINK and self.links < MOST_LINKS:
            self.links += 1
            self.sheet.write_url(self.row, column, cell_text(url), self.styles("link"), cell_text(text))
        else:
            self.text(column, text, "wrapped")

    def goto(self, column: int, name: str) -> None:
        """A link to another sheet."""
        self.sheet.write_url(self.row, column, f"internal:'{name}'!A1", self.styles("right link"), name)

    def heading(self, title: str, says: Sequence[str], columns: Sequence[str]) -> None:
        """A title, what the sheet is for, and its column headings, which stay in view and are printed on every page."""
        self.texts([title], "title")
        for line in says:
            self.texts([line], "small")
        self.texts(columns, "heading")
        self.sheet.freeze_panes(self.row, 1)
        self.sheet.repeat_rows(self.row - 1)
