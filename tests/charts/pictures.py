"""One picture of each kind, with awkward text."""

from __future__ import annotations

from carescale.charts.picture import Bar, Bars, Lines, Mark, Picture, Series, Step, Steps
from carescale.report.plan_and_actual import plan_and_actual


def pounds(value: float) -> str:
    sign = "−" if value < 0 else ""
    value = abs(value)
    return f"{sign}£{value / 1e6:g}m" if value >= 1e6 else f"{sign}£{value:,.0f}"


def percent(value: float) -> str:
    return f"{value:.0%}"


SAVING = [-173_333.0 + max(0, month - 7) ** 2 * 2_600 for month in range(61)]
LOW = [-173_333.0 + max(0, month - 8) ** 2 * 1_500 for month in range(61)]
HIGH = [-173_333.0 + max(0, month - 6) ** 2 * 3_300 for month in range(61)]

CUMULATIVE = Picture(
    name="cumulative",
    says="Shared Lives is back in the black in month 15, in Birmingham City Council",
    what="Net saving to the council since the decision, set-up taken off, in 2013 prices, by month",
    told="The line starts at minus £173,333, crosses zero in month 15 and stands at £7.1m in month 60.",
    source="Source: Social Finance, Investing in Shared Lives, 2013; SCIE, 2017. Band: worst to best of the ranges.",
    plot=Lines(
        series=[Series(name="Net saving", values=SAVING, low=LOW, high=HIGH)], text=pounds, marks=[Mark(15, "month 15")]
    ),
    headings=("Month", "Net saving"),
    rows=[(str(month), pounds(SAVING[month])) for month in (0, 12, 24, 60)],
)
CHANCE = Picture(
    name="chance",
    says="By month 24 it is about 9 in 10 that Shared Lives has paid back",
    what="Chance of having broken even, by month since the decision",
    told="The chance rises from nothing in month 8 to 89% in month 24.",
    source="Source: 16,384 draws, seed 1.",
    plot=Lines(
        series=[
            Series(name="Shared Lives", values=[min(1, max(0, (month - 8) / 18)) for month in range(61)]),
            Series(name="Living Well", values=[min(0.97, max(0, (month - 10) / 30)) for month in range(61)]),
        ],
        text=percent, lowest=0.0, highest=1.0,
    ),
)  # fmt: skip
TORNADO = Picture(
    name="tornado",
    says="The published saving a person matters most",
    what="Net saving a year to the council, in £, as each figure goes from its P10 to its P90",
    told="Saving a person moves the result from £620,000 to £1.3m; set-up does not move it.",
    source="Source: ranges of the library.",
    plot=Bars(
        bars=[
            Bar(name="Published saving a person, learning disability, in any arrangement that lasts", start=620_000,
                end=1_334_000, at_start="£620,000", at_end="£1.3m", note="£12,000–£26,000, turns at £17,500"),
            Bar(name="Months to full scale", start=1_200_000, end=1_340_000, at_start="£1.2m", at_end="£1.3m",
                note="12–36 months"),
            Bar(name="<b>R&D</b> & others", start=1_300_000, end=1_345_000, at_start="£1.3m", at_end="£1.3m"),
        ],
        text=pounds, line=1_334_000, line_label="as given: £1.3m", around=True,
    ),
)  # fmt: skip
PEERS = Picture(
    name="peers",
    says="Two of three areas are behind their peers",
    what="People per 100",
    told="Leeds has 4 and its peers 6.",
    source="Source: the areas' returns.",
    plot=Bars(
        bars=[Bar(name=name, start=0, end=end, at_end=f"{end}", crossing=own, crossing_label=f"peers {own}")
              for name, end, own in (("Leeds", 4, 6), ("Bradford", 7, 5), ("Kirklees", 2, 6))],
        text=lambda value: f"{value:g}",
    ),
)  # fmt: skip
ACTUAL = plan_and_actual(
    what="People in arrangements · Leeds", source="Source: the council's return.",
    planned=[max(0.0, min(52.0, (month - 7) * 52 / 18)) for month in range(61)],
    actual=[*[0.0] * 8, 1.0, None, 4.0, 9.0],
    text=lambda value: f"{value:.0f}", band=[(0.0, min(52.0, 4.0 * month)) for month in range(61)],
).picture  # fmt: skip
WATERFALL = Picture(
    name="waterfall",
    says="Of £2.7m gross, £1.0m is left once costs and deadweight are taken off",
    what="From gross to net saving a year at full scale, council",
    told="Gross £2.7m, less deadweight £0.9m, less running cost £0.8m, leaves £1.0m.",
    source="Source: Birmingham City Council.",
    plot=Steps(
        steps=[Step("Gross saving", 2.7e6, True), Step("Lost to deadweight", -0.9e6), Step("Running cost", -0.8e6),
               Step("Net saving", 1.0e6, True)],
        text=pounds,
    ),
)  # fmt: skip
PICTURES = (CUMULATIVE, CHANCE, TORNADO, PEERS, ACTUAL, WATERFALL)
