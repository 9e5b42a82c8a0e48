"""The Charts sheet: cumulative net saving, savings by payer, and gross to net as a waterfall, on live cells."""

from __future__ import annotations

from typing import Any

from carescale.case import PORTFOLIO
from carescale.formulas.vocabulary import PAYERS
from carescale.report.values import name_of
from carescale.report.workbook_formats import number_format
from carescale.report.workbook_layout import FIRST_MONTH_ROW, Layout
from carescale.report.workbook_text import chart_text
from carescale.report.workbook_waterfall import cells_of, new_chart, refer, waterfall_chart
from carescale.report.workbook_writer import Sheet

_MONEY = number_format("GBP")
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
    chart.add_series({**cells_of(first, sheet.row - 1, 1), "name": "Net saving", "data_labels": {"value": True}})
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
                "categories": ["Months", first, 0, last, 0],
                "values": ["Months", first, column, last, column],
            }
        )
    chart.set_x_axis({"name": "Month", "label_position": "low", "interval_unit": 6})
    chart.set_y_axis({"num_format": _MONEY})
    chart.set_legend({"position": "bottom"})
    return chart
