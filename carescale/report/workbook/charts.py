"""The Charts sheet: cumulative net saving, savings by payer, and gross to net as a waterfall, on live cells."""

from __future__ import annotations

from typing import Any

from carescale.case import PORTFOLIO
from carescale.formulas.vocabulary import PAYERS
from carescale.report.pictures import GROSS, GROSS_TO_NET, NET
from carescale.report.words import name_of
from carescale.report.workbook.formats import number_format
from carescale.report.workbook.layout import FIRST_MONTH_ROW, Layout
from carescale.report.workbook.sheet import Sheet
from carescale.report.workbook.text import NOT_KNOWN, chart_text

_MONEY = number_format("GBP")
_TOTAL, _STEP = "#8DB8D6", "#E6B49A"  # light enough to read the amounts on
_WITHOUT_ZEROS = "£#,##0;−£#,##0;"
_HEADINGS = (
    "Avoided to net, a year (council)", "Hangs above", "Amount", "Clear above zero", "Clear below", "Bar above zero",
    "Bar below",
)  # fmt: skip
_SIZE = {"width": 760, "height": 360}


def write_charts(sheet: Sheet, layout: Layout) -> None:
    """The data of the charts on top, the charts below."""
    sheet.sheet.fit_to_pages(1, 1)  # so that no chart is cut in two on paper
    sheet.texts(["Charts"], "title")
    payers, waterfall = _payers(sheet, layout), waterfall_chart(sheet, layout)
    row = sheet.row + 1
    for chart in (_cumulative(sheet, layout), payers, waterfall):
        if chart is not None:
            chart.set_size(_SIZE)
            sheet.sheet.insert_chart(row, 0, chart)
            row += 19


def _payers(sheet: Sheet, layout: Layout) -> Any:
    """Net saving by payer, as bars."""
    sheet.row += 1
    sheet.texts(["Net saving a year at full scale", "Net saving"], "heading")
    first = sheet.row
    for payer, title in PAYERS.items():
        key = f"{PORTFOLIO}.net_saving.{payer}"
        sheet.text(0, title)
        refer(sheet, layout, 1, key)
        sheet.row += 1
    chart = new_chart(sheet, {"type": "bar"}, "Net saving a year at full scale, by payer")
    chart.add_series({**cells_of(sheet, first, 1), "name": "Net saving", "data_labels": {"value": True}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": _MONEY})
    return chart


def _cumulative(sheet: Sheet, layout: Layout) -> Any:
    """Cumulative net saving by month: where a line crosses zero, the money is back."""
    keys = list(layout.columns)
    lines = [key for key in keys if ".cumulative_net_saving." in key and not layout.columns[key].working]
    if not lines:
        return None
    chart = new_chart(sheet, {"type": "line"}, "Cumulative net saving: where it crosses zero, the money is back")
    first, last = FIRST_MONTH_ROW - 1, FIRST_MONTH_ROW - 1 + layout.projection.case.horizon
    for key in lines:
        column = 1 + keys.index(key)
        chart.add_series(
            {
                "name": chart_text(name_of(layout.projection.case, key)),
                "categories": [layout.sheet("Months"), first, 0, last, 0],
                "values": [layout.sheet("Months"), first, column, last, column],
            }
        )
    chart.set_x_axis({"name": "Month", "label_position": "low", "interval_unit": 6})
    chart.set_y_axis({"num_format": _MONEY})
    chart.set_legend({"position": "bottom"})
    return chart


# --- from gross to net -----------------------------------------------------------------------------------------------


def waterfall_chart(sheet: Sheet, layout: Layout) -> Any:
    """A step for every adjustment that is given; each hangs between the total before it and the one after."""
    if not _adds_up(layout):
        return None
    steps = [name for name in GROSS_TO_NET if layout.plan.need(_key(name)).usable]
    sheet.row += 1
    sheet.texts(_HEADINGS, "heading")
    first, level = sheet.row, _value(layout, GROSS)
    _bar(sheet, layout, "Cost avoided", GROSS)
    for name in steps:
        level -= _value(layout, name)
        # What it hangs above is geometry, not a quantity: where the step before it ends, less its amount.
        before = f"{'B' if sheet.row > first + 1 else 'C'}{sheet.row}"
        sheet.formula(1, f"{before}-C{sheet.row + 1}", level, _MONEY)
        _bar(sheet, layout, GROSS_TO_NET[name], name, level)
    _bar(sheet, layout, "Net saving", NET)
    return _drawn(sheet, first, len(steps))


def _adds_up(layout: Layout) -> bool:
    """Whether gross less the steps is net: where a net is not known, nor is any part of it."""
    get = layout.projection.get
    for entity in layout.projection.case.interventions:
        parts = [get(entity, name, "council").usable for name in (GROSS, *GROSS_TO_NET) if name != "total_overlap"]
        if any(parts) and not get(entity, NET, "council").usable:
            return False
    return all(layout.plan.need(_key(name)).usable for name in (GROSS, NET))


def _key(name: str) -> str:
    return f"{PORTFOLIO}.{name}.council"


def _value(layout: Layout, name: str) -> float:
    return layout.projection[_key(name)].value or 0.0


def _bar(sheet: Sheet, layout: Layout, title: str, name: str, level: float | None = None) -> None:
    """An amount above a level or zero, and the pieces that a stacked column makes of it, of which two are not seen."""
    sheet.text(0, title)
    refer(sheet, layout, 2, _key(name))
    row, amount = sheet.row + 1, _value(layout, name)
    ends = f"C{row},0" if level is None else f"B{row}+C{row},B{row}"
    low, high = sorted((level or 0.0, (level or 0.0) + amount))
    sheet.formula(3, f"MAX(MIN({ends}),0)", max(low, 0), _MONEY)
    sheet.formula(4, f"MIN(MAX({ends}),0)", min(high, 0), _MONEY)
    sheet.formula(5, f"MAX({ends},0)-D{row}", max(high, 0) - max(low, 0), _MONEY)
    sheet.formula(6, f"MIN({ends},0)-E{row}", min(low, 0) - min(high, 0), _MONEY)
    sheet.row += 1


def _drawn(sheet: Sheet, first: int, steps: int) -> Any:
    chart = new_chart(
        sheet, {"type": "column", "subtype": "stacked"}, "From cost avoided to net saving a year (council)"
    )
    points = [{"fill": {"color": colour}} for colour in (_TOTAL, *[_STEP] * steps, _TOTAL)]
    labels = {"data_labels": {"value": True, "num_format": _WITHOUT_ZEROS}, "points": points, "gap": 40}
    for column, shape in ((3, {"fill": {"none": True}}), (4, {"fill": {"none": True}}), (5, labels), (6, labels)):
        chart.add_series({**cells_of(sheet, first, column), **shape})
    chart.set_legend({"none": True})
    chart.set_x_axis({"label_position": "low"})
    chart.set_y_axis({"num_format": _MONEY, "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}})
    return chart


def refer(sheet: Sheet, layout: Layout, column: int, key: str) -> None:
    """A cell that refers to a quantity, or says that it is not known."""
    if not layout.plan.need(key).usable:
        sheet.text(column, NOT_KNOWN, "right")
        return
    layout.place(key)
    sheet.formula(column, layout.name(key), layout.value(key), _MONEY)


def cells_of(sheet: Sheet, first: int, column: int) -> dict[str, Any]:
    """A series of a chart: a column of its sheet from a row down to the last, named by the first column."""
    last = sheet.row - 1
    return {"categories": [sheet.name, first, 0, last, 0], "values": [sheet.name, first, column, last, column]}


def new_chart(sheet: Sheet, kind: dict[str, str], title: str) -> Any:
    """A chart with its title."""
    chart = sheet.styles.book.add_chart(kind)
    chart.set_title({"name": title, "name_font": {"size": 12}})
    return chart
