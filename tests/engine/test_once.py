"""What is the same in every month is worked out once; what comes out is the same to the bit."""

import math

import numpy as np
import pytest

from carescale.engine.arrays import ARRAYS
from carescale.engine.evaluate import Program, compile_schedule
from carescale.engine.once import OWN_VERBS, once_before_the_months
from carescale.engine.scalars import FLOATS
from carescale.engine.schedule import Phase, Schedule, Step
from carescale.engine.tree import Constant, Expression, Name, Operation
from carescale.engine.verbs import maximum, minimum, where

MONTH, PRICE, DELAY, RAMP = (Name(name) for name in ("month", "price", "delay", "ramp"))
SHARE = minimum(maximum((MONTH - DELAY) / maximum(RAMP, 1.0), 0.0), 1.0)
TAKINGS = where(PRICE * 2 > 0, PRICE * 12 * Name("share") / 12, 0.0)
NUMBERS = {"price": 7.3, "delay": 2.5, "ramp": 9.7}


def _schedule(**trees: Expression) -> Schedule:
    """Shares and takings month by month, and trees over them that look to the end."""
    monthly = (Step("share", SHARE), Step("takings", TAKINGS))
    scans = tuple(Step(key, tree) for key, tree in trees.items())
    phases = {"share": Phase.MONTHLY, "takings": Phase.MONTHLY} | dict.fromkeys(trees, Phase.AFTER)
    return Schedule(inputs=tuple(NUMBERS), before=(), monthly=monthly, scans=scans, after=(), phases=phases)


TOTAL = Operation("total", (Name("takings"),))
BACK = Operation("first_month", (Name("takings") - 3,))


def _compiled(verbs) -> Program:
    return compile_schedule(_schedule(total=TOTAL, back=BACK), verbs)


def _along(numbers, count=3):
    return {key: np.array([value] * count) for key, value in numbers.items()}


def test_what_takes_no_month_stands_before_the_months():
    found = once_before_the_months(_schedule(), FLOATS)
    assert [step.key for step in found.before] == ["share~once0", "takings~once1", "takings~once2"]
    assert all(step.tree.verb != "multiply" or step.key.startswith("takings") for step in found.before)


def test_a_table_without_rows_for_it_keeps_the_verbs_of_the_formulas():
    plain = {verb: does for verb, does in ARRAYS.items() if verb not in OWN_VERBS}
    found = once_before_the_months(_schedule(), plain)
    assert found.monthly[0].tree.arguments[0].arguments[0].verb == "divide"


def test_floats_and_arrays_agree_to_the_bit():
    one, many = _compiled(FLOATS).run(NUMBERS, 24), _compiled(ARRAYS).run(_along(NUMBERS), 24)
    assert many["total"].tolist() == [one["total"]] * 3
    assert many["back"].tolist() == [one["back"]] * 3 == [7.0] * 3  # (7 − 2.5) ÷ 9.7 of 7.3 is 3.39


def test_a_run_in_the_room_of_another_leaves_nothing_of_it_behind():
    program, other = _compiled(ARRAYS), {**NUMBERS, "price": 1.9}
    room = program.make_room()
    first = program.run(_along(NUMBERS), 24, room=room)["total"].copy()
    second = program.run(_along(other, 5), 24, room=room)
    assert second["total"].tolist() == [_compiled(FLOATS).run(other, 24)["total"]] * 5
    assert second["back"].tolist() == [math.inf] * 5
    assert program.run(_along(NUMBERS), 24, room=room)["total"].tolist() == first.tolist()


@pytest.mark.parametrize("ramp", [0.0, math.nan])
def test_what_is_divided_by_nothing_or_by_what_is_missing_is_missing(ramp):
    steps = (Step("rate", MONTH / RAMP), Step("part", PRICE * Name("rate")))
    schedule = Schedule(
        inputs=("ramp", "price"), before=(), monthly=steps, scans=(Step("total", Operation("total", (Name("part"),))),),
        after=(), phases={"rate": Phase.MONTHLY, "part": Phase.MONTHLY, "total": Phase.AFTER},
    )  # fmt: skip
    program = compile_schedule(schedule, ARRAYS)
    found = program.run({"ramp": np.array([ramp, 2.0]), "price": np.array([3.0, 3.0])}, 2)["total"]
    assert math.isnan(found[0])
    assert found[1] == 4.5  # months 0, 1 and 2, halved, at 3 each
    assert math.isnan(program.run({"ramp": np.array([ramp, 2.0]), "price": 0.0}, 2)["total"][0])


def test_a_bound_that_holds_for_all_is_one_number():
    assert ARRAYS["maximum"](np.array([-3.0, -1.0]), 0.0) == 0.0
    assert ARRAYS["maximum"](np.array([-3.0, 1.0]), 0.0).tolist() == [0.0, 1.0]
    assert math.isnan(ARRAYS["maximum"](np.array([-3.0, math.nan]), 0.0)[1])
    assert ARRAYS["condition"](np.array([1.0, 1.0])) is True
    assert ARRAYS["where"](True, np.array([1.0, 2.0]), Constant(0.0).value).tolist() == [1.0, 2.0]
