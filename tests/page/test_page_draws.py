"""The draws of a page are those of `simulate`: the same points, shapes, intervals and chances, also after a change."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from cli.running import changed_example
from test_page_numbers import _INFINITE, formats, in_node, page_of, script

from carescale.analysis.grounds import MONTH, SAVING, Intervals
from carescale.analysis.simulate import simulate
from carescale.engine.javascript import RUNTIME
from carescale.inputs.loading import load
from carescale.report.blocks import NOTHING
from carescale.report.page.draws import DRAWS, why_none
from carescale.report.page.writer import Page
from carescale.uncertainty.points import design, points

ABOUT = """
const page = data.page, changed = new Map(data.changed);
const [names, paths] = page.keys, key = (path, at) => [path, names[at]].filter(Boolean).join(".");
page.keys = Object.entries(paths).flatMap(([path, places]) => places.map((at) => key(path, at)));
const inputs = Object.fromEntries(page.inputs.map(([place, value]) => [page.keys[place], value]));
const inputKeys = Object.keys(inputs), outputKeys = page.outputs.map((place) => page.keys[place]);
const known = (value) => value !== undefined && value === value, input = { ...inputs, ...data.given };
const made = program(inputKeys.map((key) => input[key]), page.horizon);
const found = [Object.fromEntries(outputKeys.map((key, at) => [key, made[at]])), null, input];
"""


def shown(page: Page, changed: dict[str, float], given: dict[str, float]) -> Any:
    """What the page draws where its reader changed some figures; `given` are all inputs as they then are."""
    data = page.live.data("carescale", page.summary) | {"formats": formats()["formats"]}
    asked = f"""
const program = (() => {{ {RUNTIME} return {page.live.program()}; }})();
{ABOUT}{script("numbers.js")}{script("draws.js")}
console.log(JSON.stringify([sourcePoints[0], sure(found)], {_INFINITE}));"""
    return in_node(asked, {"page": json.loads(json.dumps(data)), "changed": list(changed.items()), "given": given})


TWO_THAT_MOVE_TOGETHER = (
    ("\nclaims:", "\nmove_together:\n  figures: [shared_lives.ramp_months, shared_lives.first_match_month]\n"
     "  spearman: 0.6\n\nclaims:"),
    ("  shared_lives:\n    learning_disability:\n      current_people: 78",
     "  shared_lives:\n    ramp_months: {value: 15 months, assumption: ours, range: 12 to 30 months, covers: limits,"
     " range_assumption: ours}\n    learning_disability:\n      current_people: 78"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "settings"),
    [
        ((), []),
        ((), ["shared_lives.ramp_months=30", "living_well.older_people.added_people=500"]),
        ((), ["shared_lives.learning_disability.published_saving_per_person.council=20000"]),
        (TWO_THAT_MOVE_TOGETHER, []),
        (TWO_THAT_MOVE_TOGETHER, ["shared_lives.learning_disability.added_people=20"]),
    ],
)
def test_every_interval_and_chance_is_that_of_simulate(
    tmp_path: Path, changes: Sequence[tuple[str, str]], settings: list[str]
) -> None:
    path = changed_example("birmingham", tmp_path, *changes)
    page = page_of(Path(path))
    assert page is not None
    assert page.draws is not None
    then = load(path, settings=settings)
    changed = {key: float(then.figures[key].value) for key in (one.split("=")[0] for one in settings)}
    numbers = {key: float(then.figures[key].value) for key in page.live.schedule.inputs if key in then.figures}
    first, rows = shown(page, changed, numbers)
    assert any(row["bears"] for row in rows) != any("published_saving" in one for one in settings)
    wanted = simulate(then, DRAWS)
    assert first == list(points(design(DRAWS), page.draws.sources[0]))
    for (entity, payer), row in zip(page.draws.asked, rows, strict=True):
        _compare(Intervals(wanted), f"{entity.path}.{SAVING}.{payer}", f"{entity.path}.{MONTH}.{payer}", row)


def _compare(wanted: Intervals, saving: str, month: str, row: dict[str, Any]) -> None:
    stands = wanted.grounds[saving]
    assert (row["why"] or NOTHING) == why_none(stands.why_not), saving
    summary = wanted.summary(saving)
    assert row["bears"] == (summary is not None)
    if summary is not None:
        ends = (summary.low.value, summary.median.value, summary.high.value)
        assert all(map(_same, row["ends"], ends))
        assert all(map(_same, row["above"], (summary.above_zero.value, summary.above_zero.error)))
    bears = month in wanted.grounds and wanted.grounds[month].bears_an_interval
    chances = wanted.simulation.chances_by_month(month) if bears else None
    assert (row["chances"] is None) == (chances is None), month
    for found, chance in zip(row["chances"] or (), chances or (), strict=True):
        assert all(map(_same, found, (chance.value, chance.error)))


def _same(found: float, wanted: float) -> bool:
    return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-12)
