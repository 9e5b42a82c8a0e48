"""Several plans in one live workbook: what they share once, what differs side by side, and the sheets of each.

Every plan is written as in its own workbook, with its tag in the names of its sheets and quantities: `fixed_number.
portfolio.net_saving.council` stands on the sheet `Results fixed-number`. A figure that all share has one cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from carescale.analysis.compare import Compared
from carescale.case import Case
from carescale.problems import NOWHERE
from carescale.report.blocks import Block
from carescale.report.words import name_of
from carescale.report.workbook.book import INPUT_WIDTHS, PlanInBook, define_names, open_book, write_about_all
from carescale.report.workbook.layout import Layout
from carescale.report.workbook.sheet import Sheet, Styles
from carescale.report.workbook.sheets import (
    Addresses,
    fixed_heading,
    input_keys,
    inputs_heading,
    write_input,
    write_sources,
)
from carescale.report.workbook.summary import Summary
from carescale.report.workbook.text import excel_name

_LONGEST_TAG = 31 - len("Summary ")  # Excel's most letters in the name of a sheet, less the longest word before it
_COLOURS = ("#8DB8D6", "#E6B49A", "#9CC5A1", "#D9C27E", "#B7A6CF", "#C4C4C4")
_STILL = "Numbers follow the inputs; words, and what is grey, are as they were when this file was written."
_DIFFERS = "What differs stands first, a row a plan; what is the same in every plan has one cell for all of them."


def write_plans_workbook(
    compared: Compared, path: Path, command: str, beside: Sequence[Block], shown: Sequence[Sequence[Block]]
) -> None:
    """Write the workbook of the plans that are compared: `beside` is their screen together, `shown` that of each."""
    cases, names = [projection.case for projection in compared.projections], compared.names
    layouts = _layouts(compared)
    summary = Summary.of(layouts, beside)
    plans = [PlanInBook.of(layout, blocks) for layout, blocks in zip(layouts, shown, strict=True)]
    with open_book(path, cases[0]) as book:
        styles = Styles(book)
        _write_beside(Sheet(book, styles, "Summary", (44, *[22] * len(plans)), wide=True), summary)
        places = _write_inputs(Sheet(book, styles, "Inputs", INPUT_WIDTHS, wide=True), layouts, names)
        for number, (plan, addresses) in enumerate(zip(plans, places, strict=True)):
            before = len(book.worksheets())
            plan.write_shown(book, styles)
            define_names(book, plan.layout, addresses | plan.write_behind(book, styles))
            for sheet in book.worksheets()[before:]:
                sheet.set_tab_color(_COLOURS[number % len(_COLOURS)])
        figures = [figure for plan in plans for figure in plan.figures]
        write_sources(Sheet(book, styles, "Sources", (44, 60, 10, 60, 40), wide=True), figures)
        write_about_all(Sheet(book, styles, "About", (28, 90)), cases, command)


def _layouts(compared: Compared) -> list[Layout]:
    """The cells of each plan: what is the same in all has one name, and whatever else a name with the plan's tag."""
    cases, taken = [one.case for one in compared.projections], set[str]()
    given = [key for key, one in cases[0].figures.items() if one.value is not None]
    shared = {key: excel_name(key, taken) for key in (*given, *cases[0].model.numbers) if _is_shared(cases, key)}
    tagged = zip(compared.projections, _tags(compared), strict=True)
    return [Layout(projection, tag, names=dict(shared), _taken=taken) for projection, tag in tagged]


def _is_shared(cases: Sequence[Case], key: str) -> bool:
    """Whether a figure is the same in every plan, source and all, wherever it is written."""
    found = [_given(case, key) for case in cases]
    return all(one == found[0] for one in found)


def _given(case: Case, key: str) -> Any:
    figure = case.figures.get(key)
    return replace(figure, position=NOWHERE) if figure else case.model.numbers.get(key)


def _tags(compared: Compared) -> list[str]:
    """A short name for each plan that can stand in those of sheets: its scenario's, where that tells them apart."""
    scenarios = [Path(projection.case.scenario.name).stem for projection in compared.projections]
    found: list[str] = []
    for name in scenarios if len(set(scenarios)) == len(scenarios) else compared.names:
        plain = " ".join(re.sub(r"[^\w.-]|[^\u0000-\uffff]", " ", name).split())[:_LONGEST_TAG].strip() or "plan"
        tag, number = plain, 1
        while tag.casefold() in map(str.casefold, found):
            number += 1
            tag = f"{plain[: _LONGEST_TAG - 3]} {number}"
        found.append(tag)
    return found


def _write_beside(sheet: Sheet, summary: Summary) -> None:
    """The plans side by side, and the way to the sheets of each."""
    places = dict.fromkeys(_case(layout).place for layout in summary.layouts)
    sheet.texts([f"{', '.join(places)}: {len(summary.layouts)} plans side by side"], "title")
    sheet.texts([_STILL], "small")
    sheet.row += 1
    sheet.text(0, "The sheets of each plan start at")
    for column, layout in enumerate(summary.layouts, 1):
        sheet.goto(column, layout.sheet("Summary"))
    sheet.row += 1
    summary.write_blocks(sheet)


def _write_inputs(sheet: Sheet, layouts: Sequence[Layout], names: Sequence[str]) -> list[Addresses]:
    """Every given figure of every plan; where those of each stand, a shared one told with the first that reads it."""
    inputs_heading(sheet, _DIFFERS)
    cases, read = [_case(one) for one in layouts], [input_keys(layout) for layout in layouts]
    places: list[Addresses] = [{} for _ in layouts]
    keys = {key: _is_shared(cases, key) for some in read for key in some}
    sheet.texts(["What differs from plan to plan"], "section")
    for key in [key for key, is_shared in keys.items() if not is_shared]:
        whose = [at for at, some in enumerate(read) if key in some]
        sheet.texts([name_of(cases[whose[0]], key)])
        for at in whose:
            sheet.text(0, names[at], "part")
            places[at][key] = write_input(sheet, layouts[at], key)
    sheet.row += 1
    sheet.texts(["The same in every plan"], "section")
    for key in [key for key, is_shared in keys.items() if is_shared]:
        first = next(at for at, some in enumerate(read) if key in some)
        sheet.text(0, name_of(cases[first], key))
        places[first][key] = write_input(sheet, layouts[first], key)
    _write_choices(sheet, cases, names)
    return places


def _write_choices(sheet: Sheet, cases: Sequence[Case], names: Sequence[str]) -> None:
    """What the formulas are built for: once where it is the same in all, else plan by plan."""
    fixed_heading(sheet)
    said = [{**case.model.choices, "months looked ahead": str(case.horizon)} for case in cases]
    for path in dict.fromkeys(path for choices in said for path in choices):
        values = [choices.get(path, "not chosen").replace("_", " ") for choices in said]
        if len(set(values)) == 1:
            sheet.texts([path, values[0]])
            continue
        sheet.texts([path])
        for name, value in zip(names, values, strict=True):
            sheet.text(0, name, "part")
            sheet.texts([value], start=1)


def _case(layout: Layout) -> Case:
    return layout.projection.case
