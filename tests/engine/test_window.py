"""A total over a year's months looks at those months alone; it is the same sum."""

import math

import numpy as np
import pytest

from carescale.engine.arrays import ARRAYS
from carescale.engine.evaluate import compile_schedule, windows_of
from carescale.engine.scalars import FLOATS
from carescale.engine.schedule import Phase, Schedule, Step
from carescale.engine.tree import Name, Operation
from carescale.engine.verbs import where

MONTH, FIRST, LAST, FLOW = (Name(name) for name in ("month", "first", "last", "flow"))
WITHIN = (FIRST <= MONTH) * (MONTH <= LAST)


def _schedule(series):
    """A flow of ten more each month, which months are within, and the total of a series over them."""
    monthly = (Step("flow", MONTH * 10), Step("within", WITHIN))
    phases = {"flow": Phase.MONTHLY, "within": Phase.MONTHLY, "total": Phase.AFTER}
    return Schedule(
        inputs=("first", "last"), before=(), monthly=monthly, scans=(Step("total", Operation("total", (series,))),),
        after=(), phases=phases,
    )  # fmt: skip


def total(series, verbs=FLOATS, *, first=3.0, last=5.0, horizon=12):
    return compile_schedule(_schedule(series), verbs, ["total"]).run({"first": first, "last": last}, horizon)["total"]


@pytest.mark.parametrize("condition", [Name("within") > 0, Name("within"), WITHIN, WITHIN > 0])
def test_months_3_to_5_of_ten_more_each_month_are_120(condition):
    assert windows_of(_schedule(where(condition, FLOW, 0)))
    assert total(where(condition, FLOW, 0)) == 30 + 40 + 50


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(-5.0, 1.0, 10.0), (0.5, 2.5, 30.0), (11.0, 99.0, 230.0), (13.0, 20.0, 0.0), (5.0, 3.0, 0.0),
     (1.0, math.inf, 780.0),
     (-math.inf, -1.0, 0.0), (math.nan, 3.0, 0.0)],
)  # fmt: skip
def test_a_window_ends_with_the_horizon_and_may_be_empty(first, last, found):
    assert total(where(Name("within") > 0, FLOW, 0), first=first, last=last) == found


def test_what_is_missing_in_other_months_is_no_part_of_the_sum():
    assert total(where(WITHIN, 1 / (MONTH - 7), 0)) == pytest.approx(-1 / 4 - 1 / 3 - 1 / 2)
    assert math.isnan(total(where(WITHIN, 1 / (MONTH - 4), 0)))


def test_where_the_months_differ_side_by_side_each_has_its_own():
    found = total(where(Name("within") > 0, FLOW, 0), ARRAYS, first=np.array([3.0, 0.0]), last=5.0)
    assert found.tolist() == [120.0, 150.0]


@pytest.mark.parametrize(
    "series",
    [where(WITHIN, FLOW, 1), where(FLOW <= 50, FLOW, 0), where(MONTH < LAST, FLOW, 0),
     where(FLOW * (FIRST <= MONTH), FLOW, 0),
     where(MONTH <= FLOW, FLOW, 0), where(WITHIN > 1, FLOW, 0), FLOW],
)  # fmt: skip
def test_what_is_more_than_nothing_elsewhere_or_asks_for_more_than_the_month_has_no_window(series):
    assert not windows_of(_schedule(series))


def test_only_series_that_are_read_are_worked_out():
    program = compile_schedule(_schedule(where(Name("within") > 0, FLOW, 0)), FLOATS, ["total"])
    assert [step.key for step in program.schedule.monthly] == ["flow"]
    kept = compile_schedule(_schedule(where(Name("within") > 0, FLOW, 0)), FLOATS, ["within"])
    assert [step.key for step in kept.schedule.monthly] == ["flow", "within"]
