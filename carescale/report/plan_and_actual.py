"""The picture of a plan and what happened: the planned line, its band, and what was counted, month by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from carescale.charts.picture import Lines, Picture, Series
from carescale.report.blocks import Drawing

Number = float | None
PLAN, ACTUAL = "Plan", "Actual"


def plan_and_actual(
    *, what: str, source: str, planned: Sequence[Number], actual: Sequence[Number], text: Callable[[float], str],
    band: Sequence[tuple[float, float]] = (), keys: Sequence[str] = (),
) -> Drawing:  # fmt: skip
    """Two series from month 0, None where nothing is known: a line for the plan, dots for what was counted.

    `what` is what both are of and whose (`People in arrangements · Birmingham`), `text` writes a number of it, `band`
    are the low and high ends of the plan by month, and `keys` the quantity of the plan. The actual series may be the
    shorter one.
    """
    counted = [*actual, *[None] * (len(planned) - len(actual))]
    low, high = zip(*band, strict=True) if band else ((), ())
    lines = [
        Series(name=PLAN, values=planned, low=low, high=high), Series(name=ACTUAL, values=counted, dots=True),
    ]  # fmt: skip
    said = _said(planned, counted, text)
    picture = Picture(
        name="plan-vs-actual", says=said, told=f"{said}.", what=f"{what}, by month since the decision", source=source,
        plot=Lines(series=lines, text=text), headings=("Month", PLAN, ACTUAL),
        rows=[_row(month, pair, text) for month, pair in enumerate(zip(planned, counted, strict=True))],
    )  # fmt: skip
    return Drawing(picture=picture, says=(said,), told=(f"{said}.",), keys=tuple(keys), part="plan-vs-actual")


def _said(planned: Sequence[Number], actual: Sequence[Number], text: Callable[[float], str]) -> str:
    """How the last count stands to the plan."""
    last = max((month for month, value in enumerate(actual) if value is not None), default=None)
    if last is None:
        return "Nothing has been counted yet"
    now, meant = actual[last], planned[last]
    assert now is not None
    if meant is None:
        return f"Month {last}: {text(now)}; the plan has no number there"
    how = ", as planned" if text(now) == text(meant) else f" against {text(meant)} planned"
    return f"Month {last}: {text(now)}{how}"


def _row(month: int, pair: tuple[Number, Number], text: Callable[[float], str]) -> tuple[str, ...]:
    return (str(month), *("" if value is None else text(value) for value in pair))
