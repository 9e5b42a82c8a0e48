"""The sheets of one place's workbook beside its Summary: inputs, results, months and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carescale.engine.model import Status
from carescale.engine.registry import HORIZON
from carescale.figures import Citation, Figure, Source
from carescale.report.screens.explain import formula_words
from carescale.report.words import evidence_words, name_of, unit_words
from carescale.report.workbook.formats import look, number_format
from carescale.report.workbook.layout import FIRST_MONTH_ROW, Layout
from carescale.report.workbook.sheet import Sheet
from carescale.report.workbook.text import NOT_KNOWN, column_letters

_CALENDAR = (f"{end}_month_of_{span}" for span in ("year", "period", "year_before") for end in ("first", "last"))
STRUCTURE = frozenset({HORIZON, "benchmark_areas", *_CALENDAR})
Addresses = dict[str, str]
_INPUTS = (
    "Figure", "Value", "Unit", "Year", "Low", "High", "Source", "Where, or why assumed", "Note", "Name in formulas",
)  # fmt: skip


def inputs_heading(sheet: Sheet, *more: str) -> None:
    """What the sheet of inputs is, and its columns."""
    says = (
        "Change a yellow cell and every result follows. Grey cells and the choices below are part of how the formulas "
        "are built: change them in the place file and write the workbook anew."
    )
    sheet.heading("Inputs", (says, *more), _INPUTS)


def write_inputs(sheet: Sheet, layout: Layout) -> Addresses:
    """Every given figure, and where it stands."""
    case = layout.projection.case
    inputs_heading(sheet)
    addresses = {}
    for key in input_keys(layout):
        sheet.text(0, name_of(case, key))
        addresses[key] = write_input(sheet, layout, key)
    fixed_heading(sheet)
    for path, value in case.model.choices.items():
        sheet.texts([path, value.replace("_", " ")])
    sheet.texts(["Months looked ahead", str(case.horizon)])
    return addresses


def fixed_heading(sheet: Sheet) -> None:
    """What stands above the choices."""
    sheet.row += 1
    sheet.texts(["What stays fixed in this workbook"], "section")


def input_keys(layout: Layout) -> list[str]:
    """The figures that formulas read, and the unknown ones that results would need, in story order."""
    plan = layout.projection.case.plan
    wanted = [key for key in plan.quantities() if plan.need(key).status != Status.NOT_APPLICABLE]
    behind = plan.behind(wanted)
    unknown = {key: None for key in behind if plan.need(key).status == Status.UNKNOWN}
    return [
        *(key for key in behind if key in layout.inputs or key in unknown),
        *(key for key in layout.inputs if key not in behind),
    ]


def write_input(sheet: Sheet, layout: Layout, key: str) -> str:
    """A given figure beside its name, and down to the next row; the address of its cell."""
    address = f"Inputs!$B${sheet.row + 1}"
    _input(sheet, layout, key, layout.projection.case.figures.get(key))
    sheet.row += 1
    return address


def _input(sheet: Sheet, layout: Layout, key: str, figure: Figure | None) -> None:
    if key in layout.projection.case.model.numbers:
        sheet.number(1, float(layout.numbers[key]), "#,##0.##", "fixed")
        sheet.text(7, "it follows from the place file")
        return
    if figure is None or figure.value is None:
        sheet.text(1, NOT_KNOWN, "right")
        sheet.text(7, figure.unknown if figure else "no figure is given")
        return
    value, unit = float(figure.value), figure.unit
    code = input_format(unit, value)
    sheet.number(1, value, code, "fixed" if structural(key) else "input")
    for column, text in ((2, unit_words(unit)), (3, figure.year), (8, input_note(figure)), (9, layout.name(key))):
        sheet.text(column, text)
    for column, end in ((4, figure.detail.low), (5, figure.detail.high)):
        if end:
            sheet.number(column, float(end.value), input_format(unit, float(end.value)))
    if figure.citation:
        sheet.link(6, figure.citation.source.url, str(figure.citation.source))
    sheet.text(
        7, f"assumption: {figure.assumption}" if figure.assumption else figure.citation.where if figure.citation else ""
    )


def structural(key: str) -> bool:
    """Whether the formulas are built for one value of a figure."""
    return not STRUCTURE.isdisjoint(key.split("."))


def input_format(unit: str, value: float) -> str:
    """As results, but with the pence or the broken people that were printed."""
    if unit.startswith("GBP") and value != int(value):
        return "£#,##0.00;−£#,##0.00"
    return "#,##0.00" if unit in ("person", "arrangement") and value != int(value) else number_format(unit, value)


def input_note(figure: Figure) -> str:
    """All that the file says of a figure beside its source."""
    detail = figure.detail
    solve = detail.solve
    parts = [
        detail.note,
        f"solved so that {solve.quantity} is {solve.target.text}, and not solved anew when an input changes"
        if solve
        else "",
        f"contradicted: {detail.doubt.says} ({detail.doubt.citation})" if detail.doubt else "",
        evidence_words(detail.evidence) if detail.evidence else "",
        f"replaces {detail.replaces}" if detail.replaces else "",
        f"already deducted: {detail.deducted}" if detail.deducted else "",
    ]
    return "; ".join(filter(None, parts))


def write_results(sheet: Sheet, layout: Layout, keys: Iterable[str] | None = None) -> Addresses:
    """Every derived quantity, or some, as live formulas."""
    says = ("Each value is a formula over the inputs and the other results; names are those of `carescale explain`.",)
    sheet.heading("Results", says, ("Quantity", "Value", "Unit", "Status", "How it is worked out", "Name in formulas"))
    projection, plan = layout.projection, layout.plan
    addresses = {}
    for key in _quantities(layout) if keys is None else keys:
        state, bound = plan.need(key), plan.bound[key]
        assert bound is not None
        sheet.text(0, name_of(projection.case, key))
        unit, value = projection[key].unit, layout.value(key)
        if state.usable:
            addresses[key] = f"{layout.on('Results')}$B${sheet.row + 1}"
            sheet.shown(1, layout.formulas[key], value, look(unit, value))
            sheet.formula(3, *_status(sheet.row + 1, str(state.status), value))
            sheet.text(5, layout.name(key))
        else:
            sheet.text(1, NOT_KNOWN, "right")
            sheet.text(3, str(state.status))
        because = f"; {'leaves out' if state.usable else 'missing'} {', '.join(state.because)}" if state.because else ""
        sheet.text(2, unit_words(unit))
        sheet.text(4, formula_words(projection, bound) + because)
        sheet.row += 1
    return addresses


def _quantities(layout: Layout) -> Iterable[str]:
    plan = layout.plan
    asked = dict.fromkeys([*plan.quantities(), *layout.formulas])  # a claim may ask for what is not planned
    keys = [key for key in asked if "~" not in key and plan.need(key).status != Status.NOT_APPLICABLE]
    return [key for key in keys if plan.bound.get(key) and not layout.projection.is_monthly(key)]


def _status(row: int, status: str, value: float | str) -> tuple[str, str]:
    """The status of a result as it now is, and as it was computed."""
    cell = f"$B{row}"
    now = status if isinstance(value, float) else value if not value.startswith("#") else "not applicable"
    return f'IF(ISNUMBER({cell}),"{status}",IF(ISTEXT({cell}),{cell},"not applicable"))', now


def write_months(sheet: Sheet, layout: Layout) -> Addresses:
    """Every series, month by month; the workings of verbs over time stand behind the others, in grey."""
    case, columns = layout.projection.case, list(layout.columns.values())
    titles = [c.title.capitalize() if c.working else name_of(case, c.key) for c in columns]
    sheet.heading("Months", ("Month 0 is the decision; grey columns are workings.",), ("Month", *titles))
    first, last = layout.rows
    for month in range(case.horizon + 1):
        row = first + month
        if month:
            sheet.formula(0, f"$A{row - 1}+1", month, "0")
        else:
            sheet.number(0, 0, "0")
        for position, column in enumerate(columns, 1):
            text = (column.later if month else column.first).format(r=row, p=row - 1)
            value = column.values[month]
            code = "#,##0.00" if column.working else number_format(column.unit)
            sheet.formula(
                position, text, value if value == value else "#DIV/0!", code, "working" if column.working else "plain"
            )
        sheet.row += 1
    assert first == FIRST_MONTH_ROW
    letters = {key: column_letters(position) for position, key in enumerate(layout.columns, 1)}
    shown = [column for column in columns if not column.working]
    on = layout.on("Months")
    return {c.key: f"{on}${letters[c.key]}${first}:${letters[c.key]}${last}" for c in shown}


def write_sources(sheet: Sheet, figures: Sequence[Figure], more: Iterable[Citation] = ()) -> None:
    """Every publication that an input cites."""
    sheet.heading("Sources", ("What the inputs cite.",), ("Source", "Title", "Year", "Link", "Read with care"))
    cited = [*more, *(figure.citation for figure in figures)]
    cited += [figure.detail.range_citation for figure in figures]
    cited += [figure.detail.doubt.citation for figure in figures if figure.detail.doubt]
    sources: dict[str, Source] = {citation.source.key: citation.source for citation in cited if citation}
    for source in sources.values():
        sheet.text(0, source.publisher)
        sheet.text(1, source.title, "wrapped")
        sheet.text(2, source.year)
        sheet.link(3, source.url, source.url or "–")
        sheet.text(4, source.unverified, "wrapped")
        sheet.row += 1
