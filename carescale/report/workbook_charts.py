"""The Charts sheet: cumulative net saving, savings by payer, and gross to net as a waterfall, on live cells."""

from __future__ import annotations

from typing import Any

from carescale.formulas.vocabulary import PAYERS
from carescale.inputs.case import PORTFOLIO
from carescale.report.values import name_of
from carescale.report.workbook_formats import number_format
from carescale.report.workbook_layout import FIRST_MONTH_ROW, Layout
from carescale.report.workbook_text import NOT_KNOWN, cell_text
from carescale.report.workbook_writer import Sheet

_MONEY = number_format("GBP")
_TOTAL, _STEP = "#8DB8D6", "#E6B49A"  # light enough to read the amounts on
_SIZE = {"width": 760, "height": 360}


def write_charts(sheet: Sheet, layout: Layout) -> None:
    """The data of the charts on top, the charts below."""
    sheet.texts(["Charts"], "title")
    payers, waterfall = _payers(sheet, layout), _waterfall(sheet, layout)
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
        _refer(sheet, layout, 1, key)
        sheet.row += 1
    chart = _chart(sheet, {"type": "bar"}, "Net saving a year at full scale, by payer")
    chart.add_series({**_range(first, sheet.row - 1, 1), "name": "Net saving", "data_labels": {"value": True}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": _MONEY})
    return chart


_STEPS = (
    ("Deadweight", "deadweight_loss"),
    ("Displacement", "displacement_loss"),
    ("Optimism on savings", "optimism_off_savings"),
    ("Not cashable", "not_cashable"),
    ("Running cost", "running_cost"),
    ("Optimism on running cost", "optimism_on_running_cost"),
    ("Overlap", "overlap"),
)


def _waterfall(sheet: Sheet, layout: Layout) -> Any:
    """The council's way from gross to net, with a step for every adjustment that is given; each hangs between the
    total before it and the one after.
    """

    def key(name: str) -> str:
        return f"{PORTFOLIO}.{name}.council"

    steps = [(title, key(name)) for title, name in _STEPS if _known(layout, key(name))]
    if not _adds_up(layout):
        return None
    sheet.row += 1
    sheet.texts(["Gross to net, a year (council)", "Hangs above", "Amount"], "heading")
    first = sheet.row
    _bar(sheet, layout, "Gross saving", key("gross_saving"))
    above, level = "C", _value(layout, key("gross_saving"))
    for title, amount in steps:
        level -= _value(layout, amount)
        # Geometry, not a quantity: a step hangs from where the one before it ends.
        sheet.formula(1, f"{above}{sheet.row}-C{sheet.row + 1}", level, _MONEY)
        _bar(sheet, layout, title, amount)
        above = "B"
    _bar(sheet, layout, "Net saving", key("net_saving"))
    chart = _chart(sheet, {"type": "column", "subtype": "stacked"}, "From gross to net saving a year (council)")
    chart.add_series({**_range(first, sheet.row - 1, 1), "fill": {"none": True}, "border": {"none": True}})
    colours = [_TOTAL, *[_STEP] * len(steps), _TOTAL]
    points = [{"fill": {"color": colour}} for colour in colours]
    labels = {"data_labels": {"value": True}, "points": points, "gap": 40}
    chart.add_series({**_range(first, sheet.row - 1, 2), **labels})
    chart.set_legend({"none": True})
    lines = {"visible": True, "line": {"color": "#E0E0E0"}}
    chart.set_y_axis(
        {"num_format": _MONEY, "min": 0, "major_gridlines": lines}
    )  # a cut axis would make small steps look large
    return chart


def _bar(sheet: Sheet, layout: Layout, title: str, key: str) -> None:
    sheet.text(0, title)
    _refer(sheet, layout, 2, key)
    sheet.row += 1


def _adds_up(layout: Layout) -> bool:
    """Whether gross less the steps is net: where a net is not known, nor is any part of it, and gross is known."""
    get = layout.projection.get
    for entity in layout.projection.case.interventions:
        parts = [get(entity, name, "council").usable for name in ("gross_saving", *(name for _, name in _STEPS[:-1]))]
        if any(parts) and not get(entity, "net_saving", "council").usable:
            return False
    return _known(layout, f"{PORTFOLIO}.gross_saving.council") and _known(layout, f"{PORTFOLIO}.net_saving.council")


def _value(layout: Layout, key: str) -> float:
    return layout.projection[key].value or 0.0


def _cumulative(sheet: Sheet, layout: Layout) -> Any:
    """Cumulative net saving by month: where a line crosses zero, the money is back."""
    keys = list(layout.columns)
    lines = [key for key in keys if ".cumulative_net_saving." in key and not layout.columns[key].working]
    if not lines:
        return None
    chart = _chart(sheet, {"type": "line"}, "Cumulative net saving: where it crosses zero, the money is back")
    first, last = FIRST_MONTH_ROW - 1, FIRST_MONTH_ROW - 1 + layout.projection.case.horizon
    for key in lines:
        column = 1 + keys.index(key)
        chart.add_series(
            {
                "name": cell_text(name_of(layout.projection.case, key))[:200],
                "categories": ["Months", first, 0, last, 0],
                "values": ["Months", first, column, last, column],
            }
        )
    chart.set_x_axis({"name": "Month", "label_position": "low", "interval_unit": 6})
    chart.set_y_axis({"num_format": _MONEY})
    chart.set_legend({"position": "bottom"})
    return chart


def _known(layout: Layout, key: str) -> bool:
    return layout.plan.need(key).usable


def _refer(sheet: Sheet, layout: Layout, column: int, key: str) -> None:
    if not _known(layout, key):
        sheet.text(column, NOT_KNOWN, "right")
        return
    layout.place(key)
    sheet.formula(column, layout.name(key), layout.value(key), _MONEY)


def _range(first: int, last: int, column: int) -> dict[str, Any]:
    return {"categories": ["Charts", first, 0, last, 0], "values": ["Charts", first, column, last, column]}


def _chart(sheet: Sheet, kind: dict[str, str], title: str) -> Any:
    chart = sheet.styles.book.add_chart(kind)
    chart.set_title({"name": title, "name_font": {"size": 12}})
    return chart
