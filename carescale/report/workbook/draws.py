"""The Draws sheet: percentiles, chances by month and the tornado, as values that do not follow the inputs."""

from __future__ import annotations

from collections.abc import Sequence

from carescale.analysis.grounds import MONTH, SAVING, VALUE, Intervals
from carescale.analysis.tornado import Swing, tornado
from carescale.report.screens.simulate_notes import how
from carescale.report.words import name_of
from carescale.report.workbook.charts import new_chart
from carescale.report.workbook.formats import number_format
from carescale.report.workbook.sheet import Sheet
from carescale.report.workbook.text import chart_text
from carescale.uncertainty.summaries import Summary

_MONEY, _SHARE = number_format("GBP"), number_format("")
_SAYS = (
    "Values, not live: they do not follow an input that is changed. Make them again with `carescale simulate`.",
    "9 of 10 draws lie between P5 and P95. What is mostly contradicted, calibrated or without ranges has neither.",
)
_SWINGS = ("Figure, P10", "Figure, P90", "Result at P10", "Result at P90", "Turns at", "Below", "Above")
_SIZE = {"width": 760, "height": 320}
_LOW, _HIGH = "#8DB8D6", "#E6B49A"


def write_draws(sheet: Sheet, sure: Intervals) -> None:
    """The percentiles of what bears an interval, the chance of having broken even by month, and what moves it."""
    made = sure.simulation
    sheet.heading("Draws", (how(made.design, made.digest), *_SAYS), _HEADINGS)
    bearing = [key for name in (SAVING, VALUE) for key in sure.headline(name)]
    for key in bearing:
        _result(sheet, sure, key)
    _chances(sheet, sure)
    saving = next((key for key in bearing if sure.summary(key) and f".{SAVING}." in key), "")
    if saving:
        _tornado(sheet, sure, saving)


_HEADINGS = ("Result", "Given", "P5", "Median", "P95", "Mean", "Above 0", "± of the median", "Why no interval")


def _result(sheet: Sheet, sure: Intervals, key: str) -> None:
    found = sure.summary(key)
    sheet.text(0, name_of(sure.simulation.case, key))
    sheet.number(1, sure.simulation.given[key].value or 0.0, _MONEY)
    if found is None:
        sheet.text(8, sure.grounds[key].why_not)
    else:
        _summary(sheet, found)
    sheet.row += 1


def _summary(sheet: Sheet, found: Summary) -> None:
    for column, one in enumerate((found.low, found.median, found.high, found.mean), 2):
        sheet.number(column, one.value, _MONEY)
    sheet.number(6, found.above_zero.value, _SHARE)
    sheet.number(7, found.median.error, _MONEY)


def _chances(sheet: Sheet, sure: Intervals) -> None:
    """A row a month, a column for each entity and payer whose chance stands on something."""
    keys = [key for key in sure.headline(MONTH) if sure.grounds[key].bears_an_interval]
    found = {key: chances for key in keys if (chances := sure.simulation.chances_by_month(key))}
    if not found:
        return
    sheet.row += 1
    names = [name_of(sure.simulation.case, key) for key in found]
    sheet.texts(["Chance of having broken even by month", *names], "heading")
    for month in range(sure.simulation.case.horizon + 1):
        sheet.number(0, month, "0")
        for column, chances in enumerate(found.values(), 1):
            sheet.number(column, chances[month].value, _SHARE)
        sheet.row += 1


def _tornado(sheet: Sheet, sure: Intervals, key: str) -> None:
    """Each figure from its P10 to its P90, as numbers and as a chart of bars around the result at the medians."""
    found = tornado(sure.simulation, key)
    if found is None or not found.swings:
        return
    sheet.row += 1
    name = name_of(sure.simulation.case, key)
    said = f"What moves {name}"
    sheet.texts(
        [said, "Figure, P10", "Figure, P90", "Result at P10", "Result at P90", "Turns at", "Below", "Above"], "heading"
    )
    first = sheet.row
    for swing in found.swings:
        _swing(sheet, sure, swing, found.middle)
    _chart(sheet, said, first, found.middle, len(found.swings))


def _swing(sheet: Sheet, sure: Intervals, swing: Swing, middle: float) -> None:
    unit = number_format(sure.simulation.given[swing.key].unit)
    sheet.text(0, name_of(sure.simulation.case, swing.key))
    for column, (value, number) in enumerate(
        ((swing.low, unit), (swing.high, unit), (swing.at_low, _MONEY), (swing.at_high, _MONEY)), 1
    ):
        sheet.number(column, value, number)
    if swing.switches_at is not None:
        sheet.number(5, swing.switches_at, unit)
    ends: Sequence[float] = sorted((swing.at_low, swing.at_high))
    sheet.number(6, ends[0] - middle, _MONEY)
    sheet.number(7, ends[1] - middle, _MONEY)
    sheet.row += 1


def _chart(sheet: Sheet, said: str, first: int, middle: float, count: int) -> None:
    chart = new_chart(sheet, {"type": "bar", "subtype": "stacked"}, chart_text(said))
    last = first + count - 1
    for column, colour, name in ((6, _LOW, "Below"), (7, _HIGH, "Above")):
        chart.add_series(
            {
                "name": name, "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column], "fill": {"color": colour}, "gap": 40,
            }
        )  # fmt: skip
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"num_format": _MONEY, "name": f"from {middle:,.0f} pounds, with every figure at its median"})
    chart.set_legend({"position": "bottom"})
    chart.set_size(_SIZE)
    sheet.sheet.insert_chart(sheet.row + 1, 0, chart)
